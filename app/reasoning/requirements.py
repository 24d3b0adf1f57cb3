"""What a cause needs for its effect on an outcome (rule 6), as claims tell it.

Four kinds of claims speak of it: that something is required for the relation itself; that its loss
mattered, or not, while the cause was there; that the cause had its effect without it (rule 10); and
that the cause was tried in a background, which by itself shows no need. Null results count only in
their own aspect and context (rule 11), and "not required" denies no more than the totality.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.model.claim import ClaimView, ContextItem, Participant
from app.model.contrast import RequirementSource
from app.model.matrix import CellResult
from app.model.vocabulary import (
    Aspect,
    CompositionOp,
    ContextType,
    PredicateType,
    Presence,
    Side,
    Sign,
    Supports,
)
from app.reasoning.belief import reported_reliability
from app.reasoning.canon import Canon
from app.reasoning.conflicts import Saying, null_saying, oppose
from app.reasoning.context import SCOPE_TYPES, Scope, scope_of
from app.reasoning.effects import is_null_result, is_partial
from app.reasoning.hops import LinkKey, canonical_key
from app.reasoning.signs import change_of, number, side_of

_ORDER = (CellResult.POSITIVE, CellResult.CONFLICTING, CellResult.NULL, CellResult.UNTESTED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A cause and an outcome in canonical terms; ``sign`` is that of the cause's effect."""

    cause: str
    outcome: str
    sign: int
    canon: Canon


@dataclass(frozen=True, slots=True)
class Needed:
    """What one claim tells of one need.

    ``verdict`` is +1 where it is needed, 0 where the effect came without it, -1 where its loss
    worked the other way, None where nobody took it away. ``entities`` are alternatives; empty for
    words alone.
    """

    entities: tuple[str, ...]
    name: str
    verdict: int | None
    aspect: Aspect | None
    scope: Scope
    source: RequirementSource
    claim: ClaimView

    @property
    def key(self) -> tuple[str, ...]:
        """What the need is of."""
        return self.entities or (f"~{self.name.lower()}",)


@dataclass(slots=True)
class NeedCell:
    """What was told of a need in one aspect and context."""

    aspect: Aspect | None
    scope: Scope
    told: list[Needed] = field(default_factory=list)
    conflicting: bool = False

    @property
    def result(self) -> CellResult:
        """What was found."""
        verdicts = {one.verdict for one in self.told} - {None}
        if self.conflicting:
            return CellResult.CONFLICTING
        if not verdicts:
            return CellResult.UNTESTED
        return CellResult.NULL if verdicts == {0} else CellResult.POSITIVE

    @property
    def opposite(self) -> bool:
        """Whether the loss worked the other way."""
        return {one.verdict for one in self.told} - {None} == {-1}


@dataclass(frozen=True, slots=True)
class Need:
    """All that was told of one need."""

    key: tuple[str, ...]
    cells: Sequence[NeedCell]

    @property
    def result(self) -> CellResult:
        """The result of the cell that says most: a need that is shown in any context is one."""
        found = {cell.result for cell in self.cells if not cell.opposite}
        if CellResult.CONFLICTING in found:
            return CellResult.CONFLICTING
        if any(cell.opposite for cell in self.cells) and CellResult.POSITIVE not in found:
            return CellResult.NULL
        return next((one for one in _ORDER if one in found), CellResult.UNTESTED)

    @property
    def partial(self) -> bool:
        """Whether no claim shows more than a part of the effect to be lost (rule 8)."""
        told = [one for cell in self.cells for one in cell.told if one.verdict == 1]
        return bool(told) and all(is_partial(one.claim) for one in told)

    @property
    def order(self) -> tuple[object, ...]:
        """Needs first; of equals the surest."""
        best = max(reported_reliability(one.claim) for cell in self.cells for one in cell.told)
        return (_ORDER.index(self.result), -best, self.key)


@dataclass(frozen=True, slots=True)
class Needs:
    """What claims tell of needs: of the cause's effect, and of the outcome with no stated cause.

    ``beside`` are claims that deny no more than the totality of a need.
    """

    of_cause: Sequence[Need]
    of_outcome: Sequence[Need]
    beside: Sequence[ClaimView]


def needs_of(claims: Iterable[ClaimView], asked: Asked) -> Needs:
    """Return what the claims on an outcome tell of what a cause needs."""
    of_cause: list[Needed] = []
    of_outcome: list[Needed] = []
    beside: list[ClaimView] = []
    for claim in sorted(claims, key=lambda one: (-reported_reliability(one), one.id)):
        source = _under_cause(claim, asked)
        if source is not None and claim.negated and not is_null_result(claim):
            beside.append(claim)
        elif source is not None:
            of_cause += _by_loss(claim, asked, source)
        elif _is_necessity(claim):
            of_outcome += _by_loss(claim, asked, RequirementSource.OUTCOME)
        of_cause += _beside_the_cause(claim, asked)
    own = _gathered(of_cause)
    keys = {need.key for need in own}
    general = [need for need in _gathered(of_outcome) if need.key not in keys]
    return Needs(own, general, beside)


def _under_cause(claim: ClaimView, asked: Asked) -> RequirementSource | None:
    """Return how a claim speaks of the cause's effect; None where it does not name the cause."""
    relation = claim.outcome.relation
    if relation is not None:
        ends = relation.object.top
        there = ends is not None and asked.canon.canonical(ends.id) == asked.outcome
        named = asked.cause in _ids(relation.subject, asked.canon)
        return RequirementSource.RELATION if there and named else None
    for item in claim.context:
        raised = item.type is ContextType.CO_STIMULUS and item.state is not Presence.ABSENT
        raised |= item.type is ContextType.CO_PERTURBATION and item.direction is Sign.POSITIVE
        if raised and asked.cause in _item_ids(item, asked.canon):
            return RequirementSource.LOSS_WITH_CAUSE
    return None


def _by_loss(claim: ClaimView, asked: Asked, source: RequirementSource) -> Iterator[Needed]:
    """Yield what a claim tells by the loss of something else than the cause."""
    canon = asked.canon
    scope = _scope(claim, asked)
    null = null_saying(claim.id, claim, (), canon)
    if null is not None:
        (subject, outcome), said = null
        if outcome == asked.outcome and subject != asked.cause and Side.LOSS in said.sides:
            aspect = next(iter(said.aspects), None)
            yield Needed((subject,), _name(claim.agent), 0, aspect, scope, source, claim)
        return
    keys = [canonical_key(edge, canon) for edge in claim.edges]
    for key in dict.fromkeys(keys):
        if key.object == asked.outcome and key.subject != asked.cause and key.side is Side.LOSS:
            verdict = _verdict(key.sign, asked)
            name = _name(claim.agent)
            yield Needed((key.subject,), name, verdict, key.aspect, scope, source, claim)
    together = _alternatives(claim, canon)
    if together and not claim.negated:
        sign = number(claim.outcome.relation.sign) if claim.outcome.relation else 1
        lost = change_of(claim.outcome.direction) * (_loss_sign(claim)) * sign
        name = " or ".join(together)
        yield Needed(
            together, name, _verdict(lost, asked), claim.outcome.aspect, scope, source, claim
        )


def _verdict(sign: int, asked: Asked) -> int | None:
    return (1 if sign == asked.sign else -1) if sign else None


def _loss_sign(claim: ClaimView) -> int:
    """Return by what the outcome's direction is multiplied to get the sign of the thing lost."""
    return -1 if number(claim.perturbation.direction) < 0 else 1


def _alternatives(claim: ClaimView, canon: Canon) -> tuple[str, ...]:
    """Return the members of a composite of which only the joint loss matters (rule 5)."""
    composition = claim.agent.composition
    if composition is None:
        return ()
    required = claim.predicate.type is PredicateType.REQUIRED_FOR
    lost = side_of(number(claim.perturbation.direction)) is Side.LOSS
    wanted = CompositionOp.OR if required else CompositionOp.AND if lost else None
    if composition.op is not wanted:
        return ()
    tops = [one.groundings[0].id for one in composition.members if one.groundings]
    return tuple(sorted({canon.canonical(one) for one in tops}))


def _beside_the_cause(claim: ClaimView, asked: Asked) -> Iterator[Needed]:
    """Yield what a claim on the cause's own effect tells: what was absent, and what was there."""
    canon = asked.canon
    keys = [canonical_key(edge, canon) for edge in claim.edges]
    own = next((key for key in keys if _is_own(key, asked)), None)
    if own is None:
        return
    scope = _scope(claim, asked)
    for item in claim.context:
        if item.type in (ContextType.CO_STIMULUS, ContextType.CO_PERTURBATION):
            gone = item.state is Presence.ABSENT or item.direction is Sign.NEGATIVE
            source = RequirementSource.EFFECT_WITHOUT if gone else RequirementSource.BACKGROUND
            words = item.name or (item.mention.text if item.mention else "")
            yield from _present(
                _item_ids(item, canon), words, 0 if gone else None, own, scope, source, claim, asked
            )
        for one in item.background:
            ids = tuple(canon.canonical(each.id) for each in one.groundings[:1])
            yield from _present(
                ids, one.mention.text, None, own, scope, RequirementSource.BACKGROUND, claim, asked
            )


def _present(
    ids: Sequence[str], words: str, verdict: int | None, own: LinkKey, scope: Scope,
    source: RequirementSource, claim: ClaimView, asked: Asked,
) -> Iterator[Needed]:  # fmt: skip
    entities = tuple(one for one in ids[:1] if one not in (asked.cause, asked.outcome))
    if entities or (words and not ids):
        yield Needed(entities, words, verdict, own.aspect, scope, source, claim)


def _is_own(key: LinkKey, asked: Asked) -> bool:
    return (key.subject, key.object) == (asked.cause, asked.outcome) and key.sign == asked.sign


def _is_necessity(claim: ClaimView) -> bool:
    stated = claim.predicate.type is PredicateType.REQUIRED_FOR and not claim.negated
    return (stated or claim.evidence.supports is Supports.NECESSITY) and not is_partial(claim)


def _gathered(told: Iterable[Needed]) -> list[Need]:
    """Return the needs with their cells, those that are shown first."""
    cells: dict[tuple[str, ...], dict[tuple[Aspect | None, Scope], NeedCell]] = {}
    for one in told:
        place = (one.aspect, one.scope)
        cell = cells.setdefault(one.key, {}).setdefault(place, NeedCell(*place))
        if all(held.claim.id != one.claim.id or held.verdict != one.verdict for held in cell.told):
            cell.told.append(one)
    for each in cells.values():
        _mark_conflicts(list(each.values()))
    return sorted(
        (Need(key, list(each.values())) for key, each in cells.items()), key=lambda one: one.order
    )


def _mark_conflicts(cells: Sequence[NeedCell]) -> None:
    said = [(cell, _saying(one)) for cell in cells for one in cell.told if one.verdict is not None]
    for position, (cell, one) in enumerate(said):
        for other_cell, other in said[:position]:
            if one.sign != other.sign and not oppose(one, other).scope:
                cell.conflicting = other_cell.conflicting = True


def _saying(told: Needed) -> Saying:
    return Saying(
        claim=told.claim.id,
        sign=told.verdict or 0,
        sides=frozenset({Side.LOSS}),
        aspects=frozenset({told.aspect} if told.aspect else ()),
        scope=told.scope,
        contradicts=frozenset(),
    )


def _scope(claim: ClaimView, asked: Asked) -> Scope:
    """Return the scope of a claim, without the co-stimuli: they are what is asked about."""
    scope = scope_of(claim, asked.canon)
    return tuple(
        frozenset[str]() if kind is ContextType.CO_STIMULUS else stated
        for kind, stated in zip(SCOPE_TYPES, scope, strict=True)
    )


def _ids(participant: Participant, canon: Canon) -> set[str]:
    found = {canon.canonical(participant.top.id)} if participant.top else set()
    members = participant.composition.members if participant.composition else ()
    return found | {canon.canonical(one.groundings[0].id) for one in members if one.groundings}


def _item_ids(item: ContextItem, canon: Canon) -> tuple[str, ...]:
    return tuple(canon.canonical(each.id) for each in item.groundings[:1])


def _name(participant: Participant) -> str:
    if participant.mention is not None:
        return participant.mention.text
    return participant.top.name if participant.top else ""
