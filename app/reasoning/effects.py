"""Which claim or link answers which effect, and on which tier.

The table is that of *What answers "which interventions … P?"* in ``docs/reference/reasoning.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.model.claim import ClaimView
from app.model.vocabulary import (
    Aspect,
    Effect,
    Epistemic,
    LinkType,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Side,
    Strength,
)
from app.reasoning.canon import OPPOSITE_EFFECT, Meaning
from app.reasoning.signs import change_of, is_matched

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

ASKS_FOR_ASPECT = frozenset(
    {Effect.PREVENTS, Effect.REVERSES, Effect.MAINTAINS, Effect.WORSENS}
)
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


def observed_effects(claim: ClaimView, meaning: Meaning) -> frozenset[Effect]:
    """Return the effects on the canonical outcome that ``claim`` itself states.

    ``meaning`` is that of the claim's outcome. The claim's own perturbation decides for which
    intervention; a claim without one, or one that is not demonstrated, grounds none.
    """
    if claim.negated or claim.predicate.type is PredicateType.NO_EFFECT:
        return frozenset()
    change = change_of(claim.outcome.direction)
    if change == 0:
        return frozenset()
    aspect = claim.outcome.aspect
    effects = {Effect.LOWERS if change < 0 else Effect.PROMOTES}
    weak = (
        claim.strength is Strength.PARTIAL or claim.predicate.type is PredicateType.ATTENUATES
    )
    if not weak or change > 0:
        effects |= _by_aspect(claim.predicate.type, change, aspect)
        verb = VERB_GROUNDS.get(claim.predicate.type)
        if verb is not None and WISHED[verb] == change and aspect in (None, INTO[verb]):
            effects.add(verb)
    if meaning.opposite:
        effects = {OPPOSITE_EFFECT[effect] for effect in effects}
    elif meaning.sign < 0:
        effects = {Effect.PROMOTES if change < 0 else Effect.LOWERS}
    return frozenset(effects)


def _by_aspect(verb: PredicateType, change: int, aspect: Aspect | None) -> set[Effect]:
    if aspect is Aspect.INDUCTION:
        return {Effect.PREVENTS if change < 0 else Effect.INDUCES}
    if aspect is Aspect.MAINTENANCE:
        if change < 0:
            return {Effect.REVERSES}
        if verb in (PredicateType.INCREASES, PredicateType.PROMOTES, PredicateType.WORSENS):
            return {Effect.WORSENS}
        return {Effect.MAINTAINS}
    return set()


def is_demonstrated(claim: ClaimView, claims: Mapping[str, ClaimView]) -> bool:
    """Tell whether the claim can ground *observed*: demonstrated, or a summary of what is."""
    if claim.epistemic is Epistemic.DEMONSTRATED:
        return True
    return claim.epistemic is Epistemic.SUMMARY and any(
        link.type is LinkType.SUMMARISES
        and link.claim in claims
        and claims[link.claim].epistemic is Epistemic.DEMONSTRATED
        for link in claim.links
    )


@dataclass(frozen=True, slots=True)
class DirectLink:
    """A link straight into the outcome, as the entailment rule reads it."""

    sign: int
    side: Side | None
    aspect: Aspect | None


def is_entailed(effect: Effect, change: int, link: DirectLink, claim: ClaimView) -> bool:
    """Tell whether one matched link lets the effect follow from ``claim``.

    ``change`` is what the intervention does to the link's subject.
    """
    if effect in (Effect.WORSENS, Effect.NO_EFFECT) or not is_matched(change, link.side):
        return False
    if change * link.sign != WISHED[effect]:
        return False
    if effect in ASKS_FOR_ASPECT and link.aspect is not INTO[effect]:
        return False
    if effect is Effect.INDUCES and link.aspect not in (None, Aspect.INDUCTION):
        return False
    partial = (
        claim.strength is Strength.PARTIAL or claim.predicate.type is PredicateType.ATTENUATES
    )
    return not (partial and effect in (Effect.PREVENTS, Effect.REVERSES))


def is_null_result(claim: ClaimView) -> bool:
    """Tell whether the claim says that nothing changed (rule 11)."""
    if claim.predicate.type is PredicateType.NO_EFFECT:
        return not claim.negated
    return claim.negated and claim.predicate.type not in TOTAL_VERBS


def perturbed(claim: ClaimView) -> bool:
    """Tell whether the claim reports a change that somebody made."""
    return claim.perturbation.type not in (
        PerturbationType.NONE,
        PerturbationType.LOSS,
        PerturbationType.GAIN,
    )


def outcome_direction(change: int) -> OutcomeDirection:
    """Return +1 or -1 as an outcome's direction."""
    return OutcomeDirection.UP if change > 0 else OutcomeDirection.DOWN
