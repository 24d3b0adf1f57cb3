"""What follows from an intervention."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api import answers, paging
from app.api.answers import AsOf, CursorText, Limit
from app.api.auth import Parts
from app.api.container import Container
from app.api.openapi import problems
from app.api.routes.asking import (
    Background,
    Candidates,
    ContextTexts,
    Matched,
    MaxHops,
    Order,
    TargetName,
)
from app.api.searches import SEARCHING
from app.graph.port import GraphView
from app.model.answer import AnswerOrder
from app.model.consequence import ConsequenceAnswer, ConsequenceQuestion
from app.model.vocabulary import Category, Sign
from app.services import graph, questions
from app.services.consequences import consequences
from app.services.drawing import GraphFilter, Subgraph
from app.services.questions import AskedEffect

router = APIRouter(prefix="/api/v1/reasoning", tags=["reasoning"])


class AskedChange(StrEnum):
    """A change in a URL, where a bare ``+`` would arrive as a blank."""

    NEGATIVE = "negative"
    POSITIVE = "positive"

    @property
    def sign(self) -> Sign:
        """The change as answers write it."""
        return Sign.POSITIVE if self is AskedChange.POSITIVE else Sign.NEGATIVE


Change = Annotated[
    AskedChange, Query(description="What is done to it: lowered (negative) or raised (positive).")
]


@dataclass(frozen=True, slots=True)
class AskedConsequences:
    """The parameters of a question for consequences, as they were given."""

    target: str
    direction: AskedChange
    effect: AskedEffect | None
    category: tuple[Category, ...]
    context: tuple[str, ...]
    max_hops: int
    include_candidates: bool
    include_background: bool
    matched_only: bool
    order: AnswerOrder
    as_of: str | None

    def question(self, view: GraphView) -> ConsequenceQuestion:
        """Return the question with its names resolved in ``view``."""
        return ConsequenceQuestion(
            target=questions.resolved(view, self.target),
            direction=self.direction.sign,
            effect=None if self.effect is None else self.effect.effect,
            categories=self.category,
            context=questions.contexts(view, self.context),
            max_hops=self.max_hops,
            include_candidates=self.include_candidates,
            include_background=self.include_background,
            matched_only=self.matched_only,
            order=self.order,
            as_of=self.as_of,
        )


def asked_consequences(
    target: TargetName,
    direction: Change = AskedChange.NEGATIVE,
    effect: Annotated[
        AskedEffect | None,
        Query(
            description="Only outcomes on which it has this effect; else all that falls or rises."
        ),
    ] = None,
    category: Annotated[list[Category], Query(description="Only outcomes of these.")] = [],
    context: ContextTexts = [],
    max_hops: MaxHops = questions.DEFAULT_HOPS,
    include_candidates: Candidates = False,
    include_background: Background = False,
    matched_only: Matched = False,
    order: Order = AnswerOrder.STANDING,
    as_of: AsOf = None,
) -> AskedConsequences:
    """Gather the parameters of a question for consequences."""
    return AskedConsequences(
        target=target,
        direction=direction,
        effect=effect,
        category=tuple(category),
        context=tuple(context),
        max_hops=max_hops,
        include_candidates=include_candidates,
        include_background=include_background,
        matched_only=matched_only,
        order=order,
        as_of=as_of,
    )


Asked = Annotated[AskedConsequences, Depends(asked_consequences)]


@router.get(
    "/consequences",
    operation_id="find_consequences",
    summary="What follows from an intervention?",
    response_model=ConsequenceAnswer,
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def find_consequences(
    request: Request,
    parts: Parts,
    wanted: Asked,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
) -> Response:
    """Ranked outcomes with tier, paths, arithmetic, quotes and counter-evidence.

    Each is what `find_interventions` answers for this target on that outcome, turned round;
    `explain_intervention` tells how its figures were computed.
    """
    asked = answers.asked(parts, request, wanted.as_of, cursor)

    def compute() -> ConsequenceAnswer:
        offset = int(asked.after or 0)
        found = _pinned(parts, wanted, asked, limit, offset)
        path = answers.next_rows(parts, request, asked, len(found.consequences), found.total)
        return found.model_copy(update={"next": path})

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/consequences/graph",
    operation_id="draw_consequences",
    summary="What follows from an intervention, for drawing",
    response_model=Subgraph,
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def draw_consequences(
    request: Request,
    parts: Parts,
    wanted: Asked,
    consequences: Annotated[
        int, Query(ge=1, le=500, description="How many of the first consequences are drawn.")
    ] = paging.DEFAULT_LIMIT,
    limit: Annotated[
        int, Query(ge=1, le=graph.MAX_NODES, description="How many nodes at most.")
    ] = 100,
) -> Response:
    """Nodes and signed links of all paths; `cut` says that bounds left some out."""
    asked = answers.asked(parts, request, wanted.as_of, None)
    drawer = graph.Drawer(parts.reasoner, parts.conflicts)

    def compute() -> Subgraph:
        found = _pinned(parts, wanted, asked, consequences, 0)
        with parts.store.view(asked.revision.number) as view:
            return drawer.of_answer(view, found, GraphFilter(statuses=(), limit=limit))

    return answers.answer(parts, request, asked.snapshot, compute)


def _pinned(
    parts: Container, wanted: AskedConsequences, asked: answers.Asked, limit: int, offset: int
) -> ConsequenceAnswer:
    """Answer a question from one revision, whatever is written meanwhile."""
    with parts.store.view(asked.revision.number) as view:
        question = wanted.question(view)
    fixed = question.model_copy(update={"as_of": str(asked.revision.number)})
    found = consequences(parts.store, parts.reasoner, fixed, limit=limit, offset=offset)
    return found.model_copy(update={"query": question})
