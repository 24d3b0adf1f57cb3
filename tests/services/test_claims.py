"""Claims as doors show them, in lists, and added by a curator."""

import pytest

from app.graph.port import GraphStore
from app.model.errors import BadInput, Conflict, NotFound, QuoteMismatch
from app.model.vocabulary import Epistemic, PredicateType, Sign, Status
from app.services.claims import (
    ClaimQuery,
    claim_list,
    claim_view,
    claim_views,
    claims_of_article,
)
from app.services.curated import add_claim
from app.services.seeds import read_seeds
from tests.support.seeded import changed, seed_claim

NAMES = {each.id: each.name for group in read_seeds().claims for each in group.claims}


def listed(store: GraphStore, query: ClaimQuery) -> set[str]:
    with store.view() as view:
        return {NAMES[claim.id] for claim in claim_list(view, query, limit=100).items}


def test_a_view_holds_what_the_contract_shows(seeded: GraphStore) -> None:
    with seeded.view() as view:
        claim = claim_view(view, seed_claim("C5").id)
    assert claim.statement == "inhibition of NF-kappaB activity reverses EMT (maintenance)"
    assert (claim.quotes[0].start, claim.quotes[0].end) == (903, 981)
    (edge,) = claim.edges
    assert (edge.subject, edge.sign, edge.object) == ("FPLX:NFkappaB", Sign.POSITIVE, "GO:0001837")
    assert {NAMES[link.claim] for link in claim.links} == {"C2", "C7"}
    assert claim.confidence == 1.0


def test_views_keep_the_order_and_leave_out_the_unknown(seeded: GraphStore) -> None:
    ids = [seed_claim(name).id for name in ("C8", "C1", "C5")]
    with seeded.view() as view:
        assert list(claim_views(view, [*ids, "0" * 64, ids[0]])) == ids
        with pytest.raises(NotFound):
            claim_view(view, "0" * 64)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (ClaimQuery(outcome=("metastasis",)), {"T2", "C8"}),
        (ClaimQuery(outcome=("MESH:D058750",), predicate=(PredicateType.REVERSES,)), {"C5"}),
        (ClaimQuery(agent=("NF-kappaB pathway",)), {"C1", "C2", "C3", "C4"}),
        (ClaimQuery(epistemic=(Epistemic.SUMMARY,)), {"T1", "T2"}),
        (ClaimQuery(context=("mouse",)), {"C8"}),
        (ClaimQuery(article=("15314694",), outcome=("apoptosis",)), {"B3"}),
        (ClaimQuery(article=("PMC503772",), status=(Status.REJECTED,)), set()),
        (ClaimQuery(article=("PMID:1",)), set()),
        (ClaimQuery(entity=("IKK2",)), {"C1", "C2"}),
    ],
)
def test_filters(seeded: GraphStore, query: ClaimQuery, expected: set[str]) -> None:
    assert listed(seeded, query) == expected


def test_a_wrong_filter_is_refused(seeded: GraphStore) -> None:
    with seeded.view() as view:
        with pytest.raises(NotFound):
            claim_list(view, ClaimQuery(agent=("no such thing",)))
        with pytest.raises(BadInput):
            claim_list(view, ClaimQuery(article=("no such thing",)))


def test_claims_of_an_article_follow_the_text(seeded: GraphStore) -> None:
    with seeded.view() as view:
        article = view.article_ids(["PMID:15314694"])["PMID:15314694"]
        names = [NAMES[claim.id] for claim in claims_of_article(view, article)]
    assert names[:2] == ["T1", "T2"]
    assert names[-1] == "C10"


def test_a_curator_adds_a_claim(seeded: GraphStore) -> None:
    claim = changed(seed_claim("B5"), epistemic="hypothesis", agent__measure="activity")
    added = add_claim(seeded, claim, actor="ann")
    assert (added.status, added.article) == (Status.ACCEPTED, "PMID:15314694")
    revision = seeded.head().number
    assert add_claim(seeded, claim, actor="ann") == added
    assert seeded.head().number == revision


def test_a_curator_may_name_what_only_the_lexicon_knows(seeded: GraphStore) -> None:
    claim = changed(
        seed_claim("B5"), outcome__groundings=[{"id": "HGNC:11128", "name": "SNAI1"}],
        epistemic="hypothesis",
    )  # fmt: skip
    added = add_claim(seeded, claim, actor="ann")
    assert added.outcome.groundings[0].id == "HGNC:11128"
    with seeded.view() as view:
        assert view.entities(["HGNC:11128"])["HGNC:11128"].name == "SNAI1"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"text_sha256": "0" * 64}, NotFound),
        ({"outcome__direction": "up"}, BadInput),
        ({"outcome__mention": {"start": 0, "end": 3, "text": "EMT"}}, QuoteMismatch),
        ({"outcome__groundings": [{"id": "GO:9999999", "name": "x"}]}, BadInput),
        ({"strength": "complete"}, Conflict),
    ],
)
def test_a_claim_that_can_not_be_used_leaves_nothing(
    seeded: GraphStore, changes: dict[str, object], error: type[Exception]
) -> None:
    rows = list(seeded.dump())
    with pytest.raises(error):
        add_claim(seeded, changed(seed_claim("C5"), **changes), actor="ann")
    assert list(seeded.dump()) == rows
