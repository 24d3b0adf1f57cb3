"""Fits the weights of confidence to judged claims, and tries them on documents left out.

A logistic regression with an L2 penalty on the weights of groups, rules and features, none on the
intercepts. Each corpus has an intercept of its own, since each judges by a guide of its own; that
of our annotations is the model's. A feature that can only lower confidence is bounded above by 0.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import minimize

from app.extraction.rules.confidence import FREE, NAMES, Features, Weights
from benchmarks.extraction.calibration import Floats, Numbers, losses
from benchmarks.extraction.intervals import SEED

OWN = "own"
"""The annotated sentences, whose claims confidence speaks of."""

GROUPS = ("verb", "adjective", "noun")
FOLDS = 5
DIGITS = 4

FIRST = (187, 235)
"""Claims right and read in sentences that the rules had not met: by version 2 in two batches of 210
(102 of 133), by version 3 in the 300 that were held out for it (85 of 102)."""

SEEN = (643, 713)
"""Claims right and read, by the same rules, in the sentences that they were written on: 268 of 308
and 375 of 405."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim that was read and judged; ``source`` tells by which guide, ``part`` the corpus."""

    source: str
    part: str
    document: str
    rule: str
    group: str
    features: Features
    right: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What was tried: the strength of the penalty, and the sources beside our annotations."""

    penalty: float
    sources: tuple[str, ...]


PENALTIES = (3.0, 10.0, 30.0, 100.0, 300.0)
SOURCES = ((), ("hbp", "reach"), ("hbp", "reach", "cg", "pc", "biored"))
SETTINGS = tuple(Setting(*pair) for pair in product(PENALTIES, SOURCES))


def right_of(rows: Sequence[Row]) -> Floats:
    """Return 1 for each right claim and 0 for each wrong one."""
    return np.array([float(row.right) for row in rows])


def told_by(weights: Weights, rows: Sequence[Row]) -> Floats:
    """Return the confidences that weights give to claims."""
    return np.array([weights.confidence(row.rule, row.group, row.features) for row in rows])


def fit(rows: Sequence[Row], setting: Setting) -> Weights:
    """Return the weights that fit the claims of our annotations and of a setting's sources."""
    kept = [row for row in rows if row.source == OWN or row.source in setting.sources]
    sources = [OWN, *(s for s in setting.sources if any(row.source == s for row in kept))]
    rules = sorted({row.rule for row in kept})
    design = np.hstack(
        [
            np.array([[float(row.source == s) for s in sources] for row in kept]),
            np.array([[float(row.group == g) for g in GROUPS] for row in kept]),
            np.array([[float(row.rule == r) for r in rules] for row in kept]),
            np.array([list(row.features.values().values()) for row in kept]),
        ]
    )
    unbound = len(sources) + len(GROUPS) + len(rules)
    bounds = [(None, None)] * unbound + [(None, None if n in FREE else 0.0) for n in NAMES]
    penalty = np.full(design.shape[1], setting.penalty)
    penalty[: len(sources)] = 0.0
    found = _minimised(design, right_of(kept), penalty, bounds)
    _, groups, of_rules, features = np.split(
        found, [len(sources), len(sources) + len(GROUPS), unbound]
    )
    return Weights(
        intercept=round(float(found[0]), DIGITS),
        groups=_named(GROUPS, groups),
        rules=_named(rules, of_rules),
        features=_named(NAMES, features),
    )


def as_first_read(weights: Weights) -> Weights:
    """Return weights with their level lowered to that of text which the rules have not met.

    Claims in sentences on which the rules were written are right more often than in others. How
    much, in log odds, tell the batches that were scored before anybody looked at them (``FIRST``)
    against the sentences that the same rules were written on (``SEEN``).
    """
    (first, of_first), (seen, of_seen) = FIRST, SEEN
    gap = math.log(seen / (of_seen - seen)) - math.log(first / (of_first - first))
    return weights.model_copy(update={"intercept": round(weights.intercept - gap, DIGITS)})


def _minimised(
    design: Floats,
    right: Floats,
    penalty: Floats,
    bounds: Sequence[tuple[float | None, float | None]],
) -> Floats:
    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = design @ weights
        value = np.sum(np.logaddexp(0.0, logits) - right * logits)
        slope = design.T @ (1.0 / (1.0 + np.exp(-logits)) - right)
        return value + 0.5 * np.sum(penalty * weights**2), slope + penalty * weights

    start = np.zeros(design.shape[1])
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000}
    )
    return np.asarray(found.x, dtype=np.float64)


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    return {name: round(float(v), DIGITS) + 0.0 for name, v in zip(names, values, strict=True)}


def folds(rows: Sequence[Row], number: int = FOLDS) -> dict[str, int]:
    """Return the fold of each document; a document that several corpora hold is in one fold.

    Our documents with a wrong claim, our others and all others are each spread evenly.
    """
    own = {row.document for row in rows if row.source == OWN}
    wrong = {row.document for row in rows if row.source == OWN and not row.right}
    others = {row.document for row in rows} - own
    generator = np.random.default_rng(SEED)
    order = [
        documents[index]
        for documents in (sorted(wrong), sorted(own - wrong), sorted(others))
        for index in generator.permutation(len(documents))
    ]
    return {document: at % number for at, document in enumerate(order)}


def chosen(rows: Sequence[Row], settings: Sequence[Setting] = SETTINGS) -> Setting:
    """Return the setting with the least cross-validated log loss on our annotations."""
    return min(settings, key=lambda setting: _loss(rows, setting))


def _loss(rows: Sequence[Row], setting: Setting) -> float:
    fold = folds(rows)
    total = 0.0
    for number in range(FOLDS):
        training, test = _split(rows, fold, number)
        own = [row for row in test if row.source == OWN]
        if own:
            total += float(losses(told_by(fit(training, setting), own), right_of(own)).sum())
    return total


def _split(rows: Sequence[Row], fold: dict[str, int], number: int) -> tuple[list[Row], list[Row]]:
    training = [row for row in rows if fold[row.document] != number]
    return training, [row for row in rows if fold[row.document] == number]


@dataclass(frozen=True, slots=True)
class Tried:
    """All judged claims, each with what the model and simpler ones said of it unseen.

    ``folds`` are the claims' folds, ``settings`` what each fold chose from its training part.
    """

    rows: tuple[Row, ...]
    folds: Numbers
    told: dict[str, Floats]
    settings: tuple[Setting, ...]

    def part(self, test: Callable[[Row], bool]) -> "Tried":
        """Return what was said of those claims that pass a test."""
        kept = np.array([test(row) for row in self.rows])
        return Tried(
            tuple(row for row in self.rows if test(row)),
            self.folds[kept],
            {name: told[kept] for name, told in self.told.items()},
            self.settings,
        )


MODEL, CONSTANT, RULES = "the model", "one constant", "the mean of each rule"


def cross_validated(rows: Sequence[Row], settings: Sequence[Setting] = SETTINGS) -> Tried:
    """Return what is said of each claim by weights that were fitted without its document."""
    fold = folds(rows)
    tested: list[Row] = []
    told: dict[str, list[Floats]] = {MODEL: [], CONSTANT: [], RULES: []}
    picked = []
    for number in range(FOLDS):
        training, test = _split(rows, fold, number)
        own = [row for row in training if row.source == OWN]
        setting = chosen(training, settings)
        picked.append(setting)
        tested += test
        told[MODEL].append(told_by(fit(training, setting), test))
        told[CONSTANT].append(np.full(len(test), _mean(own)))
        told[RULES].append(_means(own, test))
    return Tried(
        tuple(tested),
        np.array([fold[row.document] for row in tested]),
        {name: np.concatenate(parts) for name, parts in told.items()},
        tuple(picked),
    )


def _mean(rows: Sequence[Row]) -> float:
    return (sum(row.right for row in rows) + 0.5) / (len(rows) + 1)


def _means(training: Sequence[Row], test: Sequence[Row]) -> Floats:
    """Return the share of right claims of each rule, with the mean counted as one more claim."""
    fired = Counter(row.rule for row in training)
    right = Counter(row.rule for row in training if row.right)
    mean = _mean(training)
    return np.array([(right[row.rule] + mean) / (fired[row.rule] + 1) for row in test])
