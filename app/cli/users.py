"""``evipath user add``, ``list`` and ``revoke``."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import console, print_json, say, table
from app.cli.stores import opened
from app.model.vocabulary import Role

if TYPE_CHECKING:
    from datetime import datetime

    from app.model.account import User

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Users of the service and their tokens."
)

Name = Annotated[str, typer.Argument(help="The user's name.")]


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What the user may do.")],
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Add a user and print the token, once; only its hash is stored.

    A user whose token was revoked gets a new one.

    Example: `evipath user add anna --role curator`
    """
    from app.services import accounts

    with opened(store, make=True) as graph:
        user, token = accounts.create(graph.accounts, name, role)
    if json:
        print_json({**_plain(user), "token": token})
        return
    say(f"The token of {user.name} ({user.role}); it is shown only this once:")
    typer.echo(token)


@app.command("list")
def list_users(store: options.Store = None, json: options.Json = False) -> None:
    """List all users, revoked ones too.

    Example: `evipath user list`
    """
    from app.services import accounts

    with opened(store) as graph:
        users = accounts.users(graph.accounts)
        used = {user.name: accounts.last_used(graph.accounts, user.name) for user in users}
    if json:
        items = [_plain(user) | {"last_used_at": used[user.name]} for user in users]
        print_json({"items": items, "total": len(users)})
        return
    rows = [
        (u.name, u.role, _time(u.created_at), _time(used[u.name]), _time(u.revoked_at))
        for u in users
    ]
    if rows:
        console().print(table(("name", "role", "made", "last used", "revoked"), rows))
    say(f"{len(rows)} {'user' if len(rows) == 1 else 'users'}")


@app.command()
def revoke(name: Name, store: options.Store = None, json: options.Json = False) -> None:
    """Take all of a user's tokens and sessions away, from here on.

    Example: `evipath user revoke anna`
    """
    from app.services import accounts

    with opened(store) as graph:
        user = accounts.revoke(graph.accounts, name)
    if json:
        print_json(_plain(user))
        return
    typer.echo(f"The tokens of {user.name} are revoked.")


def _plain(user: "User") -> dict[str, object]:
    return user.model_dump(mode="json")


def _time(time: "datetime | None") -> str:
    return f"{time:%Y-%m-%d %H:%M:%SZ}" if time else ""
