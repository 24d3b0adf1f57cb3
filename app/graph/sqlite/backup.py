"""A copy of the graph in one file, and the check of such a file before it is read."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.graph.sqlite.connection import connect, translated
from app.graph.sqlite.schema import check_file, prepare
from app.model.errors import BadInput, Corrupt


def backup(source: sqlite3.Connection, target: Path) -> None:
    """Copy the store to a new file, without accounts and jobs; it appears when it is whole."""
    if target.exists():
        raise BadInput(f"{target} exists already; a backup goes into a new file")
    if not target.parent.is_dir():
        raise BadInput(f"{target.parent} is not a directory")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with translated(target):
            copy = sqlite3.connect(part, isolation_level=None)
            try:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
                copy.execute("DELETE FROM account")
                copy.execute("DELETE FROM token")
                copy.execute("DELETE FROM job")
                copy.execute("DELETE FROM idempotency")
                copy.execute("VACUUM")
            finally:
                copy.close()
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def opened(source: Path) -> Iterator[sqlite3.Connection]:
    """Lend a connection to a checked copy of a backup, brought up to this code's schema."""
    if not source.is_file():
        raise BadInput(f"{source} is not a file")
    with tempfile.TemporaryDirectory(prefix="evipath-") as directory:
        copy = Path(directory) / "restore.db"
        with translated(source):
            _copy_checked(source, copy)
        prepare(copy)
        connection = connect(copy)
        try:
            yield connection
        finally:
            connection.close()


def _copy_checked(source: Path, copy: Path) -> None:
    read = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    write = sqlite3.connect(copy, isolation_level=None)
    try:
        if check_file(read, source) == 0:
            raise BadInput(f"{source} is empty, not a backup")
        (found,) = read.execute("PRAGMA quick_check").fetchone()
        if found != "ok":
            raise Corrupt(f"{source} is damaged: {found}")
        read.backup(write)
    finally:
        write.close()
        read.close()
