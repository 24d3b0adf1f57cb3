"""Users, their tokens, and browser sessions.

A secret is shown once and its sha256 is stored. A personal token serves programs; a browser
session and the one-time code that may open one are tokens of their own kind, with a short life.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Final

from pydantic import ValidationError

from app.graph.port import AccountStore
from app.model.account import Token, TokenKind, User
from app.model.errors import BadInput, Conflict, FieldError, Forbidden, NotFound, Unauthorized
from app.model.text import sha256_of
from app.model.vocabulary import Role

TOKEN_PREFIX = "evp_"  # noqa: S105  what every personal token begins with, no secret
FIRST: Final = "first token"
CODE_LIFE: Final = timedelta(minutes=10)
MAX_TOKENS: Final = 50
"""Valid personal tokens that one user may have."""

MAX_DAYS: Final = 3650

_BYTES = 32
_LONGEST = 200
_NO_DIGEST = "0" * 64
_USE_AGAIN: Final = timedelta(minutes=1)
"""A use is recorded once in this time: reading must not become writing."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, and by which token."""

    user: User
    token: Token


def create(accounts: AccountStore, name: str, role: Role) -> tuple[User, str]:
    """Add a user; return it with its first token, which is stored nowhere.

    A name that was revoked gets a new token. Raises BadInput for a name that can't be one,
    Conflict for a user that is there.
    """
    known = accounts.user(name)
    if known is not None and known.revoked_at is None:
        raise Conflict(f"There is a user {name} already; revoke it first to give a new token.")
    user = _put(accounts, name, role)
    return user, _issue(accounts, user, TokenKind.PERSONAL, FIRST, None)[1]


def ensure(accounts: AccountStore, name: str, role: Role) -> User:
    """Return the user of this name, added with ``role`` where there is none.

    Raises Forbidden for one that was revoked.
    """
    known = accounts.user(name)
    if known is None:
        return _put(accounts, name, role)
    if known.revoked_at is not None:
        raise Forbidden(f"The user {name} was revoked.")
    return known


def with_role(accounts: AccountStore, name: str, role: Role) -> User:
    """Return the user of this name with this role, added or changed; Forbidden when revoked."""
    known = ensure(accounts, name, role)
    return known if known.role is role else _put(accounts, name, role, known.created_at)


def users(accounts: AccountStore) -> tuple[User, ...]:
    """Return all users, revoked ones too, sorted by name."""
    return accounts.users()


def revoke(accounts: AccountStore, name: str) -> User:
    """Take all of a user's tokens away, from here on; NotFound where there is no such user."""
    user = _known(accounts, name)
    if user.revoked_at is not None:
        return user
    now = datetime.now(UTC)
    revoked = user.model_copy(update={"revoked_at": now})
    accounts.put_user(revoked)
    for token in accounts.tokens(name):
        accounts.end_token(token.id, now)
    return revoked


def change_role(accounts: AccountStore, admin: User, name: str, role: Role) -> User:
    """Let a user do what ``role`` says, from here on, with the tokens that they have.

    Raises NotFound where there is no such user, Conflict for one who was revoked, and for the
    admin's own role, so that no service loses its last admin by a slip.
    """
    user = _known(accounts, name)
    if user.revoked_at is not None:
        raise Conflict(f"The user {name} was revoked; add them again to give a role.")
    if user.name == admin.name and role is not admin.role:
        raise Conflict("Another admin must change your own role.")
    return user if user.role is role else _put(accounts, name, role, user.created_at)


def revoke_other(accounts: AccountStore, admin: User, name: str) -> User:
    """Revoke another user (see :func:`revoke`); Conflict for the admin's own name."""
    if name == admin.name:
        raise Conflict("Another admin must revoke you.")
    return revoke(accounts, name)


@dataclass(frozen=True, slots=True)
class Known:
    """A user with what opens the service for them.

    ``tokens`` are personal, newest first; ``sessions`` counts open browser sessions.
    """

    user: User
    tokens: tuple[Token, ...]
    sessions: int
    last_used_at: datetime | None


def known_user(accounts: AccountStore, name: str) -> Known:
    """Return a user with their tokens, revoked or not; NotFound where there is none."""
    user = _known(accounts, name)
    now = datetime.now(UTC)
    sessions = [
        token
        for token in accounts.tokens(name)
        if token.kind is TokenKind.SESSION and token.opens(now)
    ]
    return Known(user, tokens_of(accounts, name), len(sessions), last_used(accounts, name))


def _known(accounts: AccountStore, name: str) -> User:
    user = accounts.user(name)
    if user is None:
        raise NotFound(f"There is no user {name}.", [(u.name, u.role) for u in accounts.users()])
    return user


def tokens_of(accounts: AccountStore, name: str) -> tuple[Token, ...]:
    """Return a user's personal tokens, those that no longer open anything too, newest first."""
    found = [token for token in accounts.tokens(name) if token.kind is TokenKind.PERSONAL]
    return tuple(reversed(found))


def last_used(accounts: AccountStore, name: str) -> datetime | None:
    """Return when any token or session of a user was last used."""
    used = [token.last_used_at for token in accounts.tokens(name) if token.last_used_at]
    return max(used, default=None)


def add_token(accounts: AccountStore, user: User, name: str, days: int | None) -> tuple[Token, str]:
    """Give a user one more personal token, valid for ``days`` or until it is revoked.

    Raises BadInput for a name that a valid token of theirs has, Conflict beyond
    :data:`MAX_TOKENS`.
    """
    now = datetime.now(UTC)
    name = " ".join(name.split())
    valid = [token for token in tokens_of(accounts, user.name) if token.opens(now)]
    if not name:
        _refuse_name("give the token a name that says what it is for")
    if name in {token.name for token in valid}:
        _refuse_name(f"a valid token of yours is named {name!r} already")
    if len(valid) >= MAX_TOKENS:
        raise Conflict(f"{user.name} has {len(valid)} valid tokens; revoke one first.")
    return _issue(accounts, user, TokenKind.PERSONAL, name, timedelta(days=days) if days else None)


def end_token(accounts: AccountStore, user: User, token_id: str) -> Token:
    """Revoke a personal token of the user; NotFound where they have none of that id."""
    for token in tokens_of(accounts, user.name):
        if token.id == token_id:
            now = datetime.now(UTC)
            ended = accounts.end_token(token.id, now)
            return token.model_copy(update={"ended_at": now}) if ended else token
    raise NotFound(f"{user.name} has no token {token_id[:80]}.")


def authenticate(
    accounts: AccountStore, secret: str, kind: TokenKind = TokenKind.PERSONAL
) -> Identity:
    """Return whom a secret belongs to, and record its use.

    Raises Unauthorized, with the same words and after the same work, for a secret that is
    malformed, unknown, of another kind, expired or revoked.
    """
    digest = sha256_of(secret[:_LONGEST])
    token = accounts.token(digest)
    same = compare_digest(digest, token.sha256 if token is not None else _NO_DIGEST)
    now = datetime.now(UTC)
    user = accounts.user(token.user) if token is not None else None
    if (
        token is None
        or user is None
        or not same
        or len(secret) > _LONGEST
        or token.kind is not kind
        or not token.opens(now)
        or user.revoked_at is not None
    ):
        raise Unauthorized(_INVALID[kind])
    if token.last_used_at is None or now - token.last_used_at >= _USE_AGAIN:
        accounts.use_token(token.id, now)
    return Identity(user, token)


def give_code(accounts: AccountStore, user: User) -> str:
    """Return a code that opens one browser session for this user, within :data:`CODE_LIFE`."""
    return _issue(accounts, user, TokenKind.CODE, "sign-in address", CODE_LIFE)[1]


def use_code(accounts: AccountStore, code: str) -> User:
    """Return whom a sign-in code is for, once; Unauthorized for any other."""
    identity = authenticate(accounts, code, TokenKind.CODE)
    if not accounts.end_token(identity.token.id, datetime.now(UTC)):
        raise Unauthorized(_INVALID[TokenKind.CODE])
    return identity.user


def open_session(
    accounts: AccountStore, user: User, life: timedelta, until: datetime | None = None
) -> tuple[Token, str]:
    """Open a browser session; ``until`` ends it earlier, with the token that opened it."""
    now = datetime.now(UTC)
    accounts.forget_tokens(now)
    if until is not None:
        life = min(life, until - now)
    return _issue(accounts, user, TokenKind.SESSION, "browser", life)


def close_session(accounts: AccountStore, token: Token) -> None:
    """Sign a browser out: its session opens nothing any more."""
    accounts.end_token(token.id, datetime.now(UTC))


def allowed_to_write(user: User | None) -> User:
    """Return a curator or an admin; Unauthorized without a user, Forbidden for a reader."""
    if user is None:
        raise Unauthorized("Writing needs a curator's token: 'Authorization: Bearer TOKEN'.")
    if user.role not in (Role.CURATOR, Role.ADMIN):
        raise Forbidden(f"{user.name} is a {user.role}; writing needs a curator.")
    return user


def allowed_to_manage(user: User) -> User:
    """Return an admin; Forbidden for anybody else."""
    if user.role is not Role.ADMIN:
        raise Forbidden(f"{user.name} is a {user.role}; managing users needs an admin.")
    return user


_INVALID: Final = {
    TokenKind.PERSONAL: "The token is not valid.",
    TokenKind.SESSION: "The browser's session has ended: sign in again.",
    TokenKind.CODE: "The sign-in address is used up or too old: ask for a new one.",
}


def _put(accounts: AccountStore, name: str, role: Role, since: datetime | None = None) -> User:
    try:
        user = User(name=name, role=role, created_at=since or datetime.now(UTC))
    except ValidationError as error:
        rule = "use 1 to 64 letters, digits, . _ @ and -, and begin with a letter or digit"
        raise BadInput(
            f"{name[:80]!r} can't be a user's name: {rule}.", [FieldError("/name", rule)]
        ) from error
    accounts.put_user(user)
    return user


def _issue(
    accounts: AccountStore, user: User, kind: TokenKind, name: str, life: timedelta | None
) -> tuple[Token, str]:
    now = datetime.now(UTC)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(_BYTES)
    token = Token(
        id=secrets.token_hex(8),
        kind=kind,
        user=user.name,
        name=name,
        sha256=sha256_of(secret),
        created_at=now,
        expires_at=None if life is None else now + life,
    )
    accounts.add_token(token)
    return token, secret


def _refuse_name(why: str) -> None:
    raise BadInput(f"{why[0].upper()}{why[1:]}.", [FieldError("/name", why)])
