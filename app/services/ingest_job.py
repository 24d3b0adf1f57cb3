"""The ingest of a body of documents as a job."""

from functools import partial
from itertools import islice
from typing import Final

from app.graph.port import AccountStore, GraphStore
from app.ingest import read
from app.model.account import Job, JobStatus
from app.model.errors import BadInput, FieldError
from app.model.vocabulary import DocumentFormat
from app.services.ingest import Fate, Progress, ingest
from app.services.job_runner import STOPPED, Done, RunningJob, Work
from app.services.jobs import submit
from app.services.pipeline import Reads

INGEST: Final = "ingest"
MAX_ERRORS: Final = 1000
"""Errors and articles that a job lists; ``counts`` counts all."""

CANDIDATES: Final = "candidates"
"""In a job's counts: the new candidate claims."""

_MODEL = "model"


def submit_ingest(
    accounts: AccountStore,
    payload: bytes,
    *,
    owner: str,
    name: str = "-",
    format: DocumentFormat | None = None,  # noqa: A002  the word of the command line and REST
    pmid: str | None = None,
    model: bool = False,
) -> Job:
    """Queue the ingest of a body of documents.

    ``name`` is what the body is called in errors; ``model`` asks the language model, too. Raises
    BadInput for an empty body.
    """
    if not payload.strip():
        raise BadInput("The body is empty: send a document.", [FieldError("", "is empty")])
    parameters = {
        "name": name,
        "format": format.value if format else "",
        "pmid": pmid or "",
        _MODEL: _MODEL if model else "",
    }
    said = {key: value for key, value in parameters.items() if value}
    return submit(accounts, INGEST, payload, owner=owner, parameters=said)


def ingest_work(store: GraphStore, reads: Reads | None = None) -> Work:
    """Return what ingests a job's documents; ``reads`` reads them, None leaves them unread."""

    def work(running: RunningJob, payload: bytes) -> Done:
        start = running.job
        kind = start.parameters.get("format")
        items = read(
            payload,
            name=start.parameters.get("name", "-"),
            format=DocumentFormat(kind) if kind else None,
            pmid=start.parameters.get("pmid"),
        )
        model = _MODEL in start.parameters
        report = ingest(
            store,
            islice(items, start.done, None),
            actor=start.owner,
            message=f"job {start.id}",
            start=None if reads is None else partial(reads.start, model=model),
            progress=lambda progress: running.advance(partial(advanced, start, progress)),
            should_stop=lambda: running.stopped,
        )
        if report.stopped:
            return STOPPED
        return ended(running.job)

    return work


def ended(job: Job) -> Done:
    """Return how a job ended: it failed where nothing could be read."""
    failed = job.counts.get(Fate.FAILED, 0)
    whole = job.done > failed or not failed
    return Done(JobStatus.SUCCEEDED if whole else JobStatus.FAILED, _summary(job))


def advanced(start: Job, progress: Progress, job: Job) -> dict[str, object]:
    """Return what is new of a job after a batch; ``start`` is the job as this run began."""
    made = {fate.value: count for fate, count in progress.counts.items()}
    made[CANDIDATES] = progress.extracted.taken.new
    names = (*(fate.value for fate in Fate), CANDIDATES)
    counts = {name: start.counts.get(name, 0) + made.get(name, 0) for name in names}
    counts = {**start.counts, **counts}
    return {
        "stage": "storing",
        "done": start.done + progress.done,
        "counts": {name: count for name, count in counts.items() if count},
        "errors": (*job.errors, *progress.errors)[:MAX_ERRORS],
        "result": (*job.result, *progress.articles)[:MAX_ERRORS],
    }


def _summary(job: Job) -> str:
    counts = ", ".join(f"{count} {fate}" for fate, count in job.counts.items())
    return counts or "nothing to store"
