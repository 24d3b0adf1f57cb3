"""Who asks: bearer tokens, browser sessions, and what their owners may do."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.api import sessions
from app.api.container import Container
from app.model.account import TokenKind, User
from app.model.errors import Unauthorized
from app.services import accounts
from app.services.accounts import Identity

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token that `evipath user add NAME --role curator` or `POST /me/tokens` gave.",
)

Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def container_of(request: Request) -> Container:
    """Return the parts of the service that answers this request."""
    container: Container = request.app.state.container
    return container


Parts = Annotated[Container, Depends(container_of)]


def identity(request: Request, parts: Parts, credentials: Credentials) -> Identity | None:
    """Return who asks and by which token or session, or None without either.

    Raises :class:`~app.model.errors.Unauthorized` for a token that is malformed, unknown, expired
    or revoked: a wrong token is never treated as none. A browser's session that has ended is none
    for reading. Raises :class:`~app.api.problems.Forged` for a write by a session that does not
    come from the page.
    """
    if credentials is not None:
        return accounts.authenticate(parts.store.accounts, credentials.credentials)
    if "authorization" in request.headers:
        raise Unauthorized("The Authorization header is not of the form 'Bearer TOKEN'.")
    secret = sessions.secret_of(request, parts.config)
    if secret is None:
        return None
    writes = request.method not in sessions.SAFE
    if writes:
        sessions.check_write(request, parts.config, secret)
    try:
        return accounts.authenticate(parts.store.accounts, secret, TokenKind.SESSION)
    except Unauthorized:
        if writes:
            raise
        return None


Identified = Annotated[Identity | None, Depends(identity)]


def caller(found: Identified) -> User | None:
    """Return who asks, or None without a token or session."""
    return found.user if found is not None else None


Caller = Annotated[User | None, Depends(caller)]


def reader(parts: Parts, user: Caller) -> User | None:
    """Let anybody read, unless this service asks its readers for a token."""
    if user is None and parts.config.require_token:
        raise Unauthorized("This service asks its readers for a token, too.")
    return user


def known(user: Caller) -> User:
    """Let whoever has a token or session pass."""
    if user is None:
        raise Unauthorized("This needs a token: 'Authorization: Bearer TOKEN', or sign in.")
    return user


def writer(request: Request, parts: Parts, user: Annotated[User, Depends(known)]) -> User:
    """Let whoever has a token or session write what is their own, as often as is allowed."""
    if request.method not in sessions.SAFE:
        parts.rates.count_write(user.name)
    return user


def curator(parts: Parts, user: Caller) -> User:
    """Let a curator or an admin pass, as often as one may write."""
    allowed = accounts.allowed_to_write(user)
    parts.rates.count_write(allowed.name)
    return allowed


def admin(user: Annotated[User, Depends(writer)]) -> User:
    """Let an admin pass, who writes as often as is allowed."""
    return accounts.allowed_to_manage(user)


Reader = Annotated[User | None, Depends(reader)]
Known = Annotated[User, Depends(known)]
Writer = Annotated[User, Depends(writer)]
Curator = Annotated[User, Depends(curator)]
Admin = Annotated[User, Depends(admin)]
