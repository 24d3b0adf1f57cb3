"""What a noun phrase is about: an entity, what is measured of it, and what happened to it."""

from dataclasses import dataclass, field, replace
from math import prod

from app.extraction.rules.tokens import Token
from app.model.reading import TextMention
from app.model.vocabulary import Aspect, Measure, PerturbationType, PredicateType


@dataclass(frozen=True, slots=True)
class Change:
    """A word that says that its target went up or down.

    ``perturbation`` is what it says was done, where its target is an agent. ``start`` and ``end``
    are the word's offsets, ``scope`` where the whole "NOUN of" ends.
    """

    start: int
    end: int
    scope: int
    change: int
    predicate: PredicateType | None = None
    perturbation: PerturbationType | None = None
    aspect: Aspect | None = None
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """The drug or construct by which something was done."""

    start: int
    end: int
    mention: TextMention | None


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity as a noun phrase names it.

    ``mentions`` are several for a composite, empty where nothing grounds it. ``start`` and ``end``
    span the entity with its measure. ``changes`` are what is said to have happened to it, outermost
    first; ``phrase_start`` and ``phrase_end`` span all of that. ``whole`` tells that the mention is
    the thing itself and not part of another name. ``antecedent`` is what an anaphor stands for.
    ``vague`` says that it is changed and not which way. ``alternative`` says that it
    is one of several that "or" joins. ``effect`` are cause and object where the
    phrase names a relation (rule 6).
    """

    head: Token
    mentions: tuple[TextMention, ...]
    start: int
    end: int
    phrase_start: int
    phrase_end: int
    measure: Measure | None = None
    changes: tuple[Change, ...] = ()
    means: Means | None = None
    whole: bool = True
    antecedent: TextMention | None = None
    pathway: bool = False
    joint: bool = False
    none: bool = False
    inducers: tuple[Token, ...] = field(default=())
    carrier: Token | None = None
    vague: bool = False
    alternative: bool = False
    effect: "tuple[Thing, Thing] | None" = None

    @classmethod
    def named(cls, head: Token, mention: TextMention) -> "Thing":
        """Return what one mention names, whatever token holds it."""
        return cls(head, (mention,), mention.start, mention.end, mention.start, mention.end)

    @property
    def mention(self) -> TextMention | None:
        """The one mention, or the last of several."""
        if self.antecedent is not None:
            return self.antecedent
        return self.mentions[-1] if self.mentions else None

    @property
    def factor(self) -> int:
        """The product of what happened to the entity: +1 or -1."""
        return prod(change.change for change in self.changes)

    def under(self, change: Change) -> "Thing":
        """Return the thing with a further change around it."""
        return replace(
            self,
            changes=(change, *self.changes),
            phrase_start=min(self.phrase_start, change.start),
            phrase_end=max(self.phrase_end, change.scope),
        )


def united(things: list[Thing]) -> list[Thing]:
    """Return several plain things as one composite; as they are where one is not plain."""
    plain = all(
        thing.whole and len(thing.mentions) == 1 and not thing.changes and thing.effect is None
        for thing in things
    )
    if len(things) < 2 or not plain:
        return things
    composite = replace(
        things[0],
        mentions=tuple(mention for thing in things for mention in thing.mentions),
        start=min(thing.start for thing in things),
        end=max(thing.end for thing in things),
        phrase_start=min(thing.phrase_start for thing in things),
        phrase_end=max(thing.phrase_end for thing in things),
        joint=True,
    )
    return [composite]
