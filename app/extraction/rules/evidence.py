"""How an event was shown: kind of evidence, ECO code, and what it supports."""

from typing import Final

from app.extraction.rules.events import Event
from app.extraction.rules.stance import Stance
from app.model.claim import Evidence, Perturbation
from app.model.vocabulary import (
    Epistemic,
    EvidenceType,
    PerturbationType,
    PredicateType,
    Sign,
    Strength,
    Supports,
)

_ECO: Final = {
    PerturbationType.KNOCKDOWN: "ECO:0000019",
    PerturbationType.KNOCKOUT: "ECO:0001091",
    PerturbationType.DOMINANT_NEGATIVE: "ECO:0001042",
    PerturbationType.OVEREXPRESSION: "ECO:0000120",
    PerturbationType.CONSTITUTIVE_ACTIVATION: "ECO:0001032",
}
_COMPLEMENTED: Final = "ECO:0000012"
_UNTOLD: Final = "ECO:0000059"
_STATED: Final = {
    Epistemic.BACKGROUND: "ECO:0000033",
    Epistemic.HYPOTHESIS: "ECO:0006185",
    Epistemic.INTERPRETATION: "ECO:0006185",
}
_STATEMENT: Final = "ECO:0000204"
_BY_MEANS: Final = {
    PerturbationType.INHIBITION: "ECO:0000020",
    PerturbationType.BLOCKADE: "ECO:0000341",
}
"""Codes where the text names the inhibitor or antibody."""

UNSIGNED: Final = frozenset({PredicateType.ASSOCIATED_WITH, PredicateType.ACTIVE_IN})
OBSERVED: Final = frozenset({PerturbationType.LOSS, PerturbationType.GAIN})


def evidence_of(
    event: Event,
    perturbation: Perturbation,
    stance: Stance,
    strength: Strength | None,
    rescued: bool,
) -> Evidence:
    """Return the evidence that a sentence gives for its event.

    ``rescued`` says that the agent is given back where it was lost.
    """
    own = stance.epistemic not in (Epistemic.BACKGROUND, Epistemic.HYPOTHESIS)
    supports = _supports(event, perturbation, strength) if own else Supports.NONE
    kind = perturbation.type
    if kind is PerturbationType.NONE or kind in OBSERVED:
        return Evidence(
            type=_untried(event, kind) if own else EvidenceType.NONE_IN_THIS_STUDY,
            eco=(_STATED.get(stance.epistemic, _STATEMENT),),
            supports=supports,
            stated=False,
        )
    if not own:
        return Evidence(
            type=EvidenceType.NONE_IN_THIS_STUDY,
            eco=(_STATED[stance.epistemic],),
            supports=supports,
            cue=perturbation.trigger,
        )
    if rescued and perturbation.direction is Sign.POSITIVE and supports is not Supports.NONE:
        return Evidence(
            type=EvidenceType.RESCUE,
            eco=(_COMPLEMENTED,),
            supports=Supports.RESCUE,
            cue=perturbation.trigger,
        )
    loss = perturbation.direction is Sign.NEGATIVE
    code = _BY_MEANS.get(kind) if perturbation.means is not None else None
    return Evidence(
        type=EvidenceType.LOSS_OF_FUNCTION if loss else EvidenceType.GAIN_OF_FUNCTION,
        eco=(code or _ECO.get(kind, _UNTOLD),),
        supports=supports,
        cue=perturbation.trigger,
    )


def _untried(event: Event, kind: PerturbationType) -> EvidenceType:
    """Return the kind of evidence where nothing was done to the agent."""
    seen = kind in OBSERVED or event.predicate in UNSIGNED
    return EvidenceType.OBSERVATIONAL if seen else EvidenceType.SUMMARY


def _supports(event: Event, perturbation: Perturbation, strength: Strength | None) -> Supports:
    if event.predicate in UNSIGNED or perturbation.type in OBSERVED:
        return Supports.ASSOCIATION
    if event.negated or event.predicate is PredicateType.NO_EFFECT:
        return Supports.NONE
    if strength is Strength.PARTIAL:
        return Supports.CONTRIBUTION
    if perturbation.direction is Sign.NEGATIVE or event.predicate is PredicateType.REQUIRED_FOR:
        return Supports.NECESSITY
    if perturbation.direction is Sign.POSITIVE or event.predicate is PredicateType.SUFFICIENT_FOR:
        return Supports.SUFFICIENCY
    return Supports.NONE
