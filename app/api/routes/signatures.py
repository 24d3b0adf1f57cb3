"""Interventions that explain or reverse a signature."""

from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictBool, StrictInt

from app.api import answers
from app.api.auth import Parts, Reader
from app.api.openapi import problems
from app.api.searches import SEARCHING
from app.api.wire.questions import AsOfText, Name, Strict
from app.model.limits import MOST_SIGNATURE
from app.model.signature import SignatureAnswer, SignatureGoal, SignatureQuestion
from app.services import revisions
from app.services.signatures import match_signature, weights_of

router = APIRouter(prefix="/api/v1/reasoning", tags=["reasoning"])


class SignatureRequest(Strict):
    """A signature: what is up and what is down, or weights; CURIEs of any prefix, or names."""

    up: tuple[Name, ...] = Field(default=(), max_length=MOST_SIGNATURE, description="weight 1")
    down: tuple[Name, ...] = Field(default=(), max_length=MOST_SIGNATURE, description="weight -1")
    weights: dict[Name, float] = Field(
        default={},
        max_length=MOST_SIGNATURE,
        description="by name: above 0 is up, below 0 down, 0 measured and unchanged",
    )
    goal: SignatureGoal = Field(
        default=SignatureGoal.REVERSE, description="oppose the signature, or explain it"
    )
    max_hops: StrictInt = Field(default=4, ge=1, le=6)
    background: StrictInt = Field(
        default=200,
        ge=0,
        le=2000,
        description="further entities of the graph that count as measured and unchanged",
    )
    permutations: StrictInt = Field(default=1000, ge=100, le=10_000)
    seed: StrictInt = Field(default=1, ge=0, le=2**32 - 1)
    include_candidates: StrictBool = False
    include_background: StrictBool = False
    limit: StrictInt = Field(default=10, ge=1, le=100)
    as_of: AsOfText | None = None


@router.post(
    "/signature",
    operation_id="match_signature",
    summary="Which interventions reverse or explain a signature?",
    response_model=SignatureAnswer,
    responses=problems(404, 413, 415),
    dependencies=[SEARCHING],
)
def find_matches(
    request: Request,
    parts: Parts,
    body: SignatureRequest,
    user: Reader,
) -> Response:
    """Rank interventions by how well their predicted consequences fit many measured changes.

    Each has a permutation p value, corrected for all interventions that were tested, and paths with
    quotes to the changes that count most. `unused` names what could not be used, and why.
    """
    del user
    revision = revisions.resolve(parts.store, body.as_of)

    def compute() -> SignatureAnswer:
        question = SignatureQuestion(
            weights=weights_of(body.up, body.down, body.weights),
            goal=body.goal,
            max_hops=body.max_hops,
            background=body.background,
            permutations=body.permutations,
            seed=body.seed,
            include_candidates=body.include_candidates,
            include_background=body.include_background,
            as_of=str(revision.number),
        )
        found = match_signature(parts.store, parts.reasoner, question, limit=body.limit)
        query = found.query.model_copy(update={"as_of": body.as_of})
        return found.model_copy(update={"query": query})

    snapshot = revisions.snapshot_of(revision)
    return answers.answer(parts, request, snapshot, compute, body=body.model_dump_json())
