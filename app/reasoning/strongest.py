"""The strongest set of papers of which no two share an author.

Papers that write with each other, lab by lab, make graphs that are nearly chordal: again and again
one finds a paper whose neighbours all are each other's. Such a paper is settled exactly (Frank
1975, the weight of the paper is taken off its neighbours'), and what is left of it, the *tangle*,
is searched. Adding a paper never makes a tangle smaller, so that what is decided by its size stays
monotone.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from app.reasoning.columns import Floats

Papers = int
"""A set of papers: bit ``p`` is set where paper ``p`` is in it."""

EXACT_UP_TO = 50
"""The greatest tangle that is searched; beyond it :func:`fractional_shares` bounds the answer."""


def neighbours_of(authors: Sequence[Iterable[int]]) -> list[Papers]:
    """Return for each paper those that share an author with it, itself left out."""
    wrote: dict[int, Papers] = {}
    for paper, names in enumerate(authors):
        for name in names:
            wrote[name] = wrote.get(name, 0) | 1 << paper
    found = []
    for paper, names in enumerate(authors):
        beside = 0
        for name in names:
            beside |= wrote[name]
        found.append(beside & ~(1 << paper))
    return found


def tangle(beside: Sequence[Papers]) -> int:
    """Return the size of the greatest connected part that settling papers one by one leaves."""
    left = (1 << len(beside)) - 1
    for paper in _settled(left, beside):
        left &= ~(1 << paper)
    return max((part.bit_count() for part in _parts(left, beside)), default=0)


def strongest_set(weight: Sequence[float], beside: Sequence[Papers]) -> Papers:
    """Return the set of the greatest weight of which no two are neighbours; weights are positive.

    Of equally strong ones the order of the papers decides.
    """
    return _best((1 << len(beside)) - 1, list(weight), beside)


def fractional_shares(weight: Sequence[float], authors: Sequence[Iterable[int]]) -> Floats:
    """Return in which share, 0 to 1, each paper counts if no author may count for more than one.

    The sum of the shares' weights is never below that of the strongest set, and never falls when a
    paper comes in or a weight rises; up to the solver's precision of a millionth.
    """
    from scipy import optimize, sparse

    pairs = [(name, paper) for paper, names in enumerate(authors) for name in set(names)]
    numbers = {name: row for row, name in enumerate(sorted({name for name, _ in pairs}))}
    rows = [numbers[name] for name, _ in pairs]
    shape = (len(numbers), len(weight))
    once = sparse.csr_array((np.ones(len(pairs)), (rows, [p for _, p in pairs])), shape=shape)
    found = optimize.linprog(
        -np.asarray(weight), A_ub=once, b_ub=np.ones(len(numbers)), bounds=(0, 1), method="highs"
    )
    share: Floats = np.clip(np.round(found.x, 9), 0.0, 1.0)
    return share


def _best(among: Papers, weight: list[float], beside: Sequence[Papers]) -> Papers:
    settled = []
    for paper in _settled(among, beside, weight):
        settled.append(paper)
        among &= ~(1 << paper)
        for other in _members(beside[paper] & among):
            weight[other] -= weight[paper]
            if weight[other] <= 0:
                among &= ~(1 << other)
    chosen = 0
    for part in _parts(among, beside):
        chosen |= _searched(part, weight, beside)
    for paper in reversed(settled):
        if not beside[paper] & chosen:
            chosen |= 1 << paper
    return chosen


def _searched(part: Papers, weight: list[float], beside: Sequence[Papers]) -> Papers:
    """Try the paper with most neighbours in the set, and out of it."""
    widest = max(_members(part), key=lambda p: ((beside[p] & part).bit_count(), -p))
    rest = part & ~(1 << widest)
    within = _best(rest & ~beside[widest], weight.copy(), beside) | 1 << widest
    without = _best(rest, weight.copy(), beside)
    return max(within, without, key=lambda papers: _sum(papers, weight))


def _settled(
    among: Papers, beside: Sequence[Papers], weight: Sequence[float] | None = None
) -> Iterator[int]:
    """Yield one by one the papers whose neighbours, of those left, all are each other's.

    With ``weight`` those that have fallen to 0 are no longer there.
    """
    waiting = among
    while waiting:
        paper = (waiting & -waiting).bit_length() - 1
        waiting &= waiting - 1
        if weight is not None and weight[paper] <= 0:
            among &= ~(1 << paper)
            waiting |= beside[paper] & among
            continue
        around = beside[paper] & among
        if all(not around & ~beside[other] & ~(1 << other) for other in _members(around)):
            among &= ~(1 << paper)
            waiting |= around
            yield paper


def _parts(papers: Papers, beside: Sequence[Papers]) -> Iterator[Papers]:
    """Yield the connected parts of a set."""
    while papers:
        part, reached = 0, papers & -papers
        while reached:
            part |= reached
            around = 0
            for paper in _members(reached):
                around |= beside[paper]
            reached = around & papers & ~part
        papers &= ~part
        yield part


def _members(papers: Papers) -> Iterator[int]:
    while papers:
        yield (papers & -papers).bit_length() - 1
        papers &= papers - 1


def _sum(papers: Papers, weight: Sequence[float]) -> float:
    return sum(weight[paper] for paper in _members(papers))
