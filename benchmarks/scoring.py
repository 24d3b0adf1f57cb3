"""How good a ranking is: average precision, R-precision, ROC AUC; ties score their expectation."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]


def score(scores: Sequence[float], works: Sequence[bool]) -> tuple[float, float, float]:
    """Return average precision, R-precision and AUC; scores up to 0 are tied at the bottom."""
    values = np.maximum(np.array(scores), 0.0)
    order = np.argsort(-values, kind="stable")
    values, good = values[order], np.array(works)[order]
    wanted, total = int(good.sum()), len(good)
    precision = exact = above = 0.0
    before, at = 0, 0
    while at < total:
        end = at + int((values[at:] == values[at]).sum())
        tied, hits = end - at, int(good[at:end].sum())
        for place in range(1, tied + 1):
            others = (place - 1) * (hits - 1) / (tied - 1) if tied > 1 else 0
            precision += hits / tied * (before + 1 + others) / (at + place) if hits else 0
        exact += max(0, min(wanted - at, tied)) * hits / tied
        below = (total - end) - int(good[end:].sum())
        above += hits * (below + (tied - hits) / 2)
        before, at = before + hits, end
    return precision / wanted, exact / wanted, above / (wanted * (total - wanted))


def interval(figures: Figures, draws: int = 10_000) -> tuple[float, float]:
    """Return the 95 % interval of the mean over models, by drawing models with replacement."""
    dice = np.random.default_rng(1)
    means = figures[dice.integers(0, len(figures), (draws, len(figures)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def shown(figures: Figures) -> str:
    """Return the means of rows of :func:`score`, the first with its interval."""
    precision, exact, area = figures.mean(axis=0)
    low, high = interval(figures[:, 0])
    return f"{precision:.3f} ({low:.2f}–{high:.2f}) / {exact:.3f} / {area:.3f}"
