"""Everything that the client raises.

EviPathError
├── ConnectionFailed        no answer came: refused, broken off, unknown host
│   └── TimedOut
├── NotUnderstood           an answer came, but not of the shape that this client reads
├── SnapshotMismatch        a pinned question was answered from another state of the graph
├── Changed                 a claim is not what it was when you saw it; nothing was decided
├── JobFailed               the job ended without success
├── JobStillRunning         the job did not end in the time given
└── ProblemError            the service refused; `problem` is its problem document (RFC 9457)
├── BadRequest          400, 406, 415, 422: `problem.errors` points at the bad fields
│   └── TooLarge        413
├── Unauthorized        401
├── Forbidden           403
├── NotFound            404: `problem.nearest` has the nearest entities
├── Conflict            409
│   └── Ambiguous       `problem.candidates` has the entities that a name may mean
├── Gone                410: a cursor has expired
├── PreconditionFailed  412, 428: it changed since it was read
└── Unavailable         5xx
└── RateLimited     429
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from evipath_client.models import Job, Problem, Snapshot


class EviPathError(Exception):
    """Whatever went wrong between this client and a service."""


class ConnectionFailed(EviPathError):
    """No answer came from the service."""


class TimedOut(ConnectionFailed):
    """No answer came in time."""


class NotUnderstood(EviPathError):
    """An answer came that is not of the shape that this client reads."""


class SnapshotMismatch(EviPathError):
    """A pinned question was answered from a state of the graph other than the pinned one."""

    def __init__(self, wanted: Snapshot, found: Snapshot) -> None:
        super().__init__(
            f"Pinned to snapshot {wanted.id} (revision {wanted.revision}), but the answer is from "
            f"{found.id} (revision {found.revision}): this is another graph."
        )
        self.wanted = wanted
        self.found = found


class Changed(EviPathError):
    """Something is no longer what it was when it was read; nothing was done."""


class JobFailed(EviPathError):
    """A job ended without success; ``job`` says how far it came and why it ended."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"Job {job.id} {job.status}: {job.detail or 'no reason was given'}")
        self.job = job


class JobStillRunning(EviPathError):
    """A job did not end in the time given; ``job`` is how it stood. It goes on nevertheless."""

    def __init__(self, job: Job, seconds: float) -> None:
        super().__init__(f"Job {job.id} is still {job.status} after {seconds:g} s; it goes on.")
        self.job = job


class ProblemError(EviPathError):
    """The service refused; ``problem`` says why and what to do, ``status`` is that of HTTP."""

    def __init__(self, problem: Problem, retry_after: float | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        """The status of HTTP."""
        return self.problem.status

    def __str__(self) -> str:
        """Return title, detail, each bad field, and the entities that may be meant."""
        problem = self.problem
        lines = [f"{problem.status} {problem.title}: {problem.detail}"]
        lines += [f"  {one.pointer or 'body'}: {one.detail}" for one in problem.errors or ()]
        meant = [f"{one.id} ({one.name})" for one in problem.candidates or problem.nearest or ()]
        if meant:
            lines.append(f"  perhaps: {', '.join(meant)}")
        if problem.can_be_asked:
            lines.append("  can be asked: " + "; ".join(problem.can_be_asked))
        if problem.request_id:
            lines.append(f"  request {problem.request_id}")
        return "\n".join(lines)


class BadRequest(ProblemError):
    """The request can't be answered as it is (400, 405, 406, 415, 422)."""


class TooLarge(BadRequest):
    """More was sent or asked than the service takes (413)."""


class Unauthorized(ProblemError):
    """A valid token is needed (401)."""


class Forbidden(ProblemError):
    """The token does not allow it (403)."""


class NotFound(ProblemError):
    """There is no such thing (404); of an unknown name, ``problem.nearest`` has the nearest."""


class Conflict(ProblemError):
    """The present state does not allow it (409)."""


class Ambiguous(Conflict):
    """A name means several entities (409): ``problem.candidates`` has them."""


class Gone(ProblemError):
    """It no longer answers (410), as a cursor of another version of the service."""


class PreconditionFailed(ProblemError):
    """It changed since it was read (412), or was not read before (428)."""


class Unavailable(ProblemError):
    """The service or a part of it can't answer now (5xx)."""


class RateLimited(Unavailable):
    """More was asked than is allowed or can be answered at once (429)."""


_BY_STATUS: dict[int, type[ProblemError]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: Gone,
    412: PreconditionFailed,
    413: TooLarge,
    428: PreconditionFailed,
    429: RateLimited,
}


def of_problem(problem: Problem, retry_after: float | None) -> ProblemError:
    """Return the exception that carries a problem document."""
    kind = _BY_STATUS.get(problem.status)
    if kind is Conflict and problem.candidates:
        kind = Ambiguous
    if kind is None:
        kind = Unavailable if problem.status >= httpx.codes.INTERNAL_SERVER_ERROR else BadRequest
    return kind(problem, retry_after)
