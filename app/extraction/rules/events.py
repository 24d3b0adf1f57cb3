"""An event: agent, verb and outcome as a rule of the grammar found them, before it is a claim."""

from dataclasses import dataclass, replace

from app.extraction.rules.things import Thing
from app.extraction.rules.tokens import Token
from app.extraction.rules.words import words
from app.model.vocabulary import PredicateType


@dataclass(frozen=True, slots=True)
class Event:
    """One reading of a verb or noun: who acts, what changes, and by which rule it was read.

    ``anchor`` is the token that governs the statement; ``change`` what the verb does to the
    outcome's phrase; ``start`` and ``end`` are the trigger's offsets. A ``presupposed`` event gives
    way where the sentence says something else of its outcome; a ``known`` one is background.
    """

    rule: str
    anchor: Token
    agent: Thing
    outcome: Thing
    predicate: PredicateType
    change: int
    start: int
    end: int
    lemma: str = ""
    negated: bool = False
    presupposed: bool = False
    known: bool = False

    @property
    def direction(self) -> int:
        """The net change of the outcome's entity: +1, -1 or 0."""
        return self.change * self.outcome.factor

    def settled(self) -> "Event":
        """Return the event with a light verb's noun taken into the predicate.

        "caused a reversal of EMT" is *reverses* EMT; "prevented the loss of E-cadherin" keeps the
        loss in the outcome.
        """
        kept = self.predicate is PredicateType.NO_EFFECT or (
            self.outcome.effect is not None and self.predicate is PredicateType.REQUIRED_FOR
        )
        if self.outcome.vague and not kept:
            return replace(self, predicate=PredicateType.ASSOCIATED_WITH, change=0)
        if not self.outcome.changes or self.lemma not in words().lists.light or self.change < 0:
            return self
        outer, *rest = self.outcome.changes
        predicate = outer.predicate or (
            PredicateType.INCREASES if outer.change > 0 else PredicateType.DECREASES
        )
        phrase = min([self.outcome.start, *(change.start for change in rest)])
        near = outer.scope <= self.outcome.end and outer.start >= self.start
        return replace(
            self,
            outcome=replace(self.outcome, changes=tuple(rest), phrase_start=phrase),
            predicate=predicate,
            change=outer.change,
            end=max(self.end, outer.scope) if near and self.end <= outer.start else self.end,
        )
