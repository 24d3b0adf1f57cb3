"""What the MCP door is given, and who asks through it."""

from collections.abc import Callable
from dataclasses import dataclass

from mcp.server.mcpserver import Context
from starlette.requests import Request

from app.graph.port import GraphStore
from app.model.account import User
from app.model.errors import Unauthorized
from app.services import accounts
from app.services.reasoning import Reasoner

_BEARER = "bearer"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that tools work with.

    ``require_token`` asks readers for a token, too. ``token`` is that of whoever started the
    server on standard input; requests over HTTP bring their own. ``quorum`` curators must agree
    on a claim; ``count_write`` is told of each write and refuses too many.
    """

    store: GraphStore
    reasoner: Reasoner
    version: str
    require_token: bool = False
    token: str | None = None
    quorum: int = 1
    count_write: Callable[[str], None] | None = None

    def caller(self, context: Context) -> User | None:
        """Return who asks, or None without a token; Unauthorized for a token that is not valid."""
        token = self._token_of(context)
        if token is None:
            return None
        return accounts.authenticate(self.store.accounts, token).user

    def reader(self, context: Context) -> User | None:
        """Return who asks, where he may read; else Unauthorized."""
        user = self.caller(context)
        if user is None and self.require_token:
            raise Unauthorized("This service asks its readers for a token, too.")
        return user

    def curator(self, context: Context) -> User:
        """Return who asks, where he may decide; else Unauthorized or Forbidden."""
        user = accounts.allowed_to_write(self.caller(context))
        if self.count_write is not None:
            self.count_write(user.name)
        return user

    def _token_of(self, context: Context) -> str | None:
        request = context.request_context.request
        if not isinstance(request, Request):
            return self.token
        said = request.headers.get("authorization")
        if said is None:
            return None
        scheme, _, token = said.partition(" ")
        if scheme.lower() != _BEARER or not token.strip():
            raise Unauthorized("The Authorization header is not of the form 'Bearer TOKEN'.")
        return token.strip()
