"""Users, tokens and jobs: what stands outside of revisions, copies and exports."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field, JsonValue

from app.model.base import Frozen
from app.model.vocabulary import Role


class User(Frozen):
    """Somebody with a token; the token itself is stored as a sha256 and shown once."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$")
    role: Role
    token_sha256: str
    created_at: datetime
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None


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
