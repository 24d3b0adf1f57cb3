"""Signed edges as an index reads them: one by one, or all at once as columns."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.graph import edge_codes
from app.graph.edge_columns import ClaimDictionary, Dictionary, KeyedEdges, columns_of
from app.graph.neo4j.edges import confidence_of, edge_of
from app.graph.neo4j.reads.base import Reads
from app.model.edge import StoredEdge
from app.model.edge_columns import EdgeChanges, EdgeColumns

PAGE = 10_000


class EdgeReads(Reads):
    """Reads of signed edges with what they copy from their claims.

    The confidence is that of the claim's latest reading, and 1 where no reading is recorded.
    """

    def edges(self) -> Iterator[StoredEdge]:
        """Stream every signed edge, sorted by claim and position."""
        claim, position = "", -1
        while page := self._edge_page(claim, position):
            yield from (_stored_edge(row) for row in page)
            claim, position = page[-1][0]["claim"], page[-1][0]["position"]

    def neighbour_edges(self, entity_ids: Sequence[str], limit: int) -> tuple[StoredEdge, ...]:
        """Return the edges that touch one of these entities, at most ``limit``, sorted as above."""
        [found] = self._read(
            """MATCH (e:Entity)-[v:REGULATES]-() WHERE e.id IN $ids
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            WITH DISTINCT v ORDER BY v.claim, v.position LIMIT $limit
            OPTIONAL MATCH (p:Paper {number: v.row[2]})
            WITH v, p ORDER BY v.claim, v.position
            RETURN collect([properties(v), startNode(v).id, endNode(v).id, p.id]) AS edges""",
            ids=list(entity_ids),
            limit=limit,
        )
        return tuple(_stored_edge(row) for row in found["edges"])

    def edge_columns(self) -> EdgeColumns:
        """Return every signed edge as columns of numbers."""
        # One row that collects a source's edges is several times as fast over Bolt as a row each.
        found = self._values(
            """MATCH (s:Entity)-[v:REGULATES]->()
            WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN s.number, collect(v.row)"""
        )
        entities = self._values(
            "MATCH (e:Entity) WHERE e.number > 0 RETURN collect(e.number), collect(e.id)"
        )
        papers = self._values(
            "MATCH (p:Paper) WHERE p.number > 0 RETURN collect(p.number), collect(p.id)"
        )
        claims = self._values(
            """MATCH (c:Claim) WHERE c.number > 0
            WITH c.number / 20000 AS part, collect(c.number) AS numbers, collect(c.id) AS ids
            RETURN numbers, ids"""
        )
        return columns_of(
            _keyed(found), _dictionary(entities), _dictionary(papers), _claims(claims)
        )

    def edge_changes(self, since: int) -> EdgeChanges | None:
        """Return what became of the edges since a revision; None where a purge lies between."""
        purged = self._values(
            """MATCH (t:Tombstone) WHERE t.rev_from > $since AND t.rev_from <= $at
            RETURN t.rev_from LIMIT 1""",
            since=since,
        )
        if purged:
            return None
        opened = self._values(
            """MATCH (s)-[v:REGULATES]->() WHERE v.rev_from > $since AND v.rev_from <= $at
                AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN s.number, collect(v.row)""",
            since=since,
        )
        closed = self._values(
            """MATCH (s)-[v:REGULATES]->() WHERE v.rev_to > $since AND v.rev_to <= $at
                AND v.rev_from <= $since
            RETURN s.number, collect(v.row)""",
            since=since,
        )
        return EdgeChanges(opened=self._few_columns(opened), closed=self._few_columns(closed))

    def _few_columns(self, found: Sequence[list[Any]]) -> EdgeColumns:
        """Return the columns of a few edges, without reading whole dictionaries."""
        edges = _keyed(found)
        entities = self._values(
            """UNWIND $numbers AS number MATCH (e:Entity {number: number})
            RETURN collect(e.number), collect(e.id)""",
            numbers=_each(edges.subject, edges.object),
        )
        papers = self._values(
            """UNWIND $numbers AS number MATCH (p:Paper {number: number})
            RETURN collect(p.number), collect(p.id)""",
            numbers=_each(edges.paper),
        )
        claims = self._values(
            """UNWIND $numbers AS number MATCH (c:Claim {number: number})
            RETURN collect(c.number), collect(c.id)""",
            numbers=_each(edges.claim),
        )
        return columns_of(edges, _dictionary(entities), _dictionary(papers), _claims(claims))

    def _edge_page(self, claim: str, position: int) -> list[list[Any]]:
        [found] = self._read(
            """MATCH (s)-[v:REGULATES]->(o)
            USING INDEX SEEK v:REGULATES(claim, position, rev_from)
            WHERE v.claim >= $claim AND v.position >= 0 AND v.rev_from > 0
                AND (v.claim > $claim OR v.position > $position)
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            WITH s, v, o ORDER BY v.claim, v.position LIMIT $limit
            OPTIONAL MATCH (p:Paper {number: v.row[2]})
            WITH s, v, o, p ORDER BY v.claim, v.position
            RETURN collect([properties(v), s.id, o.id, p.id]) AS edges""",
            claim=claim,
            position=position,
            limit=PAGE,
        )
        edges: list[list[Any]] = found["edges"]
        return edges


def _keyed(found: Sequence[list[Any]]) -> KeyedEdges:
    counts = np.fromiter((len(row[1]) for row in found), dtype=np.int64, count=len(found))
    subjects = np.fromiter((row[0] for row in found), dtype=np.int64, count=len(found))
    packed = chain.from_iterable(chain.from_iterable(row[1] for row in found))
    columns = np.fromiter(packed, dtype=np.int64).reshape(-1, 6)
    return KeyedEdges(
        subject=np.repeat(subjects, counts),
        object=columns[:, 0],
        claim=columns[:, 1],
        paper=columns[:, 2],
        place=columns[:, 3],
        codes=columns[:, 4],
        confidence=columns[:, 5].copy().view(np.float64),
    )


def _dictionary(found: Sequence[list[Any]]) -> Dictionary:
    numbers, ids = found[0]
    return Dictionary(np.array(numbers, dtype=np.int64), ids)


def _claims(found: Sequence[list[Any]]) -> ClaimDictionary:
    keys = np.fromiter(chain.from_iterable(row[0] for row in found), dtype=np.int64)
    digests = b"".join(bytes.fromhex("".join(row[1])) for row in found)
    return ClaimDictionary(keys, digests)


def _each(*columns: NDArray[np.int64]) -> list[int]:
    numbers: list[int] = np.unique(np.concatenate(columns)).tolist()
    return numbers


def _stored_edge(row: list[Any]) -> StoredEdge:
    stored, subject, object_, paper = row
    codes = stored["row"][4]
    return StoredEdge(
        claim=stored["claim"],
        paper=paper,
        status=edge_codes.status_of(codes),
        epistemic=edge_codes.epistemic_of(codes),
        evidence=edge_codes.evidence_of(codes),
        confidence=confidence_of(stored["row"][5]),
        edge=edge_of(subject, object_, stored),
        rule_version=stored["rule_version"],
    )
