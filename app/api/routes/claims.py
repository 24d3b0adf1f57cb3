"""Claims: list, add, one, its history, decisions on it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from pydantic import BaseModel

from app.api import answers, etags, idempotency, paging
from app.api.answers import AsOf, CursorText, Limit, Listing
from app.api.auth import Curator, Parts, reader
from app.api.openapi import problems
from app.api.problems import of_error
from app.api.searches import SEARCHING
from app.api.wire.questions import NAME_PATTERN
from app.graph.port import ClaimOrder
from app.model.claim import Claim, ClaimView
from app.model.conflict import Conflict
from app.model.conflict_kind import ConflictKind
from app.model.decision import Decision, DecisionRequest
from app.model.errors import PreconditionFailed
from app.model.vocabulary import Epistemic, EvidenceType, PredicateType, Status
from app.services import claims, curated, curation
from app.services.claims import ClaimQuery
from app.services.conflicts import ConflictQuery

BASE = "/api/v1/claims"

router = APIRouter(prefix=BASE, tags=["claims"])

ClaimPath = Annotated[str, Path(max_length=100, description="The claim's id: 64 hex digits.")]
Names = Annotated[
    list[
        Annotated[
            str,
            Query(max_length=300, min_length=1, json_schema_extra={"pattern": NAME_PATTERN}),
        ]
    ],
    Query(max_length=20, description="CURIE or name; repeatable: any of these."),
]
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=2048, description="The ETag of the claim as you saw it."),
]


class DecisionList(BaseModel):
    """All decisions on a claim, oldest first."""

    items: list[Decision]
    total: int


def claim_query(
    agent: Names = [],
    outcome: Names = [],
    context: Names = [],
    entity: Names = [],
    predicate: Annotated[list[PredicateType], Query(description="Any of these verbs.")] = [],
    status: Annotated[list[Status], Query(description="Any of these states.")] = [],
    epistemic: Annotated[list[Epistemic], Query(description="Any of these.")] = [],
    evidence: Annotated[list[EvidenceType], Query(description="Any of these.")] = [],
    pmid: Annotated[
        list[Annotated[str, Query(max_length=300, json_schema_extra={"pattern": NAME_PATTERN})]],
        Query(max_length=100, description="Articles, by any identifier; repeatable."),
    ] = [],
) -> ClaimQuery:
    """Gather the filters of a list of claims."""
    return ClaimQuery(
        agent=tuple(agent),
        outcome=tuple(outcome),
        context=tuple(context),
        entity=tuple(entity),
        predicate=tuple(predicate),
        status=tuple(status),
        epistemic=tuple(epistemic),
        evidence=tuple(evidence),
        article=tuple(pmid),
    )


@router.get(
    "",
    operation_id="list_claims",
    summary="Claims with their quotes",
    response_model=Listing[ClaimView],
    responses=problems(404, 409, 410),
    dependencies=[Depends(reader)],
)
def list_claims(
    request: Request,
    parts: Parts,
    which: Annotated[ClaimQuery, Depends(claim_query)],
    order: Annotated[
        ClaimOrder,
        Query(
            description="By id; by article and place in its text; by confidence, surest first, or "
            "least sure first."
        ),
    ] = ClaimOrder.ID,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
    as_of: AsOf = None,
) -> Response:
    """List claims; an entity is found under any of its equivalents.

    A curator's queue is `status=candidate&status=disputed` in one of the orders.
    """
    asked = answers.asked(parts, request, as_of, cursor)

    def compute() -> Listing[ClaimView]:
        with parts.store.view(asked.revision.number) as view:
            page = claims.claim_list(view, which, asked.after, limit, order)
        return answers.listing(parts, request, asked, page)

    return answers.answer(parts, request, asked.snapshot, compute)


@router.post(
    "",
    operation_id="add_claim",
    summary="Add a claim that a reader missed",
    status_code=201,
    response_model=ClaimView,
    responses=problems(401, 403, 404, 409, 413, 415),
)
def add_claim(
    request: Request,
    parts: Parts,
    user: Curator,
    body: Claim,
    key: idempotency.Key = None,
    article: Annotated[
        str | None,
        Query(max_length=300, description="Its article, where several have the same text."),
    ] = None,
) -> Response:
    """Add a claim whose spans and quotes stand verbatim in the text that it names by its hash."""

    def act() -> Response:
        made = curated.add_claim(
            parts.store, body, actor=user.name, article=article, quorum=parts.config.quorum
        )
        response = _sent(request, parts, made, status=201)
        response.headers["Location"] = f"{BASE}/{made.id}"
        return response

    return idempotency.once(parts, request, user, key, body.model_dump_json().encode(), act)


@router.get(
    "/conflicts",
    operation_id="list_conflicts",
    summary="Contradictions and differences of scope",
    response_model=Listing[Conflict],
    responses=problems(404, 409, 410),
    dependencies=[SEARCHING],
)
def list_conflicts(
    request: Request,
    parts: Parts,
    entity: Names = [],
    kind: Annotated[
        ConflictKind | None,
        Query(description="Only what contradicts, or only what differs in scope."),
    ] = None,
    include_candidates: Annotated[bool, Query(description="Also unjudged claims.")] = False,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
    as_of: AsOf = None,
) -> Response:
    """Pairs of entities of which claims say opposite things, or one thing and a null result.

    Those on which most answers hang come first. Each claim is set against the one that it comes
    nearest to: they contradict each other unless something that both state separates them.
    """
    asked = answers.asked(parts, request, as_of, cursor)
    which = ConflictQuery(entity=tuple(entity), kind=kind, candidates=include_candidates)

    def compute() -> Listing[Conflict]:
        with parts.store.view(asked.revision.number) as view:
            page = parts.conflicts.page(view, which, limit=limit, offset=int(asked.after or 0))
        return answers.listing(parts, request, asked, page)

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/{claim_id}",
    operation_id="get_claim",
    summary="One claim",
    response_model=ClaimView,
    responses=problems(404),
    dependencies=[Depends(reader)],
)
def get_claim(request: Request, parts: Parts, claim_id: ClaimPath, as_of: AsOf = None) -> Response:
    """Its `ETag` is what a decision on it needs in `If-Match`."""
    asked = answers.asked(parts, request, as_of, None)
    with parts.store.view(asked.revision.number) as view:
        return _sent(request, parts, claims.claim_view(view, claim_id))


@router.get(
    "/{claim_id}/history",
    operation_id="get_claim_history",
    summary="All decisions on a claim",
    response_model=DecisionList,
    responses=problems(404),
    dependencies=[Depends(reader)],
)
def get_claim_history(
    request: Request, parts: Parts, claim_id: ClaimPath, as_of: AsOf = None
) -> Response:
    """Oldest first; a decision that was undone stays, and the one that undid it names it."""
    asked = answers.asked(parts, request, as_of, None)

    def compute() -> DecisionList:
        with parts.store.view(asked.revision.number) as view:
            found = claims.history(view, claim_id)
        return DecisionList(items=list(found), total=len(found))

    return answers.answer(parts, request, asked.snapshot, compute)


@router.post(
    "/{claim_id}/decisions",
    operation_id="decide_claim",
    summary="Accept, reject, correct, split, merge, link, unlink or undo",
    response_model=ClaimView,
    responses=problems(401, 403, 404, 409, 412, 413, 415, 428),
)
def decide_claim(
    request: Request,
    parts: Parts,
    user: Curator,
    claim_id: ClaimPath,
    body: DecisionRequest,
    if_match: IfMatch = None,
    key: idempotency.Key = None,
) -> Response:
    """Needs `If-Match` with the claim's `ETag`; answers the claim as it stands then."""
    del if_match

    def act() -> Response:
        seen = _seen_revision(request, parts, claim_id)
        made = curation.decide(
            parts.store,
            claim_id,
            body,
            actor=user.name,
            expected_revision=seen,
            quorum=parts.config.quorum,
        )
        return _sent(request, parts, made)

    try:
        return idempotency.once(parts, request, user, key, body.model_dump_json().encode(), act)
    except PreconditionFailed as error:
        return _changed(request, parts, claim_id, error)


def _seen_revision(request: Request, parts: Parts, claim_id: str) -> int | None:
    """Return the revision of the claim that the client saw; None where ``*`` asks for any."""
    tags = etags.required_match(request)
    with parts.store.view() as view:
        present = claims.claim_view(view, claim_id)
    if tags is None:
        return None
    if _tag(parts, present) not in tags:
        raise PreconditionFailed("The claim changed since it was read: GET it and decide again.")
    return present.revision


def _changed(request: Request, parts: Parts, claim_id: str, error: PreconditionFailed) -> Response:
    """Answer 412 with the claim as it stands now and what was decided, so that nothing is lost."""
    with parts.store.view() as view:
        claim = claims.claim_view(view, claim_id)
        decisions = claims.history(view, claim_id)
    members = {"claim": claim, "decisions": decisions}
    response = of_error(request, error, members)
    response.headers["ETag"] = f'"{_tag(parts, claim)}"'
    return response


def _tag(parts: Parts, claim: ClaimView) -> str:
    return etags.tag_of(parts.config.version, claim.model_dump_json())


def _sent(request: Request, parts: Parts, claim: ClaimView, *, status: int = 200) -> Response:
    return answers.resource(request, _tag(parts, claim), claim, status=status)
