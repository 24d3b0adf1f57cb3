"""Papers count together where they share no author, among those at hand."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.article import ArticleFacts
from app.model.edge_columns import NO_PAPER
from app.reasoning import papers
from app.reasoning.belief import combined
from app.reasoning.columns import Ints
from app.reasoning.papers import Bylines, bylines, independent_count, shares
from app.reasoning.strongest import fractional_shares, neighbours_of, strongest_set, tangle

Row = tuple[int, int, int, float]
"""Link, article, claim, reliability."""


def _by(authors: Sequence[str]) -> Bylines:
    """Return bylines from one small letter per author, one capital per further publication."""
    names = [f"A{place:02}" for place in range(len(authors))]
    return bylines(
        [
            sorted({name, *filter(str.isupper, each)})
            for name, each in zip(names, authors, strict=True)
        ],
        {
            name: ArticleFacts(
                id=name,
                curie=name,
                retracted=False,
                authors=tuple(filter(str.islower, each)),
                year=None,
            )
            for name, each in zip(names, authors, strict=True)
        },
    )


def _beliefs(rows: Sequence[Row], by: Bylines) -> list[float]:
    """Return the belief of links 0, 1 and 2."""
    ordered = sorted(rows, key=lambda row: (row[0], -row[3], row[2]))
    columns = zip(*ordered, strict=True)
    link, article, claim = (np.array(next(columns), dtype=np.int32) for _ in range(3))
    reliability = np.array(next(columns))
    share = shares(link, article, claim, reliability, by)
    return [float(one) for one in combined(link, share, reliability, links=3)]


def _sources(row: Row, authors: Sequence[str]) -> set[object]:
    _, article, claim, _ = row
    return {("claim", claim)} if article == NO_PAPER else {article, *authors[article]}


def _by_brute_force(rows: Sequence[Row], authors: Sequence[str], link: int) -> float:
    """Try every set of the link's rows of which no two have a paper or an author in common."""
    here = [row for row in rows if row[0] == link]
    best = 0.0
    for size in range(1, len(here) + 1):
        for some in combinations(here, size):
            sources = [_sources(row, authors) for row in some]
            if all(a.isdisjoint(b) for a, b in combinations(sources, 2)):
                best = max(best, 1 - float(np.prod([1 - row[3] for row in some])))
    return best


authors_of = st.lists(st.text("uvwxyzPQ", max_size=3), min_size=1, max_size=7)
row_of = st.tuples(
    st.integers(0, 2),
    st.integers(NO_PAPER, 6),
    st.integers(0, 3),
    st.sampled_from([0.02, 0.3, 0.56, 0.9]),
)


def _within(rows: Sequence[Row], authors: Sequence[str]) -> list[Row]:
    return [(link, min(article, len(authors) - 1), *rest) for link, article, *rest in rows]  # type: ignore[misc]


@settings(deadline=None)
@given(authors_of, st.lists(row_of, min_size=1, max_size=9))
def test_beliefs_are_those_of_the_strongest_sets(authors: list[str], rows: list[Row]) -> None:
    rows = _within(rows, authors)
    wanted = [_by_brute_force(rows, authors, link) for link in range(3)]
    assert _beliefs(rows, _by(authors)) == pytest.approx(wanted)


@pytest.mark.parametrize("exact_up_to", [0, 3, 50])
@settings(deadline=None, max_examples=150)
@given(authors_of, st.lists(row_of, min_size=1, max_size=9), row_of)
def test_a_further_row_never_lowers_a_belief_however_large_a_tangle_is_searched(
    exact_up_to: int, authors: list[str], rows: list[Row], more: Row
) -> None:
    rows, by = _within(rows, authors), _by(authors)
    (further,) = _within([more], authors)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(papers, "EXACT_UP_TO", exact_up_to)
        before, after = _beliefs(rows, by), _beliefs([*rows, further], by)
    assert all(now >= then - 1e-6 for then, now in zip(before, after, strict=True))


names_of = st.lists(st.lists(st.integers(0, 8), max_size=3), min_size=1, max_size=12)


@settings(deadline=None)
@given(names_of, st.data())
def test_no_set_is_stronger_and_shares_bound_it(
    names: list[list[int]], data: st.DataObject
) -> None:
    weight = data.draw(
        st.lists(st.sampled_from([0.5, 1.0, 1.5, 2.3]), min_size=len(names), max_size=len(names))
    )
    beside = neighbours_of(names)
    chosen = strongest_set(weight, beside)
    members = [paper for paper in range(len(names)) if chosen >> paper & 1]
    assert all(not beside[one] >> other & 1 for one, other in combinations(members, 2))

    sets = ([p for p in range(len(names)) if s >> p & 1] for s in range(1 << len(names)))
    strongest = max(
        sum(weight[p] for p in some)
        for some in sets
        if all(not beside[one] >> other & 1 for one, other in combinations(some, 2))
    )
    assert sum(weight[p] for p in members) == pytest.approx(strongest)
    bound = float(np.dot(weight, fractional_shares(weight, names)))
    assert bound >= strongest - 1e-6


@settings(deadline=None)
@given(names_of, st.lists(st.integers(0, 8), max_size=3))
def test_a_further_paper_never_makes_a_tangle_smaller(
    names: list[list[int]], more: list[int]
) -> None:
    assert tangle(neighbours_of([*names, more])) >= tangle(neighbours_of(names))


def test_a_ring_of_papers_is_a_tangle_and_a_lab_is_none() -> None:
    ring = [[one, (one + 1) % 5] for one in range(5)]
    lab = [[0, one] for one in range(5)]
    assert (tangle(neighbours_of(ring)), tangle(neighbours_of(lab))) == (5, 0)
    assert strongest_set([1.0] * 5, neighbours_of(ring)).bit_count() == 2
    assert fractional_shares([1.0] * 5, ring) == pytest.approx([0.5] * 5)


@given(authors_of, st.randoms(use_true_random=False))
def test_the_order_of_papers_does_not_matter(authors: list[str], random: object) -> None:
    places: Ints = np.arange(len(authors), dtype=np.int32)
    count = independent_count(places, _by(authors))
    random.shuffle(authors)  # type: ignore[attr-defined]
    assert independent_count(places, _by(authors)) == count


def test_a_paper_on_another_link_joins_nothing() -> None:
    by = _by(["u", "v", "uv"])
    apart = [(0, 0, 0, 0.9), (0, 1, 1, 0.9), (1, 2, 2, 0.9)]
    assert _beliefs(apart, by) == pytest.approx([0.99, 0.9, 0.0])


def test_papers_without_authors_are_independent() -> None:
    rows = [(0, 0, 0, 0.9), (0, 1, 1, 0.9), (0, 0, 2, 0.9)]
    assert _beliefs(rows, _by(["", ""]))[0] == pytest.approx(0.99)
    assert independent_count(np.array([0, 1], dtype=np.int32), _by(["", ""])) == 2


def test_of_papers_by_the_same_people_the_most_that_share_no_author_are_counted() -> None:
    by = _by(["u", "v", "uv", "uw"])
    assert independent_count(np.arange(4, dtype=np.int32), by) == 2
