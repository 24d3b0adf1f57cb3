"""The part of a graph that matters to an outcome, as the wiring of a network."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from app.model.edge_columns import ASPECTS
from app.model.vocabulary import Effect, Side
from app.reasoning.belief import KINSHIP_BELIEF
from app.reasoning.columns import Flags, Floats, Rows
from app.reasoning.effects import admits_aspect
from app.reasoning.flow import Flow
from app.reasoning.hops import CAUSAL, KIN_AT_THE_END, KINDS, SIDE_OF_KIND
from app.reasoning.lens import Lens
from app.reasoning.simulation.wiring import Arc, Wiring, wire

UPWARDS = frozenset(KINDS.index(kind) for kind in ("member of", "narrower", "obligate subunit of"))
"""Memberships that act: what a member does reaches the whole, and never the other way."""

_OBLIGATE = KINDS.index("obligate subunit of")


@dataclass(frozen=True, slots=True)
class Fact:
    """What the claims of a link say beside its sign and side.

    ``decides`` is false where all of them are partial: such a link contributes and decides nothing
    (rule 8). ``required_by`` is the place of the entity whose effect the subject is required for
    (rule 6).
    """

    decides: bool = True
    required_by: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Subgraph:
    """The entities that matter to an outcome and the links among them.

    ``places`` are the entities' places in the index, ascending; ``hops`` those of the links.
    ``left_out`` counts the entities that reach the outcome and are not here, ``cut`` the links
    from one of those to one of these.
    """

    lens: Lens
    places: Rows
    outcome: int
    hops: Rows
    left_out: int
    cut: int
    lean: Floats

    def node(self, place: int) -> int | None:
        """Return the node of an entity of the index; None if it is not here."""
        at = self.at(place)
        return at if at < len(self.places) and self.places[at] == place else None

    def at(self, place: int) -> int:
        """Return the node of an entity that is here."""
        return int(np.searchsorted(self.places, place))

    def ends(self, hop: int) -> tuple[int, int]:
        """Return the nodes that a link leads from and to."""
        table = self.lens.index.hops
        return self.at(int(table.subject[hop])), self.at(int(table.object[hop]))

    @property
    def names(self) -> tuple[str, ...]:
        """The entities' ids, node by node."""
        return tuple(self.lens.index.entities[place] for place in self.places.tolist())

    def wiring(self, facts: Mapping[int, Fact]) -> Wiring:
        """Return the network's wiring; ``facts`` are by the places of the links."""
        return wire(len(self.places), (self._arc(hop, facts) for hop in self.hops.tolist()))

    def _arc(self, hop: int, facts: Mapping[int, Fact]) -> Arc:
        table, fact = self.lens.index.hops, facts.get(hop, Fact())
        kind = int(table.kind[hop])
        side = SIDE_OF_KIND.get(kind)
        source, target = self.ends(hop)
        required = None if fact.required_by is None else self.node(fact.required_by)
        return Arc(
            source=source,
            target=target,
            negative=bool(table.sign[hop] < 0),
            needed=fact.decides and (side is Side.LOSS or kind == _OBLIGATE),
            enough=fact.decides and side is Side.GAIN,
            weight=float(self.lens.belief[hop]),
            required_by=required,
        )


def subgraph(
    lens: Lens, outcome: int, effect: Effect, always: Collection[int], size: int
) -> Subgraph:
    """Return the ``size`` entities of the greatest net influence on ``outcome``, and its links.

    ``always`` are entities that belong to it whatever their influence. Into the outcome lead only
    links of an aspect that the effect admits.
    """
    acting = _acting(lens, outcome, effect)
    influence = _influence(lens, lens.flow_to(outcome), acting)
    fixed = {outcome, *always}
    strongest = np.lexsort((np.arange(len(influence)), -np.abs(influence)))
    reaching = strongest[influence[strongest] != 0].tolist()
    free = [place for place in reaching if place not in fixed]
    places = np.array(sorted({*fixed, *free[: max(size - len(fixed), 0)]}), dtype=np.intp)
    here = np.zeros(len(influence), dtype=np.bool_)
    here[places] = True
    hops = lens.index.hops
    into, out_of = here[hops.object], here[hops.subject]
    lean = influence[places]
    lean[places == outcome] = 1.0
    return Subgraph(
        lens=lens,
        places=places,
        outcome=int(np.searchsorted(places, outcome)),
        hops=np.flatnonzero(acting & into & out_of),
        left_out=int(np.count_nonzero((influence != 0) & ~here)),
        cut=int(np.count_nonzero(acting & into & ~out_of)),
        lean=lean,
    )


def _influence(lens: Lens, flow: Flow, acting: Flags) -> Floats:
    """Return each entity's net influence; a member without one has a share of its whole's."""
    hops = lens.index.hops
    influence = flow.net.copy()
    for hop in np.flatnonzero(acting & (hops.role != CAUSAL)).tolist():
        member, whole = int(hops.subject[hop]), int(hops.object[hop])
        share = KINSHIP_BELIEF * float(hops.sign[hop]) * float(flow.net[whole])
        if flow.total[member] == 0 and abs(share) > abs(influence[member]):
            influence[member] = share
    return influence


def _acting(lens: Lens, outcome: int, effect: Effect) -> Flags:
    """Return which hops act in a network: signed links and memberships of a known role."""
    hops = lens.index.hops
    signed = (hops.sign != 0) & (lens.belief > 0)
    memberships = (hops.role != CAUSAL) & np.isin(hops.kind, sorted(UPWARDS))
    narrower = (hops.role == KIN_AT_THE_END) & (hops.object != outcome)
    admitted = [code for code, aspect in enumerate(ASPECTS) if admits_aspect(effect, aspect)]
    fits = (hops.object != outcome) | (hops.role != CAUSAL) | np.isin(hops.aspect, admitted)
    acting: Flags = signed & ((hops.role == CAUSAL) | memberships) & fits & ~narrower
    return acting
