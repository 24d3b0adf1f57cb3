"""``evipath simulate``."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import console, print_json, table
from app.cli.stores import opened, reasoner
from app.model.limits import MOST_NETWORKS, MOST_NODES
from app.model.vocabulary import Effect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.graph.port import GraphView
    from app.model.answer import NamedEntity
    from app.model.simulation import HeldEntity, SimulatedIntervention, SimulationAnswer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(simulate)


def simulate(
    outcome: Annotated[str, typer.Argument(help="What should change: CURIE or name.")],
    effect: Annotated[Effect, typer.Option(help="What it should do.")] = Effect.REVERSES,
    target: Annotated[
        list[str] | None,
        typer.Option(help="Try only this: CURIE or name; repeatable. Default: all near it."),
    ] = None,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="Also try the strongest in pairs.")
    ] = False,
    hold_up: Annotated[
        list[str] | None, typer.Option(help="Hold this up throughout; repeatable.")
    ] = None,
    hold_down: Annotated[
        list[str] | None, typer.Option(help="Hold this down throughout; repeatable.")
    ] = None,
    inducer: Annotated[
        list[str] | None,
        typer.Option(help="What brings the outcome, for --effect prevents; repeatable."),
    ] = None,
    networks: Annotated[int, typer.Option(min=10, max=MOST_NETWORKS, help="How many.")] = 200,
    nodes: Annotated[int, typer.Option(min=2, max=MOST_NODES, help="Entities at most.")] = 100,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Of the chances.")] = 1,
    limit: options.Limit = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Simulate interventions in networks that agree with what is known.

    Each network has the signs of all links, and their sides where those are known; what is not
    known is drawn by chance. Printed are the effects with their standard errors, what was
    simulated, and the experiment that would change the result most.

    Example: `evipath simulate EMT --effect prevents --hold-up RAS`
    """
    from app.model.simulation import SimulationQuestion
    from app.services import questions, revisions

    with opened(store) as graph:
        revision = revisions.resolve(graph, as_of)
        with graph.view(revision.number) as view:
            question = SimulationQuestion(
                outcome=questions.resolved(view, outcome),
                effect=effect,
                targets=_resolved(view, target),
                pairs=pairs,
                hold=(*_held(view, hold_up, "+"), *_held(view, hold_down, "-")),
                inducer=_resolved(view, inducer),
                networks=networks,
                nodes=nodes,
                seed=seed,
                as_of=str(revision.number),
            )
        with _progress(networks) as told:
            answer = reasoner(graph).simulate(question, progress=told)
    if json:
        print_json(answer)
        return
    _print(answer, limit)


def _resolved(view: "GraphView", names: list[str] | None) -> "tuple[NamedEntity, ...]":
    from app.services import questions

    return tuple(questions.resolved(view, name) for name in names or [])


def _held(view: "GraphView", names: list[str] | None, direction: str) -> "tuple[HeldEntity, ...]":
    from app.model.simulation import HeldEntity
    from app.model.vocabulary import Sign

    return tuple(
        HeldEntity(entity=entity, direction=Sign(direction)) for entity in _resolved(view, names)
    )


def _print(answer: "SimulationAnswer", limit: int) -> None:
    out = console()
    asked, model = answer.query, answer.model
    out.print(
        f"Simulated: {asked.effect} {asked.outcome.name} ({asked.outcome.id})", soft_wrap=True
    )
    if answer.interventions:
        rows = [_row(one) for one in answer.interventions[:limit]]
        out.print(table(("intervention", "effect", "± error", "gain of the pair"), rows))
    if answer.note:
        out.print(answer.note, soft_wrap=True)
    out.print(
        f"{model.asked} of {model.networks} networks could be asked; {model.entities} entities, "
        f"{model.links} links ({model.sided} with a known side, {model.memberships} memberships, "
        f"{model.contradicted} contradicted); {model.left_out} further entities left out, "
        f"{model.cut} links cut; seed {asked.seed}. A model, no finding.",
        soft_wrap=True,
    )
    deciding = answer.deciding
    if deciding is not None:
        target = deciding.intervention
        out.print(
            f"Deciding experiment: {deciding.words}. If that alone decides, the "
            f"{target.perturbation.type} of {target.target.name} has the effect "
            f"{deciding.if_decides:.2f}, else {deciding.if_not:.2f} "
            f"(± {deciding.standard_error:.2f}).",
            soft_wrap=True,
        )


def _row(one: "SimulatedIntervention") -> tuple[str, str, str, str]:
    done = " and ".join(f"{each.perturbation.type} of {each.target.name}" for each in one.targets)
    error = "" if one.standard_error is None else f"{one.standard_error:.3f}"
    return done, f"{one.effect:.2f}", error, "" if one.gain is None else f"{one.gain:+.2f}"


@contextmanager
def _progress(networks: int) -> "Iterator[Callable[[int], None] | None]":
    """Lend what shows how many networks are done, on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("networks", total=networks)
        yield lambda done: bar.update(task, completed=done)
