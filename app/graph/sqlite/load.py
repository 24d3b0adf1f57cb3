"""Filling an empty store from rows, each of them checked."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from app.graph.port import Row
from app.graph.rows import utc_time
from app.graph.sqlite import edges, history, keys, tables
from app.graph.sqlite.tables import Span
from app.model.article import Record
from app.model.claim import Claim, ClaimState, Extraction, Link
from app.model.decision import ArticleDecision, Decision
from app.model.edge import Edge
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput, Conflict
from app.model.history import Revision
from app.model.text import sha256_of


def load(connection: sqlite3.Connection, rows: Iterable[Row]) -> int:
    """Write every row inside the caller's transaction; return how many there were.

    Raises Conflict when the store is not empty, BadInput with the place of a bad row.
    """
    if history.head(connection).number > 0:
        raise Conflict("a graph can only be loaded into an empty store")
    count = 0
    for count, row in enumerate(rows, start=1):
        insert = _INSERT.get(row.kind)
        if insert is None:
            raise BadInput(f"row {count}: there is no kind {row.kind!r}")
        try:
            insert(connection, row.fields)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise BadInput(f"row {count} ({row.kind}), {place}: {first['msg']}") from error
        except (KeyError, ValueError) as error:
            raise BadInput(f"row {count} ({row.kind}): {error}") from error
        except sqlite3.IntegrityError as error:
            raise BadInput(f"row {count} ({row.kind}): {error}") from error
    return count


_Json = dict[str, object]


class _Fields(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Opened(_Fields):
    rev_from: int


class _Standing(_Opened):
    rev_to: int | None

    @property
    def span(self) -> Span:
        return Span(self.rev_from, self.rev_to)


class _RevisionRow(_Fields):
    number: int
    id: str
    created_at: str
    actor: str
    message: str


class _ArticleRow(_Opened):
    id: str


class _AliasRow(_Standing):
    alias: str
    article_id: str


class _RecordRow(_Standing):
    article_id: str
    format: str
    record: _Json
    citation_key: str | None


class _TextRow(_Standing):
    article_id: str
    sha256: str
    text: str


class _EntityRow(_Standing):
    id: str
    entity: _Json


class _RelationRow(_Standing):
    subject: str
    type: str
    object: str
    relation: _Json


class _ClaimRow(_Standing):
    id: str
    article_id: str | None
    claim: _Json


class _ExtractionRow(_Opened):
    claim: str
    extraction: _Json


class _StateRow(_Standing):
    claim: str
    state: _Json


class _DecisionRow(_Opened):
    id: str
    decision: _Json


class _LinkRow(_Standing):
    claim: str
    type: str
    target: str


class _EdgeRow(_Standing):
    claim: str
    position: int
    edge: _Json
    rule_version: int


class _TombstoneRow(_Opened):
    kind: str
    key: str
    reason: str
    actor: str


Model = TypeVar("Model", bound=BaseModel)
_Values = Mapping[str, object]


def _read(model: type[Model], values: _Values) -> Model:
    return model.model_validate(dict(values))


def _agree(what: str, said: object, held: object) -> None:
    if said != held:
        raise ValueError(f"{what} is {held}, but its row says {said}")


def _revision(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_RevisionRow, values)
    _agree("the number", row.number, history.head(connection).number + 1)
    made = utc_time(row.created_at)
    revision = Revision(
        number=row.number, id=row.id, created_at=made, actor=row.actor, message=row.message
    )
    tables.insert_revision(connection, revision)


def _article(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_ArticleRow, values)
    tables.insert_article(connection, row.id, row.rev_from)


def _alias(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_AliasRow, values)
    tables.insert_alias(connection, row.alias, row.article_id, row.span)


def _record(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_RecordRow, values)
    record = _read(Record, row.record)
    _agree("the record's format", row.format, record.format)
    tables.insert_record(connection, row.article_id, record, row.citation_key, row.span)


def _text(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_TextRow, values)
    _agree("the text's hash", row.sha256, sha256_of(row.text))
    tables.insert_text(connection, row.article_id, row.text, row.sha256, row.span)


def _entity(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_EntityRow, values)
    entity = _read(Entity, row.entity)
    _agree("the entity's id", row.id, entity.id)
    tables.insert_entity(connection, entity, row.span)


def _relation(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_RelationRow, values)
    relation = _read(EntityRelation, row.relation)
    _agree("the relation's key", (row.subject, row.type, row.object), relation.key)
    tables.insert_relation(connection, relation, row.span)


def _claim(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_ClaimRow, values)
    claim = _read(Claim, row.claim)
    _agree("the claim's id", row.id, claim.id)
    tables.insert_claim(connection, row.article_id, claim, row.span)


def _extraction(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_ExtractionRow, values)
    claim = _known_claim(connection, row.claim)
    extraction = _read(Extraction, row.extraction)
    tables.insert_extraction(connection, claim, extraction, row.rev_from)


def _state(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_StateRow, values)
    claim = _known_claim(connection, row.claim)
    tables.insert_state(connection, claim, _read(ClaimState, row.state), row.span)


def _decision(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_DecisionRow, values)
    decision = _read(Decision, row.decision)
    claim = _known_claim(connection, decision.claim)
    _agree("the decision's id", row.id, decision.id)
    _agree("the decision's revision", row.rev_from, decision.revision)
    tables.insert_decision(connection, claim, decision)


def _article_decision(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_DecisionRow, values)
    decision = _read(ArticleDecision, row.decision)
    _agree("the decision's id", row.id, decision.id)
    _agree("the decision's revision", row.rev_from, decision.revision)
    tables.insert_article_decision(connection, decision)


def _link(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_LinkRow, values)
    claim, target = _known_claim(connection, row.claim), _known_claim(connection, row.target)
    link = _read(Link, {"type": row.type, "claim": row.target})
    tables.insert_link(connection, claim, link.type, target, row.span)


def _edge(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_EdgeRow, values)
    claim = _known_claim(connection, row.claim)
    edge = _read(Edge, row.edge)
    span = (row.rev_from, row.rev_to)
    edges.insert_past(connection, claim, row.position, edge, row.rule_version, span)


def _tombstone(connection: sqlite3.Connection, values: _Values) -> None:
    row = _read(_TombstoneRow, values)
    tables.insert_tombstone(connection, row.kind, row.key, row.reason, row.actor, row.rev_from)


def _known_claim(connection: sqlite3.Connection, claim_id: str) -> int:
    key = keys.known_claim(connection, claim_id)
    if key is None:
        raise ValueError(f"there is no claim {claim_id}")
    return key


_INSERT: Final[Mapping[str, Callable[[sqlite3.Connection, _Values], None]]] = {
    "revision": _revision,
    "article": _article,
    "alias": _alias,
    "record": _record,
    "text": _text,
    "entity": _entity,
    "relation": _relation,
    "claim": _claim,
    "extraction": _extraction,
    "state": _state,
    "decision": _decision,
    "article_decision": _article_decision,
    "link": _link,
    "edge": _edge,
    "tombstone": _tombstone,
}
