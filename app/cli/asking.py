"""``evipath ask``, ``evipath paths`` and ``evipath why``."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import options
from app.cli.console import print_json
from app.cli.stores import opened, reasoner
from app.model.answer_kind import AnswerKind
from app.model.vocabulary import Effect

if TYPE_CHECKING:
    from app.graph.port import GraphStore
    from app.model.answer import InterventionQuestion, PathAnswer, PathQuestion
    from app.model.claim import ClaimView
    from app.services.ask import AskedQuery


class Direction(StrEnum):
    """A sign in words, which no shell takes for an option."""

    NEGATIVE = "negative"
    POSITIVE = "positive"


_SIGN = {Direction.NEGATIVE: "-", Direction.POSITIVE: "+"}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(ask)
    app.command()(paths)
    app.command()(why)


def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    answer: Annotated[
        AnswerKind,
        typer.Option(help="List targets, or the means that act on them: compounds, constructs."),
    ] = AnswerKind.TARGETS,
    excluding: options.Excluding = None,
    limit: options.Limit = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Ask a question in words.

    Printed are the ranked answers, each with its arithmetic and best quote. The answer begins
    with the structured question that the words were read as. With `--answer means` compounds and
    constructs are listed, each with the targets that it is known to act on.

    Example: `evipath ask "which interventions reverse EMT" --excluding GO:0006915:induces`
    """
    from app.model.means import MeansAnswer
    from app.services import ask as words
    from app.services.excluding import selective
    from app.services.means import means

    read = words.read(question)
    if as_of is not None and read.as_of is not None:
        raise typer.BadParameter("the question names a time already", param_hint="--as-of")
    with opened(store) as graph:
        structured = _structured(graph, read, as_of, excluding or [])
        answering = means if answer is AnswerKind.MEANS else selective
        found = answering(graph, reasoner(graph), structured, limit=limit)
    if json:
        print_json(found)
        return
    from app.cli.answers import print_interventions
    from app.cli.means_text import print_means

    if isinstance(found, MeansAnswer):
        print_means(found)
    else:
        print_interventions(found)


def _structured(
    graph: "GraphStore", read: "AskedQuery", as_of: str | None, excluding: list[str]
) -> "InterventionQuestion":
    """Return the question for one revision, whatever is written meanwhile."""
    from app.services import questions, revisions

    revision = revisions.resolve(graph, as_of or read.as_of)
    with graph.view(revision.number) as view:
        question = questions.from_words(view, read)
        side_effects = questions.side_effects(view, excluding)
    return question.model_copy(update={"as_of": str(revision.number), "excluding": side_effects})


def why(
    target: Annotated[str, typer.Argument(help="What would be changed: CURIE or name.")],
    outcome: Annotated[str, typer.Argument(help="What should change: CURIE or name.")],
    effect: Annotated[Effect, typer.Option(help="What it should do.")] = Effect.REVERSES,
    max_hops: Annotated[int, typer.Option(min=1, max=6, help="Greatest length.")] = 3,
    context: options.Context = None,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Say why a target is an answer, or what is missing that it is none.

    Printed are the figures of each answer with what they were computed from, and for a direction
    that is no answer what alone would make it one, with the nearest path.

    Example: `evipath why "NF-kappaB" EMT --effect reverses`
    """
    from app.model.answer import InterventionQuestion
    from app.services import questions, revisions
    from app.services.why import why as explain

    with opened(store) as graph:
        revision = revisions.resolve(graph, as_of)
        with graph.view(revision.number) as view:
            question = InterventionQuestion(
                outcome=questions.resolved(view, outcome),
                effect=effect,
                max_hops=max_hops,
                context=questions.contexts(view, context or []),
                as_of=str(revision.number),
            )
            named = questions.resolved(view, target)
        found = explain(graph, reasoner(graph), question, named)
    if json:
        print_json(found)
        return
    from app.cli.explaining import print_why

    print_why(found)


def paths(
    source: Annotated[str, typer.Argument(metavar="SRC", help="Where paths begin: CURIE or name.")],
    target: Annotated[str, typer.Argument(metavar="DST", help="Where paths end: CURIE or name.")],
    sign: Annotated[
        Direction | None,
        typer.Option(help="The product of the signs; both where it is not given."),
    ] = None,
    max_hops: Annotated[int, typer.Option(min=1, max=6, help="Greatest length.")] = 4,
    direction: Annotated[
        Direction,
        typer.Option(help="The change made at SRC; it decides which hops are matched."),
    ] = Direction.NEGATIVE,
    context: options.Context = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 25,
    as_of: options.AsOf = None,
    store: options.Store = None,
    json: options.Json = False,
) -> None:
    """Find signed paths between two entities.

    Printed are the best ones, with the arithmetic of each.

    Example: `evipath paths "NF-kappaB" EMT --sign positive --max-hops 3`
    """
    from app.services import questions, revisions

    with opened(store) as graph:
        revision = revisions.resolve(graph, as_of)
        with graph.view(revision.number) as view:
            question = _path_question(
                sources=(questions.resolved(view, source),),
                targets=(questions.resolved(view, target),),
                direction=_SIGN[direction],
                sign=None if sign is None else _SIGN[sign],
                max_hops=max_hops,
                k=limit,
                context=questions.contexts(view, context or []),
                as_of=str(revision.number),
            )
        answer = reasoner(graph).paths(question)
        claims = {} if json else _claims_on(graph, answer)
    if json:
        print_json(answer)
        return
    from app.cli.answers import print_paths

    print_paths(answer, claims)


def _path_question(**fields: object) -> "PathQuestion":
    from app.model.answer import PathQuestion

    return PathQuestion.model_validate(fields)


def _claims_on(graph: "GraphStore", answer: "PathAnswer") -> "dict[str, ClaimView]":
    from app.services.claims import claim_views

    first = [step.claims[0] for path in answer.paths for step in path.steps if step.claims]
    with graph.view(answer.snapshot.revision) as view:
        return claim_views(view, first)
