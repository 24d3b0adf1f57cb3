"""Which entities mean the same, and which mean the opposite.

Equivalents map to one canonical id. An opposite (mesenchymal-to-epithelial transition to EMT) maps
to the entity that it is the opposite of, with the sign turned and the aspects mapped: inducing the
one is reversing the other. Positive and negative regulation *of* a process map to the process.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.entity import EntityRelation
from app.model.vocabulary import Aspect, Effect, RelationType, Side

OPPOSITE_ASPECT: dict[Aspect | None, Aspect | None] = {
    Aspect.INDUCTION: Aspect.MAINTENANCE,
    Aspect.MAINTENANCE: Aspect.INDUCTION,
    None: None,
}
OPPOSITE_SIDE: dict[Side | None, Side | None] = {
    Side.LOSS: Side.GAIN,
    Side.GAIN: Side.LOSS,
    None: None,
}
OPPOSITE_EFFECT: dict[Effect, Effect] = {
    Effect.INDUCES: Effect.REVERSES,
    Effect.REVERSES: Effect.INDUCES,
    Effect.PREVENTS: Effect.MAINTAINS,
    Effect.MAINTAINS: Effect.PREVENTS,
    Effect.PROMOTES: Effect.LOWERS,
    Effect.LOWERS: Effect.PROMOTES,
    Effect.WORSENS: Effect.LOWERS,
    Effect.NO_EFFECT: Effect.NO_EFFECT,
}
"""The effect on an entity that an effect on its opposite is."""


Step = tuple[str, int, bool]


@dataclass(frozen=True, slots=True)
class Meaning:
    """An entity in canonical terms: ``sign`` -1 turns what is said of it, ``opposite`` also maps
    aspects and effects.
    """

    id: str
    sign: int = 1
    opposite: bool = False


class Canon:
    """The canonical meaning of every entity that relations speak of."""

    def __init__(self, relations: Iterable[EntityRelation]) -> None:
        self.steps: dict[str, Step] = {}
        for relation in sorted(relations, key=lambda r: r.key):
            match relation.type:
                case RelationType.SAME_AS:
                    step = (relation.object, 1, False)
                case RelationType.OPPOSITE_OF:
                    step = (relation.object, -1, True)
                case RelationType.POSITIVELY_REGULATES:
                    step = (relation.object, 1, False)
                case RelationType.NEGATIVELY_REGULATES:
                    step = (relation.object, -1, False)
                case _:
                    continue
            # Being the same outranks being opposite or regulating; the first of each kind counts.
            held = self.steps.get(relation.subject)
            if held is None or (relation.type is RelationType.SAME_AS and held[1:] != (1, False)):
                self.steps[relation.subject] = step
        self._group()

    @classmethod
    def of_steps(cls, steps: dict[str, Step]) -> "Canon":
        """Return the canon whose ``steps`` these are: each entity's next, its sign, if opposite."""
        canon = cls(())
        canon.steps = steps
        canon._group()
        return canon

    def _group(self) -> None:
        self._equivalents: dict[str, list[str]] = {}
        for entity in sorted(self.steps):
            self._equivalents.setdefault(self.meaning(entity).id, []).append(entity)

    def meaning(self, entity: str) -> Meaning:
        """Return what ``entity`` means; an entity that no relation speaks of means itself."""
        if entity not in self.steps:
            return Meaning(entity)
        sign, opposite = 1, False
        seen = [entity]
        while (step := self.steps.get(seen[-1])) is not None:
            following, factor, turned = step
            if following in seen:
                # A ring has no end to follow; its smallest id stands for all of it.
                return Meaning(min(seen[seen.index(following) :]), sign, opposite)
            sign *= factor
            opposite ^= turned
            seen.append(following)
        return Meaning(seen[-1], sign, opposite)

    def canonical(self, entity: str) -> str:
        """Return the canonical id alone."""
        return self.meaning(entity).id if entity in self.steps else entity

    def named_by(self, canonical: str) -> tuple[str, ...]:
        """Return every id whose meaning is ``canonical``, itself first."""
        others = [entity for entity in self._equivalents.get(canonical, ()) if entity != canonical]
        return (canonical, *others)
