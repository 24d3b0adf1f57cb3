"""Exact top-k simple signed paths.

A hop-layered backward pass from the outcome over (entity, change) gives the cheapest completion of
every prefix; best-first search with that bound yields simple paths in exact order of cost. Costs
are integers, -ln(belief) in millionths, so that equal beliefs tie the same way everywhere; ties go
by number of hops, then by the names along the path.

A path is: at most one hop of kinship, one or more causal hops, at most one hop of kinship. Its
last causal hop must be *admissible*: of an aspect that the question asks for.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import log

from app.reasoning.belief import EXTRAPOLATION_FACTOR, KINSHIP_BELIEF
from app.reasoning.index import Lens, LinkEdge
from app.reasoning.kinship import KinHop
from app.reasoning.signs import is_matched

UNREACHABLE = 1 << 60
EXTRAPOLATION_COST = round(-log(EXTRAPOLATION_FACTOR) * 1e6)
KINSHIP_COST = round(-log(KINSHIP_BELIEF) * 1e6)


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop as it is walked: by a link or by kinship, for the change that arrives."""

    via: LinkEdge | KinHop
    matched: bool
    cost: int

    @property
    def subject(self) -> str:
        """Where the hop starts."""
        return self.via.key.subject if isinstance(self.via, LinkEdge) else self.via.subject

    @property
    def object(self) -> str:
        """Where the hop ends."""
        return self.via.key.object if isinstance(self.via, LinkEdge) else self.via.object

    @property
    def sign(self) -> int:
        """The hop's sign, +1 or -1."""
        return self.via.key.sign if isinstance(self.via, LinkEdge) else self.via.sign

    @property
    def order(self) -> tuple[str, ...]:
        """What breaks a tie."""
        if isinstance(self.via, LinkEdge):
            return tuple(str(part) for part in self.via.key.order)
        return (self.via.subject, self.via.object, str(self.via.sign), self.via.name, "")


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
    def sign(self) -> int:
        """The product of the hops' signs."""
        product = 1
        for hop in self.hops:
            product *= hop.sign
        return product

    @property
    def order(self) -> tuple[int, int, tuple[tuple[str, ...], ...]]:
        """Cheapest first, then shortest, then by name."""
        return (self.cost, len(self.hops), tuple(hop.order for hop in self.hops))


def anything(_: LinkEdge) -> bool:
    """Admit every link."""
    return True


def anywhere(_: str) -> bool:
    """Allow every entity on a path."""
    return True


@dataclass(frozen=True)
class Search:
    """Paths in ``lens`` that arrive at ``target`` with the change ``arriving`` (+1 or -1).

    ``admits`` says which links may be the last causal hop, ``allows`` which entities may lie
    between the ends, and ``min_belief`` is the least belief of a step.
    """

    lens: Lens
    target: str
    arriving: int
    max_hops: int
    matched_only: bool = False
    admits: Callable[[LinkEdge], bool] = anything
    allows: Callable[[str], bool] = anywhere
    min_belief: float = 0.0
    _bounds: dict[tuple[int, str, int], int] = field(default_factory=dict)

    # A layer is the number of hops left; the bound of a layer covers all shorter completions.

    def __post_init__(self) -> None:
        for left in range(1, self.max_hops + 1):
            self._fill(left)

    def sources(self) -> list[tuple[str, int]]:
        """Return every (entity, change) from which a path may start, sorted."""
        found = {
            (entity, change)
            for (_, entity, change), bound in self._bounds.items()
            if bound < UNREACHABLE
        }
        for entity, change in tuple(found):
            for hop in self.lens.kin_to.get(entity, ()):
                if not hop.outcome_side:
                    found.add((hop.subject, change * hop.sign))
        return sorted(
            (entity, change)
            for entity, change in found
            if entity != self.target and self._start_hops(entity, change)
        )

    def walks(self, source: str, change: int) -> Iterator[Walk]:
        """Yield all paths from ``source``, changed by ``change``, best first and exactly."""
        if source == self.target:
            return
        frontier: list[tuple[int, int, tuple[tuple[str, ...], ...], tuple[Hop, ...], int]] = []

        def push(hops: tuple[Hop, ...], change_here: int, bound: int) -> None:
            cost = sum(hop.cost for hop in hops)
            names = tuple(hop.order for hop in hops)
            heapq.heappush(frontier, (cost + bound, len(hops), names, hops, change_here))

        for hop, bound in self._start_hops(source, change):
            push((hop,), change * hop.sign, bound)
        while frontier:
            # Bounds are consistent and a prefix is shorter than its completions, so that paths
            # of equal cost come off the heap by length and name.
            cost, _, _, hops, arrived = heapq.heappop(frontier)
            last = hops[-1]
            if last.object == self.target:
                yield Walk(cost, hops)
                continue
            visited = {source, *(hop.object for hop in hops)}
            for hop, bound in self._next_hops(last, arrived, self.max_hops - len(hops)):
                if hop.object not in visited:
                    push((*hops, hop), arrived * hop.sign, bound)

    def _start_hops(self, source: str, change: int) -> list[tuple[Hop, int]]:
        found = self._causal_hops(source, change, self.max_hops)
        if self.max_hops < 2:
            return found
        for kin in self.lens.kin_from.get(source, ()):
            if kin.outcome_side or kin.object == self.target or not self.allows(kin.object):
                continue
            bound = self._bound(self.max_hops - 1, kin.object, change * kin.sign)
            hop = self._kin_hop(kin, change)
            if hop is not None and bound < UNREACHABLE:
                found.append((hop, bound))
        return found

    def _next_hops(self, last: Hop, change: int, left: int) -> list[tuple[Hop, int]]:
        if left < 1:
            return []
        found = self._causal_hops(last.object, change, left)
        if isinstance(last.via, LinkEdge) and self.admits(last.via):
            found += self._last_kin(last.object, change)
        return found

    def _causal_hops(self, entity: str, change: int, left: int) -> list[tuple[Hop, int]]:
        """Return the causal hops from here that can still arrive within ``left`` hops."""
        found = []
        for link in self.lens.outgoing.get(entity, ()):
            hop = self._causal_hop(link, change)
            if hop is None:
                continue
            bound = self._after(link, change * link.key.sign, left - 1)
            if bound < UNREACHABLE:
                found.append((hop, bound))
        return found

    def _after(self, link: LinkEdge, arrived: int, left: int) -> int:
        """Return the least cost of completing a path whose last hop is ``link``."""
        entity = link.key.object
        if entity == self.target:
            return 0 if arrived == self.arriving and self.admits(link) else UNREACHABLE
        if left < 1 or not self.allows(entity):
            return UNREACHABLE
        best = self._bound(left, entity, arrived)
        if self.admits(link):
            for hop, _ in self._last_kin(entity, arrived):
                best = min(best, hop.cost)
        return best

    def _last_kin(self, entity: str, change: int) -> list[tuple[Hop, int]]:
        found = []
        for kin in self.lens.kin_from.get(entity, ()):
            if kin.object == self.target and change * kin.sign == self.arriving:
                hop = self._kin_hop(kin, change)
                if hop is not None:
                    found.append((hop, 0))
        return found

    def _causal_hop(self, link: LinkEdge, change: int) -> Hop | None:
        if link.belief < self.min_belief:
            return None
        matched = is_matched(change, link.key.side)
        if self.matched_only and not matched:
            return None
        cost = round(-log(link.belief) * 1e6) + (0 if matched else EXTRAPOLATION_COST)
        return Hop(link, matched, cost)

    def _kin_hop(self, kin: KinHop, change: int) -> Hop | None:
        matched = kin.is_matched(change)
        if (self.matched_only and not matched) or self.min_belief > KINSHIP_BELIEF:
            return None
        return Hop(kin, matched, KINSHIP_COST + (0 if matched else EXTRAPOLATION_COST))

    def _bound(self, left: int, entity: str, change: int) -> int:
        return self._bounds.get((left, entity, change), UNREACHABLE)

    def _fill(self, left: int) -> None:
        """Fill the bounds of one layer from the layer before."""
        for entity in self._layer_entities(left):
            for change in (1, -1):
                costs = [hop.cost + bound for hop, bound in self._causal_hops(entity, change, left)]
                if costs:
                    self._bounds[left, entity, change] = min(costs)

    def _layer_entities(self, left: int) -> list[str]:
        """Return the entities that may have a completion of at most ``left`` hops."""
        heads = {self.target}
        if left > 1:
            heads |= {hop.subject for hop in self.lens.kin_to.get(self.target, ())}
            heads |= {entity for layer, entity, _ in self._bounds if layer == left - 1}
        found = {link.key.subject for head in heads for link in self.lens.incoming.get(head, ())}
        return sorted(found - {self.target})
