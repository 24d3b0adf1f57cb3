"""Claims and all that hangs on them, at every revision."""

import pytest

from app.graph.port import ClaimFilter, ClaimOrder, GraphStore, GraphWriter
from app.model.claim import Claim, ClaimState, Extraction, Link
from app.model.errors import Conflict, NotFound
from app.model.vocabulary import (
    DecisionType,
    Epistemic,
    EvidenceType,
    LinkType,
    OutcomeDirection,
    PredicateType,
    Sign,
    Status,
)
from tests.support.factories import (
    claim,
    decision,
    edge,
    extraction,
    grounding,
    paper,
    quote,
)

ONE = paper(1)
TWO = paper(2, title="NF-kappaB is required for EMT.")
C1 = claim(ONE.text, context=("NCBITaxon:9606",), members=("HGNC:7794",), means="CHEBI:3962")
C2 = claim(
    ONE.text,
    agent="Curcumin",
    agent_id="CHEBI:3962",
    predicate=PredicateType.PREVENTS,
    epistemic=Epistemic.SUMMARY,
)
C3 = claim(
    TWO.text,
    predicate=PredicateType.REQUIRED_FOR,
    evidence=EvidenceType.OBSERVATIONAL,
    outcome_id="MESH:D058750",
)


def put_all(writer: GraphWriter) -> None:
    ONE.put(writer)
    TWO.put(writer)
    writer.put_claim(ONE.id, C1)
    writer.put_claim(ONE.id, C2)
    writer.put_claim(TWO.id, C3)


def accept(writer: GraphWriter) -> None:
    writer.put_state(C1.id, ClaimState(status=Status.ACCEPTED, quotes=C1.quotes))


def test_a_new_claim_is_a_candidate_with_its_quotes(store: GraphStore) -> None:
    store.write("ada", "claims", put_all)
    with store.view() as view:
        found = view.claims([C1.id, "f" * 64])
        assert found.keys() == {C1.id}
        stored = found[C1.id]
        assert stored.claim == C1
        assert stored.state == ClaimState(quotes=C1.quotes)
        assert (stored.article_id, stored.revision) == (ONE.id, 1)
        assert view.claims_of_text(ONE.sha256) == tuple(sorted((C1.id, C2.id)))
        assert view.claims_of_text("0" * 64) == ()


def test_a_claim_of_no_article(store: GraphStore) -> None:
    store.write("ada", "import", lambda w: w.put_claim(None, C1))
    with store.view() as view:
        assert view.claims([C1.id])[C1.id].article_id is None


def test_the_state_has_its_own_history(store: GraphStore) -> None:
    store.write("ada", "claims", put_all)
    store.write("ada", "accept", accept)
    with store.view() as view:
        stored = view.claims([C1.id, C2.id])
        assert stored[C1.id].state.status is Status.ACCEPTED
        assert (stored[C1.id].revision, stored[C2.id].revision) == (2, 1)
        assert view.counts().claims == {Status.ACCEPTED: 1, Status.CANDIDATE: 2}
    with store.view(1) as view:
        assert view.claims([C1.id])[C1.id].state.status is Status.CANDIDATE
        assert view.claims([C1.id])[C1.id].revision == 1
        assert view.counts().claims == {Status.CANDIDATE: 3}


def test_putting_a_claim_again_keeps_its_state(store: GraphStore) -> None:
    store.write("ada", "claims", put_all)
    store.write("ada", "accept", accept)
    store.write("ada", "again", put_all)
    assert store.head().number == 2
    with store.view() as view:
        assert view.claims([C1.id])[C1.id].state.status is Status.ACCEPTED


def test_a_claim_grounded_anew_is_a_new_version(store: GraphStore) -> None:
    agent = C1.agent.model_copy(update={"groundings": (grounding("HGNC:9955"),)})
    anew = C1.model_copy(update={"agent": agent})
    assert anew.id == C1.id
    store.write("ada", "claims", put_all)
    store.write("ada", "ground", lambda w: w.put_claim(ONE.id, anew))
    by_old, by_new = (ClaimFilter(agent=(i,)) for i in ("FPLX:NFkappaB", "HGNC:9955"))
    with store.view() as view:
        assert view.claims([C1.id])[C1.id].claim == anew
        assert view.claims([C1.id])[C1.id].revision == 2
        assert [c.id for c in view.claim_page(by_new, None, 9).items] == [C1.id]
        assert C1.id not in [c.id for c in view.claim_page(by_old, None, 9).items]
    with store.view(1) as view:
        assert view.claim_page(by_new, None, 9).total == 0
        assert C1.id in [c.id for c in view.claim_page(by_old, None, 9).items]


FILTERS = {
    "all": (ClaimFilter(), {C1, C2, C3}),
    "agent": (ClaimFilter(agent=("CHEBI:3962",)), {C2}),
    "agents": (ClaimFilter(agent=("CHEBI:3962", "FPLX:NFkappaB")), {C1, C2, C3}),
    "outcome": (ClaimFilter(outcome=("MESH:D058750",)), {C3}),
    "context": (ClaimFilter(context=("NCBITaxon:9606",)), {C1}),
    "entity in any slot": (ClaimFilter(entity=("CHEBI:3962",)), {C1, C2}),
    "member": (ClaimFilter(entity=("HGNC:7794",)), {C1}),
    "predicate": (ClaimFilter(predicate=(PredicateType.PREVENTS,)), {C2}),
    "status": (ClaimFilter(status=(Status.ACCEPTED,)), {C1}),
    "epistemic": (ClaimFilter(epistemic=(Epistemic.SUMMARY,)), {C2}),
    "evidence": (ClaimFilter(evidence=(EvidenceType.OBSERVATIONAL,)), {C3}),
    "article": (ClaimFilter(article=(TWO.id,)), {C3}),
    "two at once": (
        ClaimFilter(entity=("CHEBI:3962",), status=(Status.ACCEPTED,), article=(ONE.id,)),
        {C1},
    ),
    "none": (ClaimFilter(agent=("CHEBI:3962",), article=(TWO.id,)), set()),
    "unknown": (ClaimFilter(agent=("X:1",)), set()),
}


@pytest.mark.parametrize("name", FILTERS)
def test_claims_are_filtered(store: GraphStore, name: str) -> None:
    store.write("ada", "claims", put_all)
    store.write("ada", "accept", accept)
    which, expected = FILTERS[name]
    with store.view() as view:
        page = view.claim_page(which, None, 25)
    assert [found.id for found in page.items] == sorted(each.id for each in expected)
    assert (page.total, page.next_after) == (len(expected), None)


def test_what_is_denied_is_found(store: GraphStore) -> None:
    negated = C1.model_copy(update={"negated": True})
    null = claim(ONE.text, predicate=PredicateType.NO_EFFECT, direction=OutcomeDirection.NONE)
    spoken = claim('It is "negated":true, NF-kappaB and EMT.')

    def work(writer: GraphWriter) -> None:
        put_all(writer)
        for each in (negated, null, spoken):
            writer.put_claim(ONE.id, each)

    store.write("ada", "claims", work)
    with store.view() as view:
        page = view.claim_page(ClaimFilter(denied=True), None, 25)
        first = view.claim_page(ClaimFilter(denied=True), None, 1)
    assert [each.id for each in page.items] == sorted([negated.id, null.id])
    assert (page.total, first.total, first.next_after) == (2, 2, page.items[0].id)


def test_pages_of_claims_are_in_order_and_count_all(store: GraphStore) -> None:
    store.write("ada", "claims", put_all)
    ids: list[str] = []
    after = None
    with store.view() as view:
        for _ in range(3):
            page = view.claim_page(ClaimFilter(), after, 1)
            assert page.total == 3
            ids += [found.id for found in page.items]
            after = page.next_after
    assert after is None
    assert ids == sorted((C1.id, C2.id, C3.id))


def test_documents_hold_what_the_claims_hold(store: GraphStore) -> None:
    store.write("ada", "claims", put_all)
    store.write("ada", "accept", accept)

    def documents(at: int, **which: object) -> list[tuple[str, Status, int]]:
        found, after = [], None
        with store.view(at) as view:
            while batch := view.claim_documents(ClaimFilter(**which), after, 2):  # type: ignore[arg-type]
                after = batch[-1].id
                found += batch
            stored = view.claims([each.id for each in found])
        for each in found:
            assert Claim.model_validate(each.claim) == stored[each.id].claim
            assert each.article_id == stored[each.id].article_id
        assert [each.id for each in found] == sorted(stored)
        return [
            (each.id, ClaimState.model_validate(each.state).status, each.revision) for each in found
        ]

    assert len(documents(2)) == 3
    assert documents(2, status=(Status.ACCEPTED,)) == [(C1.id, Status.ACCEPTED, 2)]
    assert documents(1, status=(Status.ACCEPTED,)) == []
    assert [each[0] for each in documents(2, agent=("CHEBI:3962",))] == [C2.id]
    assert [each[0] for each in documents(2, article=(TWO.id,))] == [C3.id]
    assert [each[0] for each in documents(2, epistemic=(Epistemic.SUMMARY,))] == [C2.id]
    assert documents(2, denied=True) == []


def test_claims_come_in_the_order_that_is_asked(store: GraphStore) -> None:
    def work(writer: GraphWriter) -> None:
        put_all(writer)
        for each, sure in ((C1, 0.5), (C1, 0.7), (C2, 0.9), (C3, 0.2)):
            reading = Extraction(reader=f"r{sure}", version="1", confidence=sure)
            writer.add_extraction(each.id, reading)

    store.write("ada", "claims", work)
    by_article = [*sorted((C1.id, C2.id)), C3.id]
    if TWO.id < ONE.id:
        by_article = [C3.id, *sorted((C1.id, C2.id))]
    wanted = {
        ClaimOrder.SUREST: [C2.id, C1.id, C3.id],
        ClaimOrder.LEAST_SURE: [C3.id, C1.id, C2.id],
        ClaimOrder.ARTICLE: by_article,
    }
    with store.view() as view:
        for order, ids in wanted.items():
            found, after = [], None
            for _ in range(3):
                page = view.claim_page(ClaimFilter(), after, 1, order)
                assert page.total == 3
                found += [each.id for each in page.items]
                after = page.next_after
            assert (found, after) == (ids, None), order
        which = ClaimFilter(status=(Status.REJECTED,))
        assert view.claim_page(which, None, 5, ClaimOrder.SUREST).total == 0


def test_edges_are_put_as_a_list(store: GraphStore) -> None:
    first, second = edge(), edge(sign=Sign.NEGATIVE, side=None)
    store.write("ada", "claims", put_all)
    store.write("ada", "two", lambda w: w.put_edges(C1.id, [first, second], 1))
    store.write("ada", "one", lambda w: w.put_edges(C1.id, [second], 1))
    store.write("ada", "rules", lambda w: w.put_edges(C1.id, [second], 2))
    store.write("ada", "none", lambda w: w.put_edges(C1.id, [], 2))
    assert store.head().number == 5
    expected = {1: (), 2: (first, second), 3: (second,), 4: (second,), 5: ()}
    for number, edges in expected.items():
        with store.view(number) as view:
            assert view.edges_of([C1.id, C2.id]) == {C1.id: edges, C2.id: ()}
            assert tuple(stored.edge for stored in view.edges()) == edges
            assert view.counts().edges == len(edges)
    with store.view(4) as view:
        assert [stored.rule_version for stored in view.edges()] == [2]


def test_an_edge_bears_what_belief_needs(store: GraphStore) -> None:
    store.write("ada", "claims", lambda w: (put_all(w), w.put_edges(C1.id, [edge()], 1)))
    store.write("ada", "read", lambda w: w.add_extraction(C1.id, extraction("1", 0.4)))
    store.write("ada", "read", lambda w: w.add_extraction(C1.id, extraction("2", 0.7)))
    store.write("ada", "accept", accept)
    confidences = []
    for number in (1, 2, 3, 4):
        with store.view(number) as view:
            (stored,) = view.edges()
        confidences.append(stored.confidence)
    assert confidences == [1.0, 0.4, 0.7, 0.7]
    assert (stored.claim, stored.paper) == (C1.id, ONE.id)
    assert (stored.status, stored.epistemic) == (Status.ACCEPTED, Epistemic.DEMONSTRATED)
    assert (stored.evidence, stored.edge) == (EvidenceType.LOSS_OF_FUNCTION, edge())


def test_edges_that_touch_an_entity(store: GraphStore) -> None:
    here, there = edge(), edge("HGNC:1", "HGNC:2")
    loop = edge("HGNC:1", "HGNC:1")

    def work(writer: GraphWriter) -> None:
        put_all(writer)
        writer.put_edges(C1.id, [here, there, loop], 1)
        writer.put_edges(C2.id, [here], 1)

    store.write("ada", "edges", work)
    with store.view() as view:
        everything = list(view.edges())
        assert [(e.claim, e.edge) for e in everything] == sorted(
            ((C1.id, here), (C1.id, there), (C1.id, loop), (C2.id, here)),
            key=lambda pair: pair[0],
        )
        touching = view.neighbour_edges(["HGNC:1", "HGNC:2"], 10)
        assert [e.edge for e in touching] == [there, loop]
        assert len(view.neighbour_edges(["GO:0001837", "HGNC:1"], 2)) == 2
        assert view.neighbour_edges([], 10) == ()
    with store.view(0) as view:
        assert view.neighbour_edges(["HGNC:1"], 10) == ()


def test_links_open_and_close(store: GraphStore) -> None:
    supports = Link(type=LinkType.SUPPORTS, claim=C2.id)
    explains = Link(type=LinkType.EXPLAINS, claim=C3.id)
    store.write("ada", "claims", put_all)
    store.write("ada", "link", lambda w: (w.put_link(C1.id, supports), w.put_link(C1.id, explains)))
    store.write("ada", "unlink", lambda w: w.close_link(C1.id, supports))
    store.write("ada", "link again", lambda w: w.put_link(C1.id, supports))
    expected = {1: (), 2: (explains, supports), 3: (explains,), 4: (explains, supports)}
    for number, links in expected.items():
        with store.view(number) as view:
            assert view.links_of([C1.id, C2.id]) == {C1.id: links, C2.id: ()}


def test_readings_are_kept_oldest_first_and_once(store: GraphStore) -> None:
    store.write("ada", "claims", lambda w: (put_all(w), w.add_extraction(C1.id, extraction("2"))))
    store.write("ada", "again", lambda w: w.add_extraction(C1.id, extraction("2")))
    assert store.head().number == 1
    store.write("ada", "newer", lambda w: w.add_extraction(C1.id, extraction("1", 0.5)))
    with store.view() as view:
        readings = view.extractions_of([C1.id, C2.id])
    assert [(r.version, r.revision) for r in readings[C1.id]] == [("2", 1), ("1", 2)]
    assert readings[C2.id] == ()
    with store.view(1) as view:
        assert len(view.extractions_of([C1.id])[C1.id]) == 1


def test_decisions_are_kept_oldest_first(store: GraphStore) -> None:
    store.write("ada", "claims", put_all)
    store.write("ada", "no", lambda w: w.add_decision(decision("d2", C1.id, revision=2)))
    undo = decision("d1", C1.id, DecisionType.UNDO, revision=3)
    store.write("ada", "undo", lambda w: w.add_decision(undo))
    store.write("ada", "undo", lambda w: w.add_decision(undo))
    assert store.head().number == 3
    with store.view() as view:
        made = view.decisions_on([C1.id, C2.id])
        assert [(d.id, d.revision) for d in made[C1.id]] == [("d2", 2), ("d1", 3)]
        assert made[C2.id] == ()
        assert view.decision("d1") == undo
        assert view.decision("d9") is None
        assert view.counts().decisions == 2
    with store.view(2) as view:
        assert view.decision("d1") is None
        assert len(view.decisions_on([C1.id])[C1.id]) == 1


def test_another_decision_with_the_same_id_is_refused(store: GraphStore) -> None:
    store.write("ada", "claims", lambda w: (put_all(w), w.add_decision(decision("d1", C1.id))))
    other = decision("d1", C1.id, reason="something else")
    with pytest.raises(Conflict, match="d1"):
        store.write("ada", "again", lambda w: w.add_decision(other))


def test_what_belongs_to_no_claim_is_refused(store: GraphStore) -> None:
    store.write("ada", "claims", put_all)
    lost = "e" * 64
    link = Link(type=LinkType.SUPPORTS, claim=C1.id)
    puts = (
        lambda w: w.put_state(lost, ClaimState()),
        lambda w: w.add_extraction(lost, extraction()),
        lambda w: w.add_decision(decision("d1", lost)),
        lambda w: w.put_link(lost, link),
        lambda w: w.put_link(C1.id, link.model_copy(update={"claim": lost})),
        lambda w: w.put_edges(lost, [edge()], 1),
        lambda w: w.put_claim("a0099", C1),
    )
    for put in puts:
        with pytest.raises(NotFound, match=r"there is no (claim|article)"):
            store.write("ada", "lost", put)
    assert store.head().number == 1


def test_quotes_anchored_again(store: GraphStore) -> None:
    store.write("ada", "claims", put_all)
    gone = C1.quotes[0].model_copy(update={"verified": False})
    state = ClaimState(quotes=(gone, quote(TWO.text, "NF-kappaB")), superseded_by=(C2.id,))
    store.write("ada", "anchor", lambda w: w.put_state(C1.id, state))
    with store.view() as view:
        assert view.claims([C1.id])[C1.id].state == state
