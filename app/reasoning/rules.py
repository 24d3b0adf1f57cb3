"""From a claim to the signed edges that it implies.

The rule numbers are those of *Rules of reading* in ``docs/reference/reasoning.md``; each has a
test with the case that goes wrong without it (``tests/reasoning/test_rules.py``).
"""

from collections.abc import Callable, Sequence

from app.model.claim import Claim, Outcome, Participant
from app.model.eco import ECO_SIDE
from app.model.edge import Condition, Edge
from app.model.text import Grounding
from app.model.vocabulary import (
    CompositionOp,
    ContextType,
    Measure,
    PerturbationType,
    PredicateType,
    Presence,
    Side,
    Sign,
    Supports,
)
from app.reasoning.signs import change_of, number, side_of, sign_of

RULE_VERSION = 2
"""Raised whenever a rule changes; ``evipath rebuild`` then derives all edges again."""

GROUNDING_MARGIN = 0.1
"""By how much the best grounding of an unjudged mention must lead to make an edge."""

UNSIGNED_PREDICATES = frozenset({PredicateType.ASSOCIATED_WITH, PredicateType.ACTIVE_IN})

OBSERVED_CHANGES = frozenset({PerturbationType.LOSS, PerturbationType.GAIN})

SIGNED_MEASURES = frozenset(
    {
        None,
        Measure.ACTIVITY,
        Measure.ABUNDANCE,
        Measure.EXPRESSION,
        Measure.SYNTHESIS,
        Measure.STABILITY,
    }
)
"""Measures that stand for the entity itself (rule 4)."""


def derive_edges(
    claim: Claim,
    *,
    judged: bool,
    canonical: Callable[[str], str] = lambda entity: entity,
) -> tuple[Edge, ...]:
    """Return the edges that ``claim`` carries, in the order of its subjects and objects.

    ``judged`` says whether a curator accepted the claim, so that its first grounding counts;
    otherwise the first must lead by :data:`GROUNDING_MARGIN` over the next that ``canonical`` does
    not map to the same entity. Null results and negated claims carry none (rule 11).
    """
    if claim.negated or claim.predicate.type is PredicateType.NO_EFFECT:
        return ()
    choose = _Chooser(judged, canonical)
    subjects = _subjects(claim, choose)
    effect, objects = _objects(claim.outcome, choose)
    sign, side, rule = _sign_side_rule(claim)
    sign *= effect
    shown = _shown(claim, side, rule) if sign else ((None, "unsigned"),)
    conditions = _conditions(claim, choose)
    return tuple(
        Edge(
            subject=subject,
            object=target,
            sign=sign_of(sign),
            aspect=claim.outcome.aspect,
            side=side,
            condition=tuple(_own(condition, subject) for condition in conditions),
            rule=rule,
        )
        for subject in subjects
        for target in objects
        for side, rule in shown
    )


class _Chooser:
    """Which of a mention's groundings makes an edge."""

    def __init__(self, judged: bool, canonical: Callable[[str], str]) -> None:
        self._judged = judged
        self._canonical = canonical

    def __call__(self, groundings: Sequence[Grounding]) -> str | None:
        if not groundings:
            return None
        first = groundings[0]
        if self._judged:
            return first.id
        meaning = self._canonical(first.id)
        rivals = [g.score for g in groundings[1:] if self._canonical(g.id) != meaning]
        if rivals and first.score - max(rivals) < GROUNDING_MARGIN:
            return None
        return first.id


def _subjects(claim: Claim, choose: _Chooser) -> list[str]:
    """Return the agents that the claim speaks of singly (rule 5)."""
    composition = claim.agent.composition
    if composition is None or composition.op in (CompositionOp.PATHWAY, CompositionOp.COMPLEX):
        return _present(choose(claim.agent.groundings))
    stated_need = (
        claim.perturbation.type is PerturbationType.NONE
        and claim.predicate.type is PredicateType.REQUIRED_FOR
    )
    # Of several that must all be there, each is necessary; of several that do it together, or
    # whose joint loss does it, none does it alone.
    singly = stated_need if composition.op is CompositionOp.AND else not stated_need
    if not singly:
        return []
    return [
        found for member in composition.members for found in _present(choose(member.groundings))
    ]


def _objects(outcome: Outcome, choose: _Chooser) -> tuple[int, list[str]]:
    """Return the factor of the outcome's measure and the entities that changed."""
    if outcome.relation is not None:
        relation = outcome.relation
        factor = number(relation.sign) * _measure_factor(relation.object)
        return factor, _present(choose(relation.object.groundings))
    factor = _measure_factor(outcome)
    composition = outcome.composition
    if composition is None or composition.op in (CompositionOp.PATHWAY, CompositionOp.COMPLEX):
        return factor, _present(choose(outcome.groundings))
    if composition.op is CompositionOp.OR:
        return factor, []
    members = [
        found for member in composition.members for found in _present(choose(member.groundings))
    ]
    return factor, members


def _present(entity: str | None) -> list[str]:
    return [] if entity is None else [entity]


def _measure_factor(participant: Participant) -> int:
    """Return +1 for the entity itself, -1 for its degradation, 0 for a mere state (rule 4)."""
    if participant.measure in SIGNED_MEASURES:
        return 1
    return -1 if participant.measure is Measure.DEGRADATION else 0


def _sign_side_rule(claim: Claim) -> tuple[int, Side | None, str]:
    """Return sign (rule 1), side (rule 2) and the rule's name, before the outcome's measure."""
    predicate = claim.predicate.type
    if predicate in UNSIGNED_PREDICATES:
        return 0, None, "unsigned"
    change = change_of(claim.outcome.direction)
    agent = _measure_factor(claim.agent)
    if claim.perturbation.type is PerturbationType.NONE:
        return _stated(predicate, change * agent, agent)
    made = number(claim.perturbation.direction) * agent
    sign = made * change
    if claim.perturbation.type in OBSERVED_CHANGES:
        return sign, None, "observed-change"
    if claim.evidence.supports is Supports.RESCUE:
        return sign, side_of(made), "rescue"
    return sign, side_of(made), "loss-of-function" if made < 0 else "gain-of-function"


def _stated(predicate: PredicateType, sign: int, agent: int) -> tuple[int, Side | None, str]:
    # Being in need of a protein's degradation is being in need of its loss, hence the factor.
    if predicate is PredicateType.REQUIRED_FOR:
        return sign, side_of(-agent), "stated-necessity"
    if predicate is PredicateType.SUFFICIENT_FOR:
        return sign, side_of(agent), "stated-sufficiency"
    return sign, None, "stated-sign"


def _shown(claim: Claim, side: Side | None, rule: str) -> tuple[tuple[Side | None, str], ...]:
    """Return each side on which the relation was shown, with the rule that says so.

    Of an import the codes of its evidence tell sides, too: there is no text whose perturbation
    would. Codes of both sides give an edge for each.
    """
    own = ((side, rule),)
    if claim.source is None or not claim.evidence.eco:
        return own
    if claim.perturbation.type in OBSERVED_CHANGES or _measure_factor(claim.agent) < 0:
        return own
    told = {ECO_SIDE.get(term) for term in claim.evidence.eco} - {None, side}
    by_evidence = tuple((each, "shown-by-evidence") for each in Side if each in told)
    return by_evidence if side is None and by_evidence else own + by_evidence


def _conditions(claim: Claim, choose: _Chooser) -> tuple[Condition, ...]:
    """Return what the claim holds under: a relation's cause (rule 6) and the context (9, 10)."""
    found: list[Condition] = []
    relation = claim.outcome.relation
    if relation is not None:
        cause = relation.subject
        found.append(
            Condition(
                entity=choose(cause.groundings),
                name=_words(cause) or "its cause",
                state=Presence.PRESENT,
            )
        )
    for item in claim.context:
        words = item.mention.text if item.mention else item.name or ""
        if item.type is ContextType.CO_STIMULUS:
            found.append(
                Condition(
                    entity=choose(item.groundings),
                    name=item.name or words,
                    state=item.state or Presence.PRESENT,
                )
            )
        elif item.type is ContextType.CO_PERTURBATION:
            found.append(
                Condition(
                    entity=choose(item.groundings),
                    name=item.name or words,
                    direction=item.direction or Sign.UNSIGNED,
                )
            )
        found.extend(
            Condition(
                entity=choose(background.groundings),
                name=background.mention.text,
            )
            for background in item.background
        )
    return tuple(found)


def _words(participant: Participant) -> str | None:
    if participant.mention is not None:
        return participant.mention.text
    top = participant.top
    return top.name if top else None


def _own(condition: Condition, subject: str) -> Condition:
    """Name a co-perturbation of the subject itself as such (rule 9, rescue by the same gene)."""
    if condition.entity == subject and condition.direction is Sign.NEGATIVE:
        return condition.model_copy(update={"name": f"own {condition.name} lost"})
    return condition
