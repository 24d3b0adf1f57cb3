"""The graph at one revision."""

import sqlite3
from typing import Self

from app.graph.port import Counts
from app.graph.sqlite import history
from app.graph.sqlite.reads.articles import ArticleReads
from app.graph.sqlite.reads.claims import ClaimReads
from app.graph.sqlite.reads.edges import EdgeReads
from app.graph.sqlite.reads.entities import EntityReads
from app.model.errors import NotFound
from app.model.history import Revision
from app.model.vocabulary import Status


class SqliteView(ArticleReads, EntityReads, ClaimReads, EdgeReads):
    """A view over one connection, inside one read transaction."""

    def __init__(self, connection: sqlite3.Connection, at: int, revision: Revision) -> None:
        super().__init__(connection, at)
        self._revision = revision

    @classmethod
    def at(cls, connection: sqlite3.Connection, number: int | None) -> Self:
        """Make the view at a revision (None: the head); NotFound for one that is not there."""
        head = history.head(connection)
        if number is None:
            return cls(connection, head.number, head)
        within = 0 <= number <= head.number
        revision = history.revision(connection, number) if within else None
        if revision is None:
            raise NotFound(f"there is no revision {number}; the last one is {head.number}")
        return cls(connection, number, revision)

    @property
    def revision(self) -> Revision:
        """The revision that this view shows; inside a write, the one before it."""
        return self._revision

    def counts(self) -> Counts:
        """Count what the view holds."""
        row = self._connection.execute(
            """SELECT (SELECT count(*) FROM article a WHERE a.rev_from <= :at
                    AND NOT EXISTS (SELECT 1 FROM alias l WHERE l.alias = a.id
                        AND l.rev_from <= :at AND (l.rev_to IS NULL OR l.rev_to > :at))),
                (SELECT count(*) FROM entity
                    WHERE rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)),
                (SELECT count(*) FROM relation
                    WHERE rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)),
                (SELECT count(*) FROM edge
                    WHERE rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)),
                (SELECT count(*) FROM decision WHERE rev_from <= :at)
                    + (SELECT count(*) FROM article_decision WHERE rev_from <= :at)""",
            {"at": self._at},
        ).fetchone()
        return Counts(
            articles=row[0],
            entities=row[1],
            relations=row[2],
            claims=self._claims_by_status(),
            edges=row[3],
            decisions=row[4],
            revisions=self._revision.number,
        )

    def _claims_by_status(self) -> dict[Status, int]:
        rows = self._connection.execute(
            """SELECT status, count(*) FROM claim_state
            WHERE rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)
            GROUP BY status ORDER BY status""",
            {"at": self._at},
        )
        return {Status(status): count for status, count in rows}
