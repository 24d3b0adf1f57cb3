"""``evipath copy``, ``backup``, ``restore`` and ``purge``."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli import options
from app.cli.console import print_json
from app.cli.stores import login, opened
from app.model.errors import BadInput


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (copy, backup, restore, purge):
        app.command()(command)


def copy(
    source: Annotated[str, typer.Argument(metavar="SRC_URL", help="The store to copy.")],
    target: Annotated[str, typer.Argument(metavar="DST_URL", help="An empty store.")],
    json: options.Json = False,
) -> None:
    """Copy a graph into an empty store.

    The stores may be of different engines. Revisions and decisions go along; users, tokens and
    jobs stay behind. Both are compared in the end, row by row.

    Example: `evipath copy sqlite:///graph.db neo4j://localhost:7687/neo4j`
    """
    from app.services import transfer

    with opened(source) as here, opened(target, make=True) as there:
        done = transfer.copy(here, there)
    if json:
        print_json(done)
        return
    typer.echo(f"{done.rows} rows, revision {done.head.number}, the same in both: {done.sha256}")


def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new file.")],
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Write a copy of the graph to a file.

    It is consistent while the service goes on. Users, tokens and jobs stay behind.

    Example: `evipath backup graph.backup`
    """
    from app.services import transfer

    with opened(store) as graph:
        head = transfer.backup(graph, out)
    _told(f"Revision {head.number} is in {out}.", {"out": str(out), "head": head}, json=json)


def restore(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A backup of the same engine.")],
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Fill an empty store from a backup.

    A backup that is not whole leaves the store as it is.

    Example: `evipath restore graph.backup --store sqlite:///new.db`
    """
    from app.services import transfer

    if not source.is_file():
        raise BadInput(f"{source} is not a file.")
    with opened(store, make=True) as graph:
        head = transfer.restore(graph, source)
        _told(
            f"Revision {head.number} is in {graph.url}.",
            {"store": graph.url, "head": head},
            json=json,
        )


def purge(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="A claim's id, or any identifier of an article.")
    ],
    reason: Annotated[str, typer.Option(help="Why; it stays on the tombstone.")],
    actor: options.As = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Delete an article or a claim for good.

    An article goes with its claims, each with its whole history; a tombstone stays. This can't be
    undone; rejecting a claim can.

    Example: `evipath purge PMID:15314694 --reason "withdrawn by the publisher"`
    """
    from app.services import transfer

    with opened(store) as graph:
        done = transfer.purge(graph, identifier, actor=actor or login(), reason=reason)
    if json:
        print_json(done)
        return
    typer.echo(f"The {done.kind} {done.key} is deleted: {done.rows} rows.")


def _told(message: str, value: object, *, json: bool) -> None:
    if json:
        print_json(value)
    else:
        typer.echo(message)
