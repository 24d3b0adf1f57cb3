"""The schema of a store: making it, knowing it again, bringing an old one up to date.

``schema.cypher`` is generated from the typed graph; ``storage.cypher`` holds what only this
engine needs. Both have one statement a line, and each may be run again without harm.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import resources
from typing import Final

from neo4j import ManagedTransaction

from app.graph.neo4j import history
from app.graph.neo4j.connection import Connection
from app.model.errors import SchemaTooNew, StoreError

SCHEMA_VERSION: Final = 1
"""The version that this code reads and writes; kept on the node ``Store``."""

FILES: Final = ("schema.cypher", "storage.cypher")
Step = Callable[[ManagedTransaction], None]
STEPS: Final[Mapping[int, Step]] = {}
"""For each older version, what brings its nodes and relationships to the next one."""


def prepare(
    connection: Connection, *, steps: Mapping[int, Step] = STEPS, version: int = SCHEMA_VERSION
) -> None:
    """Make the database ready: fill an empty one, check another, migrate an old one forward.

    Every step is one transaction, so a migration that is cut off goes on where it was.

    Raises:
        SchemaTooNew: the store was written by a newer version.
        StoreError: the database holds a graph that is not ours.
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
    for statement in statements():
        connection.run(statement)
    if found == 0:
        connection.write(lambda tx: _create(tx, version))
    for start in range(found or version, version):
        connection.write(partial(_migrate, start=start, step=steps[start]))
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


def _migrate(transaction: ManagedTransaction, start: int, step: Step) -> None:
    transaction.run("MATCH (s:Store) SET s.writer = 'migration'").consume()
    if _version(transaction) == start:
        step(transaction)
        transaction.run("MATCH (s:Store) SET s.schema = $version", version=start + 1).consume()
