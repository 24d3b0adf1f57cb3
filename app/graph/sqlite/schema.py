"""The schema of a store file: making it, knowing it again, bringing an old one up to date."""

import sqlite3
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.graph.sqlite.connection import WAIT_SECONDS, connect, translated
from app.graph.sqlite.migrations import STEPS, Step, statements
from app.model.errors import SchemaTooNew, StoreError

APPLICATION_ID: Final = 0x45764750
"""Marks the file as ours in SQLite's header."""

SCHEMA_VERSION: Final = 4
"""The version that this code reads and writes; kept in SQLite's ``user_version``."""


def prepare(
    path: Path, *, steps: Mapping[int, Step] = STEPS, version: int = SCHEMA_VERSION
) -> None:
    """Make the store's file ready: create it, or check it and migrate it forward.

    Before a migration the file is copied beside itself. Raises SchemaTooNew for a file from a
    newer version, StoreError for a file that is not a store.
    """
    if path.is_dir():
        raise StoreError(f"{path} is a directory; a store is a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent} can't be made: {error.strerror}") from error
    with translated(path):
        connection = connect(path)
        try:
            found = check_file(connection, path, version)
            if found == 0:
                _create(connection, path, version)
            elif found < version:
                _migrate(connection, path, steps, version)
            _use_wal(connection)
        finally:
            connection.close()


def check_file(connection: sqlite3.Connection, path: Path, version: int = SCHEMA_VERSION) -> int:
    """Return the schema version of a store file; 0 for an empty database."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == 0 and found == 0 and tables == 0:
        return 0
    if application != APPLICATION_ID:
        raise StoreError(f"{path} is a SQLite database, but not an EviPath store")
    if found > version:
        raise SchemaTooNew(
            f"{path} has schema version {found}; this version of EviPath reads up to version "
            f"{version}: use a newer EviPath"
        )
    return int(found)


def _create(connection: sqlite3.Connection, path: Path, version: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    # Another process may have made it while this one waited for the lock.
    if check_file(connection, path, version) == 0:
        for statement in statements("app.graph.sqlite", "schema.sql"):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO meta (key, value) VALUES ('store_id', ?), ('created_at', ?)",
            (uuid.uuid4().hex, datetime.now(UTC).isoformat()),
        )
        connection.execute("PRAGMA application_id = 0x45764750")
        connection.execute("PRAGMA user_version = 4")
    connection.execute("COMMIT")


def _use_wal(connection: sqlite3.Connection) -> None:
    # The change of journal needs the file alone, and does not wait for it as other locks do.
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _migrate(
    connection: sqlite3.Connection, path: Path, steps: Mapping[int, Step], version: int
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    found = check_file(connection, path, version)
    if found < version:
        _copy_beside(path, found)
        for start in range(found, version):
            steps[start](connection)
            (reached,) = connection.execute("PRAGMA user_version").fetchone()
            if reached != start + 1:
                raise StoreError(f"{path}: the step from version {start} ends at {reached}")
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise StoreError(f"{path}: the migration to version {version} left a loose end")
    connection.execute("COMMIT")


def _copy_beside(path: Path, found: int) -> None:
    """Copy the file as ``NAME.vN-TIME.bak``; the copy appears when it is whole."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.name}.v{found}-{stamp}.bak")
    part = target.with_suffix(".part")
    source = connect(path)
    copy = sqlite3.connect(part)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
        source.close()
    part.replace(target)
