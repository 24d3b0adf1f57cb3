"""The list of conflicts over a stored graph, on every engine."""

from app.graph.port import GraphStore, GraphWriter
from app.model.claim import Claim, ClaimState
from app.model.conflict import Conflict
from app.model.conflict_kind import ConflictKind
from app.model.decision import DecisionRequest
from app.model.vocabulary import RelationType, Status
from app.services.conflicts import ConflictQuery, Conflicts
from app.services.curation import decide
from app.services.edges import canonical_in, put_state_and_edges
from app.services.reasoning import Reasoner
from tests.reasoning.claims import claim, context
from tests.support import factories

HUMAN, MOUSE = context("organism", "T:human"), context("organism", "T:mouse")
RAISES = claim("T:X", "decreases", "T:P", "down", perturbation="knockdown", context=(HUMAN,))
LOWERS = claim("T:X", "increases", "T:P", "up", perturbation="knockdown", context=(MOUSE,))
NULL = claim("T:Y", "no_effect", "T:P2", "none", perturbation="knockdown")
DENIED = claim("T:Y", "increases", "T:P", "none", perturbation="knockout", negated=True)
OF_P = claim("T:Y", "required_for", "T:P", "up")
INTO_Y = claim("T:Z", "promotes", "T:Y", "up")
CANDIDATES = (
    claim("T:Z", "inhibits", "T:Y", "down"),
    claim("T:X", "increases", "T:P", "up", perturbation="inhibition", context=(HUMAN,)),
)
BESIDE = (
    claim("T:Q", "promotes", "T:P", "up"),
    claim("T:Q", "associated_with", "T:P", "none"),
    claim("T:W", "no_effect", "T:P", "none", perturbation="knockdown"),
)


def put(writer: GraphWriter, status: Status, *claims: Claim) -> None:
    for each in claims:
        writer.put_claim(None, each)
        put_state_and_edges(writer, each, ClaimState(status=status), canonical_in(writer))


def fill(store: GraphStore) -> None:
    def work(writer: GraphWriter) -> None:
        for name in ("T:X", "T:Y", "T:Z", "T:P", "T:P2", "T:Q", "T:W", "T:human", "T:mouse"):
            writer.put_entity(factories.entity(name, f"thing {name}"))
        writer.put_relation(factories.relation("T:P2", RelationType.SAME_AS, "T:P"))
        put(writer, Status.ACCEPTED, RAISES, LOWERS, NULL, DENIED, OF_P, INTO_Y, *BESIDE)
        put(writer, Status.CANDIDATE, *CANDIDATES)
        rejected = claim("T:Q", "inhibits", "T:P", "down")
        put(writer, Status.REJECTED, rejected)

    store.write("ann", "claims", work)


def listed(
    store: GraphStore, conflicts: Conflicts | None = None, **which: object
) -> tuple[Conflict, ...]:
    conflicts = conflicts or Conflicts(Reasoner(store))
    with store.view() as view:
        return conflicts.page(view, ConflictQuery(**which)).items  # type: ignore[arg-type]


def pairs(found: tuple[Conflict, ...]) -> list[tuple[str, str]]:
    return [(each.subject.id, each.object.id) for each in found]


def test_conflicts_are_found_and_those_that_matter_most_come_first(store: GraphStore) -> None:
    fill(store)
    first, second = listed(store)
    assert pairs((first, second)) == [("T:Y", "T:P"), ("T:X", "T:P")]
    assert (first.kind, first.scope, first.answers) == (ConflictKind.CONTRADICTS, (), 2)
    assert (first.raising, first.lowering, first.null_results) == (1, 0, 2)
    assert {(one.claim, one.against) for one in first.conflicts} == {
        (NULL.id, OF_P.id),
        (DENIED.id, OF_P.id),
    }
    assert {one.claim: one.sign.value for one in first.claims} == {
        NULL.id: "0",
        DENIED.id: "0",
        OF_P.id: "+",
    }
    assert first.object.name == "thing T:P"
    assert (second.kind, second.scope, second.answers) == (ConflictKind.SCOPE, ("organism",), 1)


def test_filters_restrict_and_pages_go_on(store: GraphStore) -> None:
    fill(store)
    assert pairs(listed(store, kind=ConflictKind.SCOPE)) == [("T:X", "T:P")]
    assert pairs(listed(store, kind=ConflictKind.CONTRADICTS)) == [("T:Y", "T:P")]
    assert pairs(listed(store, entity=("T:X", "T:Z"))) == [("T:X", "T:P")]
    assert len(listed(store, entity=("T:P2",))) == 2
    assert listed(store, entity=("T:Q",)) == ()
    with store.view() as view:
        conflicts = Conflicts(Reasoner(store))
        one = conflicts.page(view, ConflictQuery(), limit=1)
        two = conflicts.page(view, ConflictQuery(), limit=1, offset=int(one.next_after or 0))
    assert (one.total, two.total, two.next_after) == (2, 2, None)
    assert pairs((*one.items, *two.items)) == pairs(listed(store))


def test_candidates_take_part_where_they_are_asked_for(store: GraphStore) -> None:
    fill(store)
    every = listed(store, candidates=True)
    found = dict(zip(pairs(every), every, strict=True))
    assert set(found) == {("T:Y", "T:P"), ("T:X", "T:P"), ("T:Z", "T:Y")}
    assert found["T:X", "T:P"].kind is ConflictKind.CONTRADICTS
    assert [one.relation for one in found["T:X", "T:P"].conflicts] == ["contradicts"]


def test_decisions_show_at_once(store: GraphStore) -> None:
    fill(store)
    conflicts = Conflicts(Reasoner(store))

    def do(claim_id: str, **body: object) -> None:
        decide(store, claim_id, DecisionRequest.model_validate(body), actor="ann")

    for each in (LOWERS, NULL):
        do(each.id, type="accept")
    assert len(listed(store, conflicts, kind=ConflictKind.SCOPE)) == 1
    do(LOWERS.id, type="link", link={"type": "contradicts", "claim": RAISES.id})
    (judged,) = listed(store, conflicts, entity=("T:X",))
    assert (judged.kind, judged.judged, judged.scope) == (ConflictKind.CONTRADICTS, True, ())
    assert [one.judged for one in judged.conflicts] == [True]
    do(LOWERS.id, type="reject", reason="not shown")
    assert pairs(listed(store, conflicts)) == [("T:Y", "T:P")]
    do(NULL.id, type="reject", reason="not shown")
    (left,) = listed(store, conflicts)
    assert (left.null_results, left.total) == (1, 1)


def test_null_results_of_retracted_articles_conflict_with_nothing(store: GraphStore) -> None:
    paper = factories.paper(7, publication_types=("Retracted Publication",))

    def work(writer: GraphWriter) -> None:
        for name in ("T:Y", "T:P"):
            writer.put_entity(factories.entity(name))
        paper.put(writer)
        put(writer, Status.ACCEPTED, OF_P)
        writer.put_claim(paper.id, DENIED)
        put_state_and_edges(
            writer, DENIED, ClaimState(status=Status.ACCEPTED), canonical_in(writer)
        )

    store.write("ann", "claims", work)
    assert listed(store) == ()
