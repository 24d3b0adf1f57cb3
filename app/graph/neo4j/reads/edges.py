"""Signed edges as an index reads them."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.graph.neo4j.reads.base import Reads
from app.model.edge import Edge, StoredEdge
from app.model.vocabulary import Epistemic, EvidenceType, Status

PAGE = 10_000


class EdgeReads(Reads):
    """Reads of signed edges with their claim, article, status and confidence.

    The confidence is that of the claim's latest reading, and 1 where no reading is recorded.
    """

    def edges(self) -> Iterator[StoredEdge]:
        """Stream every signed edge, sorted by claim and position."""
        after = ""
        while page := self._edge_page(after):
            yield from (_stored_edge(row) for row in page)
            after = page[-1][0]

    def neighbour_edges(self, entity_ids: Sequence[str], limit: int) -> tuple[StoredEdge, ...]:
        """Return the edges that touch one of these entities, at most ``limit``, sorted as above."""
        [found] = self._read(
            """MATCH (e:Entity)-[v:REGULATES]-() WHERE e.id IN $ids
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            WITH DISTINCT v ORDER BY v.key LIMIT $limit
            MATCH (c:Claim {id: v.claim})<-[:OF]-(d:ClaimVersion)
            WHERE d.rev_from <= $at AND (d.rev_to IS NULL OR d.rev_to > $at)
            MATCH (c)<-[:OF]-(s:State)
            WHERE s.rev_from <= $at AND (s.rev_to IS NULL OR s.rev_to > $at)
            CALL (c) {
                OPTIONAL MATCH (c)<-[:OF]-(x:Extraction) WHERE x.rev_from <= $at
                RETURN x.confidence AS confidence ORDER BY x.rev_from DESC, x.body DESC LIMIT 1
            }
            WITH * ORDER BY v.key
            RETURN collect([v.key, v.claim, d.article_id, s.status, c.epistemic, c.evidence,
                confidence, v.body, v.rule_version]) AS edges""",
            ids=list(entity_ids),
            limit=limit,
        )
        return tuple(_stored_edge(row) for row in found["edges"])

    def _edge_page(self, after: str) -> list[list[Any]]:
        # One row that collects a page is several times as fast over Bolt as a row an edge.
        [found] = self._read(
            """MATCH ()-[v:REGULATES]->() USING INDEX SEEK v:REGULATES(key, rev_from)
            WHERE v.key > $after AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            WITH v ORDER BY v.key LIMIT $limit
            MATCH (c:Claim {id: v.claim})<-[:OF]-(d:ClaimVersion)
            WHERE d.rev_from <= $at AND (d.rev_to IS NULL OR d.rev_to > $at)
            MATCH (c)<-[:OF]-(s:State)
            WHERE s.rev_from <= $at AND (s.rev_to IS NULL OR s.rev_to > $at)
            CALL (c) {
                OPTIONAL MATCH (c)<-[:OF]-(x:Extraction) WHERE x.rev_from <= $at
                RETURN x.confidence AS confidence ORDER BY x.rev_from DESC, x.body DESC LIMIT 1
            }
            WITH * ORDER BY v.key
            RETURN collect([v.key, v.claim, d.article_id, s.status, c.epistemic, c.evidence,
                confidence, v.body, v.rule_version]) AS edges""",
            after=after,
            limit=PAGE,
        )
        edges: list[list[Any]] = found["edges"]
        return edges


def _stored_edge(row: list[Any]) -> StoredEdge:
    _, claim, article_id, status, epistemic, evidence, confidence, body, rule_version = row
    return StoredEdge(
        claim=claim,
        article_id=article_id,
        status=Status(status),
        epistemic=Epistemic(epistemic),
        evidence=EvidenceType(evidence),
        confidence=1.0 if confidence is None else confidence,
        edge=Edge.model_validate_json(body),
        rule_version=rule_version,
    )
