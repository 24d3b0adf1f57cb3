"""What a model may answer: the strict schema, and the same as types that its answer is read into.

The schema is the subset that strict structured output takes everywhere: every property required,
no further ones, enumerations closed, ``null`` for what the text does not say.
"""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from app.model.eco import ECO_LABEL
from app.model.vocabulary import (
    Aspect,
    CompositionOp,
    ContextType,
    Epistemic,
    EvidenceType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Presence,
    Setting,
    Sign,
    Strength,
    Supports,
    Timing,
)

MAX_CLAIMS = 60
"""Claims of one abstract that are looked at."""


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Wire):
    """Words copied from the text, and which of their occurrences is meant, from 1."""

    words: Annotated[str, Field(max_length=4000)]
    occurrence: Annotated[int, Field(ge=1, le=10_000)]


class Named(_Wire):
    """An entity as the text names it; mentions are numbers of the document's list."""

    words: Words
    antecedent: Words | None
    mention: int | None
    measure: Measure | None
    op: CompositionOp | None
    members: Annotated[tuple[int, ...], Field(max_length=20)]


class Changed(Named):
    """The outcome: what changed and which way."""

    direction: OutcomeDirection
    aspect: Aspect | None
    aspect_words: Words | None


class Condition(_Wire):
    """One thing that the claim holds under."""

    type: ContextType
    words: Words | None
    mention: int | None
    setting: Setting | None
    state: Presence | None
    direction: Sign | None


def _said(value: Epistemic) -> Epistemic:
    if value is Epistemic.UNSTATED:
        raise ValueError("a text can't leave unstated what it says; imports alone do")
    return value


def _known(code: str) -> str:
    if code not in ECO_LABEL:
        raise ValueError("no evidence code that the graph knows")
    return code


def _one_of(values: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": sorted(values)})


Said = Annotated[Epistemic, AfterValidator(_said), _one_of(set(Epistemic) - {Epistemic.UNSTATED})]
"""How strongly a text can say a thing."""

Eco = Annotated[str, AfterValidator(_known), _one_of(ECO_LABEL)]
"""An evidence code that the graph knows."""


class Proposal(_Wire):
    """One claim as the model proposes it."""

    quote: Words
    agent: Named
    perturbation: PerturbationType
    perturbation_direction: Sign
    perturbation_words: Words | None
    means: int | None
    predicate: PredicateType
    predicate_words: Words | None
    outcome: Changed
    negated: bool
    strength: Strength | None
    timing: Timing | None
    context: Annotated[tuple[Condition, ...], Field(max_length=20)]
    evidence: EvidenceType
    supports: Supports
    evidence_words: Words | None
    eco: Annotated[tuple[Eco, ...], Field(max_length=5)]
    epistemic: Said
    epistemic_words: Words | None


def answer_schema() -> dict[str, Any]:
    """Return the JSON schema of an answer, ``{"claims": […]}``."""
    definitions: dict[str, Any] = {}
    body = Proposal.model_json_schema(ref_template="#/$defs/{model}")
    definitions |= body.pop("$defs")
    definitions["Proposal"] = body
    claims = {"type": "array", "items": {"$ref": "#/$defs/Proposal"}}
    whole = {"type": "object", "properties": {"claims": claims}, "$defs": definitions}
    strict: dict[str, Any] = _strict(whole)
    return strict


_NOT_STRICT = frozenset(
    {"title", "description", "default", "maxLength", "maxItems", "minimum", "maximum", "minLength"}
)
"""Keywords that strict output does not take everywhere; the types hold to them in its place."""


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made: dict[str, Any] = {
        key: {name: _strict(each) for name, each in value.items()}
        if key in ("properties", "$defs")
        else _strict(value)
        for key, value in schema.items()
        if key not in _NOT_STRICT
    }
    if made.get("type") == "object":
        made["required"] = list(made["properties"])
        made["additionalProperties"] = False
    return made
