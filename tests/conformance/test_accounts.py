"""Users, tokens, jobs and idempotency keys, outside of revisions and dumps."""

from datetime import timedelta

import pytest

from app.graph.port import GraphStore
from app.model.account import IdempotencyRecord, JobError, JobStatus, TokenKind
from app.model.errors import Conflict
from app.model.text import sha256_of
from app.model.vocabulary import Role
from tests.support.factories import NOON, job, token, user

LATER = NOON + timedelta(minutes=5)
LEASE = timedelta(minutes=1)


def test_users_by_token_and_by_name(store: GraphStore) -> None:
    ada, eve = user("ada", Role.ADMIN), user("eve", Role.READER)
    store.accounts.put_user(eve)
    store.accounts.put_user(ada)
    assert store.accounts.users() == (ada, eve)
    assert store.accounts.user("eve") == eve
    assert store.accounts.user("bob") is None


def test_a_user_changes_and_is_revoked(store: GraphStore) -> None:
    store.accounts.put_user(user("ada"))
    revoked = user("ada", Role.ADMIN).model_copy(update={"revoked_at": LATER})
    store.accounts.put_user(revoked)
    assert store.accounts.users() == (revoked,)


def test_tokens_are_found_by_hash_and_by_owner(store: GraphStore) -> None:
    late = token("late", created_at=LATER, name="b", expires_at=LATER + LEASE)
    early = token("early", kind=TokenKind.SESSION)
    for each in (late, early, token("other", owner="eve")):
        store.accounts.add_token(each)
    assert store.accounts.token(sha256_of("late")) == late
    assert store.accounts.token(sha256_of("wrong")) is None
    assert store.accounts.tokens("ada") == (early, late)
    assert store.accounts.tokens("bob") == ()


def test_two_tokens_never_share_a_secret(store: GraphStore) -> None:
    store.accounts.add_token(token("secret"))
    with pytest.raises(Conflict, match="eve"):
        store.accounts.add_token(token("secret", owner="eve", id="another"))
    with pytest.raises(Conflict):
        store.accounts.add_token(token("other", id="id-secret"))
    assert store.accounts.tokens("eve") == ()


def test_a_token_is_used_and_ended_once(store: GraphStore) -> None:
    store.accounts.add_token(token())
    store.accounts.use_token("id-secret", NOON)
    assert store.accounts.end_token("id-secret", LATER)
    assert not store.accounts.end_token("id-secret", LATER + LEASE)
    assert not store.accounts.end_token("nobody", LATER)
    found = store.accounts.token(sha256_of("secret"))
    assert found == token(last_used_at=NOON, ended_at=LATER)


def test_expired_sessions_and_codes_are_forgotten(store: GraphStore) -> None:
    for secret, kind in (("a", "session"), ("b", "code"), ("c", "personal")):
        store.accounts.add_token(token(secret, kind=kind, expires_at=NOON))
    store.accounts.add_token(token("d", kind="session", expires_at=LATER + LEASE))
    store.accounts.forget_tokens(LATER)
    assert sorted(each.id for each in store.accounts.tokens("ada")) == ["id-c", "id-d"]


def test_accounts_make_no_revision_and_no_row(store: GraphStore) -> None:
    store.accounts.put_user(user())
    store.accounts.add_token(token())
    store.accounts.put_job(job(), b"input")
    assert store.head().number == 0
    assert list(store.dump()) == []


def test_a_job_is_kept_with_its_input_until_it_ends(store: GraphStore) -> None:
    payload = bytes(range(256)) * 100
    queued = job(errors=(JobError(source="a.xml", record=3, line=9, reason="no title"),))
    assert store.accounts.put_job(queued, payload)
    assert store.accounts.job("j1") == queued
    assert store.accounts.job_payload("j1") == payload
    running = job(status=JobStatus.RUNNING, done=3, counts={"created": 3})
    assert store.accounts.put_job(running)
    assert store.accounts.job("j1") == running
    assert store.accounts.job_payload("j1") == payload
    assert store.accounts.put_job(job(status=JobStatus.SUCCEEDED))
    assert store.accounts.job_payload("j1") is None
    assert store.accounts.job("j2") is None
    assert store.accounts.job_payload("j2") is None


def test_an_interrupted_job_keeps_its_input(store: GraphStore) -> None:
    store.accounts.put_job(job(), b"input")
    store.accounts.put_job(job(status=JobStatus.INTERRUPTED))
    assert store.accounts.job_payload("j1") == b"input"


def test_a_cancelled_job_stays_cancelled(store: GraphStore) -> None:
    store.accounts.put_job(job(), b"input")
    cancelled = job(status=JobStatus.CANCELLED)
    assert store.accounts.put_job(cancelled)
    assert not store.accounts.put_job(job(status=JobStatus.RUNNING, done=9))
    assert not store.accounts.put_job(job(status=JobStatus.SUCCEEDED))
    assert not store.accounts.claim_job("j1", "w1", NOON, NOON + LEASE)
    assert store.accounts.job("j1") == cancelled
    assert store.accounts.job_payload("j1") is None


def test_jobs_come_newest_first(store: GraphStore) -> None:
    for name in ("j2", "j1", "j3"):
        store.accounts.put_job(job(name))
    first = store.accounts.job_page(None, 2)
    rest = store.accounts.job_page(first.next_after, 2)
    assert [j.id for j in first.items] == ["j3", "j2"]
    assert ([j.id for j in rest.items], rest.total, rest.next_after) == (["j1"], 3, None)


def test_one_worker_takes_a_job(store: GraphStore) -> None:
    store.accounts.put_job(job())
    assert store.accounts.claim_job("j1", "w1", NOON, NOON + LEASE)
    taken = store.accounts.job("j1")
    assert taken is not None
    assert (taken.status, taken.worker) == (JobStatus.RUNNING, "w1")
    assert (taken.lease_until, taken.updated_at) == (NOON + LEASE, NOON)
    assert not store.accounts.claim_job("j1", "w2", NOON, NOON + LEASE)
    assert store.accounts.claim_job("j1", "w1", NOON, LATER)


def test_a_lease_that_ran_out_frees_the_job(store: GraphStore) -> None:
    store.accounts.put_job(job())
    store.accounts.claim_job("j1", "w1", NOON, NOON + LEASE)
    assert store.accounts.claim_job("j1", "w2", LATER, LATER + LEASE)
    found = store.accounts.job("j1")
    assert found is not None
    assert found.worker == "w2"


def test_an_ended_or_unknown_job_is_not_taken(store: GraphStore) -> None:
    store.accounts.put_job(job(status=JobStatus.SUCCEEDED))
    assert not store.accounts.claim_job("j1", "w1", NOON, LATER)
    assert not store.accounts.claim_job("j9", "w1", NOON, LATER)


def test_the_first_answer_under_a_key_is_kept(store: GraphStore) -> None:
    first = IdempotencyRecord(
        key="k",
        owner="ada",
        request_sha256="0" * 64,
        status=201,
        headers={"Location": "/x"},
        body='{"a": "ä"}',
        created_at=NOON,
    )
    second = first.model_copy(update={"status": 500})
    assert store.accounts.idempotency("k", "ada") is None
    assert store.accounts.put_idempotency(first)
    assert not store.accounts.put_idempotency(second)
    assert store.accounts.idempotency("k", "ada") == first
    assert store.accounts.put_idempotency(second.model_copy(update={"owner": "eve"}))
