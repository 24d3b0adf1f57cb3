"""Which papers speak independently of each other: those that share no author and no publication.

A paper is what a claim was published in (:mod:`app.model.paper`): an article, a publication that
an import names, or several of them. Papers are compared among those at hand, the ones that carry
one link or one path. Over a whole literature shared authors join nearly all papers (Newman 2001,
doi:10.1073/pnas.98.2.404), so that independence drawn there would tell nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.model.article import ArticleFacts
from app.model.edge_columns import NO_PAPER
from app.model.paper import parts_of
from app.reasoning.columns import Floats, Ints
from app.reasoning.strongest import (
    EXACT_UP_TO,
    fractional_shares,
    neighbours_of,
    strongest_set,
    tangle,
)


@dataclass(frozen=True, slots=True)
class Bylines:
    """What papers may have in common.

    The marks of paper ``p`` are ``mark[first[p] : first[p + 1]]``. A mark is twice the number of an
    author, or twice that of a publication and one more; the same name has the same number
    everywhere. ``same`` has the first paper that names the same as each.
    """

    first: Ints
    mark: Ints
    same: Ints


def bylines(named: Sequence[Sequence[str]], articles: Mapping[str, ArticleFacts]) -> Bylines:
    """Return the bylines of papers, given what each names (:func:`resolved`).

    ``articles`` has the facts of those that are known, by the same names.
    """
    authors: dict[str, int] = {}
    publications: dict[str, int] = {}
    seen: dict[tuple[str, ...], int] = {}
    marks: list[int] = []
    ends, same = [0], []
    for place, parts in enumerate(named):
        same.append(seen.setdefault(tuple(parts), place))
        marks.extend(2 * publications.setdefault(part, len(publications)) + 1 for part in parts)
        by = {name for part in parts if part in articles for name in articles[part].authors}
        marks.extend(2 * authors.setdefault(name, len(authors)) for name in sorted(by))
        ends.append(len(marks))
    return Bylines(*(np.array(each, dtype=np.int32) for each in (ends, marks, same)))


def resolved(papers: Iterable[str], known: Mapping[str, str]) -> list[list[str]]:
    """Return what each paper names, sorted: articles by their internal id, the rest as it stands.

    ``known`` has the internal id of each identifier of an article, so that an import's publication
    is the article also where that came into the store later.
    """
    return [sorted({known.get(part, part) for part in parts_of(paper)}) for paper in papers]


def shares(link: Ints, paper: Ints, claim: Ints, reliability: Floats, by: Bylines) -> Floats:
    """Return in which share, 0 to 1, each row counts for its link.

    Rows are edges, sorted by ``link``, within a link the most reliable first. Of each paper, and
    of a claim without one, the first row speaks; of all papers of a link those count whole that
    are the strongest set of which no two share an author or a publication, and the others not at
    all. Where shared
    authors entangle too many papers (:data:`~app.reasoning.strongest.EXACT_UP_TO`), no author
    counts for more than one paper, and papers may count in part.
    """
    group = _connected(link, paper, claim, by)
    count = np.zeros(len(link))
    count[group] = 1.0
    # Of two papers the more reliable one counts, which is the first of its group.
    sizes = np.bincount(group, minlength=len(link))
    rows = np.flatnonzero(sizes[group] > 2)
    order = rows[np.argsort(group[rows], kind="stable")]
    for members in np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if len(order) else ():
        _, first = np.unique(paper[members], return_index=True)
        if len(first) > 2:
            speaking = members[np.sort(first)]
            doubt = -np.log1p(-reliability[speaking])
            count[speaking] = _shares_of(doubt, _marks_of(paper[speaking], by))
    return count


def publication_count(papers: Ints, by: Bylines) -> int:
    """Return how many publications these papers are."""
    marks = [mark for each in _marks_of(papers, by) for mark in each]
    return len({mark for mark in marks if mark % 2})


def independent_count(papers: Ints, by: Bylines) -> int:
    """Return how many of these papers, each given once, there are of which no two share an author
    or a publication, at most.
    """
    if len(papers) < 2:
        return len(papers)
    counting = _shares_of(np.ones(len(papers)), _marks_of(papers, by))
    return int(counting.sum() + 1e-6)


def sources_of(paper: int, claim: int, by: Bylines) -> frozenset[tuple[str, int]]:
    """Return what a claim has in common with those that are not independent of it: publications
    and authors; itself where it has no paper.
    """
    if paper == NO_PAPER:
        return frozenset({("claim", claim)})
    return frozenset(("mark", mark) for mark in by.mark[by.first[paper] : by.first[paper + 1]])


def _marks_of(papers: Ints, by: Bylines) -> list[list[int]]:
    return [by.mark[by.first[one] : by.first[one + 1]].tolist() for one in papers.tolist()]


def _shares_of(weight: Floats, marks: list[list[int]]) -> Floats:
    beside = neighbours_of(marks)
    if tangle(beside) > EXACT_UP_TO:
        return fractional_shares(weight.tolist(), marks)
    chosen = strongest_set(weight.tolist(), beside)
    return np.array([float(chosen >> paper & 1) for paper in range(len(marks))])


def _connected(link: Ints, paper: Ints, claim: Ints, by: Bylines) -> Ints:
    """Return what connects each row to others of its link: the number of the first row of those.

    Rows of papers that share a mark, directly or through others on the same link, are connected.
    Claims without a paper stand alone.
    """
    row, what = _named_by(paper, claim, by)
    key = link[row].astype(np.int64) * (int(what.max(initial=0)) + 1) + what
    order = np.argsort(key, kind="stable")
    row, key = row[order], key[order]
    start = np.ones(len(row), dtype=bool)
    start[1:] = key[1:] != key[:-1]
    bounds = np.flatnonzero(start)
    sizes = np.diff(np.append(bounds, len(row)))
    row, sizes = row[np.repeat(sizes > 1, sizes)], sizes[sizes > 1]
    group = np.arange(len(link), dtype=np.int32)
    if not len(row):
        return group
    bounds = np.cumsum(sizes) - sizes
    while True:
        least = np.repeat(np.minimum.reduceat(group[row], bounds), sizes)
        joined = group.copy()
        np.minimum.at(joined, row, least)
        joined = joined[joined]
        if np.array_equal(joined, group):
            return group
        group = joined


def _named_by(paper: Ints, claim: Ints, by: Bylines) -> tuple[Ints, Ints]:
    """Return pairs of a row and what may join it to others: its paper's marks, or its claim."""
    rows = np.arange(len(paper), dtype=np.int32)
    alone, known = rows[paper == NO_PAPER], rows[paper != NO_PAPER]
    own = int(by.mark.max(initial=-1)) + 1 + claim[alone]
    first, last = by.first[paper[known]], by.first[paper[known] + 1]
    counts = last - first
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    marks = by.mark[np.repeat(first, counts) + within]
    return np.append(alone, np.repeat(known, counts)), np.append(own, marks)
