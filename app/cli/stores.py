"""Opening the store that a command names, and naming who acts on it."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from app.model.errors import BadInput, NotFound

if TYPE_CHECKING:
    from app.graph.port import GraphStore
    from app.services.reasoning import Reasoner
    from app.settings import Settings

_FILE = "sqlite:///"


def settings(**given: object) -> "Settings":
    """Return the settings of the environment, with what the command line gives in their place."""
    from pydantic import ValidationError

    from app.settings import Settings

    named = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**named)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"])
        reason = first["msg"].removeprefix("Value error, ")
        raise typer.BadParameter(f"setting {name}: {reason}") from error


@contextmanager
def opened(url: str | None, *, make: bool = False) -> Iterator["GraphStore"]:
    """Lend the store at ``url`` (None: that of the settings), closed in the end.

    ``make`` says whether an embedded store that is not there is made; otherwise NotFound.
    """
    from app.bootstrap import open_store

    chosen = settings(store=url)
    if not make:
        _need(chosen.store_url)
    try:
        store = open_store(chosen.store_url, chosen)
    except BadInput as error:
        raise typer.BadParameter(str(error), param_hint="--store") from error
    try:
        yield store
    finally:
        store.close()


def reasoner(graph: "GraphStore") -> "Reasoner":
    """Return what answers questions over a store, with the index that the service keeps of it."""
    from app.bootstrap import open_reasoner

    return open_reasoner(graph, settings())


def login() -> str:
    """Return the login name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise typer.BadParameter("there is no login name; give a name with --as") from error


def _need(url: str) -> None:
    path = url.removeprefix(_FILE)
    if path != url and path != ":memory:" and path and not Path(path).exists():
        raise NotFound(f"There is no store at {url}: evipath seed or evipath ingest makes one.")
