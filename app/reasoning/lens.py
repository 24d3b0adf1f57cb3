"""The index as one kind of question sees it: with or without candidates, and background.

A lens is a mask over the index's edges and what follows from it: the belief of each link and what
a step by it costs. The arrays of the index are shared.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from app.model.edge_columns import ASPECTS, EPISTEMICS, STATUSES
from app.model.vocabulary import Epistemic, Status
from app.reasoning.belief import EXTRAPOLATION_FACTOR, KINSHIP_BELIEF, against, combined, opposed
from app.reasoning.canon import Canon
from app.reasoning.columns import Flags, Floats, Ints, Rows
from app.reasoning.flow import Flow, Influences, flow_to, influences_of
from app.reasoning.hops import CAUSAL, KIN_AT_THE_END, KINDS, SIDE_OF_KIND, LinkKey
from app.reasoning.index import Index
from app.reasoning.kinship import KinHop
from app.reasoning.memory import give_back
from app.reasoning.papers import shares
from app.reasoning.turning import Turned, turned

BESIDE = frozenset({Epistemic.BACKGROUND, Epistemic.HYPOTHESIS})
"""What is shown beside an answer and carries no path unless asked for."""

FLOWS_KEPT = 16
"""For how many outcomes a lens keeps what flows to them."""

UNSEARCHED = np.int32(2**31 - 1)
"""The cost of a hop that is on no signed path: unsigned, a loop, or not seen by this lens."""


def cost_of(belief: Floats) -> Ints:
    """Return -ln(belief) in millionths, so that equal beliefs tie the same way everywhere."""
    costs = np.full(belief.shape, UNSEARCHED, dtype=np.int32)
    there = belief > 0
    costs[there] = np.rint(-np.log(belief[there]) * 1e6).astype(np.int32)
    return costs


EXTRAPOLATION_COST = int(cost_of(np.array([EXTRAPOLATION_FACTOR]))[0])


@dataclass(frozen=True, slots=True, eq=False)
class LinkEdge:
    """A signed link as a lens sees it; ``place`` is its hop's place in the index."""

    lens: "Lens"
    place: int

    @property
    def key(self) -> LinkKey:
        """What the link says."""
        return self.lens.key(self.place)

    @property
    def belief(self) -> float:
        """How surely it holds, in (0, 1]."""
        return float(self.lens.belief[self.place])

    @property
    def claims(self) -> tuple[str, ...]:
        """All claims that carry the link, most reliable first."""
        index = self.lens.index
        places = dict.fromkeys(index.edges.claim[self.lens.edges_of(self.place)].tolist())
        return tuple(index.claim_id(place) for place in places)

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses of its claims, each once, sorted."""
        codes = np.unique(self.lens.index.edges.status[self.lens.edges_of(self.place)])
        return tuple(sorted(STATUSES[code] for code in codes.tolist()))


@dataclass(frozen=True, eq=False)
class Lens:
    """The index, the edges that the question sees, and for every hop its belief and cost.

    A hop that the lens does not see has belief 0. ``share`` says in which share, 0 to 1, an edge
    counts for the belief of its link; 0 where the edge is not seen.
    """

    index: Index
    seen: Flags
    share: Floats
    belief: Floats
    cost: Ints
    _flows: dict[int, Flow] = field(default_factory=dict)

    @property
    def canon(self) -> Canon:
        """Which entities mean the same."""
        return self.index.canon

    @cached_property
    def influences(self) -> Influences:
        """How the entities influence one another, one link at a time."""
        return influences_of(self.index.hops, self.belief, len(self.index.entities))

    def flow_to(self, outcome: int) -> Flow:
        """Return what walks of any length carry to an entity; the last few answers are kept."""
        flow = self._flows.get(outcome)
        if flow is None:
            flow = flow_to(self.influences, outcome)
            if len(self._flows) >= FLOWS_KEPT:
                self._flows.clear()
            self._flows[outcome] = flow
        return flow

    def flow_from(self, source: int) -> Flow:
        """Return what walks of any length carry from an entity to each other one."""
        return flow_to(self.influences.turned, source)

    @cached_property
    def turned(self) -> Turned:
        """The table of hops turned round."""
        return turned(self.index)

    @cached_property
    def kin_places(self) -> Ints:
        """The places of the hops of kinship."""
        return np.flatnonzero(self.index.hops.role != CAUSAL).astype(np.int32)

    def links(self) -> Iterator[LinkEdge]:
        """Yield all links that the lens sees."""
        causal = (self.index.hops.role == CAUSAL) & (self.belief > 0)
        return (LinkEdge(self, place) for place in np.flatnonzero(causal).tolist())

    def touching(self, entity: str) -> list[LinkEdge]:
        """Return the links that lead from or to an entity, in their order."""
        roles = self.index.hops.role
        return [
            LinkEdge(self, hop)
            for hop in self._at(entity)
            if roles[hop] == CAUSAL and self.belief[hop] > 0
        ]

    def kin_at(self, entity: str) -> list[KinHop]:
        """Return the hops of kinship that lead from or to an entity, in their order."""
        roles = self.index.hops.role
        return [self.kin_hop(hop) for hop in self._at(entity) if roles[hop] != CAUSAL]

    def neighbour_count(self, entity: str) -> int:
        """Return how many other entities links that the lens sees, and kinship, lead from or to."""
        place = self.index.entities.place(entity)
        if place is None:
            return 0
        hops, out, into = self.index.hops, self.index.out, self.index.into
        going = np.arange(out[place], out[place + 1])
        coming = self.index.coming[into[place] : into[place + 1]]
        ends = (
            hops.object[going[self.belief[going] > 0]],
            hops.subject[coming[self.belief[coming] > 0]],
        )
        others = np.unique(np.concatenate(ends))
        return int(np.count_nonzero(others != place))

    def _at(self, entity: str) -> list[int]:
        place = self.index.entities.place(entity)
        if place is None:
            return []
        out, into = self.index.out, self.index.into
        coming = self.index.coming[into[place] : into[place + 1]].tolist()
        return sorted({*range(out[place], out[place + 1]), *coming})

    def key(self, hop: int) -> LinkKey:
        """Return what the link at a place says."""
        hops, entities = self.index.hops, self.index.entities
        return LinkKey(
            subject=entities[int(hops.subject[hop])],
            object=entities[int(hops.object[hop])],
            sign=int(hops.sign[hop]),
            side=SIDE_OF_KIND[int(hops.kind[hop])],
            aspect=ASPECTS[int(hops.aspect[hop])],
        )

    def kin_hop(self, hop: int) -> KinHop:
        """Return the hop of kinship at a place."""
        hops, entities = self.index.hops, self.index.entities
        return KinHop(
            subject=entities[int(hops.subject[hop])],
            object=entities[int(hops.object[hop])],
            sign=int(hops.sign[hop]),
            matched_for=int(hops.matched_for[hop]),
            name=KINDS[int(hops.kind[hop])],
            outcome_side=int(hops.role[hop]) == KIN_AT_THE_END,
        )

    def edges_of(self, hop: int) -> Rows:
        """Return the rows of the edges that carry a link, most reliable first."""
        first = int(self.index.first_edge[hop])
        return first + np.flatnonzero(self.seen[first : int(self.index.first_edge[hop + 1])])


def make_lens(index: Index, *, candidates: bool, background: bool) -> Lens:
    """Return the index as a question with these settings sees it."""
    edges, hops = index.edges, index.hops
    seen = edges.status == STATUSES.index(Status.ACCEPTED)
    if candidates:
        seen |= edges.status == STATUSES.index(Status.CANDIDATE)
    if not background:
        seen &= ~np.isin(edges.epistemic, [EPISTEMICS.index(one) for one in BESIDE])
    rows = np.flatnonzero(seen)
    share = np.zeros(len(seen))
    reliability = edges.reliability[rows]
    share[rows] = shares(
        edges.hop[rows], edges.paper[rows], edges.claim[rows], reliability, index.bylines
    )
    strength = combined(edges.hop[rows], share[rows], reliability, links=len(hops))
    pair = np.zeros(len(hops), dtype=np.int32)
    changed = (np.diff(hops.subject) != 0) | (np.diff(hops.object) != 0)
    np.cumsum(changed, out=pair[1:])
    belief = against(strength, opposed(pair, hops.sign, strength))
    belief[hops.role != CAUSAL] = KINSHIP_BELIEF
    cost = cost_of(belief)
    cost[(hops.sign == 0) | (hops.subject == hops.object)] = UNSEARCHED
    return Lens(index, seen, share, belief, cost)


class Lenses:
    """The lenses of one index, each made when it is first asked for."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._made: dict[tuple[bool, bool], Lens] = {}

    def lens(self, *, candidates: bool, background: bool) -> Lens:
        """Return the index as a question with these settings sees it."""
        wanted = (candidates, background)
        made = self._made.get(wanted)
        if made is None:
            made = self._made[wanted] = make_lens(
                self.index, candidates=candidates, background=background
            )
            give_back()
        return made
