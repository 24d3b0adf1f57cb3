"""Cursors: where a later page goes on, in which revision, of which question.

A cursor is opaque to clients. It bears a checksum, so that a cursor of another question or one
that was damaged is refused (400) and not misread, and the revision's id, so that one whose
revision or code is no longer there is told apart (410).
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
from fastapi import Request

from app.api.problems import Malformed
from app.graph.port import GraphStore
from app.model.errors import Gone
from app.model.history import Revision

DEFAULT_LIMIT = 25
MAX_LIMIT = 500

_CHECK_BYTES = 9
_QUESTION_BYTES = 9
_PERSON = b"evipath-cursor"
_NO_PART_OF_THE_QUESTION = frozenset({"cursor", "limit"})


@dataclass(frozen=True, slots=True)
class Cursor:
    """The decoded cursor: the revision by number and id, and the last sort key."""

    revision: int
    revision_id: str
    after: str


def question_hash(request: Request) -> str:
    """Return the hash of path and parameters, but for the page's own."""
    pairs = sorted(
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in _NO_PART_OF_THE_QUESTION
    )
    return _hash(orjson.dumps([request.url.path, pairs]), _QUESTION_BYTES)


def encode(request: Request, version: str, revision: Revision, after: str) -> str:
    """Return the cursor of the page after the item with this sort key."""
    body = orjson.dumps([version, revision.number, revision.id, question_hash(request), after])
    check = hashlib.blake2b(body, digest_size=_CHECK_BYTES, person=_PERSON).digest()
    return base64.urlsafe_b64encode(check + body).decode().rstrip("=")


def decode(request: Request, version: str, cursor: str) -> Cursor:
    """Read a cursor of this question.

    Raises :class:`Malformed` for one that is damaged or of another question, and
    :class:`~app.model.errors.Gone` for one that another version of the code gave.
    """
    opened = _opened(cursor)
    if opened is None:
        raise Malformed("The cursor is not one that this service gave.")
    by, number, revision_id, question, after = opened
    if question != question_hash(request):
        raise Malformed("The cursor belongs to another question: take the whole path in next.")
    if by != version:
        raise Gone("The cursor is of another version of the service: ask for the first page again.")
    return Cursor(revision=number, revision_id=revision_id, after=after)


def revision_of(store: GraphStore, cursor: Cursor) -> Revision:
    """Return the revision that a cursor goes on in; Gone when the store no longer holds it."""
    head = store.head()
    found = head if head.number == cursor.revision else store.revision(cursor.revision)
    if found is None or found.id != cursor.revision_id:
        raise Gone("The cursor's revision is no longer there: ask for the first page again.")
    return found


def next_path(request: Request, cursor: str | None) -> str | None:
    """Return the full path of the next page, None on the last."""
    if cursor is None:
        return None
    pairs = [
        (name, value) for name, value in request.query_params.multi_items() if name != "cursor"
    ]
    return f"{request.url.path}?{urlencode([*pairs, ('cursor', cursor)])}"


def link_header(path: str | None) -> dict[str, str]:
    """Return the ``Link`` header to the next page."""
    return {"Link": f'<{path}>; rel="next"'} if path else {}


def _opened(cursor: str) -> tuple[str, int, str, str, str] | None:
    """Return what a cursor holds, None where its checksum says that it was not made here."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    check, body = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
    expected = hashlib.blake2b(body, digest_size=_CHECK_BYTES, person=_PERSON).digest()
    if check != expected:
        return None
    by, number, revision_id, question, after = orjson.loads(body)
    return by, number, revision_id, question, after


def _hash(data: bytes, size: int) -> str:
    return hashlib.blake2b(data, digest_size=size).hexdigest()
