"""Which contexts lie within which: species, tissues, cells and diseases.

The hierarchy is handed in; nothing here knows where it comes from.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from app.model.vocabulary import Agreement

_KEPT = 1 << 16


class Hierarchy:
    """What is a kind or a part of what, and what excludes what.

    ``wider`` are pairs (narrower, wider); two that lie within each other are the same. ``axes``
    names, for an entity, the axis on which entities exclude each other unless one lies within the
    other or something lies within both: a breast is no lung, but may well be an epithelium.
    Entities without an axis exclude nothing. ``organisms`` are the species that cells come from,
    ``names`` the short names of species.
    """

    def __init__(
        self,
        wider: Iterable[tuple[str, str]] = (),
        *,
        axes: Mapping[str, str] | None = None,
        organisms: Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> None:
        self._up: dict[str, set[str]] = {}
        self._down: dict[str, set[str]] = {}
        for narrow, wide in wider:
            self._up.setdefault(narrow, set()).add(wide)
            self._down.setdefault(wide, set()).add(narrow)
        self._axes = dict(axes or {})
        self._organisms = dict(organisms or {})
        self._names = dict(names or {})
        self.compare = lru_cache(_KEPT)(self._compare)
        self.above = lru_cache(_KEPT)(self._above)

    def name(self, entity: str) -> str:
        """Return the short name of a species; the id of anything else."""
        return self._names.get(entity, entity)

    def organisms_of(self, cell: str) -> frozenset[str]:
        """Return the species that a cell or cell line comes from; empty where it isn't known."""
        return frozenset(self._organisms[one] for one in self.above(cell) if one in self._organisms)

    def _compare(self, asked: str, found: str) -> Agreement:
        """Return how ``found`` answers ``asked``.

        *broader* where the asked lies within the found, *narrower* where the found lies within the
        asked, *mismatch* where they exclude each other, *unstated* where that is not known.
        """
        narrower = asked in self.above(found)
        broader = found in self.above(asked)
        if narrower and broader:
            return Agreement.MATCH
        if narrower:
            return Agreement.NARROWER
        if broader:
            return Agreement.BROADER
        return Agreement.MISMATCH if self._exclude(asked, found) else Agreement.UNSTATED

    def _above(self, entity: str) -> frozenset[str]:
        return _reached(self._up, entity)

    def _exclude(self, one: str, other: str) -> bool:
        mine, theirs = self._on_axes(one), self._on_axes(other)
        return any(
            all(not self._overlap(a, b) for a in mine[axis] for b in theirs[axis])
            for axis in mine.keys() & theirs.keys()
        )

    def _on_axes(self, entity: str) -> dict[str, set[str]]:
        """Return, for each axis, the narrowest entities on it that ``entity`` lies within."""
        found: dict[str, set[str]] = {}
        for one in self.above(entity):
            if (axis := self._axes.get(one)) is not None:
                found.setdefault(axis, set()).add(one)
        return {
            axis: {
                one
                for one in several
                if not any(one in self.above(two) and two not in self.above(one) for two in several)
            }
            for axis, several in found.items()
        }

    def _overlap(self, one: str, other: str) -> bool:
        """Tell whether something is known that lies within both."""
        return not _reached(self._down, one).isdisjoint(_reached(self._down, other))


NOTHING_KNOWN = Hierarchy()
"""The hierarchy of who knows nothing: what is not the same is unstated."""


def _reached(steps: Mapping[str, set[str]], start: str) -> frozenset[str]:
    """Return what is reached from ``start``, itself included."""
    seen = {start}
    waiting = [start]
    while waiting:
        for one in steps.get(waiting.pop(), ()):
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return frozenset(seen)
