"""What was tried, and what to try next."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.api import answers, paging
from app.api.answers import AsOf, CursorText, Limit
from app.api.auth import Parts
from app.api.openapi import problems
from app.api.routes.asking import (
    Asked,
    Candidates,
    CauseName,
    ContextTexts,
    EffectAsked,
    OtherEffect,
    OtherOutcome,
    OutcomeName,
    TargetName,
    Versus,
)
from app.api.routes.entities import CuriePath
from app.api.routes.following import AskedChange
from app.api.searches import SEARCHING
from app.api.wire.questions import NAME_PATTERN
from app.model.bypass import Bypass
from app.model.contrast import Contrast, RequirementQuestion, Requirements
from app.model.matrix import Matrix, MatrixQuestion
from app.services import questions
from app.services.bypass import bypass
from app.services.contrast import contrast
from app.services.matrix import matrix
from app.services.requirements import requirements

router = APIRouter(prefix="/api/v1/reasoning", tags=["reasoning"])

Avoid = Annotated[
    list[
        Annotated[
            str, Query(min_length=1, max_length=300, json_schema_extra={"pattern": NAME_PATTERN})
        ]
    ],
    Query(
        max_length=20,
        description="What is closed besides, as a CURIE or a name; repeatable: a second target "
        "that is decided on, or what the first one acts on too.",
    ),
]
Way = Annotated[
    AskedChange | None,
    Query(
        description="What is done to the target: lowered (negative) or raised (positive); by "
        "default what has the effect."
    ),
]
Routes = Annotated[int, Query(ge=1, le=100, description="How many routes at most.")]


@router.get(
    "/interventions/{curie:path}/bypass",
    operation_id="find_bypass",
    summary="Which routes does an intervention leave open, and what closes them?",
    response_model=Bypass,
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def find_bypass(
    request: Request,
    parts: Parts,
    curie: CuriePath,
    wanted: Asked,
    direction: Way = None,
    avoid: Avoid = [],
    limit: Routes = 25,
) -> Response:
    """Return the strongest paths into the outcome off the target and its kin, and second targets.

    A second target is told with how many of the routes shown it closes, and in which share of
    their summed belief. With `simulate=true` the first 20 are also tried together with the target
    in an ensemble of networks, which is a model and no finding.
    """
    asked = answers.asked(parts, request, wanted.as_of, None)

    def compute() -> Bypass:
        with parts.store.view(asked.revision.number) as view:
            question = wanted.question(view)
            target = questions.resolved(view, curie)
            closed = [questions.resolved(view, name) for name in avoid]
        found = bypass(
            parts.store,
            parts.reasoner,
            question.model_copy(update={"as_of": str(asked.revision.number)}),
            target,
            direction=None if direction is None else direction.sign,
            closed=closed,
            limit=limit,
        )
        query = found.query.model_copy(update={"as_of": wanted.as_of})
        return found.model_copy(update={"query": query})

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/matrix",
    operation_id="get_matrix",
    summary="What was tried with a target and an outcome, and what was not?",
    response_model=Matrix,
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def get_matrix(
    request: Request,
    parts: Parts,
    target: TargetName,
    outcome: OutcomeName,
    include_candidates: Candidates = False,
    as_of: AsOf = None,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
) -> Response:
    """Side, aspect and context: positive, null, conflicting or untested, each with its claims.

    `deciding` names the experiments that would resolve a conflict, or turn a hop of which only the
    opposite change was tried into a matched one. A page has `limit` contexts.
    """
    asked = answers.asked(parts, request, as_of, cursor)

    def compute() -> Matrix:
        with parts.store.view(asked.revision.number) as view:
            question = MatrixQuestion(
                target=questions.resolved(view, target),
                outcome=questions.resolved(view, outcome),
                include_candidates=include_candidates,
                as_of=str(asked.revision.number),
            )
        offset = int(asked.after or 0)
        found = matrix(parts.store, parts.reasoner, question, limit=limit, offset=offset)
        path = answers.next_rows(parts, request, asked, len(found.contexts), found.total)
        query = found.query.model_copy(update={"as_of": as_of})
        return found.model_copy(update={"query": query, "next": path})

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/contrast",
    operation_id="get_contrast",
    summary="What has an effect here, and not there?",
    response_model=Contrast,
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def get_contrast(
    request: Request,
    parts: Parts,
    outcome: OutcomeName,
    effect: EffectAsked,
    context: ContextTexts = [],
    versus: Versus = [],
    versus_outcome: OtherOutcome = None,
    versus_effect: OtherEffect = None,
    include_candidates: Candidates = False,
    as_of: AsOf = None,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
) -> Response:
    """Interventions that were shown to have the effect here, with what was found of each there.

    Here is `outcome` in `context`; there is the same in `versus`, or another outcome. What nobody
    tried there is *untested*, which says nothing of its effect.
    """
    asked = answers.asked(parts, request, as_of, cursor)

    def compute() -> Contrast:
        with parts.store.view(asked.revision.number) as view:
            question = questions.contrast(
                view,
                outcome,
                effect,
                context=context,
                versus=versus,
                versus_outcome=versus_outcome,
                versus_effect=versus_effect,
                include_candidates=include_candidates,
                as_of=str(asked.revision.number),
            )
        offset = int(asked.after or 0)
        found = contrast(parts.store, parts.reasoner, question, limit=limit, offset=offset)
        path = answers.next_rows(parts, request, asked, len(found.rows), found.total)
        query = found.query.model_copy(update={"as_of": as_of})
        return found.model_copy(update={"query": query, "next": path})

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/requirements",
    operation_id="get_requirements",
    summary="What does a cause need for its effect on an outcome?",
    response_model=Requirements,
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def get_requirements(
    request: Request,
    parts: Parts,
    cause: CauseName,
    outcome: OutcomeName,
    include_candidates: Candidates = False,
    as_of: AsOf = None,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
) -> Response:
    """List what was shown to be needed, what the cause does without, and what nobody took away.

    Needs that claims state of the outcome alone stand in `of_outcome`.
    """
    asked = answers.asked(parts, request, as_of, cursor)

    def compute() -> Requirements:
        with parts.store.view(asked.revision.number) as view:
            question = RequirementQuestion(
                cause=questions.resolved(view, cause),
                outcome=questions.resolved(view, outcome),
                include_candidates=include_candidates,
                as_of=str(asked.revision.number),
            )
        offset = int(asked.after or 0)
        found = requirements(parts.store, parts.reasoner, question, limit=limit, offset=offset)
        path = answers.next_rows(parts, request, asked, len(found.requirements), found.total)
        query = found.query.model_copy(update={"as_of": as_of})
        return found.model_copy(update={"query": query, "next": path})

    return answers.answer(parts, request, asked.snapshot, compute)
