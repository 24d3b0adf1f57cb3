"""Routes into an outcome that an intervention leaves open, and what closes most of them.

A route is a path of the same search that finds interventions, kept off the target and its kin. As
every such path it is walked as the intervention that has the wished effect: each entity on it comes
with the change that would close the route there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.reasoning.effects import WISHED
from app.reasoning.finding import Finder
from app.reasoning.lens import Lens
from app.reasoning.search import Search, Start, Walk

MOST_WALKED = 4096
"""How many walks are looked at for one answer; links side by side make many of one route."""


@dataclass(frozen=True, slots=True)
class Open:
    """The strongest open routes, best first; ``more`` where others may be open besides."""

    walks: tuple[Walk, ...]
    more: bool
    complete: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """A change of an entity and the routes (their places) that it closes.

    ``strength`` is their summed belief, ``against`` the routes that the same change strengthens.
    """

    entity: str
    change: int
    routes: tuple[int, ...]
    strength: float
    against: int


def kin_of(lens: Lens, target: str) -> set[str]:
    """Return what one hop of kinship, in either direction, joins a target with."""
    return {end for hop in lens.kin_at(target) for end in (hop.subject, hop.object)} - {target}


def open_routes(finder: Finder, closed: Iterable[str], wanted: int) -> Open:
    """Return the strongest ``wanted`` routes into the outcome that pass none of ``closed``.

    Of links side by side between the same entities only the strongest makes a route.
    """
    lens = finder.lens
    entities = lens.index.entities
    allowed = np.ones(len(entities), dtype=np.bool_)
    places = [entities.place(one) for one in closed]
    allowed[[place for place in places if place is not None]] = False
    search = replace(finder.search(matched_only=False), allowed=allowed)
    starts = _starts(search, finder)
    k = 2 * wanted + 1
    while True:
        found = search.walks(starts, k)
        routes = {stations(walk, WISHED[finder.effect]): walk for walk in reversed(found.walks)}
        walks = sorted(routes.values(), key=lambda walk: walk.order)
        exhausted = len(found.walks) < k
        if len(walks) > wanted or exhausted or k >= MOST_WALKED or finder.stop:
            return Open(tuple(walks[:wanted]), len(walks) > wanted or not exhausted, found.complete)
        k *= 2


def _starts(search: Search, finder: Finder) -> list[Start]:
    """Return from where a path leads on, off what is closed and off the outcome."""
    entity, raised = np.nonzero(search.leading_there)
    allowed = search.allowed
    return [
        (place, 2 * up - 1)
        for place, up in zip(entity.tolist(), raised.tolist(), strict=True)
        if place != finder.outcome and (allowed is None or allowed[place])
    ]


def stations(walk: Walk, arriving: int) -> tuple[tuple[str, int], ...]:
    """Return the entities on a walk but its end, each with the change that closes it there."""
    change = arriving * walk.sign
    found = []
    for hop in walk.hops:
        found.append((hop.subject, change))
        change *= hop.sign
    return tuple(found)


def closing(walks: Sequence[Walk], beliefs: Sequence[float], arriving: int) -> list[Closing]:
    """Return what lies on walks, with what it closes: most of their belief first.

    Equals are ordered by how many routes they close, how few they strengthen, then by name.
    """
    on: dict[tuple[str, int], list[int]] = {}
    for place, walk in enumerate(walks):
        for station in stations(walk, arriving):
            on.setdefault(station, []).append(place)
    found = [
        Closing(
            entity,
            change,
            tuple(routes),
            round(sum(beliefs[place] for place in routes), 6),
            len(on.get((entity, -change), ())),
        )
        for (entity, change), routes in on.items()
    ]
    found.sort(key=lambda o: (-o.strength, -len(o.routes), o.against, o.entity, o.change))
    return found
