"""From the names of a signature to entities of an index: many at once, none dropped in silence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.graph.names import fold_name
from app.graph.port import GraphView
from app.model.entity import Entity
from app.model.errors import BadInput
from app.model.identifiers import normalise_curie
from app.model.signature import UnusedEntity, UnusedReason
from app.reasoning.lens import Lens

_AT_ONCE = 2000

_NOTES = {
    UnusedReason.UNKNOWN: "no entity has this identifier or name",
    UnusedReason.UNLINKED: "no signed link of the graph touches it",
    UnusedReason.CONTRADICTORY: "several names of this entity have weights of both signs",
}


@dataclass(frozen=True, slots=True)
class Used:
    """The weights by the entities' places in the index; what was merged, what was not used."""

    weights: Mapping[int, float]
    merged: int
    unused: tuple[UnusedEntity, ...]


def used_of(view: GraphView, lens: Lens, weights: Mapping[str, float]) -> Used:
    """Return the weights of entities of the index.

    A name is read as an identifier, then as a cross reference, then as a name, then as a synonym. A
    name of the opposite of an entity turns the weight.
    """
    known = _Known(view, lens, weights)
    found: dict[int, list[tuple[str, float]]] = {}
    unused = []
    for name, weight in weights.items():
        ids = known.ids_of(name)
        if len(ids) > 1:
            note = f"it may mean {', '.join(sorted(ids)[:5])}; name one by its identifier"
            unused.append(UnusedEntity(name=name, reason=UnusedReason.AMBIGUOUS, note=note))
            continue
        place = None
        if ids:
            meaning = lens.canon.meaning(next(iter(ids)))
            place = lens.index.entities.place(meaning.id)
        if not ids or place is None:
            unused.append(_unused(name, UnusedReason.UNLINKED if ids else UnusedReason.UNKNOWN))
            continue
        found.setdefault(place, []).append((name, weight * meaning.sign))
    kept = {}
    for place, several in found.items():
        signs = {weight > 0 for _, weight in several if weight}
        if len(signs) > 1:
            unused += [_unused(name, UnusedReason.CONTRADICTORY) for name, _ in several]
            continue
        kept[place] = sum(weight / len(several) for _, weight in several)
    merged = sum(len(found[place]) - 1 for place in kept)
    return Used(kept, merged, tuple(unused))


def _unused(name: str, reason: UnusedReason) -> UnusedEntity:
    return UnusedEntity(name=name, reason=reason, note=_NOTES[reason])


class _Known:
    """The entities that names of a signature may mean, each by its canonical id."""

    def __init__(self, view: GraphView, lens: Lens, names: Iterable[str]) -> None:
        self._lens = lens
        self._curies = {name: curie for name in names if (curie := _curie(name)) is not None}
        self._direct = _read(view, self._curies.values())
        index = lens.index.entities
        wanted = set(self._curies.values()) | {fold_name(name) for name in names}
        self._tables: tuple[dict[str, set[str]], ...] = ({}, {}, {})
        for entity in _read(view, index).values():
            xrefs, preferred, synonyms = self._tables
            for table, keys in (
                (xrefs, entity.xrefs),
                (preferred, map(fold_name, (entity.name, entity.label))),
                (synonyms, map(fold_name, entity.synonyms)),
            ):
                for key in keys:
                    if key in wanted:
                        table.setdefault(key, set()).add(entity.id)

    def ids_of(self, name: str) -> set[str]:
        """Return the canonical ids that a name may mean; several where it is ambiguous."""
        curie = self._curies.get(name)
        canon = self._lens.canon
        if curie is not None and (
            curie in self._direct
            or self._lens.index.entities.place(canon.canonical(curie)) is not None
        ):
            # The opposite of an entity keeps its own id: it has a sign.
            return {curie}
        xrefs, *by_name = self._tables
        if curie is not None and curie in xrefs:
            return {canon.canonical(one) for one in xrefs[curie]}
        for table in by_name:
            if found := table.get(fold_name(name)):
                return {canon.canonical(one) for one in found}
        return set()


def _curie(name: str) -> str | None:
    try:
        return normalise_curie(name.strip())
    except BadInput:
        return None


def _read(view: GraphView, ids: Iterable[str]) -> dict[str, Entity]:
    every = sorted(set(ids))
    found: dict[str, Entity] = {}
    for start in range(0, len(every), _AT_ONCE):
        found |= view.entities(every[start : start + _AT_ONCE])
    return found
