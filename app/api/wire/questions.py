"""Questions as REST takes them, and what wraps their answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from app.api.problems import Problem
from app.model.answer import (
    MAX_HOPS_LIMIT,
    AnswerOrder,
    InterventionAnswer,
    InterventionQuestion,
)
from app.model.limits import MOST_NETWORKS, MOST_NODES, MOST_TARGETS
from app.model.vocabulary import Category
from app.services.questions import AskedEffect

NAME_PATTERN = r"\S"
CONTEXT_PATTERN = (
    r"^((organism|cell|disease|co_stimulus|co_perturbation|document_model):\s*\S.*"
    r"|setting:(in_vitro|in_vivo|both))$"
)
EXCLUDING_PATTERN = (
    r"\S.*:(prevents|reverses|lowers|induces|promotes|maintains|worsens|attenuates|abrogates)$"
)
MOST_EXCLUDED = 5
"""How many side effects a question may exclude."""

_MONTH_DAY = (
    r"((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)"
    r"|02-(0[1-9]|1\d|2[0-8]))"
)
AS_OF_PATTERN = (
    rf"^(\d{{1,9}}|[1-9]\d{{3}}-{_MONTH_DAY}"
    r"(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?)$"
)

Name = Annotated[
    str,
    Field(min_length=1, max_length=300, json_schema_extra={"pattern": NAME_PATTERN}),
]
"""A CURIE or a name."""

ContextText = Annotated[str, Field(max_length=300, json_schema_extra={"pattern": CONTEXT_PATTERN})]
"""``type:id`` or ``type:name``."""

AsOfText = Annotated[str, Field(max_length=64, json_schema_extra={"pattern": AS_OF_PATTERN})]
"""A revision, an RFC 3339 time, or a day."""


Direction = Literal["+", "-"]


class Strict(BaseModel):
    """A body that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class HeldRequest(Strict):
    """An entity that is held up or down throughout."""

    entity: Name
    direction: Direction


class SimulationRequest(Strict):
    """What to simulate; entities are CURIEs or names."""

    outcome: Name
    effect: AskedEffect
    targets: tuple[Name, ...] = Field(
        default=(), max_length=MOST_TARGETS, description="none: every entity near the outcome"
    )
    pairs: StrictBool = Field(default=False, description="also try the strongest two by two")
    hold: tuple[HeldRequest, ...] = Field(default=(), max_length=MOST_TARGETS)
    inducer: tuple[Name, ...] = Field(
        default=(), max_length=MOST_TARGETS, description="what brings the phenotype, for prevents"
    )
    networks: StrictInt = Field(default=200, ge=10, le=MOST_NETWORKS)
    nodes: StrictInt = Field(default=100, ge=2, le=MOST_NODES)
    seed: StrictInt = Field(default=1, ge=0, le=2**32 - 1)
    include_candidates: StrictBool = False
    include_background: StrictBool = False
    as_of: AsOfText | None = None


class InterventionRequest(Strict):
    """One question of a batch; a name or context that can't be read is a problem of it alone."""

    outcome: str = Field(min_length=1, max_length=300, description="CURIE or name")
    effect: AskedEffect
    context: tuple[str, ...] = Field(
        default=(), max_length=20, description="as in the parameter context"
    )
    max_hops: StrictInt = Field(default=3, ge=1, le=MAX_HOPS_LIMIT)
    include_candidates: StrictBool = False
    include_background: StrictBool = False
    matched_only: StrictBool = False
    order: AnswerOrder = AnswerOrder.STANDING
    excluding: tuple[str, ...] = Field(
        default=(), max_length=MOST_EXCLUDED, description="as in the parameter excluding"
    )
    limit: StrictInt = Field(default=25, ge=1, le=500)


class BatchRequest(Strict):
    """Many questions, all answered from one snapshot."""

    questions: tuple[InterventionRequest, ...] = Field(min_length=1, max_length=100)
    as_of: AsOfText | None = None


class BatchResult(BaseModel):
    """The answer to one question of a batch, or why there is none."""

    answer: InterventionAnswer | None = None
    problem: Problem | None = None


class BatchAnswer(BaseModel):
    """A result for each question, in the order of the questions."""

    results: list[BatchResult]


class PathRequest(Strict):
    """Signed paths between sets of entities, each given as a CURIE or a name."""

    sources: tuple[Name, ...] = Field(min_length=1, max_length=100)
    targets: tuple[Name, ...] = Field(min_length=1, max_length=100)
    direction: Direction = Field(default="-", description="the change made at the source")
    sign: Direction | None = Field(default=None, description="product of signs; null for both")
    max_hops: StrictInt = Field(default=3, ge=1, le=MAX_HOPS_LIMIT)
    k: StrictInt = Field(default=25, ge=1, le=1000)
    via: tuple[Name, ...] = Field(default=(), max_length=100)
    avoid: tuple[Name, ...] = Field(default=(), max_length=100)
    categories: tuple[Category, ...] = ()
    context: tuple[ContextText, ...] = Field(default=(), max_length=20)
    min_belief: float = Field(default=0.0, ge=0.0, le=1.0, strict=True)
    matched_only: StrictBool = False
    include_candidates: StrictBool = False
    include_background: StrictBool = False
    as_of: AsOfText | None = None


class AskAnswer(BaseModel):
    """A question in words: what it was read as, the call that asks the same, and its answer."""

    question: str
    query: InterventionQuestion
    path: str = Field(description="the call of /reasoning/interventions that asks the same")
    next: str | None = Field(default=None, description="the next page of the answer")
    answer: InterventionAnswer
