"""A question in words."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from app.api import answers, paging
from app.api.answers import AsOf, CursorText, Limit
from app.api.auth import Parts
from app.api.openapi import problems
from app.api.routes import reasoning
from app.api.searches import SEARCHING
from app.api.wire.questions import AskAnswer
from app.model.answer import InterventionQuestion
from app.model.errors import BadInput, FieldError
from app.services import ask, questions

router = APIRouter(prefix="/api/v1", tags=["reasoning"])


@router.get(
    "/ask",
    operation_id="ask",
    summary="Ask in words",
    response_model=AskAnswer,
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def ask_in_words(
    request: Request,
    parts: Parts,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=ask.MAX_QUESTION,
            description="The question.",
            examples=["which interventions reverse EMT"],
        ),
    ],
    as_of: AsOf = None,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
) -> Response:
    """Answer the structured query that the question was read as, and show it.

    What can't be read gives 422 with what can be asked.
    """
    read = ask.read(q)
    if as_of is not None and read.as_of is not None:
        raise BadInput(
            "The question and the parameter as_of both name a time; give one of them.",
            [FieldError("/query/as_of", "also stands in the question")],
        )
    asked = answers.asked(parts, request, as_of or read.as_of, cursor)

    def compute() -> AskAnswer:
        with parts.store.view(asked.revision.number) as view:
            question = questions.from_words(view, read)
        if as_of is not None:
            question = question.model_copy(update={"as_of": as_of})
        answer = reasoning.page_of_interventions(parts, request, question, asked, limit)
        return AskAnswer(
            question=q, query=answer.query, path=_path_of(question), next=answer.next, answer=answer
        )

    return answers.answer(parts, request, asked.snapshot, compute)


def _path_of(question: InterventionQuestion) -> str:
    pairs: list[tuple[str, str]] = [
        ("outcome", question.outcome.id),
        ("effect", question.effect),
        *(("context", f"{one.type}:{one.id}") for one in question.context),
        ("max_hops", str(question.max_hops)),
    ]
    pairs += [
        (name, "true")
        for name in ("include_candidates", "include_background", "matched_only")
        if getattr(question, name)
    ]
    if question.as_of is not None:
        pairs.append(("as_of", question.as_of))
    return f"{reasoning.BASE}/interventions?{urlencode(pairs)}"
