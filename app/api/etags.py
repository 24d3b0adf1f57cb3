"""Entity tags: strong, and known before an answer is computed."""

import hashlib
import re

from fastapi import Request, Response

from app.api.problems import Malformed
from app.model.errors import PreconditionRequired
from app.model.history import Snapshot

_TAG = re.compile(r'\s*(?P<weak>W/)?"(?P<tag>[\x21\x23-\x7e\x80-\xff]*)"\s*')


def tag_of(*parts: str) -> str:
    """Return the opaque tag that stands for these parts together."""
    return hashlib.blake2b("\x00".join(parts).encode(), digest_size=16).hexdigest()


def answer_tag(snapshot: Snapshot, question: str) -> str:
    """Return the tag of an answer: its snapshot, its question, and the code that answers."""
    return tag_of(snapshot.id, str(snapshot.revision), snapshot.version, question)


def canonical_question(request: Request) -> str:
    """Return path and parameters in an order of their own, so that spelling makes no difference."""
    pairs = sorted(request.query_params.multi_items())
    return request.url.path + "".join(f"\x00{name}\x01{value}" for name, value in pairs)


def not_modified(request: Request, tag: str) -> Response | None:
    """Return 304 when the client holds the answer with this tag; weak comparison, as for reads."""
    header = request.headers.get("if-none-match")
    if header is None:
        return None
    if header.strip() == "*" or tag in {held for held, _ in _parse(header)}:
        return Response(status_code=304, headers=headers_of(tag))
    return None


def headers_of(tag: str) -> dict[str, str]:
    """Return the headers of an answer that is kept by its tag and asked again each time."""
    vary = "Accept, Authorization, Cookie"
    return {"ETag": f'"{tag}"', "Cache-Control": "no-cache", "Vary": vary}


def required_match(request: Request) -> tuple[str, ...] | None:
    """Return the tags of ``If-Match``, None for ``*``.

    Weak tags never match a write and are left out. Raises
    :class:`~app.model.errors.PreconditionRequired` without the header.
    """
    header = request.headers.get("if-match")
    if header is None:
        raise PreconditionRequired(
            "Send If-Match with the ETag that GET answers, so that no other change is lost."
        )
    if header.strip() == "*":
        return None
    return tuple(tag for tag, weak in _parse(header) if not weak)


def _parse(header: str) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    position = 0
    while position < len(header):
        match = _TAG.match(header, position)
        if match is None:
            raise Malformed('An entity tag stands in double quotes: If-Match: "…".')
        found.append((match["tag"], match["weak"] is not None))
        position = match.end()
        if position < len(header):
            if header[position] != ",":
                raise Malformed("Entity tags are parted by commas.")
            position += 1
    return found
