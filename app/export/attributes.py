"""The attributes that nodes and edges have in formats with room for any: GraphML and CX2."""

from collections.abc import Sequence
from typing import Final

from app.export.arrows import Arrow
from app.export.record import ClaimRecord, top, words
from app.model.entity import Entity
from app.model.history import Snapshot

Value = str | bool | int | float | Sequence[str] | None
"""Of an attribute; None and the empty are left out."""

NODE_TYPES: Final = {
    "name": "string",
    "represents": "string",
    "category": "string",
    "abbreviation": "string",
    "synonyms": "list",
    "xrefs": "list",
    "description": "string",
    "taxon": "string",
    "imported_categories": "list",
    "source": "string",
}
EDGE_TYPES: Final = {
    "interaction": "string",
    "sign": "integer",
    "side": "string",
    "aspect": "string",
    "condition": "list",
    "rule": "string",
    "claim": "string",
    "status": "string",
    "epistemic": "string",
    "negated": "boolean",
    "perturbation": "string",
    "perturbation_direction": "string",
    "means": "string",
    "predicate": "string",
    "outcome_direction": "string",
    "agent_measure": "string",
    "outcome_measure": "string",
    "agent_text": "string",
    "outcome_text": "string",
    "strength": "string",
    "timing": "string",
    "context": "list",
    "evidence": "string",
    "eco": "list",
    "supports": "string",
    "confidence": "double",
    "publications": "list",
    "retracted": "boolean",
    "quotes": "list",
    "unverified_quotes": "list",
    "links": "list",
    "source": "string",
    "source_edge": "string",
}
GRAPH_TYPES: Final = {
    "name": "string",
    "description": "string",
    "snapshot": "string",
    "revision": "integer",
    "created_at": "string",
    "version": "string",
}


def of_graph(snapshot: Snapshot) -> dict[str, Value]:
    """Return the attributes of the whole."""
    return {
        "name": f"EviPath, revision {snapshot.revision}",
        "description": "Signed edges, each with the claim and the words that carry it. "
        "'denied' is no edge: the claim says that there is no such effect.",
        "snapshot": snapshot.id,
        "revision": snapshot.revision,
        "created_at": snapshot.created_at.isoformat().replace("+00:00", "Z"),
        "version": snapshot.version,
    }


def of_node(entity: Entity) -> dict[str, Value]:
    """Return the attributes of an entity."""
    return {
        "name": entity.name,
        "represents": entity.id,
        "category": entity.category.value,
        "abbreviation": entity.abbreviation,
        "synonyms": entity.synonyms,
        "xrefs": entity.xrefs,
        "description": entity.description,
        "taxon": entity.taxon,
        "imported_categories": entity.imported_categories,
        "source": entity.source,
    }


def of_claim(claim: ClaimRecord) -> dict[str, Value]:
    """Return the attributes that all edges of a claim share."""
    said = claim.said
    agent, outcome, made = said["agent"], said["outcome"], said.get("perturbation", {})
    evidence, source = said["evidence"], said.get("source", {})
    means = made.get("means")
    found = top(means) if means else None
    return {
        "claim": claim.id,
        "status": claim.status,
        "epistemic": said["epistemic"],
        "negated": bool(said.get("negated")),
        "perturbation": made.get("type", "none"),
        "perturbation_direction": made.get("direction", "0"),
        "means": found["id"] if found else words(means) if means else None,
        "predicate": said["predicate"]["type"],
        "outcome_direction": outcome["direction"],
        "agent_measure": agent.get("measure"),
        "outcome_measure": outcome.get("measure"),
        "agent_text": words(agent),
        "outcome_text": words(outcome),
        "strength": said.get("strength"),
        "timing": said.get("timing"),
        "context": claim.context,
        "evidence": evidence["type"],
        "eco": evidence.get("eco", ()),
        "supports": evidence.get("supports", "none"),
        "confidence": claim.confidence,
        "publications": claim.publications,
        "retracted": claim.retracted,
        "quotes": [quote["text"] for quote in claim.quotes],
        "unverified_quotes": [
            quote["text"] for quote in claim.quotes if quote.get("verified") is not True
        ],
        "links": [f"{link.type} {link.claim}" for link in claim.links],
        "source": source.get("resource"),
        "source_edge": source.get("edge"),
    }


def of_arrow(arrow: Arrow, claim: ClaimRecord) -> dict[str, Value]:
    """Return the attributes of one edge that are its own."""
    edge = arrow.edge
    return {
        "interaction": arrow.relation,
        "sign": arrow.sign,
        "side": edge.side if edge else None,
        "aspect": edge.aspect if edge else claim.said["outcome"].get("aspect"),
        "condition": arrow.condition,
        "rule": edge.rule if edge else None,
    }
