"""Searching backwards over the turned table against searching forwards, on random graphs."""

from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.edge import StoredEdge
from app.model.entity import EntityRelation
from app.model.vocabulary import Aspect
from app.reasoning import engine
from app.reasoning.search import Search
from tests.reasoning.graphs import graphs, index_of

ALL = 10_000
Graph = tuple[list[StoredEdge], list[EntityRelation]]


@pytest.fixture(params=["plain", "compiled"])
def form(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one form of the kernel serve graphs of any size."""
    monkeypatch.setattr(engine, "_READY", Event())
    if request.param == "compiled":
        monkeypatch.setattr(engine, "PLAIN_UP_TO", -1)


@pytest.mark.usefixtures("form")
@settings(max_examples=30, deadline=None)
@given(
    graphs,
    st.integers(1, 5),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, (None, *Aspect), (None, Aspect.MAINTENANCE), (Aspect.INDUCTION,)]),
)
def test_a_backward_search_finds_the_same_paths(
    graph: Graph,
    max_hops: int,
    matched_only: bool,
    causal: bool,
    aspects: tuple[Aspect | None, ...] | None,
) -> None:
    lens = index_of(*graph).lens(candidates=False, background=False)
    entities = range(len(lens.index.entities))
    for source in entities:
        for change in (1, -1):
            back = Search(
                lens, [source], [change], max_hops, matched_only, aspects,
                causal=causal, backwards=True,
            )  # fmt: skip
            reached = back.leading_there
            for outcome in entities:
                if outcome == source:
                    continue
                for arriving in (1, -1):
                    ahead = Search(
                        lens, [outcome], [arriving], max_hops, matched_only, aspects,
                        causal=causal,
                    )  # fmt: skip
                    expected = ahead.walks([(source, change)], ALL).walks
                    found = back.walks([(outcome, arriving)], ALL).walks
                    assert sorted(found, key=lambda walk: walk.order) == list(expected)
                    assert bool(reached[outcome, int(arriving > 0)]) == bool(expected)
