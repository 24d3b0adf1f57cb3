"""The laws of belief, as properties of the index and its lens; and the table's own figures."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.article import ArticleFacts
from app.model.edge import Edge, StoredEdge
from app.model.edge_columns import EPISTEMICS, EVIDENCES, STATUSES
from app.model.paper import paper_of, parts_of
from app.model.vocabulary import Category, Epistemic, EvidenceType, Side, Sign, Status
from app.reasoning.belief import EPISTEMIC_RELIABILITY, EVIDENCE_FACTOR, reliabilities
from app.reasoning.hops import LinkKey
from app.reasoning.index import build_index
from app.reasoning.lens import make_lens
from app.reasoning.signs import number
from tests.reasoning.columns import columns_of

ENDS = "ABC"
ARTICLES = tuple(f"ART:{number}" for number in range(6))
ROUNDING = 1e-12
"""How far two equally strong sets of papers may differ."""

PAPERS = (
    *ARTICLES,
    "PMID:90",
    "PMID:2",
    paper_of(None, ("PMID:90", "PMID:91")),
    paper_of("ART:0", ("PMID:1", "PMID:91")),
)
"""Articles, and what imports name: a publication that is the second article, others that are none,
several at once.
"""

ALIASES = {f"PMID:{place + 1}": article for place, article in enumerate(ARTICLES)}

COUNTED = (Status.CANDIDATE, Status.ACCEPTED)

Authors = Mapping[str, str]
"""Each article's authors, a letter each."""

edges = st.builds(
    lambda claim, article, status, epistemic, evidence, confidence, ends, sign, side: StoredEdge(
        claim=f"{claim:064x}",
        paper=article,
        status=status,
        epistemic=epistemic,
        evidence=evidence,
        confidence=confidence,
        edge=Edge(subject=ends[0], object=ends[1], sign=sign, side=side, aspect=None, rule="test"),
        rule_version=1,
    ),
    st.integers(0, 1 << 40),
    st.sampled_from([None, *PAPERS]),
    st.sampled_from([*COUNTED, *COUNTED, *Status]),
    st.sampled_from(list(Epistemic)),
    st.sampled_from(list(EvidenceType)),
    st.floats(0, 1),
    st.sampled_from(["AB", "AB", "AB", "AB", "BC", "AA"]),
    st.sampled_from([Sign.POSITIVE, Sign.NEGATIVE, *Sign]),
    st.sampled_from([None, None, None, *Side]),
)
"""Edges of few links and few papers, so that they meet."""

many = st.lists(edges, min_size=2, max_size=12, unique_by=lambda edge: edge.claim)
authors = st.fixed_dictionaries({article: st.text("vwxyz", max_size=3) for article in ARTICLES})


def beliefs(
    stored: Iterable[StoredEdge], by: Authors, retracted: str | None = None
) -> dict[LinkKey, float]:
    """Return the belief of each link, candidates and background included."""
    facts = {
        article: ArticleFacts(
            id=article,
            curie=f"PMID:{place + 1}",
            retracted=article == retracted,
            authors=tuple(by[article]),
            year=None,
        )
        for place, article in enumerate(ARTICLES)
    }
    categories = dict.fromkeys(ENDS, Category.PATHWAY)
    index = build_index(columns_of(list(stored)), [], categories, facts, ALIASES)
    lens = make_lens(index, candidates=True, background=True)
    return {link.key: link.belief for link in lens.links()}


def named(paper: str | None) -> set[str]:
    """Return the articles and publications that a paper names."""
    return {ALIASES.get(part, part) for part in parts_of(paper)} if paper else set()


def alone(edge: StoredEdge) -> float:
    """Return the reliability of an edge's claim, from the table of the documentation."""
    reading = 1.0 if edge.status is Status.ACCEPTED else max(edge.confidence, 0.01)
    return EPISTEMIC_RELIABILITY[edge.epistemic] * EVIDENCE_FACTOR[edge.evidence] * reading


def like(stored: StoredEdge, **changes: Any) -> StoredEdge:
    return stored.model_copy(update=changes)


def counts(edge: StoredEdge) -> bool:
    return edge.status in COUNTED


def counted(edge: StoredEdge) -> StoredEdge:
    return edge if counts(edge) else like(edge, status=Status.ACCEPTED)


def same_link(stored: Iterable[StoredEdge], first: StoredEdge) -> list[StoredEdge]:
    """Return the edges, all on the link of the first, and counted."""
    return [counted(like(edge, edge=first.edge)) for edge in stored]


@settings(max_examples=200, deadline=None)
@given(many, authors)
def test_a_belief_is_above_0_and_at_most_1(stored: list[StoredEdge], by: Authors) -> None:
    found = beliefs(stored, by)
    assert all(0 < belief <= 1 for belief in found.values())
    said = {(e.edge.subject, e.edge.object, number(e.edge.sign)) for e in stored if counts(e)}
    assert {(key.subject, key.object, key.sign) for key in found} == said


@settings(max_examples=200, deadline=None)
@given(many, authors, st.permutations(ARTICLES), st.integers(0, 1 << 40))
def test_the_order_of_papers_and_claims_does_not_matter(
    stored: list[StoredEdge], by: Authors, order: list[str], mask: int
) -> None:
    other = dict(zip(ARTICLES, order, strict=True))
    renamed = [
        like(
            each,
            claim=f"{int(each.claim, 16) ^ mask:064x}",
            paper=paper_of(None, [other.get(one, one) for one in named(each.paper)]),
        )
        for each in reversed(stored)
    ]
    found = beliefs(renamed, {other[article]: author for article, author in by.items()})
    assert found == pytest.approx(beliefs(stored, by))


@settings(max_examples=300, deadline=None)
@given(many, edges, authors)
def test_evidence_never_lowers_and_counter_claims_never_raise(
    stored: list[StoredEdge], more: StoredEdge, by: Authors
) -> None:
    before, after = beliefs(stored, by), beliefs([*stored, more], by)
    ends, sign = (more.edge.subject, more.edge.object), number(more.edge.sign)
    for key, belief in before.items():
        if (key.subject, key.object) == ends and key.sign and key.sign == -sign:
            assert after[key] <= belief + ROUNDING
        else:
            assert after[key] >= belief - ROUNDING


@settings(deadline=None)
@given(edges, edges, authors)
def test_a_counter_claim_takes_away(one: StoredEdge, other: StoredEdge, by: Authors) -> None:
    one, other = counted(one), counted(other)
    one = like(one, edge=replaced(one.edge, Sign.POSITIVE))
    other = like(other, edge=replaced(one.edge, Sign.NEGATIVE), claim="f" * 64)
    (before,) = beliefs([one], by).values()
    after = {key.sign: belief for key, belief in beliefs([one, other], by).items()}
    assert after[1] == pytest.approx(before * (1 - alone(other) / 2))
    assert after[1] < before


def replaced(edge: Edge, sign: Sign) -> Edge:
    return edge.model_copy(update={"sign": sign})


@settings(deadline=None)
@given(
    st.lists(edges, min_size=1, max_size=6, unique_by=lambda e: e.claim),
    authors,
    st.sampled_from(PAPERS),
)
def test_claims_of_one_paper_are_worth_the_surest(
    stored: list[StoredEdge], by: Authors, paper: str
) -> None:
    stored = [like(each, paper=paper) for each in same_link(stored, stored[0])]
    (belief,) = beliefs(stored, by).values()
    assert belief == pytest.approx(max(alone(each) for each in stored))


@settings(deadline=None)
@given(edges, edges, authors, st.sampled_from(PAPERS), st.sampled_from(PAPERS))
def test_papers_add_up_where_neither_publication_nor_author_is_shared(
    one: StoredEdge, other: StoredEdge, by: Authors, first_paper: str, second_paper: str
) -> None:
    one, other = same_link([one, like(other, claim="f" * 64)], one)
    one, other = like(one, paper=first_paper), like(other, paper=second_paper)
    (belief,) = beliefs([one, other], by).values()
    first, second = alone(one), alone(other)
    marks = [
        named(paper).union(*(by.get(name, "") for name in named(paper)))
        for paper in (first_paper, second_paper)
    ]
    shared = marks[0] & marks[1]
    wanted = max(first, second) if shared else 1 - (1 - first) * (1 - second)
    assert belief == pytest.approx(wanted)


@settings(deadline=None)
@given(st.lists(edges, min_size=1, max_size=5, unique_by=lambda e: e.claim), authors)
def test_claims_without_a_paper_count_each_for_itself(
    stored: list[StoredEdge], by: Authors
) -> None:
    stored = [like(each, paper=None) for each in same_link(stored, stored[0])]
    (belief,) = beliefs(stored, by).values()
    assert belief == pytest.approx(1 - np.prod([1 - alone(each) for each in stored]))


@settings(max_examples=200, deadline=None)
@given(many, authors, st.sampled_from(ARTICLES))
def test_retraction_removes(stored: list[StoredEdge], by: Authors, article: str) -> None:
    left = [each for each in stored if article not in named(each.paper)]
    assert beliefs(stored, by, retracted=article) == beliefs(left, by)


@settings(deadline=None)
@given(many, authors)
def test_only_what_is_accepted_or_a_candidate_counts(stored: list[StoredEdge], by: Authors) -> None:
    assert beliefs(stored, by) == beliefs([e for e in stored if counts(e)], by)


@settings(deadline=None)
@given(many, edges, authors)
def test_accepting_never_lowers(stored: list[StoredEdge], edge: StoredEdge, by: Authors) -> None:
    others = [like(each, edge=replaced(each.edge, edge.edge.sign)) for each in stored]
    before = beliefs([*others, like(edge, status=Status.CANDIDATE)], by)
    after = beliefs([*others, like(edge, status=Status.ACCEPTED)], by)
    assert all(after[key] >= belief - ROUNDING for key, belief in before.items())


def test_a_paper_by_authors_of_two_others_takes_nothing_away() -> None:
    told = StoredEdge(
        claim="1".zfill(64),
        paper=ARTICLES[0],
        status=Status.ACCEPTED,
        epistemic=Epistemic.DEMONSTRATED,
        evidence=EvidenceType.LOSS_OF_FUNCTION,
        confidence=1.0,
        edge=Edge(subject="A", object="B", sign=Sign.POSITIVE, side=None, aspect=None, rule="test"),
        rule_version=1,
    )
    two = [told, like(told, claim="2".zfill(64), paper=ARTICLES[1])]
    bridge = like(told, claim="3".zfill(64), paper=ARTICLES[2])
    by = dict.fromkeys(ARTICLES, "") | dict(zip(ARTICLES, ("x", "y", "xy"), strict=False))
    assert list(beliefs(two, by).values()) == pytest.approx([0.99])
    assert list(beliefs([*two, bridge], by).values()) == pytest.approx([0.99])


def test_the_table_says_what_the_documentation_says() -> None:
    def worth(status: Status, told: Epistemic, shown: EvidenceType, confidence: float) -> float:
        def code(place: int) -> np.ndarray:
            return np.array([place], dtype=np.int8)

        found = reliabilities(
            code(STATUSES.index(status)),
            code(EPISTEMICS.index(told)),
            code(EVIDENCES.index(shown)),
            np.array([confidence]),
        )
        return float(found[0])

    loss = EvidenceType.LOSS_OF_FUNCTION
    assert worth(Status.ACCEPTED, Epistemic.DEMONSTRATED, loss, 0.7) == 0.9
    assert worth(Status.CANDIDATE, Epistemic.DEMONSTRATED, loss, 0.7) == pytest.approx(0.63)
    assert worth(Status.CANDIDATE, Epistemic.UNSTATED, loss, 0.8) == pytest.approx(0.56)
    assert worth(Status.ACCEPTED, Epistemic.INTERPRETATION, EvidenceType.OBSERVATIONAL, 1) == 0.35
    assert worth(Status.CANDIDATE, Epistemic.HYPOTHESIS, loss, 0.0) == pytest.approx(0.002)
