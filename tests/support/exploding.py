"""A graph that questions search for hours: every path enters and leaves a clique by its hub.

All links raise but those from the clique to the hub, which lower. So whatever raises the hub seems
to lower ``target`` by way of the clique, and no simple path does so.
"""

from collections.abc import Iterator

import numpy as np

from app.graph.port import GraphStore, WholeClaim
from app.model.claim import (
    Claim,
    ClaimState,
    Evidence,
    ImportSource,
    Outcome,
    Participant,
    Perturbation,
    Predicate,
)
from app.model.edge import Edge
from app.model.edge_columns import EPISTEMICS, STATUSES, EdgeColumns
from app.model.entity import Entity
from app.model.text import Grounding
from app.model.vocabulary import (
    Category,
    Epistemic,
    EvidenceType,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Side,
    Sign,
    Status,
)

HUB, TARGET, STARTS, CLIQUE = "HGNC:1", "HGNC:2", 1000, 10_000


def links(clique: int, starts: int) -> Iterator[tuple[str, str, int]]:
    """Yield subject, object and sign of every link."""
    yield HUB, TARGET, 1
    members = [f"HGNC:{CLIQUE + number}" for number in range(clique)]
    for number in range(starts):
        yield f"HGNC:{STARTS + number}", HUB, 1
    for one in members:
        yield HUB, one, 1
        yield one, HUB, -1
        for other in members:
            if one != other:
                yield one, other, 1


def columns(clique: int, starts: int) -> EdgeColumns:
    """Return the graph as columns."""
    rows = list(links(clique, starts))
    entities = sorted({end for subject, target, _ in rows for end in (subject, target)})
    place = {name: number for number, name in enumerate(entities)}
    none = np.zeros(len(rows), dtype=np.int8)
    return EdgeColumns(
        subject=np.array([place[row[0]] for row in rows], dtype=np.int32),
        object=np.array([place[row[1]] for row in rows], dtype=np.int32),
        claim=np.arange(len(rows), dtype=np.int32),
        place=np.zeros(len(rows), dtype=np.int32),
        paper=np.full(len(rows), -1, dtype=np.int32),
        sign=np.array([row[2] for row in rows], dtype=np.int8),
        side=none,
        aspect=none,
        status=none + STATUSES.index(Status.ACCEPTED),
        epistemic=none + EPISTEMICS.index(Epistemic.DEMONSTRATED),
        evidence=none,
        confidence=np.ones(len(rows)),
        conditioned=none.astype(np.bool_),
        entities=tuple(entities),
        papers=(),
        claims=np.sort(
            np.random.default_rng(1).integers(0, 256, (len(rows), 32), np.uint8).view("S32"), axis=0
        ).view(np.uint8),
    )


def fill(store: GraphStore, clique: int, starts: int) -> None:
    """Write the graph into a store, as accepted claims of an import."""
    wholes = [_whole(number, *link) for number, link in enumerate(links(clique, starts))]
    names = sorted({end for whole in wholes for edge in whole.edges for end in _ends(edge)})
    entities = [Entity(id=name, name=f"gene {name}", category=Category.GENE) for name in names]
    store.write("test", "a clique", lambda writer: writer.put_many(wholes, entities))


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.subject, edge.object


def _whole(number: int, subject: str, target: str, sign: int) -> WholeClaim:
    raises = sign > 0
    said = Claim(
        text_sha256=None,
        agent=Participant(groundings=(Grounding(id=subject, name=subject),)),
        perturbation=Perturbation(type=PerturbationType.OVEREXPRESSION, direction=Sign.POSITIVE),
        predicate=Predicate(type=PredicateType.INCREASES if raises else PredicateType.DECREASES),
        outcome=Outcome(
            groundings=(Grounding(id=target, name=target),),
            direction=OutcomeDirection.UP if raises else OutcomeDirection.DOWN,
        ),
        evidence=Evidence(type=EvidenceType.GAIN_OF_FUNCTION),
        epistemic=Epistemic.UNSTATED,
        source=ImportSource(resource="infores:test", edge=f"edge-{number}"),
    )
    edge = Edge(
        subject=subject,
        object=target,
        sign=Sign.POSITIVE if raises else Sign.NEGATIVE,
        side=Side.GAIN,
        rule="gain-of-function",
    )
    return WholeClaim(
        claim=said, article_id=None, state=ClaimState(status=Status.ACCEPTED), edges=(edge,)
    )
