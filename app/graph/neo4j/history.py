"""Revisions, and what they changed."""

from datetime import datetime
from typing import Any, Final

from neo4j import ManagedTransaction

from app.graph.neo4j.connection import AnyTransaction, rows
from app.graph.neo4j.reads.base import page_of
from app.graph.port import Page
from app.graph.rows import EMPTY_REVISION, utc_text, utc_time
from app.model.history import Change, Revision

PLACES: Final = {
    "article": "01",
    "alias": "02",
    "record": "03",
    "text": "04",
    "entity": "05",
    "relation": "06",
    "claim": "07",
    "extraction": "08",
    "state": "09",
    "decision": "10",
    "article_decision": "10",
    "link": "11",
    "edge": "12",
}
"""The place of each kind in a list of changes."""


def head(transaction: AnyTransaction) -> Revision:
    """Return the last published revision; number 0 on an empty graph."""
    found = rows(
        transaction,
        """MATCH (h:Head) MATCH (r:Revision {number: h.revision})
        RETURN r {.number, .id, .created_at, .actor, .message} AS revision""",
    )
    return next((_revision(row["revision"]) for row in found), EMPTY_REVISION)


def last_written(transaction: AnyTransaction) -> Revision:
    """Return the last revision, published or not; number 0 on an empty graph."""
    found = rows(
        transaction,
        """MATCH (r:Revision) WHERE r.number > 0
        RETURN r {.number, .id, .created_at, .actor, .message} AS revision
        ORDER BY r.number DESC LIMIT 1""",
    )
    return next((_revision(row["revision"]) for row in found), EMPTY_REVISION)


def publish(transaction: AnyTransaction, number: int) -> None:
    """Make a revision the head, unless a later one is.

    A transaction of its own, after the one that wrote the revision: while the server applies a
    commit, other transactions can see a part of it.
    """
    transaction.run("MATCH (h:Head) SET h.writer = randomUUID()").consume()
    transaction.run(
        "MATCH (h:Head) WHERE h.revision < $number SET h.revision = $number", number=number
    ).consume()


def revision(transaction: AnyTransaction, number: int) -> Revision | None:
    """Return a revision."""
    if number == 0:
        return EMPTY_REVISION
    found = rows(
        transaction,
        """MATCH (h:Head) MATCH (r:Revision {number: $number}) WHERE r.number <= h.revision
        RETURN r {.number, .id, .created_at, .actor, .message} AS revision""",
        number=number,
    )
    return next((_revision(row["revision"]) for row in found), None)


def revision_at(transaction: AnyTransaction, time: datetime) -> Revision | None:
    """Return the last revision made at or before ``time``; None before the first one."""
    found = rows(
        transaction,
        """MATCH (h:Head) MATCH (r:Revision)
        WHERE r.created_at <= $time AND r.number <= h.revision
        RETURN r {.number, .id, .created_at, .actor, .message} AS revision
        ORDER BY r.created_at DESC LIMIT 1""",
        time=utc_text(time),
    )
    return next((_revision(row["revision"]) for row in found), None)


def revisions(transaction: AnyTransaction, after: int, limit: int) -> tuple[Revision, ...]:
    """Return revisions after a number, oldest first."""
    found = rows(
        transaction,
        """MATCH (h:Head) MATCH (r:Revision) WHERE r.number > $after AND r.number <= h.revision
        RETURN r {.number, .id, .created_at, .actor, .message} AS revision
        ORDER BY r.number LIMIT $limit""",
        after=after,
        limit=limit,
    )
    return tuple(_revision(row["revision"]) for row in found)


def changes(
    transaction: ManagedTransaction, since: int, until: int, after: str | None, limit: int
) -> Page[Change]:
    """Return what revisions ``since`` < r <= ``until`` opened and closed, in dump order.

    The key of a thing of several parts is these parts with a blank between them; readings go by
    their claim. A purge stands with the kind of the thing that it deleted.
    """
    [found] = rows(
        transaction,
        """CALL () {
            MATCH (v:Version) WHERE v.rev_from > $since AND v.rev_from <= $until
                AND NOT v.kind IN ['extraction', 'tombstone']
            RETURN v.kind AS kind, v.key AS key, v.rev_from AS revision, 'opened' AS action
          UNION ALL
            MATCH (v:Version) WHERE v.rev_to > $since AND v.rev_to <= $until
            RETURN v.kind AS kind, v.key AS key, v.rev_to AS revision, 'closed' AS action
          UNION ALL
            MATCH (v:Extraction) WHERE v.rev_from > $since AND v.rev_from <= $until
            RETURN DISTINCT v.kind AS kind, v.claim AS key, v.rev_from AS revision,
                'opened' AS action
          UNION ALL
            MATCH (v:Tombstone) WHERE v.rev_from > $since AND v.rev_from <= $until
            RETURN v.purged_kind AS kind, v.purged_key AS key, v.rev_from AS revision,
                'purged' AS action
          UNION ALL
            MATCH ()-[v:RELATED|LINKED]->() WHERE v.rev_from > $since AND v.rev_from <= $until
            RETURN v.kind AS kind, v.key AS key, v.rev_from AS revision, 'opened' AS action
          UNION ALL
            MATCH ()-[v:RELATED|LINKED]->() WHERE v.rev_to > $since AND v.rev_to <= $until
            RETURN v.kind AS kind, v.key AS key, v.rev_to AS revision, 'closed' AS action
          UNION ALL
            MATCH ()-[v:REGULATES]->() WHERE v.rev_from > $since AND v.rev_from <= $until
                AND v.opened = v.rev_from
            RETURN 'edge' AS kind, v.claim + ' ' + toString(v.position) AS key,
                v.rev_from AS revision, 'opened' AS action
          UNION ALL
            MATCH ()-[v:REGULATES]->() WHERE v.rev_to > $since AND v.rev_to <= $until
                AND NOT EXISTS { MATCH ()-[n:REGULATES]->() WHERE n.claim = v.claim
                    AND n.position = v.position AND n.rev_from = v.rev_to
                    AND n.opened = v.opened }
            RETURN 'edge' AS kind, v.claim + ' ' + toString(v.position) AS key,
                v.rev_to AS revision, 'closed' AS action
        }
        WITH kind, key, revision, action, $places[kind] + '\\t' + key + '\\t'
            + right('00000000000' + toString(revision), 12) + '\\t' + action AS sort
        ORDER BY sort
        WITH collect({kind: kind, key: key, revision: revision, action: action, sort: sort})
            AS listed
        RETURN size(listed) AS total,
            [change IN listed WHERE change.sort > $after][..$limit + 1] AS shown""",
        since=since,
        until=until,
        after=after or "",
        limit=limit,
        places=PLACES,
    )
    return page_of([_change(shown) for shown in found["shown"]], found["total"], limit)


def _change(shown: dict[str, Any]) -> tuple[str, Change]:
    sort: str = shown.pop("sort")
    return sort, Change.model_validate(shown)


def _revision(fields: dict[str, Any]) -> Revision:
    return Revision.model_validate({**fields, "created_at": utc_time(fields["created_at"])})
