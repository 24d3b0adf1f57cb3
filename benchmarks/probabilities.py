"""How good probabilities are: Brier score, log loss, calibration; and how sure a difference is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.extraction.intervals import Figure, wilson

Chances = NDArray[np.float64]
Flags = NDArray[np.bool_]

SURE = 1e-6
"""Log loss takes no probability nearer to 0 or 1, so that one error is not infinitely bad."""

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of about the same probability: how many, what is promised, and what is right."""

    cases: int
    promised: float
    right: Figure


def brier(chances: Chances, right: Flags) -> float:
    """Return the mean squared distance between probability and truth."""
    return float(np.mean((chances - right) ** 2))


def log_loss(chances: Chances, right: Flags) -> float:
    """Return the mean negative logarithm of the probability of what is true."""
    clipped = np.clip(chances, SURE, 1 - SURE)
    return float(-np.mean(np.log(np.where(right, clipped, 1 - clipped))))


def curve(chances: Chances, right: Flags, bins: int = BINS) -> list[Bin]:
    """Return the calibration curve over bins of equal width, empty ones left out."""
    place = np.minimum((chances * bins).astype(int), bins - 1)
    return [
        Bin(
            int(inside.sum()),
            float(chances[inside].mean()),
            wilson(int(right[inside].sum()), int(inside.sum())),
        )
        for each in range(bins)
        for inside in [place == each]
        if inside.any()
    ]


def calibration_error(chances: Chances, right: Flags, bins: int = BINS) -> float:
    """Return the mean distance between what the bins promise and what is right in them."""
    found = curve(chances, right, bins)
    distance = sum(one.cases * abs(one.promised - one.right.value) for one in found)
    return distance / len(chances)


def folds(documents: Sequence[str], number: int, seed: int = 1) -> Iterator[Flags]:
    """Yield what each fold leaves out; the cases of one document are in one fold."""
    names, place = np.unique(np.array(documents), return_inverse=True)
    fold = np.random.default_rng(seed).permutation(len(names)) % number
    for each in range(number):
        yield fold[place] == each


def difference(
    one: Chances, other: Chances, right: Flags, documents: Sequence[str], draws: int = 5000
) -> Figure:
    """Return by how much the first's Brier score is above the other's, with its 95 % interval.

    The interval comes from drawing whole documents with replacement.
    """
    gap = (one - right) ** 2 - (other - right) ** 2
    _, place = np.unique(np.array(documents), return_inverse=True)
    sums, sizes = np.bincount(place, gap), np.bincount(place)
    weights = np.random.default_rng(1).multinomial(
        len(sizes), np.full(len(sizes), 1 / len(sizes)), size=draws
    )
    low, high = np.percentile((weights @ sums) / (weights @ sizes), [2.5, 97.5])
    return Figure(float(gap.mean()), float(low), float(high))
