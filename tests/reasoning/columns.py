"""Stored edges as the columns that stores give."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from app.model.edge import StoredEdge
from app.model.edge_columns import (
    ASPECTS,
    DIGEST,
    EPISTEMICS,
    EVIDENCES,
    NO_PAPER,
    SIDES,
    STATUSES,
    EdgeColumns,
)
from app.reasoning.signs import number


def columns_of(edges: Iterable[StoredEdge]) -> EdgeColumns:
    """Return edges as columns; an edge's place in its claim is that among the edges given."""
    edges = sorted(edges, key=lambda edge: edge.claim)
    claims = sorted({edge.claim for edge in edges})
    papers = sorted({edge.paper for edge in edges if edge.paper})
    entities = sorted({end for edge in edges for end in (edge.edge.subject, edge.edge.object)})

    def column(values: list[int], kind: type = np.int8) -> np.ndarray:
        return np.array(values, dtype=kind)

    return EdgeColumns(
        subject=column([entities.index(edge.edge.subject) for edge in edges], np.int32),
        object=column([entities.index(edge.edge.object) for edge in edges], np.int32),
        claim=column([claims.index(edge.claim) for edge in edges], np.int32),
        place=column(_places(edges), np.int32),
        paper=column([papers.index(e.paper) if e.paper else NO_PAPER for e in edges], np.int32),
        sign=column([number(edge.edge.sign) for edge in edges]),
        side=column([SIDES.index(edge.edge.side) for edge in edges]),
        aspect=column([ASPECTS.index(edge.edge.aspect) for edge in edges]),
        status=column([STATUSES.index(edge.status) for edge in edges]),
        epistemic=column([EPISTEMICS.index(edge.epistemic) for edge in edges]),
        evidence=column([EVIDENCES.index(edge.evidence) for edge in edges]),
        confidence=np.array([edge.confidence for edge in edges], dtype=np.float64),
        conditioned=np.array([bool(edge.edge.condition) for edge in edges], dtype=np.bool_),
        entities=tuple(entities),
        papers=tuple(papers),
        claims=np.frombuffer(bytes.fromhex("".join(claims)), dtype=np.uint8).reshape(-1, DIGEST),
    )


def _places(edges: Sequence[StoredEdge]) -> list[int]:
    seen: Counter[str] = Counter()
    places = []
    for edge in edges:
        places.append(seen[edge.claim])
        seen[edge.claim] += 1
    return places
