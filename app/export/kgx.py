"""KGX: entities as nodes, claims as qualified Biolink edges, in tables or JSON Lines.

A claim becomes an edge when its agent and its outcome are each grounded to a known entity; any
other is told with the reason why not. What Biolink has no slot for stands in columns that begin
with ``evipath_``.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

import orjson

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
    "evipath_statement", "evipath_retracted",
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

    @property
    def kind(self) -> str:
        """The reason without the entity that it names."""
        return self.reason if ":" not in self.reason else "an end is no entity of the graph"


Cells = Mapping[str, str | Sequence[str]]
"""A row by columns: plain texts, and lists where KGX has many values."""


@dataclass(frozen=True, slots=True)
class Form:
    """How rows are written: what comes first, and a row."""

    head: Callable[[tuple[str, ...]], bytes]
    row: Callable[[tuple[str, ...], Cells], bytes]


def tsv_head(columns: tuple[str, ...]) -> bytes:
    """Return the first line of a table."""
    return ("\t".join(columns) + "\n").encode()


def tsv_row(columns: tuple[str, ...], row: Cells) -> bytes:
    """Return a line of a table; a missing cell is empty, a list has bars between its values.

    A tab or a line end would begin another cell and a bar another value: the first become a
    space, a bar within a list's value a slash.
    """
    return ("\t".join(_cell(row.get(column, "")) for column in columns) + "\n").encode()


def json_row(columns: tuple[str, ...], row: Cells) -> bytes:
    """Return a line of JSON with what a row holds, every text as it is."""
    held: dict[str, object] = {name: row[name] for name in columns if row.get(name)}
    if "negated" in held:
        held["negated"] = held["negated"] == "true"
    return orjson.dumps(held, option=orjson.OPT_APPEND_NEWLINE)


FORMS = {
    "tsv": Form(tsv_head, tsv_row),
    "jsonl": Form(lambda _: b"", json_row),
}
"""The forms of KGX, by the endings of their files."""


def node(entity: Entity) -> Cells:
    """Return the node of an entity."""
    categories = (entity.category.value, *entity.imported_categories)
    return {
        "id": entity.id,
        "category": [
            name if name.startswith("biolink:") else f"biolink:{name}" for name in categories
        ],
        "name": entity.name,
        "synonym": list(entity.synonyms),
        "xref": list(entity.xrefs),
        "description": entity.description or "",
        "evipath_taxon": entity.taxon or "",
        "provided_by": _infores(entity.source),
    }


def edge(claim: ClaimView, known: Container[str]) -> Cells | Omitted:
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
        "category": ["biolink:Association"],
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
        "publications": list(claim.publications),
        "has_evidence": list(claim.evidence.eco),
        "supporting_text": [quote.text for quote in claim.quotes],
        "evipath_predicate": claim.predicate.type,
        "evipath_perturbation": claim.perturbation.type,
        "evipath_outcome_aspect": claim.outcome.aspect or "",
        "evipath_epistemic": claim.epistemic,
        "evipath_evidence": claim.evidence.type,
        "evipath_status": claim.status,
        "evipath_statement": claim.statement,
        "evipath_retracted": "true" if claim.retracted else "",
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


def _cell(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    return "|".join(" ".join(each.split()).replace("|", "/") for each in value)
