"""``evipath extract`` and ``evipath reread``."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import print_json, say
from app.cli.stores import login, opened, settings
from app.model.vocabulary import DocumentFormat

if TYPE_CHECKING:
    from app.services.extraction import Extract
    from app.services.readings import Extracted
    from app.services.rereading import Reread
    from app.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(extract)
    app.command()(reread)


def extract(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Files, directories, or - for standard input."),
    ],
    format: Annotated[  # noqa: A002  the word of the option
        DocumentFormat | None, typer.Option(help="The format; it is recognised where not given.")
    ] = None,
    jobs: options.ReadJobs = 1,
    model: options.Model = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a document, each on a line.")
    ] = False,
) -> None:
    """Read documents for candidate claims and print them; no store is touched.

    With --json each line is a document: id, text, mentions and claims, with offsets that count
    code points of the text. Which readers read, and what they dropped, is said on standard error.

    Example: `evipath extract article.nbib --json`
    """
    from contextlib import closing

    from app.bootstrap import open_reads
    from app.ingest import files as sources_of
    from app.services.candidates import Taken
    from app.services.extraction import extract as read
    from app.services.reading import read_sources
    from app.services.readings import Extracted

    chosen = settings()
    need_model(chosen, model)
    account, failed = Extracted(), 0
    with closing(open_reads(chosen, jobs)) as reads:
        items = read_sources(list(sources_of(files)), format=format)
        for each in read(items, partial(reads.start, model=model)):
            if each.error is not None:
                say(f"{each.place}: {each.error.reason}")
                failed += 1
            if each.document is not None and each.reading is not None:
                taken = Taken(new=len(each.document.claims))
                for report in account.count(each.reading, taken):
                    say(f"{each.place}: not read by {report.reader}: {report.failure}")
                _print(each, json)
    say(account_line(account))
    if failed and not account.articles:
        raise typer.Exit(1)


def reread(
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE...", help="PMID:…, PMC:…, doi:… or internal ids."),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Read every article of the store.")] = False,
    jobs: options.ReadJobs = 1,
    model: options.Model = False,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Read stored articles again, after an upgrade or with the language model.

    A claim that is found again gets a line of its new reading. A candidate that none of its
    readers finds any more is superseded, unless a curator ever decided on it. Reading again with
    the same readers changes nothing.

    Example: `evipath reread --all --jobs 4`
    """
    from contextlib import closing

    from app.bootstrap import open_reads
    from app.services.rereading import reread as read_again

    if bool(articles) is all_:
        raise typer.BadParameter("name articles, or give --all")
    chosen = settings(store=store)
    need_model(chosen, model)
    with opened(store) as graph, closing(open_reads(chosen, jobs)) as reads:
        report = read_again(
            graph,
            partial(reads.start, model=model),
            actor=login(),
            identifiers=articles or None,
            progress=_told,
        )
    for error in report.errors:
        say(f"{error.source}: {error.reason}")
    if json:
        print_json({"done": report.done, "extraction": account_json(report.extracted)})
    else:
        typer.echo(account_line(report.extracted))


def need_model(chosen: "Settings", model: bool) -> None:
    """Refuse to ask a language model where none is set up."""
    if model and not chosen.has_model:
        raise typer.BadParameter(
            "set EVIPATH_MODEL_BASE_URL and EVIPATH_MODEL_NAME first", param_hint="--model"
        )


def account_line(account: "Extracted") -> str:
    """Return what was read by whom, and what came of it, in one line."""
    taken, usage = account.taken, account.usage
    readers = ", ".join(
        f"{name} ({version})"
        + (f", which failed on {account.failed[name]}" if account.failed[name] else "")
        for name, version in account.readers.items()
    )
    parts = [
        f"{account.articles} {'text' if account.articles == 1 else 'texts'} read"
        + (f" by {readers}" if readers else "")
    ]
    found = [
        f"{count} {word}"
        for count, word in (
            (taken.new, "new"),
            (taken.again, "found again"),
            (taken.recognised, "recognised"),
            (taken.dropped, "no longer found"),
        )
        if count
    ]
    parts.append(f"claims: {', '.join(found) or 'none'}")
    parts += [f"dropped {count} for {reason}" for reason, count in sorted(account.dropped.items())]
    if usage.requests:
        cost = "" if usage.cost is None else f", cost {usage.cost:.4f}"
        parts.append(
            f"model: {usage.requests} requests, {usage.input_tokens} tokens in, "
            f"{usage.output_tokens} out{cost}"
        )
    return "; ".join(parts)


def account_json(account: "Extracted") -> dict[str, object]:
    """Return the same as JSON."""
    return {
        "articles": account.articles,
        "claims": account.taken,
        "readers": account.readers,
        "failed": dict(account.failed),
        "dropped": dict(account.dropped),
        "usage": account.usage,
    }


def _print(each: "Extract", json: bool) -> None:
    from app.cli.claim_text import claim_lines

    if each.document is None:
        return
    if json:
        typer.echo(each.document.model_dump_json())
        return
    typer.echo(f"{each.document.id}: {len(each.document.claims)} claims")
    for claim in each.document.claims:
        for line in claim_lines(claim):
            typer.echo(f"  {line}")
        found = ", ".join(
            f"{reading.reader}{f' {reading.rule}' if reading.rule else ''}"
            for reading in claim.extractions
        )
        typer.echo(f"    confidence {claim.confidence:.2f} ({found})")


def _told(report: "Reread") -> None:
    say(f"{report.done} articles: {account_line(report.extracted)}")
