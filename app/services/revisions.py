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


def history(store: GraphStore, until: Revision, after: int, limit: int) -> Page[Revision]:
    """Return the revisions after a number up to ``until``, oldest first."""
    room = min(limit, until.number - after)
    found = store.revisions(after, room) if room > 0 else ()
    last = found[-1].number if found else until.number
    return Page(
        items=found,
        total=until.number,
        next_after=str(last) if last < until.number else None,
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
    except ValueError as error:
        raise _no_moment(as_of) from error
    if moment.tzinfo is None or as_of[10:11] not in ("T", "t", " "):
        raise _no_moment(as_of)
    return _in_utc(moment)


def _no_moment(as_of: str) -> BadInput:
    return BadInput(
        f"as_of={as_of!r} is no revision number, no RFC 3339 time such as "
        "2026-01-01T12:00:00Z and no day such as 2026-01-01.",
        [FieldError(_POINTER, "a revision number, a time with its zone, or a day")],
    )


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        # Within a day of either end of the calendar there is no such time in UTC.
        last_day = date.max if moment.year > 1 else date.min
        return datetime.combine(last_day, time.max, tzinfo=UTC)
