"""How far confidences can be trusted: scores of stated probabilities against what was right."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.extraction.intervals import DRAWS, SEED, Figure, wilson

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

BINS = 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of like confidence: how many, what they promised on average, and what was right."""

    number: int
    promised: float
    right: int

    @property
    def kept(self) -> Figure:
        """The share that was right, with Wilson's interval."""
        return wilson(self.right, self.number)


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of confidences, better when lower.

    ``error`` is the expected calibration error, ``chance`` what it would be on average if every
    claim were right with exactly the probability told.
    """

    brier: float
    log_loss: float
    error: float
    chance: float


def bins(told: Floats, right: Floats, number: int = BINS) -> list[Bin]:
    """Return ``number`` bins of about as many claims each, least sure first.

    Claims of one confidence stay in one bin, so that there may be fewer bins; none without claims.
    """
    order = np.argsort(told, kind="stable")
    number = min(number, len(told))
    edges = [round(k * len(told) / number) for k in range(1, number)]
    cuts = sorted({int(np.searchsorted(told[order], told[order][edge])) for edge in edges})
    return [
        Bin(len(part), float(told[part].mean()), int(right[part].sum()))
        for part in np.split(order, cuts)
        if len(part)
    ]


def calibration_error(told: Floats, right: Floats) -> float:
    """Return the mean distance of what bins promise from what they keep, weighted by claims."""
    parts = bins(told, right)
    return sum(abs(one.promised * one.number - one.right) for one in parts) / len(told)


def scores(told: Floats, right: Floats) -> Scores:
    """Return the scores of confidences, each within (0, 1), against 0 or 1 for wrong or right."""
    generator = np.random.default_rng(SEED)
    drawn = [
        calibration_error(told, (generator.random(len(told)) < told).astype(float))
        for _ in range(DRAWS)
    ]
    return Scores(
        brier=float(np.mean((told - right) ** 2)),
        log_loss=float(np.mean(losses(told, right))),
        error=calibration_error(told, right),
        chance=float(np.mean(drawn)),
    )


def losses(told: Floats, right: Floats) -> Floats:
    """Return the log loss of each claim."""
    return -np.log(np.where(right > 0, told, 1.0 - told))


def ranking(told: Floats, right: Floats, folds: Numbers) -> float:
    """Return in how many pairs of a right and a wrong claim the right one is the surer.

    Ties count half. Only claims of one fold are compared: those of two are told by two models.
    NaN where there is no such pair.
    """
    won = pairs = 0.0
    for fold in np.unique(folds):
        here = folds == fold
        good, bad = told[here & (right > 0)], told[here & (right == 0)]
        gaps = good[:, None] - bad[None, :]
        won += float(np.sum(gaps > 0) + 0.5 * np.sum(gaps == 0))
        pairs += gaps.size
    return won / pairs if pairs else math.nan


def difference(ones: Floats, others: Floats, documents: Sequence[str]) -> Figure:
    """Return the mean of ``ones`` minus that of ``others``, with a bootstrap over documents."""
    names, index = np.unique(np.array(documents), return_inverse=True)
    gaps = np.bincount(index, weights=ones - others, minlength=len(names))
    sizes = np.bincount(index, minlength=len(names))
    generator = np.random.default_rng(SEED)
    share = np.full(len(names), 1 / len(names))
    weights = generator.multinomial(len(names), share, size=DRAWS)
    drawn = (weights @ gaps) / (weights @ sizes)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(float(gaps.sum() / sizes.sum()), float(low), float(high))
