"""Signing people in by an OpenID Connect provider: authorization code with PKCE.

The provider says who somebody is and which groups they are in; settings say which role a group
has here. Its metadata are read when somebody first signs in, its keys anew when one is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from app.model.errors import Forbidden, Unauthorized, Unavailable
from app.model.vocabulary import Role

_TIMEOUT: Final = 10.0
_LEEWAY: Final = 60
_SIGNED: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
_HIGHEST: Final = (Role.ADMIN, Role.CURATOR, Role.READER)
_PART: Final = "sign-in"


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in on its way: where the browser goes, and what it keeps until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(slots=True)
class Provider:
    """One provider, and how its identities become users.

    ``roles`` gives the role of a group in ``role_claim``; the highest counts. Who is in none has
    ``default_role``, or is refused where that is None.
    """

    issuer: str
    client_id: str
    client_secret: str | None
    label: str
    scopes: str
    name_claim: str
    role_claim: str
    roles: Mapping[str, Role]
    default_role: Role | None
    _metadata: dict[str, Any] = field(default_factory=dict)
    _keys: dict[str, Any] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def begin(self, redirect: str) -> Begun:
        """Return where to send the browser; ``redirect`` is where the provider sends it back."""
        state, nonce, verifier = (generate_token(48) for _ in range(3))
        with self._client(redirect) as client:
            address, _ = client.create_authorization_url(
                self._endpoint("authorization_endpoint"),
                state=state,
                code_verifier=verifier,
                nonce=nonce,
            )
        return Begun(address, state, nonce, verifier)

    def finish(self, code: str, begun: Begun, redirect: str) -> tuple[str, Role]:
        """Return the name and the role of whoever came back with this code.

        Raises Unauthorized where the provider's word does not hold, Forbidden for somebody who
        has no role here, Unavailable where the provider does not answer.
        """
        try:
            with self._client(redirect) as client:
                token = client.fetch_token(
                    self._endpoint("token_endpoint"), code=code, code_verifier=begun.verifier
                )
        except AuthlibBaseError as error:
            raise Unauthorized(f"{self.label} did not accept the sign-in: {error}.") from error
        except httpx.HTTPError as error:
            raise Unavailable(_PART, f"{self.label} does not answer ({error})") from error
        return self._user(self._claims(token, begun.nonce))

    def _claims(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """Return what the identity token says, once its signature and its claims hold."""
        try:
            try:
                read = self._decoded(token["id_token"], self._key_set())
            except (InvalidKeyIdError, ValueError):
                read = self._decoded(token["id_token"], self._key_set(anew=True))
            claims = CodeIDToken(
                read.claims,
                read.header,
                {
                    "iss": {"essential": True, "value": self.issuer_named},
                    "aud": {"essential": True, "value": self.client_id},
                },
                {
                    "nonce": nonce,
                    "client_id": self.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(leeway=_LEEWAY)
        except (JoseError, AuthlibBaseError, KeyError, ValueError) as error:
            raise Unauthorized(f"The identity from {self.label} does not hold: {error}.") from error
        return dict(claims)

    def _decoded(self, text: str, keys: KeySet) -> jwt.Token:
        offered = self._found().get("id_token_signing_alg_values_supported", ["RS256"])
        algorithms = [each for each in offered if each in _SIGNED]
        return jwt.decode(
            text, key=keys, registry=JWSRegistry(algorithms=algorithms, strict_check_header=False)
        )

    def _user(self, claims: Mapping[str, Any]) -> tuple[str, Role]:
        name = claims.get(self.name_claim)
        if not isinstance(name, str) or not name:
            raise Unauthorized(f"{self.label} did not tell {self.name_claim}.")
        if self.name_claim == "email" and claims.get("email_verified") is not True:
            raise Forbidden(f"{self.label} has not verified the address {name[:80]}.")
        said = claims.get(self.role_claim, [])
        groups = {said} if isinstance(said, str) else {str(each) for each in said}
        given = {role for group, role in self.roles.items() if group in groups}
        role = next((each for each in _HIGHEST if each in given), self.default_role)
        if role is None:
            raise Forbidden(f"{name[:80]} is in no group that has a role here.")
        return name, role

    @property
    def issuer_named(self) -> str:
        """The issuer as the provider itself writes it, with or without a slash at its end."""
        return str(self._found()["issuer"])

    def _client(self, redirect: str) -> OAuth2Client:
        method = "client_secret_basic" if self.client_secret else "none"
        return OAuth2Client(
            client_id=self.client_id,
            client_secret=self.client_secret,
            token_endpoint_auth_method=method,
            scope=self.scopes,
            redirect_uri=redirect,
            code_challenge_method="S256",
            timeout=_TIMEOUT,
        )

    def _endpoint(self, name: str) -> str:
        url = str(self._found().get(name, ""))
        if not url or urlsplit(url).scheme != urlsplit(self.issuer).scheme:
            raise Unavailable(_PART, f"{self.label} names no usable {name}")
        return url

    def _found(self) -> Mapping[str, Any]:
        with self._lock:
            if not self._metadata:
                found = self._read(f"{self.issuer}/.well-known/openid-configuration")
                if str(found.get("issuer", "")).rstrip("/") != self.issuer:
                    raise Unavailable(_PART, f"{self.issuer} calls itself {found.get('issuer')}")
                self._metadata = found
            return self._metadata

    def _key_set(self, *, anew: bool = False) -> KeySet:
        address = self._endpoint("jwks_uri")
        with self._lock:
            if anew or not self._keys:
                self._keys = self._read(address)
            return KeySet.import_key_set(self._keys)  # type: ignore[arg-type]

    def _read(self, address: str) -> dict[str, Any]:
        try:
            response = httpx.get(address, timeout=_TIMEOUT)
            response.raise_for_status()
            found = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable(_PART, f"{self.label} does not answer ({error})") from error
        if not isinstance(found, dict):
            raise Unavailable(_PART, f"{address} does not answer as it should")
        return found
