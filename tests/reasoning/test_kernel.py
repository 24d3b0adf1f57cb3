"""The kernel against brute force, on random graphs with every nuisance that graphs have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.edge import StoredEdge
from app.model.entity import EntityRelation
from app.model.vocabulary import Aspect
from app.reasoning.index import LinkEdge
from app.reasoning.kernel import Search
from tests.reasoning.graphs import NODES, brute_force, graphs, index_of, stored_edges


def _not_induction(link: LinkEdge) -> bool:
    return link.key.aspect is not Aspect.INDUCTION


@settings(max_examples=250, deadline=None)
@given(graphs, st.sampled_from([1, -1]), st.integers(1, 4), st.booleans(), st.booleans())
def test_every_path_is_found_in_exact_order(
    graph: tuple[list[StoredEdge], list[EntityRelation]],
    arriving: int,
    max_hops: int,
    matched_only: bool,
    restricted: bool,
) -> None:
    lens = index_of(*graph).lens(candidates=False, background=False)
    search = Search(
        lens, "A", arriving, max_hops, matched_only,
        admits=_not_induction if restricted else lambda _: True,
    )  # fmt: skip
    reachable = set()
    for source in NODES:
        for change in (1, -1):
            walks = list(search.walks(source, change))
            expected = brute_force(search, source, change)
            assert [w.order for w in walks] == [w.order for w in expected]
            if expected:
                reachable.add((source, change))
    # A start may have only completions that run into themselves, so sources are a superset.
    assert reachable <= set(search.sources())


@settings(max_examples=200, deadline=None)
@given(st.lists(stored_edges, max_size=14), st.randoms())
def test_the_order_of_ingestion_does_not_matter(edges: list[StoredEdge], random: object) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    orders = []
    for some in (edges, shuffled):
        lens = index_of(some).lens(candidates=False, background=False)
        search = Search(lens, "A", -1, 3)
        orders.append(
            [
                [(w.order, [h.via.claims for h in w.hops if isinstance(h.via, LinkEdge)])
                 for w in search.walks(source, change)]
                for source in NODES for change in (1, -1)
            ]
        )  # fmt: skip
    assert orders[0] == orders[1]


def test_between_is_restricted(chain: list[StoredEdge]) -> None:
    lens = index_of(chain).lens(candidates=False, background=False)
    everywhere = Search(lens, "A", -1, 3)
    elsewhere = Search(lens, "A", -1, 3, allows=lambda entity: entity != "B")
    assert len(list(everywhere.walks("C", -1))) == 1
    assert list(elsewhere.walks("C", -1)) == []


@pytest.fixture
def chain() -> list[StoredEdge]:
    """C raises B raises A, shown by loss of function, without aspect."""
    from tests.reasoning.claims import claim, stored, view

    reads = [
        claim("C", "required_for", "B"),
        claim("B", "required_for", "A"),
    ]
    return [edge for read in reads for edge in stored(view(read))]
