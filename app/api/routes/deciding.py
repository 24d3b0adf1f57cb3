"""What was tried, and what to try next."""

from fastapi import APIRouter, Request, Response

from app.api import answers, paging
from app.api.answers import AsOf, CursorText, Limit
from app.api.auth import Parts
from app.api.openapi import problems
from app.api.routes.asking import Candidates, OutcomeName, TargetName
from app.api.searches import SEARCHING
from app.model.matrix import Matrix, MatrixQuestion
from app.services import questions
from app.services.matrix import matrix

router = APIRouter(prefix="/api/v1/reasoning", tags=["reasoning"])


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
        shown = offset + len(found.contexts)
        after = str(shown) if shown < found.total else None
        return found.model_copy(
            update={
                "query": found.query.model_copy(update={"as_of": as_of}),
                "next": answers.next_path(parts, request, asked.revision, after),
            }
        )

    return answers.answer(parts, request, asked.snapshot, compute)
