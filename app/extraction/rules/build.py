"""From an event to a claim: perturbation, direction, aspect, evidence, quote and confidence."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from app.extraction.rules import context
from app.extraction.rules.events import Event
from app.extraction.rules.evidence import UNSIGNED, evidence_of
from app.extraction.rules.stance import Stance
from app.extraction.rules.things import Change, Means, Thing
from app.extraction.rules.tokens import Sentence
from app.extraction.rules.words import words
from app.model.claim import (
    PERTURBATION_DIRECTION,
    Claim,
    Composition,
    ContextItem,
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
    ContextType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Sign,
    Strength,
    Timing,
)

Ground = Callable[[str], tuple[Grounding, ...]]

_DRUGS: Final = frozenset({Category.SMALL_MOLECULE, Category.CHEMICAL_ENTITY})
_STATES: Final = frozenset(
    {Category.BIOLOGICAL_PROCESS, Category.PHENOTYPIC_FEATURE, Category.DISEASE, Category.PATHWAY}
)
_FIGURE: Final = re.compile(r"\bp\s*[<>=]\s*[\d.]|\d\s*%|\bCI\b|\+/-|±", re.IGNORECASE)
"""Numbers by which a reader sees how small a difference was."""

_OUTCOME_DIRECTION: Final = {1: OutcomeDirection.UP, -1: OutcomeDirection.DOWN}
_ASPECT: Final = {
    PredicateType.PREVENTS: Aspect.INDUCTION,
    PredicateType.REVERSES: Aspect.MAINTENANCE,
    PredicateType.MAINTAINS: Aspect.MAINTENANCE,
}


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
        strength = self._strength(event)
        items = context.items(self._sentence, event)
        return Claim(
            text_sha256=self._sha256,
            agent=self._participant(event.agent, event.agent.start, event.agent.end),
            perturbation=perturbation,
            predicate=Predicate(type=event.predicate, trigger=self._trigger(event)),
            outcome=self._outcome(event),
            negated=event.negated,
            strength=strength,
            timing=self._timing(event),
            context=items,
            evidence=evidence_of(event, perturbation, stance, strength, _is_rescue(event, items)),
            epistemic=stance.epistemic,
            epistemic_cue=stance.cue,
            quotes=(self._quote(event, items),),
        )

    def _quote(self, event: Event, items: Iterable[ContextItem]) -> Quote:
        """Return the words from the first participant to the last, trigger and context within."""
        parts = [(thing.phrase_start, thing.phrase_end) for thing in (event.agent, event.outcome)]
        parts.append((event.start, event.end))
        parts += [(item.mention.start, item.mention.end) for item in items if item.mention]
        said = self._sentence.quote(min(a for a, _ in parts), max(b for _, b in parts))
        return Quote(
            text=said.text, start=said.start, end=said.end, sha256=self._sha256, verified=True
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
            if _is_treatment(event):
                return Perturbation(type=PerturbationType.TREATMENT, direction=Sign.POSITIVE)
            return Perturbation()
        outer, *inner = agent.changes
        kind = outer.perturbation
        if kind is None or any(change.change < 0 for change in inner):
            return None
        return Perturbation(
            type=kind,
            direction=PERTURBATION_DIRECTION[kind] or Sign.UNSIGNED,
            trigger=self._sentence.quote(outer.start, outer.end),
            means=self._means(agent.means),
        )

    def _means(self, means: Means | None) -> Mention | None:
        if means is None or means.end <= means.start:
            return None
        return Mention(
            mention=self._sentence.quote(means.start, means.end),
            groundings=means.mention.groundings if means.mention else (),
        )

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

    def _outcome(self, event: Event) -> Outcome:
        thing = event.outcome
        aspect, aspect_mention = self._aspect(event)
        turned = [c for c in thing.changes if c.change < 0 or c.aspect is None]
        start = min((thing.start, *(change.start for change in turned)))
        end = max((thing.end, *(change.end for change in turned)))
        part = self._participant(thing, start, end)
        relation = self._relation(event, part)
        changed = {"aspect": aspect, "aspect_mention": aspect_mention, "relation": relation}
        direction = _OUTCOME_DIRECTION.get(event.direction, OutcomeDirection.NONE)
        if relation is not None:
            return Outcome(
                mention=part.mention, antecedent=part.antecedent, direction=direction, **changed
            )
        measure = thing.measure
        if measure is None and any(self._is_of_activity(change) for change in thing.changes):
            measure = Measure.ACTIVITY
        return Outcome(
            mention=part.mention,
            antecedent=part.antecedent,
            groundings=part.groundings,
            composition=part.composition,
            measure=measure,
            direction=direction,
            **changed,
        )

    def _is_of_activity(self, change: Change) -> bool:
        """Tell whether a change's noun says that an activity went up or down."""
        word = self._sentence.text[change.start : change.end].lower()
        return word in words().closed.activity_changes

    def _relation(self, event: Event, part: Participant) -> Relation | None:
        """Return the relation B→C of "A is required for B-induced C" (rule 6)."""
        if event.outcome.effect is not None:
            cause, target = event.outcome.effect
            return Relation(
                subject=self._participant(cause, cause.start, cause.end),
                sign=Sign.UNSIGNED if event.outcome.vague else Sign.POSITIVE,
                object=self._participant(target, target.start, target.end),
            )
        if event.predicate is not PredicateType.REQUIRED_FOR or not event.outcome.inducers:
            return None
        tie = event.outcome.inducers[-1]
        if tie.mention is None:
            return None
        return Relation(
            subject=Participant(mention=tie.mention.mention, groundings=tie.mention.groundings),
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
        null = event.negated or event.predicate is PredicateType.NO_EFFECT
        if null and self._is_weakly_denied(event):
            return Strength.PARTIAL
        for child in self._sentence.children(event.anchor, "advmod"):
            if child.word in words().lists.partially:
                return Strength.PARTIAL
            if child.word in words().lists.completely:
                return Strength.COMPLETE
        return None

    def _is_weakly_denied(self, event: Event) -> bool:
        """Tell whether an effect was only not significant, and no figure says how small (rule 11).

        The words that say so stand within the statement, from its verb to its outcome.
        """
        span = self._sentence.span
        if _FIGURE.search(self._sentence.text, span.start, span.end):
            return False
        start = min(event.start, event.outcome.phrase_start)
        end = max(event.end, event.outcome.phrase_start)
        near = [t for t in self._sentence.tokens if start <= t.start < end]
        near += self._sentence.children(event.anchor, "advmod")
        return any(token.word in words().closed.unshown for token in near)


def _is_rescue(event: Event, items: Iterable[ContextItem]) -> bool:
    """Tell whether the agent is given back where it was lost (rule 9)."""
    mention = event.agent.mention
    return mention is not None and any(
        item.type is ContextType.CO_PERTURBATION
        and item.direction is Sign.NEGATIVE
        and item.groundings[:1] == mention.groundings[:1]
        for item in items
    )


def _is_treatment(event: Event) -> bool:
    """Tell whether the agent is given rather than there (rule 2)."""
    agent, mention = event.agent, event.agent.mention
    single = agent.whole and not agent.joint and len(agent.mentions) < 2
    acts = event.predicate not in UNSIGNED | {PredicateType.REQUIRED_FOR}
    return mention is not None and single and acts and agent.measure is None and is_given(mention)


def is_given(mention: TextMention) -> bool:
    """Tell whether a thing is given to cells: a chemical or a secreted protein (rule 2)."""
    if mention.category in _DRUGS:
        return True
    return words().ligand.fullmatch(mention.groundings[0].name) is not None


def _composed(thing: Thing) -> Composition:
    op = CompositionOp.OR if thing.alternative else CompositionOp.AND
    if thing.pathway:
        op = CompositionOp.PATHWAY
    members = tuple(Member(mention=m.mention, groundings=m.groundings) for m in thing.mentions)
    return Composition(op=op, members=members)
