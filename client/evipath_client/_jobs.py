"""Long work: jobs, and waiting for them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeAlias

from evipath_client import errors
from evipath_client._calls import BASE, get, model_of, reading, segment
from evipath_client._core import Core
from evipath_client._wire import Call, Flow, Sleep
from evipath_client.models import Job
from evipath_client.pages import Listing

RUNNING = frozenset({"queued", "running"})
SUCCEEDED = "succeeded"
FIRST_POLL = 0.1
LONGEST_POLL = 2.0

Progress: TypeAlias = bool | Callable[[Job], None]
"""True draws a bar on standard error; a function is called with the job whenever it moved."""


def job(job_id: str) -> Call[Job]:
    """Return one job: how far it is, and every error with its place in the input."""
    return get("get_job", f"/jobs/{segment(job_id)}", Job, pin=False)


def jobs(*, page_size: int = 100) -> Call[Listing[Job]]:
    """Go through the jobs, newest first."""
    return reading("list_jobs", "/jobs", model_of(Listing[Job]), pin=False, limit=page_size)


def cancel_job(job: str | Job) -> Call[Job]:
    """Cancel what is not begun of a job; what is stored stays. Needs a curator's token."""
    return Call("cancel_job", "DELETE", f"{BASE}/jobs/{segment(_id_of(job))}", model_of(Job))


def wait(
    core: Core, job: str | Job, *, timeout: float | None = None, progress: Progress = False
) -> Flow[Job]:
    """Wait until a job has succeeded, and return it.

    Raises :class:`~evipath_client.JobFailed` when it ended otherwise, and
    :class:`~evipath_client.JobStillRunning` after ``timeout`` seconds. Single records that could
    not be read do not make a job fail: look at its ``errors``.
    """
    return (yield from waited(core, job, timeout=timeout, progress=progress))


def waited(
    core: Core, wanted: str | Job, *, timeout: float | None = None, progress: Progress = False
) -> Flow[Job]:
    """Ask for a job, ever less often, until it has ended."""
    show = _shown(progress)
    begun, pause, told = time.monotonic(), FIRST_POLL, None
    while True:
        found = yield from core.call(job(_id_of(wanted)))
        if found != told:
            told = found
            show(found)
        if found.status == SUCCEEDED:
            return found
        if found.status not in RUNNING:
            raise errors.JobFailed(found)
        passed = time.monotonic() - begun
        if timeout is not None and passed >= timeout:
            raise errors.JobStillRunning(found, timeout)
        yield Sleep(pause if timeout is None else min(pause, timeout - passed))
        pause = min(pause * 1.5, LONGEST_POLL)


def bar(job: Job, width: int = 30) -> str:
    """Return how far a job is, in one line of text."""
    share = job.done / job.total if job.total else float(job.status == SUCCEEDED)
    filled = round(width * min(1.0, share))
    count = f"{job.done}/{job.total}" if job.total is not None else str(job.done)
    stage = job.stage or job.status
    return f"{job.kind} [{'#' * filled}{'.' * (width - filled)}] {count} {stage}"


def _shown(progress: Progress) -> Callable[[Job], None]:
    if callable(progress):
        return progress
    return _draw if progress else _nothing


def _nothing(_: Job) -> None:
    """Show nothing."""


def _draw(job: Job) -> None:
    """Draw a bar over the last one on a terminal, a line each elsewhere."""
    ended = job.status not in RUNNING
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{bar(job)}" + ("\n" if ended else ""))
    else:
        sys.stderr.write(bar(job) + "\n")
    sys.stderr.flush()


def _id_of(job: str | Job) -> str:
    return job if isinstance(job, str) else job.id
