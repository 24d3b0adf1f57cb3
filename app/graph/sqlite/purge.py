"""The one true deletion."""

import sqlite3
from typing import Final

from app.graph.sqlite import tables
from app.graph.sqlite.tables import json_list
from app.graph.sqlite.writer import SqliteWriter
from app.model.errors import BadInput, NotFound

KINDS: Final = ("article", "claim")


def purge(connection: sqlite3.Connection, kind: str, key: str, actor: str, reason: str) -> int:
    """Delete an article with its claims, or a claim, with all versions; return how many rows.

    A tombstone stands for each deleted article and claim. Rows are counted as a dump has them.
    """
    if kind not in KINDS:
        raise BadInput(f"{kind!r} can't be purged; what can be is {' or '.join(KINDS)}")
    if not reason.strip():
        raise BadInput("a purge needs a reason")
    claims = _claims(connection, kind, key)
    writer = SqliteWriter(connection, actor, f"purge {kind} {key}: {reason}")
    writer.begin_revision()
    deleted = _delete_claims(connection, json_list(claims))
    if kind == "article":
        deleted += _delete_article(connection, key)
        tables.insert_tombstone(connection, kind, key, reason, actor, writer.next_revision)
    for claim in claims:
        tables.insert_tombstone(connection, "claim", claim, reason, actor, writer.next_revision)
    return deleted


def _claims(connection: sqlite3.Connection, kind: str, key: str) -> list[str]:
    if kind == "claim":
        rows = connection.execute("SELECT DISTINCT id FROM claim WHERE id = ?", (key,)).fetchall()
        if not rows:
            raise NotFound(f"there is no claim {key}")
    else:
        if connection.execute("SELECT 1 FROM article WHERE id = ?", (key,)).fetchone() is None:
            raise NotFound(f"there is no article {key}")
        rows = connection.execute(
            "SELECT DISTINCT id FROM claim WHERE article_id = ? ORDER BY id", (key,)
        ).fetchall()
    return [str(row[0]) for row in rows]


def _delete_claims(connection: sqlite3.Connection, claims: str) -> int:
    asked = {"claims": claims}
    (deleted,) = connection.execute(
        """SELECT count(*) FROM (
            SELECT DISTINCT e.claim, e.position, e.opened FROM claim_key k
            JOIN edge e ON e.claim = k.key WHERE k.id IN (SELECT value FROM json_each(:claims)))""",
        asked,
    ).fetchone()
    connection.execute(
        """DELETE FROM edge WHERE claim IN (
            SELECT key FROM claim_key WHERE id IN (SELECT value FROM json_each(:claims)))""",
        asked,
    )
    connection.execute(
        "DELETE FROM claim_key WHERE id IN (SELECT value FROM json_each(:claims))", asked
    )
    deleted += connection.execute(
        """DELETE FROM link WHERE claim IN (SELECT value FROM json_each(:claims))
            OR target IN (SELECT value FROM json_each(:claims))""",
        asked,
    ).rowcount
    deleted += connection.execute(
        "DELETE FROM decision WHERE claim IN (SELECT value FROM json_each(:claims))", asked
    ).rowcount
    deleted += connection.execute(
        "DELETE FROM claim_state WHERE claim IN (SELECT value FROM json_each(:claims))", asked
    ).rowcount
    deleted += connection.execute(
        "DELETE FROM extraction WHERE claim IN (SELECT value FROM json_each(:claims))", asked
    ).rowcount
    return int(
        deleted
        + connection.execute(
            "DELETE FROM claim WHERE id IN (SELECT value FROM json_each(:claims))", asked
        ).rowcount
    )


def _delete_article(connection: sqlite3.Connection, article_id: str) -> int:
    asked = {"id": article_id}
    texts = connection.execute(
        "SELECT DISTINCT sha256 FROM article_text WHERE article_id = :id", asked
    ).fetchall()
    deleted = connection.execute("DELETE FROM article_text WHERE article_id = :id", asked).rowcount
    connection.execute(
        """DELETE FROM text_body WHERE sha256 IN (SELECT value FROM json_each(:texts))
            AND NOT EXISTS (SELECT 1 FROM article_text t WHERE t.sha256 = text_body.sha256)""",
        {"texts": json_list([row[0] for row in texts])},
    )
    connection.execute(
        """DELETE FROM article_key WHERE id = :id
            AND NOT EXISTS (SELECT 1 FROM edge e WHERE e.article = article_key.key)""",
        asked,
    )
    deleted += connection.execute("DELETE FROM record WHERE article_id = :id", asked).rowcount
    deleted += connection.execute("DELETE FROM alias WHERE article_id = :id", asked).rowcount
    return deleted + connection.execute("DELETE FROM article WHERE id = :id", asked).rowcount
