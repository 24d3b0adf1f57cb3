"""The ingest of articles from PubMed as a job."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from functools import partial
from typing import Final

from app.graph.port import AccountStore, GraphStore
from app.ingest import Item
from app.ingest.entrez import Entrez
from app.model.account import Job
from app.model.fetch import FetchRequest
from app.services.fetching import FetchPlan, fetched, plan
from app.services.ingest import ingest
from app.services.ingest_job import MAX_ERRORS, advanced, ended
from app.services.job_runner import STOPPED, Done, RunningJob, Work
from app.services.jobs import submit
from app.services.pipeline import Reads

FETCH: Final = "fetch"

UNREVISED: Final = "unrevised"
"""In a job's counts: articles that are in the graph as PubMed has them, and were not fetched."""

HITS: Final = "hits"
"""In a job's counts: what the query found in all."""

_SLICE = 1.0


def submit_fetch(accounts: AccountStore, request: FetchRequest, *, owner: str) -> Job:
    """Queue the ingest of articles from PubMed."""
    parameters = {"query": request.query or ""} if request.query else {}
    payload = request.model_dump_json().encode()
    return submit(accounts, FETCH, payload, owner=owner, parameters=parameters)


def fetch_work(store: GraphStore, entrez: Entrez, most: int, reads: Reads | None = None) -> Work:
    """Return what fetches a job's articles.

    ``most`` hits of a query are fetched unasked; ``reads`` reads the articles, None leaves them
    unread. A job that is begun again asks PubMed again, and fetches what is not in the graph yet.
    """

    def work(running: RunningJob, payload: bytes) -> Done:
        request = FetchRequest.model_validate_json(payload)
        running.advance(lambda _: {"stage": "asking PubMed"}, kept=False)
        with entrez.session(_pause(running)) as pubmed:
            planned = plan(store, pubmed, request, most)
            running.advance(partial(_begun, planned), kept=False)
            start = running.job
            report = ingest(
                store,
                _news(fetched(pubmed, planned), start),
                actor=start.owner,
                message=f"job {start.id}: fetch",
                start=None if reads is None else partial(reads.start, model=request.model),
                progress=lambda progress: running.advance(partial(advanced, start, progress)),
                should_stop=lambda: running.stopped,
            )
        return STOPPED if report.stopped else ended(running.job)

    return work


def _begun(planned: FetchPlan, job: Job) -> dict[str, object]:
    counts = dict(job.counts)
    if not job.done:
        # Of a job that was begun before, what it stored itself is unrevised by now.
        counts |= {UNREVISED: planned.unrevised} if planned.unrevised else {}
        counts |= {HITS: planned.hits} if planned.hits is not None else {}
    return {"stage": "fetching", "total": job.done + planned.total, "counts": counts}


def _news(items: Iterator[Item], job: Job) -> Iterator[Item]:
    """Leave out the errors that a former run of the job has told."""
    told = {error.reason for error in job.errors[:MAX_ERRORS]}
    return (item for item in items if item.error is None or item.error.reason not in told)


def _pause(running: RunningJob) -> Callable[[float], None]:
    """Return what waits, and ends the work where the worker ends or the job was cancelled."""

    def pause(seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if running.stop.wait(min(left, _SLICE)) or running.lost:
                raise CancelledError

    return pause
