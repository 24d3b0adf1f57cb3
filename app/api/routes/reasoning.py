"""Questions to the reasoning kernel."""

from fastapi import APIRouter, Request, Response

from app.api import answers, paging
from app.api.answers import CursorText, Limit
from app.api.auth import Parts, Reader
from app.api.container import Container
from app.api.openapi import problems
from app.api.problems import problem_of
from app.api.routes.asking import AnswerAs, Asked, AskedIntervention, AskedSelective
from app.api.routes.entities import CuriePath
from app.api.searches import SEARCHING
from app.api.wire.questions import (
    BatchAnswer,
    BatchRequest,
    BatchResult,
    InterventionRequest,
    PathRequest,
)
from app.graph.port import GraphView
from app.model.answer import (
    InterventionAnswer,
    InterventionQuestion,
    NamedEntity,
    PathAnswer,
    PathQuestion,
)
from app.model.answer_kind import AnswerKind
from app.model.errors import EviPathError, Unavailable
from app.model.history import Revision
from app.model.means import MeansAnswer
from app.model.vocabulary import Sign
from app.model.why import Why
from app.services import questions, revisions
from app.services.excluding import selective
from app.services.means import means
from app.services.why import why

BASE = "/api/v1/reasoning"

router = APIRouter(prefix=BASE, tags=["reasoning"])


@router.get(
    "/interventions",
    operation_id="find_interventions",
    summary="Which interventions have an effect on an outcome?",
    response_model=InterventionAnswer | MeansAnswer,
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def find_interventions(
    request: Request,
    parts: Parts,
    wanted: AskedSelective,
    answer: AnswerAs = AnswerKind.TARGETS,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
) -> Response:
    """Ranked interventions with tier, paths, arithmetic, quotes and counter-evidence.

    With `answer=means` compounds and constructs stand in place of targets (`MeansAnswer`).
    """
    asked = answers.asked(parts, request, wanted.as_of, cursor)

    def compute() -> InterventionAnswer | MeansAnswer:
        with parts.store.view(asked.revision.number) as view:
            question = wanted.question(view)
        if answer is AnswerKind.MEANS:
            return _page_of_means(parts, request, question, asked, limit)
        return page_of_interventions(parts, request, question, asked, limit)

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/interventions/{curie:path}/why",
    operation_id="explain_intervention",
    summary="Why is a target an answer, or why not?",
    response_model=Why,
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def explain_intervention(
    request: Request, parts: Parts, curie: CuriePath, wanted: Asked
) -> Response:
    """From what an answer's figures were computed; of a target that is none, what is missing."""
    asked = answers.asked(parts, request, wanted.as_of, None)

    def compute() -> Why:
        with parts.store.view(asked.revision.number) as view:
            question = wanted.question(view)
            target = questions.resolved(view, curie)
        fixed = question.model_copy(update={"as_of": str(asked.revision.number)})
        found = why(parts.store, parts.reasoner, fixed, target)
        return found.model_copy(update={"query": question})

    return answers.answer(parts, request, asked.snapshot, compute)


def page_of_interventions(
    parts: Container,
    request: Request,
    question: InterventionQuestion,
    asked: answers.Asked,
    limit: int,
) -> InterventionAnswer:
    """Answer one page of a question, from the revision that was asked."""
    offset = int(asked.after or 0)
    answer = pinned(parts, question, asked.revision, limit=limit, offset=offset)
    path = answers.next_rows(parts, request, asked, len(answer.interventions), answer.total)
    return answer.model_copy(update={"next": path})


def _page_of_means(
    parts: Container,
    request: Request,
    question: InterventionQuestion,
    asked: answers.Asked,
    limit: int,
) -> MeansAnswer:
    offset = int(asked.after or 0)
    fixed = question.model_copy(update={"as_of": str(asked.revision.number)})
    found = means(parts.store, parts.reasoner, fixed, limit=limit, offset=offset)
    path = answers.next_rows(parts, request, asked, len(found.means), found.total)
    query = found.query.model_copy(update={"as_of": question.as_of})
    return found.model_copy(update={"query": query, "next": path})


def pinned(
    parts: Container,
    question: InterventionQuestion,
    revision: Revision,
    *,
    limit: int,
    offset: int = 0,
) -> InterventionAnswer:
    """Answer a question from one revision, whatever is written meanwhile."""
    fixed = question.model_copy(update={"as_of": str(revision.number)})
    answer = selective(parts.store, parts.reasoner, fixed, limit=limit, offset=offset)
    query = answer.query.model_copy(update={"as_of": question.as_of})
    return answer.model_copy(update={"query": query})


@router.post(
    "/batch",
    operation_id="find_interventions_batch",
    summary="Ask for the interventions of many questions at once",
    response_model=BatchAnswer,
    responses=problems(404, 409, 413, 415),
    dependencies=[SEARCHING],
)
def find_interventions_batch(
    request: Request, parts: Parts, body: BatchRequest, user: Reader
) -> Response:
    """Answer each question from the same snapshot; one that can't be answered has a problem."""
    del user
    revision = revisions.resolve(parts.store, body.as_of)

    def compute() -> BatchAnswer:
        return BatchAnswer(
            results=[_result(parts, request, one, revision) for one in body.questions]
        )

    snapshot = revisions.snapshot_of(revision)
    return answers.answer(parts, request, snapshot, compute, body=body.model_dump_json())


def _result(
    parts: Container, request: Request, one: InterventionRequest, revision: Revision
) -> BatchResult:
    wanted = AskedIntervention(
        outcome=one.outcome,
        effect=one.effect,
        context=one.context,
        max_hops=one.max_hops,
        include_candidates=one.include_candidates,
        include_background=one.include_background,
        matched_only=one.matched_only,
        order=one.order,
        excluding=one.excluding,
        as_of=None,
    )
    try:
        with parts.store.view(revision.number) as view:
            question = wanted.question(view)
        return BatchResult(answer=pinned(parts, question, revision, limit=one.limit))
    except Unavailable:
        raise
    except EviPathError as error:
        return BatchResult(problem=problem_of(request, error))


@router.post(
    "/paths",
    operation_id="find_paths",
    summary="Signed paths between sets of entities",
    response_model=PathAnswer,
    responses=problems(404, 409, 413, 415),
    dependencies=[SEARCHING],
)
def find_paths(request: Request, parts: Parts, body: PathRequest, user: Reader) -> Response:
    """Find the best paths from any source to any target, each with its sign arithmetic."""
    del user
    revision = revisions.resolve(parts.store, body.as_of)

    def compute() -> PathAnswer:
        with parts.store.view(revision.number) as view:
            question = _path_question(view, body)
        fixed = question.model_copy(update={"as_of": str(revision.number)})
        return parts.reasoner.paths(fixed).model_copy(update={"query": question})

    snapshot = revisions.snapshot_of(revision)
    return answers.answer(parts, request, snapshot, compute, body=body.model_dump_json())


def _path_question(view: GraphView, body: PathRequest) -> PathQuestion:
    def all_resolved(names: tuple[str, ...]) -> tuple[NamedEntity, ...]:
        return tuple(questions.resolved(view, name) for name in names)

    return PathQuestion(
        sources=all_resolved(body.sources),
        targets=all_resolved(body.targets),
        direction=Sign(body.direction),
        sign=None if body.sign is None else Sign(body.sign),
        max_hops=body.max_hops,
        k=body.k,
        via=all_resolved(body.via),
        avoid=all_resolved(body.avoid),
        categories=body.categories,
        context=questions.contexts(view, body.context),
        min_belief=body.min_belief,
        matched_only=body.matched_only,
        include_candidates=body.include_candidates,
        include_background=body.include_background,
        as_of=body.as_of,
    )
