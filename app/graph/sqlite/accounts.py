"""Users, tokens, jobs and idempotency keys: outside of revisions, copies and dumps."""

import sqlite3
from datetime import datetime
from typing import Final

from app.graph.port import Page
from app.graph.rows import stored_json, utc_text, utc_time
from app.graph.sqlite.connection import Pool
from app.graph.sqlite.reads.base import page_of
from app.model.account import IdempotencyRecord, Job, JobStatus, Token, User
from app.model.errors import Conflict

ENDED: Final = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED})
"""The states in which a job's input is let go."""


class SqliteAccounts:
    """The accounts of one store; each write is a transaction of its own."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def user(self, name: str) -> User | None:
        """Return the user of this name, revoked or not."""
        with self._pool.reading() as connection:
            row = connection.execute(
                "SELECT account FROM account WHERE name = ?", (name,)
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
            connection.execute(
                """INSERT INTO account (name, role, account) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE
                    SET role = excluded.role, account = excluded.account""",
                (user.name, user.role, stored_json(user)),
            )

    def token(self, sha256: str) -> Token | None:
        """Return the token with this hash, ended or not."""
        with self._pool.reading() as connection:
            row = connection.execute(
                "SELECT token, ended_at, last_used_at FROM token WHERE sha256 = ?", (sha256,)
            ).fetchone()
        return None if row is None else _token(row)

    def tokens(self, user: str) -> tuple[Token, ...]:
        """Return the tokens of a user, ended ones too, oldest first."""
        with self._pool.reading() as connection:
            rows = connection.execute(
                """SELECT token, ended_at, last_used_at FROM token
                WHERE owner = ? ORDER BY created_at, id""",
                (user,),
            ).fetchall()
        return tuple(_token(row) for row in rows)

    def add_token(self, token: Token) -> None:
        """Add a token. Raises Conflict where its id or hash is there already."""
        with self._pool.writing() as connection:
            cursor = connection.execute(
                """INSERT INTO token
                    (id, kind, owner, sha256, token, created_at, expires_at, ended_at, last_used_at)
                VALUES (:id, :kind, :owner, :sha256, :token, :created, :expires, :ended, :used)
                ON CONFLICT DO NOTHING""",
                {
                    "id": token.id,
                    "kind": token.kind,
                    "owner": token.user,
                    "sha256": token.sha256,
                    "token": stored_json(
                        token.model_copy(update={"ended_at": None, "last_used_at": None})
                    ),
                    "created": utc_text(token.created_at),
                    "expires": _text(token.expires_at),
                    "ended": _text(token.ended_at),
                    "used": _text(token.last_used_at),
                },
            )
            if cursor.rowcount != 1:
                raise Conflict(f"token {token.id} of {token.user} is there already")

    def use_token(self, token_id: str, time: datetime) -> None:
        """Record when a token was last used."""
        with self._pool.writing() as connection:
            connection.execute(
                "UPDATE token SET last_used_at = ? WHERE id = ?", (utc_text(time), token_id)
            )

    def end_token(self, token_id: str, time: datetime) -> bool:
        """End a token from here on; False when it was ended already, or is not there."""
        with self._pool.writing() as connection:
            cursor = connection.execute(
                "UPDATE token SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
                (utc_text(time), token_id),
            )
            return cursor.rowcount == 1

    def forget_tokens(self, before: datetime) -> None:
        """Drop the sessions and codes that expired before a time."""
        with self._pool.writing() as connection:
            connection.execute(
                "DELETE FROM token WHERE kind IN ('session', 'code') AND expires_at < ?",
                (utc_text(before),),
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


def _token(row: tuple[str, str | None, str | None]) -> Token:
    times = {"ended_at": _time(row[1]), "last_used_at": _time(row[2])}
    return Token.model_validate_json(row[0]).model_copy(update=times)


def _text(time: datetime | None) -> str | None:
    return None if time is None else utc_text(time)


def _time(text: str | None) -> datetime | None:
    return None if text is None else utc_time(text)


def _job(connection: sqlite3.Connection, job_id: str) -> Job | None:
    row = connection.execute("SELECT job FROM job WHERE id = ?", (job_id,)).fetchone()
    return None if row is None else Job.model_validate_json(row[0])


def _free(job: Job, worker: str, now: datetime) -> bool:
    if job.status is JobStatus.QUEUED:
        return True
    if job.status not in {JobStatus.RUNNING, JobStatus.INTERRUPTED}:
        return False
    return job.worker == worker or job.lease_until is None or job.lease_until <= now
