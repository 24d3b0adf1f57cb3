"""An index after changes equals the one that would be built."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.edge import StoredEdge
from app.model.edge_columns import EdgeChanges
from app.reasoning.index import Index, build_index, changed
from app.reasoning.lens import make_lens
from tests.reasoning.columns import columns_of
from tests.reasoning.graphs import stored_edges


def said(index: Index) -> list[object]:
    lens = make_lens(index, candidates=False, background=False)
    return [(link.key, link.belief, link.claims) for link in lens.links()]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(stored_edges, min_size=1, max_size=14, unique_by=lambda edge: edge.claim),
    st.lists(stored_edges, max_size=5, unique_by=lambda edge: edge.claim),
    st.integers(0, 4),
)
def test_changes_give_what_building_anew_gives(
    edges: list[StoredEdge], more: list[StoredEdge], gone: int
) -> None:
    taken = {edge.claim for edge in edges}
    more = [edge for edge in more if edge.claim not in taken]
    before = build_index(columns_of(edges), (), {}, {})
    changes = EdgeChanges(opened=columns_of(more), closed=columns_of(edges[:gone]))
    after = changed(before, changes)
    ends = {end for e in edges for end in (e.edge.subject, e.edge.object)}
    new_ends = {end for e in more for end in (e.edge.subject, e.edge.object)}
    articles = {edge.paper for edge in edges}
    known = new_ends <= ends and {edge.paper for edge in more} <= articles
    assert (after is not None) == known
    if after is not None:
        assert said(after) == said(build_index(columns_of([*edges[gone:], *more]), (), {}, {}))
