"""Which papers speak independently of each other: those that share no author.

They are compared among those at hand, the ones that carry one link or one path. Over a whole
literature shared authors join nearly all papers (Newman 2001, doi:10.1073/pnas.98.2.404), so that
independence drawn there would tell nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.model.article import ArticleFacts
from app.model.edge_columns import NO_ARTICLE
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
    """The authors of each article: those of article ``a`` are ``author[first[a] : first[a + 1]]``.

    An author is a number, the same wherever the name is the same.
    """

    first: Ints
    author: Ints


def bylines(names: Sequence[str], articles: Mapping[str, ArticleFacts]) -> Bylines:
    """Return the authors of the articles of these ids, in their order."""
    authors = [sorted(set(articles[n].authors)) if n in articles else [] for n in names]
    number = {
        name: place for place, name in enumerate(sorted({a for each in authors for a in each}))
    }
    first = np.zeros(len(names) + 1, dtype=np.int32)
    np.cumsum([len(each) for each in authors], out=first[1:])
    return Bylines(first, np.array([number[a] for each in authors for a in each], dtype=np.int32))


def shares(link: Ints, article: Ints, claim: Ints, reliability: Floats, by: Bylines) -> Floats:
    """Return in which share, 0 to 1, each row counts for its link.

    Rows are edges, sorted by ``link``, within a link the most reliable first. Of each paper, and
    of a claim without one, the first row speaks; of all papers of a link those count whole that
    are the strongest set of which no two share an author, and the others not at all. Where shared
    authors entangle too many papers (:data:`~app.reasoning.strongest.EXACT_UP_TO`), no author
    counts for more than one paper, and papers may count in part.
    """
    group = _connected(link, article, claim, by)
    count = np.zeros(len(link))
    count[group] = 1.0
    # Of two papers the more reliable one counts, which is the first of its group.
    sizes = np.bincount(group, minlength=len(link))
    rows = np.flatnonzero(sizes[group] > 2)
    order = rows[np.argsort(group[rows], kind="stable")]
    for members in np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if len(order) else ():
        _, first = np.unique(article[members], return_index=True)
        if len(first) > 2:
            speaking = members[np.sort(first)]
            doubt = -np.log1p(-reliability[speaking])
            count[speaking] = _shares_of(doubt, _authors_of(article[speaking], by))
    return count


def independent_count(articles: Ints, by: Bylines) -> int:
    """Return how many of these articles, each given once, there are of which no two share an
    author, at most.
    """
    if len(articles) < 2:
        return len(articles)
    counting = _shares_of(np.ones(len(articles)), _authors_of(articles, by))
    return int(counting.sum() + 1e-6)


def sources_of(article: int, claim: int, by: Bylines) -> frozenset[tuple[str, int]]:
    """Return what a claim has in common with those that are not independent of it: its paper and
    its authors; itself where it has no paper.
    """
    if article == NO_ARTICLE:
        return frozenset({("claim", claim)})
    authors = by.author[by.first[article] : by.first[article + 1]].tolist()
    return frozenset({("article", article), *(("author", author) for author in authors)})


def _authors_of(articles: Ints, by: Bylines) -> list[list[int]]:
    return [by.author[by.first[one] : by.first[one + 1]].tolist() for one in articles.tolist()]


def _shares_of(weight: Floats, authors: list[list[int]]) -> Floats:
    beside = neighbours_of(authors)
    if tangle(beside) > EXACT_UP_TO:
        return fractional_shares(weight.tolist(), authors)
    chosen = strongest_set(weight.tolist(), beside)
    return np.array([float(chosen >> paper & 1) for paper in range(len(authors))])


def _connected(link: Ints, article: Ints, claim: Ints, by: Bylines) -> Ints:
    """Return what connects each row to others of its link: the number of the first row of those.

    Rows of one article, and of articles that share an author, directly or through others on the
    same link, are connected. Claims without an article stand alone.
    """
    row, what = _named_by(article, claim, by)
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


def _named_by(article: Ints, claim: Ints, by: Bylines) -> tuple[Ints, Ints]:
    """Return pairs of a row and what may join it to others: its authors, its article or claim."""
    rows = np.arange(len(article), dtype=np.int32)
    authors = int(by.author.max(initial=-1)) + 1
    articles = len(by.first) - 1
    own = np.where(article == NO_ARTICLE, authors + articles + claim, authors + article)
    known = rows[article != NO_ARTICLE]
    first, last = by.first[article[known]], by.first[article[known] + 1]
    counts = last - first
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    author = by.author[np.repeat(first, counts) + within]
    return np.append(rows, np.repeat(known, counts)), np.append(own, author)
