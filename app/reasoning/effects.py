"""Which claim or link answers which effect, and on which tier.

The table is that of *What answers "which interventions … P?"* in ``docs/reference/reasoning.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.model.claim import Claim, ClaimView
from app.model.vocabulary import (
    Aspect,
    Effect,
    Epistemic,
    LinkType,
    Measure,
    PerturbationType,
    PredicateType,
    Side,
    Status,
    Strength,
)
from app.reasoning.canon import OPPOSITE_EFFECT
from app.reasoning.signs import is_matched

INTO: dict[Effect, Aspect | None] = {
    Effect.PREVENTS: Aspect.INDUCTION,
    Effect.REVERSES: Aspect.MAINTENANCE,
    Effect.LOWERS: None,
    Effect.INDUCES: Aspect.INDUCTION,
    Effect.PROMOTES: None,
    Effect.MAINTAINS: Aspect.MAINTENANCE,
    Effect.WORSENS: Aspect.MAINTENANCE,
}
"""The aspect that an effect is about; None is any."""

WISHED: dict[Effect, int] = {
    Effect.PREVENTS: -1,
    Effect.REVERSES: -1,
    Effect.LOWERS: -1,
    Effect.INDUCES: 1,
    Effect.PROMOTES: 1,
    Effect.MAINTAINS: 1,
    Effect.WORSENS: 1,
}
"""The change of the outcome that an effect wishes; *no effect* wishes none and has no paths."""

ASKS_FOR_ASPECT = frozenset({Effect.PREVENTS, Effect.REVERSES, Effect.MAINTAINS, Effect.WORSENS})
"""Effects for which a link without aspect is only predicted."""

VERB_GROUNDS: dict[PredicateType, Effect] = {
    PredicateType.PREVENTS: Effect.PREVENTS,
    PredicateType.REVERSES: Effect.REVERSES,
    PredicateType.INDUCES: Effect.INDUCES,
    PredicateType.WORSENS: Effect.WORSENS,
}
"""Verbs that ground their own effect where the aspect is null or that effect's own (rule 7)."""

TOTAL_VERBS = frozenset(
    {
        PredicateType.ABROGATES,
        PredicateType.PREVENTS,
        PredicateType.REVERSES,
        PredicateType.REQUIRED_FOR,
        PredicateType.SUFFICIENT_FOR,
    }
)
"""Verbs whose negation denies only the totality (rule 11)."""


def admits_aspect(effect: Effect, aspect: Aspect | None) -> bool:
    """Tell whether a link of this aspect may be the last hop of a path to this effect."""
    into = INTO.get(effect)
    return into is None or aspect is None or aspect is into


@dataclass(frozen=True, slots=True)
class DirectLink:
    """A link straight into the outcome, in canonical terms.

    ``turned`` tells that the claim speaks of the outcome's opposite.
    """

    sign: int
    side: Side | None
    aspect: Aspect | None
    turned: bool = False


def observed_effects(claim: ClaimView, change: int, link: DirectLink) -> frozenset[Effect]:
    """Return the effects that ``claim`` itself states of the intervention ``change``.

    The claim must carry ``link``, and the change (+1 or -1) at its subject must be the one that
    the claim's own perturbation made.
    """
    arrived = change * link.sign
    if arrived == 0 or not perturbed(claim) or not is_matched(change, link.side):
        return frozenset()
    effects = {Effect.LOWERS if arrived < 0 else Effect.PROMOTES}
    if arrived < 0 and is_partial(claim):
        return frozenset(effects)
    # A verb about the thing's degradation says nothing of the thing in its own words.
    spoken = claim.outcome.measure is not Measure.DEGRADATION
    verb = claim.predicate.type if spoken else None
    effects |= _by_aspect(None if link.turned else verb, arrived, link.aspect)
    grounded = VERB_GROUNDS.get(verb) if verb is not None else None
    if grounded is not None:
        effect = OPPOSITE_EFFECT[grounded] if link.turned else grounded
        if WISHED[effect] == arrived and link.aspect in (None, INTO[effect]):
            effects.add(effect)
    return frozenset(effects)


def is_partial(claim: ClaimView) -> bool:
    """Tell whether only part of the effect was seen: it grounds *lowers*, no more (rule 8)."""
    return claim.strength is Strength.PARTIAL or claim.predicate.type is PredicateType.ATTENUATES


def _by_aspect(verb: PredicateType | None, arrived: int, aspect: Aspect | None) -> set[Effect]:
    if aspect is Aspect.INDUCTION:
        return {Effect.PREVENTS if arrived < 0 else Effect.INDUCES}
    if aspect is Aspect.MAINTENANCE:
        if arrived < 0:
            return {Effect.REVERSES}
        if verb in (PredicateType.INCREASES, PredicateType.PROMOTES, PredicateType.WORSENS):
            return {Effect.WORSENS}
        return {Effect.MAINTAINS}
    return set()


def is_demonstrated(claim: ClaimView, claims: Mapping[str, ClaimView]) -> bool:
    """Tell whether the claim can ground *observed*: demonstrated, or a summary of what is.

    What it sums up has to be accepted, or like itself a candidate: a link that a reader proposed
    lends nothing that no curator accepted to a claim that one did.
    """
    if claim.epistemic is Epistemic.DEMONSTRATED:
        return True
    summed = (claims.get(each.claim) for each in claim.links if each.type is LinkType.SUMMARISES)
    return claim.epistemic is Epistemic.SUMMARY and any(
        each is not None
        and each.epistemic is Epistemic.DEMONSTRATED
        and (each.status is Status.ACCEPTED or each.status is claim.status is Status.CANDIDATE)
        for each in summed
    )


def may_entail(effect: Effect, aspect: Aspect | None) -> bool:
    """Tell whether a matched link of this aspect can let the effect follow (see the table)."""
    if effect in (Effect.WORSENS, Effect.NO_EFFECT):
        return False
    if effect in ASKS_FOR_ASPECT:
        return aspect is INTO[effect]
    return effect is not Effect.INDUCES or aspect in (None, Aspect.INDUCTION)


def is_entailed(effect: Effect, change: int, link: DirectLink, claim: ClaimView) -> bool:
    """Tell whether one matched link lets the effect follow from ``claim``.

    ``change`` is what the intervention does to the link's subject.
    """
    if not may_entail(effect, link.aspect) or not is_matched(change, link.side):
        return False
    if change * link.sign != WISHED[effect]:
        return False
    return not (is_partial(claim) and effect in (Effect.PREVENTS, Effect.REVERSES))


def is_null_result(claim: Claim | ClaimView) -> bool:
    """Tell whether the claim says that nothing changed (rule 11)."""
    return null_result(claim.predicate.type, negated=claim.negated)


def null_result(predicate: PredicateType, *, negated: bool) -> bool:
    """Tell whether a verb, negated or not, says that nothing changed (rule 11)."""
    if predicate is PredicateType.NO_EFFECT:
        return not negated
    return negated and predicate not in TOTAL_VERBS


def perturbed(claim: ClaimView) -> bool:
    """Tell whether the claim reports a change that somebody made."""
    return claim.perturbation.type not in (
        PerturbationType.NONE,
        PerturbationType.LOSS,
        PerturbationType.GAIN,
    )
