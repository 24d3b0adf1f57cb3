"""Which read claim is which gold claim: spans that share a word, and a one-to-one assignment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.extraction.levels import same_sign
from benchmarks.extraction.units import Pair, Said, Spans

_WORD = re.compile(r"[^\W_]+")
HOLLOW = frozenset(
    "a an the of in on by to for and or with its their this that these those from as at into "
    "expression activity activation level levels function functions protein proteins gene genes "
    "pathway pathways signaling signalling cell cells inhibitor inhibitors loss effect "
    "effects".split()
)
"""Words that many entities share: spans that meet in no other word name different things."""


@dataclass(frozen=True, slots=True)
class Match:
    """A read claim and the gold claim that it was assigned; ``read`` may be its alternative."""

    gold: int
    index: int
    read: Said


def shares_word(text: str, one: Pair, other: Pair) -> bool:
    """Tell whether two spans overlap in a word that names something.

    Where both consist of hollow words only, any overlap will do: "its", "this pathway".
    """
    start, end = max(one[0], other[0]), min(one[1], other[1])
    if start >= end:
        return False
    if not any(_solid(text[slice(*span)]) for span in (one, other)):
        return True
    return _solid(text[start:end])


def _solid(words: str) -> bool:
    return any(word.lower() not in HOLLOW for word in _WORD.findall(words))


def closeness(text: str, ones: Spans, others: Spans) -> float:
    """Return the best share of overlap between two sets of spans, 0 where none shares a word."""
    return max(
        (_jaccard(a, b) for a in ones for b in others if shares_word(text, a, b)), default=0.0
    )


def _jaccard(one: Pair, other: Pair) -> float:
    overlap = min(one[1], other[1]) - max(one[0], other[0])
    return overlap / (max(one[1], other[1]) - min(one[0], other[0]))


def pair_closeness(text: str, gold: Said, read: Said) -> float:
    """Return how closely agent and outcome meet, in (0, 1]; 0 where either does not."""
    ways = [(read.agent, read.outcome)]
    if not gold.directed:
        ways.append((read.outcome, read.agent))
    best = 0.0
    for agent, outcome in ways:
        near = closeness(text, gold.agent, agent), closeness(text, gold.outcome, outcome)
        if min(near) > 0:
            best = max(best, sum(near) / 2)
    return best


def assign(text: str, golds: Sequence[Said], reads: Sequence[Said]) -> list[Match]:
    """Pair read and gold claims one to one, so that as much as possible agrees.

    A doubtful gold claim takes what no other one wants; among equals the right sign, then the
    agreement of the other slots, then the closeness of the spans decides.
    """
    if not golds or not reads:
        return []
    worth = np.zeros((len(golds), len(reads)))
    chosen: dict[tuple[int, int], Said] = {}
    for g, gold in enumerate(golds):
        for r, read in enumerate(reads):
            best = max((read, *read.alternatives), key=lambda way: _worth(text, gold, way))
            worth[g, r] = _worth(text, gold, best)
            chosen[g, r] = best
    rows, columns = linear_sum_assignment(-worth)
    return [
        Match(int(g), int(r), chosen[int(g), int(r)])
        for g, r in zip(rows, columns, strict=True)
        if worth[g, r] > 0
    ]


def assign_repeated(text: str, golds: Sequence[Said], reads: Sequence[Said]) -> list[Match]:
    """Give each read claim its best gold claim; a gold claim may be found several times."""
    found = []
    for r, read in enumerate(reads):
        ways = [
            (_worth(text, gold, way), g, way)
            for g, gold in enumerate(golds)
            for way in (read, *read.alternatives)
        ]
        worth, g, way = max(ways, key=lambda item: item[0], default=(0.0, 0, read))
        if worth > 0:
            found.append(Match(g, r, way))
    return found


def _worth(text: str, gold: Said, read: Said) -> float:
    near = pair_closeness(text, gold, read)
    if near == 0:
        return 0.0
    pair = 1.0 if gold.doubtful else 1000.0
    slots = sum(
        mine == theirs
        for mine, theirs in (
            (gold.labels.perturbation, read.labels.perturbation),
            (gold.labels.aspect, read.labels.aspect),
            (gold.labels.predicate, read.labels.predicate),
        )
    )
    return pair + 10.0 * same_sign(gold, read) + slots + near
