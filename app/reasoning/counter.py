"""What speaks against an answer: opposite signs, null results, retracted papers (rule 11)."""

from collections.abc import Iterable, Sequence

from app.model.answer import CounterEvidence
from app.model.claim import ClaimView
from app.model.vocabulary import Aspect, PerturbationType, PredicateType, Side, Sign, Status
from app.reasoning.canon import OPPOSITE_ASPECT, OPPOSITE_SIDE, Canon
from app.reasoning.context import separating_slots
from app.reasoning.effects import is_null_result
from app.reasoning.lens import BESIDE
from app.reasoning.signs import number, side_of

SETTLED = frozenset({Status.REJECTED, Status.SUPERSEDED, Status.DISPUTED})


def counter_evidence(
    pair: tuple[str, str],
    needed_sign: int,
    grounds: Sequence[ClaimView],
    about: Iterable[ClaimView],
    canon: Canon,
    *,
    candidates: bool,
) -> tuple[CounterEvidence, ...]:
    """Return what speaks against ``pair`` (subject, outcome) having ``needed_sign``.

    ``about`` are the claims on the outcome, ``grounds`` those that the answer rests on. A finding
    *contradicts* when nothing that both claims state separates them; a null result must also be of
    the same side and aspect as a ground.
    """
    found = []
    ground_ids = {claim.id for claim in grounds}
    for claim in sorted(about, key=lambda c: c.id):
        usable = claim.status is Status.ACCEPTED or (candidates and claim.status not in SETTLED)
        if claim.id in ground_ids or not usable or claim.epistemic in BESIDE:
            continue
        kind = _kind(claim, pair, needed_sign, canon)
        if kind is None:
            continue
        scope = _scope(claim, kind, grounds, canon)
        quote = claim.quotes[0] if claim.quotes else None
        found.append(
            CounterEvidence(
                claim=claim.id,
                statement=claim.statement,
                kind=kind,
                relation="differs_in_scope" if scope else "contradicts",
                scope=scope,
                pmid=claim.article,
                quote=quote.text if quote else None,
                start=quote.start if quote else None,
                end=quote.end if quote else None,
                verified=quote.verified if quote else None,
            )
        )
    return tuple(found)


def _kind(claim: ClaimView, pair: tuple[str, str], needed: int, canon: Canon) -> str | None:
    if is_null_result(claim):
        return "null_result" if _ends(claim, canon) == pair else None
    for edge in claim.edges:
        subject, target = canon.meaning(edge.subject), canon.meaning(edge.object)
        sign = number(edge.sign) * subject.sign * target.sign
        if (subject.id, target.id) != pair or sign == 0:
            continue
        if sign != needed:
            return "opposite_sign"
        if claim.retracted:
            return "retracted"
    return None


def _ends(claim: ClaimView, canon: Canon) -> tuple[str, str] | None:
    agent, outcome = claim.agent.top, claim.outcome.top
    if agent is None or outcome is None:
        return None
    return canon.canonical(agent.id), canon.canonical(outcome.id)


def null_side(claim: ClaimView, canon: Canon) -> Side | None:
    """Return on which side of the agent a null result was tried."""
    agent = claim.agent.top
    turned = agent is not None and canon.meaning(agent.id).sign < 0
    side = side_of(number(claim.perturbation.direction))
    if claim.perturbation.type is PerturbationType.NONE:
        side = {
            PredicateType.REQUIRED_FOR: Side.LOSS,
            PredicateType.SUFFICIENT_FOR: Side.GAIN,
        }.get(claim.predicate.type)
    return OPPOSITE_SIDE[side] if turned else side


def null_aspect(claim: ClaimView, canon: Canon) -> Aspect | None:
    """Return the aspect of the canonical outcome that a null result is about."""
    outcome = claim.outcome.top
    turned = outcome is not None and canon.meaning(outcome.id).opposite
    return OPPOSITE_ASPECT[claim.outcome.aspect] if turned else claim.outcome.aspect


def _scope(
    claim: ClaimView, kind: str, grounds: Sequence[ClaimView], canon: Canon
) -> tuple[str, ...]:
    """Return what separates a finding from the ground that it comes nearest to."""
    separations = []
    for ground in grounds:
        slots = separating_slots(claim, ground, canon)
        if kind == "null_result":
            slots = (*_null_slots(claim, ground, canon), *slots)
        separations.append(slots)
    return min(separations, key=lambda slots: (len(slots), slots), default=())


def _null_slots(claim: ClaimView, ground: ClaimView, canon: Canon) -> tuple[str, ...]:
    slots = []
    ground_side = ground_sides(ground)
    if ground_side and null_side(claim, canon) not in ground_side:
        slots.append("side")
    aspects = {edge.aspect for edge in ground.edges} or {None}
    mine = null_aspect(claim, canon)
    if mine is not None and None not in aspects and mine not in aspects:
        slots.append("aspect")
    return tuple(slots)


def ground_sides(claim: ClaimView) -> frozenset[Side]:
    """Return the sides on which a claim was shown."""
    return frozenset(edge.side for edge in claim.edges if edge.side is not None)


def null_intervention(claim: ClaimView, canon: Canon) -> tuple[str, int] | None:
    """Return (target, change) of the intervention that a null result was seen for."""
    agent = claim.agent.top
    direction = claim.perturbation.direction
    if agent is None or direction is Sign.UNSIGNED or not is_null_result(claim):
        return None
    meaning = canon.meaning(agent.id)
    return meaning.id, number(direction) * meaning.sign
