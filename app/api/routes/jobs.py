"""Jobs: how far long work is."""

from collections.abc import AsyncIterator
from typing import Annotated

import anyio
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel
from sse_starlette import EventSourceResponse, ServerSentEvent

from app.api import answers, etags, paging
from app.api.answers import CursorText, Limit
from app.api.auth import Parts, Reader, curator, reader
from app.api.openapi import problems
from app.model.account import Job, JobStatus
from app.model.history import Revision
from app.services import jobs
from app.services.simulation_job import is_own

BASE = "/api/v1/jobs"
POLL_SECONDS = 0.25

router = APIRouter(prefix=BASE, tags=["jobs"])

JobId = Annotated[str, Path(max_length=100, description="The id that POST answered.")]

RUNNING = frozenset({JobStatus.QUEUED, JobStatus.RUNNING})


class JobList(BaseModel):
    """A page of jobs, newest first."""

    items: list[Job]
    total: int
    next: str | None = None


@router.get(
    "",
    operation_id="list_jobs",
    summary="Jobs, newest first",
    response_model=JobList,
    responses=problems(410),
    dependencies=[Depends(reader)],
)
def list_jobs(
    request: Request,
    parts: Parts,
    limit: Limit = paging.DEFAULT_LIMIT,
    cursor: CursorText = None,
) -> Response:
    """List jobs, which stand outside of revisions: a page goes on after the last one's job."""
    version = parts.config.version
    after = None if cursor is None else paging.decode(request, version, cursor).after
    page = jobs.job_page(parts.store.accounts, after, limit)
    path = None
    if page.next_after is not None:
        path = paging.next_path(
            request, paging.encode(request, version, _outside(parts), page.next_after)
        )
    made = JobList(items=list(page.items), total=page.total, next=path)
    return answers.plain(made, headers=paging.link_header(path))


@router.get(
    "/{job_id}",
    operation_id="get_job",
    summary="One job",
    response_model=Job,
    responses=problems(404),
    dependencies=[Depends(reader)],
)
def get_job(request: Request, parts: Parts, job_id: JobId) -> Response:
    """How far it is, what became of the documents, and every error with its place in the input."""
    return _sent(request, parts, jobs.job(parts.store.accounts, job_id))


@router.delete(
    "/{job_id}",
    operation_id="cancel_job",
    summary="Cancel a job",
    response_model=Job,
    responses=problems(401, 403, 404, 409),
)
def cancel_job(request: Request, parts: Parts, user: Reader, job_id: JobId) -> Response:
    """Cancel what is not begun; what is stored stays. Cancelling twice changes nothing.

    A simulation is also cancelled by whoever asked for it; of one that was asked for without a
    token, that is everybody.
    """
    if not is_own(jobs.job(parts.store.accounts, job_id), user):
        curator(parts, user)
    return _sent(request, parts, jobs.cancel(parts.store.accounts, job_id))


@router.get(
    "/{job_id}/events",
    operation_id="follow_job",
    summary="Follow a job as server-sent events",
    response_class=EventSourceResponse,
    responses={
        200: {
            "description": "An event `progress` whenever the job moves, `end` when it has ended; "
            "the data of each is the job.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        **problems(404),
    },
    dependencies=[Depends(reader)],
)
async def follow_job(parts: Parts, job_id: JobId) -> EventSourceResponse:
    """Follow a job until it ends."""
    first = await run_sync(jobs.job, parts.store.accounts, job_id)

    async def events() -> AsyncIterator[ServerSentEvent]:
        job, told = first, None
        while True:
            text = job.model_dump_json()
            if job.status not in RUNNING:
                yield ServerSentEvent(text, event="end")
                return
            if text != told:
                yield ServerSentEvent(text, event="progress")
                told = text
            await anyio.sleep(POLL_SECONDS)
            job = await run_sync(jobs.job, parts.store.accounts, job_id)

    return EventSourceResponse(events())


def _sent(request: Request, parts: Parts, job: Job) -> Response:
    tag = etags.tag_of(parts.config.version, job.model_dump_json())
    return answers.resource(request, tag, job)


def _outside(parts: Parts) -> Revision:
    """Return the head, which stands where a cursor of the graph names its revision."""
    return parts.store.head()
