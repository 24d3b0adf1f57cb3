"""Searching a lens: the kernel's arrays from questions, walks from what it finds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType

import numpy as np

from app.model.edge_columns import ASPECTS
from app.model.vocabulary import Aspect
from app.reasoning import kernel
from app.reasoning.columns import Flags, Ints
from app.reasoning.engine import Stop, form_for, new_progress
from app.reasoning.hops import BOTH, CAUSAL
from app.reasoning.index import Index
from app.reasoning.kinship import KinHop
from app.reasoning.lens import EXTRAPOLATION_COST, UNSEARCHED, Lens, LinkEdge
from app.reasoning.turning import Turned

POOL_AT_FIRST = 1 << 12

Start = tuple[int, int]
"""An entity's place and the change made to it, +1 or -1."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop as it is walked, for the change that arrives; ``place`` is that in the table."""

    lens: Lens
    place: int
    matched: bool
    cost: int

    @property
    def via(self) -> LinkEdge | KinHop:
        """What the hop goes by: a link or a kinship."""
        if self.lens.index.hops.role[self.place] == CAUSAL:
            return LinkEdge(self.lens, self.place)
        return self.lens.kin_hop(self.place)

    @property
    def subject(self) -> str:
        """Where the hop starts."""
        return self.lens.index.entities[int(self.lens.index.hops.subject[self.place])]

    @property
    def object(self) -> str:
        """Where the hop ends."""
        return self.lens.index.entities[int(self.lens.index.hops.object[self.place])]

    @property
    def sign(self) -> int:
        """The hop's sign, +1 or -1."""
        return int(self.lens.index.hops.sign[self.place])


@dataclass(frozen=True, slots=True)
class Walk:
    """A found path and its cost."""

    cost: int
    hops: tuple[Hop, ...]

    @property
    def matched(self) -> bool:
        """Whether every hop is matched: a chain of experiments."""
        return all(hop.matched for hop in self.hops)

    @property
    def causal(self) -> bool:
        """Whether no hop goes by kinship."""
        roles = self.hops[0].lens.index.hops.role
        return all(roles[hop.place] == CAUSAL for hop in self.hops)

    @property
    def sign(self) -> int:
        """The product of the hops' signs."""
        product = 1
        for hop in self.hops:
            product *= hop.sign
        return product

    @property
    def places(self) -> tuple[int, ...]:
        """The hops' places in the table: which path it is."""
        return tuple(hop.place for hop in self.hops)

    @property
    def order(self) -> tuple[int, int, tuple[int, ...]]:
        """Cheapest first, then shortest, then by name."""
        return (self.cost, len(self.hops), self.places)


@dataclass(frozen=True, slots=True)
class Walks:
    """The best walks, in exact order.

    ``complete`` is false where the search was stopped: the walks are the first ones all the same,
    but more may follow.
    """

    walks: tuple[Walk, ...]
    complete: bool


@dataclass(frozen=True)
class Search:
    """Paths in ``lens`` that arrive at one of ``targets`` with one of the changes ``arriving``.

    ``aspects`` are those that the last causal hop may have (None: any), ``allowed`` masks the
    entities that may lie between the ends, ``via`` must lie there, ``min_belief`` is the least
    belief of a step, and ``causal`` leaves kinship out. A ``backwards`` search walks every hop from
    its object to its subject: its starts are what paths lead to, its targets where they come from,
    and ``aspects`` are still those of the hop next to what they lead to.
    """

    lens: Lens
    targets: Sequence[int]
    arriving: Sequence[int]
    max_hops: int
    matched_only: bool = False
    aspects: Sequence[Aspect | None] | None = None
    allowed: Flags | None = None
    via: Sequence[int] = ()
    min_belief: float = 0.0
    causal: bool = False
    backwards: bool = False
    stop: Stop = field(default_factory=Stop)

    def walks(self, starts: Iterable[Start], k: int) -> Walks:
        """Return the ``k`` best walks from any of ``starts``."""
        rows = _rows(starts)
        found, progress = kernel.new_found(k), new_progress()
        pool = kernel.new_pool(POOL_AT_FIRST, k)
        count = 0
        if len(rows) and k and not self.stop:
            count, _ = self._form.best_paths(
                self._graph, self._aim, self._rests(rows)[0], rows, pool, found, 0,
                self.stop.flag, progress,
            )  # fmt: skip
        walks = self._walks(found, range(count), rows)
        return Walks(walks, not self.stop and progress[kernel.PROVED] <= 0)

    def walks_each(self, starts: Iterable[Start], k: int) -> list[Walks]:
        """Return the ``k`` best walks from each of ``starts`` by itself."""
        rows = _rows(starts)
        found, progress = kernel.new_found(k * len(rows)), new_progress()
        counts = np.full(len(rows), -1, dtype=np.int32)
        if len(rows) and k:
            self._form.paths_each(
                self._graph, self._aim, self._rests_anywhere[0], rows,
                kernel.new_pool(POOL_AT_FIRST, k), found, counts, self.stop.flag, progress,
            )  # fmt: skip
        return [
            Walks(self._walks(found, range(i * k, i * k + max(count, 0)), rows[i : i + 1]),
                  count >= 0)
            for i, count in enumerate(counts.tolist())
        ]  # fmt: skip

    @cached_property
    def leading_there(self) -> Flags:
        """For each (entity, change: 0 lowered, 1 raised) whether any walk starts there."""
        there: Flags = self._form.which_lead_there(
            self._graph, self._aim, *self._rests_anywhere, self._ending, self.stop.flag,
            new_progress(),
        )  # fmt: skip
        return there

    @cached_property
    def _form(self) -> ModuleType:
        return form_for(len(self.lens.index.hops))

    @cached_property
    def _graph(self) -> kernel.Graph:
        index: Index | Turned = self.lens.index
        cost, kin = self.lens.cost, self.lens.kin_places
        if self.min_belief > 0:
            cost = np.where(self.lens.belief < self.min_belief, UNSEARCHED, cost)
        if self.causal:
            cost = np.where(index.hops.role != CAUSAL, UNSEARCHED, cost)
        if self.backwards:
            index = self.lens.turned
            cost, kin = cost[index.places], index.kin
        hops = index.hops
        columns = (
            index.out, index.into, index.coming, hops.subject, hops.object, hops.sign,
            hops.aspect, hops.role, hops.matched_for, cost, kin,
        )  # fmt: skip
        if self._form is kernel:
            # Numbers of a list are read several times faster than those of an array.
            columns = tuple(column.tolist() for column in columns)
        return kernel.Graph(*columns)

    @cached_property
    def _aim(self) -> kernel.Aim:
        entities = len(self.lens.index.entities)
        ends = np.zeros((entities, 2), dtype=np.bool_)
        for change in self.arriving:
            ends[list(self.targets), int(change > 0)] = True
        allowed = self.allowed
        if allowed is None:
            allowed = np.ones(entities, dtype=np.bool_)
        every = np.ones(len(ASPECTS), dtype=np.bool_)
        asked = every
        if self.aspects is not None:
            asked = np.array([aspect in self.aspects for aspect in ASPECTS], dtype=np.bool_)
        via = np.array(self.via, dtype=np.int32)
        return kernel.Aim(
            ends=ends,
            allowed=allowed,
            admits=every if self.backwards else asked,
            via=via,
            away=self._form.hops_to(self._graph, via, self.max_hops - 2),
            several=len(self.targets) > 1,
            max_hops=self.max_hops,
            matched_only=self.matched_only,
            extrapolation=EXTRAPOLATION_COST,
            opens=asked if self.backwards else every,
            choosy=self.backwards and not asked.all(),
        )

    @cached_property
    def _ending(self) -> Ints:
        ending: Ints = self._form.kin_ends(self._graph, self._aim)
        return ending

    def _rests(self, starts: Ints) -> tuple[Ints, Ints]:
        rests: tuple[Ints, Ints] = self._form.fill_rests(
            self._graph, self._aim, self._ending, starts, self.stop.flag, new_progress()
        )
        return rests

    @cached_property
    def _rests_anywhere(self) -> tuple[Ints, Ints]:
        return self._rests(np.zeros((0, 2), dtype=np.int32))

    def _walks(self, found: kernel.Found, rows: Iterable[int], starts: Ints) -> tuple[Walk, ...]:
        walks = []
        for row in rows:
            places = found.hops[row, : found.length[row]].tolist()
            change = 1 if starts[found.start[row], 1] else -1
            if self.backwards:
                places = self.lens.turned.places[places[::-1]].tolist()
                change *= int(np.prod(self.lens.index.hops.sign[places]))
            walks.append(Walk(int(found.cost[row]), self._hops(places, change)))
        return tuple(walks)

    def _hops(self, places: Sequence[int], change: int) -> tuple[Hop, ...]:
        table = self.lens.index.hops
        hops = []
        for place in places:
            matched = int(table.matched_for[place]) in (BOTH, change)
            cost = int(self.lens.cost[place]) + (0 if matched else EXTRAPOLATION_COST)
            hops.append(Hop(self.lens, place, matched, cost))
            change *= int(table.sign[place])
        return tuple(hops)


def _rows(starts: Iterable[Start]) -> Ints:
    """Return starts as the kernel reads them: a change is 1 for raised and 0 for lowered."""
    return np.array([(entity, change > 0) for entity, change in starts], dtype=np.int32).reshape(
        -1, 2
    )
