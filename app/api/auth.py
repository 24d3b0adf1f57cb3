"""Who asks: bearer tokens and what their owners may do."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.api.container import Container
from app.model.account import User
from app.model.errors import Forbidden, Unauthorized
from app.model.vocabulary import Role
from app.services import accounts

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token that `evipath user add NAME --role curator` printed once.",
)

Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def container_of(request: Request) -> Container:
    """Return the parts of the service that answers this request."""
    container: Container = request.app.state.container
    return container


Parts = Annotated[Container, Depends(container_of)]


def caller(request: Request, parts: Parts, credentials: Credentials) -> User | None:
    """Return who asks, or None without a token.

    Raises :class:`~app.model.errors.Unauthorized` for a token that is malformed, unknown or
    revoked: a wrong token is never treated as none.
    """
    if credentials is None:
        if "authorization" in request.headers:
            raise Unauthorized("The Authorization header is not of the form 'Bearer TOKEN'.")
        return None
    return accounts.authenticate(parts.store.accounts, credentials.credentials)


Caller = Annotated[User | None, Depends(caller)]


def reader(parts: Parts, user: Caller) -> User | None:
    """Let anybody read, unless this service asks its readers for a token."""
    if user is None and parts.config.require_token:
        raise Unauthorized("This service asks its readers for a token, too.")
    return user


def curator(user: Caller) -> User:
    """Let a curator or an admin pass."""
    if user is None:
        raise Unauthorized("Writing needs a curator's token: 'Authorization: Bearer TOKEN'.")
    if user.role not in (Role.CURATOR, Role.ADMIN):
        raise Forbidden(f"{user.name} is a {user.role}; writing needs a curator.")
    return user


Reader = Annotated[User | None, Depends(reader)]
Curator = Annotated[User, Depends(curator)]
