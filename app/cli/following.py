"""``evipath consequences``, ``evipath bypass`` and ``evipath signature``."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.asking import Direction
from app.cli.console import print_json
from app.cli.stores import opened, reasoner
from app.model.vocabulary import Category, Effect, Sign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.model.consequence import ConsequenceAnswer


class Form(StrEnum):
    """How consequences are printed."""

    TABLE = "table"
    GRAPH = "graph"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(consequences)
    app.command()(bypass)
    app.command()(signature)


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


def bypass(
    target: Annotated[str, typer.Argument(help="What is changed: CURIE or name.")],
    outcome: Annotated[str, typer.Argument(help="What should change: CURIE or name.")],
    effect: Annotated[Effect, typer.Option(help="What it should do.")] = Effect.REVERSES,
    direction: Annotated[
        Direction | None,
        typer.Option(help="Lowered (negative) or raised (positive); default: what has the effect."),
    ] = None,
    avoid: Annotated[
        list[str] | None, typer.Option(help="What is closed besides: CURIE or name; repeatable.")
    ] = None,
    simulate: Annotated[
        bool, typer.Option("--simulate", help="Also try each second target with the first one.")
    ] = False,
    max_hops: Annotated[int, typer.Option(min=1, max=6, help="Greatest length.")] = 3,
    context: options.Context = None,
    candidates: Annotated[
        bool, typer.Option("--candidates", help="Also use claims that nobody has judged.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many routes at most.")] = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Show which routes an intervention leaves open, and the second target that closes most.

    Printed are the strongest paths into the outcome that pass neither the target nor its kin, each
    with its best quote, then what lies on them with how much of them it closes.

    Example: `evipath bypass IKK-2 EMT --effect lowers`
    """
    from app.cli.bypass_text import print_bypass
    from app.model.answer import InterventionQuestion
    from app.services import questions, revisions
    from app.services.bypass import bypass as left_open

    with opened(store) as graph:
        revision = revisions.resolve(graph, as_of)
        with graph.view(revision.number) as view:
            question = InterventionQuestion(
                outcome=questions.resolved(view, outcome),
                effect=effect,
                max_hops=max_hops,
                context=questions.contexts(view, context or []),
                include_candidates=candidates,
                simulate=simulate,
                as_of=str(revision.number),
            )
            named = questions.resolved(view, target)
            closed = [questions.resolved(view, name) for name in avoid or ()]
        way = None
        if direction is not None:
            way = Sign.POSITIVE if direction is Direction.POSITIVE else Sign.NEGATIVE
        found = left_open(
            graph, reasoner(graph), question, named, direction=way, closed=closed, limit=limit
        )
    if json:
        print_json(found)
        return
    print_bypass(found)


class Goal(StrEnum):
    """What the intervention shall do."""

    REVERSE = "reverse"
    EXPLAIN = "explain"


def signature(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            allow_dash=True,
            help="A line for each entity: CURIE or name, tab, weight (or up, down); - for stdin.",
        ),
    ],
    goal: Annotated[Goal, typer.Option(help="Oppose the signature, or explain it.")] = Goal.REVERSE,
    max_hops: Annotated[int, typer.Option(min=1, max=6, help="Greatest length.")] = 4,
    background: Annotated[
        int, typer.Option(min=0, max=2000, help="Unchanged entities drawn from the graph.")
    ] = 200,
    permutations: Annotated[int, typer.Option(min=100, max=10_000, help="How many.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Of the chances.")] = 1,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 10,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Rank interventions by how well they reverse or explain a signature.

    Printed are the best ones with their permutation p values, corrected for all that were tested,
    and what of the file could not be used.

    Example: `evipath signature changes.tsv --goal explain`
    """
    from app.model.signature import SignatureGoal, SignatureQuestion
    from app.services.signatures import match_signature

    if str(file) == "-":
        weights = _weights(sys.stdin)
    else:
        with file.open(encoding="utf-8") as lines:
            weights = _weights(lines)
    with opened(store) as graph:
        question = SignatureQuestion(
            weights=weights,
            goal=SignatureGoal(goal.value),
            max_hops=max_hops,
            background=background,
            permutations=permutations,
            seed=seed,
            as_of=as_of,
        )
        found = match_signature(graph, reasoner(graph), question, limit=limit)
    if json:
        print_json(found)
        return
    from app.cli.answers import print_matches

    print_matches(found)


def _weights(lines: "Iterable[str]") -> dict[str, float]:
    from app.model.errors import BadInput
    from app.model.limits import MOST_SIGNATURE

    found: dict[str, float] = {}
    for number, line in enumerate(lines, start=1):
        name, _, said = line.rstrip("\r\n").partition("\t")
        if not line.strip() or line.startswith("#"):
            continue
        said = {"up": "1", "down": "-1"}.get(said.strip().lower(), said)
        try:
            weight = float(said)
        except ValueError:
            raise BadInput(f"Line {number}: {said!r} is no weight, nor up or down.") from None
        if not name.strip() or name.strip() in found:
            raise BadInput(f"Line {number}: {name!r} is empty or stands twice.")
        found[name.strip()] = weight
    if not 0 < len(found) <= MOST_SIGNATURE:
        raise BadInput(f"A signature has 1 to {MOST_SIGNATURE} entities; these are {len(found)}.")
    return found
