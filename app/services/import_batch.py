"""One batch of an import within its transaction."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Final

from app.curation.confidence import IMPORTED_BY_MACHINE
from app.curation.standing import status_of
from app.graph.port import GraphWriter, WholeClaim
from app.ingest.imported import ImportedClaim, ImportedEntity, ImportedRelation, LeftOut
from app.model.claim import Claim, ClaimState, Extraction, StoredClaim
from app.model.decision import Decision
from app.model.entity import Entity, EntityRelation
from app.model.text import Quote, sha256_of
from app.model.vocabulary import DecisionType, Status
from app.reasoning.rules import RULE_VERSION
from app.services.edges import edges_of, put_state_and_edges

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
    if not entities:
        return
    held = writer.entities([each.entity.id for each in entities])
    wanted: dict[str, Entity] = {}
    for each in entities:
        entity = each.entity
        before = wanted.get(entity.id) or held.get(entity.id)
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
        wanted[entity.id] = entity
    writer.put_many(entities=list(wanted.values()))


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
    """Put what is new at once, and look at the rest one by one."""
    claims = _once(batch.batch.claims, outcome)
    if not claims:
        return
    articles = _Articles(writer, [each.claim for each in claims.values()])
    wholes = {
        claim_id: _whole(batch, each, articles, writer.next_revision)
        for claim_id, each in claims.items()
    }
    known = writer.put_many(claims=list(wholes.values()))
    for claim_id, whole in wholes.items():
        if claim_id not in known:
            outcome.counts[f"claims {whole.state.status}"] += 1
    held = writer.claims(sorted(known)) if known else {}
    decided = writer.decisions_on(sorted(known)) if known else {}
    for claim_id in sorted(known):
        if _renew(writer, wholes[claim_id], held[claim_id], decided.get(claim_id, ())):
            outcome.counts["claims updated"] += 1
        else:
            outcome.counts["claims unchanged"] += 1


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


def _whole(
    batch: ReadBatch, each: ImportedClaim, articles: "_Articles", revision: int
) -> WholeClaim:
    """Return a claim as it comes in where the graph has never seen it."""
    claim = each.claim
    article = articles.of(claim)
    status = Status.ACCEPTED if each.manual else Status.CANDIDATE
    return WholeClaim(
        claim=claim,
        article_id=article,
        state=_state(status, claim.quotes),
        edges=edges_of(claim, status, _itself),
        rule_version=RULE_VERSION,
        extractions=(_extraction(batch.reader, each.rule, _confidence(each)),),
        decisions=(_decision(batch, claim, revision),) if each.manual else (),
    )


def _renew(
    writer: GraphWriter, whole: WholeClaim, before: StoredClaim, decisions: Sequence[Decision]
) -> bool:
    """Bring a known claim up to date; False where there is nothing to do.

    What curators decided since stands, also where they undid the decision of an import.
    """
    claim = whole.claim
    fresh = [made for made in whole.decisions if all(each.id != made.id for each in decisions)]
    same = _without_columns(before.claim) == _without_columns(claim)
    if same and before.article_id == whole.article_id and not fresh:
        return False
    writer.put_claim(whole.article_id, claim)
    for reading in whole.extractions:
        writer.add_extraction(claim.id, reading)
    for made in fresh:
        writer.add_decision(made)
    status, replaced = status_of((*decisions, *fresh))
    state = ClaimState(status=status, quotes=claim.quotes, superseded_by=replaced)
    put_state_and_edges(writer, claim, state, _itself)
    return True


def _without_columns(claim: Claim) -> Claim:
    # Rows that differ in nothing else are one claim, and none of them is the later one.
    if claim.source is None or not claim.source.columns:
        return claim
    source = claim.source.model_copy(update={"columns": ()})
    return claim.model_copy(update={"source": source})


def _itself(entity: str) -> str:
    # An imported claim has one grounding a slot, so that no rival needs an equivalent.
    return entity


class _Articles:
    """The articles of the graph that claims name as their publications."""

    def __init__(self, writer: GraphWriter, claims: Iterable[Claim]) -> None:
        named = {each for claim in claims for each in claim.publications}
        self._known = writer.article_ids(sorted(named)) if named else {}

    def of(self, claim: Claim) -> str | None:
        """Return the first of a claim's publications that is an article of the graph."""
        return next((self._known[each] for each in claim.publications if each in self._known), None)


def _state(status: Status, quotes: tuple[Quote, ...]) -> ClaimState:
    return ClaimState(status=status, quotes=quotes) if quotes else _unquoted(status)


@cache
def _unquoted(status: Status) -> ClaimState:
    return ClaimState(status=status)


def _confidence(each: ImportedClaim) -> float:
    return 1.0 if each.manual else IMPORTED_BY_MACHINE


@lru_cache(1024)
def _extraction(reader: str, rule: str | None, confidence: float) -> Extraction:
    return Extraction(reader=reader, version=READER_VERSION, rule=rule, confidence=confidence)


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
