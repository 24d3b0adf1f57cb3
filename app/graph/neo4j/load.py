"""Filling an empty store from rows, each of them checked."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from neo4j import Transaction
from neo4j.exceptions import ConstraintError
from pydantic import BaseModel, ValidationError

from app.graph.neo4j import elements
from app.graph.neo4j.edges import Row as EdgeRow
from app.graph.neo4j.edges import open_rows, pasts
from app.graph.neo4j.elements import Element
from app.graph.neo4j.versions import open_elements
from app.graph.neo4j.writer import lock, write_revision
from app.graph.port import Row
from app.graph.rows import utc_time
from app.model.article import Record
from app.model.claim import Claim, ClaimState, Extraction, Link
from app.model.decision import ArticleDecision, Decision
from app.model.edge import Edge
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput, Conflict
from app.model.history import Revision
from app.model.text import sha256_of

Model = TypeVar("Model", bound=BaseModel)
Fields = Mapping[str, Any]
BATCH: Final = 1000


def load(transaction: Transaction, rows: Iterable[Row]) -> int:
    """Write every row inside the caller's transaction; return how many there were.

    Raises Conflict when the store is not empty, BadInput with the place of a bad row.
    """
    if lock(transaction).number > 0:
        raise Conflict("a graph can only be loaded into an empty store")
    return _Loader(transaction).load(rows)


class _Loader:
    """One load: what it has seen, and what waits to be sent."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._head = 0
        self._known: dict[str, set[str]] = {"article": set(), "claim": set()}
        self._waiting: dict[str, list[dict[str, object]]] = {}
        self._edges: list[tuple[str, int, Edge, int, tuple[int, int | None]]] = []

    def load(self, rows: Iterable[Row]) -> int:
        """Write all rows."""
        count, kind = 0, ""
        for count, row in enumerate(rows, start=1):
            if row.kind != kind:
                self._send(count)
                kind = row.kind
            try:
                self._take(row)
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                place = ".".join(str(part) for part in first["loc"])
                raise BadInput(f"row {count} ({kind}), {place}: {first['msg']}") from error
            except (KeyError, ValueError) as error:
                raise BadInput(f"row {count} ({kind}): {error}") from error
            if len(self._waiting.get(kind, ())) >= BATCH:
                self._send(count)
        self._send(count)
        return count

    def _take(self, row: Row) -> None:
        if row.kind == "revision":
            self._revision(row.fields)
            return
        if row.kind == "edge":
            self._edge(dict(row.fields))
            return
        read = _READ.get(row.kind)
        if read is None:
            raise ValueError(f"there is no kind {row.kind!r}")
        rest = dict(row.fields)
        rev_from, rev_to = self._span(rest)
        made = read(_Taken(rest, rev_from))
        if rest:
            raise ValueError(f"unknown fields {', '.join(sorted(rest))}")
        self._check(made[0])
        for element in made:
            self._waiting.setdefault(element.kind, []).append(element.row(rev_from, rev_to))
        if row.kind in self._known:
            self._known[row.kind].add(made[0].key)

    def _check(self, element: Element) -> None:
        for name, kind in _NEEDED.items():
            needed = element.properties.get(name)
            if needed is not None and needed not in self._known[kind]:
                raise ValueError(f"there is no {kind} {needed}")

    def _span(self, fields: dict[str, Any]) -> tuple[int, int | None]:
        rev_from, rev_to = fields.pop("rev_from"), fields.pop("rev_to", None)
        if not (isinstance(rev_from, int) and 0 < rev_from <= self._head):
            raise ValueError(f"rev_from is {rev_from!r}, which is no loaded revision")
        if rev_to is not None and not (isinstance(rev_to, int) and rev_from < rev_to <= self._head):
            raise ValueError(f"rev_to is {rev_to!r}, which is no loaded revision after rev_from")
        return rev_from, rev_to

    def _edge(self, fields: dict[str, Any]) -> None:
        span = self._span(fields)
        taken = _Taken(fields, span[0])
        claim, place = taken.text("claim"), taken.number("position")
        read = (taken.value("edge", Edge), taken.number("rule_version"))
        if fields:
            raise ValueError(f"unknown fields {', '.join(sorted(fields))}")
        if claim not in self._known["claim"]:
            raise ValueError(f"there is no claim {claim}")
        self._edges.append((claim, place, *read, span))
        if len(self._edges) >= BATCH:
            self._send_edges()

    def _send_edges(self) -> None:
        edges, self._edges = self._edges, []
        known = pasts(self._transaction, {claim for claim, *_ in edges})
        made = [
            EdgeRow(claim, place, edge, rule_version, facts, span[0], rev_from, rev_to)
            for claim, place, edge, rule_version, span in edges
            for rev_from, rev_to, facts in known[claim].pieces(*span)
        ]
        open_rows(self._transaction, made)

    def _revision(self, fields: Fields) -> None:
        revision = Revision.model_validate({**fields, "created_at": utc_time(fields["created_at"])})
        _agree("the number", revision.number, self._head + 1)
        write_revision(self._transaction, revision)
        self._head = revision.number

    def _send(self, count: int) -> None:
        waiting, self._waiting = self._waiting, {}
        kind = "edge"
        try:
            self._send_edges()
            for kind, found in waiting.items():
                open_elements(self._transaction, kind, found)
        except ConstraintError as error:
            raise BadInput(f"among the {kind} rows up to row {count}: {error.message}") from error
        except ValueError as error:
            raise BadInput(f"among the {kind} rows up to row {count}: {error}") from error


class _Taken:
    """The fields of a row, each taken once, so that what is left over is unknown."""

    def __init__(self, fields: dict[str, Any], rev_from: int) -> None:
        self._fields = fields
        self.rev_from = rev_from

    def text(self, name: str) -> str:
        """Take a string."""
        value = self._fields.pop(name)
        if not isinstance(value, str):
            raise ValueError(f"{name} is {value!r}, not a string")  # noqa: TRY004
        return value

    def maybe(self, name: str) -> str | None:
        """Take a string or null."""
        if self._fields[name] is None:
            return self._fields.pop(name)  # type: ignore[no-any-return]
        return self.text(name)

    def number(self, name: str) -> int:
        """Take a whole number that is not negative."""
        value = self._fields.pop(name)
        if not isinstance(value, int) or value < 0:
            raise ValueError(f"{name} is {value!r}, not a whole number")
        return value

    def value(self, name: str, model: type[Model]) -> Model:
        """Take a value of the model."""
        return model.model_validate(self._fields.pop(name))


def _article(row: _Taken) -> list[Element]:
    return [elements.article(row.text("id"))]


def _alias(row: _Taken) -> list[Element]:
    return [elements.alias(row.text("alias"), row.text("article_id"))]


def _record(row: _Taken) -> list[Element]:
    record = row.value("record", Record)
    _agree("the record's format", row.text("format"), record.format.value)
    return [elements.record(row.text("article_id"), record, row.maybe("citation_key"))]


def _text(row: _Taken) -> list[Element]:
    article_id, sha256, text = row.text("article_id"), row.text("sha256"), row.text("text")
    _agree("the text's hash", sha256, sha256_of(text))
    return [elements.text(article_id, text, sha256)]


def _entity(row: _Taken) -> list[Element]:
    entity = row.value("entity", Entity)
    _agree("the entity's id", row.text("id"), entity.id)
    return [elements.entity(entity)]


def _relation(row: _Taken) -> list[Element]:
    relation = row.value("relation", EntityRelation)
    said = (row.text("subject"), row.text("type"), row.text("object"))
    _agree("the relation's key", said, relation.key)
    return [elements.relation(relation)]


def _claim(row: _Taken) -> list[Element]:
    claim, article_id = row.value("claim", Claim), row.maybe("article_id")
    _agree("the claim's id", row.text("id"), claim.id)
    return [elements.claim(article_id, claim), *elements.slots(article_id, claim)]


def _extraction(row: _Taken) -> list[Element]:
    return [elements.extraction(row.text("claim"), row.value("extraction", Extraction))]


def _state(row: _Taken) -> list[Element]:
    return [elements.state(row.text("claim"), row.value("state", ClaimState))]


def _decision(row: _Taken) -> list[Element]:
    decision = row.value("decision", Decision)
    _agree("the decision's id", row.text("id"), decision.id)
    _agree("the decision's revision", row.rev_from, decision.revision)
    return [elements.decision(decision)]


def _article_decision(row: _Taken) -> list[Element]:
    decision = row.value("decision", ArticleDecision)
    _agree("the decision's id", row.text("id"), decision.id)
    _agree("the decision's revision", row.rev_from, decision.revision)
    return [elements.article_decision(decision)]


def _link(row: _Taken) -> list[Element]:
    link = Link.model_validate({"type": row.text("type"), "claim": row.text("target")})
    return [elements.link(row.text("claim"), link)]


def _tombstone(row: _Taken) -> list[Element]:
    return [
        elements.tombstone(row.text("kind"), row.text("key"), row.text("reason"), row.text("actor"))
    ]


def _agree(what: str, said: object, held: object) -> None:
    if said != held:
        raise ValueError(f"{what} is {held}, but its row says {said}")


_NEEDED: Final[Mapping[str, str]] = {"article_id": "article", "claim": "claim", "target": "claim"}
"""The properties that name a thing which must be there before, and the thing's kind."""

_READ: Final[Mapping[str, Callable[[_Taken], list[Element]]]] = {
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
    "tombstone": _tombstone,
}
