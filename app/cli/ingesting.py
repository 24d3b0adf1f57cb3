"""``evipath seed`` and ``evipath ingest``."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import print_json, say
from app.cli.extracting import account_json, account_line, need_model
from app.cli.stores import login, opened, settings
from app.model.errors import BadInput
from app.model.vocabulary import DocumentFormat

if TYPE_CHECKING:
    from app.model.account import JobError
    from app.services.ingest import Fate, IngestReport, Progress

Report = Callable[["Progress"], None]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(seed)
    app.command()(ingest)


def seed(store: options.Store = None, json: options.Json = False) -> None:
    """Load the founding article and its claims.

    The lexicon that they need comes with them. Loading the seeds again changes nothing; what
    curators decided since stands.

    Example: `evipath seed --store sqlite:///graph.db`
    """
    from app.services.seeds import load_seeds

    with opened(store, make=True) as graph:
        report = load_seeds(graph)
        if json:
            print_json(report)
            return
        done = "Loaded" if report.changed else "Already there"
        typer.echo(
            f"{done} in {graph.url}: articles {report.articles}, claims {report.claims}, "
            f"entities {report.entities}, relations {report.relations}"
        )


def ingest(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Files, directories, or - for standard input."),
    ],
    format: Annotated[  # noqa: A002  the word of the option
        DocumentFormat | None, typer.Option(help="The format; it is recognised where not given.")
    ] = None,
    pmid: Annotated[
        str | None,
        typer.Option(help="PMID of a single document that does not name its own."),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            min=1,
            max=64,
            help="Files that are opened, and processes that read for claims, at the same time.",
        ),
    ] = 1,
    extract: Annotated[
        bool | None,
        typer.Option(
            "--extract/--no-extract",
            help="Whether articles are read for candidate claims; default: EVIPATH_EXTRACTION, on.",
        ),
    ] = None,
    model: options.Model = False,
    correlations: Annotated[
        bool,
        typer.Option(help="Read the correlations of a KGX pair as weak signs without a side."),
    ] = False,
    as_: options.As = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Take documents and graphs into the store.

    Documents are PubMed XML, MEDLINE, the text of a PubMed page and JSON, plain or gzip. Each
    goes in whole or not at all, with its candidate claims. Graphs are KGX pairs, which are two
    files (TSV or JSON Lines, nodes and edges) or a directory that holds them, and BEL: scripts, a
    directory of them, or pybel's node-link JSON. What a graph's source asserts by hand is accepted
    in the name of `--as`; all else comes in as candidates. The same again changes nothing, so an
    ingest that was cut off is completed by running it again. What can't be read is reported with
    its place and skipped. Exit status 0 when anything could be read, 1 when nothing could.

    Example: `evipath ingest records.xml.gz more/ --jobs 2`
    """
    from app.bootstrap import open_reads
    from app.cli import graphs
    from app.ingest import files as sources_of
    from app.services.graphs import sort_out
    from app.services.ingest import ingest as store_all
    from app.services.reading import read_sources

    try:
        found = sort_out(files, correlations=correlations)
    except BadInput as error:
        raise typer.BadParameter(str(error), param_hint="FILE...") from error
    sources = list(sources_of(found.documents))
    if pmid is not None and len(sources) != 1:
        raise typer.BadParameter(
            f"it names one document, but there are {len(sources)} files", param_hint="--pmid"
        )
    chosen = settings(store=store)
    if model and extract is False:
        raise typer.BadParameter("--model reads what --no-extract leaves unread")
    need_model(chosen, model)
    reading = model or (chosen.extraction if extract is None else extract)
    actor = as_ or login()
    with opened(store, make=True) as graph:
        imports = graphs.import_all(graph, found.graphs, actor)
        report = None
        if sources or not found.graphs:
            items = read_sources(sources, format=format, pmid=pmid, jobs=jobs)
            with _progress() as progress, ExitStack() as stack:
                start = None
                if reading:
                    reads = stack.enter_context(closing(open_reads(chosen, jobs)))
                    start = partial(reads.start, model=model)
                report = store_all(graph, items, actor=actor, start=start, progress=progress)
    if json:
        print_json({**_documents_json(report, reading), **graphs.as_json(imports)})
    else:
        graphs.show(imports)
        if report is not None:
            typer.echo(_summary(report.done, report.counts))
            if report.extracted.articles:
                typer.echo(account_line(report.extracted))
    read = graphs.anything(imports) if imports else False
    if not read and not (report is not None and _anything(report)):
        raise typer.Exit(1)


def _documents_json(report: "IngestReport | None", reading: bool) -> dict[str, object]:
    if report is None:
        return {}
    return {
        "done": report.done,
        "counts": {fate.value: count for fate, count in sorted(report.counts.items())},
        "errors": report.errors,
        "articles": report.articles,
        "extraction": account_json(report.extracted) if reading else None,
    }


def _anything(report: "IngestReport") -> bool:
    from app.services.ingest import Fate

    return report.done > report.counts[Fate.FAILED]


def _summary(done: int, counts: "Mapping[Fate, int]") -> str:
    from app.services.ingest import Fate

    parts = [f"{counts[fate]} {fate}" for fate in Fate if counts.get(fate)]
    return f"{done} {'document' if done == 1 else 'documents'}: {', '.join(parts) or 'nothing'}"


@contextmanager
def _progress() -> Iterator[Report]:
    """Lend what shows progress: a bar on a terminal, else a line for each batch stored."""
    if not sys.stderr.isatty():
        yield _lines
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def show(progress: "Progress") -> None:
            for error in progress.errors:
                bar.console.print(_place(error), markup=False, highlight=False, soft_wrap=True)
            bar.update(task, description=_summary(progress.done, progress.counts))

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
