"""Managing users over the wire: who may, and what it does to their tokens at once."""

from typing import Any

import pytest

from app.model.vocabulary import Role
from tests.api.conftest import Service

PATH = "/api/v1/users"


def ask(
    service: Service, method: str, path: str = "", *, by: Role = Role.ADMIN, **more: Any
) -> Any:
    """Call as somebody of this role."""
    return service.client.request(method, f"{PATH}{path}", headers=service.headers(by), **more)


def who(service: Service, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return service.client.get("/api/v1/me", headers=headers).status_code


def test_an_admin_adds_changes_and_revokes_a_user(service: Service) -> None:
    made = ask(service, "POST", json={"name": "anna", "role": "reader"})
    assert made.status_code == 201, made.text
    token = made.json()["token"]
    assert who(service, token) == 200
    anna = {"Authorization": f"Bearer {token}"}
    reject = f"/api/v1/claims/{service.claims[0].id}/decisions"
    sent = service.client.post(reject, json={"type": "accept"}, headers=anna)
    assert sent.status_code == 403
    changed = ask(service, "PATCH", "/anna", json={"role": "curator"})
    assert (changed.status_code, changed.json()["role"]) == (200, "curator")
    sent = service.client.post(reject, json={"type": "accept"}, headers=anna)
    assert sent.status_code == 428
    listed = ask(service, "GET").json()
    assert listed["total"] == len(listed["items"]) == 4
    shown = next(each for each in listed["items"] if each["name"] == "anna")
    assert shown["last_used_at"] is not None
    assert [each["valid"] for each in shown["tokens"]] == [True]
    assert "token" not in shown
    assert "sha256" not in ask(service, "GET").text
    assert token not in ask(service, "GET").text
    assert listed["limits"]["writes"] == str(service.parts.rates.writes)
    assert ask(service, "DELETE", "/anna").json()["revoked_at"] is not None
    assert ask(service, "DELETE", "/anna").status_code == 200
    assert who(service, token) == 401
    assert ask(service, "PATCH", "/anna", json={"role": "admin"}).status_code == 409
    again = ask(service, "POST", json={"name": "anna", "role": "curator"}).json()
    assert who(service, again["token"]) == 200
    assert who(service, token) == 401
    assert again["revoked_at"] is None


def test_one_token_of_a_user_is_revoked_and_the_others_stay(service: Service) -> None:
    curator = service.headers(Role.CURATOR)
    made = service.client.post("/api/v1/me/tokens", json={"name": "lab"}, headers=curator).json()
    path = f"/curator/tokens/{made['id']}"
    assert ask(service, "DELETE", path).json()["valid"] is False
    assert ask(service, "DELETE", path).status_code == 200
    assert who(service, made["token"]) == 401
    assert who(service, service.tokens[Role.CURATOR]) == 200
    assert ask(service, "DELETE", f"/reader/tokens/{made['id']}").status_code == 404


@pytest.mark.parametrize("by", [Role.READER, Role.CURATOR])
def test_managing_users_is_for_admins(shown: Service, by: Role) -> None:
    for method, path, body in (
        ("GET", "", None),
        ("POST", "", {"name": "eve", "role": "admin"}),
        ("PATCH", f"/{by}", {"role": "admin"}),
        ("DELETE", "/admin", None),
        ("DELETE", "/admin/tokens/x", None),
    ):
        assert ask(shown, method, path, by=by, json=body).status_code == 403
        assert shown.client.request(method, f"{PATH}{path}", json=body).status_code == 401
    assert {each["role"] for each in ask(shown, "GET").json()["items"]} == set(Role)


def test_nobody_locks_themselves_out_and_what_is_wrong_is_said(shown: Service) -> None:
    assert ask(shown, "DELETE", "/admin").status_code == 409
    assert ask(shown, "PATCH", "/admin", json={"role": "reader"}).status_code == 409
    assert ask(shown, "PATCH", "/admin", json={"role": "admin"}).status_code == 200
    assert ask(shown, "PATCH", "/nobody", json={"role": "reader"}).status_code == 404
    assert ask(shown, "DELETE", "/nobody").status_code == 404
    assert ask(shown, "POST", json={"name": "curator", "role": "reader"}).status_code == 409
    assert ask(shown, "POST", json={"name": "no good", "role": "reader"}).status_code == 422
    assert ask(shown, "POST", json={"name": "eve", "role": "queen"}).status_code == 422
