"""Revisions: which one a question means, the history, and what changed."""

from datetime import UTC, date, datetime, time

from app import __version__
from app.graph.port import GraphStore, Page
from app.model.errors import BadInput, FieldError, NotFound
from app.model.history import Change, Revision, Snapshot

_POINTER = "/query/as_of"


def snapshot_of(revision: Revision) -> Snapshot:
    """Return a revision as answers name it, with the version of the code that answers."""
    return Snapshot(
        id=revision.id,
        revision=revision.number,
        created_at=revision.created_at,
        version=__version__,
    )


def resolve(store: GraphStore, as_of: str | None) -> Revision:
    """Return the revision that ``as_of`` means: a number, an RFC 3339 time, or a day in UTC.

    None means the last one. A time means the last revision made at or before it, a day its last
    one. Raises :class:`~app.model.errors.BadInput` for what is none of the three, and
    :class:`~app.model.errors.NotFound` for a revision that does not exist (yet).
    """
    if as_of is None:
        return store.head()
    if as_of.isascii() and as_of.isdigit() and len(as_of) < len("0000-00-00"):
        return _numbered(store, int(as_of))
    moment = _moment(as_of)
    found = store.revision_at(moment)
    if found is None:
        raise NotFound(f"The graph has no revision as early as {as_of}.")
    return found


def history(store: GraphStore, after: int, limit: int) -> Page[Revision]:
    """Return revisions after a number, oldest first."""
    found = store.revisions(after, limit + 1)
    more = len(found) > limit
    shown = found[:limit]
    return Page(
        items=shown,
        total=store.head().number,
        next_after=str(shown[-1].number) if more else None,
    )


def changes(
    store: GraphStore, since: str, until: Revision, after: str | None, limit: int
) -> Page[Change]:
    """Return what the revisions after ``since`` (as in :func:`resolve`, or 0) up to ``until`` did.

    Raises :class:`~app.model.errors.BadInput` when ``since`` is later than ``until``.
    """
    start = 0 if since == "0" else resolve(store, since).number
    if start > until.number:
        raise BadInput(
            f"since is revision {start}, later than {until.number}, up to which is asked.",
            [FieldError("/query/since", f"at most {until.number}")],
        )
    return store.changes(start, until.number, after, limit)


def _numbered(store: GraphStore, number: int) -> Revision:
    head = store.head()
    if number == head.number:
        return head
    found = store.revision(number) if number < head.number else None
    if found is None:
        raise NotFound(f"There is no revision {number}; the last one is {head.number}.")
    return found


def _moment(as_of: str) -> datetime:
    try:
        if len(as_of) == len("2026-01-01"):
            day = date.fromisoformat(as_of)
            return datetime.combine(day, time.max, tzinfo=UTC)
        moment = datetime.fromisoformat(as_of)
        if moment.tzinfo is None or as_of[10:11] not in ("T", "t", " "):
            raise ValueError
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(
            f"as_of={as_of!r} is no revision number, no RFC 3339 time such as "
            "2026-01-01T12:00:00Z and no day such as 2026-01-01.",
            [FieldError(_POINTER, "a revision number, a time with its zone, or a day")],
        ) from error
