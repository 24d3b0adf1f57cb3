"""An event: agent, verb and outcome as a rule of the grammar found them, before it is a claim."""

from dataclasses import dataclass, replace

from app.extraction.rules.things import Change, Thing
from app.extraction.rules.tokens import Token
from app.model.vocabulary import PredicateType

GENERIC = frozenset(
    {
        PredicateType.INDUCES,
        PredicateType.PROMOTES,
    }
)
"""Verbs that leave it to their object's noun to say what happened ("caused a reversal of")."""

_GENERIC_LEMMAS = frozenset(
    {"cause", "induce", "produce", "result", "lead", "trigger", "show", "elicit", "evoke", "provoke", "exhibit", "display", "have"}
)


@dataclass(frozen=True, slots=True)
class Event:
    """One reading of a verb or noun: who acts, what changes, and by which rule it was read.

    ``anchor`` is the token that governs the statement; ``change`` what the verb does to the
    outcome's phrase; ``start`` and ``end`` are the trigger's offsets.
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

    @property
    def direction(self) -> int:
        """The net change of the outcome's entity: +1, -1 or 0."""
        return self.change * self.outcome.factor

    def settled(self) -> "Event":
        """Return the event with a light verb's noun taken into the predicate.

        "caused a reversal of EMT" is *reverses* EMT; "prevented the loss of E-cadherin" keeps the
        loss in the outcome.
        """
        outer = next((c for c in self.outcome.changes if not c.adjective), None)
        if (
            outer is None
            or outer is not self.outcome.changes[0]
            or outer.predicate is None
            or self.lemma not in _GENERIC_LEMMAS
            or self.change < 0
        ):
            return self
        rest = self.outcome.changes[1:]
        outcome = replace(self.outcome, changes=rest, phrase_start=self.outcome.start)
        return replace(
            self,
            outcome=_with_aspect(outcome, outer) if outer.aspect is not None else outcome,
            predicate=outer.predicate,
            change=outer.change,
            start=min(self.start, outer.start),
            end=max(self.end, outer.scope) if outer.scope <= self.outcome.end else self.end,
        )


def _with_aspect(outcome: Thing, change: Change) -> Thing:
    """Keep the aspect of the noun that became the predicate."""
    return outcome
