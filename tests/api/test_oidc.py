"""Signing in by OpenID Connect, against a provider on the loopback interface."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from pydantic import ValidationError

from app.model.vocabulary import Role
from app.services import accounts
from app.settings import Settings
from tests.api import provider as providers
from tests.api.conftest import Service, running
from tests.api.provider import CLIENT, SECRET, Provider

BEGIN = "/api/v1/session/oidc"
CALLBACK = "/api/v1/session/oidc/callback"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providers.running() as found:
        found.claims = {"preferred_username": "grace", "groups": ["lab", "curators"]}
        yield found


@pytest.fixture
def service(tmp_path: Path, provider: Provider) -> Iterator[Service]:
    yield from running(
        tmp_path,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_label="the lab",
        oidc_roles={"curators": "curator", "heads": "admin"},
    )


def begun(service: Service) -> str:
    response = service.client.get(BEGIN, follow_redirects=False)
    assert response.status_code == 303
    kept = response.headers["set-cookie"]
    assert "HttpOnly" in kept
    assert "SameSite=lax" in kept
    return response.headers["location"]


def came_back(service: Service, **parameters: str) -> httpx.Response:
    response = service.client.get(CALLBACK, params=parameters, follow_redirects=False)
    assert response.status_code == 303
    return response


def signed_in(service: Service, provider: Provider, **changed: Any) -> httpx.Response:
    provider.changed = changed
    address = begun(service)
    state = parse_qs(urlsplit(address).query)["state"][0]
    return came_back(service, state=state, code=provider.authorize(address))


def test_who_is_in_a_group_signs_in_with_its_role(service: Service, provider: Provider) -> None:
    response = signed_in(service, provider)
    assert response.headers["location"] == "/account"
    told = service.get("/session")
    assert (told["name"], told["role"], told["oidc"]) == ("grace", "curator", "the lab")
    assert provider.refused == []
    user = service.parts.store.accounts.user("grace")
    assert user is not None
    assert accounts.tokens_of(service.parts.store.accounts, "grace") == ()


def test_the_role_follows_the_provider(service: Service, provider: Provider) -> None:
    signed_in(service, provider)
    signed_in(service, provider, groups=["heads", "curators"])
    assert service.get("/session")["role"] == "admin"
    signed_in(service, provider, groups="curators")
    assert service.get("/session")["role"] == "curator"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"nonce": "of another sign-in"}, "Unauthorized"),
        ({"nonce": None}, "Unauthorized"),
        ({"aud": "another-service"}, "Unauthorized"),
        ({"iss": "https://evil.example"}, "Unauthorized"),
        ({"exp": 1}, "Unauthorized"),
        ({"preferred_username": None}, "Unauthorized"),
        ({"preferred_username": "no blanks allowed"}, "BadInput"),
        ({"groups": ["lab"]}, "Forbidden"),
        ({"groups": []}, "Forbidden"),
    ],
)
def test_what_does_not_hold_signs_nobody_in(
    service: Service, provider: Provider, changed: dict[str, Any], why: str
) -> None:
    response = signed_in(service, provider, **changed)
    assert response.headers["location"] == f"/account#refused={why}"
    assert service.get("/session")["authenticated"] is False


def test_an_identity_signed_by_another_key_is_refused(service: Service, provider: Provider) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "one"})
    assert "refused=Unauthorized" in signed_in(service, provider).headers["location"]


def test_a_new_key_of_the_provider_is_fetched(service: Service, provider: Provider) -> None:
    signed_in(service, provider)
    provider.key = RSAKey.generate_key(2048, {"kid": "two"})
    assert signed_in(service, provider).headers["location"] == "/account"


def test_a_code_of_another_browser_is_refused(service: Service, provider: Provider) -> None:
    address = begun(service)
    code = provider.authorize(address)
    state = parse_qs(urlsplit(address).query)["state"][0]
    service.client.cookies.clear()
    response = came_back(service, state=state, code=code)
    assert "refused=Unauthorized" in response.headers["location"]
    begun(service)
    response = came_back(service, state="another", code=code)
    assert "refused=Unauthorized" in response.headers["location"]
    assert code in provider.codes


def test_a_code_is_bound_to_the_verifier_of_its_sign_in(
    service: Service, provider: Provider
) -> None:
    stolen = provider.authorize(begun(service))
    state = parse_qs(urlsplit(begun(service)).query)["state"][0]
    response = came_back(service, state=state, code=stolen)
    assert "refused=Unauthorized" in response.headers["location"]
    assert provider.refused == ["verifier"]


def test_what_the_provider_refuses_is_said(service: Service, provider: Provider) -> None:
    state = parse_qs(urlsplit(begun(service)).query)["state"][0]
    response = came_back(service, state=state, error="access_denied", error_description="no")
    assert "refused=Unauthorized" in response.headers["location"]
    state = parse_qs(urlsplit(begun(service)).query)["state"][0]
    response = came_back(service, state=state, code="c", iss="https://evil.example")
    assert "refused=Unauthorized" in response.headers["location"]
    del provider


def test_a_revoked_user_stays_out(service: Service, provider: Provider) -> None:
    signed_in(service, provider)
    accounts.revoke(service.parts.store.accounts, "grace")
    assert service.get("/session")["authenticated"] is False
    assert "refused=Forbidden" in signed_in(service, provider).headers["location"]


def test_without_a_provider_there_is_none(tmp_path: Path) -> None:
    for service in running(tmp_path):
        assert service.client.get(BEGIN).status_code == 404
        assert service.get("/session")["oidc"] is None


def test_a_provider_that_does_not_answer_is_unavailable(tmp_path: Path) -> None:
    more = {"oidc_issuer": "http://127.0.0.1:1", "oidc_client_id": CLIENT}
    for service in running(tmp_path, **more):
        response = service.client.get(BEGIN, follow_redirects=False)
        assert response.status_code == 503


@pytest.mark.parametrize(
    "given",
    [
        {"oidc_issuer": "https://login.example.org"},
        {"oidc_issuer": "http://login.example.org", "oidc_client_id": "x"},
        {"public_url": "ftp://example.org"},
        {"public_url": "https://user:secret@example.org"},
        {"write_limit": "often"},
        {"quorum": 3},
    ],
)
def test_settings_that_can_not_be_used_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Settings(**given)


def test_roles_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVIPATH_OIDC_ROLES", '{"lab": "curator"}')
    assert Settings().oidc_roles == {"lab": Role.CURATOR}
