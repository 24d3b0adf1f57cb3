"""Long work: jobs that live in the store, put in line, looked at, cancelled and resumed.

:mod:`app.services.job_runner` has the workers that run them.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from app.graph.port import AccountStore, Page
from app.model.account import Job, JobStatus
from app.model.errors import Conflict, NotFound

ENDED: Final = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED})

_PAGE = 100


def submit(
    accounts: AccountStore,
    kind: str,
    payload: bytes,
    *,
    owner: str,
    parameters: Mapping[str, str] | None = None,
    total: int | None = None,
) -> Job:
    """Put work in line; the job keeps its input until it ends.

    ``kind`` says which work takes it, ``total`` how much there is to do, where that is known.
    """
    now = datetime.now(UTC)
    queued = Job(
        id=f"{now:%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}",
        kind=kind,
        status=JobStatus.QUEUED,
        owner=owner,
        total=total,
        parameters=dict(parameters or {}),
        created_at=now,
        updated_at=now,
    )
    accounts.put_job(queued, payload)
    return queued


def job(accounts: AccountStore, job_id: str) -> Job:
    """Return a job as it stands: one whose worker died is *interrupted*; NotFound."""
    found = accounts.job(job_id)
    if found is None:
        raise NotFound(f"There is no job {job_id[:80]}.")
    return as_it_stands(found, datetime.now(UTC))


def job_page(accounts: AccountStore, after: str | None, limit: int) -> Page[Job]:
    """Return jobs as they stand, newest first."""
    now = datetime.now(UTC)
    page = accounts.job_page(after, limit)
    return Page(tuple(as_it_stands(j, now) for j in page.items), page.total, page.next_after)


def cancel(accounts: AccountStore, job_id: str) -> Job:
    """Cancel a job: what it has stored stays, the rest is not begun.

    Cancelling twice changes nothing. Raises NotFound, and Conflict for a job that has ended
    otherwise.
    """
    found = job(accounts, job_id)
    if found.status is JobStatus.CANCELLED:
        return found
    if found.status in ENDED:
        raise Conflict(f"Job {job_id} has {found.status}; it can't be cancelled any more.")
    cancelled = found.model_copy(
        update={
            "status": JobStatus.CANCELLED,
            "lease_until": None,
            "worker": None,
            "updated_at": datetime.now(UTC),
        }
    )
    accounts.put_job(cancelled)
    return cancelled


def resume(accounts: AccountStore, job_id: str) -> Job:
    """Queue an interrupted job again, to go on where it stopped.

    Raises NotFound, and Conflict for a job that is not interrupted.
    """
    found = job(accounts, job_id)
    if found.status is not JobStatus.INTERRUPTED:
        raise Conflict(f"Job {job_id} is {found.status}; only an interrupted job can be resumed.")
    queued = found.model_copy(
        update={
            "status": JobStatus.QUEUED,
            "worker": None,
            "lease_until": None,
            "updated_at": datetime.now(UTC),
        }
    )
    accounts.put_job(queued)
    return queued


def waiting_jobs(accounts: AccountStore, now: datetime) -> Iterator[Job]:
    """Yield the jobs that wait for a worker, oldest first."""
    waiting: list[Job] = []
    after: str | None = None
    while True:
        page = accounts.job_page(after, _PAGE)
        waiting += [
            each
            for each in page.items
            if as_it_stands(each, now).status in (JobStatus.QUEUED, JobStatus.INTERRUPTED)
        ]
        after = page.next_after
        if after is None:
            break
    yield from reversed(waiting)


def as_it_stands(job: Job, now: datetime) -> Job:
    """Return a job as it stands at a time: one whose lease ran out is *interrupted*."""
    gone = job.lease_until is None or job.lease_until <= now
    if job.status is JobStatus.RUNNING and gone:
        return job.model_copy(
            update={
                "status": JobStatus.INTERRUPTED,
                "detail": "its worker gave no sign; it can be resumed",
            }
        )
    return job
