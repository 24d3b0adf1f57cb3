"""Long work: jobs that live in the store with a lease, and the workers that run them.

A running job's lease is renewed while its worker lives. A job whose lease ran out is
*interrupted*: any worker takes it up where it stopped, but not for ever: input that ends every
worker that reads it would end the next one, too.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Final
from uuid import uuid4

from app.graph.port import AccountStore, GraphStore, Page
from app.ingest import read
from app.model.account import Job, JobStatus
from app.model.errors import BadInput, Conflict, EviPathError, FieldError, NotFound
from app.model.vocabulary import DocumentFormat
from app.services.ingest import Fate, Progress, ingest
from app.services.pipeline import Reads, Start

INGEST: Final = "ingest"
ENDED: Final = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED})
MAX_ERRORS: Final = 1000
"""Errors and articles that a job lists; ``counts`` counts all."""

POLL: Final = 2.0
"""Seconds between looks for work that nobody announced."""

MAX_STARTS: Final = 3
"""How often a job is begun without a batch being stored in between."""

CANDIDATES: Final = "candidates"
"""In a job's counts: the new candidate claims."""

_STARTS = "starts"
_STOPPED = "stopped; it can be resumed"
_MODEL = "model"
_PAGE = 100
_log = logging.getLogger(__name__)


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
    """Queue the ingest of a body of documents; the job keeps the body until it ends.

    ``name`` is what the body is called in errors; ``model`` asks the language model, too. Raises
    BadInput for an empty body.
    """
    if not payload.strip():
        raise BadInput("The body is empty: send a document.", [FieldError("", "is empty")])
    now = datetime.now(UTC)
    parameters = {
        "name": name,
        "format": format.value if format else "",
        "pmid": pmid or "",
        _MODEL: _MODEL if model else "",
    }
    queued = Job(
        id=f"{now:%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}",
        kind=INGEST,
        status=JobStatus.QUEUED,
        owner=owner,
        parameters={key: value for key, value in parameters.items() if value},
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
    return _as_it_stands(found, datetime.now(UTC))


def job_page(accounts: AccountStore, after: str | None, limit: int) -> Page[Job]:
    """Return jobs as they stand, newest first."""
    now = datetime.now(UTC)
    page = accounts.job_page(after, limit)
    return Page(tuple(_as_it_stands(j, now) for j in page.items), page.total, page.next_after)


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


class JobRunner:
    """Threads that take queued and interrupted jobs and run them.

    Args:
        store: where jobs live and what they work on.
        workers: how many jobs run at the same time.
        lease: seconds after which a job whose worker gives no sign is interrupted.
        reads: reads the articles that an ingest stores; None leaves them unread.

    """

    def __init__(
        self,
        store: GraphStore,
        workers: int = 1,
        lease: float = 30.0,
        reads: Reads | None = None,
    ) -> None:
        self._store = store
        self._reads = reads
        self._lease = timedelta(seconds=lease)
        self._stop = threading.Event()
        self._work = threading.Event()
        self._name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}"
        self._threads = [
            threading.Thread(
                target=self._loop, args=(f"{self._name}:{number}",), name=f"job-{number}"
            )
            for number in range(workers)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def notify(self) -> None:
        """Look for work at once."""
        self._work.set()

    def stop(self, timeout: float = 10.0) -> None:
        """Stop after the batch at hand; a job that is not done can be resumed."""
        self._stop.set()
        self._work.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(timeout)

    def run_waiting(self) -> int:
        """Run, in the calling thread, all jobs that wait; return how many there were."""
        count = 0
        while not self._stop.is_set() and self._run_next(f"{self._name}:direct"):
            count += 1
        return count

    def _loop(self, worker: str) -> None:
        while not self._stop.is_set():
            try:
                if self._run_next(worker):
                    continue
            except Exception:  # noqa: BLE001  one job's fault must not end the worker
                # A store that is away comes back, and the jobs in it wait.
                _log.exception("a job could not be taken or run")
            self._work.wait(POLL)
            self._work.clear()

    def _run_next(self, worker: str) -> bool:
        now = datetime.now(UTC)
        accounts = self._store.accounts
        for waiting in _waiting(accounts, now):
            if accounts.claim_job(waiting.id, worker, now, now + self._lease):
                taken = accounts.job(waiting.id)
                if taken is not None:
                    _Run(self._store, taken, self._lease, self._stop, self._reads).run()
                return True
        return False


@dataclass(slots=True)
class _Run:
    """One run of one job by the worker that holds its lease."""

    store: GraphStore
    job: Job
    lease: timedelta
    stop: threading.Event
    reads: Reads | None
    lost: bool = False

    def run(self) -> None:
        """Run the job to its end, or until it is stopped or taken away."""
        beat = _Heartbeat(self.lease.total_seconds() / 3, self._beat)
        with beat:
            self._run(beat.lock)

    def _run(self, lock: threading.Lock) -> None:
        with lock:
            starts = int(self.job.parameters.get(_STARTS, "0"))
            if starts >= MAX_STARTS:
                self._end(
                    JobStatus.FAILED, f"{starts} workers ended while they ran it; send it in parts"
                )
                return
            self._put(parameters={**self.job.parameters, _STARTS: str(starts + 1)})
        payload = self.store.accounts.job_payload(self.job.id)
        if payload is None:
            with lock:
                self._end(JobStatus.FAILED, "the job's input is not in the store any more")
            return
        parameters = self.job.parameters
        kind = parameters.get("format")
        items = read(
            payload,
            name=parameters.get("name", "-"),
            format=DocumentFormat(kind) if kind else None,
            pmid=parameters.get("pmid"),
        )
        start = self.job
        try:
            report = ingest(
                self.store,
                islice(items, start.done, None),
                actor=start.owner,
                message=f"job {start.id}",
                start=self._reading(),
                progress=lambda progress: self._advance(start, progress, lock),
                should_stop=lambda: self.stop.is_set() or self.lost,
            )
        except CancelledError:
            # The processes that read were ended while it waited for them.
            with lock:
                self._end(JobStatus.INTERRUPTED, _STOPPED)
            return
        except EviPathError as error:
            with lock:
                self._end(JobStatus.FAILED, str(error))
            return
        except Exception:
            _log.exception("job %s failed", start.id)
            with lock:
                self._end(JobStatus.FAILED, "an internal error, which the log of the service has")
            raise
        with lock:
            if report.stopped:
                self._end(JobStatus.INTERRUPTED, _STOPPED)
                return
            failed = self.job.counts.get(Fate.FAILED, 0)
            whole = self.job.done > failed or not failed
            self._end(JobStatus.SUCCEEDED if whole else JobStatus.FAILED, _summary(self.job))

    def _reading(self) -> Start | None:
        if self.reads is None:
            return None
        return partial(self.reads.start, model=_MODEL in self.job.parameters)

    def _advance(self, start: Job, progress: Progress, lock: threading.Lock) -> None:
        made = {fate.value: count for fate, count in progress.counts.items()}
        made[CANDIDATES] = progress.extracted.taken.new
        names = (*(fate.value for fate in Fate), CANDIDATES)
        counts = {name: start.counts.get(name, 0) + made.get(name, 0) for name in names}
        with lock:
            self._put(
                stage="storing",
                done=start.done + progress.done,
                counts={name: count for name, count in counts.items() if count},
                errors=(*self.job.errors, *progress.errors)[:MAX_ERRORS],
                result=(*self.job.result, *progress.articles)[:MAX_ERRORS],
                parameters=_without_starts(self.job),
            )

    def _end(self, status: JobStatus, detail: str) -> None:
        ended = status in ENDED
        self._put(
            status=status,
            stage=None,
            detail=detail,
            total=self.job.done if ended else self.job.total,
            worker=None,
            lease_until=None,
            parameters=_without_starts(self.job),
        )

    def _beat(self) -> None:
        self._put()

    def _put(self, **changes: object) -> None:
        """Put the job with these changes and a fresh lease, unless it was cancelled or taken."""
        if self.lost:
            return
        now = datetime.now(UTC)
        held = self.store.accounts.job(self.job.id)
        if held is None or held.worker != self.job.worker:
            self.lost = True
            return
        fresh: dict[str, object] = {"lease_until": now + self.lease, "updated_at": now}
        self.job = self.job.model_copy(update={**fresh, **changes})
        self.lost = not self.store.accounts.put_job(self.job)


class _Heartbeat:
    """Calls a function every so many seconds, under its lock, until it is left."""

    def __init__(self, seconds: float, beat: Callable[[], None]) -> None:
        self.lock = threading.Lock()
        self._seconds = seconds
        self._beat = beat
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._loop, daemon=True, name="job-heartbeat")

    def __enter__(self) -> "_Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _loop(self) -> None:
        while not self._over.wait(self._seconds):
            try:
                with self.lock:
                    self._beat()
            except EviPathError:
                # The next beat may reach the store; if none does, the lease runs out.
                _log.warning("a job's lease could not be renewed", exc_info=True)


def _waiting(accounts: AccountStore, now: datetime) -> Iterator[Job]:
    """Yield the jobs that wait for a worker, oldest first."""
    waiting: list[Job] = []
    after: str | None = None
    while True:
        page = accounts.job_page(after, _PAGE)
        waiting += [
            each
            for each in page.items
            if _as_it_stands(each, now).status in (JobStatus.QUEUED, JobStatus.INTERRUPTED)
        ]
        after = page.next_after
        if after is None:
            break
    yield from reversed(waiting)


def _as_it_stands(job: Job, now: datetime) -> Job:
    gone = job.lease_until is None or job.lease_until <= now
    if job.status is JobStatus.RUNNING and gone:
        return job.model_copy(
            update={
                "status": JobStatus.INTERRUPTED,
                "detail": "its worker gave no sign; it can be resumed",
            }
        )
    return job


def _without_starts(job: Job) -> dict[str, str]:
    return {key: value for key, value in job.parameters.items() if key != _STARTS}


def _summary(job: Job) -> str:
    counts = ", ".join(f"{count} {fate}" for fate, count in job.counts.items())
    return counts or "nothing to store"
