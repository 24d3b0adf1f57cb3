"""Users, jobs and idempotency keys: outside of revisions, copies and dumps."""

import sqlite3
from datetime import datetime
from typing import Final

from app.graph.port import Page
from app.graph.rows import stored_json
from app.graph.sqlite.connection import Pool
from app.graph.sqlite.reads.base import page_of
from app.model.account import IdempotencyRecord, Job, JobStatus, User
from app.model.errors import Conflict

ENDED: Final = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED})
"""The states in which a job's input is let go."""


class SqliteAccounts:
    """The accounts of one store; each write is a transaction of its own."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def user_by_token(self, token_sha256: str) -> User | None:
        """Return the user with this token, revoked or not."""
        with self._pool.reading() as connection:
            row = connection.execute(
                "SELECT account FROM account WHERE token_sha256 = ?", (token_sha256,)
            ).fetchone()
        return None if row is None else User.model_validate_json(row[0])

    def users(self) -> tuple[User, ...]:
        """Return all users, sorted by name."""
        with self._pool.reading() as connection:
            rows = connection.execute("SELECT account FROM account ORDER BY name").fetchall()
        return tuple(User.model_validate_json(row[0]) for row in rows)

    def put_user(self, user: User) -> None:
        """Put a user, by name."""
        with self._pool.writing() as connection:
            other = connection.execute(
                "SELECT name FROM account WHERE token_sha256 = ? AND name <> ?",
                (user.token_sha256, user.name),
            ).fetchone()
            if other is not None:
                raise Conflict(f"the token of {user.name} is that of another user")
            connection.execute(
                """INSERT INTO account (name, role, token_sha256, account) VALUES (?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET role = excluded.role,
                    token_sha256 = excluded.token_sha256, account = excluded.account""",
                (user.name, user.role, user.token_sha256, stored_json(user)),
            )

    def put_job(self, job: Job, payload: bytes | None = None) -> bool:
        """Put a job; ``payload`` is the input it works on, kept until the job ends.

        False, and nothing changed, when the stored job was cancelled meanwhile.
        """
        with self._pool.writing() as connection:
            stored = _job(connection, job.id)
            if (
                stored is not None
                and stored.status is JobStatus.CANCELLED
                and job.status is not JobStatus.CANCELLED
            ):
                return False
            connection.execute(
                """INSERT INTO job (id, status, job, payload)
                VALUES (:id, :status, :job, iif(:ended, NULL, :payload))
                ON CONFLICT (id) DO UPDATE SET status = excluded.status, job = excluded.job,
                    payload = iif(:ended, NULL, coalesce(excluded.payload, payload))""",
                {
                    "id": job.id,
                    "status": job.status,
                    "job": stored_json(job),
                    "payload": payload,
                    "ended": job.status in ENDED,
                },
            )
        return True

    def job(self, job_id: str) -> Job | None:
        """Return a job."""
        with self._pool.reading() as connection:
            return _job(connection, job_id)

    def job_payload(self, job_id: str) -> bytes | None:
        """Return the input of a job that has not ended."""
        with self._pool.reading() as connection:
            row = connection.execute("SELECT payload FROM job WHERE id = ?", (job_id,)).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])

    def job_page(self, after: str | None, limit: int) -> Page[Job]:
        """Return jobs, newest first (ids sort by time)."""
        with self._pool.reading() as connection:
            (total,) = connection.execute("SELECT count(*) FROM job").fetchone()
            rows = connection.execute(
                """SELECT id, job FROM job WHERE :after IS NULL OR id < :after
                ORDER BY id DESC LIMIT :limit + 1""",
                {"after": after, "limit": limit},
            ).fetchall()
        items = [(str(row[0]), Job.model_validate_json(row[1])) for row in rows]
        return page_of(items, total, limit)

    def claim_job(self, job_id: str, worker: str, now: datetime, lease_until: datetime) -> bool:
        """Take a queued job, or one whose lease ran out; False when another worker holds it."""
        with self._pool.writing() as connection:
            job = _job(connection, job_id)
            if job is None or not _free(job, worker, now):
                return False
            taken = job.model_copy(
                update={
                    "status": JobStatus.RUNNING,
                    "worker": worker,
                    "lease_until": lease_until,
                    "updated_at": now,
                }
            )
            connection.execute(
                "UPDATE job SET status = ?, job = ? WHERE id = ?",
                (taken.status, stored_json(taken), job_id),
            )
        return True

    def idempotency(self, key: str, owner: str) -> IdempotencyRecord | None:
        """Return the first answer under this key."""
        with self._pool.reading() as connection:
            row = connection.execute(
                "SELECT record FROM idempotency WHERE key = ? AND owner = ?", (key, owner)
            ).fetchone()
        return None if row is None else IdempotencyRecord.model_validate_json(row[0])

    def put_idempotency(self, record: IdempotencyRecord) -> bool:
        """Keep an answer; False when another one was first."""
        with self._pool.writing() as connection:
            cursor = connection.execute(
                """INSERT INTO idempotency (key, owner, record) VALUES (?, ?, ?)
                ON CONFLICT DO NOTHING""",
                (record.key, record.owner, stored_json(record)),
            )
            return cursor.rowcount == 1


def _job(connection: sqlite3.Connection, job_id: str) -> Job | None:
    row = connection.execute("SELECT job FROM job WHERE id = ?", (job_id,)).fetchone()
    return None if row is None else Job.model_validate_json(row[0])


def _free(job: Job, worker: str, now: datetime) -> bool:
    if job.status is JobStatus.QUEUED:
        return True
    if job.status not in {JobStatus.RUNNING, JobStatus.INTERRUPTED}:
        return False
    return job.worker == worker or job.lease_until is None or job.lease_until <= now
