"""``evipath consequences``."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.asking import Direction
from app.cli.console import print_json
from app.cli.stores import opened, reasoner
from app.model.vocabulary import Category, Effect, Sign

if TYPE_CHECKING:
    from app.model.consequence import ConsequenceAnswer


class Form(StrEnum):
    """How consequences are printed."""

    TABLE = "table"
    GRAPH = "graph"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(consequences)


def consequences(
    target: Annotated[str, typer.Argument(help="What is changed: CURIE or name.")],
    direction: Annotated[
        Direction, typer.Option(help="Lowered (negative) or raised (positive).")
    ] = Direction.NEGATIVE,
    effect: Annotated[
        Effect | None, typer.Option(help="Only outcomes on which it has this effect.")
    ] = None,
    category: Annotated[
        list[Category] | None, typer.Option(help="Only outcomes of this; repeatable.")
    ] = None,
    max_hops: Annotated[int, typer.Option(min=1, max=6, help="Greatest length.")] = 3,
    context: options.Context = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Also use claims that nobody has judged.")
    ] = False,
    form: Annotated[Form, typer.Option(help="A row an outcome, or the links by source.")] = (
        Form.TABLE
    ),
    limit: options.Limit = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Show what follows from lowering or raising a target.

    Printed are the outcomes, each with its arithmetic and best quote; with `--form graph` each
    signed link of their paths, once.

    Example: `evipath consequences NF-kappaB`
    """
    from app.model.consequence import ConsequenceQuestion
    from app.services import questions, revisions
    from app.services.consequences import consequences as follow

    with opened(store) as graph:
        revision = revisions.resolve(graph, as_of)
        with graph.view(revision.number) as view:
            question = ConsequenceQuestion(
                target=questions.resolved(view, target),
                direction=Sign.POSITIVE if direction is Direction.POSITIVE else Sign.NEGATIVE,
                effect=effect,
                categories=tuple(category or ()),
                max_hops=max_hops,
                context=questions.contexts(view, context or []),
                include_candidates=candidates,
                as_of=str(revision.number),
            )
        found = follow(graph, reasoner(graph), question, limit=limit)
    if json:
        print_json(found)
        return
    _print(found, form)


def _print(found: "ConsequenceAnswer", form: Form) -> None:
    from app.cli.answers import print_consequences, print_links

    if form is Form.GRAPH:
        print_links(found)
    else:
        print_consequences(found)
