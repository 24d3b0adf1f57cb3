"""What a curator's bench asks of the service: a queue, every decision, and what another did."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.graph.port import GraphWriter
from app.model.claim import Claim, Extraction
from app.model.vocabulary import (
    Aspect,
    Epistemic,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Role,
)
from app.services import check
from app.services.curated import renew
from tests.api.conftest import FIRST, SECOND, Service, running
from tests.support import factories

HALF = {
    "reverses": factories.claim(FIRST.text, agent="Curcumin", agent_id="CHEBI:3962"),
    "lowers": factories.claim(
        FIRST.text,
        agent="Curcumin",
        agent_id="CHEBI:3962",
        predicate=PredicateType.DECREASES,
        aspect=None,
    ),
    "needed": factories.claim(
        SECOND.text,
        predicate=PredicateType.REQUIRED_FOR,
        perturbation=PerturbationType.NONE,
        direction=OutcomeDirection.UP,
    ),
}
SURE = {"reverses": 0.9, "lowers": 0.6, "needed": 0.7}


def propose(service: Service) -> dict[str, str]:
    """Put candidates in, as readers do; return their ids."""

    def work(writer: GraphWriter) -> None:
        for name, each in HALF.items():
            paper = SECOND if name == "needed" else FIRST
            writer.put_claim(paper.id, each)
            reading = Extraction(reader="rules", version="1", confidence=SURE[name])
            writer.add_extraction(each.id, reading)
            renew(writer, each.id)

    service.parts.store.write("rules", "candidates", work)
    return {name: each.id for name, each in HALF.items()}


@pytest.fixture
def ids(service: Service) -> dict[str, str]:
    return propose(service)


def tag_of(service: Service, claim: str) -> str:
    return str(service.client.get(f"/api/v1/claims/{claim}").headers["etag"])


def decide(
    service: Service, claim: str, who: Role = Role.CURATOR, tag: str | None = None, **body: Any
) -> httpx.Response:
    headers = service.headers(who, **{"If-Match": tag or tag_of(service, claim)})
    return service.client.post(f"/api/v1/claims/{claim}/decisions", json=body, headers=headers)


def decided(service: Service, claim: str, who: Role = Role.CURATOR, **body: Any) -> Any:
    response = decide(service, claim, who, **body)
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("confidence", ["reverses", "needed", "lowers"]),
        ("-confidence", ["lowers", "needed", "reverses"]),
    ],
)
def test_the_queue_comes_by_confidence(
    service: Service, ids: dict[str, str], order: str, names: list[str]
) -> None:
    path: str | None = f"/api/v1/claims?status=candidate&status=disputed&order={order}&limit=1"
    found: list[object] = []
    while path is not None:
        page = service.client.get(path).json()
        assert page["total"] == 3
        found += [item["id"] for item in page["items"]]
        path = page["next"]
    assert found == [ids[name] for name in names]


def test_the_queue_comes_by_article_and_by_entity(service: Service, ids: dict[str, str]) -> None:
    page: Any = service.get("/claims", status="candidate", order="article")
    articles = [item["article"] for item in page["items"]]
    assert articles in (
        ["PMID:15314694"] * 2 + ["PMID:2"],
        ["PMID:2"] + ["PMID:15314694"] * 2,
    )
    page = service.get("/claims", status="candidate", order="confidence", entity="curcumin")
    assert [item["id"] for item in page["items"]] == [ids["reverses"], ids["lowers"]]
    page = service.get("/claims", status="candidate", pmid="PMID:2")
    assert [item["id"] for item in page["items"]] == [ids["needed"]]
    response = service.client.get("/api/v1/claims?order=mood")
    assert response.status_code == 422


def test_a_page_of_the_queue_stays_in_its_revision(service: Service, ids: dict[str, str]) -> None:
    page: Any = service.get("/claims", status="candidate", order="confidence", limit=2)
    decided(service, ids["lowers"], type="accept")
    rest = service.client.get(page["next"]).json()
    assert [item["id"] for item in rest["items"]] == [ids["lowers"]]
    assert rest["snapshot"] == page["snapshot"]
    assert service.get("/claims", status="candidate")["total"] == 2


def test_the_second_curator_sees_what_the_first_did(service: Service, ids: dict[str, str]) -> None:
    seen = tag_of(service, ids["reverses"])
    decided(service, ids["reverses"], type="reject", reason="another cell line")
    response = decide(service, ids["reverses"], Role.ADMIN, seen, type="accept")
    assert response.status_code == 412
    problem = response.json()
    assert problem["claim"]["status"] == "rejected"
    assert problem["claim"]["agent"]["antecedent"] is None
    assert [each["reason"] for each in problem["decisions"]] == ["another cell line"]
    assert problem["claim"]["verdicts"][0]["actor"] == "curator"
    # Its ETag lets the second curator decide with the first one's decision before their eyes.
    again = decide(service, ids["reverses"], Role.ADMIN, response.headers["etag"], type="accept")
    assert again.json()["status"] == "disputed"
    assert [each["verdict"] for each in again.json()["verdicts"]] == ["reject", "accept"]
    disputed: Any = service.get("/claims", status="disputed")
    assert [item["id"] for item in disputed["items"]] == [ids["reverses"]]


def test_a_verdict_that_changes_no_status_changes_the_claim_nevertheless(
    service: Service, ids: dict[str, str]
) -> None:
    decided(service, ids["reverses"], type="accept")
    seen = tag_of(service, ids["reverses"])
    decided(service, ids["reverses"], Role.ADMIN, type="accept")
    assert tag_of(service, ids["reverses"]) != seen
    assert decide(service, ids["reverses"], tag=seen, type="reject", reason="no").status_code == 412


def _as_sent(claim: Claim) -> Any:
    return claim.model_dump(mode="json")


def test_every_decision_is_taken_and_taken_back(service: Service, ids: dict[str, str]) -> None:
    first, other = ids["reverses"], ids["lowers"]
    said = HALF["reverses"]
    summary = said.model_copy(update={"epistemic": Epistemic.SUMMARY})
    onset = said.model_copy(
        update={"outcome": said.outcome.model_copy(update={"aspect": Aspect.INDUCTION})}
    )
    bodies: dict[str, tuple[dict[str, Any], str]] = {
        "accept": ({}, "accepted"),
        "reject": ({}, "rejected"),
        "link": ({"link": {"type": "contradicts", "claim": service.claims[0].id}}, "candidate"),
        "merge": ({"into": other}, "superseded"),
        "correct": ({"claims": [_as_sent(summary)]}, "superseded"),
        "split": ({"claims": [_as_sent(summary), _as_sent(onset)]}, "superseded"),
    }
    for kind, (body, status) in bodies.items():
        made = decided(service, first, type=kind, reason=f"to {kind}", **body)
        assert made["status"] == status, kind
        history: Any = service.get(f"/claims/{first}/history")
        last = history["items"][-1]
        assert (last["actor"], last["reason"]) == ("curator", f"to {kind}")
        back = decided(service, first, Role.ADMIN, type="undo", decision=last["id"])
        assert (back["status"], back["links"]) == ("candidate", [])
    for new in (summary, onset):
        assert service.get(f"/claims/{new.id}")["status"] == "candidate"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Service]:
    yield from running(tmp_path, quorum=2)


def test_two_curators_must_agree_where_the_instance_says_so(two: Service) -> None:
    claim = propose(two)["reverses"]
    first = decided(two, claim, type="accept")
    assert first["status"] == "candidate"
    assert [(each["actor"], each["needed"]) for each in first["verdicts"]] == [("curator", 2)]
    assert decide(two, claim, type="accept").status_code == 409
    second = decided(two, claim, Role.ADMIN, type="accept")
    assert second["status"] == "accepted"
    history: Any = two.get(f"/claims/{claim}/history")
    undone = decided(two, claim, type="undo", decision=history["items"][-1]["id"])
    assert undone["status"] == "candidate"
    apart = decided(two, claim, Role.ADMIN, type="reject", reason="no")
    assert apart["status"] == "disputed"


def test_a_claim_that_was_missed_awaits_a_second_curator(two: Service) -> None:
    body = _as_sent(HALF["needed"])
    made = two.client.post("/api/v1/claims", json=body, headers=two.headers())
    assert made.status_code == 201
    assert made.json()["status"] == "candidate"
    agreed = decided(two, made.json()["id"], Role.ADMIN, type="accept")
    assert agreed["status"] == "accepted"


def test_what_was_agreed_on_elsewhere_needs_nobody_more(two: Service) -> None:
    assert two.get(f"/claims/{two.claims[0].id}")["status"] == "accepted"
    found = check.check(two.parts.store)
    assert [each for each in found if each.kind is check.Kind.STATUS] == []
