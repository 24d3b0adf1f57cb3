"""Users and their tokens: a token is shown once, its sha256 is stored."""

import secrets
from datetime import UTC, datetime
from hmac import compare_digest

from pydantic import ValidationError

from app.graph.port import AccountStore
from app.model.account import User
from app.model.errors import BadInput, Conflict, FieldError, NotFound, Unauthorized
from app.model.text import sha256_of
from app.model.vocabulary import Role

TOKEN_PREFIX = "evp_"  # noqa: S105  what every token begins with, no secret
_TOKEN_BYTES = 32
_LONGEST = 200
_NO_DIGEST = "0" * 64


def create(accounts: AccountStore, name: str, role: Role) -> tuple[User, str]:
    """Add a user; return it with its token, which is stored nowhere.

    A name whose token was revoked gets a new token. Raises BadInput for a name that can't be one,
    Conflict for a user that is there.
    """
    known = _find(accounts, name)
    if known is not None and known.revoked_at is None:
        raise Conflict(f"There is a user {name} already; revoke it first to give a new token.")
    token = TOKEN_PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)
    try:
        user = User(
            name=name, role=role, token_sha256=sha256_of(token), created_at=datetime.now(UTC)
        )
    except ValidationError as error:
        rule = "use 1 to 64 letters, digits, . _ @ and -, and begin with a letter or digit"
        raise BadInput(
            f"{name[:80]!r} can't be a user's name: {rule}.", [FieldError("/name", rule)]
        ) from error
    accounts.put_user(user)
    return user, token


def users(accounts: AccountStore) -> tuple[User, ...]:
    """Return all users, revoked ones too, sorted by name."""
    return accounts.users()


def revoke(accounts: AccountStore, name: str) -> User:
    """Take a user's token away, from here on; NotFound where there is no such user."""
    user = _find(accounts, name)
    if user is None:
        raise NotFound(f"There is no user {name}.", [(u.name, u.role) for u in accounts.users()])
    if user.revoked_at is not None:
        return user
    revoked = user.model_copy(update={"revoked_at": datetime.now(UTC)})
    accounts.put_user(revoked)
    return revoked


def authenticate(accounts: AccountStore, token: str) -> User:
    """Return the user that a token belongs to.

    Raises Unauthorized, with the same words and after the same work, for a token that is
    malformed, unknown or revoked.
    """
    digest = sha256_of(token[:_LONGEST])
    user = accounts.user_by_token(digest)
    same = compare_digest(digest, user.token_sha256 if user is not None else _NO_DIGEST)
    if user is None or not same or user.revoked_at is not None or len(token) > _LONGEST:
        raise Unauthorized("The token is not valid.")
    return user


def _find(accounts: AccountStore, name: str) -> User | None:
    return next((user for user in accounts.users() if user.name == name), None)
