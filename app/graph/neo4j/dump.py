"""The whole graph as rows."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any

import orjson

from app.graph.neo4j.connection import AnyTransaction, rows
from app.graph.neo4j.edges import edge_of
from app.graph.port import Row
from app.graph.rows import plain, stored_json

Edges = Callable[[AnyTransaction, int], Iterator[Row]]
"""Reads the edges of a graph, up to a revision."""

_JSON = {
    "record": "record",
    "entity": "entity",
    "relation": "relation",
    "claim": "claim",
    "state": "state",
}
"""The field in which each kind's body stands in its row."""


def dump(transaction: AnyTransaction, edges: Edges | None = None) -> Iterator[Row]:
    """Stream every row, in the order of ``ROW_KINDS``, within a kind by key and ``rev_from``.

    The rows show the graph at the revision that is the head when the stream begins. ``edges``
    reads the edges of an older schema version.
    """
    [found] = rows(transaction, "MATCH (h:Head) RETURN h.revision AS at")
    at: int = found["at"]
    yield from _revisions(transaction, at)
    yield from _nodes(transaction, "article", at)
    yield from _nodes(transaction, "alias", at)
    yield from _nodes(transaction, "record", at)
    yield from _texts(transaction, at)
    yield from _nodes(transaction, "entity", at)
    yield from _relations(transaction, at)
    yield from _nodes(transaction, "claim", at)
    yield from _extractions(transaction, at)
    yield from _nodes(transaction, "state", at)
    yield from _nodes(transaction, "decision", at)
    yield from _nodes(transaction, "article_decision", at)
    yield from _links(transaction, at)
    yield from (edges or _edges)(transaction, at)
    yield from _nodes(transaction, "tombstone", at)


def _revisions(transaction: AnyTransaction, at: int) -> Iterator[Row]:
    for row in rows(
        transaction,
        """MATCH (r:Revision) WHERE r.number <= $at
        RETURN r {.number, .id, .created_at, .actor, .message} AS fields ORDER BY r.number""",
        at=at,
    ):
        yield Row("revision", {name: row["fields"][name] for name in _REVISION})


def _nodes(transaction: AnyTransaction, kind: str, at: int) -> Iterator[Row]:
    for row in rows(
        transaction,
        """MATCH (v:Version {kind: $kind}) WHERE v.key >= '' AND v.rev_from <= $at
        RETURN properties(v) AS stored ORDER BY v.kind, v.key, v.rev_from""",
        kind=kind,
        at=at,
    ):
        yield _row(kind, row["stored"], at)


def _texts(transaction: AnyTransaction, at: int) -> Iterator[Row]:
    for row in rows(
        transaction,
        """MATCH (v:Version {kind: 'text'}) WHERE v.key >= '' AND v.rev_from <= $at
        WITH v ORDER BY v.kind, v.key, v.rev_from
        MATCH (v)-[:IS]->(t:Text)
        RETURN properties(v) AS stored, t.text AS text""",
        at=at,
    ):
        stored = row["stored"]
        fields = {"article_id": stored["article_id"], "sha256": stored["sha256"]}
        yield Row("text", {**fields, "text": row["text"], **_span(stored, at)})


def _relations(transaction: AnyTransaction, at: int) -> Iterator[Row]:
    for row in rows(
        transaction,
        """MATCH ()-[v:RELATED]->() WHERE v.key >= '' AND v.rev_from <= $at
        RETURN properties(v) AS stored ORDER BY v.key, v.rev_from""",
        at=at,
    ):
        yield _row("relation", row["stored"], at)


def _extractions(transaction: AnyTransaction, at: int) -> Iterator[Row]:
    for row in rows(
        transaction,
        """MATCH (v:Extraction) WHERE v.rev_from <= $at
        RETURN v.claim AS claim, v.body AS body, v.rev_from AS rev_from
        ORDER BY claim, rev_from, body""",
        at=at,
    ):
        fields = {"claim": row["claim"], "extraction": plain(row["body"])}
        yield Row("extraction", {**fields, "rev_from": row["rev_from"]})


def _links(transaction: AnyTransaction, at: int) -> Iterator[Row]:
    for row in rows(
        transaction,
        """MATCH ()-[v:LINKED]->() WHERE v.key >= '' AND v.rev_from <= $at
        RETURN properties(v) AS stored ORDER BY v.key, v.rev_from""",
        at=at,
    ):
        yield _row("link", row["stored"], at)


def _edges(transaction: AnyTransaction, at: int) -> Iterator[Row]:
    # Relationships that only follow what became of the claim are one edge to whoever reads a dump.
    found = rows(
        transaction,
        """MATCH (s)-[v:REGULATES]->(o)
        WHERE v.claim >= '' AND v.position >= 0 AND v.rev_from > 0 AND v.rev_from <= $at
        RETURN properties(v) AS stored, s.id AS subject, o.id AS object
        ORDER BY v.claim, v.position, v.rev_from""",
        at=at,
    )
    for _, group in groupby(found, key=_edge_key):
        *_, last = group
        stored = last["stored"]
        edge = edge_of(last["subject"], last["object"], stored)
        fields = {"claim": stored["claim"], "position": stored["position"]}
        fields |= {"edge": plain(stored_json(edge)), "rule_version": stored["rule_version"]}
        yield Row("edge", {**fields, **_span({**stored, "rev_from": stored["opened"]}, at)})


def _edge_key(row: Mapping[str, Any]) -> tuple[str, int, int]:
    stored = row["stored"]
    return stored["claim"], stored["position"], stored["opened"]


_REVISION = ("number", "id", "created_at", "actor", "message")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "article": ("id",),
    "alias": ("alias", "article_id"),
    "record": ("article_id", "format", "citation_key"),
    "entity": ("id",),
    "relation": ("subject", "type", "object"),
    "claim": ("id", "article_id"),
    "state": ("claim",),
    "decision": ("id",),
    "article_decision": ("id",),
    "link": ("claim", "type", "target"),
    "tombstone": ("reason", "actor"),
}
"""The properties that stand in each kind's row as they are."""


def _row(kind: str, stored: Mapping[str, Any], at: int) -> Row:
    fields: dict[str, object] = {name: stored.get(name) for name in _FIELDS[kind]}
    if kind in _JSON:
        fields[_JSON[kind]] = plain(stored["body"])
    if kind == "tombstone":
        fields |= {"kind": stored["purged_kind"], "key": stored["purged_key"]}
    if kind in {"decision", "article_decision"}:
        fields["decision"] = {**orjson.loads(stored["body"]), "revision": stored["rev_from"]}
    if kind in {"article", "decision", "article_decision", "tombstone"}:
        return Row(kind, {**fields, "rev_from": stored["rev_from"]})
    return Row(kind, {**fields, **_span(stored, at)})


def _span(stored: Mapping[str, Any], at: int) -> dict[str, object]:
    closed = stored.get("rev_to")
    return {
        "rev_from": stored["rev_from"],
        "rev_to": closed if closed is not None and closed <= at else None,
    }
