"""Links between the claims of one text: what sums up what, and what was concluded from what.

A summary *summarises* each claim elsewhere in the text that says the same: the same agent, outcome
and net sign, on the same side, and of the same aspect where it names one. An interpretation is
*inferred from* each experiment told before it that says so much. What is background, a hypothesis
or only like it is linked to nothing: a link that is missed costs little, a wrong one misleads.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.model.claim import Claim, ContextItem, Link, Participant
from app.model.entity import EntityRelation
from app.model.reading import ReadLink
from app.model.text import Span, one_space
from app.model.vocabulary import (
    Aspect,
    CompositionOp,
    ContextType,
    Epistemic,
    LinkType,
    Measure,
    PerturbationType,
    PredicateType,
    Side,
)
from app.reasoning.canon import OPPOSITE_ASPECT, OPPOSITE_SIDE, Canon
from app.reasoning.conflicts import tried_side
from app.reasoning.context import stated
from app.reasoning.effects import is_null_result
from app.reasoning.rules import SIGNED_MEASURES, UNSIGNED_PREDICATES
from app.reasoning.signs import change_of, number

PROPOSED: Final = frozenset({LinkType.SUMMARISES, LinkType.INFERRED_FROM})
"""The types of links that a reading proposes."""

_STATED_NEED: Final = frozenset({PredicateType.REQUIRED_FOR, PredicateType.SUFFICIENT_FOR})

_SEPARATING: Final = (ContextType.ORGANISM, ContextType.CO_STIMULUS)
"""Contexts that tell a finding from its summary; cells do not, as summaries name broader ones."""

_GENERIC: Final = re.compile(
    r"(?:[ -](?:signal(?:l)?ing|pathways?|cascade|activity|activation|expression|proteins?|genes?"
    r"|levels?|function|mrna|production|signal transduction))+$"
)
"""Words after a name that leave it the name of the same thing."""

_MARKS: Final = re.compile(r"[-\s]+")


def propose_links(
    claims: Sequence[Claim], relations: Iterable[EntityRelation] = ()
) -> tuple[ReadLink, ...]:
    """Return the links among claims of one text, in the order of the claims.

    ``relations`` are those of the entities that the claims name: by them equivalents are one
    entity, and what is said of an opposite is said of its opposite, turned.
    """
    canon = Canon(relations)
    sayings = [_saying(claim, canon) for claim in claims]
    said_of: dict[str, list[_Saying]] = {}
    for saying in sayings:
        if saying.claim.epistemic in (Epistemic.DEMONSTRATED, Epistemic.INTERPRETATION):
            for name in saying.outcome.names:
                said_of.setdefault(name, []).append(saying)
    return tuple(
        ReadLink(claim=saying.claim.id, link=Link(type=kind, claim=target.claim.id))
        for saying in sayings
        for kind, target in _links_of(saying, said_of, canon)
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """By what a participant can be known again, and in which of its properties.

    ``names`` holds its canonical id, and its words and that id's name, both without marks and
    generic words: a pathway is what it is named after, its other members are not.
    """

    names: frozenset[str]
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class _Saying:
    """What a claim says, in canonical terms.

    ``kind`` tells signed claims, unsigned ones, null results and denials apart; it holds the sign.
    """

    claim: Claim
    agent: _Names
    outcome: _Names
    kind: tuple[object, ...]
    side: Side | None
    aspect: Aspect | None


def _saying(claim: Claim, canon: Canon) -> _Saying:
    side, aspect, sign = tried_side(claim), claim.outcome.aspect, _sign(claim)
    for participant in (claim.agent, claim.outcome):
        top = participant.top
        meaning = canon.meaning(top.id) if top is not None else None
        if meaning is not None and meaning.sign < 0:
            sign = -sign
            if participant is claim.agent:
                side = OPPOSITE_SIDE[side]
            elif meaning.opposite:
                aspect = OPPOSITE_ASPECT[aspect]
    return _Saying(
        claim=claim,
        agent=_names(claim.agent, canon),
        outcome=_names(claim.outcome, canon),
        kind=_kind(claim, sign),
        side=side,
        aspect=aspect,
    )


def _sign(claim: Claim) -> int:
    change = change_of(claim.outcome.direction)
    if claim.perturbation.type is PerturbationType.NONE:
        return change
    return number(claim.perturbation.direction) * change


def _kind(claim: Claim, sign: int) -> tuple[object, ...]:
    if is_null_result(claim):
        return ("null",)
    if claim.negated:
        return ("denied", claim.predicate.type, sign)
    if claim.predicate.type in UNSIGNED_PREDICATES:
        return ("unsigned", claim.predicate.type)
    if sign == 0:
        # A mutation of unknown sense: only the same change by the same means says the same.
        return ("unknown", claim.perturbation.type, claim.outcome.direction)
    return ("signed", sign)


def _names(participant: Participant, canon: Canon) -> _Names:
    measure = None if participant.measure in SIGNED_MEASURES else participant.measure
    composition = participant.composition
    if composition is not None and composition.op in (CompositionOp.AND, CompositionOp.OR):
        members = sorted(
            canon.canonical(member.groundings[0].id) if member.groundings else _core(member.mention)
            for member in composition.members
        )
        return _Names(frozenset({f" {composition.op} ".join(members)}), measure)
    names = {_core(participant.antecedent or participant.mention)}
    if participant.top is not None:
        names |= {canon.canonical(participant.top.id), _stem(participant.top.name or "")}
    return _Names(frozenset(names - {""}), measure)


def _core(span: Span | None) -> str:
    return _stem(span.text) if span is not None else ""


def _stem(name: str) -> str:
    """Return a name without marks, and without words that may stand beside any name."""
    words = one_space(name).casefold().removeprefix("canonical ")
    return _MARKS.sub("", _GENERIC.sub("", words))


def _links_of(
    saying: _Saying, said_of: dict[str, list[_Saying]], canon: Canon
) -> Iterator[tuple[LinkType, _Saying]]:
    rests = {
        Epistemic.SUMMARY: (LinkType.SUMMARISES, _sums_up),
        Epistemic.INTERPRETATION: (LinkType.INFERRED_FROM, _rests_on),
    }.get(saying.claim.epistemic)
    if rests is None:
        return
    kind, test = rests
    near = {
        id(other): other for name in sorted(saying.outcome.names) for other in said_of.get(name, ())
    }
    found = [
        other
        for other in near.values()
        if test(saying.claim, other.claim)
        and _says_so_much(other, saying)
        and _holds_alike(saying.claim, other.claim, canon)
    ]
    same_words = [o for o in found if o.claim.predicate.type is saying.claim.predicate.type]
    if kind is LinkType.SUMMARISES and saying.claim.predicate.type in _STATED_NEED and same_words:
        # A stated need sums up what states it; the experiments stand behind that.
        found = same_words
    yield from ((kind, other) for other in found)


def _sums_up(summary: Claim, other: Claim) -> bool:
    return not _one_place(summary, other)


def _rests_on(meant: Claim, other: Claim) -> bool:
    """Tell whether a claim is an experiment that is told before the conclusion."""
    shown = other.epistemic is Epistemic.DEMONSTRATED
    return shown and other.predicate.type not in _STATED_NEED and _verb(other) < _verb(meant)


def _verb(claim: Claim) -> int:
    trigger = claim.predicate.trigger
    return trigger.start if trigger is not None else claim.quotes[0].start or 0


def _one_place(one: Claim, other: Claim) -> bool:
    here, there = (
        [quote.span for quote in claim.quotes if quote.span is not None] for claim in (one, other)
    )
    return any(a.start < b.end and b.start < a.end for a in here for b in there)


def _says_so_much(other: _Saying, saying: _Saying) -> bool:
    """Tell whether ``other`` says all that ``saying`` does; it may say more."""
    return (
        other.kind == saying.kind
        and saying.side in (None, other.side)
        and saying.aspect in (None, other.aspect)
        and other.claim.strength in (None, saying.claim.strength)
        and _is_same(other.agent, saying.agent)
        and _is_same(other.outcome, saying.outcome)
    )


def _is_same(one: _Names, other: _Names) -> bool:
    return one.measure is other.measure and not one.names.isdisjoint(other.names)


def _holds_alike(one: Claim, other: Claim, canon: Canon) -> bool:
    """Tell whether nothing that both state of their contexts separates two claims."""
    for kind in _SEPARATING:
        here, there = stated(one, kind, canon), stated(other, kind, canon)
        if here and there and here.isdisjoint(there):
            return False
    return _co_perturbed(one) == _co_perturbed(other)


def _co_perturbed(claim: Claim) -> frozenset[str]:
    items = (item for item in claim.context if item.type is ContextType.CO_PERTURBATION)
    return frozenset(_called(item) for item in items)


def _called(item: ContextItem) -> str:
    return item.groundings[0].id if item.groundings else _core(item.mention) or item.name or ""
