"""Edges as columns: the same as the edges one by one, at every revision, and their changes."""

from dataclasses import replace

import pytest

from app.graph.port import GraphStore, GraphView, GraphWriter, WholeClaim
from app.model.claim import ClaimState
from app.model.edge import Condition, Edge
from app.model.edge_columns import (
    ASPECTS,
    EPISTEMICS,
    EVIDENCES,
    NO_PAPER,
    SIDES,
    SIGNS,
    STATUSES,
    EdgeColumns,
)
from app.model.paper import paper_of
from app.model.vocabulary import Aspect, Side, Sign, Status
from tests.support.factories import claim, edge, extraction, imported, paper

ONE, TWO = paper(1), paper(2, title="Curcumin prevents EMT again.")
FIRST, SECOND = claim(ONE.text), claim(TWO.text, agent="Curcumin", agent_id="CHEBI:3962")
CONDITIONED = Edge(
    subject="HGNC:1",
    object="HGNC:2",
    sign=Sign.NEGATIVE,
    side=Side.GAIN,
    aspect=Aspect.INDUCTION,
    condition=(Condition(name="TGF-beta"),),
    rule="gain-of-function",
)
UNSIGNED = edge("A:2", "A:1", Sign.UNSIGNED, None, None)


def put(writer: GraphWriter) -> None:
    for one, said in ((ONE, FIRST), (TWO, SECOND)):
        one.put(writer)
        writer.put_claim(one.id, said)
    writer.add_extraction(FIRST.id, extraction(confidence=0.7))
    writer.put_edges(FIRST.id, [edge(), CONDITIONED], 1)
    writer.put_edges(SECOND.id, [UNSIGNED], 1)


def accept(writer: GraphWriter) -> None:
    writer.put_state(FIRST.id, ClaimState(status=Status.ACCEPTED, quotes=FIRST.quotes))


Told = tuple[object, ...]


def told(columns: EdgeColumns) -> list[Told]:
    """The rows of columns as plain values."""
    ids = columns.claim_ids(range(len(columns.claims)))
    return [
        (
            ids[columns.claim[row]],
            int(columns.place[row]),
            columns.entities[columns.subject[row]],
            columns.entities[columns.object[row]],
            None if columns.paper[row] == NO_PAPER else columns.papers[columns.paper[row]],
            SIGNS[columns.sign[row]],
            SIDES[columns.side[row]],
            ASPECTS[columns.aspect[row]],
            STATUSES[columns.status[row]],
            EPISTEMICS[columns.epistemic[row]],
            EVIDENCES[columns.evidence[row]],
            float(columns.confidence[row]),
            bool(columns.conditioned[row]),
        )
        for row in range(len(columns))
    ]


def streamed(view: GraphView) -> list[Told]:
    """The same of the edges one by one."""
    places: dict[str, int] = {}
    found: list[Told] = []
    for each in view.edges():
        place = places.get(each.claim, 0)
        places[each.claim] = place + 1
        found.append(
            (
                each.claim,
                place,
                each.edge.subject,
                each.edge.object,
                each.paper,
                each.edge.sign,
                each.edge.side,
                each.edge.aspect,
                each.status,
                each.epistemic,
                each.evidence,
                each.confidence,
                bool(each.edge.condition),
            )
        )
    return found


def test_an_empty_graph_has_empty_columns(store: GraphStore) -> None:
    with store.view() as view:
        columns = view.edge_columns()
    assert (len(columns), columns.entities, columns.papers) == (0, (), ())
    assert columns.claims.shape == (0, 32)


def test_columns_say_what_the_edges_say_at_every_revision(store: GraphStore) -> None:
    store.write("ada", "one", put)
    store.write("ada", "two", accept)
    store.write("ada", "three", lambda w: w.add_extraction(FIRST.id, extraction("2", 0.4)))
    store.write("ada", "four", lambda w: w.put_claim(TWO.id, FIRST))
    store.write("ada", "five", lambda w: w.put_edges(FIRST.id, [CONDITIONED], 2))
    seen = []
    for number in range(1, 6):
        with store.view(number) as view:
            columns = view.edge_columns()
            assert told(columns) == streamed(view)
            seen.append(told(columns))
    first = [rows[0] if rows[0][0] == FIRST.id else rows[1] for rows in seen]
    assert [(row[4], row[8], row[11]) for row in first] == [
        ("a0001", Status.CANDIDATE, 0.7),
        ("a0001", Status.ACCEPTED, 0.7),
        ("a0001", Status.ACCEPTED, 0.4),
        ("a0002", Status.ACCEPTED, 0.4),
        ("a0002", Status.ACCEPTED, 0.4),
    ]
    assert [len(rows) for rows in seen] == [3, 3, 3, 3, 2]


def test_tables_are_sorted_and_hold_only_what_is_named(store: GraphStore) -> None:
    store.write("ada", "one", put)
    with store.view() as view:
        columns = view.edge_columns()
    assert columns.entities == ("A:1", "A:2", "FPLX:NFkappaB", "GO:0001837", "HGNC:1", "HGNC:2")
    assert columns.papers == ("a0001", "a0002")
    assert columns.claim_ids([0, 1]) == sorted((FIRST.id, SECOND.id))
    store.write("ada", "two", lambda w: w.put_edges(FIRST.id, [], 1))
    with store.view() as view:
        columns = view.edge_columns()
    assert (columns.entities, columns.papers) == (("A:1", "A:2"), ("a0002",))


def test_what_an_edge_copies_makes_no_version_of_the_edge(store: GraphStore) -> None:
    store.write("ada", "one", put)
    store.write("ada", "two", accept)
    edges = [row.fields for row in store.dump() if row.kind == "edge"]
    assert [(row["rev_from"], row["rev_to"]) for row in edges] == [(1, None)] * 3
    kinds = {change.kind for change in store.changes(1, 2, None, 50).items}
    assert kinds == {"state"}


def test_a_state_put_back_leaves_no_trace(store: GraphStore) -> None:
    store.write("ada", "one", put)

    def there_and_back(writer: GraphWriter) -> None:
        accept(writer)
        writer.put_edges(FIRST.id, [UNSIGNED], 1)
        assert [e.status for e in writer.edges() if e.claim == FIRST.id] == [Status.ACCEPTED]
        writer.put_state(FIRST.id, ClaimState(quotes=FIRST.quotes))
        writer.put_edges(FIRST.id, [edge(), CONDITIONED], 1)

    before = list(store.dump())
    store.write("ada", "two", there_and_back)
    assert list(store.dump()) == before
    with store.view() as view:
        assert told(view.edge_columns()) == streamed(view)


def test_changes_bring_columns_forward(store: GraphStore) -> None:
    store.write("ada", "one", put)
    store.write("ada", "two", accept)
    store.write("ada", "three", lambda w: w.put_edges(SECOND.id, [edge("A:3", "A:1")], 1))
    store.write("ada", "four", lambda w: w.put_edges(FIRST.id, [CONDITIONED], 1))
    for since in range(5):
        with store.view(since) as view:
            held = {row[:2]: row for row in told(view.edge_columns())}
        with store.view() as view:
            changes = view.edge_changes(since)
            wanted = told(view.edge_columns())
        assert changes is not None
        for row in told(changes.closed):
            assert held.pop(row[:2]) == row
        held.update({row[:2]: row for row in told(changes.opened)})
        assert sorted(held.values(), key=str) == sorted(wanted, key=str)
    with store.view() as view:
        changes = view.edge_changes(4)
    assert changes is not None
    assert (len(changes.opened), len(changes.closed)) == (0, 0)


SAID = {
    edge_id: imported(edge_id, named)
    for edge_id, named in (("e1", ("PMID:9", "PMID:7")), ("e2", ("PMID:7",)), ("e3", ()))
}


def papers(store: GraphStore, at: int | None = None) -> list[str | None]:
    """What the imported claims were published in, as their edges say it."""
    with store.view(at) as view:
        said = {each.claim: each.paper for each in view.edges()}
        assert told(view.edge_columns()) == streamed(view)
    return [said[each.id] for each in SAID.values()]


@pytest.mark.parametrize("at_once", [False, True])
def test_an_edge_names_all_that_its_claim_was_published_in(
    store: GraphStore, other: GraphStore, at_once: bool
) -> None:
    def put_one_by_one(writer: GraphWriter) -> None:
        for each in SAID.values():
            writer.put_claim(ONE.id, each)
            writer.put_edges(each.id, [edge()], 1)

    def put_at_once(writer: GraphWriter) -> None:
        wholes = (WholeClaim(claim=c, article_id=ONE.id, state=ClaimState()) for c in SAID.values())
        writer.put_many(claims=[replace(each, edges=(edge(),)) for each in wholes])

    store.write("ada", "an article", ONE.put)
    store.write("ada", "an import", put_at_once if at_once else put_one_by_one)
    store.write("ada", "no article", lambda w: [w.put_claim(None, each) for each in SAID.values()])
    with_article = [
        paper_of(ONE.id, ("PMID:7", "PMID:9")),
        paper_of(ONE.id, ("PMID:7",)),
        ONE.id,
    ]
    without = [paper_of(None, ("PMID:7", "PMID:9")), "PMID:7", None]
    assert (papers(store, 2), papers(store)) == (with_article, without)
    other.load(store.dump())
    assert (papers(other, 2), papers(other)) == (with_article, without)
    store.purge("article", ONE.id, "root", "asked for")
    assert (papers(store, 2), papers(store)) == (without, without)


def test_a_purge_calls_for_the_whole(store: GraphStore) -> None:
    store.write("ada", "one", put)
    store.purge("claim", FIRST.id, "root", "asked for")
    with store.view() as view:
        assert view.edge_changes(1) is None
        assert told(view.edge_columns()) == streamed(view)
        assert len(view.edge_columns()) == 1
        changes = view.edge_changes(2)
    assert changes is not None
    assert len(changes.opened) == 0


def test_a_copy_has_the_same_columns_at_every_revision(
    store: GraphStore, other: GraphStore
) -> None:
    store.write("ada", "one", put)
    store.write("ada", "two", accept)
    store.write("ada", "three", lambda w: w.put_claim(TWO.id, FIRST))
    other.load(store.dump())
    for number in range(1, 4):
        with store.view(number) as one, other.view(number) as two:
            assert told(one.edge_columns()) == told(two.edge_columns()) == streamed(two)


def test_confidences_are_exactly_those_that_were_read(store: GraphStore) -> None:
    exact = (0.0, 5e-324, 1e-9, 2.0**-10, 0.001, 0.1 + 0.2, 1 / 3, 0.9, 1.0 - 2.0**-53, 1.0)
    papers = [paper(n, title=f"Curcumin prevents EMT, part {n}.") for n in range(1, len(exact) + 1)]
    said = {claim(each.text).id: sure for each, sure in zip(papers, exact, strict=True)}

    def read(writer: GraphWriter) -> None:
        for each, confidence in zip(papers, exact, strict=True):
            each.put(writer)
            writer.put_claim(each.id, claim(each.text))
            writer.add_extraction(claim(each.text).id, extraction(confidence=confidence))
            writer.put_edges(claim(each.text).id, [edge()], 1)

    def drop_the_tiny(writer: GraphWriter) -> None:
        for each in papers[:3]:
            writer.put_edges(claim(each.text).id, [], 1)

    def found() -> dict[str, float]:
        with store.view() as view:
            columns = view.edge_columns()
            assert told(columns) == streamed(view)
        ids = columns.claim_ids(columns.claim.tolist())
        return dict(zip(ids, columns.confidence.tolist(), strict=True))

    store.write("ada", "one", read)
    assert found() == said
    store.write("ada", "two", drop_the_tiny)
    assert found() == {each: sure for each, sure in said.items() if sure in exact[3:]}
