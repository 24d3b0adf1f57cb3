"""How each kind of row is written; the writer and ``load`` share it.

Articles, entities and claims are nodes that only bear their id; what is said of them hangs on
them as versions: nodes labelled ``Version`` or relationships, each with ``kind``, ``key`` (unique
within its kind), ``rev_from`` and, once closed, ``rev_to``. ``SLOT`` is the one kind that no dump
holds: the relationships from a claim to its article and to the entities that its slots name.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, LiteralString

from app.graph.names import fold_name, trigrams, words
from app.graph.rows import extraction_json, stored_json, utc_text
from app.graph.slots import slot_entities
from app.model.article import Record
from app.model.claim import Claim, ClaimState, Extraction, Link
from app.model.decision import ArticleDecision, Decision
from app.model.entity import Entity, EntityRelation

Scalar = str | int | float | bool | None
SLOT: Final = "slot"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing to store: its kind and key, its properties, and what its query needs besides.

    ``value`` names the properties that make a new version when they differ.
    """

    kind: str
    key: str
    properties: Mapping[str, Scalar]
    value: tuple[str, ...] = ()
    beside: Mapping[str, object] = field(default_factory=dict)

    def same_as(self, stored: Mapping[str, object]) -> bool:
        """Tell whether a stored version already says this."""
        return all(stored.get(name) == self.properties[name] for name in self.value)

    def row(self, rev_from: int, rev_to: int | None = None) -> dict[str, object]:
        """Return the parameters of the query that opens this version."""
        span = {"kind": self.kind, "key": self.key, "rev_from": rev_from, "rev_to": rev_to}
        return {"properties": {**self.properties, **span}, **self.beside}


def article(article_id: str) -> Element:
    """Return an article, which only bears its id."""
    return Element("article", article_id, {"id": article_id})


def alias(name: str, article_id: str) -> Element:
    """Return an identifier of an article."""
    return Element("alias", name, {"alias": name, "article_id": article_id}, ("article_id",))


def record(article_id: str, content: Record, citation_key: str | None) -> Element:
    """Return a source record of an article."""
    properties: dict[str, Scalar] = {
        "article_id": article_id,
        "format": content.format.value,
        "body": stored_json(content),
        "citation_key": citation_key,
    }
    key = joined(article_id, content.format.value)
    return Element("record", key, properties, ("body", "citation_key"))


def text(article_id: str, body: str, sha256: str) -> Element:
    """Return an article's text."""
    properties: dict[str, Scalar] = {"article_id": article_id, "sha256": sha256}
    return Element("text", article_id, properties, ("sha256",), {"text": body})


def entity(content: Entity) -> Element:
    """Return an entity with the names by which it is found."""
    names = [
        {
            "name": name,
            "folded": fold_name(name),
            "trigrams": " ".join(terms(trigrams(fold_name(name)))),
            "words": " ".join(terms(plain_words(fold_name(name)))),
            "preferred": name == content.name,
        }
        for name in dict.fromkeys((content.name, *content.synonyms))
    ]
    properties: dict[str, Scalar] = {
        "id": content.id,
        "name": content.name,
        "category": content.category.value,
        "body": stored_json(content),
    }
    return Element(
        "entity",
        content.id,
        properties,
        ("body",),
        {"names": names, "synonyms": list(content.synonyms)},
    )


def relation(content: EntityRelation) -> Element:
    """Return a relation between two entities."""
    subject, type_, object_ = content.key
    properties: dict[str, Scalar] = {
        "subject": subject,
        "type": type_,
        "object": object_,
        "role": content.role.value if content.role else None,
        "body": stored_json(content),
    }
    return Element("relation", joined(*content.key), properties, ("body",))


def claim(article_id: str | None, content: Claim) -> Element:
    """Return a claim; what its id fixes stands on the claim's own node."""
    properties: dict[str, Scalar] = {
        "id": content.id,
        "article_id": article_id,
        "body": stored_json(content),
    }
    return Element(
        "claim", content.id, properties, ("article_id", "body"), {"fixed": fixed(content)}
    )


def fixed(content: Claim) -> dict[str, str | list[str] | None]:
    """Return what a claim's id fixes, which stands on its own node."""
    return {
        "predicate": content.predicate.type.value,
        "epistemic": content.epistemic.value,
        "evidence": content.evidence.type.value,
        "text_sha256": content.text_sha256,
        "publications": list(content.publications) or None,
    }


def slots(article_id: str | None, content: Claim) -> list[Element]:
    """Return the relationships from a claim to its article and to the entities it names."""
    ends = sorted((name, entity_id) for entity_id, name in slot_entities(content))
    if article_id is not None:
        ends.append(("from", article_id))
    return [slot(content.id, name, end) for name, end in ends]


def slot(claim_id: str, name: str, end: str) -> Element:
    """Return the relationship from a claim to what it names in a slot."""
    properties: dict[str, Scalar] = {"claim": claim_id, "slot": name}
    return Element(SLOT, joined(claim_id, name, end), properties, (), {"end": end})


def extraction(claim_id: str, content: Extraction) -> Element:
    """Return a reading of a claim."""
    body = extraction_json(content)
    properties: dict[str, Scalar] = {
        "claim": claim_id,
        "body": body,
        "confidence": content.confidence,
    }
    return Element("extraction", joined(claim_id, body), properties)


def state(claim_id: str, content: ClaimState) -> Element:
    """Return where curation stands on a claim."""
    properties: dict[str, Scalar] = {
        "claim": claim_id,
        "status": content.status.value,
        "body": stored_json(content),
    }
    return Element("state", claim_id, properties, ("body",))


def decision(content: Decision) -> Element:
    """Return a decision; its body leaves out the revision, which is ``rev_from``."""
    properties: dict[str, Scalar] = {
        "id": content.id,
        "claim": content.claim,
        "type": content.type.value,
        "created_at": utc_text(content.created_at),
        "body": content.model_dump_json(exclude_defaults=True, exclude={"revision"}),
    }
    return Element("decision", content.id, properties, ("body",))


def article_decision(content: ArticleDecision) -> Element:
    """Return a decision on an article; its body leaves out the revision, which is ``rev_from``."""
    properties: dict[str, Scalar] = {
        "id": content.id,
        "article_id": content.article,
        "into": content.into,
        "type": content.type.value,
        "created_at": utc_text(content.created_at),
        "body": content.model_dump_json(exclude_defaults=True, exclude={"revision"}),
    }
    return Element("article_decision", content.id, properties, ("body",))


def link(claim_id: str, content: Link) -> Element:
    """Return a link from a claim to another."""
    properties: dict[str, Scalar] = {
        "claim": claim_id,
        "type": content.type.value,
        "target": content.claim,
    }
    return Element("link", joined(claim_id, content.type.value, content.claim), properties)


def tombstone(kind: str, key: str, reason: str, actor: str) -> Element:
    """Return what stands in the place of a purged thing."""
    properties: dict[str, Scalar] = {
        "purged_kind": kind,
        "purged_key": key,
        "reason": reason,
        "actor": actor,
    }
    return Element("tombstone", joined(kind, key), properties)


def joined(*parts: str) -> str:
    """Join the parts of a key; the separator sorts before every character of an identifier."""
    return " ".join(parts)


def plain_words(folded: str) -> list[str]:
    """Return the words of a folded name without their accents."""
    decomposed = unicodedata.normalize("NFKD", folded)
    return list(words("".join(c for c in decomposed if not unicodedata.combining(c))))


def terms(parts: Iterable[str]) -> list[str]:
    """Return pieces of a folded name as terms without a meaning to the full-text parser.

    Hexadecimal keeps prefixes: a word begins with another if, and only if, its term does.
    """
    return [part.encode().hex() for part in parts]


def batches(
    items: Iterable[dict[str, object]], size: int = 1000
) -> Iterator[list[dict[str, object]]]:
    """Yield the items in lists of at most ``size``."""
    batch: list[dict[str, object]] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


OPEN: Final[Mapping[str, LiteralString]] = {
    "article": """
        UNWIND $rows AS row
        CREATE (v:Article:Version) SET v = row.properties
        RETURN count(v) AS opened""",
    "alias": """
        UNWIND $rows AS row
        MATCH (a:Article {id: row.properties.article_id})
        MERGE (n:Alias {alias: row.properties.alias})
        CREATE (n)<-[:OF]-(v:AliasVersion:Version)-[:NAMES]->(a) SET v = row.properties
        RETURN count(v) AS opened""",
    "record": """
        UNWIND $rows AS row
        MATCH (a:Article {id: row.properties.article_id})
        CREATE (a)<-[:OF]-(v:Record:Version) SET v = row.properties
        RETURN count(v) AS opened""",
    "text": """
        UNWIND $rows AS row
        MATCH (a:Article {id: row.properties.article_id})
        MERGE (t:Text {sha256: row.properties.sha256}) ON CREATE SET t.text = row.text
        CREATE (a)<-[:OF]-(v:TextVersion:Version)-[:IS]->(t) SET v = row.properties
        RETURN count(v) AS opened""",
    "entity": """
        UNWIND $rows AS row
        MERGE (e:Entity {id: row.properties.id})
        SET e.name = row.properties.name, e.synonyms = row.synonyms
        CREATE (e)<-[:OF]-(v:EntityVersion:Version) SET v = row.properties
        FOREACH (name IN row.names | CREATE (v)<-[:OF]-(n:Name) SET n = name)
        RETURN count(v) AS opened""",
    "relation": """
        UNWIND $rows AS row
        MERGE (s:Entity {id: row.properties.subject})
        MERGE (o:Entity {id: row.properties.object})
        CREATE (s)-[v:RELATED]->(o) SET v = row.properties
        RETURN count(v) AS opened""",
    "claim": """
        UNWIND $rows AS row
        MERGE (c:Claim {id: row.properties.id}) SET c += row.fixed
        CREATE (c)<-[:OF]-(v:ClaimVersion:Version) SET v = row.properties
        RETURN count(v) AS opened""",
    "slot from": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        MATCH (e:Article {id: row.end})
        CREATE (c)-[v:FROM]->(e) SET v = row.properties
        RETURN count(v) AS opened""",
    "slot agent": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        MERGE (e:Entity {id: row.end})
        CREATE (c)-[v:AGENT]->(e) SET v = row.properties
        RETURN count(v) AS opened""",
    "slot outcome": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        MERGE (e:Entity {id: row.end})
        CREATE (c)-[v:OUTCOME]->(e) SET v = row.properties
        RETURN count(v) AS opened""",
    "slot means": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        MERGE (e:Entity {id: row.end})
        CREATE (c)-[v:MEANS]->(e) SET v = row.properties
        RETURN count(v) AS opened""",
    "slot context": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        MERGE (e:Entity {id: row.end})
        CREATE (c)-[v:IN_CONTEXT]->(e) SET v = row.properties
        RETURN count(v) AS opened""",
    "slot member": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        MERGE (e:Entity {id: row.end})
        CREATE (c)-[v:MEMBER]->(e) SET v = row.properties
        RETURN count(v) AS opened""",
    "extraction": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        CREATE (c)<-[:OF]-(v:Extraction:Version) SET v = row.properties
        RETURN count(v) AS opened""",
    "state": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        CREATE (c)<-[:OF]-(v:State:Version) SET v = row.properties
        RETURN count(v) AS opened""",
    "decision": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        CREATE (c)<-[:ON]-(v:Decision:Version) SET v = row.properties
        RETURN count(v) AS opened""",
    "article_decision": """
        UNWIND $rows AS row
        MATCH (a:Article {id: row.properties.article_id})
        CREATE (a)<-[:OF]-(v:ArticleDecision:Version) SET v = row.properties
        RETURN count(v) AS opened""",
    "link": """
        UNWIND $rows AS row
        MATCH (c:Claim {id: row.properties.claim})
        MATCH (t:Claim {id: row.properties.target})
        CREATE (c)-[v:LINKED]->(t) SET v = row.properties
        RETURN count(v) AS opened""",
    "tombstone": """
        UNWIND $rows AS row
        CREATE (v:Tombstone:Version) SET v = row.properties
        RETURN count(v) AS opened""",
}
"""The query that opens versions of each kind, of slots by the slot; it returns how many."""
