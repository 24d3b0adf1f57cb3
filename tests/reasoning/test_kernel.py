"""The kernel against brute force, on random graphs with every nuisance that graphs have."""

from itertools import pairwise
from threading import Event
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.edge import Edge, StoredEdge
from app.model.entity import EntityRelation
from app.model.vocabulary import Aspect, Sign
from app.reasoning import engine, kernel, search
from app.reasoning.engine import Stop
from app.reasoning.lens import Lens, LinkEdge
from app.reasoning.search import Search
from tests.reasoning.claims import claim, stored, view
from tests.reasoning.graphs import NODES, Wish, brute_force, graphs, index_of, named, stored_edges

ALL = 10_000
Graph = tuple[list[StoredEdge], list[EntityRelation]]

nodes = st.frozensets(st.sampled_from(NODES), max_size=2)
wishes = st.builds(
    Wish,
    targets=st.frozensets(st.sampled_from("ABC"), min_size=1, max_size=2),
    arriving=st.sampled_from([frozenset({1}), frozenset({-1}), frozenset({1, -1})]),
    max_hops=st.integers(1, 6),
    matched_only=st.booleans(),
    aspects=st.sampled_from([(None, *Aspect), (None, Aspect.MAINTENANCE)]),
    avoid=st.one_of(st.just(frozenset()), nodes),
    via=st.one_of(st.just(frozenset()), nodes),
    min_belief=st.sampled_from([0.0, 0.0, 0.55]),
)


@pytest.fixture(params=["plain", "compiled"])
def form(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have one form of the kernel serve graphs of any size."""
    monkeypatch.setattr(engine, "_READY", Event())
    if request.param == "compiled":
        monkeypatch.setattr(engine, "PLAIN_UP_TO", -1)


def _lens(graph: Graph) -> Lens:
    return index_of(*graph).lens(candidates=False, background=False)


@pytest.mark.usefixtures("form")
@settings(max_examples=250, deadline=None)
@given(graphs, wishes)
def test_every_path_is_found_in_exact_order(graph: Graph, wish: Wish) -> None:
    lens = _lens(graph)
    names = lens.index.entities
    if not (wish.targets & set(names)) or not wish.via <= set(names):
        return
    wish = Wish(**{**vars(wish), "targets": wish.targets & set(names)})
    one = wish.search(lens)
    starts = [(place, change) for place in range(len(names)) for change in (1, -1)]
    each = one.walks_each(starts, ALL)
    leading = one.leading_there
    for (place, change), walks in zip(starts, each, strict=True):
        expected = brute_force(lens, wish, names[place], change)
        assert named(walks.walks) == expected
        assert walks.complete
        if len(wish.targets) == 1 and not wish.via:
            assert bool(leading[place, int(change > 0)]) == bool(expected)


@pytest.mark.usefixtures("form")
@settings(max_examples=100, deadline=None)
@given(graphs, st.sampled_from(["B", "C", "BC", "E"]), st.integers(2, 5))
def test_paths_that_must_visit_others_are_found_up_to_their_last_hop(
    graph: Graph, via: str, max_hops: int
) -> None:
    # A chain by way of B and C, so that there is a path that just reaches its end.
    chain = [
        graph[0][0].model_copy(update={"claim": f"{(1 << 40) + number:064x}", "edge": link})
        for number, (subject, target) in enumerate(pairwise("DCBA"))
        for link in [Edge(subject=subject, object=target, sign=Sign.POSITIVE, rule="test")]
    ]
    lens = _lens(([*graph[0], *chain], graph[1]))
    if lens.index.entities.place(via[0]) is None:
        return
    wish = Wish(frozenset("A"), frozenset({1, -1}), max_hops, via=frozenset(via))
    found = wish.search(lens).walks([(lens.index.entities.at("D"), 1)], ALL)
    assert named(found.walks) == brute_force(lens, wish, "D", 1)
    assert found.complete


@pytest.mark.usefixtures("form")
@settings(max_examples=150, deadline=None)
@given(graphs, wishes, st.integers(1, 6), st.sets(st.sampled_from(NODES), min_size=1))
def test_the_best_from_a_set_are_the_first_of_all(
    graph: Graph, wish: Wish, k: int, sources: set[str]
) -> None:
    lens = _lens(graph)
    names = lens.index.entities
    if not (wish.targets & set(names)) or not wish.via <= set(names):
        return
    wish = Wish(**{**vars(wish), "targets": wish.targets & set(names)})
    starts = [(place, -1) for place in range(len(names)) if names[place] in sources]
    expected = sorted(p for s, _ in starts for p in brute_force(lens, wish, names[s], -1))
    found = wish.search(lens).walks(starts, k)
    assert named(found.walks) == expected[:k]
    assert found.complete


@pytest.fixture
def arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have searches hold arrays, as the compiled form needs them."""
    monkeypatch.setattr(engine, "PLAIN_UP_TO", -1)


@pytest.mark.usefixtures("arrays")
@settings(max_examples=150, deadline=None)
@given(graphs, wishes)
def test_both_forms_agree_bit_for_bit(graph: Graph, wish: Wish) -> None:
    from app.reasoning import compiled

    lens = _lens(graph)
    entities = len(lens.index.entities)
    wish = Wish(**{**vars(wish), "targets": wish.targets & set(lens.index.entities)})
    if not wish.targets:
        return
    starts = np.array([(place, c) for place in range(entities) for c in (0, 1)], dtype=np.int32)
    results = [_everything(form, wish.search(lens), starts) for form in (kernel, compiled)]
    for one, other in zip(*results, strict=True):
        assert one.dtype == other.dtype
        assert one.tobytes() == other.tobytes()


def _everything(form: ModuleType, one: Search, starts: np.ndarray) -> list[np.ndarray]:
    """Run every entry of one form and return all that it computes."""
    graph, aim = one._graph, one._aim
    stop, progress = Stop().flag, engine.new_progress()
    ending = form.kin_ends(graph, aim)
    rests, choices = form.fill_rests(graph, aim, ending, starts, stop, progress)
    leading = form.which_lead_there(graph, aim, rests, choices, ending, stop, progress)
    away = form.hops_to(graph, np.arange(len(ending), dtype=np.int32), 5)
    found, counts = kernel.new_found(40), np.zeros(len(starts), dtype=np.int32)
    first, _ = form.best_paths(
        graph, aim, rests, starts, kernel.new_pool(4, 40), found, 0, stop, progress
    )
    each = kernel.new_found(5 * len(starts))
    form.paths_each(graph, aim, rests, starts, kernel.new_pool(4, 5), each, counts, stop, progress)
    told = (ending, rests, choices, leading, away, np.array([first]))
    return [*told, *found, *each, counts, progress]


@settings(max_examples=150, deadline=None)
@given(st.lists(stored_edges, max_size=14), st.randoms())
def test_the_order_of_ingestion_does_not_matter(edges: list[StoredEdge], random: object) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    orders = []
    for some in (edges, shuffled):
        lens = _lens((some, []))
        wish = Wish(frozenset("A"), frozenset({-1}), 3)
        if lens.index.entities.place("A") is None:
            return
        starts = [(place, c) for place in range(len(lens.index.entities)) for c in (1, -1)]
        orders.append(
            [
                [(w.order, [h.via.claims for h in w.hops if isinstance(h.via, LinkEdge)])
                 for w in walks.walks]
                for walks in wish.search(lens).walks_each(starts, ALL)
            ]
        )  # fmt: skip
    assert orders[0] == orders[1]


def _chain() -> Lens:
    """C raises B raises A, shown by loss of function, without aspect."""
    reads = [claim("C", "required_for", "B"), claim("B", "required_for", "A")]
    return _lens(([edge for read in reads for edge in stored(view(read))], []))


def test_a_stopped_search_says_so() -> None:
    one = Wish(frozenset("A"), frozenset({-1}), 3).search(_chain())
    one.stop.set()
    found = one.walks([(2, -1)], 5)
    assert not found.complete
    assert found.walks == ()


@pytest.mark.usefixtures("form")
@pytest.mark.parametrize("form", ["plain"], indirect=True)
def test_a_search_that_outgrows_its_room_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "POOL_LIMIT", 1)
    one = Wish(frozenset("A"), frozenset({-1}), 3).search(_chain())
    assert not one.walks([(2, -1)], 5).complete


def test_a_flag_set_meanwhile_stops_the_compiled_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PLAIN_UP_TO", -1)
    names = [f"N{i:02d}" for i in range(40)]
    reads = [claim(a, "required_for", b) for a in names for b in names if a != b]
    lens = _lens(([edge for read in reads for edge in stored(view(read))], []))
    one = search.Search(lens, [0], [-1], 6)
    with one.stop.after(0.3):
        found = one.walks([(place, -1) for place in range(1, 40)], 100_000)
    assert not found.complete
    costs = [walk.cost for walk in found.walks]
    assert costs == sorted(costs)
