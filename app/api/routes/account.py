"""Signing in and out, and the tokens of whoever is signed in."""

from datetime import datetime, timedelta
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse

from app.api import answers, sessions
from app.api.auth import Identified, Known, Parts, Writer
from app.api.container import Container
from app.api.openapi import problems
from app.api.wire.accounts import NewToken, TokenView, token_view
from app.model.account import Token, TokenKind, User
from app.model.errors import BadInput, EviPathError, FieldError, NotFound, Unauthorized
from app.model.vocabulary import Role
from app.services import accounts
from app.services.oidc import Begun, Provider

BASE = "/api/v1"
CALLBACK = f"{BASE}/session/oidc/callback"
PAGE = "/account"

_COOKIE = "evipath-sign-in"
_COOKIE_LIFE = 600

router = APIRouter(prefix=BASE, tags=["account"])


class Session(BaseModel):
    """Who the browser is signed in as, and what this service asks of whom.

    ``csrf_token`` is what every write with the session bears in ``X-CSRF-Token``; null for a
    request with a bearer token. ``oidc`` names the provider that people sign in with, if any.
    """

    authenticated: bool
    name: str | None = None
    role: Role = Role.READER
    expires_at: datetime | None = None
    csrf_token: str | None = None
    oidc: str | None = None
    readers_need_token: bool = False
    quorum: int = 1


class SignIn(BaseModel):
    """A personal token, or the code of an address that `evipath serve` printed."""

    model_config = ConfigDict(extra="forbid")

    token: str | None = Field(default=None, max_length=200)
    code: str | None = Field(default=None, max_length=200)


class TokenList(BaseModel):
    """The caller's personal tokens, newest first."""

    items: list[TokenView]
    total: int


class TokenRequest(BaseModel):
    """A token's name, which says what it is for, and the days that it is valid."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=80, examples=["pipeline on the cluster"])
    days: int | None = Field(
        default=90, ge=1, le=accounts.MAX_DAYS, description="null: until it is revoked"
    )


TokenId = Annotated[str, Path(max_length=100, description="The token's id.")]


@router.get(
    "/session",
    operation_id="get_session",
    summary="Who is signed in?",
    response_model=Session,
    responses=problems(401),
)
def get_session(request: Request, parts: Parts, who: Identified) -> Response:
    """Answers without a session, too: then nobody is signed in."""
    secret = sessions.secret_of(request, parts.config)
    session = who.token if who and who.token.kind is TokenKind.SESSION else None
    response = _told(parts, who.user if who else None, session, secret)
    if secret is not None and who is None:
        sessions.drop_cookie(response, request, parts.config)
    return response


@router.post(
    "/session",
    operation_id="sign_in",
    summary="Sign the browser in",
    response_model=Session,
    responses=problems(401, 403, 413, 415, 429),
)
def sign_in(request: Request, parts: Parts, body: SignIn) -> Response:
    """Needs a token or a code, and sets the cookie of a session; for the page, not for programs."""
    if (body.token is None) == (body.code is None):
        raise BadInput("Give a token or a code.", [FieldError("/token", "a token or a code")])
    sessions.check_origin(request, parts.config)
    _count(request, parts)
    if body.code is not None:
        return _signed_in(request, parts, accounts.use_code(parts.store.accounts, body.code))
    found = accounts.authenticate(parts.store.accounts, (body.token or "").strip())
    return _signed_in(request, parts, found.user, found.token.expires_at)


@router.delete(
    "/session",
    operation_id="sign_out",
    summary="Sign the browser out",
    status_code=204,
    response_class=Response,
    responses=problems(401, 403),
)
def sign_out(request: Request, parts: Parts, who: Identified) -> Response:
    """End the session: it opens nothing any more. Signing out twice changes nothing."""
    if who is not None and who.token.kind is TokenKind.SESSION:
        accounts.close_session(parts.store.accounts, who.token)
    response = Response(status_code=204, headers={"Cache-Control": "no-store"})
    sessions.drop_cookie(response, request, parts.config)
    return response


@router.get(
    "/session/oidc",
    operation_id="begin_oidc",
    summary="Sign in with the instance's provider",
    status_code=303,
    response_class=Response,
    responses=problems(404, 429, 503),
)
def begin_oidc(request: Request, parts: Parts) -> Response:
    """Send the browser to the provider."""
    provider = _provider(parts)
    _count(request, parts)
    begun = provider.begin(_redirect(request, parts))
    response = RedirectResponse(begun.address, 303, headers={"Cache-Control": "no-store"})
    https = sessions.is_https(request, parts.config)
    # Lax, not strict: the browser comes back from the provider, which is another site.
    response.set_cookie(
        sessions.cookie_name(_COOKIE, https=https),
        orjson.dumps([begun.state, begun.nonce, begun.verifier]).hex(),
        max_age=_COOKIE_LIFE,
        path="/",
        secure=https,
        httponly=True,
        samesite="lax",
    )
    return response


@router.get(
    "/session/oidc/callback",
    operation_id="finish_oidc",
    summary="Where the provider sends the browser back",
    status_code=303,
    response_class=Response,
    responses=problems(404),
)
def finish_oidc(
    request: Request,
    parts: Parts,
    state: Annotated[str | None, Query(max_length=500)] = None,
    code: Annotated[str | None, Query(max_length=4000)] = None,
    error: Annotated[str | None, Query(max_length=500)] = None,
    error_description: Annotated[str | None, Query(max_length=2000)] = None,
    error_uri: Annotated[str | None, Query(max_length=2000)] = None,
    iss: Annotated[str | None, Query(max_length=500)] = None,
    session_state: Annotated[str | None, Query(max_length=500)] = None,
    scope: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """Signs the browser in and goes on to the page, which says it where that was refused."""
    del error_description, error_uri, session_state, scope
    provider = _provider(parts)
    try:
        begun = _begun(request, parts)
        if begun is None or state is None or not sessions.same(state, begun.state):
            raise Unauthorized("The sign-in was not begun in this browser, or too long ago.")
        if (
            error is not None
            or code is None
            or (iss or provider.issuer_named) != (provider.issuer_named)
        ):
            raise Unauthorized("The provider refused the sign-in.")
        name, role = provider.finish(code, begun, _redirect(request, parts))
        user = accounts.with_role(parts.store.accounts, name, role)
        token, secret = _session(parts, user, None)
    except EviPathError as refused:
        response = RedirectResponse(f"{PAGE}#refused={type(refused).__name__}", 303)
    else:
        response = RedirectResponse(PAGE, 303)
        sessions.set_cookie(response, request, parts.config, token, secret)
    response.headers["Cache-Control"] = "no-store"
    response.delete_cookie(
        sessions.cookie_name(_COOKIE, https=sessions.is_https(request, parts.config)), path="/"
    )
    return response


@router.get(
    "/me/tokens",
    operation_id="list_tokens",
    summary="My tokens",
    response_model=TokenList,
    responses=problems(401),
)
def list_tokens(parts: Parts, user: Known) -> Response:
    """Revoked and expired ones too, newest first; never their secrets."""
    found = [token_view(token) for token in accounts.tokens_of(parts.store.accounts, user.name)]
    return answers.plain(TokenList(items=found, total=len(found)))


@router.post(
    "/me/tokens",
    operation_id="add_token",
    summary="Make a token",
    status_code=201,
    response_model=NewToken,
    responses=problems(401, 403, 409, 413, 415, 429),
)
def add_token(parts: Parts, user: Writer, body: TokenRequest) -> Response:
    """Make a token for a program; its secret is shown only in this answer."""
    made, secret = accounts.add_token(parts.store.accounts, user, body.name, body.days)
    shown = NewToken(**token_view(made).model_dump(), token=secret)
    return answers.plain(shown, status=201, headers={"Location": f"{BASE}/me/tokens/{made.id}"})


@router.delete(
    "/me/tokens/{token_id}",
    operation_id="revoke_token",
    summary="Revoke a token",
    response_model=TokenView,
    responses=problems(401, 403, 404, 429),
)
def revoke_token(parts: Parts, user: Writer, token_id: TokenId) -> Response:
    """End a token: it opens nothing from here on. Revoking it twice changes nothing."""
    return answers.plain(token_view(accounts.end_token(parts.store.accounts, user, token_id)))


def _signed_in(
    request: Request, parts: Container, user: User, until: datetime | None = None
) -> Response:
    old = sessions.secret_of(request, parts.config)
    if old is not None:
        _close(parts, old)
    token, secret = _session(parts, user, until)
    response = _told(parts, user, token, secret)
    sessions.set_cookie(response, request, parts.config, token, secret)
    return response


def _close(parts: Container, secret: str) -> None:
    """End the session that the browser had before, so that none is left open unseen."""
    try:
        found = accounts.authenticate(parts.store.accounts, secret, TokenKind.SESSION)
    except Unauthorized:
        return
    accounts.close_session(parts.store.accounts, found.token)


def _session(parts: Container, user: User, until: datetime | None) -> tuple[Token, str]:
    life = timedelta(hours=parts.config.session_hours)
    return accounts.open_session(parts.store.accounts, user, life, until)


def _told(
    parts: Container, user: User | None, session: Token | None, secret: str | None
) -> Response:
    told = Session(
        authenticated=user is not None,
        name=user.name if user else None,
        role=user.role if user else Role.READER,
        expires_at=session.expires_at if session else None,
        csrf_token=sessions.csrf_token(secret) if session and secret else None,
        oidc=parts.provider.label if parts.provider else None,
        readers_need_token=parts.config.require_token,
        quorum=parts.config.quorum,
    )
    return answers.plain(told)


def _count(request: Request, parts: Container) -> None:
    parts.rates.count_sign_in(request.client.host if request.client else "unknown")


def _provider(parts: Container) -> Provider:
    if parts.provider is None:
        raise NotFound("No OpenID Connect provider is set up here; sign in with a token.")
    return parts.provider


def _redirect(request: Request, parts: Container) -> str:
    own = parts.config.public_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
    return f"{own}{CALLBACK}"


def _begun(request: Request, parts: Container) -> Begun | None:
    """Return what the browser kept when the sign-in began."""
    https = sessions.is_https(request, parts.config)
    kept = request.cookies.get(sessions.cookie_name(_COOKIE, https=https), "")
    try:
        state, nonce, verifier = orjson.loads(bytes.fromhex(kept))
    except (ValueError, TypeError):
        return None
    return Begun("", str(state), str(nonce), str(verifier))
