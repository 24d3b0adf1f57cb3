"""Signing in and out, forged requests, tokens of one's own, and how often one may write."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.model.account import TokenKind
from app.model.vocabulary import Role
from app.services import accounts
from tests.api.conftest import Service, running
from tests.support.factories import token as made_token

PAGE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
ACCEPTS: dict[str, Any] = {"type": "reject", "reason": "not what it says"}


def sign_in(service: Service, role: Role = Role.CURATOR, **headers: str) -> httpx.Response:
    body = {"token": service.tokens[role]}
    return service.client.post("/api/v1/session", json=body, headers=PAGE | headers)


def csrf(service: Service) -> str:
    found = service.get("/session")["csrf_token"]
    assert isinstance(found, str)
    return found


def decide(service: Service, **headers: str) -> httpx.Response:
    path = f"/api/v1/claims/{service.claims[0].id}/decisions"
    return service.client.post(path, json=ACCEPTS, headers={"If-Match": "*", **headers})


def test_a_session_reads_and_writes_for_the_page(service: Service) -> None:
    response = sign_in(service)
    assert response.json()["name"] == "curator"
    cookie = response.headers["set-cookie"]
    assert "evipath-session=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie
    assert service.tokens[Role.CURATOR] not in cookie
    assert service.get("/me")["name"] == "curator"
    response = decide(service, **PAGE, **{"X-CSRF-Token": csrf(service)})
    assert response.status_code == 200, response.text
    assert response.json()["verdicts"][-1]["actor"] == "curator"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        PAGE,
        {**PAGE, "X-CSRF-Token": "0" * 64},
        {**PAGE, "X-CSRF-Token": "é"},
        {"X-CSRF-Token": "right"},
        {"X-CSRF-Token": "right", "Sec-Fetch-Site": "cross-site"},
        {"X-CSRF-Token": "right", "Sec-Fetch-Site": "same-site"},
        {"X-CSRF-Token": "right", "Sec-Fetch-Site": "none"},
        {"X-CSRF-Token": "right", "Origin": "https://evil.example"},
        {"X-CSRF-Token": "right", "Origin": "null"},
        {
            "X-CSRF-Token": "right",
            "Sec-Fetch-Site": "same-origin",
            "Origin": "http://testserver.evil.example",
        },
    ],
)
def test_a_forged_write_is_refused(service: Service, headers: dict[str, str]) -> None:
    sign_in(service)
    if headers.get("X-CSRF-Token") == "right":
        headers = {**headers, "X-CSRF-Token": csrf(service)}
    raw = {name: value.encode() for name, value in headers.items()}
    response = decide(service, **raw)  # type: ignore[arg-type]
    assert response.status_code == 403
    assert response.json()["type"] == "urn:evipath:problem:forged-request"
    assert service.get(f"/claims/{service.claims[0].id}")["status"] == "accepted"


def test_nobody_is_signed_in_from_another_site(service: Service) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        body = {"token": service.tokens[Role.CURATOR]}
        response = service.client.post("/api/v1/session", json=body, headers=headers)
        assert response.status_code == 403
        assert "set-cookie" not in response.headers
    response = service.client.post(
        "/api/v1/session", content="token=x", headers={**PAGE, "Content-Type": "text/plain"}
    )
    assert response.status_code == 415


def test_signing_out_ends_the_session_itself(service: Service) -> None:
    secret = sign_in(service).cookies["evipath-session"]
    headers = {**PAGE, "X-CSRF-Token": csrf(service)}
    assert service.client.delete("/api/v1/session", headers=PAGE).status_code == 403
    response = service.client.delete("/api/v1/session", headers=headers)
    assert response.status_code == 204
    assert 'evipath-session=""' in response.headers["set-cookie"]
    service.client.cookies.clear()
    service.client.cookies.set("evipath-session", secret)
    assert service.get("/session")["authenticated"] is False
    response = decide(service, **headers)
    assert response.status_code == 401


def test_a_session_is_no_token_and_a_token_no_session(service: Service) -> None:
    secret = sign_in(service).cookies["evipath-session"]
    response = service.client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    assert response.status_code == 401
    service.client.cookies.clear()
    service.client.cookies.set("evipath-session", service.tokens[Role.ADMIN])
    assert service.get("/session")["authenticated"] is False


def test_signing_in_again_ends_the_session_before(service: Service) -> None:
    first = sign_in(service).cookies["evipath-session"]
    sign_in(service, Role.ADMIN)
    assert service.get("/session")["name"] == "admin"
    service.client.cookies.clear()
    service.client.cookies.set("evipath-session", first)
    assert service.get("/session")["authenticated"] is False


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"token": "evp_wrong"}, 401),
        ({"code": "evp_wrong"}, 401),
        ({}, 422),
        ({"token": "a", "code": "b"}, 422),
        ({"token": "x" * 300}, 422),
    ],
)
def test_what_signs_nobody_in(service: Service, body: dict[str, str], status: int) -> None:
    response = service.client.post("/api/v1/session", json=body, headers=PAGE)
    assert response.status_code == status
    assert "set-cookie" not in response.headers


def test_a_code_signs_in_once_and_soon(service: Service) -> None:
    store = service.parts.store.accounts
    code = accounts.give_code(store, accounts.ensure(store, "lin", Role.ADMIN))
    response = service.client.post("/api/v1/session", json={"code": code}, headers=PAGE)
    assert (response.status_code, response.json()["name"]) == (200, "lin")
    response = service.client.post("/api/v1/session", json={"code": code}, headers=PAGE)
    assert response.status_code == 401
    old = datetime.now(UTC) - timedelta(seconds=1)
    store.add_token(made_token("late", "lin", kind=TokenKind.CODE, expires_at=old))
    response = service.client.post("/api/v1/session", json={"code": "late"}, headers=PAGE)
    assert response.status_code == 401


def test_by_https_the_cookie_is_secure_and_of_this_host_alone(tmp_path: Path) -> None:
    for service in running(tmp_path, public_url="https://evipath.example.org"):
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": "https://evipath.example.org"}
        response = service.client.post(
            "/api/v1/session", json={"token": service.tokens[Role.CURATOR]}, headers=headers
        )
        cookie = response.headers["set-cookie"]
        assert cookie.startswith("__Host-evipath-session=")
        assert "Secure" in cookie
        assert "Domain" not in cookie


def test_readers_may_be_asked_to_sign_in(tmp_path: Path) -> None:
    for service in running(tmp_path, require_token=True):
        assert service.client.get("/api/v1/claims").status_code == 401
        assert service.get("/session")["readers_need_token"] is True
        sign_in(service, Role.READER)
        assert service.client.get("/api/v1/claims").status_code == 200


def test_tokens_are_made_listed_and_revoked(service: Service) -> None:
    mine = service.headers(Role.READER)
    response = service.client.post(
        "/api/v1/me/tokens", json={"name": "the  cluster", "days": 7}, headers=mine
    )
    assert response.status_code == 201
    made = response.json()
    assert made["name"] == "the cluster"
    assert made["expires_at"].startswith(f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%d}")
    bearer = {"Authorization": f"Bearer {made['token']}"}
    assert service.client.get("/api/v1/me", headers=bearer).json()["name"] == "reader"
    listed = service.client.get("/api/v1/me/tokens", headers=mine)
    assert made["token"] not in listed.text
    first, second = listed.json()["items"]
    assert (first["name"], first["valid"]) == ("the cluster", True)
    assert first["last_used_at"] is not None
    assert second["name"] == accounts.FIRST
    for _ in range(2):
        gone = service.client.delete(response.headers["location"], headers=mine)
        assert gone.status_code == 200
        assert gone.json()["revoked_at"] is not None
    assert service.client.get("/api/v1/me", headers=bearer).status_code == 401


def test_tokens_belong_to_one(service: Service) -> None:
    made = service.client.post(
        "/api/v1/me/tokens", json={"name": "a"}, headers=service.headers(Role.CURATOR)
    )
    gone = service.client.delete(made.headers["location"], headers=service.headers(Role.ADMIN))
    assert gone.status_code == 404
    assert service.client.get("/api/v1/me/tokens").status_code == 401
    again = service.client.post(
        "/api/v1/me/tokens", json={"name": "a"}, headers=service.headers(Role.CURATOR)
    )
    assert again.status_code == 422
    assert again.json()["errors"][0]["pointer"] == "/name"


def test_an_expired_token_opens_nothing(service: Service) -> None:
    past = datetime.now(UTC) - timedelta(minutes=1)
    service.parts.store.accounts.add_token(made_token("old", "curator", expires_at=past))
    response = service.client.get("/api/v1/me", headers={"Authorization": "Bearer old"})
    assert response.status_code == 401


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Service]:
    yield from running(tmp_path, write_limit="3/minute", sign_in_limit="2/minute")


def test_writes_are_limited_by_user(limited: Service) -> None:
    for _ in range(3):
        decide(limited, **limited.headers())
    response = decide(limited, **limited.headers())
    assert response.status_code == 429
    assert 1 <= int(response.headers["retry-after"]) <= 60
    assert response.json()["type"] == "urn:evipath:problem:too-many-requests"
    assert decide(limited, **limited.headers(Role.ADMIN)).status_code == 200
    assert limited.get("/claims")["total"] == 1


def test_tries_to_sign_in_are_limited(limited: Service) -> None:
    for _ in range(2):
        response = limited.client.post("/api/v1/session", json={"token": "no"}, headers=PAGE)
        assert response.status_code == 401
    assert sign_in(limited).status_code == 429
