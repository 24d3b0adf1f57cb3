"""The seeds: the founding article, its curated claims, and the lexicon that they need."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import orjson

from app.graph.port import GraphStore, GraphWriter
from app.model.article import Record
from app.model.base import Frozen
from app.model.claim import Claim, ClaimId, Link
from app.model.decision import Decision
from app.model.entity import Entity, EntityRelation
from app.model.text import sha256_of
from app.model.vocabulary import DecisionType
from app.services.curated import CURATED, renew
from app.services.ingest import store_record
from app.services.matching import find_article
from app.services.relations import put_relations

ACTOR = "evipath-seed"


class SeedArticle(Frozen):
    """A record with the source that it was taken from."""

    source: str
    record: Record


class SeedClaim(Frozen):
    """A curated claim, the name it goes by in tests and docs, and its links."""

    id: ClaimId
    name: str
    claim: Claim
    links: tuple[Link, ...] = ()


class SeedClaims(Frozen):
    """The curated claims of one article; ``source`` is what the accepting decisions name."""

    article: str
    text_sha256: str
    actor: str
    source: str
    claims: tuple[SeedClaim, ...]


class SeedEntities(Frozen):
    """The lexicon's entities."""

    entities: tuple[Entity, ...]


class SeedRelations(Frozen):
    """The lexicon's relations."""

    relations: tuple[EntityRelation, ...]


@dataclass(frozen=True, slots=True)
class Seeds:
    """All seeds as they are read from their files."""

    articles: tuple[SeedArticle, ...]
    claims: tuple[SeedClaims, ...]
    entities: tuple[Entity, ...]
    relations: tuple[EntityRelation, ...]


@dataclass(frozen=True, slots=True)
class SeedReport:
    """How many seeds there are, and whether loading them changed the store."""

    articles: int
    claims: int
    entities: int
    relations: int
    changed: bool


@cache
def read_seeds() -> Seeds:
    """Read the seeds from their files."""
    root = resources.files("seeds")
    lexicon = root / "lexicon"
    return Seeds(
        articles=tuple(SeedArticle.model_validate(each) for each in _files(root / "articles")),
        claims=tuple(SeedClaims.model_validate(each) for each in _files(root / "claims")),
        entities=SeedEntities.model_validate(_json(lexicon / "entities.json")).entities,
        relations=SeedRelations.model_validate(_json(lexicon / "relations.json")).relations,
    )


def load_seeds(store: GraphStore) -> SeedReport:
    """Load the seeds in one transaction; loading them again changes nothing.

    What curators decided of seeded claims since stands: a decision of theirs is no part of the
    seeds, and a link that they removed does not come back.
    """
    seeds = read_seeds()
    time = datetime.now(UTC)
    before = store.head().number
    store.write(ACTOR, "load the seeds", lambda writer: _load(writer, seeds, time))
    return SeedReport(
        articles=len(seeds.articles),
        claims=sum(len(each.claims) for each in seeds.claims),
        entities=len(seeds.entities),
        relations=len(seeds.relations),
        changed=store.head().number != before,
    )


def _load(writer: GraphWriter, seeds: Seeds, time: datetime) -> None:
    for entity in seeds.entities:
        writer.put_entity(entity)
    put_relations(writer, seeds.relations)
    for article in seeds.articles:
        _store_unless_known(writer, article.record)
    for group in seeds.claims:
        article_id = writer.article_ids([group.article])[group.article]
        known = writer.claims([each.id for each in group.claims])
        fresh = [each for each in group.claims if each.id not in known]
        for each in fresh:
            writer.put_claim(article_id, each.claim)
            writer.add_extraction(each.id, CURATED)
        for each in group.claims:
            _accept(writer, each.id, group, time)
        for each in fresh:
            for link in each.links:
                writer.put_link(each.id, link)


def _store_unless_known(writer: GraphWriter, record: Record) -> None:
    """Store a seed's record, but not in the place of one of its format that is there already."""
    known = find_article(writer, record)
    if known is None or record.format not in known.records:
        store_record(writer, record)


def _accept(writer: GraphWriter, claim_id: str, group: SeedClaims, time: datetime) -> None:
    decision_id = sha256_of(f"{group.actor} {DecisionType.ACCEPT} {claim_id}")[:32]
    if writer.decision(decision_id) is not None:
        return
    writer.add_decision(
        Decision(
            id=decision_id,
            type=DecisionType.ACCEPT,
            claim=claim_id,
            actor=group.actor,
            source=group.source,
            revision=writer.next_revision,
            created_at=time,
        )
    )
    renew(writer, claim_id)


def _files(folder: Traversable) -> list[object]:
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".json")), key=_name)
    return [_json(each) for each in files]


def _json(file: Traversable) -> object:
    return orjson.loads(file.read_bytes())


def _name(file: Traversable) -> str:
    return file.name
