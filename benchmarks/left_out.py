"""Is a causal link that is held out found again by the rest of the graph, with the right sign?

Every pair of entities whose links agree about the sign is held out once: its links alone
(``link``), or all that the papers say which state it (``paper``). What is left tells a sign, or
leaves it open. Whatever is fitted is fitted on the other graphs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from app.reasoning.columns import Floats
from app.reasoning.flow import COMMITS_FROM, LEANING, Influences, influences_of
from app.reasoning.hops import CAUSAL
from app.reasoning.index import Index
from app.reasoning.lens import make_lens
from benchmarks.curated_graphs import BEL, Curated, curated
from benchmarks.extraction.intervals import Figure

HELD = ("link", "paper")
STEPS = 30
SHORT = 4
LEAST_SHARE = 0.02
"""The least share of pairs that a margin tuned on other graphs must commit on there."""

Numbers = NDArray[np.float64]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Cases:
    """What is known of the pairs that were held out of a graph, a row each.

    ``walks`` has the signed walks of 1, 2, … hops and how many there are of each length; of
    ``shares`` each link weighs its share of what leads into its object, by belief or alike.
    ``there`` says where any walk of at most :data:`SHORT` hops is left.
    """

    graph: str
    pairs: int
    contradictory: int
    sign: Numbers
    document: NDArray[np.int64]
    walks: Numbers
    by_belief: Numbers
    alike: Numbers

    @property
    def there(self) -> NDArray[np.bool_]:
        """Where a walk of two to four hops is left."""
        return np.asarray((self.walks[:, 1, 1:SHORT] > 0).any(axis=1))


def held_out(graph: Curated, how: str) -> Cases:
    """Hold every pair of a graph out once."""
    index = graph.index()
    pairs, contradictory = _pairs(index)
    rows = []
    whole = _influences(index)
    for documents, group in _grouped(pairs, lambda pair: pair.documents if how == "paper" else ()):
        if how == "paper":
            kept = ~np.isin(graph.columns.paper, documents)
            rest = graph.index(kept)
            influences = _influences(rest)
        else:
            rest, influences = index, whole
        for pair in group:
            ends = [rest.entities.place(index.entities[end]) for end in (pair.subject, pair.object)]
            rows.append((pair, *_walks(influences, *ends)))
    return Cases(
        graph=graph.name,
        pairs=len(pairs),
        contradictory=contradictory,
        sign=np.array([pair.sign for pair, *_ in rows], dtype=float),
        document=np.array([pair.documents[0] for pair, *_ in rows]),
        walks=np.array([row[1] for row in rows]),
        by_belief=np.array([row[2] for row in rows]),
        alike=np.array([row[3] for row in rows]),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    subject: int
    object: int
    sign: int
    documents: tuple[int, ...]


def _pairs(index: Index) -> tuple[list[_Pair], int]:
    """Return the pairs whose links agree about the sign, and the number of those that do not."""
    hops, first = index.hops, index.first_edge
    links: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    causal = (hops.role == CAUSAL) & (hops.sign != 0) & (hops.subject != hops.object)
    for place in np.flatnonzero(causal).tolist():
        links[int(hops.subject[place]), int(hops.object[place])].append(place)
    found = []
    for (subject, target), places in links.items():
        signs = {int(hops.sign[place]) for place in places}
        rows = [row for place in places for row in range(first[place], first[place + 1])]
        documents = sorted(set(index.edges.paper[rows].tolist()))
        if len(signs) == 1:
            found.append(_Pair(subject, target, signs.pop(), tuple(documents)))
    return found, len(links) - len(found)


def _influences(index: Index) -> Influences:
    lens = make_lens(index, candidates=False, background=True)
    return influences_of(index.hops, lens.belief, len(index.entities))


def _walks(
    influences: Influences, subject: int | None, target: int | None
) -> tuple[Numbers, Numbers, Numbers]:
    """Return signed and all walks by length, each link counting 1, by its belief, or alike."""
    if subject is None or target is None:
        none = np.zeros((2, STEPS))
        return none, none, none
    net, total = (
        _without(influences.net, subject, target),
        _without(influences.total, subject, target),
    )
    sign, step = net.sign(), total.sign()
    into = np.asarray(step.sum(axis=0)).ravel()
    share = sparse.diags_array(1 / np.maximum(into, 1.0))
    return (
        _by_length(sign, step, subject, target),
        _by_length(net, total, subject, target),
        _by_length(sign @ share, step @ share, subject, target),
    )


def _without(links: "sparse.csr_array", subject: int, target: int) -> "sparse.csr_array":
    left = links.copy()
    first, last = left.indptr[subject], left.indptr[subject + 1]
    left.data[first:last][left.indices[first:last] == target] = 0.0
    return left


def _by_length(
    net: "sparse.csr_array", total: "sparse.csr_array", subject: int, target: int
) -> Numbers:
    found = np.zeros((2, STEPS))
    signed = np.zeros(net.shape[0])
    signed[target] = 1.0
    every = signed.copy()
    for length in range(STEPS):
        signed, every = net @ signed, total @ every
        found[:, length] = signed[subject], every[subject]
    return found


# Methods: each gives a number for every case, whose sign is what it says.


def shortest(cases: Cases) -> Floats:
    """Say the sign of the shortest walks, weighed by how far they agree (INDRA-like)."""
    net, total = cases.walks[:, 0, :SHORT], cases.walks[:, 1, :SHORT]
    first = (total > 0).argmax(axis=1)
    rows = np.arange(len(first))
    agreeing: Floats = net[rows, first] / np.maximum(total[rows, first], 1.0)
    return agreeing


def path_sum(cases: Cases) -> Floats:
    """Sum walks of at most four hops, each hop worth one half; over the sum without signs."""
    return _ratio(cases.walks, 0.5, SHORT)


def signed_pagerank(cases: Cases) -> Floats:
    """Walk at random from the target against the links, restart .3; over what comes at all."""
    return _ratio(cases.alike, 0.7, STEPS)


def net_influence(cases: Cases) -> Floats:
    """Take the product's net influence over its total."""
    return _ratio(cases.by_belief, 0.8, STEPS)


def _ratio(walks: Numbers, damping: float, steps: int) -> Floats:
    weight = damping ** np.arange(1, steps + 1)
    net, total = (walks[:, :, :steps] * weight).sum(axis=2).T
    share: Floats = net / np.where(total > 0, total, 1.0)
    return share


def features(cases: Cases) -> Numbers:
    """Return what the product's leaning is made of: a column for each length of walk."""
    net, total = cases.walks[:, 0, 1:SHORT], cases.walks[:, 1, 1:SHORT]
    found: Numbers = net / np.sqrt(np.maximum(total, 1.0))
    return found


def fitted(others: list[Cases], penalty: float = 3.0) -> Floats:
    """Fit the weights of :data:`~app.reasoning.flow.LEANING`: logistic, without a constant."""
    there = [cases.there for cases in others]
    x = np.concatenate([features(c)[t] for c, t in zip(others, there, strict=True)])
    y = np.concatenate([c.sign[t] for c, t in zip(others, there, strict=True)])
    spread = x.std(axis=0)
    signed = x / spread * y[:, None]

    def loss(weights: Floats) -> float:
        return float(np.logaddexp(0, -signed @ weights).sum() + penalty * (weights @ weights) / 2)

    found: Floats = optimize.minimize(loss, np.zeros(x.shape[1])).x / spread
    return found


METHODS: dict[str, Callable[[Cases], Floats]] = {
    "shortest signed path, ≤ 4 hops": shortest,
    "signed path sum, ≤ 4 hops": path_sum,
    "PageRank with sign": signed_pagerank,
    "net influence": net_influence,
}


def margin(method: Callable[[Cases], Floats], others: list[Cases]) -> float:
    """Return the margin from which a method commits: the least that is right often enough there.

    Where none is, it is the one that is right most often, of those that commit on enough.
    """
    said = np.concatenate([method(cases) for cases in others])
    sign = np.concatenate([cases.sign for cases in others])
    tried = []
    for least in np.arange(0.0, 1.0, 0.05):
        committed = np.abs(said) > least
        if committed.mean() >= LEAST_SHARE:
            right = float((np.sign(said[committed]) == sign[committed]).mean())
            if right >= COMMITS_FROM:
                return float(least)
            tried.append((right, float(least)))
    return max(tried)[1]


@dataclass(frozen=True, slots=True)
class Told:
    """What a method says of some cases: the signs it commits to, 0 where it leaves them open."""

    cases: Cases
    said: Floats

    def figures(self) -> tuple[Figure, Figure]:
        """Return the share of right signs among those committed to, and the share committed to."""
        committed = self.said != 0
        right = committed & (self.said == self.cases.sign)
        return _share(right, committed, self.cases), _share(committed, None, self.cases)


def _share(hits: NDArray[np.bool_], of: NDArray[np.bool_] | None, cases: Cases) -> Figure:
    """Return a share with its 95 % interval, from drawing papers with replacement."""
    counted = np.ones(len(hits), dtype=bool) if of is None else of
    _, paper = np.unique(cases.document, return_inverse=True)
    top, bottom = np.bincount(paper, hits), np.bincount(paper, counted)
    drawn = np.random.default_rng(1).multinomial(
        len(top), np.full(len(top), 1 / len(top)), size=2000
    )
    below = drawn @ bottom
    shares = (drawn @ top)[below > 0] / below[below > 0]
    low, high = np.quantile(shares, (0.025, 0.975)) if len(shares) else (0.0, 1.0)
    return Figure(float(hits.sum() / max(counted.sum(), 1)), float(low), float(high))


def told(cases: Cases, others: list[Cases]) -> Iterator[tuple[str, Told]]:
    """Yield each method's signs: wherever it has one, and where it commits."""
    for name, method in METHODS.items():
        said = method(cases)
        yield f"{name}, wherever it has a sign", Told(cases, np.sign(said))
        least = margin(method, others)
        committed = np.where(np.abs(said) > least, np.sign(said), 0.0)
        yield f"{name}, margin above {least:.2f}", Told(cases, committed)
    leaning = features(cases) @ fitted(others)
    yield "**leaning**, wherever it has a sign", Told(cases, np.sign(leaning))
    yield "**leaning**, chance of .85", Told(cases, _committed(leaning))
    stored = features(cases) @ np.array(LEANING)
    yield "leaning, stored weights (fitted with this graph, too)", Told(cases, _committed(stored))


def _committed(leaning: Floats) -> Floats:
    return np.where(
        np.abs(leaning) >= np.log(COMMITS_FROM / (1 - COMMITS_FROM)), np.sign(leaning), 0
    )


def _grouped(
    items: list[_Pair], key: Callable[[_Pair], tuple[int, ...]]
) -> Iterator[tuple[tuple[int, ...], list[_Pair]]]:
    groups: defaultdict[tuple[int, ...], list[_Pair]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    yield from sorted(groups.items())


def tables() -> str:
    """Return the tables of all graphs."""
    graphs = [curated(name) for name in BEL]
    parts = []
    for how in HELD:
        every = [held_out(graph, how) for graph in graphs]
        for cases in every:
            others = [other for other in every if other is not cases]
            parts.append(_table(cases, others, how))
        weights = ", ".join(f"{weight:.2f}" for weight in fitted(every))
        parts.append(f"Weights fitted on all graphs ({how} held out): {weights}.")
    return "\n\n".join(parts)


def _table(cases: Cases, others: list[Cases], how: str) -> str:
    rest = "what its papers say" if how == "paper" else "its links alone"
    lines = [
        f"**{cases.graph}, {rest} held out: {cases.pairs:,} pairs ({cases.contradictory} more are "
        f"contradictory), a walk of 2–4 hops is left for {cases.there.mean():.3f} of them**",
        "",
        "| method | right where it commits | share of pairs it commits on |",
        "|---|---|---|",
    ]
    for name, said in told(cases, others):
        right, share = said.figures()
        lines.append(f"| {name} | {_cell(right)} | {_cell(share)} |")
    return "\n".join(lines)


def _cell(figure: Figure) -> str:
    return f"{figure.value:.3f} ({figure.low:.2f}–{figure.high:.2f})"


if __name__ == "__main__":
    print(tables())
