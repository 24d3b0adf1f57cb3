"""Short ways to write claims for tests of the rules: they stand for readings, not for texts."""

from itertools import count

from app.model.claim import (
    PERTURBATION_DIRECTION,
    Claim,
    ClaimView,
    Composition,
    ContextItem,
    Evidence,
    ImportSource,
    Link,
    Member,
    Outcome,
    Participant,
    Perturbation,
    Predicate,
    Relation,
)
from app.model.edge import Edge, StoredEdge
from app.model.text import Grounding
from app.model.vocabulary import (
    Aspect,
    CompositionOp,
    ContextType,
    Epistemic,
    EvidenceType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Sign,
    Status,
    Strength,
    Supports,
)
from app.reasoning.rules import derive_edges

_number = count(1)


def participant(
    entity: str, *, measure: Measure | None = None, op: CompositionOp | None = None
) -> Participant:
    """``A`` or, with ``op``, ``A+B`` as a composite."""
    parts = entity.split("+")
    composition = None
    if op is not None:
        members = tuple(Member(groundings=(Grounding(id=p, name=p),)) for p in parts)
        composition = Composition(op=op, members=members)
    groundings = () if op in (CompositionOp.AND, CompositionOp.OR) else (
        Grounding(id=parts[0], name=parts[0]),
    )  # fmt: skip
    return Participant(groundings=groundings, composition=composition, measure=measure)


def claim(
    agent: str,
    predicate: str,
    outcome: str,
    direction: str = "up",
    *,
    perturbation: str = "none",
    sense: str | None = None,
    aspect: Aspect | None = None,
    agent_measure: Measure | None = None,
    outcome_measure: Measure | None = None,
    op: CompositionOp | None = None,
    outcome_op: CompositionOp | None = None,
    relation: Relation | None = None,
    negated: bool = False,
    strength: Strength | None = None,
    epistemic: Epistemic = Epistemic.DEMONSTRATED,
    supports: Supports = Supports.NONE,
    context: tuple[ContextItem, ...] = (),
) -> Claim:
    """Return a claim without text; every call gives another one."""
    type_ = PerturbationType(perturbation)
    fixed = PERTURBATION_DIRECTION[type_]
    whole = participant(outcome, measure=outcome_measure, op=outcome_op)
    return Claim(
        text_sha256=None,
        agent=participant(agent, measure=agent_measure, op=op),
        perturbation=Perturbation(
            type=type_, direction=fixed if fixed is not None else Sign(sense or "0")
        ),
        predicate=Predicate(type=PredicateType(predicate)),
        outcome=Outcome(
            **whole.model_dump(),
            direction=OutcomeDirection(direction),
            aspect=aspect,
            relation=relation,
        ),
        negated=negated,
        strength=strength,
        context=context,
        evidence=Evidence(type=EvidenceType.LOSS_OF_FUNCTION, supports=supports),
        epistemic=epistemic,
        source=ImportSource(resource="test", edge=str(next(_number))),
    )


def edges(one: Claim, *, judged: bool = True) -> list[tuple[str, str, str, str | None]]:
    """Return (subject, sign, object, side) of each edge of a claim."""
    return [
        (e.subject, e.sign.value, e.object, e.side.value if e.side else None)
        for e in derive_edges(one, judged=judged)
    ]


def view(
    one: Claim,
    *,
    article: str | None = "PMID:1",
    status: Status = Status.ACCEPTED,
    links: tuple[Link, ...] = (),
    retracted: bool = False,
) -> ClaimView:
    """Return a claim as the store would show it."""
    body = {name: getattr(one, name) for name in Claim.model_fields if name != "text_sha256"}
    return ClaimView(
        id=one.id,
        status=status,
        article=article,
        **body,
        edges=derive_edges(one, judged=True),
        links=links,
        confidence=1.0,
        extractions=(),
        statement=f"{one.predicate.type}",
        retracted=retracted,
        revision=1,
    )


def stored(one: ClaimView) -> list[StoredEdge]:
    """Return the edges of a claim as the index reads them; the article's curie is its id."""
    return [stored_edge(one, edge) for edge in one.edges]


def stored_edge(one: ClaimView, edge: Edge) -> StoredEdge:
    """Return one edge of a claim as the index reads it."""
    return StoredEdge(
        claim=one.id,
        paper=one.article,
        status=one.status,
        epistemic=one.epistemic,
        evidence=one.evidence.type,
        confidence=one.confidence,
        edge=edge,
        rule_version=1,
    )


def context(kind: str, *ids: str, **more: object) -> ContextItem:
    """Return a context item of a kind with groundings."""
    return ContextItem(
        type=ContextType(kind),
        groundings=tuple(Grounding(id=i, name=i) for i in ids),
        **more,  # type: ignore[arg-type]
    )
