"""Every refusal is a problem document that says where and what to do."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.bootstrap import build
from app.model.errors import Unavailable
from tests.api.conftest import Service, running, settings

INTERVENTIONS = "/reasoning/interventions?outcome=EMT&effect=reverses"

REFUSED: list[tuple[str, int, str]] = [
    ("/nothing", 404, ""),
    ("/entities/unheard of", 404, ""),
    ("/entities/twin", 409, ""),
    ("/articles/PMID:404404", 404, ""),
    ("/articles/neither this nor that", 422, ""),
    ("/claims/" + "0" * 64, 404, ""),
    ("/jobs/none", 404, ""),
    ("/stats?as_of=99", 404, ""),
    ("/stats?as_of=yesterday", 422, "/query/as_of"),
    ("/stats?as_of=2026-02-30", 422, "/query/as_of"),
    ("/stats?as_of=2026-01-01T10:00:00", 422, "/query/as_of"),
    ("/stats?as_of=1999-01-01", 404, ""),
    ("/stats?unheard=1", 422, "/query/unheard"),
    ("/articles?limit=0", 422, "/query/limit"),
    ("/articles?limit=501", 422, "/query/limit"),
    ("/articles?limit=many", 422, "/query/limit"),
    ("/articles?limit=1&limit=2", 422, "/query/limit"),
    ("/articles?cursor=damaged", 400, ""),
    ("/bundle?outcome=EMT&effect=reverses&answer=means", 422, "/query/answer"),
    (f"{INTERVENTIONS}&excluding=EMT", 422, "/query/excluding"),
    (f"{INTERVENTIONS}&max_hops=7", 422, "/query/max_hops"),
    (f"{INTERVENTIONS}&context=nowhere", 422, "/query/context"),
    (f"{INTERVENTIONS}&context=setting:in_space", 422, "/query/context"),
    ("/reasoning/interventions?outcome=EMT&effect=cures", 422, "/query/effect"),
    ("/reasoning/interventions?effect=reverses", 422, "/query/outcome"),
    ("/ask?q=what is EMT", 422, "/query/q"),
    ("/graph", 422, "/query/center"),
    ("/graph?center=EMT&answer=what reverses EMT", 422, "/query/center"),
    ("/export/xls", 422, "/path/format"),
    ("/changes?since=2&as_of=1", 422, "/query/since"),
]


@pytest.mark.parametrize(("path", "status", "pointer"), REFUSED)
def test_a_refusal_says_where(shown: Service, path: str, status: int, pointer: str) -> None:
    response = shown.client.get(f"/api/v1{path}")
    problem: Any = response.json()
    assert response.status_code == status, problem
    assert response.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["request_id"] == response.headers["x-request-id"]
    if pointer:
        assert pointer in [one["pointer"] for one in problem["errors"]]


def test_a_parameter_of_a_later_version_is_named_as_such(shown: Service) -> None:
    response = shown.client.get("/api/v1/bundle?outcome=EMT&effect=reverses&answer=means")
    assert "not answered by this version" in response.json()["detail"]


def test_what_can_be_asked_stands_in_a_refused_question(shown: Service) -> None:
    response = shown.client.get("/api/v1/ask?q=what is EMT")
    for question in response.json()["can_be_asked"][:1]:
        assert shown.get("/ask", q=question)["query"]


def test_a_cursor_of_another_question_or_graph(shown: Service, tmp_path: Path) -> None:
    path = shown.get("/entities", limit=1)["next"]
    assert isinstance(path, str)
    cursor = path.partition("cursor=")[2]
    other = shown.client.get(f"/api/v1/articles?cursor={cursor}")
    assert other.status_code == 400
    [elsewhere] = [next(generator := running(tmp_path))]
    gone = elsewhere.client.get(path)
    generator.close()
    assert gone.status_code == 410


def test_methods_and_forms_that_are_not_there(shown: Service) -> None:
    wrong = shown.client.put("/api/v1/claims")
    assert wrong.status_code == 405
    assert wrong.headers["content-type"] == "application/problem+json"
    assert set(wrong.headers["allow"].replace(" ", "").split(",")) >= {"GET"}
    form = shown.client.get("/api/v1/stats", headers={"Accept": "text/html"})
    assert form.status_code == 406
    for accept in ("*/*", "application/*", "text/html, application/json;q=0.1"):
        assert shown.client.get("/api/v1/stats", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 422),
        (b"\xff\xfe", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b'{"sources": ["EMT"], "targets": ["EMT"], "k": 0}', "application/json", 422),
        (b'{"sources": ["EMT"], "targets": ["EMT"], "more": 1}', "application/json", 422),
        (b'{"sources": [], "targets": ["EMT"]}', "application/json", 422),
    ],
)
def test_bodies_that_are_not_understood(
    shown: Service, body: bytes, content_type: str, status: int
) -> None:
    response = shown.client.post(
        "/api/v1/reasoning/paths", content=body, headers={"Content-Type": content_type}
    )
    assert response.status_code == status, response.text


def test_an_error_nobody_foresaw_shows_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = build(settings(tmp_path))

    def broken() -> None:
        raise RuntimeError("a secret of the inside")

    with TestClient(create_app(parts)) as client:
        monkeypatch.setattr(parts.store, "head", broken)
        response = client.get("/api/v1/stats")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_store_that_is_away_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = build(settings(tmp_path))

    def away() -> None:
        raise Unavailable("neo4j", "connection refused", 7)

    with TestClient(create_app(parts)) as client:
        monkeypatch.setattr(parts.store, "head", away)
        for path in ("/stats", "/readyz"):
            response = client.get(f"/api/v1{path}")
            assert response.status_code == 503
            assert response.headers["retry-after"] == "7"
            assert "neo4j" in response.json()["detail"]
        assert client.get("/api/v1/healthz").status_code == 200


def test_a_service_that_asks_its_readers_for_a_token(tmp_path: Path) -> None:
    generator = running(tmp_path, require_token=True)
    service = next(generator)
    assert service.client.get("/api/v1/stats").status_code == 401
    headers = service.headers()
    assert service.client.get("/api/v1/stats", headers=headers).status_code == 200
    assert service.client.get("/api/v1/healthz").status_code == 200
    open_paths = {"/api/v1/healthz", "/api/v1/readyz", "/api/v1/metrics", "/api/v1/me"}
    for path in service.client.get("/openapi.json").json()["paths"]:
        if path not in open_paths and "{" not in path:
            response = service.client.get(path, params={"q": "x", "since": "0"})
            assert response.status_code in (401, 405, 422), path
            assert "items" not in response.text
    generator.close()


def test_answers_bear_the_security_headers(shown: Service) -> None:
    for path in ("/", "/docs", "/api/v1/stats", "/api/v1/nothing"):
        headers = shown.client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert "unsafe" not in shown.client.get("/").headers["content-security-policy"]


def test_what_is_refused_is_what_the_document_says(shown: Service) -> None:
    document = shown.client.get("/openapi.json").json()
    checked = 0
    for path, methods in document["paths"].items():
        operation = methods.get("get")
        if operation is None or "{" in path:
            continue
        query = {p["name"]: p["schema"] for p in operation.get("parameters", ())}
        refused = shown.client.get(path, params={"unheard": "1"}).json()
        known = refused["detail"].partition("known here: ")[2].rstrip(".")
        assert known == (", ".join(sorted(query)) or "none"), path
        checked += 1
    assert checked > 10
