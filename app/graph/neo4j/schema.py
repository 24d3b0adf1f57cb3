"""The schema of a store: making it, knowing it again, bringing an old one up to date.

``schema.cypher`` is generated from the typed graph; ``storage.cypher`` holds what only this
engine needs. Both have one statement a line, and each may be run again without harm.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Final

from neo4j import ManagedTransaction

from app.graph.neo4j import backup, history
from app.graph.neo4j.connection import Connection
from app.graph.neo4j.migrations import STEPS, Step
from app.model.errors import SchemaTooNew, StoreError

SCHEMA_VERSION: Final = 4
"""The version that this code reads and writes; kept on the node ``Store``."""

FILES: Final = ("schema.cypher", "storage.cypher")


def prepare(
    connection: Connection,
    backups: Path | None = None,
    *,
    steps: Mapping[int, Step] = STEPS,
    version: int = SCHEMA_VERSION,
) -> None:
    """Make the database ready: fill an empty one, check another, migrate an old one forward.

    Before a migration the graph is written to a file in ``backups``, as ``backup`` does. Every
    step is one transaction, so a migration that is cut off goes on where it was.

    Raises:
        SchemaTooNew: the store was written by a newer version.
        StoreError: the database holds a graph that is not ours, or is to be migrated and there is
            no folder for the backup.
    """
    found = connection.write(_version)
    if found > version:
        raise SchemaTooNew(
            f"{connection.url} has schema version {found}; this version of EviPath reads up to "
            f"version {version}: use a newer EviPath"
        )
    if found == version:
        _publish_what_was_left(connection)
        return
    if found == 0 and connection.write(_holds_nodes):
        raise StoreError(
            f"{connection.url} holds a graph that is not an EviPath store: name an empty database"
        )
    if 0 < found < version and backups is None:
        raise StoreError(
            f"{connection.url} has schema version {found} and is to be migrated to {version}: "
            "name a folder for the backup before it"
        )
    for statement in statements():
        connection.run(statement)
    if found == 0:
        connection.write(lambda tx: _create(tx, version))
    elif backups is not None:
        for start in range(found, version):
            target = _backup_file(connection, backups, start) if start == found else None
            connection.write(partial(_migrate, start=start, step=steps[start], target=target))
            for name in steps[start].unwanted:
                connection.drop_constraint(name)
    connection.run("CALL db.awaitIndexes(300)")


def statements() -> Iterator[str]:
    """Yield the statements of the schema files, which ship with the code."""
    for file in FILES:
        text = resources.files("app.graph.neo4j").joinpath(file).read_text("utf-8")
        for line in text.splitlines():
            statement = line.strip().removesuffix(";")
            if statement and not statement.startswith("//"):
                yield statement


def _version(transaction: ManagedTransaction) -> int:
    found = transaction.run("MATCH (s:Store) RETURN s.schema AS version").single()
    return 0 if found is None else int(found["version"])


def _holds_nodes(transaction: ManagedTransaction) -> bool:
    found = transaction.run("RETURN EXISTS { MATCH () } AS held").single(strict=True)
    return bool(found["held"])


def _create(transaction: ManagedTransaction, version: int) -> None:
    # Another process may have made it meanwhile.
    transaction.run(
        """MERGE (s:Store {key: 'store'})
        ON CREATE SET s.id = $id, s.schema = $version, s.created_at = datetime()
        MERGE (h:Head {key: 'head'}) ON CREATE SET h.revision = 0""",
        id=uuid.uuid4().hex,
        version=version,
    ).consume()


def _publish_what_was_left(connection: Connection) -> None:
    """Publish the last revision where its writer ended between writing and publishing it."""
    if connection.write(history.last_written).number > connection.write(history.head).number:
        connection.write(_publish_last)


def _publish_last(transaction: ManagedTransaction) -> None:
    # Wait for the writer, if there still is one: its revision may be half applied.
    transaction.run("MATCH (s:Store) SET s.writer = 'opening'").consume()
    history.publish(transaction, history.last_written(transaction).number)


def _migrate(transaction: ManagedTransaction, start: int, step: Step, target: Path | None) -> None:
    """Go one version forward, after a backup where ``target`` names its file."""
    # Nobody writes meanwhile, so that the backup holds all that is migrated.
    transaction.run("MATCH (s:Store) SET s.writer = 'migration'").consume()
    if _version(transaction) != start:
        return
    if target is not None:
        target.unlink(missing_ok=True)
        backup.write(step.before(transaction), target)
    step.forward(transaction)
    transaction.run("MATCH (s:Store) SET s.schema = $version", version=start + 1).consume()


def _backup_file(connection: Connection, folder: Path, found: int) -> Path:
    """Name the file of the backup before a migration, in a folder that is made for it."""
    folder.mkdir(parents=True, exist_ok=True)
    place = re.sub(r"[^\w.-]+", "-", connection.url)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return folder / f"{place}.v{found}-{stamp}.backup"
