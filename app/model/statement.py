"""A claim in one plain sentence, put together from its slots."""

from typing import Final

from app.model.claim import Claim, ClaimView, Participant
from app.model.vocabulary import Measure, PerturbationType, PredicateType, Strength

_DONE: Final[dict[PerturbationType, str]] = {
    PerturbationType.INHIBITION: "inhibition of",
    PerturbationType.KNOCKDOWN: "knockdown of",
    PerturbationType.KNOCKOUT: "knockout of",
    PerturbationType.DOMINANT_NEGATIVE: "dominant-negative",
    PerturbationType.BLOCKADE: "blockade of",
    PerturbationType.OVEREXPRESSION: "overexpression of",
    PerturbationType.ACTIVATION: "activation of",
    PerturbationType.CONSTITUTIVE_ACTIVATION: "constitutive activation of",
    PerturbationType.TREATMENT: "treatment with",
    PerturbationType.WITHDRAWAL: "withdrawal of",
    PerturbationType.MUTATION: "mutation of",
    PerturbationType.LOSS: "loss of",
    PerturbationType.GAIN: "gain of",
}
_SAYS: Final[dict[PredicateType, tuple[str, str]]] = {
    PredicateType.INDUCES: ("induces", "does not induce"),
    PredicateType.PROMOTES: ("promotes", "does not promote"),
    PredicateType.INCREASES: ("increases", "does not increase"),
    PredicateType.MAINTAINS: ("maintains", "does not maintain"),
    PredicateType.REQUIRED_FOR: ("is required for", "is not required for"),
    PredicateType.SUFFICIENT_FOR: ("is sufficient for", "is not sufficient for"),
    PredicateType.PREVENTS: ("prevents", "does not prevent"),
    PredicateType.REVERSES: ("reverses", "does not reverse"),
    PredicateType.ABROGATES: ("abrogates", "does not abrogate"),
    PredicateType.ATTENUATES: ("attenuates", "does not attenuate"),
    PredicateType.RESTORES: ("restores", "does not restore"),
    PredicateType.INHIBITS: ("inhibits", "does not inhibit"),
    PredicateType.DECREASES: ("decreases", "does not decrease"),
    PredicateType.WORSENS: ("worsens", "does not worsen"),
    PredicateType.NO_EFFECT: ("has no effect on", "does not lack an effect on"),
    PredicateType.ACTIVE_IN: ("is active in", "is not active in"),
    PredicateType.ASSOCIATED_WITH: ("is associated with", "is not associated with"),
}
_OUTWARD: Final = frozenset(Measure) - {Measure.ACTIVITY}


def describe(claim: Claim | ClaimView) -> str:
    """Return the claim as a sentence without a full stop.

    ``inhibition of NF-kappaB activity reverses EMT (maintenance)``. An anaphor is replaced by its
    antecedent; what an import names without a text goes by the name of its grounding.
    """
    agent = named(claim.agent)
    done = _DONE.get(claim.perturbation.type)
    subject = f"{done} {agent}" if done else agent
    means = claim.perturbation.means
    if means is not None and means.mention.text != agent:
        subject += f" by {means.mention.text}"
    positive, negative = _SAYS[claim.predicate.type]
    verb = negative if claim.negated else positive
    null = claim.negated or claim.predicate.type is PredicateType.NO_EFFECT
    partial = claim.strength is Strength.PARTIAL
    if partial and not null:
        verb = f"partially {verb}"
    aspect = f" ({claim.outcome.aspect})" if claim.outcome.aspect else ""
    weak = ", a weak null result" if partial and null else ""
    return f"{subject} {verb} {_outcome(claim)}{aspect}{weak}"


def _outcome(claim: Claim | ClaimView) -> str:
    relation = claim.outcome.relation
    if relation is None:
        return named(claim.outcome)
    return f"the effect of {named(relation.subject)} on {named(relation.object)}"


def named(participant: Participant) -> str:
    """Return how a participant is called: in the text's words, or else by its grounding."""
    span = participant.antecedent or participant.mention
    if span is not None:
        return _measured(participant, span.text)
    if participant.composition is not None:
        joint = f" {participant.composition.op} "
        words = [
            member.mention.text
            if member.mention
            else member.groundings[0].name
            if member.groundings
            else "?"
            for member in participant.composition.members
        ]
        return joint.join(words)
    return _measured(participant, participant.top.name) if participant.top else "?"


def _measured(participant: Participant, name: str) -> str:
    measure = participant.measure
    if measure is None or measure not in _OUTWARD or measure.value in name.casefold():
        return name
    return f"{name} {measure}"
