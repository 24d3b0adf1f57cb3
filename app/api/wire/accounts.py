"""Users and tokens as REST shows them, never with a stored hash."""

from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field

from app.model.account import Token, User
from app.model.vocabulary import Role
from app.services import accounts


class TokenView(BaseModel):
    """A personal token without its secret."""

    id: str
    name: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    valid: bool


class NewToken(TokenView):
    """A token that was just made; ``token`` is its secret, shown only this once."""

    token: str


class UserView(User):
    """A user as an admin sees them.

    ``tokens`` are their personal tokens, newest first, revoked and expired ones too; ``sessions``
    counts the browsers that are signed in as them; ``last_used_at`` is the last use of any.
    """

    last_used_at: datetime | None
    sessions: int
    tokens: list[TokenView]


class NewUser(UserView):
    """A user who was just added; ``token`` is the secret of their first token, shown only once."""

    token: str


class Limits(BaseModel):
    """What this service allows; a rate is as in ``100 per 1 minute``, null where there is none."""

    writes: str | None = Field(description="how often one user may write")
    sign_ins: str | None = Field(description="how often one address may try to sign in")
    tokens: int = Field(description="valid personal tokens that a user may have")
    session_hours: int = Field(description="hours after which a browser must sign in again")
    body_limit: int = Field(description="the longest body of a request, in bytes")
    quorum: int = Field(description="curators who must agree on a verdict")
    readers_need_token: bool


class UserList(BaseModel):
    """All users, by name, and the limits that hold for them."""

    items: list[UserView]
    total: int
    limits: Limits


class UserRequest(BaseModel):
    """A user to add."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$",
        description="1 to 64 letters, digits, . _ @ and -, beginning with a letter or digit",
        examples=["anna"],
    )
    role: Role


class RoleRequest(BaseModel):
    """What a user may do from here on."""

    model_config = ConfigDict(extra="forbid")

    role: Role


def token_view(token: Token) -> TokenView:
    """Return a personal token as it is shown."""
    return TokenView(
        id=token.id,
        name=token.name,
        created_at=token.created_at,
        expires_at=token.expires_at,
        revoked_at=token.ended_at,
        last_used_at=token.last_used_at,
        valid=token.opens(datetime.now(UTC)),
    )


def user_view(known: accounts.Known) -> UserView:
    """Return a user as an admin sees them."""
    return UserView(
        **known.user.model_dump(),
        last_used_at=known.last_used_at,
        sessions=known.sessions,
        tokens=[token_view(token) for token in known.tokens],
    )
