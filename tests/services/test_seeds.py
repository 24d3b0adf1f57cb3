"""Loading the seeds."""

from app.graph.port import GraphStore
from app.model.decision import DecisionRequest
from app.model.vocabulary import DecisionType, Status
from app.services.claims import ClaimQuery, claim_list, claim_view, history
from app.services.curation import decide
from app.services.seeds import ACTOR, load_seeds, read_seeds
from tests.support.seeded import seed_claim


def test_loading_twice_changes_nothing(store: GraphStore) -> None:
    first = load_seeds(store)
    assert (first.articles, first.claims, first.changed) == (1, 18, True)
    rows = list(store.dump())
    assert load_seeds(store).changed is False
    assert list(store.dump()) == rows
    assert store.head().number == 1


def test_each_claim_is_accepted_by_the_project_with_its_source(seeded: GraphStore) -> None:
    with seeded.view() as view:
        claims = claim_list(view, ClaimQuery(), limit=100)
        assert claims.total == 18
        for claim in claims.items:
            (decision,) = history(view, claim.id)
            assert (decision.type, decision.actor) == (DecisionType.ACCEPT, ACTOR)
            assert decision.source == "seeds/claims/15314694.json"
            assert claim.status is Status.ACCEPTED
            assert claim.article == "PMID:15314694"
            assert [reading.reader for reading in claim.extractions] == ["curation"]
            assert all(quote.verified for quote in claim.quotes)


def test_what_curators_decided_stays(seeded: GraphStore) -> None:
    claim = seed_claim("C3")
    with seeded.view() as view:
        link = claim_view(view, claim.id).links[0]
    decide(seeded, claim.id, DecisionRequest(type=DecisionType.UNLINK, link=link), actor="ann")
    reject = DecisionRequest(type=DecisionType.REJECT, reason="not so")
    decide(seeded, claim.id, reject, actor="ann")
    assert load_seeds(seeded).changed is False
    with seeded.view() as view:
        view_after = claim_view(view, claim.id)
    assert view_after.status is Status.DISPUTED
    assert link not in view_after.links


def test_the_seeds_go_into_a_store_that_has_the_article_already(store: GraphStore) -> None:
    from app.ingest import Item
    from app.services.ingest import ingest

    record = read_seeds().articles[0].record
    ingest(store, [Item("test", 1, 1, record=record)], actor="ann")
    load_seeds(store)
    with store.view() as view:
        assert view.counts().articles == 1
        assert view.counts().claims == {Status.ACCEPTED: 18}
