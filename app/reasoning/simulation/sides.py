"""Which sides the rules of a network took, and which unknown side changes the effect most."""

from dataclasses import dataclass

import numpy as np

from app.model.vocabulary import Side
from app.reasoning.columns import Flags, Floats
from app.reasoning.simulation.draw import Rules
from app.reasoning.simulation.wiring import Wiring

CLEAR = 2.0
"""Standard errors by which two groups of networks must differ before the difference is told."""

FEWEST = 5
"""Networks that each group must have."""


@dataclass(frozen=True, slots=True)
class DecidingSide:
    """The unknown side that an effect hangs on most.

    ``arc`` is a place in the wiring; ``if_decides`` the effect in the networks in which losing (or
    gaining) the regulator decides, ``if_not`` in the others, ``error`` the standard error of their
    difference.
    """

    arc: int
    side: Side
    if_decides: float
    if_not: float
    error: float

    @property
    def difference(self) -> float:
        """How much the answer changes the effect."""
        return self.if_decides - self.if_not


def sides_taken(rules: Rules, arcs: int) -> tuple[Flags, Flags]:
    """Return, for each arc of the wiring, whether its loss decides in this network, and its gain.

    An arc that the network does not follow decides nothing.
    """
    loss, gain = np.zeros(arcs, dtype=np.bool_), np.zeros(arcs, dtype=np.bool_)
    for node in range(len(rules.first) - 1):
        off = on = True
        last = rules.first[node + 1] - 1
        for rule in range(rules.first[node], last + 1):
            if rule < last:
                off, on = off and bool(rules.both[rule]), on and not rules.both[rule]
            negative = bool(rules.negative[rule])
            loss[rules.arc[rule]] = on if negative else off
            gain[rules.arc[rule]] = off if negative else on
    return loss, gain


def deciding_side(wiring: Wiring, effects: Floats, loss: Flags, gain: Flags) -> DecidingSide | None:
    """Return the unknown side on which one intervention's effect hangs most; None if on none.

    ``effects`` is one figure a network, ``loss`` and ``gain`` are ``[network, arc]``. A node's
    only regulator has both sides in every network, so it is never named.
    """
    best: DecidingSide | None = None
    for side, known, took in (
        (Side.LOSS, wiring.needed, loss),
        (Side.GAIN, wiring.enough, gain),
    ):
        for arc in np.flatnonzero(~known):
            one = _compared(int(arc), side, effects, took[:, arc])
            if one is not None and (best is None or abs(one.difference) > abs(best.difference)):
                best = one
    return best


def _compared(arc: int, side: Side, effects: Floats, decides: Flags) -> DecidingSide | None:
    here, there = effects[decides], effects[~decides]
    if min(len(here), len(there)) < FEWEST:
        return None
    error = float(np.sqrt(here.var(ddof=1) / len(here) + there.var(ddof=1) / len(there)))
    found = DecidingSide(arc, side, float(here.mean()), float(there.mean()), error)
    return found if abs(found.difference) > CLEAR * error else None
