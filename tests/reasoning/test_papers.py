"""Papers count as one group where they share an author, among those at hand."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.model.article import ArticleFacts
from app.model.edge_columns import NO_ARTICLE
from app.reasoning.columns import Ints
from app.reasoning.papers import Bylines, bylines, group_count, independent_groups

Row = tuple[int, int, int]


def _by(authors: Sequence[str]) -> Bylines:
    """Return bylines from one letter per author."""
    names = [f"A{place:02}" for place in range(len(authors))]
    return bylines(
        names,
        {
            name: ArticleFacts(id=name, curie=name, retracted=False, authors=tuple(each), year=None)
            for name, each in zip(names, authors, strict=True)
        },
    )


def _groups(rows: Sequence[Row], by: Bylines) -> list[int]:
    link, article, claim = (np.array(c, dtype=np.int32) for c in zip(*rows, strict=True))
    return [int(group) for group in independent_groups(link, article, claim, by)]


def _one_by_one(rows: Sequence[Row], authors: Sequence[str]) -> list[int]:
    """The rule, row by row: join what is directly alike until nothing changes."""

    def names(row: Row) -> set[object]:
        _, article, claim = row
        return {("claim", claim)} if article == NO_ARTICLE else {article, *authors[article]}

    group = list(range(len(rows)))
    changed = True
    while changed:
        changed = False
        for one, a in enumerate(rows):
            for other, b in enumerate(rows):
                if a[0] == b[0] and names(a) & names(b) and group[other] > group[one]:
                    group[other], changed = group[one], True
    return group


authors_of = st.lists(st.text("uvwxyz", max_size=3), min_size=1, max_size=6)


@given(authors_of, st.data())
def test_groups_are_those_of_the_rule(authors: list[str], data: st.DataObject) -> None:
    row = st.tuples(st.integers(0, 2), st.integers(NO_ARTICLE, len(authors) - 1), st.integers(0, 3))
    rows = data.draw(st.lists(row, min_size=1, max_size=9))
    rows.sort(key=lambda one: one[0])

    assert _groups(rows, _by(authors)) == _one_by_one(rows, authors)


@given(authors_of, st.randoms(use_true_random=False))
def test_the_order_of_papers_does_not_matter(authors: list[str], random: object) -> None:
    places: Ints = np.arange(len(authors), dtype=np.int32)
    count = group_count(places, _by(authors))
    random.shuffle(authors)  # type: ignore[attr-defined]
    assert group_count(places, _by(authors)) == count


def test_a_paper_on_another_link_joins_nothing() -> None:
    by = _by(["u", "v", "uv"])

    assert _groups([(0, 0, 0), (0, 1, 1), (1, 2, 2)], by) == [0, 1, 2]
    assert _groups([(0, 0, 0), (0, 1, 1), (0, 2, 2)], by) == [0, 0, 0]


def test_papers_without_authors_are_independent() -> None:
    by = _by(["", ""])

    assert _groups([(0, 0, 0), (0, 1, 1), (0, 0, 2)], by) == [0, 1, 0]
