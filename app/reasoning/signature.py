"""Which interventions explain or reverse a signature: many entities, each up or down.

What raising an entity is predicted to do is its net influence on each measured entity: the damped
sum over all signed walks of a bounded length (:mod:`app.reasoning.flow`); lowering it does the
opposite. An intervention explains a signature as far as this correlates with the weights (Pearson,
over all that was measured). How far it would by chance is told by dealing the
weights out anew among the measured entities; p values are corrected for the number of interventions
by the step-down maxT procedure of Westfall and Young (1993; algorithm 4.1 of Ge, Dudoit and Speed,
Test 12:1, 2003), which keeps the dependence between interventions.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.reasoning.columns import Floats, Rows
from app.reasoning.engine import Stop
from app.reasoning.flow import DAMPING
from app.reasoning.lens import Lens

if TYPE_CHECKING:
    from scipy import sparse

AT_ONCE = 256
"""Measured entities, or dealings, that are worked on together."""

LEAST = 1e-12
"""A spread below this is none."""


class Stopped(Exception):
    """The computation was told to stop before its end."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The entities that were measured, by place, each once; ``weight`` 0 is unchanged."""

    places: Rows
    weight: Floats


@dataclass(frozen=True, slots=True)
class Fits:
    """How well each tested entity fits, best first; ``change`` (+1 or -1) is the one that fits.

    ``correlation`` is that with this change, so that it is never below 0. ``p`` counts the dealings
    in which one of the two changes fits as well, ``adjusted`` is corrected for the number of tests.
    ``predicted`` has a row for each, what its change does to each measured entity.
    """

    entity: Rows
    change: Rows
    correlation: Floats
    p: Floats
    adjusted: Floats
    predicted: "sparse.csr_array"


def predictions(lens: Lens, places: Rows, max_hops: int, stop: Stop) -> "sparse.csr_array":
    """Return what raising each entity does to each measured one, ``[entity, measured]``.

    Above 0 it rises. An entity says nothing about itself. Raises :class:`Stopped`.
    """
    from scipy import sparse

    weights, blocks = lens.influences.net, []
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE]
        term = sparse.csr_array(
            (np.ones(len(some)), (some, np.arange(len(some)))), shape=(weights.shape[0], len(some))
        )
        total = sparse.csr_array(term.shape)
        for _ in range(max_hops):
            if stop:
                raise Stopped
            term = DAMPING * (weights @ term)
            total = total + term
        blocks.append(total)
    whole = sparse.hstack(blocks, format="coo")
    kept = (places[whole.col] != whole.row) & (np.abs(whole.data) > LEAST)
    return sparse.csr_array(
        (whole.data[kept], (whole.row[kept], whole.col[kept])), shape=whole.shape
    )


def fits(
    predicted: "sparse.csr_array",
    measured: Measured,
    *,
    explain: bool,
    permutations: int,
    seed: int,
    stop: Stop,
) -> Fits:
    """Return how well each intervention explains, or else reverses, what was measured.

    Entities that are predicted to change nothing of it, or all of it alike, are not tested.
    Raises :class:`Stopped`.
    """
    count = len(measured.places)
    mean = np.asarray(predicted.sum(axis=1)).ravel() / count
    square = np.asarray(predicted.power(2).sum(axis=1)).ravel() / count
    spread = np.sqrt(np.maximum(square - mean**2, 0.0))
    tested = np.flatnonzero(spread > LEAST)
    rows, scale = predicted[tested], spread[tested] * count
    weight = measured.weight - measured.weight.mean()
    weight = weight / weight.std() * (1.0 if explain else -1.0)
    signed = np.round((rows @ weight) / scale, 12)
    order = np.lexsort((tested, -np.abs(signed)))
    rows, scale, tested, signed = rows[order], scale[order], tested[order], signed[order]
    found, change = np.abs(signed), np.where(signed < 0, -1, 1)
    alone, together = np.ones(len(tested)), np.ones(len(tested))
    dice = np.random.default_rng(seed)
    for start in range(0, permutations, AT_ONCE):
        if stop:
            raise Stopped
        many = min(AT_ONCE, permutations - start)
        dealt = np.stack([dice.permutation(weight) for _ in range(many)], axis=1)
        chance = np.round(np.abs(rows @ dealt) / scale[:, None], 12)
        alone += (chance >= found[:, None]).sum(axis=1)
        # The greatest of this one and all that fit less well.
        best = np.maximum.accumulate(chance[::-1], axis=0)[::-1]
        together += (best >= found[:, None]).sum(axis=1)
    adjusted = np.maximum.accumulate(together) / (permutations + 1)
    return Fits(
        entity=tested,
        change=change,
        correlation=found,
        p=alone / (permutations + 1),
        adjusted=adjusted,
        predicted=rows.multiply(change[:, None]).tocsr(),
    )
