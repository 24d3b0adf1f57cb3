"""``evipath seed`` and ``evipath ingest``."""

from contextlib import ExitStack, closing
from functools import partial
from typing import Annotated

import typer

from app.cli import options
from app.cli.console import print_json
from app.cli.documents import anything, documents_json, progress_shown, show
from app.cli.extracting import need_model
from app.cli.stores import login, opened, settings
from app.model.errors import BadInput
from app.model.vocabulary import DocumentFormat


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
        int | None,
        typer.Option(
            min=1,
            max=64,
            help="Files that are read, and processes that read for claims, at the same time; "
            "default: one for each processor where there are several large files, else 1.",
        ),
    ] = None,
    again: Annotated[
        bool,
        typer.Option(help="Read also yearly and daily files of PubMed that were taken before."),
    ] = False,
    extract: options.Extract = None,
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
    files (TSV or JSON Lines, nodes and edges) or a directory that holds them; BEL: scripts, a
    directory of them, or pybel's node-link JSON; and INDRA's statements in JSON. What a graph's
    source asserts by hand is accepted in the name of `--as`; all else comes in as candidates. The
    same again changes nothing, so an ingest that was cut off is completed by running it again.
    What can't be read is reported with its place and skipped. Exit status 0 when anything could
    be read, 1 when nothing could.

    PubMed's yearly baseline and daily update files (`pubmed26n0001.xml.gz`) go in in the order of
    their names, revisions and deletions with them; each is checked against the `.md5` beside it,
    and one that was taken whole is not read again.

    Example: `evipath ingest records.xml.gz more/ --jobs 2`
    """
    from app.bootstrap import open_reads
    from app.cli import graphs
    from app.ingest import files as sources_of
    from app.services.collecting import rare_collection
    from app.services.graphs import sort_out
    from app.services.ingest import ingest as store_all
    from app.services.reading import fitting_jobs, read_sources
    from app.services.yearly import YearlyFiles

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
        report, taken = None, dict[str, int]()
        if sources or not found.graphs:
            at_once = jobs or fitting_jobs(sources)
            with ExitStack() as stack:
                yearly = stack.enter_context(YearlyFiles(graph.accounts, actor, again))
                progress = stack.enter_context(progress_shown())
                start = None
                if reading:
                    reads = stack.enter_context(closing(open_reads(chosen, at_once)))
                    start = partial(reads.start, model=model)
                items = read_sources(
                    yearly.sources(sources),
                    format=format,
                    pmid=pmid,
                    jobs=at_once,
                    ended=yearly.ended,
                )
                stack.enter_context(closing(items))
                stack.enter_context(rare_collection())
                report = store_all(
                    graph,
                    yearly.counted(items),
                    actor=actor,
                    start=start,
                    progress=yearly.watching(progress),
                    should_stop=lambda: yearly.stopped,
                )
                taken = yearly.account(report.done)
    if json:
        print_json({**documents_json(report, reading), **taken, **graphs.as_json(imports)})
    else:
        graphs.show(imports)
        if report is not None:
            show(report)
        if taken:
            typer.echo(f"files: {taken['files_taken']} taken, {taken['files_before']} before")
    read = graphs.anything(imports) if imports else bool(taken.get("files_before"))
    if not read and not (report is not None and anything(report)):
        raise typer.Exit(1)
