"""One graph in one SQLite file."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar

from app.graph.port import GraphWriter, Page, Row
from app.graph.sqlite import backup, dump, history, load, purge, schema
from app.graph.sqlite.accounts import SqliteAccounts
from app.graph.sqlite.connection import Pool, path_of_url
from app.graph.sqlite.view import SqliteView
from app.graph.sqlite.writer import SqliteWriter
from app.model.history import Change, Revision

T = TypeVar("T")


class SqliteStore:
    """A store in one file, for several processes and threads at once.

    What is committed is on disk. Readers see one state and hinder nobody; writers wait for each
    other, for a bounded time.
    """

    def __init__(self, url: str, pool: Pool) -> None:
        self._url = url
        self._pool = pool
        self._accounts = SqliteAccounts(pool)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the store at ``sqlite:///path``, made where it is not there yet.

        Raises BadInput for another kind of address, SchemaTooNew for a file from a newer version,
        StoreError for a file that is no store.
        """
        pool = Pool(path_of_url(url))
        try:
            schema.prepare(pool.path)
        except BaseException:
            pool.close()
            raise
        return cls(url, pool)

    @property
    def url(self) -> str:
        """The store's address, without credentials."""
        return self._url

    @property
    def accounts(self) -> SqliteAccounts:
        """Users, jobs and idempotency keys."""
        return self._accounts

    def head(self) -> Revision:
        """Return the last revision; number 0 on an empty graph."""
        with self._pool.reading() as connection:
            return history.head(connection)

    def revision(self, number: int) -> Revision | None:
        """Return a revision."""
        with self._pool.reading() as connection:
            if not 0 <= number <= history.head(connection).number:
                return None
            return history.revision(connection, number)

    def revision_at(self, time: datetime) -> Revision | None:
        """Return the last revision made at or before ``time``."""
        with self._pool.reading() as connection:
            return history.revision_at(connection, time)

    def revisions(self, after: int, limit: int) -> tuple[Revision, ...]:
        """Return revisions after a number, oldest first."""
        with self._pool.reading() as connection:
            return history.revisions(connection, after, limit)

    def changes(self, since: int, until: int, after: str | None, limit: int) -> Page[Change]:
        """Return what revisions ``since`` < r <= ``until`` opened and closed, in dump order."""
        with self._pool.reading() as connection:
            return history.changes(connection, since, until, after, limit)

    @contextmanager
    def view(self, revision: int | None = None) -> Iterator[SqliteView]:
        """Open a view of the graph at a revision (None: the head)."""
        with self._pool.reading() as connection:
            yield SqliteView.at(connection, revision)

    def write(self, actor: str, message: str, work: Callable[[GraphWriter], T]) -> T:
        """Run ``work`` in one transaction that makes one revision, and return what it returns.

        Writers wait for each other. An exception undoes everything.
        """
        with self._pool.writing() as connection:
            writer = SqliteWriter(connection, actor, message)
            result = work(writer)
            if not writer.finish():
                connection.execute("ROLLBACK")
                connection.execute("BEGIN")
            return result

    def dump(self) -> Iterator[Row]:
        """Stream the whole graph, in the order of ``ROW_KINDS``; equal graphs give equal rows."""
        with self._pool.reading() as connection:
            yield from dump.rows(connection)

    def load(self, rows: Iterable[Row]) -> int:
        """Fill an empty store from a dump, in one go or not at all; return the number of rows."""
        with self._pool.writing() as connection:
            return load.load(connection, rows)

    def backup(self, target: Path) -> None:
        """Write a consistent copy of the graph to a new file, which ``restore`` reads."""
        with self._pool.connection() as connection:
            backup.backup(connection, target)

    def restore(self, source: Path) -> None:
        """Fill an empty store from a backup, or leave it as it is."""
        with backup.opened(source) as copy:
            self.load(dump.rows(copy))

    def purge(self, kind: str, key: str, actor: str, reason: str) -> int:
        """Delete an article or claim with all its versions; leave a tombstone; count rows."""
        with self._pool.writing() as connection:
            deleted = purge.purge(connection, kind, key, actor, reason)
        # What the journal still holds of it goes, too, as soon as no reader needs it.
        with self._pool.connection() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return deleted

    def close(self) -> None:
        """Let go of files and connections."""
        self._pool.close()


def open_sqlite(url: str) -> SqliteStore:
    """Open the store at ``sqlite:///path`` (see :meth:`SqliteStore.open`)."""
    return SqliteStore.open(url)
