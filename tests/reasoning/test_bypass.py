"""Open routes are exactly the paths that trying everything finds off the target and its kin."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.answer import InterventionQuestion, NamedEntity
from app.model.edge import Edge, StoredEdge
from app.model.edge_columns import ASPECTS
from app.model.entity import EntityRelation
from app.model.vocabulary import Effect, Epistemic, EvidenceType, Side, Sign, Status
from app.reasoning.bypass import closing, kin_of, open_routes, stations
from app.reasoning.effects import WISHED, admits_aspect
from app.reasoning.finding import Finder
from app.reasoning.lens import Lens
from tests.reasoning.graphs import NODES, Path, Wish, brute_force, graphs, index_of, named

Graph = tuple[list[StoredEdge], list[EntityRelation]]
NOTHING = NamedEntity(id="A", name="A")

Stations = tuple[tuple[str, int], ...]


def lens_of(graph: Graph) -> Lens:
    return index_of(*graph).lens(candidates=False, background=False)


def expected(lens: Lens, wish: Wish) -> list[tuple[Stations, Path]]:
    """Return each route by its entities and what closes it there, with its best path."""
    (outcome,) = wish.targets
    every = [
        (path, _stations(path, change))
        for source in lens.index.entities
        if source != outcome and source not in wish.avoid
        for change in (-1, 1)
        for path in brute_force(lens, wish, source, change)
    ]
    best: dict[Stations, Path] = {}
    for path, route in sorted(every):
        best.setdefault(route, path)
    return list(best.items())


def _stations(path: Path, change: int) -> Stations:
    found = []
    for subject, _, sign, *_ in path[2]:
        found.append((subject, change))
        change *= int(sign)
    return tuple(found)


@settings(max_examples=150, deadline=None)
@given(
    graphs,
    st.sampled_from(sorted(WISHED)),
    st.sampled_from(NODES),
    st.integers(1, 5),
    st.booleans(),
    st.integers(1, 6),
)
def test_open_routes_are_those_of_brute_force(
    graph: Graph, effect: Effect, target: str, max_hops: int, matched_only: bool, wanted: int
) -> None:
    lens = lens_of(graph)
    question = InterventionQuestion(
        outcome=NOTHING, effect=effect, max_hops=max_hops, matched_only=matched_only
    )
    aspects = tuple(aspect for aspect in ASPECTS if admits_aspect(effect, aspect))
    wished = WISHED[effect]
    for outcome in lens.index.entities:
        closed = ({target} | kin_of(lens, target)) - {outcome}
        wish = Wish(
            frozenset([outcome]), frozenset([wished]), max_hops, matched_only, aspects,
            avoid=frozenset(closed),
        )  # fmt: skip
        routes = expected(lens, wish)
        found = open_routes(Finder(lens, outcome, effect, question), closed, wanted)
        assert named(found.walks) == [path for _, path in routes[:wanted]]
        assert [stations(walk, wished) for walk in found.walks] == [
            route for route, _ in routes[:wanted]
        ]
        assert found.complete
        assert found.more is (len(routes) > wanted)
        passed = {entity for walk in found.walks for entity, _ in stations(walk, wished)}
        assert not passed & closed
        check_closing(found.walks, wished)


def check_closing(walks: tuple, wished: int) -> None:  # type: ignore[type-arg]
    """Hold what closes routes against counting them one by one."""
    beliefs = [1.0 / (place + 1) for place in range(len(walks))]
    on = [dict(stations(walk, wished)) for walk in walks]
    seconds = closing(walks, beliefs, wished)
    assert len({(one.entity, one.change) for one in seconds}) == len(seconds)
    assert Counter(place for one in seconds for place in one.routes) == Counter(
        {place: len(route) for place, route in enumerate(on)}
    )
    for one in seconds:
        closes = [place for place, route in enumerate(on) if route.get(one.entity) == one.change]
        against = [route for route in on if route.get(one.entity) == -one.change]
        assert list(one.routes) == closes
        assert abs(one.strength - sum(beliefs[place] for place in closes)) < 1e-5
        assert one.against == len(against)
    assert [one.strength for one in seconds] == sorted(
        (one.strength for one in seconds), reverse=True
    )


def edge(subject: str, object_: str, sign: str, side: Side | None, number: int) -> StoredEdge:
    return StoredEdge(
        claim=f"{number:064x}", paper=f"ART:{number}", status=Status.ACCEPTED,
        epistemic=Epistemic.DEMONSTRATED, evidence=EvidenceType.LOSS_OF_FUNCTION, confidence=1.0,
        edge=Edge(
            subject=subject, object=object_, sign=Sign(sign), side=side, aspect=None, rule="test"
        ),
        rule_version=1,
    )  # fmt: skip


def test_what_lies_on_most_routes_closes_most_and_signs_are_kept() -> None:
    # A and B raise the outcome E; C raises B, D lowers B: D is to be raised, C lowered.
    loss, gain = Side.LOSS, Side.GAIN
    lens = lens_of(
        (
            [edge("A", "E", "+", loss, 1), edge("B", "E", "+", loss, 2),
             edge("B", "E", "+", gain, 3), edge("C", "B", "+", loss, 4),
             edge("D", "B", "-", gain, 5), edge("C", "A", "+", loss, 6)],
            [],
        )
    )  # fmt: skip
    question = InterventionQuestion(outcome=NOTHING, effect=Effect.LOWERS)
    finder = Finder(lens, "E", Effect.LOWERS, question)
    found = open_routes(finder, {"A"}, 25)
    assert [stations(walk, -1) for walk in found.walks] == [
        (("B", -1),), (("C", -1), ("B", -1)), (("D", 1), ("B", -1)),
    ]  # fmt: skip
    first, *rest = closing(found.walks, [0.9, 0.8, 0.8], -1)
    assert (first.entity, first.change, first.routes, first.strength) == ("B", -1, (0, 1, 2), 2.5)
    assert [(one.entity, one.change, one.routes) for one in rest] == [
        ("C", -1, (1,)), ("D", 1, (2,)),
    ]  # fmt: skip
    assert open_routes(finder, {"A", "B"}, 25).walks == ()
