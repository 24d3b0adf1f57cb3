"""``evipath fetch``."""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import print_json, say
from app.cli.documents import anything, documents_json, progress_shown, show
from app.cli.extracting import need_model
from app.cli.stores import login, opened, settings
from app.model.errors import BadInput

if TYPE_CHECKING:
    from app.graph.port import GraphStore
    from app.ingest.entrez import PubMed
    from app.model.fetch import FetchRequest
    from app.services.fetching import FetchPlan

_PMID = re.compile(r"(?:PMID:?\s*)?([1-9]\d{0,8})", re.IGNORECASE)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(fetch)


def fetch(
    pmids: Annotated[
        list[str] | None, typer.Argument(metavar="PMID...", help="PMIDs to fetch.")
    ] = None,
    query: Annotated[
        str | None,
        typer.Option(metavar="Q", help="Fetch what this finds; in PubMed's own query language."),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(metavar="F", help="Fetch the PMIDs of a file, or of standard input (-)."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=10_000_000,
            help="Hits of the query to fetch at most, the newest; default: all, where there are "
            "no more than EVIPATH_FETCH_LIMIT.",
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option(help="Fetch also what is in the graph and was not revised since.")
    ] = False,
    jobs: options.ReadJobs = 1,
    extract: options.Extract = None,
    model: options.Model = False,
    as_: options.As = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Take articles from PubMed into the store, by PMIDs or by a query.

    They come through NCBI's E-utilities, at most three requests a second, or ten with a key
    (EVIPATH_NCBI_API_KEY), and go the way of `evipath ingest`. What is in the graph and was not
    revised at PubMed since is not fetched again, so that the same command brings a collection up
    to date, and completes a fetch that was cut off. A query with more hits than
    EVIPATH_FETCH_LIMIT is fetched once that is confirmed, on the terminal or by `--limit`. A PMID
    that PubMed does not have is reported. Exit status 1 when nothing could be fetched.

    Example: `evipath fetch --query "EMT[tiab] AND metastasis" --limit 200`
    """
    from app.bootstrap import entrez, open_reads
    from app.model.fetch import FetchRequest
    from app.services.fetching import fetched
    from app.services.ingest import ingest

    wanted = tuple(_given(pmids or [])) + tuple(_listed(file))
    if bool(wanted or file) == (query is not None):
        raise typer.BadParameter("give either PMIDs (also as --file) or --query")
    if query is None and not wanted:
        raise BadInput(f"{file} holds no PMID")
    chosen = settings(store=store)
    need_model(chosen, model)
    reading = model or (chosen.extraction if extract is None else extract)
    request = FetchRequest(pmids=wanted, query=query, limit=limit, again=again, model=model)
    way = entrez(chosen)
    if way.email is None:
        say("NCBI asks for an e-mail address that it may write to: set EVIPATH_NCBI_EMAIL")
    with opened(store, make=True) as graph, way.session() as pubmed, ExitStack() as stack:
        planned = _planned(graph, pubmed, request, chosen.fetch_limit)
        _tell(planned)
        progress = stack.enter_context(progress_shown(planned.total))
        start = None
        if reading:
            reads = stack.enter_context(closing(open_reads(chosen, jobs)))
            start = partial(reads.start, model=model)
        report = ingest(
            graph,
            fetched(pubmed, planned),
            actor=as_ or login(),
            message="fetch",
            start=start,
            progress=progress,
        )
    if json:
        print_json(
            {
                "hits": planned.hits,
                "unrevised": planned.unrevised,
                "remarks": planned.remarks,
                **documents_json(report, reading),
            }
        )
    else:
        show(report)
    if planned.total and not anything(report):
        raise typer.Exit(1)


def _planned(
    graph: "GraphStore", pubmed: "PubMed", request: "FetchRequest", most: int
) -> "FetchPlan":
    """Find out what is to be fetched; on a terminal, ask whether it may be much."""
    from app.services.fetching import TooManyHits, plan

    try:
        return plan(graph, pubmed, request, most)
    except TooManyHits as error:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise BadInput(f"{error} As in --limit {error.hits}.") from error
        typer.confirm(f"The query has {error.hits:,} hits. Fetch all?", abort=True, err=True)
        return plan(graph, pubmed, request.model_copy(update={"limit": error.hits}), most)


def _tell(planned: "FetchPlan") -> None:
    for remark in planned.remarks:
        say(remark)
    found = f"{planned.hits:,} hits; " if planned.hits is not None else ""
    say(f"{found}{len(planned.wanted):,} to fetch, {planned.unrevised:,} unrevised")


def _given(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        found = _PMID.fullmatch(word.strip())
        if found is None:
            raise typer.BadParameter(f"{word!r} is no PMID", param_hint="PMID...")
        yield found[1]


def _listed(file: str | None) -> Iterator[str]:
    """Yield the PMIDs of a file: by white space or commas, ``#`` begins a comment."""
    if file is None:
        return
    text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
    for number, line in enumerate(text.splitlines(), 1):
        for word in line.partition("#")[0].replace(",", " ").split():
            found = _PMID.fullmatch(word)
            if found is None:
                raise BadInput(f"{file}, line {number}: {word[:40]!r} is no PMID")
            yield found[1]
