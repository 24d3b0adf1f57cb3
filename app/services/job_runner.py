"""The workers that run jobs.

A running job's lease is renewed while its worker lives. A job whose lease ran out is
*interrupted*: any worker takes it up where it stopped, but not for ever: input that ends every
worker that reads it would end the next one, too.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias
from uuid import uuid4

from app.graph.port import AccountStore
from app.model.account import Job, JobStatus
from app.model.errors import EviPathError
from app.services.jobs import ENDED, waiting_jobs

POLL: Final = 2.0
"""Seconds between looks for work that nobody announced."""

MAX_STARTS: Final = 3
"""How often a job is begun without getting any further in between."""

_STARTS = "starts"
_STOPPED = "stopped; it can be resumed"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """How a job ended: well or not, and in words how."""

    status: JobStatus
    detail: str


STOPPED: Final = Done(JobStatus.INTERRUPTED, _STOPPED)
"""How work ends that was asked to before its end."""

Work: TypeAlias = "Callable[[RunningJob, bytes], Done]"
"""Does a job of one kind, given its input; looks at ``stopped`` and tells how far it is."""


class JobRunner:
    """Threads that take queued and interrupted jobs and run them.

    Args:
        accounts: where jobs live.
        works: what does the jobs of each kind; those of others are left to other workers.
        workers: how many jobs run at the same time.
        lease: seconds after which a job whose worker gives no sign is interrupted.

    """

    def __init__(
        self,
        accounts: AccountStore,
        works: Mapping[str, Work],
        workers: int = 1,
        lease: float = 30.0,
    ) -> None:
        self._accounts = accounts
        self._works = works
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
        for waiting in waiting_jobs(self._accounts, now):
            work = self._works.get(waiting.kind)
            if work is None:
                continue
            if self._accounts.claim_job(waiting.id, worker, now, now + self._lease):
                taken = self._accounts.job(waiting.id)
                if taken is not None:
                    RunningJob(self._accounts, taken, self._lease, self._stop).run(work)
                return True
        return False


@dataclass(slots=True)
class RunningJob:
    """One run of one job by the worker that holds its lease."""

    accounts: AccountStore
    job: Job
    lease: timedelta
    stop: threading.Event
    lost: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def stopped(self) -> bool:
        """Whether the work should end: the worker ends, or the job was cancelled or taken away."""
        return self.stop.is_set() or self.lost

    def run(self, work: Work) -> None:
        """Run the job to its end, or until it is stopped or taken away."""
        with _Heartbeat(self.lease.total_seconds() / 3, self._beat):
            payload = self._begin()
            if payload is None:
                return
            try:
                done = work(self, payload)
            except CancelledError:
                # The processes that it waited for were ended.
                done = STOPPED
            except EviPathError as error:
                done = Done(JobStatus.FAILED, str(error))
            except Exception:
                _log.exception("job %s failed", self.job.id)
                self._end(
                    Done(JobStatus.FAILED, "an internal error, which the log of the service has")
                )
                raise
            self._end(done)

    def advance(self, change: Callable[[Job], Mapping[str, object]], *, kept: bool = True) -> None:
        """Tell how far the job is; ``change`` returns what is new, given how it stood.

        ``kept``: what is done so far is stored, so that the job would go on from here.
        """
        with self._lock:
            parameters = _without_starts(self.job) if kept else self.job.parameters
            self._put(**change(self.job), parameters=parameters)

    def _begin(self) -> bytes | None:
        with self._lock:
            starts = int(self.job.parameters.get(_STARTS, "0"))
            if starts < MAX_STARTS:
                self._put(parameters={**self.job.parameters, _STARTS: str(starts + 1)})
        if starts >= MAX_STARTS:
            detail = f"{starts} workers ended while they ran it; send it in parts"
            self._end(Done(JobStatus.FAILED, detail))
            return None
        payload = self.accounts.job_payload(self.job.id)
        if payload is None:
            self._end(Done(JobStatus.FAILED, "the job's input is not in the store any more"))
        return payload

    def _end(self, done: Done) -> None:
        ended = done.status in ENDED
        with self._lock:
            self._put(
                status=done.status,
                stage=None,
                detail=done.detail,
                total=self.job.done if ended else self.job.total,
                worker=None,
                lease_until=None,
                parameters=_without_starts(self.job),
            )

    def _beat(self) -> None:
        with self._lock:
            self._put()

    def _put(self, **changes: object) -> None:
        """Put the job with these changes and a fresh lease, unless it was cancelled or taken."""
        if self.lost:
            return
        now = datetime.now(UTC)
        held = self.accounts.job(self.job.id)
        if held is None or held.worker != self.job.worker:
            self.lost = True
            return
        fresh: dict[str, object] = {"lease_until": now + self.lease, "updated_at": now}
        self.job = self.job.model_copy(update={**fresh, **changes})
        self.lost = not self.accounts.put_job(self.job)


class _Heartbeat:
    """Calls a function every so many seconds, until it is left."""

    def __init__(self, seconds: float, beat: Callable[[], None]) -> None:
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
                self._beat()
            except EviPathError:
                # The next beat may reach the store; if none does, the lease runs out.
                _log.warning("a job's lease could not be renewed", exc_info=True)


def _without_starts(job: Job) -> dict[str, str]:
    return {key: value for key, value in job.parameters.items() if key != _STARTS}
