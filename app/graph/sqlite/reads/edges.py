"""Signed edges as an index reads them."""

from collections.abc import Iterator, Sequence

from app.graph.sqlite.reads.base import Reads
from app.graph.sqlite.tables import json_list
from app.model.edge import Edge, StoredEdge
from app.model.vocabulary import Epistemic, EvidenceType, Status

_Row = tuple[str, str | None, str, str, str, float | None, str, int]


class EdgeReads(Reads):
    """Reads of signed edges with their claim, article, status and confidence.

    The confidence is that of the claim's latest reading, and 1 where no reading is recorded.
    """

    def edges(self) -> Iterator[StoredEdge]:
        """Stream every signed edge, sorted by claim and position."""
        rows = self._connection.execute(
            """SELECT e.claim, c.article_id, s.status, c.epistemic, c.evidence,
                (SELECT x.confidence FROM extraction x
                    WHERE x.claim = e.claim AND x.rev_from <= :at
                    ORDER BY x.rev_from DESC, x.extraction DESC LIMIT 1),
                e.edge, e.rule_version
            FROM edge e CROSS JOIN claim c ON c.id = e.claim
                AND c.rev_from <= :at AND (c.rev_to IS NULL OR c.rev_to > :at)
            CROSS JOIN claim_state s ON s.claim = e.claim
                AND s.rev_from <= :at AND (s.rev_to IS NULL OR s.rev_to > :at)
            WHERE e.rev_from <= :at AND (e.rev_to IS NULL OR e.rev_to > :at)
            ORDER BY e.claim, e.position""",
            {"at": self._at},
        )
        return (_stored_edge(row) for row in rows)

    def neighbour_edges(self, entity_ids: Sequence[str], limit: int) -> tuple[StoredEdge, ...]:
        """Return the edges that touch one of these entities, at most ``limit``, sorted as above."""
        rows = self._connection.execute(
            """WITH touched (claim, position, rev_from) AS (
                SELECT claim, position, rev_from FROM edge
                    WHERE subject IN (SELECT value FROM json_each(:ids))
                UNION SELECT claim, position, rev_from FROM edge
                    WHERE object IN (SELECT value FROM json_each(:ids))
            )
            SELECT e.claim, c.article_id, s.status, c.epistemic, c.evidence,
                (SELECT x.confidence FROM extraction x
                    WHERE x.claim = e.claim AND x.rev_from <= :at
                    ORDER BY x.rev_from DESC, x.extraction DESC LIMIT 1),
                e.edge, e.rule_version
            FROM touched t CROSS JOIN edge e ON e.claim = t.claim AND e.position = t.position
                AND e.rev_from = t.rev_from
            CROSS JOIN claim c ON c.id = e.claim
                AND c.rev_from <= :at AND (c.rev_to IS NULL OR c.rev_to > :at)
            CROSS JOIN claim_state s ON s.claim = e.claim
                AND s.rev_from <= :at AND (s.rev_to IS NULL OR s.rev_to > :at)
            WHERE e.rev_from <= :at AND (e.rev_to IS NULL OR e.rev_to > :at)
            ORDER BY e.claim, e.position LIMIT :limit""",
            {"ids": json_list(list(entity_ids)), "at": self._at, "limit": limit},
        )
        return tuple(_stored_edge(row) for row in rows)


def _stored_edge(row: _Row) -> StoredEdge:
    return StoredEdge(
        claim=row[0],
        article_id=row[1],
        status=Status(row[2]),
        epistemic=Epistemic(row[3]),
        evidence=EvidenceType(row[4]),
        confidence=1.0 if row[5] is None else row[5],
        edge=Edge.model_validate_json(row[6]),
        rule_version=row[7],
    )
