"""Whether an intervention also has an effect that it shall not have.

Only experiments made in the intervention's own direction measure it. That an effect is *clear*
takes a null result of the same side, or the opposite change, in an aspect that the effect is about;
what was never tried is never clear.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.model.claim import ClaimView
from app.model.vocabulary import Effect, PredicateType, Tier
from app.reasoning.canon import Canon
from app.reasoning.conflicts import null_saying
from app.reasoning.counter import is_standing
from app.reasoning.effects import (
    WISHED,
    DirectLink,
    admits_aspect,
    is_demonstrated,
    is_entailed,
    observed_effects,
)
from app.reasoning.hops import LinkKey, canonical_key
from app.reasoning.lens import BESIDE
from app.reasoning.signs import change_of, is_matched, side_of
from app.reasoning.steps import Reading


@dataclass(slots=True)
class Measured:
    """The claims that measured an effect: those that showed it, and those that showed none."""

    shown: list[ClaimView] = field(default_factory=list)
    denied: list[ClaimView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Doing:
    """An intervention and a side effect, in canonical terms."""

    target: str
    change: int
    outcome: str
    effect: Effect


def measured(
    about: Iterable[ClaimView], doing: Doing, reading: Reading, *, candidates: bool
) -> Measured:
    """Return which of the claims ``about`` the outcome measured the side effect."""
    found = Measured()
    for claim in sorted(about, key=lambda one: one.id):
        if not is_standing(claim, candidates=candidates) or claim.epistemic in BESIDE:
            continue
        if _denied(claim, doing, reading):
            found.denied.append(claim)
        elif tier_shown(claim, doing, reading) is not None:
            found.shown.append(claim)
    return found


def _keys(claim: ClaimView, doing: Doing, canon: Canon) -> Iterable[LinkKey]:
    """Yield the claim's links between target and outcome that were tried in this direction."""
    for edge in claim.edges:
        key = canonical_key(edge, canon)
        if (key.subject, key.object) == (doing.target, doing.outcome) and is_matched(
            doing.change, key.side
        ):
            yield key


def tier_shown(claim: ClaimView, doing: Doing, reading: Reading) -> Tier | None:
    """Return the tier on which a claim itself shows an effect; None where it doesn't."""
    top = claim.outcome.top
    turned = top is not None and reading.canon.meaning(top.id).sign < 0
    entailed = False
    for key in _keys(claim, doing, reading.canon):
        link = DirectLink(key.sign, key.side, key.aspect, turned)
        observed = doing.effect in observed_effects(claim, doing.change, link)
        if observed and is_demonstrated(claim, reading.claims):
            return Tier.OBSERVED
        entailed = entailed or is_entailed(doing.effect, doing.change, link, claim)
    return Tier.ENTAILED if entailed else None


def _denied(claim: ClaimView, doing: Doing, reading: Reading) -> bool:
    if _is_null(claim, doing, reading.canon):
        return True
    return is_demonstrated(claim, reading.claims) and any(
        doing.change * key.sign == -WISHED[doing.effect] and admits_aspect(doing.effect, key.aspect)
        for key in _keys(claim, doing, reading.canon)
    )


def _is_null(claim: ClaimView, doing: Doing, canon: Canon) -> bool:
    """Tell whether a claim is a null result of the same side, and denies this very change."""
    null = null_saying(claim.id, claim, (), canon)
    if null is None or null[0] != (doing.target, doing.outcome):
        return False
    said = null[1]
    if side_of(doing.change) not in said.sides:
        return False
    if not all(admits_aspect(doing.effect, aspect) for aspect in said.aspects):
        return False
    if claim.predicate.type is PredicateType.NO_EFFECT or claim.outcome.top is None:
        return True
    # "Did not lower it" says nothing of whether it rose.
    denied = change_of(claim.outcome.direction) * canon.meaning(claim.outcome.top.id).sign
    return denied == WISHED[doing.effect]
