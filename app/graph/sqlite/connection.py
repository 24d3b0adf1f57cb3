"""Connections to one SQLite file: how they are opened, pooled, and how their faults read."""

import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.model.errors import BadInput, Corrupt, StoreError, Unavailable

PART: Final = "sqlite"
WAIT_SECONDS: Final = 30.0
"""How long a reader or writer waits for another one before it gives up."""

_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_WRONG: Final = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_ENVIRONMENT: Final = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the file can't be read or written",
    sqlite3.SQLITE_READONLY: "the file or its directory can't be written",
    sqlite3.SQLITE_CANTOPEN: "the file can't be opened",
    sqlite3.SQLITE_PERM: "the file can't be opened",
}
_PREFIX: Final = "sqlite:///"
_IDLE: Final = 8


def path_of_url(url: str) -> Path | None:
    """Return the file that a store URL names; None for ``sqlite:///:memory:``.

    Three slashes begin a path relative to the working directory, four an absolute one.
    """
    path = url.removeprefix(_PREFIX)
    if not url.startswith(_PREFIX) or not path or path.endswith("/"):
        raise BadInput(
            f"{url!r} is not the address of a SQLite store: write sqlite:///relative/file.db, "
            "sqlite:////absolute/file.db or sqlite:///:memory:"
        )
    if "\0" in path:
        raise BadInput(f"{url!r} is not the address of a SQLite store: it holds a null character")
    return None if path == ":memory:" else Path(path)


@contextmanager
def translated(path: Path | str) -> Iterator[None]:
    """Turn faults of the engine into the errors of the port, naming the file."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise BadInput(f"a text holds a lone surrogate, at character {error.start}") from error
    except OverflowError as error:
        raise BadInput(f"a number is too large for the store: {error}") from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            raise Unavailable(
                PART, f"{path} was held by another writer for {WAIT_SECONDS:.0f} s; try again"
            ) from error
        if code in _WRONG:
            raise StoreError(f"{path} is not an intact SQLite database: {error}") from error
        if code in _ENVIRONMENT:
            raise Unavailable(PART, f"{path}: {_ENVIRONMENT[code]} ({error})") from error
        if isinstance(error, sqlite3.IntegrityError):
            raise Corrupt(f"{path}: the write breaks a rule of the schema: {error}") from error
        raise StoreError(f"{path}: {error}") from error


def connect(path: Path, *, durable: bool = True) -> sqlite3.Connection:
    """Open one connection; transactions are begun and ended by hand."""
    connection = sqlite3.connect(
        path,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA journal_size_limit = 67108864")
        if durable:
            connection.execute("PRAGMA synchronous = FULL")
        else:
            connection.execute("PRAGMA synchronous = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


class Pool:
    """The connections of one store in this process, each used by one thread at a time.

    A memory store is a file in a directory of its own that goes with the pool: unlike SQLite's
    shared memory it lets readers keep their view while a writer commits, as a file store does.
    """

    def __init__(self, path: Path | None) -> None:
        self._directory: tempfile.TemporaryDirectory[str] | None = None
        self._durable = path is not None
        if path is None:
            self._directory = tempfile.TemporaryDirectory(prefix="evipath-")
            path = Path(self._directory.name) / "memory.db"
        self.path = path.absolute()
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._writing = threading.Lock()
        self._writer: int | None = None

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection; what its borrower left open is rolled back."""
        with self._lock:
            if self._closed:
                raise StoreError(f"the store {self.path} is closed")
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = connect(self.path, durable=self._durable)
        try:
            yield connection
        finally:
            self._give_back(connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a read transaction: all its reads see one state."""
        with translated(self.path), self.connection() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a write transaction; commit it unless an error comes out.

        It may keep 32 MB of pages: with SQLite's 2 MB, great writes take half as long again.
        """
        if self._writer == threading.get_ident():
            raise StoreError("a write can't be begun inside another one")
        if not self._writing.acquire(timeout=WAIT_SECONDS):
            raise Unavailable(PART, f"other writers held {self.path} for {WAIT_SECONDS:.0f} s")
        self._writer = threading.get_ident()
        try:
            with translated(self.path), self.connection() as connection:
                connection.execute("PRAGMA cache_size = -32768")
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
        finally:
            self._writer = None
            self._writing.release()

    def close(self) -> None:
        """Close every idle connection; a borrowed one closes when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        if self._directory is not None:
            self._directory.cleanup()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            connection.execute("PRAGMA cache_size = -2000")
        except sqlite3.Error:
            connection.close()
            return
        with self._lock:
            if not self._closed and len(self._idle) < _IDLE:
                self._idle.append(connection)
                return
        connection.close()
