"""Revisions and changes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api import answers, paging
from app.api.answers import AsOf, CursorText, Limit, Listing
from app.api.auth import Parts, reader
from app.api.openapi import problems
from app.api.wire.questions import AS_OF_PATTERN
from app.model.history import Change, Revision
from app.services import revisions

router = APIRouter(prefix="/api/v1", tags=["history"])


@router.get(
    "/revisions",
    operation_id="list_revisions",
    summary="The history of the graph",
    response_model=Listing[Revision],
    responses=problems(404, 410),
    dependencies=[Depends(reader)],
)
def list_revisions(
    request: Request,
    parts: Parts,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
    as_of: AsOf = None,
) -> Response:
    """Every committed write, oldest first: its number, id, time, author and message."""
    asked = answers.asked(parts, request, as_of, cursor)

    def compute() -> Listing[Revision]:
        page = revisions.history(parts.store, asked.revision, int(asked.after or 0), limit)
        return answers.listing(parts, request, asked, page)

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/changes",
    operation_id="list_changes",
    summary="What changed since a revision, for mirrors",
    response_model=Listing[Change],
    responses=problems(404, 410),
    dependencies=[Depends(reader)],
)
def list_changes(
    request: Request,
    parts: Parts,
    since: Annotated[
        str,
        Query(
            max_length=64,
            json_schema_extra={"pattern": AS_OF_PATTERN},
            description="After this revision, time or day; 0 for the beginning.",
        ),
    ],
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
    as_of: AsOf = None,
) -> Response:
    """Each thing that a revision opened, closed or purged; `as_of` sets where to end."""
    asked = answers.asked(parts, request, as_of, cursor)

    def compute() -> Listing[Change]:
        page = revisions.changes(parts.store, since, asked.revision, asked.after, limit)
        return answers.listing(parts, request, asked, page)

    return answers.answer(parts, request, asked.snapshot, compute)
