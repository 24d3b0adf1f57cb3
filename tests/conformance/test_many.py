"""Much at once is the same as one by one."""

import pytest

from app.graph.port import GraphStore, GraphWriter, Row, WholeClaim
from app.model.claim import ClaimState
from app.model.errors import NotFound
from app.model.vocabulary import DecisionType, RelationType, Status
from tests.conformance.test_edge_columns import CONDITIONED, streamed, told
from tests.support.factories import claim, decision, edge, entity, extraction, paper, relation

PAPER = paper(1)
ENTITIES = [entity(), entity("A:1", "one", synonyms=("uno", "ein")), entity("A:2", "two")]
RELATIONS = [relation("A:1", RelationType.IS_A, "A:2"), relation("A:2", RelationType.IS_A, "A:1")]
SAID = claim(PAPER.text, context=("NCBITaxon:9606",), members=("M:1",), means="CHEBI:1")
OTHER = claim(PAPER.text, agent="Curcumin", agent_id="CHEBI:3962")
ACCEPTED = ClaimState(status=Status.ACCEPTED, quotes=SAID.quotes)
CLAIMS = [
    WholeClaim(
        claim=SAID,
        article_id=PAPER.id,
        state=ACCEPTED,
        edges=(edge(), CONDITIONED),
        rule_version=3,
        extractions=(extraction(confidence=0.4), extraction("2", 0.6)),
        decisions=(decision("d1", SAID.id, DecisionType.ACCEPT),),
    ),
    WholeClaim(claim=OTHER, article_id=None, state=ClaimState(quotes=OTHER.quotes)),
]


def one_by_one(writer: GraphWriter) -> None:
    PAPER.put(writer)
    for each in ENTITIES:
        writer.put_entity(each)
    for each in RELATIONS:
        writer.put_relation(each)
    for whole in CLAIMS:
        writer.put_claim(whole.article_id, whole.claim)
        writer.put_state(whole.claim.id, whole.state)
        for reading in whole.extractions:
            writer.add_extraction(whole.claim.id, reading)
        for made in whole.decisions:
            writer.add_decision(made)
        writer.put_edges(whole.claim.id, whole.edges, whole.rule_version)


def at_once(writer: GraphWriter) -> frozenset[str]:
    return writer.put_many(CLAIMS, ENTITIES, RELATIONS)


def rows(store: GraphStore) -> list[Row]:
    return [row for row in store.dump() if row.kind != "revision"]


def test_it_is_the_same_as_one_by_one(store: GraphStore, other: GraphStore) -> None:
    store.write("ada", "one by one", one_by_one)
    known = other.write("ada", "at once", lambda w: (PAPER.put(w), at_once(w))[1])
    assert known == frozenset()
    assert rows(store) == rows(other)
    with store.view() as one, other.view() as two:
        assert told(one.edge_columns()) == told(two.edge_columns()) == streamed(two)
        assert one.name_hits("uno", None, 9) == two.name_hits("uno", None, 9)
        assert one.claims([SAID.id, OTHER.id]) == two.claims([SAID.id, OTHER.id])


def test_the_same_again_changes_nothing(store: GraphStore) -> None:
    store.write("ada", "one by one", one_by_one)
    head = store.head()
    assert store.write("ada", "again", at_once) == {SAID.id, OTHER.id}
    assert store.head() == head


def test_a_known_claim_is_left_as_curators_made_it(store: GraphStore) -> None:
    store.write("ada", "first", lambda w: (PAPER.put(w), at_once(w)))
    rejected = ClaimState(status=Status.REJECTED, quotes=SAID.quotes)
    store.write("eve", "no", lambda w: w.put_state(SAID.id, rejected))
    store.write("eve", "no edges", lambda w: w.put_edges(SAID.id, [], 3))
    store.write("ada", "again", at_once)
    with store.view() as view:
        assert view.claims([SAID.id])[SAID.id].state == rejected
        assert view.edges_of([SAID.id]) == {SAID.id: ()}


def test_a_claim_given_twice_is_put_once(store: GraphStore) -> None:
    given = [*CLAIMS, WholeClaim(claim=SAID, article_id=None, state=ClaimState())]
    store.write("ada", "twice", lambda w: (PAPER.put(w), w.put_many(given)))
    with store.view() as view:
        assert view.claims([SAID.id])[SAID.id].state == ACCEPTED
        assert view.counts().claims == {Status.ACCEPTED: 1, Status.CANDIDATE: 1}


def test_changed_entities_and_relations_get_a_new_version(store: GraphStore) -> None:
    store.write("ada", "first", lambda w: (PAPER.put(w), at_once(w)))
    changed = [entity("A:1", "eins"), entity("A:3", "three")]
    linked = [relation("A:1", RelationType.IS_A, "A:2", source="elsewhere")]
    store.write("ada", "second", lambda w: w.put_many((), changed, linked))
    with store.view() as view:
        assert view.entities(["A:1", "A:3"]) == {each.id: each for each in changed}
        assert linked[0] in view.relations(["A:1"])
        assert view.name_hits("uno", None, 9) == ()
    with store.view(1) as view:
        assert view.entities(["A:1"])["A:1"].name == "one"


def test_reads_within_see_it_and_later_puts_follow(store: GraphStore) -> None:
    def work(writer: GraphWriter) -> None:
        PAPER.put(writer)
        at_once(writer)
        assert writer.claims([SAID.id])[SAID.id].state == ACCEPTED
        writer.put_state(SAID.id, ClaimState(quotes=SAID.quotes))
        writer.put_edges(OTHER.id, [edge("A:1", "A:2")], 1)

    store.write("ada", "both", work)
    with store.view() as view:
        found = told(view.edge_columns())
        assert found == streamed(view)
        assert {(row[0], row[8]) for row in found} == {
            (SAID.id, Status.CANDIDATE),
            (OTHER.id, Status.CANDIDATE),
        }


def test_an_unknown_article_is_refused_whole(store: GraphStore) -> None:
    with pytest.raises(NotFound, match="a0001"):
        store.write("ada", "too early", at_once)
    assert store.head().number == 0
