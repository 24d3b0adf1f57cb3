"""Which papers speak independently of each other: those that share no author.

Papers are grouped among those at hand, the ones that carry one link or one path. Over a whole
literature shared authors join nearly all papers into one group (Newman 2001,
doi:10.1073/pnas.98.2.404), so that groups drawn there would tell nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.model.article import ArticleFacts
from app.model.edge_columns import NO_ARTICLE
from app.reasoning.columns import Ints


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


def independent_groups(link: Ints, article: Ints, claim: Ints, by: Bylines) -> Ints:
    """Return the group of each row among the rows of its link: the number of its first row.

    Rows of one article, and of articles that share an author, directly or through others on the
    same link, are one group. Claims without an article are each a group.
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


def group_count(articles: Ints, by: Bylines) -> int:
    """Return how many groups these articles are among themselves; each is given once."""
    alike = np.zeros(len(articles), dtype=np.int32)
    return len(np.unique(independent_groups(alike, articles, alike, by)))


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
