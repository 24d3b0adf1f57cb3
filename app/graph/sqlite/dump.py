"""The whole graph as rows."""

import sqlite3
from collections.abc import Iterator

from app.graph.port import Row
from app.graph.rows import plain, stored_json
from app.graph.sqlite.edges import edge_of


def rows(connection: sqlite3.Connection) -> Iterator[Row]:
    """Stream every row, in the order of ``ROW_KINDS``, within a kind by key and ``rev_from``."""
    yield from _revisions(connection)
    yield from _articles(connection)
    yield from _entities(connection)
    yield from _claims(connection)
    yield from _claim_parts(connection)
    yield from _tombstones(connection)


def _revisions(connection: sqlite3.Connection) -> Iterator[Row]:
    names = ("number", "id", "created_at", "actor", "message")
    found = connection.execute(
        "SELECT number, id, created_at, actor, message FROM revision ORDER BY number"
    )
    yield from (Row("revision", dict(zip(names, row, strict=True))) for row in found)


def _articles(connection: sqlite3.Connection) -> Iterator[Row]:
    found = connection.execute("SELECT id, rev_from FROM article ORDER BY id")
    yield from (Row("article", {"id": row[0], "rev_from": row[1]}) for row in found)
    found = connection.execute(
        "SELECT alias, article_id, rev_from, rev_to FROM alias ORDER BY alias, rev_from"
    )
    for row in found:
        yield Row("alias", {"alias": row[0], "article_id": row[1], **_span(row[2], row[3])})
    found = connection.execute(
        """SELECT article_id, format, record, citation_key, rev_from, rev_to FROM record
        ORDER BY article_id, format, rev_from"""
    )
    for row in found:
        fields = {"article_id": row[0], "format": row[1], "record": plain(row[2])}
        yield Row("record", {**fields, "citation_key": row[3], **_span(row[4], row[5])})
    found = connection.execute(
        """SELECT t.article_id, t.sha256, b.text, t.rev_from, t.rev_to
        FROM article_text t CROSS JOIN text_body b ON b.sha256 = t.sha256
        ORDER BY t.article_id, t.rev_from"""
    )
    for row in found:
        fields = {"article_id": row[0], "sha256": row[1], "text": row[2]}
        yield Row("text", {**fields, **_span(row[3], row[4])})


def _entities(connection: sqlite3.Connection) -> Iterator[Row]:
    found = connection.execute(
        "SELECT id, entity, rev_from, rev_to FROM entity ORDER BY id, rev_from"
    )
    for row in found:
        yield Row("entity", {"id": row[0], "entity": plain(row[1]), **_span(row[2], row[3])})
    found = connection.execute(
        """SELECT subject, type, object, relation, rev_from, rev_to FROM relation
        ORDER BY subject, type, object, rev_from"""
    )
    for row in found:
        fields = {"subject": row[0], "type": row[1], "object": row[2], "relation": plain(row[3])}
        yield Row("relation", {**fields, **_span(row[4], row[5])})


def _claims(connection: sqlite3.Connection) -> Iterator[Row]:
    found = connection.execute(
        """SELECT k.id, c.article_id, c.claim, c.rev_from, c.rev_to
        FROM claim_key k CROSS JOIN claim c ON c.key = k.key ORDER BY k.id, c.rev_from"""
    )
    for row in found:
        fields = {"id": row[0], "article_id": row[1], "claim": plain(row[2])}
        yield Row("claim", {**fields, **_span(row[3], row[4])})
    found = connection.execute(
        """SELECT k.id, x.extraction, x.rev_from FROM claim_key k
        CROSS JOIN extraction x ON x.claim = k.key ORDER BY k.id, x.rev_from, x.extraction"""
    )
    for row in found:
        fields = {"claim": row[0], "extraction": plain(row[1]), "rev_from": row[2]}
        yield Row("extraction", fields)
    found = connection.execute(
        """SELECT k.id, s.state, s.rev_from, s.rev_to FROM claim_key k
        CROSS JOIN claim_state s ON s.claim = k.key ORDER BY k.id, s.rev_from"""
    )
    for row in found:
        yield Row("state", {"claim": row[0], "state": plain(row[1]), **_span(row[2], row[3])})


def _claim_parts(connection: sqlite3.Connection) -> Iterator[Row]:
    found = connection.execute("SELECT id, decision, rev_from FROM decision ORDER BY id")
    for row in found:
        fields = {"id": row[0], "decision": plain(row[1]), "rev_from": row[2]}
        yield Row("decision", fields)
    found = connection.execute("SELECT id, decision, rev_from FROM article_decision ORDER BY id")
    for row in found:
        fields = {"id": row[0], "decision": plain(row[1]), "rev_from": row[2]}
        yield Row("article_decision", fields)
    found = connection.execute(
        """SELECT k.id, l.type, t.id, l.rev_from, l.rev_to FROM claim_key k
        CROSS JOIN link l ON l.claim = k.key CROSS JOIN claim_key t ON t.key = l.target
        ORDER BY k.id, l.type, t.id, l.rev_from"""
    )
    for row in found:
        fields = {"claim": row[0], "type": row[1], "target": row[2]}
        yield Row("link", {**fields, **_span(row[3], row[4])})
    yield from _edges(connection)


def _edges(connection: sqlite3.Connection) -> Iterator[Row]:
    # Rows that only follow what became of the claim are one edge to whoever reads a dump.
    found = connection.execute(
        """SELECT k.id, e.position, s.id, o.id, e.codes, e.rule, e.condition, e.rule_version,
            e.opened, CASE WHEN count(e.rev_to) = count(*) THEN max(e.rev_to) END
        FROM claim_key k CROSS JOIN edge e ON e.claim = k.key
        CROSS JOIN entity_key s ON s.key = e.subject CROSS JOIN entity_key o ON o.key = e.object
        GROUP BY k.id, e.position, e.opened ORDER BY k.id, e.position, e.opened"""
    )
    for row in found:
        fields = {
            "claim": row[0],
            "position": row[1],
            "edge": plain(stored_json(edge_of(*row[2:7]))),
        }
        yield Row("edge", {**fields, "rule_version": row[7], **_span(row[8], row[9])})


def _tombstones(connection: sqlite3.Connection) -> Iterator[Row]:
    names = ("kind", "key", "reason", "actor", "rev_from")
    found = connection.execute(
        """SELECT kind, key, reason, actor, rev_from FROM tombstone
        ORDER BY kind, key, rev_from"""
    )
    yield from (Row("tombstone", dict(zip(names, row, strict=True))) for row in found)


def _span(rev_from: int, rev_to: int | None) -> dict[str, object]:
    return {"rev_from": rev_from, "rev_to": rev_to}
