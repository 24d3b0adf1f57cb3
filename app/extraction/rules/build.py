"""From an event to a claim: perturbation, direction, aspect, evidence, quote and confidence."""

from collections.abc import Callable
from typing import Final

from app.extraction.rules import context
from app.extraction.rules.events import Event
from app.extraction.rules.stance import Stance
from app.extraction.rules.things import Change, Thing
from app.extraction.rules.tokens import Sentence
from app.extraction.rules.words import words
from app.model.claim import (
    PERTURBATION_DIRECTION,
    Claim,
    Composition,
    Evidence,
    Member,
    Outcome,
    Participant,
    Perturbation,
    Predicate,
    Relation,
)
from app.model.reading import TextMention
from app.model.text import Grounding, Mention, Quote, Span
from app.model.vocabulary import (
    Aspect,
    Category,
    CompositionOp,
    Epistemic,
    EvidenceType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Sign,
    Strength,
    Supports,
    Timing,
)

Ground = Callable[[str], tuple[Grounding, ...]]

_ECO: Final = {
    PerturbationType.KNOCKDOWN: "ECO:0000019",
    PerturbationType.KNOCKOUT: "ECO:0001091",
    PerturbationType.DOMINANT_NEGATIVE: "ECO:0001042",
    PerturbationType.OVEREXPRESSION: "ECO:0000120",
    PerturbationType.CONSTITUTIVE_ACTIVATION: "ECO:0001032",
}
_UNTOLD: Final = "ECO:0000059"
_STATED: Final = {
    Epistemic.BACKGROUND: "ECO:0000033",
    Epistemic.HYPOTHESIS: "ECO:0006185",
    Epistemic.INTERPRETATION: "ECO:0006185",
}
_STATEMENT: Final = "ECO:0000204"
_DRUGS: Final = frozenset({Category.SMALL_MOLECULE, Category.CHEMICAL_ENTITY})
_STATES: Final = frozenset(
    {Category.BIOLOGICAL_PROCESS, Category.PHENOTYPIC_FEATURE, Category.DISEASE, Category.PATHWAY}
)
_UNSIGNED: Final = frozenset({PredicateType.ASSOCIATED_WITH, PredicateType.ACTIVE_IN})
_ASPECT: Final = {
    PredicateType.PREVENTS: Aspect.INDUCTION,
    PredicateType.REVERSES: Aspect.MAINTENANCE,
    PredicateType.MAINTAINS: Aspect.MAINTENANCE,
}
_OBSERVED: Final = frozenset({PerturbationType.LOSS, PerturbationType.GAIN})


class Builder:
    """Builds the claims of one sentence; ``ground`` grounds the name of a composite."""

    def __init__(self, sentence: Sentence, sha256: str, ground: Ground | None) -> None:
        self._sentence = sentence
        self._sha256 = sha256
        self._ground = ground

    def claim(self, event: Event, stance: Stance) -> Claim | None:
        """Return the claim that an event makes, or None where it makes none."""
        perturbation = self._perturbation(event)
        if perturbation is None:
            return None
        outcome = self._outcome(event, perturbation)
        strength = self._strength(event)
        first, end = context.bounds(self._sentence, event)
        items = context.items(self._sentence, event)
        start = min(event.agent.phrase_start, event.outcome.phrase_start, event.start)
        stop = max(event.agent.phrase_end, event.outcome.phrase_end, event.end)
        for item in items:
            if item.mention is not None:
                start, stop = min(start, item.mention.start), max(stop, item.mention.end)
        quote = self._sentence.quote(start, stop)
        return Claim(
            text_sha256=self._sha256,
            agent=self._agent(event.agent),
            perturbation=perturbation,
            predicate=Predicate(type=event.predicate, trigger=self._trigger(event)),
            outcome=outcome,
            negated=event.negated,
            strength=strength,
            timing=self._timing(event),
            context=items,
            evidence=self._evidence(event, perturbation, stance, strength),
            epistemic=stance.epistemic,
            epistemic_cue=stance.cue,
            quotes=(
                Quote(
                    text=quote.text,
                    start=quote.start,
                    end=quote.end,
                    sha256=self._sha256,
                    verified=True,
                ),
            ),
        )

    def _trigger(self, event: Event) -> Span:
        start, end = event.start, event.end
        if end <= start:
            start, end = event.anchor.start, event.anchor.end
        return self._sentence.quote(start, end)

    # Agent

    def _perturbation(self, event: Event) -> Perturbation | None:
        """Return what was done to the agent; None where its words contradict each other."""
        agent = event.agent
        if not agent.changes:
            mention = agent.mention
            single = agent.whole and not agent.joint and len(agent.mentions) < 2
            drug = mention is not None and single and is_given(mention)
            applied = drug and event.predicate not in _UNSIGNED and agent.measure is None
            applied = applied and event.predicate is not PredicateType.REQUIRED_FOR
            if applied:
                return Perturbation(type=PerturbationType.TREATMENT, direction=Sign.POSITIVE)
            return Perturbation()
        outer, *inner = agent.changes
        kind = outer.perturbation
        if kind is None or any(change.change < 0 for change in inner):
            return None
        direction = PERTURBATION_DIRECTION[kind]
        means = agent.means
        return Perturbation(
            type=kind,
            direction=direction if direction is not None else Sign.UNSIGNED,
            trigger=self._sentence.quote(outer.start, outer.end),
            means=Mention(
                mention=self._sentence.quote(means.start, means.end),
                groundings=means.mention.groundings if means.mention else (),
            )
            if means is not None and means.end > means.start
            else None,
        )

    def _agent(self, thing: Thing) -> Participant:
        return self._participant(thing, thing.start, thing.end)

    def _participant(self, thing: Thing, start: int, end: int) -> Participant:
        span = self._sentence.quote(start, end)
        if span.text.count("(") != span.text.count(")") and thing.mentions:
            span = thing.mentions[-1].mention
        measure = thing.measure
        if thing.antecedent is not None:
            return Participant(
                mention=span,
                antecedent=thing.antecedent.mention,
                groundings=thing.antecedent.groundings,
                measure=measure,
            )
        if len(thing.mentions) > 1 and thing.whole:
            return Participant(
                mention=span,
                groundings=self._ground(span.text) if self._ground and thing.pathway else (),
                composition=_composed(thing),
                measure=measure,
            )
        groundings = thing.mentions[0].groundings if thing.mentions and thing.whole else ()
        return Participant(mention=span, groundings=groundings, measure=measure)

    # Outcome

    def _outcome(self, event: Event, perturbation: Perturbation) -> Outcome:
        thing = event.outcome
        aspect, aspect_mention = self._aspect(event)
        start, end = thing.start, thing.end
        turned = [c for c in thing.changes if c.change < 0 or c.aspect is None]
        if turned:
            start = min(start, *(change.start for change in turned))
            end = max(end, *(change.end for change in turned))
        measure = thing.measure
        if measure is None and any(_raises_activity(self._sentence.text, c) for c in thing.changes):
            measure = Measure.ACTIVITY
        part = self._participant(thing, start, end)
        direction = {1: OutcomeDirection.UP, -1: OutcomeDirection.DOWN}.get(
            event.direction, OutcomeDirection.NONE
        )
        relation = self._relation(event, part)
        return Outcome(
            mention=part.mention,
            antecedent=part.antecedent,
            groundings=() if relation is not None else part.groundings,
            composition=None if relation is not None else part.composition,
            measure=None if relation is not None else measure,
            direction=direction,
            aspect=aspect,
            aspect_mention=aspect_mention,
            relation=relation,
        )

    def _relation(self, event: Event, part: Participant) -> Relation | None:
        """Return the relation B→C of "A is required for B-induced C" (rule 6)."""
        if event.outcome.effect is not None:
            cause, target = event.outcome.effect
            return Relation(
                subject=self._agent(cause),
                sign=Sign.POSITIVE,
                object=self._participant(target, target.start, target.end),
            )
        if event.predicate is not PredicateType.REQUIRED_FOR or not event.outcome.inducers:
            return None
        tie = event.outcome.inducers[-1]
        if tie.mention is None:
            return None
        cause = tie.mentions[-1]
        return Relation(
            subject=Participant(mention=cause.mention, groundings=cause.groundings),
            sign=Sign.POSITIVE if event.outcome.factor > 0 else Sign.NEGATIVE,
            object=part,
        )

    def _aspect(self, event: Event) -> tuple[Aspect | None, Span | None]:
        mention = event.outcome.mention
        state = mention is None or mention.category in _STATES or not event.outcome.whole
        for change in event.outcome.changes:
            if change.aspect is not None and state:
                return change.aspect, self._sentence.quote(change.start, change.end)
        if self._timing(event) is Timing.BEFORE:
            return Aspect.INDUCTION, None
        if event.negated:
            return None, None
        return (_ASPECT.get(event.predicate), None) if state else (None, None)

    def _timing(self, event: Event) -> Timing | None:
        said = [self._sentence.text[c.start : c.end].lower() for c in event.agent.changes]
        return Timing.BEFORE if any(word in words().pretreatment for word in said) else None

    def _strength(self, event: Event) -> Strength | None:
        for child in self._sentence.children(event.anchor, "advmod"):
            if child.word in words().lists.partially:
                return Strength.PARTIAL
            if child.word in words().lists.completely:
                return Strength.COMPLETE
        return None

    # Evidence

    def _evidence(
        self, event: Event, perturbation: Perturbation, stance: Stance, strength: Strength | None
    ) -> Evidence:
        own = stance.epistemic not in (Epistemic.BACKGROUND, Epistemic.HYPOTHESIS)
        supports = _supports(event, perturbation, strength) if own else Supports.NONE
        kind = perturbation.type
        if kind is PerturbationType.NONE or kind in _OBSERVED:
            evidence = EvidenceType.OBSERVATIONAL if kind in _OBSERVED else EvidenceType.SUMMARY
            if event.predicate in _UNSIGNED:
                evidence = EvidenceType.OBSERVATIONAL
            if not own:
                evidence = EvidenceType.NONE_IN_THIS_STUDY
            eco = _STATED.get(stance.epistemic, _STATEMENT)
            return Evidence(type=evidence, eco=(eco,), supports=supports, stated=False)
        if not own:
            return Evidence(
                type=EvidenceType.NONE_IN_THIS_STUDY,
                eco=(_STATED[stance.epistemic],),
                supports=Supports.NONE,
                cue=perturbation.trigger,
            )
        loss = perturbation.direction is Sign.NEGATIVE
        eco = _ECO.get(kind, _UNTOLD)
        if kind is PerturbationType.INHIBITION and perturbation.means is not None:
            eco = "ECO:0000020"
        if kind is PerturbationType.BLOCKADE and perturbation.means is not None:
            eco = "ECO:0000341"
        return Evidence(
            type=EvidenceType.LOSS_OF_FUNCTION if loss else EvidenceType.GAIN_OF_FUNCTION,
            eco=(eco,),
            supports=supports,
            cue=perturbation.trigger,
        )


def is_given(mention: TextMention) -> bool:
    """Tell whether a thing is given to cells: a chemical or a secreted protein (rule 2)."""
    if mention.category in _DRUGS:
        return True
    return words().ligand.fullmatch(mention.groundings[0].name) is not None


def _supports(event: Event, perturbation: Perturbation, strength: Strength | None) -> Supports:
    if event.predicate in _UNSIGNED or perturbation.type in _OBSERVED:
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


def _composed(thing: Thing) -> Composition:
    op = CompositionOp.PATHWAY if thing.pathway else CompositionOp.AND
    members = tuple(Member(mention=m.mention, groundings=m.groundings) for m in thing.mentions)
    return Composition(op=op, members=members)


def _raises_activity(text: str, change: Change) -> bool:
    word = text[change.start : change.end].lower()
    return word in ("activation", "inactivation", "reactivation")
