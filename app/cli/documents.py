"""What became of documents, on the command line: progress, counts and errors."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from app.cli.console import say
from app.cli.extracting import account_json, account_line

if TYPE_CHECKING:
    from app.model.account import JobError
    from app.services.ingest import Fate, IngestReport, Progress

Report = Callable[["Progress"], None]


def documents_json(report: "IngestReport | None", reading: bool) -> dict[str, object]:
    """Return what ``--json`` prints of documents; nothing where there were none."""
    if report is None:
        return {}
    return {
        "done": report.done,
        "counts": {fate.value: count for fate, count in sorted(report.counts.items())},
        "errors": report.errors,
        "articles": report.articles,
        "extraction": account_json(report.extracted) if reading else None,
    }


def anything(report: "IngestReport") -> bool:
    """Tell whether anything could be read."""
    from app.services.ingest import Fate

    return report.done > report.counts[Fate.FAILED]


def show(report: "IngestReport") -> None:
    """Print what became of documents, and what was read in them."""
    typer.echo(_summary(report.done, report.counts))
    if report.extracted.articles:
        typer.echo(account_line(report.extracted))


def _summary(done: int, counts: "Mapping[Fate, int]") -> str:
    from app.services.ingest import Fate

    parts = [f"{counts[fate]} {fate}" for fate in Fate if counts.get(fate)]
    return f"{done} {'document' if done == 1 else 'documents'}: {', '.join(parts) or 'nothing'}"


@contextmanager
def progress_shown(total: int | None = None) -> Iterator[Report]:
    """Lend what shows progress: a bar on a terminal, else a line for each batch stored."""
    if not sys.stderr.isatty():
        yield _lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)

        def show(progress: "Progress") -> None:
            for error in progress.errors:
                bar.console.print(_place(error), markup=False, highlight=False, soft_wrap=True)
            bar.update(
                task,
                completed=progress.done,
                description=_summary(progress.done, progress.counts),
            )

        yield show


def _lines(progress: "Progress") -> None:
    for error in progress.errors:
        say(_place(error))
    say(_summary(progress.done, progress.counts))


def _place(error: "JobError") -> str:
    place = [error.source]
    if error.record is not None:
        place.append(f"record {error.record}")
    if error.line is not None:
        place.append(f"line {error.line}")
    return f"{', '.join(place)}: {error.reason}"
