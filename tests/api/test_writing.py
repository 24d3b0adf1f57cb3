"""Writes over the wire: who may, what is asked before, what is kept, what is refused."""

import gzip
import time
from typing import Any

import pytest

from app.model.vocabulary import OutcomeDirection, PredicateType, Role
from tests.api.conftest import FIRST, Service
from tests.support import factories

XML = b"""<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">77</PMID><Article>
<Journal><Title>J</Title></Journal><ArticleTitle>From XML.</ArticleTitle>
<Abstract><AbstractText>It says so.</AbstractText></Abstract></Article></MedlineCitation>
</PubmedArticle></PubmedArticleSet>"""


def ended(service: Service, location: str) -> Any:
    for _ in range(200):
        job = service.client.get(location).json()
        if job["status"] not in ("queued", "running"):
            return job
        time.sleep(0.05)
    raise AssertionError(f"the job did not end: {job}")


@pytest.mark.parametrize("role", [None, Role.READER])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/articles", None),
        ("POST", "/claims", {}),
        ("POST", "/claims/x/decisions", {"type": "accept"}),
        ("POST", "/articles/x/decisions", {"type": "merge"}),
    ],
)
def test_writing_needs_a_curator(
    shown: Service, role: Role | None, method: str, path: str, body: Any
) -> None:
    headers = {} if role is None else shown.headers(role)
    response = shown.client.request(method, f"/api/v1{path}", json=body, headers=headers)
    assert response.status_code == (401 if role is None else 403)
    assert ("www-authenticate" in response.headers) is (role is None)


def test_a_wrong_token_is_refused_even_for_reading(shown: Service) -> None:
    for value in ("Bearer nonsense", "Basic abc", "Bearer"):
        response = shown.client.get("/api/v1/me", headers={"Authorization": value})
        assert response.status_code == 401, value


@pytest.mark.parametrize("squeeze", [False, True])
def test_documents_go_in_by_a_job(service: Service, squeeze: bool) -> None:
    headers = service.headers(**{"Content-Type": "application/xml"})
    if squeeze:
        headers["Content-Encoding"] = "gzip"
    body = gzip.compress(XML) if squeeze else XML
    response = service.client.post("/api/v1/articles", content=body, headers=headers)
    assert response.status_code == 202
    job = ended(service, response.headers["location"])
    assert job["status"] == "succeeded"
    assert job["counts"]["created"] == 1
    assert service.get("/articles/PMID:77")["text"] == "From XML.\nIt says so."


def test_a_bad_record_is_told_and_the_rest_goes_in(service: Service) -> None:
    bad = (
        XML.replace(b"From XML.", b"").replace(b">77<", b">78<").removeprefix(b"<PubmedArticleSet>")
    )
    body = XML.removesuffix(b"</PubmedArticleSet>") + bad
    response = service.client.post(
        "/api/v1/articles?format=pubmed_xml", content=body, headers=service.headers()
    )
    job = ended(service, response.headers["location"])
    assert job["counts"]["failed"] == 1
    assert job["errors"][0]["record"] == 2
    assert service.get("/articles/PMID:77")["id"]


def test_a_job_is_followed_as_events(service: Service) -> None:
    response = service.client.post(
        "/api/v1/articles", content=XML, headers=service.headers(**{"Content-Type": "text/xml"})
    )
    with service.client.stream("GET", f"{response.headers['location']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = list(stream.iter_lines())
    assert "event: end" in lines
    assert service.get("/jobs")["total"] == 1


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "application/xml"}, b"", 422),
        ({"Content-Type": "application/pdf"}, b"%PDF", 415),
        ({"Content-Type": "text/xml", "Content-Encoding": "br"}, XML, 415),
        ({"Content-Type": "text/xml", "Content-Encoding": "gzip"}, XML, 400),
        ({"Content-Type": "text/xml"}, gzip.compress(XML)[:-20], 400),
        ({"Content-Type": "text/xml"}, gzip.compress(b" " * 300_000), 413),
        ({"Content-Type": "text/xml"}, b"x" * 200_001, 413),
    ],
)
def test_bodies_that_are_not_read(
    shown: Service, headers: dict[str, str], body: bytes, status: int
) -> None:
    response = shown.client.post("/api/v1/articles", content=body, headers=shown.headers(**headers))
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert shown.get("/jobs")["total"] == 0


def test_a_chunked_body_over_the_limit_is_refused(shown: Service) -> None:
    response = shown.client.post(
        "/api/v1/articles",
        content=(b"x" * 50_000 for _ in range(5)),
        headers=shown.headers(**{"Content-Type": "text/xml"}),
    )
    assert response.status_code == 413


def test_a_claim_is_added_and_found_again(service: Service) -> None:
    claim = factories.claim(
        FIRST.text,
        agent="Curcumin",
        agent_id="CHEBI:3962",
        predicate=PredicateType.PREVENTS,
        direction=OutcomeDirection.DOWN,
        aspect=None,
        perturbation=factories.PerturbationType.TREATMENT,
        words="Curcumin prevents EMT",
    )
    response = service.client.post(
        "/api/v1/claims", content=claim.model_dump_json(), headers=_json(service)
    )
    assert response.status_code == 201, response.text
    found = service.client.get(response.headers["location"])
    assert found.json()["status"] == "accepted"
    assert found.headers["etag"] == response.headers["etag"]


def test_a_quote_that_does_not_stand_there_is_refused(service: Service) -> None:
    claim = factories.claim(FIRST.text).model_dump(mode="json")
    claim["quotes"][0]["text"] = "X" + claim["quotes"][0]["text"][1:]
    response = service.client.post("/api/v1/claims", json=claim, headers=service.headers())
    assert response.status_code == 422
    assert response.json()["type"] == "urn:evipath:problem:quote-mismatch"
    assert service.get("/stats")["claims"] == 1


def test_a_decision_needs_the_claim_as_it_stands(service: Service) -> None:
    path = f"/api/v1/claims/{service.claims[0].id}"
    decision = {"type": "reject", "reason": "a test"}
    post = service.client.post
    assert post(f"{path}/decisions", json=decision, headers=service.headers()).status_code == 428
    etag = service.client.get(path).headers["etag"]
    current = service.headers(**{"If-Match": etag})
    assert post(f"{path}/decisions", json=decision, headers=current).status_code == 200
    assert post(f"{path}/decisions", json=decision, headers=current).status_code == 412
    weak = service.headers(**{"If-Match": f"W/{service.client.get(path).headers['etag']}"})
    assert post(f"{path}/decisions", json=decision, headers=weak).status_code == 412
    broken = service.headers(**{"If-Match": "no quotes"})
    assert post(f"{path}/decisions", json=decision, headers=broken).status_code == 400
    history = service.get(f"/claims/{service.claims[0].id}/history")
    assert history["total"] == 2


def test_the_same_key_answers_the_first_result(service: Service) -> None:
    path = f"/api/v1/claims/{service.claims[0].id}"
    etag = service.client.get(path).headers["etag"]
    headers = service.headers(**{"If-Match": etag, "Idempotency-Key": "k-1"})
    decision = {"type": "reject", "reason": "a test"}
    first = service.client.post(f"{path}/decisions", json=decision, headers=headers)
    again = service.client.post(f"{path}/decisions", json=decision, headers=headers)
    assert first.status_code == again.status_code == 200
    assert first.content == again.content
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["idempotency-replayed"] == "true"
    other = {"type": "reject", "reason": "another"}
    response = service.client.post(f"{path}/decisions", json=other, headers=headers)
    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/header/Idempotency-Key"


def test_one_body_twice_under_one_key_is_one_job(service: Service) -> None:
    headers = service.headers(**{"Content-Type": "text/xml", "Idempotency-Key": "k"})
    places = {
        service.client.post("/api/v1/articles", content=XML, headers=headers).headers["location"]
        for _ in range(3)
    }
    assert len(places) == 1


def _json(service: Service) -> dict[str, str]:
    return service.headers(**{"Content-Type": "application/json"})


def _two_articles(service: Service) -> tuple[str, str]:
    """Ingest the XML and a page of the same article without PMID; return both ids."""
    page = b'{"title": "From a page.", "abstract": [{"text": "So it says."}]}'
    for body, kind in ((XML, "application/xml"), (page, "application/json")):
        headers = service.headers(**{"Content-Type": kind})
        response = service.client.post("/api/v1/articles", content=body, headers=headers)
        assert ended(service, response.headers["location"])["status"] == "succeeded"
    found = {each["citation"]["title"]: each["id"] for each in service.get("/articles")["items"]}
    return found["From XML."], found["From a page."]


def test_two_articles_become_one_and_two_again(service: Service) -> None:
    xml, page = _two_articles(service)
    shown = service.client.get(f"/api/v1/articles/{page}")
    path, body = f"/api/v1/articles/{page}/decisions", {"type": "merge", "into": "PMID:77"}
    headers = service.headers()
    assert service.client.post(path, json=body, headers=headers).status_code == 428
    headers["If-Match"] = '"another"'
    assert service.client.post(path, json=body, headers=headers).status_code == 412
    headers["If-Match"] = shown.headers["etag"]
    refused = service.client.post(path, json=body, headers=headers)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/reason")
    body["reason"] = "the same paper"
    merged = service.client.post(path, json=body, headers=headers)
    assert (merged.status_code, merged.json()["id"]) == (200, xml)
    again = service.client.get(f"/api/v1/articles/{xml}")
    assert again.headers["etag"] == merged.headers["etag"]
    assert service.client.get(f"/api/v1/articles/{page}").json() == again.json() == merged.json()
    assert service.client.post(path, json=body, headers=headers).status_code == 412
    listed = service.get(f"/articles/{page}/history")
    assert [(each["type"], each["into"]) for each in listed["items"]] == [("merge", xml)]
    undo = {"type": "undo", "decision": listed["items"][0]["id"]}
    headers["If-Match"] = "*"
    undone = service.client.post(path, json=undo, headers=headers)
    assert (undone.status_code, undone.json()["id"]) == (200, page)
    assert service.client.get(f"/api/v1/articles/{page}").json()["text"] == shown.json()["text"]
    assert service.client.post(path, json=undo, headers=headers).status_code == 409
