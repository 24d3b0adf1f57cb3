"""``evipath matrix``."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import console, print_json, table
from app.cli.stores import opened, reasoner

if TYPE_CHECKING:
    from app.model.matrix import ContextPart, Matrix, MatrixCell


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(matrix)


def matrix(
    target: Annotated[str, typer.Argument(help="What is acted upon: CURIE or name.")],
    outcome: Annotated[str, typer.Argument(help="What should change: CURIE or name.")],
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Also use claims that nobody has judged.")
    ] = False,
    limit: options.Limit = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Show what was tried with a target and an outcome, and what was not.

    Printed is a table for each context that claims state, by what was done and by aspect, and the
    experiments that would resolve a conflict or make an extrapolated hop a matched one.

    Example: `evipath matrix NF-kappaB EMT`
    """
    from app.model.matrix import MatrixQuestion
    from app.services import questions, revisions
    from app.services.matrix import matrix as tried

    with opened(store) as graph:
        revision = revisions.resolve(graph, as_of)
        with graph.view(revision.number) as view:
            question = MatrixQuestion(
                target=questions.resolved(view, target),
                outcome=questions.resolved(view, outcome),
                include_candidates=candidates,
                as_of=str(revision.number),
            )
        found = tried(graph, reasoner(graph), question, limit=limit)
    if json:
        print_json(found)
        return
    _print(found)


def _print(found: "Matrix") -> None:
    out = console()
    asked = found.query
    out.print(f"{asked.target.name} and {asked.outcome.name}: what was tried", soft_wrap=True)
    for context in found.contexts:
        stated = ", ".join(map(_part, context.parts)) or "no context stated"
        out.print(f"\n{stated}", style="bold", soft_wrap=True)
        rows = [_row(cell) for cell in context.cells]
        out.print(table(("done", "aspect", "result", "claims", "first"), rows))
    if found.total > len(found.contexts):
        out.print(f"and {found.total - len(found.contexts)} more contexts")
    for cell in found.deciding:
        out.print(f"{cell.reason.replace('_', ' ')}: {cell.words}", soft_wrap=True)
    if found.beside:
        out.print(f"{len(found.beside)} claims beside, that tried nothing", soft_wrap=True)


def _row(cell: "MatrixCell") -> tuple[str, ...]:
    first = cell.claims[0] if cell.claims else None
    said = "" if first is None else first.quote or first.statement
    return (cell.side or "sign stated", cell.aspect or "unstated", cell.result,
            str(cell.total or ""), said)  # fmt: skip


def _part(part: "ContextPart") -> str:
    return f"{part.name} {part.state}" if part.state else part.name
