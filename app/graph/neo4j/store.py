"""One graph in one Neo4j database."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar, cast

from neo4j import ManagedTransaction

from app.graph.neo4j import backup, dump, history, load, purge, schema
from app.graph.neo4j.accounts import Neo4jAccounts
from app.graph.neo4j.connection import PART, Connection
from app.graph.neo4j.view import Neo4jView
from app.graph.neo4j.writer import Neo4jWriter
from app.graph.port import GraphWriter, Page, Row
from app.model.errors import Unavailable
from app.model.history import Change, Revision

T = TypeVar("T")


class Neo4jStore:
    """A store on a Neo4j server or cluster, for many processes at once.

    Writers wait for each other at the one node ``Store``; a revision that is committed is then
    published on the node ``Head``, and only published ones are shown. The head is always asked
    where writes go, so that a follower that lags is never taken for it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._accounts = Neo4jAccounts(connection)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        username: str,
        password: str,
        retry_seconds: float = 5.0,
        backups: Path | None = None,
    ) -> Self:
        """Open the store at ``neo4j://host:port/database``, made where it is not there yet.

        ``retry_seconds`` bounds how long a fault that may pass is retried; ``backups`` is the
        folder for a copy of a store of an older version, which is then migrated. Raises BadInput
        for another kind of address, Unavailable where the server can't be reached or refuses the
        credentials, SchemaTooNew for a store from a newer version, StoreError for a database that
        holds something else.
        """
        connection = Connection(url, username, password, retry_seconds=retry_seconds)
        try:
            schema.prepare(connection, backups)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    @property
    def url(self) -> str:
        """The store's address, without credentials."""
        return self._connection.url

    @property
    def accounts(self) -> Neo4jAccounts:
        """Users, jobs and idempotency keys."""
        return self._accounts

    def head(self) -> Revision:
        """Return the last revision; number 0 on an empty graph."""
        return self._connection.write(history.head)

    def revision(self, number: int) -> Revision | None:
        """Return a revision."""
        return self._connection.write(lambda tx: history.revision(tx, number))

    def revision_at(self, time: datetime) -> Revision | None:
        """Return the last revision made at or before ``time``."""
        return self._connection.write(lambda tx: history.revision_at(tx, time))

    def revisions(self, after: int, limit: int) -> tuple[Revision, ...]:
        """Return revisions after a number, oldest first."""
        return self._connection.write(lambda tx: history.revisions(tx, after, limit))

    def changes(self, since: int, until: int, after: str | None, limit: int) -> Page[Change]:
        """Return what revisions ``since`` < r <= ``until`` opened and closed, in dump order."""
        return self._connection.write(lambda tx: history.changes(tx, since, until, after, limit))

    @contextmanager
    def view(self, revision: int | None = None) -> Iterator[Neo4jView]:
        """Open a view of the graph at a revision (None: the head)."""
        yield Neo4jView.at(self._connection, revision)

    def write(self, actor: str, message: str, work: Callable[[GraphWriter], T]) -> T:
        """Run ``work`` in one transaction that makes one revision, and return what it returns.

        Writers wait for each other. ``work`` may be run again after a passing fault, so it has no
        effect of its own but through the writer. An exception undoes everything.
        """

        def attempt(transaction: ManagedTransaction) -> tuple[T, int]:
            writer = Neo4jWriter(transaction)
            result = work(writer)
            if not writer.finish(actor, message):
                raise _Unchanged(result)
            return result, writer.next_revision

        try:
            result, number = self._connection.write(attempt)
        except _Unchanged as nothing:
            return cast("T", nothing.result)
        self._publish(number)
        return result

    def dump(self) -> Iterator[Row]:
        """Stream the whole graph, in the order of ``ROW_KINDS``; equal graphs give equal rows."""
        with self._connection.streaming() as transaction:
            yield from dump.dump(transaction)

    def load(self, rows: Iterable[Row]) -> int:
        """Fill an empty store from a dump, in one go or not at all; return the number of rows.

        Raises :class:`~app.model.errors.Conflict` when the store is not empty.
        """
        with self._connection.writing() as transaction:
            count = load.load(transaction, rows)
            number = history.last_written(transaction).number
        self._publish(number)
        return count

    def backup(self, target: Path) -> None:
        """Write a consistent copy of the graph to a new file, which ``restore`` reads."""
        backup.write(self.dump(), target)

    def restore(self, source: Path) -> None:
        """Fill an empty store from a backup, or leave it as it is."""
        self.load(backup.read(source))

    def purge(self, kind: str, key: str, actor: str, reason: str) -> int:
        """Delete an article or claim with all its versions; leave a tombstone; count rows."""
        deleted, number = self._connection.write(
            lambda tx: purge.purge(tx, kind, key, actor, reason)
        )
        self._publish(number)
        return deleted

    def _publish(self, number: int) -> None:
        self._connection.write(lambda tx: history.publish(tx, number))

    def close(self) -> None:
        """Let go of files and connections."""
        self._connection.close()


def open_neo4j(url: str, backups: Path | None = None) -> Neo4jStore:
    """Open the store at ``url`` with NEO4J_USERNAME (else ``neo4j``) and NEO4J_PASSWORD.

    See :meth:`Neo4jStore.open`; raises Unavailable where no password is set.
    """
    password = os.environ.get("NEO4J_PASSWORD")
    if password is None:
        raise Unavailable(PART, "no password: set NEO4J_USERNAME and NEO4J_PASSWORD")
    username = os.environ.get("NEO4J_USERNAME", "neo4j")
    return Neo4jStore.open(url, username=username, password=password, backups=backups)


class _Unchanged(Exception):
    """Undoes a transaction that changed nothing, and carries its result out."""

    def __init__(self, result: object) -> None:
        super().__init__()
        self.result: object = result
