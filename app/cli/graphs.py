"""Importing graphs on the command line: progress and reports."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from app.cli.console import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.graph.port import GraphStore
    from app.ingest.imported import Graph
    from app.services.importing import ImportProgress, ImportReport

_SHOWN = 25
_MOST_REASONS = 12


def import_all(store: "GraphStore", graphs: Sequence["Graph"], actor: str) -> list["ImportReport"]:
    """Import graphs one after the other, telling how far it is."""
    from app.services.importing import import_graph

    reports = []
    for graph in graphs:
        with _progress(graph.name) as progress:
            reports.append(import_graph(store, graph, actor=actor, progress=progress))
    return reports


def as_json(reports: Sequence["ImportReport"]) -> dict[str, object]:
    """Return what ``--json`` prints of imports; nothing where there was none."""
    if not reports:
        return {}
    return {"imports": [_one(report) for report in reports]}


def show(reports: Sequence["ImportReport"]) -> None:
    """Print what became of each graph, and what was left out by reason."""
    for report in reports:
        typer.echo(f"{report.name}: {report.done} read; {_listed(report.counts) or 'nothing'}")
        if report.prefixes:
            typer.echo(f"  further prefixes: {', '.join(report.prefixes)}")
        for title, counts in (("left out", report.left_out), ("remarks", report.marks)):
            ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
            for reason, count in ordered[:_MOST_REASONS]:
                typer.echo(f"  {title}: {count} × {reason}")
            rest = sum(count for _, count in ordered[_MOST_REASONS:])
            if rest:
                typer.echo(f"  {title}: {rest} × other reasons (--json lists all)")


def anything(reports: Sequence["ImportReport"]) -> bool:
    """Tell whether anything of the graphs could be read."""
    return any(report.counts for report in reports)


def _one(report: "ImportReport") -> dict[str, object]:
    return {
        "name": report.name,
        "done": report.done,
        "counts": dict(sorted(report.counts.items())),
        "left_out": dict(sorted(report.left_out.items())),
        "marks": dict(sorted(report.marks.items())),
        "prefixes": report.prefixes,
        "errors": report.errors,
    }


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


@contextmanager
def _progress(name: str) -> Iterator["Callable[[ImportProgress], None]"]:
    """Lend what shows progress: a line on a terminal, else one for each batch stored."""
    if not sys.stderr.isatty():
        yield lambda progress: _lines(name, progress)
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)

        def show_one(progress: "ImportProgress") -> None:
            for line in _errors(progress):
                bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
            bar.update(task, description=f"{name}: {progress.done} read")

        yield show_one


def _lines(name: str, progress: "ImportProgress") -> None:
    for line in _errors(progress):
        say(line)
    say(f"{name}: {progress.done} read")


def _errors(progress: "ImportProgress") -> Iterator[str]:
    for error in progress.errors[:_SHOWN]:
        yield f"{error.source}, line {error.line}: {error.reason}"
    if len(progress.errors) > _SHOWN:
        yield f"… and {len(progress.errors) - _SHOWN} more bad rows in this batch"
