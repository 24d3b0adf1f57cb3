"""What follows from an intervention is what the interventions on each outcome say of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.answer import InterventionQuestion, NamedEntity
from app.model.edge import StoredEdge
from app.model.edge_columns import ASPECTS
from app.model.entity import EntityRelation
from app.model.vocabulary import Effect
from app.reasoning.effects import WISHED, admits_aspect
from app.reasoning.finding import Finder
from app.reasoning.flow import PRECISION
from app.reasoning.following import Follower
from tests.reasoning.graphs import Wish, brute_force, graphs, index_of

Graph = tuple[list[StoredEdge], list[EntityRelation]]
NOTHING = NamedEntity(id="A", name="A")


@settings(max_examples=60, deadline=None)
@given(graphs, st.sampled_from(sorted(WISHED)), st.integers(1, 5), st.booleans())
def test_a_lowers_b_exactly_where_b_follows_from_a(
    graph: Graph, effect: Effect, max_hops: int, matched_only: bool
) -> None:
    lens = index_of(*graph).lens(candidates=False, background=False)
    names = list(lens.index.entities)
    question = InterventionQuestion(
        outcome=NOTHING, effect=effect, max_hops=max_hops, matched_only=matched_only
    )
    aspects = tuple(aspect for aspect in ASPECTS if admits_aspect(effect, aspect))
    ahead, net_ahead = {}, {}
    for outcome in names:
        finder = Finder(lens, outcome, effect, question)
        wish = Wish(
            frozenset([outcome]), frozenset([WISHED[effect]]), max_hops, matched_only, aspects
        )
        candidates = finder.candidates()
        for candidate, found in zip(candidates, finder.walks(candidates), strict=True):
            assert brute_force(lens, wish, found.target, found.change)
            key = found.target, found.change, outcome
            net_ahead[key], _ = finder.influence(candidate)
            ahead[key] = (
                found.walks, candidate.place[:3], candidate.place[5],
                round(finder.sign_chance(candidate), 9),
            )  # fmt: skip
    back, net_back = {}, {}
    for source in names:
        for change in (1, -1):
            follower = Follower(lens, source, change, {WISHED[effect]: effect}, question)
            candidates = follower.candidates()
            for candidate, found in zip(candidates, follower.walks(candidates), strict=True):
                assert (found.effect, found.candidate.change) == (effect, WISHED[effect])
                key = found.target, found.change, found.outcome
                net_back[key], _ = follower.influence(candidate)
                back[key] = (
                    found.walks, candidate.place[:3], candidate.place[5],
                    round(follower.sign_chance(candidate), 9),
                )  # fmt: skip
    assert back == ahead
    # Each leaves out as much as PRECISION.
    assert net_back == pytest.approx(net_ahead, abs=2 * PRECISION, rel=0)


@settings(max_examples=30, deadline=None)
@given(graphs, st.integers(1, 4))
def test_both_changes_asked_together_are_those_asked_alone(graph: Graph, max_hops: int) -> None:
    lens = index_of(*graph).lens(candidates=False, background=False)
    question = InterventionQuestion(outcome=NOTHING, effect=Effect.LOWERS, max_hops=max_hops)
    both = {-1: Effect.LOWERS, 1: Effect.PROMOTES}
    for source in lens.index.entities:
        together = {
            (one.entity, one.change, one.place)
            for one in Follower(lens, source, -1, both, question).candidates()
        }
        alone = {
            (one.entity, one.change, one.place)
            for change, effect in both.items()
            for one in Follower(lens, source, -1, {change: effect}, question).candidates()
        }
        assert together == alone
