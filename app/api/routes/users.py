"""Managing users: who there is, what they may do, and what opens the service for them."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from app.api import answers
from app.api.auth import Admin, Parts
from app.api.container import Container
from app.api.openapi import problems
from app.api.routes.account import TokenId
from app.api.wire.accounts import (
    Limits,
    NewUser,
    RoleRequest,
    TokenView,
    UserList,
    UserRequest,
    UserView,
    token_view,
    user_view,
)
from app.services import accounts

BASE = "/api/v1/users"

router = APIRouter(prefix=BASE, tags=["users"])

UserName = Annotated[str, Path(max_length=64, description="The user's name.")]


@router.get(
    "",
    operation_id="list_users",
    summary="Users and the limits that hold for them",
    response_model=UserList,
    responses=problems(401, 403),
)
def list_users(parts: Parts, admin: Admin) -> Response:
    """Revoked ones too, each with their tokens, without secrets."""
    del admin
    store = parts.store.accounts
    found = [user_view(accounts.known_user(store, user.name)) for user in accounts.users(store)]
    return answers.plain(UserList(items=found, total=len(found), limits=_limits(parts)))


@router.post(
    "",
    operation_id="add_user",
    summary="Add a user",
    status_code=201,
    response_model=NewUser,
    responses=problems(401, 403, 409, 413, 415, 429),
)
def add_user(parts: Parts, admin: Admin, body: UserRequest) -> Response:
    """Add a user with a first token, which is shown only in this answer.

    A name that was revoked is let in again, by a new token; its old ones stay revoked.
    """
    del admin
    user, secret = accounts.create(parts.store.accounts, body.name, body.role)
    shown = NewUser(**_shown(parts, user.name).model_dump(), token=secret)
    return answers.plain(shown, status=201, headers={"Location": BASE})


@router.patch(
    "/{name}",
    operation_id="change_user",
    summary="Change a user's role",
    response_model=UserView,
    responses=problems(401, 403, 404, 409, 413, 415, 429),
)
def change_user(parts: Parts, admin: Admin, name: UserName, body: RoleRequest) -> Response:
    """From here on the tokens and sessions that they have do what the new role may do.

    One who signs in by the instance's provider gets the role that it says at the next sign-in.
    """
    accounts.change_role(parts.store.accounts, admin, name, body.role)
    return answers.plain(_shown(parts, name))


@router.delete(
    "/{name}",
    operation_id="revoke_user",
    summary="Revoke a user",
    response_model=UserView,
    responses=problems(401, 403, 404, 409, 429),
)
def revoke_user(parts: Parts, admin: Admin, name: UserName) -> Response:
    """End all tokens and sessions of a user. What they decided stays. Twice changes nothing."""
    accounts.revoke_other(parts.store.accounts, admin, name)
    return answers.plain(_shown(parts, name))


@router.delete(
    "/{name}/tokens/{token_id}",
    operation_id="revoke_user_token",
    summary="Revoke a token of a user",
    response_model=TokenView,
    responses=problems(401, 403, 404, 429),
)
def revoke_user_token(parts: Parts, admin: Admin, name: UserName, token_id: TokenId) -> Response:
    """End one token: it opens nothing from here on. Revoking it twice changes nothing."""
    del admin
    store = parts.store.accounts
    return answers.plain(
        token_view(accounts.end_token(store, accounts.known_user(store, name).user, token_id))
    )


def _shown(parts: Container, name: str) -> UserView:
    return user_view(accounts.known_user(parts.store.accounts, name))


def _limits(parts: Container) -> Limits:
    config = parts.config
    return Limits(
        writes=parts.rates.writes,
        sign_ins=parts.rates.sign_ins,
        tokens=accounts.MAX_TOKENS,
        session_hours=config.session_hours,
        body_limit=config.body_limit,
        quorum=config.quorum,
        readers_need_token=config.require_token,
    )
