"""Net influence: what all signed walks to an outcome add up to.

A link weighs its belief as a share of all that leads into its object, so that a hub's many inputs
share its influence and no column sums to more than 1: the spectral radius is at most 1, and every
:data:`DAMPING` below 1 converges. Loops and feedback count, as they do not on simple paths.

How surely the sign of a prediction is right is told by short walks alone: :func:`leaning_to`.
"""

from dataclasses import dataclass
from math import tanh
from typing import TYPE_CHECKING

import numpy as np

from app.reasoning.columns import Floats
from app.reasoning.hops import CAUSAL, Hops

if TYPE_CHECKING:
    from scipy import sparse

DAMPING = 0.8
LEANING = (0.7, 0.25, 0.2)
"""What walks of two, three and four hops weigh in the log-odds of a sign (decision 0029)."""

COMMITS_FROM = 0.85
"""The chance from which a prediction commits to its sign."""

PRECISION = 1e-9
"""The greatest weight, for any one entity, of the longer walks that are left out."""


@dataclass(frozen=True, slots=True)
class Influences:
    """How a lens's entities influence one another, one link at a time: ``[subject, object]``."""

    net: "sparse.csr_array"
    total: "sparse.csr_array"

    @property
    def turned(self) -> "Influences":
        """The same, ``[object, subject]``: what flows to an entity in it flows from it here."""
        return Influences(self.net.T.tocsr(), self.total.T.tocsr())


@dataclass(frozen=True, slots=True)
class Flow:
    """What walks of any length carry from each entity to one outcome.

    ``net`` is the damped sum of the walks' signed weights, ``total`` that of their weights.
    """

    net: Floats
    total: Floats

    def influence(self, entity: int, change: int) -> float:
        """Return what changing an entity does to the outcome: above 0 it rises."""
        return float(change * self.net[entity])

    @property
    def strength(self) -> Floats:
        """For each entity its net influence, weighed by how far its walks agree about the sign.

        ``net * |net| / total``: where walks of both signs compete, little is left.
        """
        there = self.total > 0
        strength = np.zeros_like(self.net)
        strength[there] = self.net[there] * np.abs(self.net[there]) / self.total[there]
        return strength


def influences_of(hops: Hops, belief: Floats, entities: int) -> Influences:
    """Return the weights of all signed links; of parallel ones of a sign the surest counts."""
    from scipy import sparse

    rows = np.flatnonzero((hops.role == CAUSAL) & (hops.sign != 0) & (belief > 0))
    subject, target, sign = hops.subject[rows], hops.object[rows], hops.sign[rows]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (np.diff(subject) != 0) | (np.diff(target) != 0) | (np.diff(sign) != 0)
    starts = np.flatnonzero(first)
    surest = np.zeros(0)
    if len(starts):
        surest = np.maximum.reduceat(belief[rows], starts)
    subject, target, sign = subject[starts], target[starts], sign[starts]
    weight = surest / np.bincount(target, surest, minlength=entities)[target]
    shape = (entities, entities)
    return Influences(
        net=sparse.csr_array((weight * sign, (subject, target)), shape=shape),
        total=sparse.csr_array((weight, (subject, target)), shape=shape),
    )


def flow_to(influences: Influences, outcome: int, damping: float = DAMPING) -> Flow:
    """Return what reaches ``outcome`` from everywhere; walks of no step do not count."""
    return Flow(
        net=_damped_sum(influences.net, outcome, damping),
        total=_damped_sum(influences.total, outcome, damping),
    )


def leaning_to(influences: Influences, outcome: int) -> Floats:
    """Return for each entity the log-odds that raising it raises ``outcome``.

    Of the walks of each length it counts those of either sign, and takes their difference over the
    square root of their number; links straight to the outcome do not count.
    """
    signs, steps = influences.net.sign(), influences.net.sign().power(2)
    net, total = np.zeros(signs.shape[0]), np.zeros(signs.shape[0])
    net[outcome] = total[outcome] = 1.0
    net, total = signs @ net, steps @ total
    leaning: Floats = np.zeros_like(net)
    for weight in LEANING:
        net, total = signs @ net, steps @ total
        leaning += weight * net / np.sqrt(np.maximum(total, 1.0))
    return leaning


def chance_of(log_odds: float) -> float:
    """Return the chance that goes with log-odds."""
    return 0.5 * (1.0 + tanh(log_odds / 2.0))


def _damped_sum(weights: "sparse.csr_array", outcome: int, damping: float) -> Floats:
    term = np.zeros(weights.shape[0])
    term[outcome] = 1.0
    found = np.zeros_like(term)
    # Towards an outcome no step carries more in sum than there was, away from one no entity gets
    # more than the greatest had: so what all longer walks add is at most the geometric series.
    rest = damping / (1.0 - damping)
    while rest * np.abs(term).sum() > PRECISION:
        term = damping * (weights @ term)
        found += term
    return found
