"""``evipath matrix``, ``evipath contrast`` and ``evipath requirements``."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import console, print_json, table
from app.cli.stores import opened, reasoner
from app.model.vocabulary import Effect

if TYPE_CHECKING:
    from app.graph.port import GraphStore
    from app.model.matrix import ContextPart, Matrix, MatrixCell


Candidates = Annotated[
    bool, typer.Option("--candidates", help="Also use claims that nobody has judged.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(matrix)
    app.command()(contrast)
    app.command()(requirements)


def matrix(
    target: Annotated[str, typer.Argument(help="What is acted upon: CURIE or name.")],
    outcome: Annotated[str, typer.Argument(help="What should change: CURIE or name.")],
    candidates: Candidates = False,
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
    from app.services import questions
    from app.services.matrix import matrix as tried

    with opened(store) as graph:
        revision = _revision(graph, as_of)
        with graph.view(revision) as view:
            question = MatrixQuestion(
                target=questions.resolved(view, target),
                outcome=questions.resolved(view, outcome),
                include_candidates=candidates,
                as_of=str(revision),
            )
        found = tried(graph, reasoner(graph), question, limit=limit)
    if json:
        print_json(found)
        return
    _print(found)


def contrast(
    outcome: Annotated[str, typer.Argument(help="What should change: CURIE or name.")],
    effect: Annotated[Effect, typer.Option(help="What it should do.")] = Effect.REVERSES,
    context: options.Context = None,
    versus: Annotated[
        list[str] | None,
        typer.Option(help="The context to compare with, as in --context; repeatable."),
    ] = None,
    versus_outcome: Annotated[
        str | None, typer.Option(help="Another outcome to compare with: CURIE or name.")
    ] = None,
    candidates: Candidates = False,
    limit: options.Limit = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Show what has an effect here, and what is known of it there.

    Here is the outcome in --context, there the same in --versus, or another outcome. What nobody
    tried there is untested, which is not the same as having no effect.

    Example: `evipath contrast EMT --context cell:CL:0008019 --versus cell:CL:0000066`
    """
    from app.services import questions
    from app.services.contrast import contrast as compared

    with opened(store) as graph:
        revision = _revision(graph, as_of)
        with graph.view(revision) as view:
            question = questions.contrast(
                view,
                outcome,
                questions.AskedEffect(effect.value),
                context=context or [],
                versus=versus or [],
                versus_outcome=versus_outcome,
                include_candidates=candidates,
                as_of=str(revision),
            )
        found = compared(graph, reasoner(graph), question, limit=limit)
    if json:
        print_json(found)
        return
    from app.cli.contrast_text import print_contrast

    print_contrast(found)


def requirements(
    cause: Annotated[str, typer.Argument(help="What has the effect: CURIE or name.")],
    outcome: Annotated[str, typer.Argument(help="What it changes: CURIE or name.")],
    candidates: Candidates = False,
    limit: options.Limit = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Show what a cause needs for its effect on an outcome, and what it does without.

    Example: `evipath requirements FPLX:RAS MESH:D063646`
    """
    from app.model.contrast import RequirementQuestion
    from app.services import questions
    from app.services.requirements import requirements as needed

    with opened(store) as graph:
        revision = _revision(graph, as_of)
        with graph.view(revision) as view:
            question = RequirementQuestion(
                cause=questions.resolved(view, cause),
                outcome=questions.resolved(view, outcome),
                include_candidates=candidates,
                as_of=str(revision),
            )
        found = needed(graph, reasoner(graph), question, limit=limit)
    if json:
        print_json(found)
        return
    from app.cli.contrast_text import print_requirements

    print_requirements(found)


def _revision(graph: "GraphStore", as_of: str | None) -> int:
    from app.services import revisions

    return revisions.resolve(graph, as_of).number


def _print(found: "Matrix") -> None:
    out = console()
    asked = found.query
    out.print(f"{asked.target.name} and {asked.outcome.name}: what was tried", soft_wrap=True)
    for context in found.contexts:
        stated = ", ".join(map(part_text, context.parts)) or "no context stated"
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


def part_text(part: "ContextPart") -> str:
    """Return one thing that a context states."""
    return f"{part.name} {part.state}" if part.state else part.name
