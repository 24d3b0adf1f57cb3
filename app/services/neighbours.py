"""What stands next to an entity: signed links that claims carry, and stable relations."""

from dataclasses import dataclass

from app.graph.port import GraphView, Page
from app.model.answer import NamedEntity
from app.model.base import Frozen
from app.model.entity import Entity
from app.model.vocabulary import Aspect, Category, RelationType, Side, Sign
from app.services.reasoning import Reasoner

_SIGNS = {1: Sign.POSITIVE, -1: Sign.NEGATIVE, 0: Sign.UNSIGNED}


class Neighbour(Frozen):
    """One typed link of an entity.

    ``outgoing`` tells whether the entity is its subject. A signed link has ``sign``, ``belief``
    and the ``claims`` that carry it; a relation has ``relation``, ``role`` and ``source``.
    """

    neighbour: NamedEntity
    outgoing: bool
    sign: Sign | None = None
    aspect: Aspect | None = None
    side: Side | None = None
    belief: float | None = None
    claims: tuple[str, ...] = ()
    relation: RelationType | None = None
    role: Sign | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class NeighbourFilter:
    """Which links; an empty part does not restrict."""

    signs: tuple[Sign, ...] = ()
    relations: tuple[RelationType, ...] = ()
    categories: tuple[Category, ...] = ()
    candidates: bool = False


def neighbours(
    reasoner: Reasoner,
    view: GraphView,
    entity: str,
    which: NeighbourFilter,
    *,
    limit: int = 25,
    offset: int = 0,
) -> Page[Neighbour]:
    """Return an entity's links: signed ones first, the surest before the others, then relations.

    Asking for signs leaves relations out, and the other way round.
    """
    found = _signed(reasoner, view, entity, which) if not which.relations else []
    if not which.signs:
        found += _related(view, entity, which)
    known = view.entities(sorted({item.neighbour.id for item in found}))
    named = [
        item.model_copy(update={"neighbour": _named(known[item.neighbour.id])})
        for item in found
        if item.neighbour.id in known
    ]
    kept = [
        item
        for item in named
        if not which.categories or item.neighbour.category in which.categories
    ]
    shown = offset + limit
    return Page(
        items=tuple(kept[offset:shown]),
        total=len(kept),
        next_after=str(shown) if shown < len(kept) else None,
    )


def _signed(
    reasoner: Reasoner, view: GraphView, entity: str, which: NeighbourFilter
) -> list[Neighbour]:
    lens = reasoner.index_of(view).lens(candidates=which.candidates, background=True)
    here = lens.canon.canonical(entity)
    links = lens.touching(here)
    return [
        Neighbour(
            neighbour=_unnamed(link.key.object if link.key.subject == here else link.key.subject),
            outgoing=link.key.subject == here,
            sign=_SIGNS[link.key.sign],
            aspect=link.key.aspect,
            side=link.key.side,
            belief=link.belief,
            claims=link.claims,
        )
        for link in sorted(links, key=lambda link: (-link.belief, link.key.order))
        if not which.signs or _SIGNS[link.key.sign] in which.signs
    ]


def _related(view: GraphView, entity: str, which: NeighbourFilter) -> list[Neighbour]:
    return [
        Neighbour(
            neighbour=_unnamed(each.object if each.subject == entity else each.subject),
            outgoing=each.subject == entity,
            relation=each.type,
            role=each.role,
            source=each.source,
        )
        for each in view.relations([entity], list(which.relations) or None)
    ]


def _unnamed(entity: str) -> NamedEntity:
    return NamedEntity(id=entity, name=entity)


def _named(entity: Entity) -> NamedEntity:
    return NamedEntity(id=entity.id, name=entity.name, category=entity.category)
