"""Users, tokens, jobs and idempotency keys: outside of revisions, copies and dumps."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from neo4j import ManagedTransaction

from app.graph.neo4j.connection import Connection, rows
from app.graph.neo4j.reads.base import Found, page_of
from app.graph.port import Page
from app.graph.rows import stored_json, utc_text, utc_time
from app.model.account import IdempotencyRecord, Job, JobStatus, Token, User
from app.model.errors import Conflict

ENDED: Final = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED})
"""The states in which a job's input is let go."""


class Neo4jAccounts:
    """The accounts of one store; each write is a transaction of its own.

    Reads go where writes go, so that a token that was just revoked is revoked at once.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def user(self, name: str) -> User | None:
        """Return the user of this name, revoked or not."""

        def work(transaction: ManagedTransaction) -> list[Found]:
            return list(
                rows(transaction, "MATCH (u:User {name: $name}) RETURN u.body AS body", name=name)
            )

        found = self._connection.write(work)
        return User.model_validate_json(found[0]["body"]) if found else None

    def users(self) -> tuple[User, ...]:
        """Return all users, sorted by name."""

        def work(transaction: ManagedTransaction) -> list[Found]:
            return list(rows(transaction, "MATCH (u:User) RETURN u.body AS body ORDER BY u.name"))

        found = self._connection.write(work)
        return tuple(User.model_validate_json(row["body"]) for row in found)

    def put_user(self, user: User) -> None:
        """Put a user, by name."""

        def work(transaction: ManagedTransaction) -> None:
            transaction.run(
                "MERGE (u:User {name: $name}) SET u.role = $role, u.body = $body",
                name=user.name,
                role=user.role.value,
                body=stored_json(user),
            ).consume()

        self._connection.write(work)

    def token(self, sha256: str) -> Token | None:
        """Return the token with this hash, ended or not."""

        def work(transaction: ManagedTransaction) -> list[Found]:
            return list(
                rows(
                    transaction,
                    "MATCH (t:Token {sha256: $sha256}) RETURN properties(t) AS stored",
                    sha256=sha256,
                )
            )

        found = self._connection.write(work)
        return _token(found[0]["stored"]) if found else None

    def tokens(self, user: str) -> tuple[Token, ...]:
        """Return the tokens of a user, ended ones too, oldest first."""

        def work(transaction: ManagedTransaction) -> list[Found]:
            return list(
                rows(
                    transaction,
                    """MATCH (t:Token {owner: $owner}) RETURN properties(t) AS stored
                    ORDER BY t.created_at, t.id""",
                    owner=user,
                )
            )

        return tuple(_token(row["stored"]) for row in self._connection.write(work))

    def add_token(self, token: Token) -> None:
        """Add a token. Raises Conflict where its id or hash is there already."""
        properties = {
            "id": token.id,
            "kind": token.kind.value,
            "owner": token.user,
            "sha256": token.sha256,
            "body": stored_json(token.model_copy(update={"ended_at": None, "last_used_at": None})),
            "created_at": utc_text(token.created_at),
            "expires_at": _text(token.expires_at),
            "ended_at": _text(token.ended_at),
            "last_used_at": _text(token.last_used_at),
        }

        def work(transaction: ManagedTransaction) -> bool:
            summary = transaction.run(
                """OPTIONAL MATCH (t:Token) WHERE t.id = $new.id OR t.sha256 = $new.sha256
                WITH count(t) AS there WHERE there = 0
                CREATE (n:Token) SET n = $new""",
                new=properties,
            ).consume()
            return summary.counters.nodes_created == 1

        if not self._connection.write(work):
            raise Conflict(f"token {token.id} of {token.user} is there already")

    def use_token(self, token_id: str, time: datetime) -> None:
        """Record when a token was last used."""

        def work(transaction: ManagedTransaction) -> None:
            transaction.run(
                "MATCH (t:Token {id: $id}) SET t.last_used_at = $time",
                id=token_id,
                time=utc_text(time),
            ).consume()

        self._connection.write(work)

    def end_token(self, token_id: str, time: datetime) -> bool:
        """End a token from here on; False when it was ended already, or is not there."""

        def work(transaction: ManagedTransaction) -> bool:
            # The lock first: of two who end it at once only one may be told that it did.
            transaction.run(
                "MATCH (t:Token {id: $id}) SET t.writer = randomUUID()", id=token_id
            ).consume()
            summary = transaction.run(
                "MATCH (t:Token {id: $id}) WHERE t.ended_at IS NULL SET t.ended_at = $time",
                id=token_id,
                time=utc_text(time),
            ).consume()
            return summary.counters.properties_set == 1

        return self._connection.write(work)

    def forget_tokens(self, before: datetime) -> None:
        """Drop the sessions and codes that expired before a time."""

        def work(transaction: ManagedTransaction) -> None:
            transaction.run(
                """MATCH (t:Token) WHERE t.kind IN ['session', 'code'] AND t.expires_at < $before
                DELETE t""",
                before=utc_text(before),
            ).consume()

        self._connection.write(work)

    def put_job(self, job: Job, payload: bytes | None = None) -> bool:
        """Put a job; ``payload`` is the input it works on, kept until the job ends.

        False, and nothing changed, when the stored job was cancelled meanwhile.
        """

        def work(transaction: ManagedTransaction) -> bool:
            stored = _locked(transaction, job.id)
            if (
                stored is not None
                and stored.status is JobStatus.CANCELLED
                and job.status is not JobStatus.CANCELLED
            ):
                return False
            _put(transaction, job, payload)
            return True

        return self._connection.write(work)

    def job(self, job_id: str) -> Job | None:
        """Return a job."""

        def work(transaction: ManagedTransaction) -> Job | None:
            return _job(transaction, job_id)

        return self._connection.write(work)

    def job_payload(self, job_id: str) -> bytes | None:
        """Return the input of a job that has not ended."""

        def work(transaction: ManagedTransaction) -> list[Found]:
            return list(
                rows(transaction, "MATCH (j:Job {id: $id}) RETURN j.payload AS payload", id=job_id)
            )

        found = self._connection.write(work)
        payload = found[0]["payload"] if found else None
        return None if payload is None else bytes(payload)

    def job_page(self, after: str | None, limit: int) -> Page[Job]:
        """Return jobs, newest first (ids sort by time)."""

        def work(transaction: ManagedTransaction) -> Page[Job]:
            [counted] = rows(transaction, "MATCH (j:Job) RETURN count(j) AS total")
            found = rows(
                transaction,
                """MATCH (j:Job) WHERE j.body IS NOT NULL AND ($after IS NULL OR j.id < $after)
                RETURN j.id AS id, j.body AS body ORDER BY id DESC LIMIT $limit + 1""",
                after=after,
                limit=limit,
            )
            items = [(row["id"], Job.model_validate_json(row["body"])) for row in found]
            return page_of(items, counted["total"], limit)

        return self._connection.write(work)

    def claim_job(self, job_id: str, worker: str, now: datetime, lease_until: datetime) -> bool:
        """Take a queued job, or one whose lease ran out; False when another worker holds it."""

        def work(transaction: ManagedTransaction) -> bool:
            job = _locked(transaction, job_id)
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
            _put(transaction, taken, None)
            return True

        return self._connection.write(work)

    def idempotency(self, key: str, owner: str) -> IdempotencyRecord | None:
        """Return the first answer under this key."""

        def work(transaction: ManagedTransaction) -> list[Found]:
            return list(
                rows(
                    transaction,
                    "MATCH (i:Idempotency {key: $key, owner: $owner}) RETURN i.body AS body",
                    key=key,
                    owner=owner,
                )
            )

        found = self._connection.write(work)
        return IdempotencyRecord.model_validate_json(found[0]["body"]) if found else None

    def put_idempotency(self, record: IdempotencyRecord) -> bool:
        """Keep an answer; False when another one was first."""

        def work(transaction: ManagedTransaction) -> bool:
            summary = transaction.run(
                """MERGE (i:Idempotency {key: $key, owner: $owner}) ON CREATE SET i.body = $body""",
                key=record.key,
                owner=record.owner,
                body=stored_json(record),
            ).consume()
            return summary.counters.nodes_created == 1

        return self._connection.write(work)


def _token(stored: Mapping[str, Any]) -> Token:
    times = {"ended_at": _time(stored, "ended_at"), "last_used_at": _time(stored, "last_used_at")}
    return Token.model_validate_json(stored["body"]).model_copy(update=times)


def _text(time: datetime | None) -> str | None:
    return None if time is None else utc_text(time)


def _time(stored: Mapping[str, Any], name: str) -> datetime | None:
    text = stored.get(name)
    return None if text is None else utc_time(text)


def _locked(transaction: ManagedTransaction, job_id: str) -> Job | None:
    """Read a job and keep other transactions from changing it until this one ends."""
    transaction.run("MATCH (j:Job {id: $id}) SET j.writer = randomUUID()", id=job_id).consume()
    return _job(transaction, job_id)


def _job(transaction: ManagedTransaction, job_id: str) -> Job | None:
    found = rows(transaction, "MATCH (j:Job {id: $id}) RETURN j.body AS body", id=job_id)
    return next((Job.model_validate_json(row["body"]) for row in found), None)


def _put(transaction: ManagedTransaction, job: Job, payload: bytes | None) -> None:
    transaction.run(
        """MERGE (j:Job {id: $id}) SET j.status = $status, j.body = $body,
            j.payload = CASE WHEN $ended THEN NULL ELSE coalesce($payload, j.payload) END""",
        id=job.id,
        status=job.status.value,
        body=stored_json(job),
        payload=payload,
        ended=job.status in ENDED,
    ).consume()


def _free(job: Job, worker: str, now: datetime) -> bool:
    if job.status is JobStatus.QUEUED:
        return True
    if job.status not in {JobStatus.RUNNING, JobStatus.INTERRUPTED}:
        return False
    return job.worker == worker or job.lease_until is None or job.lease_until <= now
