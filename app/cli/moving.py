"""``evipath copy``, ``export``, ``backup``, ``restore`` and ``purge``."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from app.cli import options
from app.cli.console import print_json, say
from app.cli.stores import login, opened
from app.model.errors import BadInput

if TYPE_CHECKING:
    from app.graph.port import GraphStore
    from app.model.history import Revision


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (copy, export, backup, restore, purge):
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


def export(
    format: Annotated[  # noqa: A002  the word of the command
        str, typer.Argument(metavar="FORMAT", help="jsonl or kgx.")
    ],
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT", help="A new file, - for standard output, or for kgx a directory."
        ),
    ],
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Write the graph for other tools.

    Formats are JSON Lines, and KGX tables: zipped in a file, or as they are in a directory.

    Example: `evipath export jsonl graph.jsonl`
    """
    from app.services import revisions
    from app.services.export import export as stream

    if json and out == "-":
        raise typer.BadParameter("standard output holds the export", param_hint="--json")
    with opened(store) as graph:
        revision = revisions.resolve(graph, as_of)
        chunks = stream(graph, format, revision)
        if format == "kgx" and Path(out).is_dir():
            size = _tables(graph, revision, Path(out))
        elif out == "-":
            size = _send(chunks, sys.stdout.buffer)
        else:
            with _new_file(Path(out)) as file:
                size = _send(chunks, file)
        snapshot = revisions.snapshot_of(revision)
    if json:
        print_json({"format": format, "out": out, "bytes": size, "snapshot": snapshot})
        return
    say(f"{size} bytes of revision {revision.number}, snapshot {revision.id}")


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


def _send(chunks: Iterable[bytes], file: BinaryIO) -> int:
    size = 0
    for chunk in chunks:
        file.write(chunk)
        size += len(chunk)
    file.flush()
    return size


def _tables(graph: "GraphStore", revision: "Revision", folder: Path) -> int:
    from app.services.export import kgx_tables

    size = 0
    for name, lines in kgx_tables(graph, revision):
        with _new_file(folder / name) as file:
            size += _send((line.encode() for line in lines), file)
    return size


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """Lend a new file, which appears under its name when it is whole."""
    if path.exists():
        raise BadInput(f"{path} exists already; an export goes into a new file.")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
