"""Confidence intervals: Wilson's for proportions, a bootstrap over documents for F."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z = 1.959963984540054
SEED = 20261124
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in [0, 1] with its 95 % confidence interval; all NaN where nothing was counted."""

    value: float
    low: float
    high: float


NOTHING = Figure(math.nan, math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Counts:
    """What one document adds: right and all of what was read, found and all of what is wanted."""

    right: int = 0
    read: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.right + other.right,
            self.read + other.read,
            self.found + other.found,
            self.wanted + other.wanted,
        )


def wilson(hits: int, total: int) -> Figure:
    """Return a proportion with its Wilson score interval."""
    if total == 0:
        return NOTHING
    share = hits / total
    centre = share + Z * Z / (2 * total)
    margin = Z * math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    return Figure(share, max(0.0, (centre - margin) / scale), min(1.0, (centre + margin) / scale))


def f_score(documents: Sequence[Counts], draws: int = DRAWS, seed: int = SEED) -> Figure:
    """Return F1 over all documents, with a percentile bootstrap that draws whole documents."""
    table = np.array(
        [(c.right, c.read, c.found, c.wanted) for c in documents], dtype=np.float64
    ).reshape(-1, 4)
    value = float(_f_of(table.sum(axis=0)))
    if math.isnan(value):
        return NOTHING
    generator = np.random.default_rng(seed)
    weights = generator.multinomial(len(table), np.full(len(table), 1 / len(table)), size=draws)
    drawn = _f_of(weights @ table)
    drawn = drawn[~np.isnan(drawn)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(value, float(low), float(high))


def _f_of(sums: np.ndarray) -> np.ndarray:
    right, read, found, wanted = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.where(read > 0, right / read, np.nan)
        recall = np.where(wanted > 0, found / wanted, np.nan)
        both = precision + recall
        score = np.where(both > 0, 2 * precision * recall / both, 0.0)
    # Nothing read is an F of 0 where something was wanted; nothing wanted and nothing read is none.
    return np.where(np.isnan(both), np.where(read + wanted > 0, 0.0, np.nan), score)
