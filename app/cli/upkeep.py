"""``evipath check`` and ``evipath rebuild``."""

import typer

from app.cli import options
from app.cli.console import print_json, say
from app.cli.stores import login, opened


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(check)
    app.command()(rebuild)


def check(store: options.Store = None, json: options.Json = False) -> None:
    """Check all that the store holds.

    That is every text, quote, identifier, claim, decision, link and edge. Nothing is changed.
    What is wrong is printed, a line each; exit status 1 when anything is.

    Example: `evipath check`
    """
    from app.services import check as service
    from app.services.stats import stats

    with opened(store) as graph:
        findings = []
        for finding in service.check(graph):
            findings.append(finding)
            if not json:
                typer.echo(f"{finding.kind}  {finding.key}  {finding.detail}")
        with graph.view() as view:
            held = stats(view)
    if json:
        print_json({"clean": not findings, "findings": findings, "held": held})
    else:
        looked = f"{held.articles} articles, {held.claims} claims, {held.edges} edges"
        wrong = f"{len(findings)} findings" if findings else "clean"
        say(f"{wrong}: {looked}, revision {held.snapshot.revision}")
    if findings:
        raise typer.Exit(1)


def rebuild(
    store: options.Store = None, actor: options.As = None, json: options.Json = False
) -> None:
    """Derive all signed edges again.

    Needed after the rules of reasoning changed.

    Example: `evipath rebuild`
    """
    from app.services import rebuild as service

    with opened(store) as graph:
        done = service.rebuild(graph, actor or login())
    if json:
        print_json(done)
        return
    typer.echo(f"{done.claims} claims, {done.changed} of them changed, {done.edges} edges")
