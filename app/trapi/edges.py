"""Claims, steps of paths and entities as nodes and edges of a knowledge graph (TRAPI 2.0).

This is where a claim is called an association.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Final

from app.export import kgx
from app.model.answer import Intervention, InterventionAnswer, Step
from app.model.claim import ClaimView
from app.model.entity import Entity
from app.model.text import Quote
from app.model.vocabulary import PredicateType, Side, Sign, Tier
from app.trapi import biolink
from app.trapi.query import Json

SOURCE: Final = kgx.SOURCE
MOST_CLAIMS: Final = 5
"""Claims whose words an edge of a path shows."""

_QUALIFIERS: Final = (
    "qualified_predicate",
    "subject_aspect_qualifier",
    "subject_direction_qualifier",
    "object_aspect_qualifier",
    "object_direction_qualifier",
    "species_context_qualifier",
)
_DIRECTION: Final = {Sign.POSITIVE: "increased", Sign.NEGATIVE: "decreased"}
_TURNED: Final = {Sign.POSITIVE: Sign.NEGATIVE, Sign.NEGATIVE: Sign.POSITIVE}
_KINSHIP: Final = {
    "member of": "biolink:member_of",
    "family of": "biolink:has_member",
    "narrower": "biolink:subclass_of",
    "obligate subunit of": "biolink:part_of",
}
_LEVEL: Final = {Tier.OBSERVED: "knowledge_assertion", Tier.ENTAILED: "logical_entailment"}


def node(entity: Entity) -> Json:
    """Return an entity as a node, under its most specific categories."""
    made: Json = {"name": entity.name, "categories": categories(entity)}
    attributes = [
        attribute(f"biolink:{name}", list(values))
        for name, values in (("xref", entity.xrefs), ("synonym", entity.synonyms))
        if values
    ]
    if entity.description:
        attributes.append(attribute("biolink:description", entity.description))
    return {**made, "attributes": attributes} if attributes else made


def categories(entity: Entity) -> list[str]:
    """Return the categories of an entity that a node may bear."""
    named = (entity.category.value, *entity.imported_categories)
    curies = [biolink.PREFIX + each.removeprefix(biolink.PREFIX) for each in named]
    return [each for each in dict.fromkeys(curies) if biolink.is_concrete(each)]


def attribute(kind: str, value: object, *inner: Json) -> Json:
    """Return an attribute; ``inner`` are those of the attribute itself."""
    made: Json = {"attribute_type_id": kind, "value": value, "attribute_source": SOURCE}
    return {**made, "attributes": list(inner)} if inner else made


def denied(claim: ClaimView) -> bool:
    """Tell whether a claim says that there is no such effect."""
    return claim.negated or claim.predicate.type is PredicateType.NO_EFFECT


def claim_edge(claim: ClaimView, known: Container[str]) -> Json | None:
    """Return a claim as an edge between the entities that it names; None where it can't be one."""
    row = kgx.edge(claim, known)
    if isinstance(row, kgx.Omitted):
        return None
    qualifiers = [_qualifier(name, str(row[name])) for name in _QUALIFIERS if row[name]]
    if row["qualified_predicate"]:
        qualifiers[0] = _qualifier("qualified_predicate", "biolink:causes")
    made: Json = {
        "subject": row["subject"],
        "predicate": row["predicate"],
        "object": row["object"],
        "sources": _sources(claim),
        "knowledge_level": row["knowledge_level"],
        "agent_type": row["agent_type"],
        "attributes": _attributes([claim]),
    }
    if denied(claim):
        made["attributes"].append(attribute("biolink:negated", True))
    return {**made, "qualifiers": qualifiers} if qualifiers else made


def step_edge(step: Step, claims: Mapping[str, ClaimView]) -> Json:
    """Return one hop of a path as an edge, in the direction of the experiment where one is known.

    "Lowering X lowered Y" keeps both directions; a hop whose experiment is unknown says only
    whether X raises or lowers Y.
    """
    if step.kinship is not None:
        return {
            "subject": step.subject,
            "predicate": _KINSHIP.get(step.kinship, biolink.RELATED_TO),
            "object": step.object,
            "sources": [_primary(SOURCE)],
            "knowledge_level": "knowledge_assertion",
            "agent_type": "manual_agent",
            # A member may act against its whole, which no predicate says.
            "attributes": [attribute("evipath:sign", step.sign)],
        }
    change = (
        {Side.LOSS: Sign.NEGATIVE, Side.GAIN: Sign.POSITIVE}.get(step.side) if step.side else None
    )
    effect = _TURNED[step.sign] if change is Sign.NEGATIVE else step.sign
    held = [claims[each] for each in step.claims[:MOST_CLAIMS] if each in claims]
    judged = len(step.candidates) < len(step.claims)
    return {
        "subject": step.subject,
        "predicate": "biolink:affects",
        "object": step.object,
        "qualifiers": _directions(change, effect),
        "sources": [_primary(SOURCE)],
        "knowledge_level": "knowledge_assertion",
        "agent_type": "manual_agent" if judged else "text_mining_agent",
        "attributes": [
            *_attributes(held),
            attribute("evipath:belief", step.belief),
            attribute("evipath:matched", step.matched),
            attribute("evipath:rule", step.rule),
        ],
    }


def inferred_edge(
    found: Intervention, answer: InterventionAnswer, outcome: str, wished: Sign, graphs: list[str]
) -> Json:
    """Return an answer of the kernel as an edge that its paths support."""
    arithmetic = [each.arithmetic for each in found.paths]
    return {
        "subject": found.target.id,
        "predicate": "biolink:affects",
        "object": outcome,
        "qualifiers": _directions(found.perturbation.direction, wished),
        "sources": [_primary(SOURCE)],
        "knowledge_level": _LEVEL.get(found.tier, "prediction"),
        "agent_type": "automated_agent",
        "attributes": [
            attribute("biolink:support_graphs", graphs),
            attribute("biolink:publications", _papers_of(found)),
            attribute("evipath:tier", found.tier),
            attribute("evipath:perturbation", found.perturbation.type),
            attribute("evipath:arithmetic", arithmetic),
            attribute("evipath:contradicted", found.contradicted),
            attribute("evipath:snapshot", answer.snapshot.id),
        ],
    }


def _directions(change: Sign | None, effect: Sign) -> list[Json]:
    made = [_qualifier("qualified_predicate", "biolink:causes")]
    if change in _DIRECTION:
        made.append(_qualifier("subject_direction_qualifier", _DIRECTION[change]))
    if effect in _DIRECTION:
        made.append(_qualifier("object_direction_qualifier", _DIRECTION[effect]))
    return made


def _qualifier(name: str, value: str) -> Json:
    return {"qualifier_type_id": f"biolink:{name}", "qualifier_value": value}


def _primary(resource: str) -> Json:
    return {"resource_id": resource, "resource_role": "primary_knowledge_source"}


def _sources(claim: ClaimView) -> list[Json]:
    resource = claim.source.resource if claim.source else SOURCE
    if not resource.startswith("infores:") or resource == SOURCE:
        return [_primary(SOURCE)]
    ours = {
        "resource_id": SOURCE,
        "resource_role": "aggregator_knowledge_source",
        "upstream_resource_ids": [resource],
    }
    return [_primary(resource), ours]


def _attributes(claims: Sequence[ClaimView]) -> list[Json]:
    """Return what claims rest on: their papers, their words with their places, and their kind."""
    papers = list(dict.fromkeys(paper for claim in claims for paper in claim.publications))
    codes = list(dict.fromkeys(code for claim in claims for code in claim.evidence.eco))
    made = [attribute("biolink:publications", papers)] if papers else []
    if codes:
        made.append(attribute("biolink:has_evidence_of_type", codes))
    for claim in claims:
        made.append(
            attribute(
                "evipath:claim",
                claim.id,
                attribute("evipath:statement", claim.statement),
                attribute("evipath:epistemic", claim.epistemic),
                attribute("evipath:status", claim.status),
            )
        )
        made += [_words(claim, quote) for quote in claim.quotes]
    return made


def _papers_of(found: Intervention) -> list[str]:
    return list(dict.fromkeys(name for each in found.evidence for name in each.publications))


def _words(claim: ClaimView, quote: Quote) -> Json:
    inner = [attribute("evipath:claim", claim.id)]
    papers = list(claim.publications)
    if papers:
        inner.append(attribute("biolink:publications", papers))
    if quote.span is not None:
        inner += [attribute("evipath:start", quote.start), attribute("evipath:end", quote.end)]
    if quote.verified is not None:
        inner.append(attribute("evipath:verified", quote.verified))
    return attribute("biolink:supporting_text", quote.text, *inner)
