"""Revisions, and what they changed."""

import sqlite3
from datetime import datetime

from app.graph.port import Page
from app.graph.rows import EMPTY_REVISION, utc_text, utc_time
from app.graph.sqlite.reads.base import page_of
from app.model.history import Change, Revision

_Row = tuple[int, str, str, str, str]


def head(connection: sqlite3.Connection) -> Revision:
    """Return the last revision; number 0 on an empty graph."""
    row = connection.execute(
        """SELECT number, id, created_at, actor, message FROM revision
        ORDER BY number DESC LIMIT 1"""
    ).fetchone()
    return EMPTY_REVISION if row is None else _revision(row)


def revision(connection: sqlite3.Connection, number: int) -> Revision | None:
    """Return a revision."""
    if number == 0:
        return EMPTY_REVISION
    row = connection.execute(
        "SELECT number, id, created_at, actor, message FROM revision WHERE number = ?", (number,)
    ).fetchone()
    return None if row is None else _revision(row)


def revision_at(connection: sqlite3.Connection, time: datetime) -> Revision | None:
    """Return the last revision made at or before ``time``; None before the first one."""
    row = connection.execute(
        """SELECT number, id, created_at, actor, message FROM revision
        WHERE created_at <= ? ORDER BY created_at DESC LIMIT 1""",
        (utc_text(time),),
    ).fetchone()
    return None if row is None else _revision(row)


def revisions(connection: sqlite3.Connection, after: int, limit: int) -> tuple[Revision, ...]:
    """Return revisions after a number, oldest first."""
    rows = connection.execute(
        """SELECT number, id, created_at, actor, message FROM revision
        WHERE number > ? ORDER BY number LIMIT ?""",
        (after, limit),
    )
    return tuple(_revision(row) for row in rows)


def changes(
    connection: sqlite3.Connection, since: int, until: int, after: str | None, limit: int
) -> Page[Change]:
    """Return what revisions ``since`` < r <= ``until`` opened and closed, in dump order.

    The key of a thing of several parts is these parts with a blank between them; readings go by
    their claim. A purge stands with the kind of the thing that it deleted.
    """
    rows = connection.execute(
        _CHANGES, {"since": since, "until": until, "after": after, "limit": limit}
    ).fetchall()
    items = [
        (str(row[1]), Change(revision=row[2], kind=row[3], key=row[4], action=row[5]))
        for row in rows
        if row[1] is not None
    ]
    return page_of(items, int(rows[0][0]), limit)


_CHANGES = """
WITH change (place, kind, key, revision, action) AS (
    SELECT 1, 'article', id, rev_from, 'opened' FROM article
        WHERE rev_from > :since AND rev_from <= :until
    UNION ALL SELECT 2, 'alias', alias, rev_from, 'opened' FROM alias
        WHERE rev_from > :since AND rev_from <= :until
    UNION ALL SELECT 2, 'alias', alias, rev_to, 'closed' FROM alias
        WHERE rev_to > :since AND rev_to <= :until
    UNION ALL SELECT 3, 'record', article_id || ' ' || format, rev_from, 'opened' FROM record
        WHERE rev_from > :since AND rev_from <= :until
    UNION ALL SELECT 3, 'record', article_id || ' ' || format, rev_to, 'closed' FROM record
        WHERE rev_to > :since AND rev_to <= :until
    UNION ALL SELECT 4, 'text', article_id, rev_from, 'opened' FROM article_text
        WHERE rev_from > :since AND rev_from <= :until
    UNION ALL SELECT 4, 'text', article_id, rev_to, 'closed' FROM article_text
        WHERE rev_to > :since AND rev_to <= :until
    UNION ALL SELECT 5, 'entity', id, rev_from, 'opened' FROM entity
        WHERE rev_from > :since AND rev_from <= :until
    UNION ALL SELECT 5, 'entity', id, rev_to, 'closed' FROM entity
        WHERE rev_to > :since AND rev_to <= :until
    UNION ALL SELECT 6, 'relation', subject || ' ' || type || ' ' || object, rev_from, 'opened'
        FROM relation WHERE rev_from > :since AND rev_from <= :until
    UNION ALL SELECT 6, 'relation', subject || ' ' || type || ' ' || object, rev_to, 'closed'
        FROM relation WHERE rev_to > :since AND rev_to <= :until
    UNION ALL SELECT 7, 'claim', k.id, c.rev_from, 'opened'
        FROM claim c JOIN claim_key k ON k.key = c.key
        WHERE c.rev_from > :since AND c.rev_from <= :until
    UNION ALL SELECT 7, 'claim', k.id, c.rev_to, 'closed'
        FROM claim c JOIN claim_key k ON k.key = c.key
        WHERE c.rev_to > :since AND c.rev_to <= :until
    UNION ALL SELECT DISTINCT 8, 'extraction', k.id, x.rev_from, 'opened'
        FROM extraction x JOIN claim_key k ON k.key = x.claim
        WHERE x.rev_from > :since AND x.rev_from <= :until
    UNION ALL SELECT 9, 'state', k.id, s.rev_from, 'opened'
        FROM claim_state s JOIN claim_key k ON k.key = s.claim
        WHERE s.rev_from > :since AND s.rev_from <= :until
    UNION ALL SELECT 9, 'state', k.id, s.rev_to, 'closed'
        FROM claim_state s JOIN claim_key k ON k.key = s.claim
        WHERE s.rev_to > :since AND s.rev_to <= :until
    UNION ALL SELECT 10, 'decision', id, rev_from, 'opened' FROM decision
        WHERE rev_from > :since AND rev_from <= :until
    UNION ALL SELECT 10, 'article_decision', id, rev_from, 'opened' FROM article_decision
        WHERE rev_from > :since AND rev_from <= :until
    UNION ALL SELECT 11, 'link', k.id || ' ' || l.type || ' ' || t.id, l.rev_from, 'opened'
        FROM link l JOIN claim_key k ON k.key = l.claim JOIN claim_key t ON t.key = l.target
        WHERE l.rev_from > :since AND l.rev_from <= :until
    UNION ALL SELECT 11, 'link', k.id || ' ' || l.type || ' ' || t.id, l.rev_to, 'closed'
        FROM link l JOIN claim_key k ON k.key = l.claim JOIN claim_key t ON t.key = l.target
        WHERE l.rev_to > :since AND l.rev_to <= :until
    UNION ALL SELECT 12, 'edge', k.id || ' ' || e.position, e.rev_from, 'opened'
        FROM edge e JOIN claim_key k ON k.key = e.claim
        WHERE e.rev_from > :since AND e.rev_from <= :until AND e.opened = e.rev_from
    UNION ALL SELECT 12, 'edge', k.id || ' ' || e.position, e.rev_to, 'closed'
        FROM edge e JOIN claim_key k ON k.key = e.claim
        WHERE e.rev_to > :since AND e.rev_to <= :until AND NOT EXISTS (
            SELECT 1 FROM edge n WHERE n.claim = e.claim AND n.position = e.position
                AND n.rev_from = e.rev_to AND n.opened = e.opened)
    UNION ALL SELECT CASE kind WHEN 'article' THEN 1 ELSE 7 END, kind, key, rev_from, 'purged'
        FROM tombstone WHERE rev_from > :since AND rev_from <= :until
), keyed (sort, kind, key, revision, action) AS MATERIALIZED (
    SELECT printf('%02d', place) || char(9) || key || char(9) || printf('%012d', revision)
        || char(9) || action, kind, key, revision, action
    FROM change
)
SELECT counted.total, shown.sort, shown.revision, shown.kind, shown.key, shown.action
FROM (SELECT count(*) AS total FROM keyed) counted
LEFT JOIN (
    SELECT * FROM keyed WHERE :after IS NULL OR sort > :after ORDER BY sort LIMIT :limit + 1
) shown ORDER BY shown.sort
"""


def _revision(row: _Row) -> Revision:
    return Revision(
        number=row[0], id=row[1], created_at=utc_time(row[2]), actor=row[3], message=row[4]
    )
