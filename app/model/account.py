"""Users, tokens and jobs: what stands outside of revisions, copies and exports."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field, JsonValue

from app.model.base import Frozen
from app.model.vocabulary import Role


class User(Frozen):
    """Somebody who may do what ``role`` says, for as long as they are not revoked."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$")
    role: Role
    created_at: datetime
    revoked_at: datetime | None = None


class TokenKind(StrEnum):
    """What a token opens: everything its owner may do, a browser session, or one sign-in."""

    PERSONAL = "personal"
    SESSION = "session"
    CODE = "code"


class Token(Frozen):
    """What signs its owner in; the secret itself is stored as a sha256 and shown once.

    ``ended_at`` says since when it is revoked, signed out or used up. ``last_used_at`` is exact to
    a minute.
    """

    id: str
    kind: TokenKind
    user: str
    name: str = Field(min_length=1, max_length=80)
    sha256: str
    created_at: datetime
    expires_at: datetime | None = None
    ended_at: datetime | None = None
    last_used_at: datetime | None = None

    def opens(self, now: datetime) -> bool:
        """Tell whether it is neither ended nor expired."""
        return self.ended_at is None and (self.expires_at is None or now < self.expires_at)


class JobStatus(StrEnum):
    """Where a job stands; *interrupted* means that its worker's lease ran out."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


class JobError(Frozen):
    """A document that could not go in, with its place in the input."""

    source: str
    record: int | None = None
    line: int | None = None
    reason: str


class Job(Frozen):
    """Long work and how far it is.

    ``done`` and ``total`` count documents; ``total`` is null while unknown. ``counts`` says what
    became of them (``created``, ``updated``, ``unchanged``, ``failed``). ``payload`` names the
    stored input, so that any worker can resume it. ``answer`` is what a computation found.
    """

    id: str
    kind: str
    status: JobStatus
    owner: str
    stage: str | None = None
    done: int = 0
    total: int | None = None
    counts: dict[str, int] = Field(default_factory=dict)
    errors: tuple[JobError, ...] = ()
    result: tuple[str, ...] = ()
    answer: JsonValue = None
    detail: str | None = None
    parameters: dict[str, str] = Field(default_factory=dict)
    worker: str | None = None
    lease_until: datetime | None = None
    created_at: datetime
    updated_at: datetime


class IdempotencyRecord(Frozen):
    """The first answer to a POST with an idempotency key."""

    key: str
    owner: str
    request_sha256: str
    status: int
    headers: dict[str, str]
    body: str
    created_at: datetime
