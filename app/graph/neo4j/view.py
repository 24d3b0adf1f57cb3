"""The graph at one revision."""

from typing import Any, LiteralString, Self

from neo4j import ManagedTransaction

from app.graph.neo4j import history
from app.graph.neo4j.connection import Connection, rows, values
from app.graph.neo4j.reads.articles import ArticleReads
from app.graph.neo4j.reads.base import Found, Reads
from app.graph.neo4j.reads.claims import ClaimReads
from app.graph.neo4j.reads.edges import EdgeReads
from app.graph.neo4j.reads.entities import EntityReads
from app.graph.port import Counts
from app.model.errors import NotFound
from app.model.history import Revision
from app.model.vocabulary import Status


class CountReads(Reads):
    """Counts of what a view holds."""

    _revision: Revision

    @property
    def revision(self) -> Revision:
        """The revision that this view shows; inside a write, the one before it."""
        return self._revision

    def counts(self) -> Counts:
        """Count what the view holds."""
        [found] = self._read(
            """RETURN COUNT { MATCH (a:Article) WHERE a.rev_from <= $at
                    AND NOT EXISTS { MATCH (:Alias {alias: a.id})<-[:OF]-(m:AliasVersion)
                        WHERE m.rev_from <= $at AND (m.rev_to IS NULL OR m.rev_to > $at) }
                } AS articles,
                COUNT { MATCH (v:EntityVersion)
                    WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) } AS entities,
                COUNT { MATCH ()-[v:RELATED]->()
                    WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) } AS relations,
                COUNT { MATCH ()-[v:REGULATES]->()
                    WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) } AS edges,
                COUNT { MATCH (v:Decision|ArticleDecision) WHERE v.rev_from <= $at } AS decisions"""
        )
        claims = self._read(
            """MATCH (v:State) WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.status AS status, count(v) AS claims ORDER BY status"""
        )
        return Counts(
            **found,
            claims={Status(row["status"]): row["claims"] for row in claims},
            revisions=self._revision.number,
        )


class AllReads(ArticleReads, EntityReads, ClaimReads, EdgeReads, CountReads):
    """Everything that a view reads."""


class Neo4jView(AllReads):
    """A view whose every read is a transaction of its own.

    The reads agree, because no later write changes what a revision shows.
    """

    def __init__(self, connection: Connection, revision: Revision) -> None:
        self._connection = connection
        self._revision = revision
        self._at = revision.number

    @classmethod
    def at(cls, connection: Connection, number: int | None) -> Self:
        """Make the view at a revision (None: the head); NotFound for one that is not there."""
        # Asked where writes go: a follower may lag.
        head = connection.write(history.head)
        if number is None or number == head.number:
            return cls(connection, head)
        revision = connection.read(lambda tx: history.revision(tx, number))
        if revision is None:
            raise NotFound(f"there is no revision {number}; the last one is {head.number}")
        return cls(connection, revision)

    def _read(self, query: LiteralString, **parameters: object) -> list[Found]:
        def work(transaction: ManagedTransaction) -> list[Found]:
            return list(rows(transaction, query, at=self._at, **parameters))

        return self._connection.read(work)

    def _values(self, query: LiteralString, **parameters: object) -> list[list[Any]]:
        def work(transaction: ManagedTransaction) -> list[list[Any]]:
            return values(transaction, query, at=self._at, **parameters)

        return self._connection.read(work)
