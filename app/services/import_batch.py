"""One batch of an import within its transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.curation.anchoring import anchor
from app.curation.standing import status_of
from app.graph.port import GraphWriter
from app.ingest.imported import ImportedClaim, ImportedEntity, ImportedRelation, LeftOut
from app.model.claim import Claim, ClaimState, Extraction, StoredClaim
from app.model.decision import Decision
from app.model.entity import EntityRelation
from app.model.text import sha256_of
from app.model.vocabulary import DecisionType, Status
from app.reasoning.rules import RULE_VERSION
from app.services.edges import edges_of

READER_VERSION: Final = "1"


@dataclass(slots=True)
class Batch:
    """What a run of items was read as."""

    entities: list[ImportedEntity] = field(default_factory=list)
    relations: list[ImportedRelation] = field(default_factory=list)
    claims: list[ImportedClaim] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadBatch:
    """A batch with who imports it, from where, read by what, and when."""

    name: str
    reader: str
    actor: str
    time: datetime
    batch: Batch


@dataclass(slots=True)
class Outcome:
    """What a batch changed; ``left_out`` is what the store's own contents speak against."""

    counts: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)


def store_batch(writer: GraphWriter, batch: ReadBatch) -> Outcome:
    """Store a batch; what is there already stays as it is."""
    outcome = Outcome()
    _entities(writer, batch.batch.entities, outcome)
    _relations(writer, batch.batch.relations, outcome)
    _claims(writer, batch, outcome)
    return outcome


def _entities(writer: GraphWriter, entities: Sequence[ImportedEntity], outcome: Outcome) -> None:
    """Put entities; one that another source put stays as that source has it."""
    held = writer.entities([each.entity.id for each in entities]) if entities else {}
    for each in entities:
        entity = each.entity
        before = held.get(entity.id)
        if before is None:
            outcome.counts["entities created"] += 1
        elif before == entity:
            outcome.counts["entities unchanged"] += 1
            continue
        elif before.source != entity.source:
            outcome.counts["entities known from another source"] += 1
            continue
        else:
            outcome.counts["entities updated"] += 1
        writer.put_entity(entity)
        held[entity.id] = entity


def _relations(
    writer: GraphWriter, relations: Sequence[ImportedRelation], outcome: Outcome
) -> None:
    """Put relations; one that another source states already stays as it is stated there."""
    if not relations:
        return
    ends = {end for each in relations for end in (each.relation.subject, each.relation.object)}
    types = sorted({each.relation.type for each in relations})
    held = {each.key: each for each in writer.relations(sorted(ends), types)}
    for each in relations:
        relation = each.relation
        before = held.get(relation.key)
        if before is None:
            held[relation.key] = relation
            writer.put_relation(relation)
            outcome.counts["relations created"] += 1
        elif _same(before, relation):
            outcome.counts["relations unchanged"] += 1
        else:
            outcome.counts["relations known from another source"] += 1


def _same(before: EntityRelation, relation: EntityRelation) -> bool:
    return before == relation or before.source == relation.source


def _claims(writer: GraphWriter, batch: ReadBatch, outcome: Outcome) -> None:
    claims = _once(batch.batch.claims, outcome)
    if not claims:
        return
    held = writer.claims(list(claims))
    decided = writer.decisions_on(list(held))
    articles = _articles(writer, [each.claim for each in claims.values()])
    for claim_id, each in claims.items():
        article = _article_of(each.claim, articles)
        before = held.get(claim_id)
        decisions = decided.get(claim_id, ())
        fresh = each.manual and all(known.id != _decision_id(claim_id) for known in decisions)
        if before is not None and _unchanged(before, each.claim, article) and not fresh:
            outcome.counts["claims unchanged"] += 1
            continue
        made = _decision(batch, each.claim, writer.next_revision) if fresh else None
        status, _ = status_of((*decisions, made) if made else decisions)
        outcome.counts[f"claims {status}" if before is None else "claims updated"] += 1
        put_claim(writer, batch, each, article, made, before, status)


def _once(claims: Iterable[ImportedClaim], outcome: Outcome) -> dict[str, ImportedClaim]:
    """Return the claims by id; the first of equals counts, but for one made by hand."""
    found: dict[str, ImportedClaim] = {}
    for each in claims:
        first = found.setdefault(each.claim.id, each)
        if first is not each:
            outcome.counts["claims said again"] += 1
            if each.manual and not first.manual:
                found[each.claim.id] = each
    return found


def put_claim(
    writer: GraphWriter,
    batch: ReadBatch,
    each: ImportedClaim,
    article: str | None,
    decision: Decision | None,
    before: StoredClaim | None,
    status: Status,
) -> None:
    """Put a claim with its reading, its decision, and the state and edges that follow."""
    claim = each.claim
    writer.put_claim(article, claim)
    writer.add_extraction(claim.id, _extraction(batch.reader, each.rule))
    if decision is not None:
        writer.add_decision(decision)
    quotes = claim.quotes
    if article is not None and quotes:
        text = writer.articles([article])[article]
        quotes = anchor(quotes, text.text, text.text_sha256)
    replaced = before.state.superseded_by if before is not None else ()
    writer.put_state(claim.id, ClaimState(status=status, quotes=quotes, superseded_by=replaced))
    writer.put_edges(claim.id, edges_of(claim, status, lambda entity: entity), RULE_VERSION)


def _unchanged(before: StoredClaim, claim: Claim, article: str | None) -> bool:
    return before.claim == claim and before.article_id == article


def _articles(writer: GraphWriter, claims: Iterable[Claim]) -> dict[str, str]:
    """Return the articles of the graph that the claims' publications are, by identifier."""
    named = {
        each for claim in claims if claim.source is not None for each in claim.source.publications
    }
    return writer.article_ids(sorted(named)) if named else {}


def _article_of(claim: Claim, articles: dict[str, str]) -> str | None:
    """Return the first of a claim's publications that is an article of the graph."""
    publications = claim.source.publications if claim.source is not None else ()
    return next((articles[each] for each in publications if each in articles), None)


def _extraction(reader: str, rule: str) -> Extraction:
    return Extraction(reader=reader, version=READER_VERSION, rule=rule, confidence=1.0)


def _decision(batch: ReadBatch, claim: Claim, revision: int) -> Decision:
    resource = claim.source.resource if claim.source is not None else batch.name
    return Decision(
        id=_decision_id(claim.id),
        type=DecisionType.ACCEPT,
        claim=claim.id,
        actor=batch.actor,
        source=f"{batch.name}: {resource}",
        revision=revision,
        created_at=batch.time,
    )


def _decision_id(claim_id: str) -> str:
    """Return the id of the decision that importing a claim is, whoever imports it."""
    return sha256_of(f"import {DecisionType.ACCEPT} {claim_id}")[:32]
