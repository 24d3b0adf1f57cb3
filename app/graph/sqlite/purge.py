"""The one true deletion."""

import sqlite3
from collections.abc import Sequence
from typing import Final

import orjson

from app.graph.sqlite import keys, tables
from app.graph.sqlite.tables import json_list
from app.graph.sqlite.writer import SqliteWriter
from app.model.errors import BadInput, NotFound
from app.model.paper import paper_of, parts_of

KINDS: Final = ("article", "claim")


def purge(connection: sqlite3.Connection, kind: str, key: str, actor: str, reason: str) -> int:
    """Delete an article with its claims, or a claim, with all versions; return how many rows.

    A tombstone stands for each deleted article and claim. Rows are counted as a dump has them.
    """
    if kind not in KINDS:
        raise BadInput(f"{kind!r} can't be purged; what can be is {' or '.join(KINDS)}")
    if not reason.strip():
        raise BadInput("a purge needs a reason")
    articles = _articles(connection, key) if kind == "article" else []
    claims = _claims(connection, key, articles)
    writer = SqliteWriter(connection, actor, f"purge {kind} {key}: {reason}")
    writer.begin_revision()
    deleted = _delete_claims(connection, orjson.dumps(list(claims)).decode())
    for article in articles:
        _forget_article(connection, article)
        deleted += _delete_article(connection, article)
        tables.insert_tombstone(connection, kind, article, reason, actor, writer.next_revision)
    for claim in claims.values():
        tables.insert_tombstone(connection, "claim", claim, reason, actor, writer.next_revision)
    return deleted


def _articles(connection: sqlite3.Connection, key: str) -> list[str]:
    """Return an article and those that are merged into it, these first."""
    if connection.execute("SELECT 1 FROM article WHERE id = ?", (key,)).fetchone() is None:
        raise NotFound(f"there is no article {key}")
    merged = connection.execute(
        """SELECT a.id FROM alias l JOIN article a ON a.id = l.alias
        WHERE l.article_id = ? AND l.rev_to IS NULL ORDER BY a.id""",
        (key,),
    ).fetchall()
    return [*(str(row[0]) for row in merged), key]


def _claims(connection: sqlite3.Connection, key: str, articles: Sequence[str]) -> dict[int, str]:
    """Return the ids of the claims that go, by key, in the order of ids."""
    if articles:
        rows = connection.execute(
            """SELECT k.key, k.id FROM claim c JOIN claim_key k ON k.key = c.key
            WHERE c.article_id IN (SELECT value FROM json_each(?)) AND c.rev_to IS NULL
            ORDER BY k.id""",
            (json_list(articles),),
        ).fetchall()
    else:
        rows = connection.execute("SELECT key, id FROM claim_key WHERE id = ?", (key,)).fetchall()
        if not rows:
            raise NotFound(f"there is no claim {key}")
    return dict(rows)


def _forget_article(connection: sqlite3.Connection, article_id: str) -> None:
    """Let the past of claims that left the article name none."""
    asked = {"id": article_id}
    connection.execute("UPDATE claim SET article_id = NULL WHERE article_id = :id", asked)
    papers = connection.execute(
        """SELECT key, id FROM paper_key
        WHERE id = :id OR substr(id, 1, length(:id) + 1) = :id || char(31)""",
        asked,
    ).fetchall()
    for key, text in papers:
        left = paper_of(None, parts_of(text)[1:])
        connection.execute(
            "UPDATE edge SET paper = :left WHERE paper = :key",
            {"left": None if left is None else keys.paper(connection, left), "key": key},
        )
        connection.execute("DELETE FROM paper_key WHERE key = ?", (key,))


def _delete_claims(connection: sqlite3.Connection, claims: str) -> int:
    asked = {"claims": claims}
    (deleted,) = connection.execute(
        """SELECT count(*) FROM (SELECT DISTINCT claim, position, opened FROM edge
            WHERE claim IN (SELECT value FROM json_each(:claims)))""",
        asked,
    ).fetchone()
    connection.execute(
        "DELETE FROM edge WHERE claim IN (SELECT value FROM json_each(:claims))", asked
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
    deleted += connection.execute(
        "DELETE FROM claim WHERE key IN (SELECT value FROM json_each(:claims))", asked
    ).rowcount
    connection.execute(
        "DELETE FROM claim_key WHERE key IN (SELECT value FROM json_each(:claims))", asked
    )
    return int(deleted)


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
    deleted += connection.execute(
        """DELETE FROM article_decision
        WHERE article_id = :id OR json_extract(decision, '$.into') = :id""",
        asked,
    ).rowcount
    deleted += connection.execute("DELETE FROM record WHERE article_id = :id", asked).rowcount
    deleted += connection.execute("DELETE FROM alias WHERE article_id = :id", asked).rowcount
    return deleted + connection.execute("DELETE FROM article WHERE id = :id", asked).rowcount
