"""Which node of a network acts on which, with sign and with what is known of its side."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.reasoning.columns import Flags, Floats, Ints

NOTHING = -1
"""In the place of the arc that an arc is required for."""


@dataclass(frozen=True, slots=True)
class Arc:
    """One regulator of one node, by their places among the nodes.

    ``needed``: shown by loss of function, so losing the regulator decides. ``enough``: shown by
    gain of function, so gaining it decides. ``weight`` says how surely the arc holds against one
    of the opposite sign between the same nodes. ``required_by`` is the source of another arc into
    the same target that acts only together with this one (rule 6 of the rules of reading).
    """

    source: int
    target: int
    negative: bool
    needed: bool = False
    enough: bool = False
    weight: float = 1.0
    required_by: int | None = None


@dataclass(frozen=True, slots=True)
class Wiring:
    """The arcs of a network, sorted by target, source and sign, each once.

    Those into node ``v`` stand in ``first[v]`` up to ``first[v + 1]``. A node without any keeps its
    state: it is an *input*. ``rival`` is the arc of the opposite sign between the same nodes and
    ``partner`` the arc that an arc is required for (:data:`NOTHING` where there is none).
    """

    nodes: int
    first: Ints
    source: Ints
    negative: Flags
    needed: Flags
    enough: Flags
    weight: Floats
    rival: Ints
    partner: Ints

    @property
    def inputs(self) -> Flags:
        """Which nodes have no regulator."""
        inputs: Flags = np.diff(self.first) == 0
        return inputs

    @property
    def target(self) -> Ints:
        """The target of each arc."""
        return np.repeat(np.arange(self.nodes, dtype=np.int32), np.diff(self.first))


def wire(nodes: int, arcs: Iterable[Arc]) -> Wiring:
    """Return the wiring of ``nodes`` nodes; what several arcs say of the same pair is joined."""
    joined: dict[tuple[int, int, bool], Arc] = {}
    for arc in arcs:
        key = (arc.target, arc.source, arc.negative)
        joined[key] = _both(joined[key], arc) if key in joined else arc
    keys = sorted(joined)
    place = {key: number for number, key in enumerate(keys)}
    every = [joined[key] for key in keys]
    counts = np.bincount(np.array([arc.target for arc in every], dtype=np.int64), minlength=nodes)
    first = np.zeros(nodes + 1, dtype=np.int32)
    np.cumsum(counts, out=first[1:])
    rivals = [place.get((arc.target, arc.source, not arc.negative), NOTHING) for arc in every]
    return Wiring(
        nodes=nodes,
        first=first,
        source=np.array([arc.source for arc in every], dtype=np.int32),
        negative=np.array([arc.negative for arc in every], dtype=np.bool_),
        needed=np.array([arc.needed for arc in every], dtype=np.bool_),
        enough=np.array([arc.enough for arc in every], dtype=np.bool_),
        weight=np.array([arc.weight for arc in every], dtype=np.float64),
        rival=np.array(rivals, dtype=np.int32),
        partner=np.array([_partner(arc, place) for arc in every], dtype=np.int32),
    )


def _both(one: Arc, other: Arc) -> Arc:
    return Arc(
        one.source,
        one.target,
        one.negative,
        one.needed or other.needed,
        one.enough or other.enough,
        max(one.weight, other.weight),
        one.required_by if one.required_by is not None else other.required_by,
    )


def _partner(arc: Arc, place: dict[tuple[int, int, bool], int]) -> int:
    """Return the place of the arc that this one is required for: the relation has its sign."""
    if arc.required_by is None or arc.required_by == arc.source:
        return NOTHING
    return place.get((arc.target, arc.required_by, arc.negative), NOTHING)
