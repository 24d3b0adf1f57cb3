"""KGX: entities as nodes, claims as qualified Biolink edges, in tab-separated tables.

A claim becomes an edge when its agent and its outcome are each grounded to a known entity; any
other is told with the reason why not. What Biolink has no slot for stands in columns that begin
with ``evipath_``.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from app.model.claim import ClaimView
from app.model.entity import Entity
from app.model.vocabulary import (
    ContextType,
    Epistemic,
    Measure,
    OutcomeDirection,
    PredicateType,
    Sign,
    Status,
)

SOURCE = "infores:evipath"

NODE_COLUMNS = (
    "id", "category", "name", "synonym", "xref", "description", "evipath_taxon", "provided_by",
)  # fmt: skip
EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "category", "qualified_predicate",
    "subject_aspect_qualifier", "subject_direction_qualifier",
    "object_aspect_qualifier", "object_direction_qualifier", "species_context_qualifier",
    "negated", "primary_knowledge_source", "knowledge_level", "agent_type", "publications",
    "has_evidence", "supporting_text", "evipath_predicate", "evipath_perturbation",
    "evipath_outcome_aspect", "evipath_epistemic", "evipath_evidence", "evipath_status",
    "evipath_statement",
)  # fmt: skip
OMITTED_COLUMNS = ("id", "reason")

_ASPECT: dict[Measure, str] = {
    Measure.LOCALISATION: "localization",
    Measure.BINDING: "molecular_interaction",
}
"""The measures whose name in Biolink's aspects is another; all others are the same."""

_OBJECT_DIRECTION = {
    OutcomeDirection.UP: "increased",
    OutcomeDirection.DOWN: "decreased",
    OutcomeDirection.NONE: "",
}
_SUBJECT_DIRECTION = {Sign.POSITIVE: "increased", Sign.NEGATIVE: "decreased", Sign.UNSIGNED: ""}
_UNSIGNED = frozenset({PredicateType.ASSOCIATED_WITH, PredicateType.ACTIVE_IN})

_LEVEL = {Epistemic.HYPOTHESIS: "prediction", Epistemic.UNSTATED: "not_provided"}


@dataclass(frozen=True, slots=True)
class Omitted:
    """A claim that is no KGX edge, and why."""

    id: str
    reason: str


def table(columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """Write a table line by line, the header first; a missing cell is empty."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(row.get(column, "") for column in columns) + "\n"


def node(entity: Entity) -> dict[str, str]:
    """Return the node of an entity."""
    categories = (entity.category.value, *entity.imported_categories)
    return {
        "id": entity.id,
        "category": _many(
            name if name.startswith("biolink:") else f"biolink:{name}" for name in categories
        ),
        "name": _one(entity.name),
        "synonym": _many(entity.synonyms),
        "xref": _many(entity.xrefs),
        "description": _one(entity.description or ""),
        "evipath_taxon": entity.taxon or "",
        "provided_by": _infores(entity.source),
    }


def edge(claim: ClaimView, known: Container[str]) -> dict[str, str] | Omitted:
    """Return the edge of a claim, or why it is none; ``known`` are the ids of the nodes."""
    subject, target = claim.agent.top, claim.outcome.top
    if claim.outcome.relation is not None:
        return Omitted(claim.id, "the outcome is a relation, not an entity")
    if subject is None or target is None:
        return Omitted(claim.id, "agent or outcome is grounded to no entity")
    for end in (subject.id, target.id):
        if end not in known:
            return Omitted(claim.id, f"{end} is no entity of the graph")
    signed = claim.predicate.type not in _UNSIGNED
    return {
        "id": claim.id,
        "subject": subject.id,
        "predicate": "biolink:affects" if signed else "biolink:associated_with",
        "object": target.id,
        "category": "biolink:Association",
        "qualified_predicate": "biolink:causes" if signed else "",
        "subject_aspect_qualifier": aspect(claim.agent.measure),
        "subject_direction_qualifier": _SUBJECT_DIRECTION[claim.perturbation.direction],
        "object_aspect_qualifier": aspect(claim.outcome.measure),
        "object_direction_qualifier": _OBJECT_DIRECTION[claim.outcome.direction],
        "species_context_qualifier": _species(claim),
        "negated": "true" if _denied(claim) else "false",
        "primary_knowledge_source": SOURCE,
        "knowledge_level": _LEVEL.get(claim.epistemic, "knowledge_assertion"),
        "agent_type": _agent_type(claim),
        "publications": _many(claim.publications),
        "has_evidence": _many(claim.evidence.eco),
        "supporting_text": _many(quote.text for quote in claim.quotes),
        "evipath_predicate": claim.predicate.type,
        "evipath_perturbation": claim.perturbation.type,
        "evipath_outcome_aspect": claim.outcome.aspect or "",
        "evipath_epistemic": claim.epistemic,
        "evipath_evidence": claim.evidence.type,
        "evipath_status": claim.status,
        "evipath_statement": _one(claim.statement),
    }


def _denied(claim: ClaimView) -> bool:
    return claim.negated or claim.predicate.type is PredicateType.NO_EFFECT


def _agent_type(claim: ClaimView) -> str:
    if claim.status is not Status.CANDIDATE:
        return "manual_agent"
    return "text_mining_agent" if claim.extractions else "not_provided"


def aspect(measure: Measure | None) -> str:
    """Return a measure as Biolink names the aspect; empty for none."""
    return "" if measure is None else _ASPECT.get(measure, measure.value)


def _species(claim: ClaimView) -> str:
    for item in claim.context:
        if item.type is ContextType.ORGANISM and item.groundings:
            return item.groundings[0].id
    return ""


def _infores(source: str | None) -> str:
    return source if source is not None and source.startswith("infores:") else SOURCE


def _one(text: str) -> str:
    """Make a text one cell: a tab or a line end in it would begin another."""
    return " ".join(text.split())


def _many(values: Iterable[str]) -> str:
    """Join a list as KGX does; a bar within a value would part it."""
    return "|".join(_one(value).replace("|", "/") for value in values)
