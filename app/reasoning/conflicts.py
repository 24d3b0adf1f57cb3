"""When two claims on the same pair of entities contradict each other, and when they do not.

Opposite signs, and a null result beside a sign, *contradict* unless something that both claims
state separates them; then they *differ in scope*, and the slots that differ are named (rule 11).
What a claim leaves unstated separates nothing. A null result also has to be of the same side and
aspect; between opposite signs neither side nor aspect is asked. An answer's counter-evidence and
the list of conflicts both ask here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.model.claim import Claim, ClaimView, Link
from app.model.vocabulary import Aspect, LinkType, PerturbationType, PredicateType, Side
from app.reasoning.canon import OPPOSITE_ASPECT, OPPOSITE_SIDE, Canon
from app.reasoning.context import Scope, scope_of, separating_slots
from app.reasoning.effects import is_null_result
from app.reasoning.hops import LinkKey, canonical_key
from app.reasoning.rules import OBSERVED_CHANGES
from app.reasoning.signs import number, side_of

Slot = TypeVar("Slot", Side, Aspect)
Pair = tuple[str, str]
"""The canonical ids of a subject and an object."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What one claim says of a pair, in canonical terms.

    ``sign`` is +1 or -1, 0 for a null result. ``sides`` and ``aspects`` are those it was shown
    for, empty where one is unstated. ``contradicts`` are the claims that it is linked to as
    contradicting them.
    """

    claim: str
    sign: int
    sides: frozenset[Side]
    aspects: frozenset[Aspect]
    scope: Scope
    contradicts: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Opposition:
    """One saying against another, with the slots that separate them; none: they contradict.

    ``judged`` says that a link between the two claims calls it a contradiction.
    """

    finding: Saying
    against: Saying
    scope: tuple[str, ...]
    judged: bool

    @property
    def kind(self) -> str:
        """``opposite_sign`` or ``null_result``, as counter-evidence names it."""
        return "opposite_sign" if self.finding.sign else "null_result"


def oppose(finding: Saying, against: Saying) -> Opposition:
    """Compare two sayings of one pair; what a curator linked as contradicting does contradict."""
    judged = against.claim in finding.contradicts or finding.claim in against.contradicts
    scope = () if judged else separation(finding, against)
    return Opposition(finding, against, scope, judged)


def separation(one: Saying, other: Saying) -> tuple[str, ...]:
    """Return the slots in which two sayings of one pair differ in scope; none: they contradict."""
    slots: list[str] = []
    if 0 in (one.sign, other.sign):
        if one.sides and other.sides and not one.sides & other.sides:
            slots.append("side")
        if one.aspects and other.aspects and not one.aspects & other.aspects:
            slots.append("aspect")
    return (*slots, *separating_slots(one.scope, other.scope))


def nearest(finding: Saying, others: Iterable[Saying]) -> Opposition | None:
    """Return the finding beside the one that it comes nearest to; a judged contradiction first."""
    return min(
        (oppose(finding, other) for other in others),
        key=lambda one: (not one.judged, len(one.scope), one.scope),
        default=None,
    )


def oppositions(sayings: Sequence[Saying]) -> list[Opposition]:
    """Return what is in conflict among all sayings of one pair, contradictions first.

    ``sayings`` come most reliable first. Each claim of the sign that fewer claims state is set
    against the nearest claim of the other sign, each null result against the nearest of either.
    """
    raising = [one for one in sayings if one.sign > 0]
    lowering = [one for one in sayings if one.sign < 0]
    most, fewer = (raising, lowering) if len(raising) >= len(lowering) else (lowering, raising)
    nulls = [one for one in sayings if one.sign == 0]
    linked = frozenset[str]().union(*(one.contradicts for one in sayings))
    found = [
        *_against(fewer, _distinct(most, linked)),
        *_against(nulls, _distinct([*raising, *lowering], linked)),
    ]
    return sorted(found, key=lambda one: (bool(one.scope), not one.judged))


def _against(findings: Iterable[Saying], others: Sequence[Saying]) -> Iterable[Opposition]:
    return (met for one in findings if (met := nearest(one, others)) is not None)


def _distinct(sayings: Iterable[Saying], linked: frozenset[str]) -> list[Saying]:
    """Return the first of those that can't be told apart, and all that a link judges."""
    kept: dict[object, Saying] = {}
    for one in sayings:
        judged = one.claim if one.contradicts or one.claim in linked else None
        kept.setdefault((one.sign, one.sides, one.aspects, one.scope, judged), one)
    return list(kept.values())


def signed_saying(
    claim_id: str,
    claim: Claim | ClaimView,
    sign: int,
    keys: Iterable[LinkKey],
    links: Iterable[Link],
    canon: Canon,
) -> Saying:
    """Return what a claim says by its links of one sign between a pair."""
    keys = tuple(keys)
    return Saying(
        claim=claim_id,
        sign=sign,
        sides=_all_stated(key.side for key in keys),
        aspects=_all_stated(key.aspect for key in keys),
        scope=scope_of(claim, canon),
        contradicts=_contradicted(links),
    )


def said_of(claim: ClaimView, pair: Pair, sign: int, canon: Canon) -> Saying | None:
    """Return what a claim says with ``sign`` of a pair; None where it has no such edge."""
    says = (*pair, sign)
    keys = [key for key in _keys(claim, canon) if (key.subject, key.object, key.sign) == says]
    return signed_saying(claim.id, claim, sign, keys, claim.links, canon) if keys else None


def grounds_of_pair(
    grounds: Sequence[ClaimView], pair: Pair, sign: int, canon: Canon
) -> list[Saying]:
    """Return what the grounds of an answer say of target and outcome.

    Where none speaks of both, the answer is a chain: its sides are those shown at the target, its
    aspects those shown at the outcome, and each ground holds in its own context.
    """
    direct = [said for one in grounds if (said := said_of(one, pair, sign, canon)) is not None]
    if direct:
        return direct
    keys = [key for one in grounds for key in _keys(one, canon)]
    first = tuple(key for key in keys if key.subject == pair[0])
    last = tuple(key for key in keys if key.object == pair[1])
    sides, aspects = _all_stated(k.side for k in first), _all_stated(k.aspect for k in last)
    return [
        Saying(one.id, sign, sides, aspects, scope_of(one, canon), _contradicted(one.links))
        for one in grounds
    ]


def null_saying(
    claim_id: str, claim: Claim | ClaimView, links: Iterable[Link], canon: Canon
) -> tuple[Pair, Saying] | None:
    """Return the pair that a null result is about, and what it says of it.

    None for any other claim, and where an end is not grounded.
    """
    agent, outcome = claim.agent.top, claim.outcome.top
    if agent is None or outcome is None or not is_null_result(claim):
        return None
    subject, target = canon.meaning(agent.id), canon.meaning(outcome.id)
    side, aspect = tried_side(claim), claim.outcome.aspect
    said = Saying(
        claim=claim_id,
        sign=0,
        sides=_all_stated([OPPOSITE_SIDE[side] if subject.sign < 0 else side]),
        aspects=_all_stated([OPPOSITE_ASPECT[aspect] if target.opposite else aspect]),
        scope=scope_of(claim, canon),
        contradicts=_contradicted(links),
    )
    return (subject.id, target.id), said


def tried_side(claim: Claim | ClaimView) -> Side | None:
    """Return on which side of the agent, as the claim names it, a null result was tried.

    A change that was only observed has none (rule 2).
    """
    if claim.perturbation.type in OBSERVED_CHANGES:
        return None
    if claim.perturbation.type is PerturbationType.NONE:
        return {
            PredicateType.REQUIRED_FOR: Side.LOSS,
            PredicateType.SUFFICIENT_FOR: Side.GAIN,
        }.get(claim.predicate.type)
    return side_of(number(claim.perturbation.direction))


def _keys(claim: ClaimView, canon: Canon) -> list[LinkKey]:
    return [canonical_key(edge, canon) for edge in claim.edges]


def _contradicted(links: Iterable[Link]) -> frozenset[str]:
    return frozenset(link.claim for link in links if link.type is LinkType.CONTRADICTS)


def _all_stated(values: Iterable[Slot | None]) -> frozenset[Slot]:
    """Return the values; none where one of them is unstated."""
    found = set(values)
    if None in found:
        return frozenset()
    return frozenset(value for value in found if value is not None)
