"""Decisions on claims in a store, and what follows from them."""

import pytest

from app.graph.port import GraphStore
from app.model.claim import Claim, ClaimView, Link
from app.model.decision import DecisionRequest
from app.model.errors import BadInput, Conflict, NotFound, PreconditionFailed, QuoteMismatch
from app.model.vocabulary import DecisionType, LinkType, Status
from app.services.claims import claim_view, history
from app.services.curation import decide
from tests.support.seeded import changed, seed_claim

C5 = seed_claim("C5").id
C8 = seed_claim("C8").id


def now(store: GraphStore, claim_id: str) -> ClaimView:
    with store.view() as view:
        return claim_view(view, claim_id)


def do(
    store: GraphStore, claim_id: str, kind: str, actor: str = "ann", **rest: object
) -> ClaimView:
    request = DecisionRequest.model_validate({"type": kind, **rest})
    return decide(store, claim_id, request, actor=actor)


def last(store: GraphStore, claim_id: str) -> str:
    with store.view() as view:
        return history(view, claim_id)[-1].id


def narrower() -> Claim:
    """Return C5 read with another strength."""
    return changed(seed_claim("C5"), strength="complete")


def test_a_rejection_by_another_disputes_and_ends_when_both_agree(seeded: GraphStore) -> None:
    assert do(seeded, C5, "reject", reason="not shown").status is Status.DISPUTED
    assert do(seeded, C5, "accept").status is Status.ACCEPTED
    with seeded.view() as view:
        types = [each.type for each in history(view, C5)]
    assert types == [DecisionType.ACCEPT, DecisionType.REJECT, DecisionType.ACCEPT]


def test_a_rejected_claim_carries_no_edges_and_gets_them_back(seeded: GraphStore) -> None:
    first = last(seeded, C5)
    do(seeded, C5, "reject", reason="not shown")
    undone = do(seeded, C5, "undo", decision=first)
    assert undone.status is Status.REJECTED
    assert undone.edges == ()
    restored = do(seeded, C5, "undo", decision=last(seeded, C5))
    assert restored.status is Status.DISPUTED
    assert len(restored.edges) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"type": "reject"}, "/reason"),
        ({"type": "reject", "reason": "  "}, "/reason"),
        ({"type": "accept", "into": C8}, "/into"),
        ({"type": "correct"}, "/claims"),
        ({"type": "split"}, "/claims"),
        ({"type": "merge"}, "/into"),
        ({"type": "merge", "into": C5}, "/into"),
        ({"type": "link"}, "/link"),
        ({"type": "link", "link": {"type": "supports", "claim": C5}}, "/link"),
        ({"type": "undo"}, "/decision"),
    ],
)
def test_what_a_decision_needs(seeded: GraphStore, body: dict[str, object], pointer: str) -> None:
    rows = list(seeded.dump())
    with pytest.raises(BadInput) as caught:
        decide(seeded, C5, DecisionRequest.model_validate(body), actor="ann")
    assert caught.value.errors[0].pointer == pointer
    assert list(seeded.dump()) == rows


def test_the_same_verdict_twice_is_a_conflict(seeded: GraphStore) -> None:
    do(seeded, C5, "accept")
    with pytest.raises(Conflict, match="nothing to do"):
        do(seeded, C5, "accept")


def test_a_claim_that_changed_meanwhile_is_not_decided_on(seeded: GraphStore) -> None:
    seen = now(seeded, C5).revision
    reject = DecisionRequest(type=DecisionType.REJECT, reason="no")
    decide(seeded, C5, reject, actor="ann", expected_revision=seen)
    rows = list(seeded.dump())
    with pytest.raises(PreconditionFailed, match="read it again"):
        decide(seeded, C5, reject, actor="bob", expected_revision=seen)
    assert list(seeded.dump()) == rows


def test_unknown_claims_and_decisions_are_not_found(seeded: GraphStore) -> None:
    with pytest.raises(NotFound):
        do(seeded, "0" * 64, "accept")
    with pytest.raises(NotFound):
        do(seeded, C5, "undo", decision="no such decision")
    with pytest.raises(NotFound):
        do(seeded, C5, "merge", into="0" * 64)
    with pytest.raises(NotFound):
        do(seeded, C5, "link", link={"type": "supports", "claim": "0" * 64})


def test_a_correction_supersedes_and_its_undo_brings_all_back(seeded: GraphStore) -> None:
    before = now(seeded, C5)
    new = narrower()
    old = do(seeded, C5, "correct", claims=[new.model_dump(mode="json")])
    assert (old.status, old.superseded_by, old.edges) == (Status.SUPERSEDED, (new.id,), ())
    corrected = now(seeded, new.id)
    assert (corrected.status, len(corrected.edges)) == (Status.ACCEPTED, 1)

    correction = last(seeded, C5)
    restored = do(seeded, C5, "undo", decision=correction)
    assert (restored.status, restored.edges) == (Status.ACCEPTED, before.edges)
    assert now(seeded, new.id).status is Status.CANDIDATE

    again = do(seeded, C5, "undo", decision=last(seeded, C5))
    assert again.status is Status.SUPERSEDED
    assert now(seeded, new.id).status is Status.ACCEPTED


def test_a_superseded_claim_takes_no_more_decisions(seeded: GraphStore) -> None:
    new = narrower()
    do(seeded, C5, "correct", claims=[new.model_dump(mode="json")])
    with pytest.raises(Conflict, match=f"superseded by {new.id}"):
        do(seeded, C5, "accept")
    with pytest.raises(Conflict, match="Use that one"):
        do(seeded, C8, "merge", into=C5)
    with pytest.raises(Conflict, match="can't stand in the place"):
        do(seeded, new.id, "correct", claims=[seed_claim("C5").model_dump(mode="json")])


def test_a_correction_that_was_corrected_is_not_undone_from_below(seeded: GraphStore) -> None:
    second = narrower()
    third = changed(second, timing="after")
    do(seeded, C5, "correct", claims=[second.model_dump(mode="json")])
    first = last(seeded, C5)
    do(seeded, second.id, "correct", claims=[third.model_dump(mode="json")])
    with pytest.raises(Conflict, match="undo the decision on that claim first"):
        do(seeded, C5, "undo", decision=first)
    do(seeded, second.id, "undo", decision=last(seeded, second.id))
    assert do(seeded, C5, "undo", decision=first).status is Status.ACCEPTED


def test_an_undone_correction_does_not_come_back_beside_another(seeded: GraphStore) -> None:
    do(seeded, C5, "correct", claims=[narrower().model_dump(mode="json")])
    do(seeded, C5, "undo", decision=last(seeded, C5))
    undo = last(seeded, C5)
    other = changed(seed_claim("C5"), timing="after")
    # The undone correction left a candidate that says the same.
    do(seeded, narrower().id, "reject", reason="replaced")
    do(seeded, C5, "correct", claims=[other.model_dump(mode="json")])
    with pytest.raises(Conflict, match="superseded again"):
        do(seeded, C5, "undo", decision=undo)


def test_a_wrong_new_claim_is_refused_whole(seeded: GraphStore) -> None:
    rows = list(seeded.dump())
    good = narrower()
    bad = changed(seed_claim("C5"), outcome__mention={"start": 0, "end": 3, "text": "EMT"})
    claims = [good.model_dump(mode="json"), bad.model_dump(mode="json")]
    with pytest.raises(QuoteMismatch) as caught:
        do(seeded, C5, "split", claims=claims)
    assert caught.value.errors[0].pointer == "/claims/1/outcome/mention"
    assert list(seeded.dump()) == rows


def test_a_new_claim_that_says_what_another_says_is_refused(seeded: GraphStore) -> None:
    double = changed(seed_claim("C6"), strength="complete")
    with pytest.raises(Conflict, match=seed_claim("C6").id):
        do(seeded, C5, "correct", claims=[double.model_dump(mode="json")])


def test_a_split(seeded: GraphStore) -> None:
    parts = [
        changed(seed_claim("C5"), strength="complete"),
        changed(seed_claim("C5"), strength="complete", outcome__aspect=None),
    ]
    old = do(seeded, C5, "split", claims=[part.model_dump(mode="json") for part in parts])
    assert old.superseded_by == tuple(part.id for part in parts)
    assert all(now(seeded, part.id).status is Status.ACCEPTED for part in parts)
    do(seeded, C5, "undo", decision=last(seeded, C5))
    assert all(now(seeded, part.id).status is Status.CANDIDATE for part in parts)


def test_a_merge(seeded: GraphStore) -> None:
    merged = do(seeded, seed_claim("C6").id, "merge", into=seed_claim("C1").id)
    assert merged.superseded_by == (seed_claim("C1").id,)
    assert now(seeded, seed_claim("C1").id).status is Status.ACCEPTED
    undo = do(seeded, merged.id, "undo", decision=last(seeded, merged.id))
    assert undo.status is Status.ACCEPTED


def test_two_claims_do_not_supersede_each_other(seeded: GraphStore) -> None:
    one, other = seed_claim("C6").id, seed_claim("C1").id
    do(seeded, one, "merge", into=other)
    do(seeded, one, "undo", decision=last(seeded, one))
    undo = last(seeded, one)
    do(seeded, other, "merge", into=one)
    with pytest.raises(Conflict, match="Use that one"):
        do(seeded, one, "undo", decision=undo)


def test_links_come_go_and_come_back(seeded: GraphStore) -> None:
    link = Link(type=LinkType.REFINES, claim=C8)
    body = link.model_dump(mode="json")
    assert link in do(seeded, C5, "link", link=body).links
    with pytest.raises(Conflict, match="already"):
        do(seeded, C5, "link", link=body)
    first = last(seeded, C5)
    assert link not in do(seeded, C5, "undo", decision=first).links
    assert link in do(seeded, C5, "undo", decision=last(seeded, C5)).links
    assert link not in do(seeded, C5, "unlink", link=body).links
    with pytest.raises(Conflict, match="no link"):
        do(seeded, C5, "unlink", link=body)
    assert link in do(seeded, C5, "undo", decision=last(seeded, C5)).links


def test_an_undo_is_not_undone_twice(seeded: GraphStore) -> None:
    first = last(seeded, C5)
    do(seeded, C5, "undo", decision=first)
    with pytest.raises(Conflict, match="was undone by"):
        do(seeded, C5, "undo", decision=first)


def test_the_past_keeps_its_status(seeded: GraphStore) -> None:
    revision = seeded.head().number
    do(seeded, C5, "correct", claims=[narrower().model_dump(mode="json")])
    with seeded.view(revision) as view:
        old = claim_view(view, C5)
        assert (old.status, len(old.edges)) == (Status.ACCEPTED, 1)
        assert view.claims([narrower().id]) == {}


def test_threads_that_decide_at_once_lose_nothing(seeded: GraphStore) -> None:
    from concurrent.futures import ThreadPoolExecutor

    seen = now(seeded, C5).revision

    def reject(actor: str) -> bool:
        request = DecisionRequest(type=DecisionType.REJECT, reason="no")
        try:
            decide(seeded, C5, request, actor=actor, expected_revision=seen)
        except PreconditionFailed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(reject, [f"curator{number}" for number in range(16)]))
    assert sum(won) == 1
    with seeded.view() as view:
        assert len(history(view, C5)) == 2
