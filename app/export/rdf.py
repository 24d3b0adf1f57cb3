"""RDF: each claim as a nanopublication, in four named graphs.

*Assertion* says what the claim says, and, where it is an accepted finding, the plain triple
``X evipath:raises Y`` or ``evipath:lowers``; *provenance* says who says so, in which words and by
which evidence; *publication info* says where it stands in curation and in which snapshot; the
*head* joins the three. Statements of different claims never share a graph.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from app.export.arrows import RELATION, condition_text
from app.export.record import ClaimRecord, Plain, context_text, top, words
from app.model.edge import Edge
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput
from app.model.history import Snapshot
from app.model.identifiers import expand
from app.model.vocabulary import Sign

PREFIXES: Final = {
    "evipath": "urn:evipath:schema:",
    "np": "http://www.nanopub.org/nschema#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "biolink": "https://w3id.org/biolink/vocab/",
}
TYPE: Final = "rdf:type"
_STATED: Final = frozenset({"demonstrated", "summary", "interpretation", "unstated"})
_BASE: Final = "urn:evipath:"
_SIGNS: Final = {"+": "positive", "-": "negative", "0": "unsigned"}


@dataclass(frozen=True, slots=True)
class Iri:
    """A thing: ``text`` is a whole IRI."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A term of a vocabulary, as ``prefix:local``."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A value with its datatype as ``xsd:local``; None is a plain string."""

    text: str
    datatype: str | None = None


Value = Iri | Name | Literal
Triple = tuple[str, str, Value]
"""Subject (an IRI), property (``prefix:local``), value."""

Graph = tuple[str, list[Triple]]
"""A named graph: its IRI and its statements, those of one subject beside each other."""


def snapshot_graph(
    snapshot: Snapshot, entities: Iterable[Entity], relations: Iterable[EntityRelation]
) -> Iterator[Graph]:
    """Yield, under one name and in parts, what the snapshot is and the entities it holds."""
    name = snapshot_iri(snapshot)
    yield (
        name,
        [
            (name, TYPE, Name("evipath:Snapshot")),
            (name, "dcterms:identifier", Literal(snapshot.id)),
            (name, "evipath:revision", _integer(snapshot.revision)),
            (name, "dcterms:created", _time(snapshot)),
            (name, "evipath:version", Literal(snapshot.version)),
        ],
    )
    for entity in entities:
        yield name, list(_entity(entity))
    for number, relation in enumerate(relations):
        yield name, list(_relation(name, number, relation))


def nanopublication(claim: ClaimRecord, snapshot: Snapshot) -> Iterator[Graph]:
    """Yield the four graphs of a claim."""
    about = claim_iri(claim.id)
    whole = f"{about}:nanopublication"
    names = {part: f"{about}:{part}" for part in ("head", "assertion", "provenance", "pubinfo")}
    yield (
        names["head"],
        [
            (whole, TYPE, Name("np:Nanopublication")),
            (whole, "np:hasAssertion", Iri(names["assertion"])),
            (whole, "np:hasProvenance", Iri(names["provenance"])),
            (whole, "np:hasPublicationInfo", Iri(names["pubinfo"])),
        ],
    )
    yield names["assertion"], list(_assertion(about, claim))
    yield names["provenance"], list(_provenance(about, names["assertion"], claim))
    yield (
        names["pubinfo"],
        [
            (whole, "prov:generatedAtTime", _time(snapshot)),
            (whole, "prov:wasDerivedFrom", Iri(snapshot_iri(snapshot))),
            (whole, "evipath:version", Literal(snapshot.version)),
            (about, "evipath:status", Literal(claim.status)),
            (about, "evipath:confidence", Literal(repr(claim.confidence), "xsd:double")),
            (about, "evipath:revision", _integer(claim.revision)),
        ],
    )


def claim_iri(claim: str) -> str:
    """Return the IRI of a claim."""
    return f"{_BASE}claim:{claim}"


def snapshot_iri(snapshot: Snapshot) -> str:
    """Return the IRI of a snapshot."""
    return f"{_BASE}snapshot:{snapshot.id}"


@lru_cache(maxsize=1 << 16)
def entity_iri(curie: str) -> str:
    """Return the IRI of a CURIE; one of our own where its prefix came with an import."""
    try:
        return expand(curie)
    except BadInput:
        return f"{_BASE}entity:{quote(curie, safe=':')}"


def is_finding(claim: ClaimRecord) -> bool:
    """Tell whether the plain triple may stand for the claim."""
    return (
        claim.status == "accepted"
        and not claim.denied
        and not claim.retracted
        and claim.said["epistemic"] in _STATED
    )


def _entity(entity: Entity) -> Iterator[Triple]:
    about = entity_iri(entity.id)
    yield about, TYPE, Name(f"biolink:{entity.category}")
    yield about, "rdfs:label", Literal(entity.name)
    yield about, "evipath:curie", Literal(entity.id)
    yield from _texts(about, "skos:altLabel", entity.synonyms)
    yield from _texts(about, "evipath:xrefs", entity.xrefs)
    yield from _texts(about, "evipath:imported_categories", entity.imported_categories)
    told = {
        "evipath:abbreviation": entity.abbreviation,
        "evipath:taxon": entity.taxon,
        "dcterms:description": entity.description,
        "dcterms:source": entity.source,
    }
    yield from _told(about, told)


def _relation(snapshot: str, number: int, relation: EntityRelation) -> Iterator[Triple]:
    subject, target = entity_iri(relation.subject), entity_iri(relation.object)
    yield subject, f"evipath:{relation.type}", Iri(target)
    about = f"{snapshot}:relation:{number}"
    yield about, TYPE, Name("evipath:EntityRelation")
    yield about, "evipath:subject", Iri(subject)
    yield about, "evipath:type", Literal(relation.type.value)
    yield about, "evipath:object", Iri(target)
    if relation.role is not None:
        yield about, "evipath:role", Literal(_SIGNS[relation.role])
    yield about, "evipath:obligate", _boolean(relation.obligate)
    yield about, "dcterms:source", Literal(relation.source)


def _assertion(about: str, claim: ClaimRecord) -> Iterator[Triple]:
    said = claim.said
    agent, outcome, made = said["agent"], said["outcome"], said.get("perturbation", {})
    yield about, TYPE, Name("evipath:Claim")
    yield from _participant(about, "agent", agent)
    yield from _participant(about, "outcome", outcome)
    means = made.get("means") or {}
    yield from _grounded(about, "means", means)
    told = {
        "evipath:means_text": words(means),
        "evipath:perturbation": made.get("type", "none"),
        "evipath:perturbation_direction": _SIGNS[made.get("direction", "0")],
        "evipath:predicate": said["predicate"]["type"],
        "evipath:outcome_direction": outcome["direction"],
        "evipath:outcome_aspect": outcome.get("aspect"),
        "evipath:strength": said.get("strength"),
        "evipath:timing": said.get("timing"),
    }
    yield from _told(about, told)
    yield about, "evipath:negated", _boolean(bool(said.get("negated")))
    if relation := outcome.get("relation"):
        yield from _participant(about, "relation_subject", relation["subject"])
        yield about, "evipath:relation_sign", Literal(_SIGNS[relation["sign"]])
        yield from _participant(about, "relation_object", relation["object"])
    for number, item in enumerate(said.get("context", ())):
        yield from _context(about, f"{about}:context:{number}", item)
    for number, edge in enumerate(claim.edges):
        yield from _edge(about, f"{about}:edge:{number}", edge)
    if is_finding(claim):
        for edge in claim.edges:
            if edge.sign is not Sign.UNSIGNED:
                target = Iri(entity_iri(edge.object))
                yield entity_iri(edge.subject), f"evipath:{RELATION[edge.sign]}", target


def _participant(about: str, slot: str, participant: Plain) -> Iterator[Triple]:
    yield from _grounded(about, slot, participant)
    told = {
        f"evipath:{slot}_text": words(participant),
        f"evipath:{slot}_measure": participant.get("measure"),
    }
    yield from _told(about, told)
    if made := participant.get("composition"):
        yield about, f"evipath:{slot}_composition", Literal(made["op"])
        for member in made["members"]:
            yield from _grounded(about, f"{slot}_member", member)


def _grounded(about: str, slot: str, participant: Plain) -> Iterator[Triple]:
    found = top(participant)
    if found is not None:
        yield about, f"evipath:{slot}", Iri(entity_iri(found["id"]))


def _context(about: str, item: str, context: Plain) -> Iterator[Triple]:
    yield about, "evipath:context", Iri(item)
    yield item, TYPE, Name("evipath:ContextItem")
    yield item, "evipath:type", Literal(context["type"])
    yield item, "rdfs:label", Literal(context_text(context))
    yield from _grounded(item, "entity", context)
    yield item, "evipath:inferred", _boolean(bool(context.get("inferred")))
    for background in context.get("background", ()):
        yield item, "evipath:background", Literal(words(background))


def _edge(about: str, name: str, edge: Edge) -> Iterator[Triple]:
    yield about, "evipath:edge", Iri(name)
    yield name, TYPE, Name("evipath:Edge")
    yield name, "evipath:subject", Iri(entity_iri(edge.subject))
    yield name, "evipath:sign", Literal(_SIGNS[edge.sign])
    yield name, "evipath:object", Iri(entity_iri(edge.object))
    told = {
        "evipath:side": edge.side,
        "evipath:aspect": edge.aspect,
        "evipath:rule": edge.rule,
    }
    yield from _told(name, told)
    yield from _texts(name, "evipath:condition", map(condition_text, edge.condition))


def _provenance(about: str, assertion: str, claim: ClaimRecord) -> Iterator[Triple]:
    said, source = claim.said, claim.said.get("source", {})
    evidence = said["evidence"]
    for publication in claim.publications:
        article = entity_iri(publication)
        yield assertion, "prov:wasDerivedFrom", Iri(article)
        if claim.article is not None:
            yield article, TYPE, Name("evipath:Article")
            yield article, "evipath:curie", Literal(publication)
            yield article, "evipath:retracted", _boolean(claim.retracted)
    yield about, "evipath:evidence", Literal(evidence["type"])
    yield from ((about, "evipath:eco", Iri(entity_iri(code))) for code in evidence.get("eco", ()))
    told = {
        "evipath:supports": evidence.get("supports", "none"),
        "evipath:epistemic": said["epistemic"],
        "evipath:source": source.get("resource"),
        "evipath:source_edge": source.get("edge"),
    }
    yield from _told(about, told)
    for link in claim.links:
        yield about, f"evipath:link_{link.type}", Iri(claim_iri(link.claim))
    for number, quoted in enumerate(claim.quotes):
        yield from _quote(about, f"{about}:quote:{number}", quoted)
    for reading in claim.readings:
        yield assertion, "prov:wasAttributedTo", Iri(f"{_BASE}reader:{quote(reading.reader)}")


def _quote(about: str, name: str, quoted: Plain) -> Iterator[Triple]:
    yield about, "evipath:quote", Iri(name)
    yield name, TYPE, Name("evipath:Quote")
    yield name, "evipath:text", Literal(quoted["text"])
    if quoted.get("start") is not None and quoted.get("end") is not None:
        yield name, "evipath:start", _integer(quoted["start"])
        yield name, "evipath:end", _integer(quoted["end"])
    if quoted.get("sha256"):
        yield name, "evipath:sha256", Literal(quoted["sha256"])
    if quoted.get("verified") is not None:
        yield name, "evipath:verified", _boolean(quoted["verified"])


def _told(about: str, values: dict[str, str | None]) -> Iterator[Triple]:
    return ((about, name, Literal(value)) for name, value in values.items() if value)


def _texts(about: str, name: str, values: Iterable[str]) -> Iterator[Triple]:
    return ((about, name, Literal(value)) for value in values)


def _integer(value: int) -> Literal:
    return Literal(str(value), "xsd:integer")


def _boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", "xsd:boolean")


def _time(snapshot: Snapshot) -> Literal:
    return Literal(snapshot.created_at.isoformat().replace("+00:00", "Z"), "xsd:dateTime")
