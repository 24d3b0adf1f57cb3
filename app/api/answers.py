"""How a computed answer becomes a response: pinned to a revision, tagged, and held."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from app.api import etags, paging
from app.api.container import Container, Held
from app.api.wire.questions import AS_OF_PATTERN
from app.graph.port import Page
from app.model.history import Revision, Snapshot
from app.services import revisions
from app.services.stopping import was_stopped

JSON = "application/json"

Item = TypeVar("Item")

AsOf = Annotated[
    str | None,
    Query(
        max_length=64,
        json_schema_extra={"pattern": AS_OF_PATTERN},
        description="Ask the graph as it was: a revision, an RFC 3339 time, or a day "
        "(its last revision in UTC).",
    ),
]
Limit = Annotated[
    int, Query(ge=1, le=paging.MAX_LIMIT, description="How many items a page has at most.")
]
CursorText = Annotated[
    str | None,
    Query(
        alias="cursor",
        max_length=2048,
        description="Where a later page goes on; part of the path in `next`.",
    ),
]


class Listing(BaseModel, Generic[Item]):
    """A page of a list: its items, how many there are in all, and the path of the next page."""

    items: list[Item]
    total: int = Field(ge=0)
    next: str | None = None
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Asked:
    """The revision that a request is answered from, and the sort key that a page goes on after."""

    revision: Revision
    after: str | None

    @property
    def snapshot(self) -> Snapshot:
        """The revision as answers name it."""
        return revisions.snapshot_of(self.revision)


def asked(parts: Container, request: Request, as_of: str | None, cursor: str | None) -> Asked:
    """Find the revision that a request means; a later page stays in the one of its first."""
    if cursor is None:
        return Asked(revisions.resolve(parts.store, as_of), None)
    found = paging.decode(request, parts.config.version, cursor)
    return Asked(paging.revision_of(parts.store, found), found.after)


def next_path(
    parts: Container, request: Request, revision: Revision, after: str | None
) -> str | None:
    """Return the path of the page that goes on after ``after``; None where there is none."""
    if after is None:
        return None
    return paging.next_path(request, paging.encode(request, parts.config.version, revision, after))


def next_rows(
    parts: Container, request: Request, question: Asked, rows: int, total: int
) -> str | None:
    """Return the path of the page after these ``rows`` of an answer; None where no more come."""
    shown = int(question.after or 0) + rows
    more = rows > 0 and shown < total
    return next_path(parts, request, question.revision, str(shown) if more else None)


def listing(parts: Container, request: Request, question: Asked, page: Page[Item]) -> Listing[Item]:
    """Return a page of a list as it is sent."""
    return Listing(
        items=list(page.items),
        total=page.total,
        next=next_path(parts, request, question.revision, page.next_after),
        snapshot=question.snapshot,
    )


def answer(
    parts: Container,
    request: Request,
    snapshot: Snapshot,
    compute: Callable[[], BaseModel],
    *,
    body: str = "",
) -> Response:
    """Answer a question to the graph: 304, or the held answer, or a computed one.

    ``body`` is the text of a question that came as a body. What was cut short at the deadline is
    not held, nor tagged: asked again, it may be whole.
    """
    tag = etags.answer_tag(snapshot, etags.canonical_question(request) + body)
    fresh = etags.not_modified(request, tag)
    if fresh is not None:
        return fresh
    head = parts.store.head().id
    held = parts.cache.get(tag, head)
    if held is None:
        made = compute()
        if was_stopped():
            return plain(made)
        held = Held(
            made.model_dump_json().encode(), paging.link_header(getattr(made, "next", None))
        )
        parts.cache.put(tag, head, held)
    return Response(held.body, media_type=JSON, headers={**etags.headers_of(tag), **held.headers})


def resource(request: Request, tag: str, model: BaseModel, *, status: int = 200) -> Response:
    """Answer one resource under its own tag, or 304."""
    fresh = etags.not_modified(request, tag) if request.method in ("GET", "HEAD") else None
    if fresh is not None:
        return fresh
    return Response(
        model.model_dump_json(),
        status_code=status,
        media_type=JSON,
        headers=etags.headers_of(tag),
    )


def plain(
    model: BaseModel, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """Answer what stands outside of revisions: it is not kept by anybody."""
    return Response(
        model.model_dump_json(),
        status_code=status,
        media_type=JSON,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )
