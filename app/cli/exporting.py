"""``evipath export``."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from app.cli import options
from app.cli.console import print_json, say
from app.cli.stores import opened
from app.model.errors import BadInput

if TYPE_CHECKING:
    from app.services.export import Export


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    format: Annotated[  # noqa: A002  the word of the command
        str,
        typer.Argument(
            metavar="FORMAT",
            help="jsonl, csv, kgx, kgx-jsonl, bel, bel-json, cx2, graphml, sif, nquads, turtle, "
            "jsonld or ro-crate.",
        ),
    ],
    out: Annotated[
        str,
        typer.Argument(
            metavar="OUT",
            help="A new file, - for standard output, or for kgx and ro-crate a directory.",
        ),
    ],
    agent: options.Names = None,
    outcome: options.Names = None,
    context: options.Names = None,
    entity: options.Names = None,
    predicate: options.Predicates = None,
    status: options.Statuses = None,
    epistemic: options.Epistemics = None,
    evidence: options.Evidences = None,
    pmid: options.Articles = None,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Write the graph, or the claims that are asked for, for other tools.

    Formats that are several files are zipped in a file, or written as they are into a directory.
    Claims that a format has no place for are counted in the end, by reason.

    Example: `evipath export graphml emt.graphml --outcome EMT`
    """
    from app.services import revisions
    from app.services.claims import ClaimQuery
    from app.services.export import export as prepared

    if json and out == "-":
        raise typer.BadParameter("standard output holds the export", param_hint="--json")
    which = ClaimQuery(
        agent=tuple(agent or ()),
        outcome=tuple(outcome or ()),
        context=tuple(context or ()),
        entity=tuple(entity or ()),
        predicate=tuple(predicate or ()),
        status=tuple(status or ()),
        epistemic=tuple(epistemic or ()),
        evidence=tuple(evidence or ()),
        article=tuple(pmid or ()),
    )
    with opened(store) as graph:
        made = prepared(graph, format, revisions.resolve(graph, as_of), which)
        size = _written(made, out)
    snapshot = made.source.exported.snapshot
    if json:
        told = {"format": format, "out": out, "bytes": size, "snapshot": snapshot}
        print_json({**told, "left_out": made.left_out})
        return
    say(f"{size} bytes of revision {snapshot.revision}, snapshot {snapshot.id}")
    for reason, count in made.left_out.items():
        say(f"left out: {count}, {reason}")


def _written(made: "Export", out: str) -> int:
    if out == "-":
        return _send(made.chunks(), sys.stdout.buffer)
    path = Path(out)
    files = made.files() if path.is_dir() else None
    if files is None:
        with _new_file(path) as file:
            return _send(made.chunks(), file)
    size = 0
    for name, pieces in files:
        target = path / name
        target.parent.mkdir(exist_ok=True)
        with _new_file(target) as file:
            size += _send(pieces, file)
    return size


def _send(chunks: Iterable[bytes], file: BinaryIO) -> int:
    size = 0
    for chunk in chunks:
        file.write(chunk)
        size += len(chunk)
    file.flush()
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
