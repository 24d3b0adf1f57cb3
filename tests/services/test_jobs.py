"""Jobs that live in the store: submitted, run, interrupted, resumed, cancelled."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from app.graph.port import GraphStore
from app.model.account import JobStatus
from app.model.errors import BadInput, Conflict, NotFound
from app.model.vocabulary import DocumentFormat
from app.services import jobs
from app.services.ingest_job import INGEST, ingest_work, submit_ingest
from app.services.job_runner import MAX_STARTS, Done, JobRunner, RunningJob, Work

SEED = Path(__file__).resolve().parents[1] / "data" / "seed"


def lines(count: int) -> bytes:
    return b"\n".join(
        orjson.dumps({"title": f"Title {number}", "identifiers": [f"PMID:{number}"]})
        for number in range(1, count + 1)
    )


def ingesting(store: GraphStore) -> JobRunner:
    return JobRunner(store.accounts, {INGEST: ingest_work(store)})


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.01)


def test_a_job_runs_and_says_what_became_of_each(store: GraphStore) -> None:
    body = lines(3) + b'\n{"title": ""}\n'
    queued = submit_ingest(store.accounts, body, owner="ann", name="body")
    assert queued.status is JobStatus.QUEUED
    assert ingesting(store).run_waiting() == 1
    done = jobs.job(store.accounts, queued.id)
    assert done.status is JobStatus.SUCCEEDED
    assert (done.done, done.total) == (4, 4)
    assert done.counts == {"created": 3, "failed": 1}
    assert [(error.source, error.record) for error in done.errors] == [("body", 4)]
    assert len(done.result) == 3
    assert store.accounts.job_payload(queued.id) is None
    assert store.revision(1) is not None
    assert store.head().actor == "ann"


def test_a_job_of_which_nothing_could_be_read_failed(store: GraphStore) -> None:
    queued = submit_ingest(store.accounts, b"<broken", owner="ann")
    ingesting(store).run_waiting()
    done = jobs.job(store.accounts, queued.id)
    assert (done.status, done.counts) == (JobStatus.FAILED, {"failed": 1})
    assert done.errors
    assert store.head().number == 0


def test_format_and_pmid_are_kept(store: GraphStore) -> None:
    body = (SEED / "page.txt").read_bytes()
    submit_ingest(
        store.accounts, body, owner="ann", format=DocumentFormat.PUBMED_TEXT, pmid="15314694"
    )
    ingesting(store).run_waiting()
    with store.view() as view:
        assert view.article_ids(["PMID:15314694"])


def test_an_empty_body_is_refused(store: GraphStore) -> None:
    with pytest.raises(BadInput):
        submit_ingest(store.accounts, b" \n", owner="ann")
    assert jobs.job_page(store.accounts, None, 10).total == 0


def test_a_job_whose_worker_died_is_interrupted_and_goes_on(store: GraphStore) -> None:
    queued = submit_ingest(store.accounts, lines(450), owner="ann")
    past = datetime.now(UTC) - timedelta(minutes=5)
    assert store.accounts.claim_job(queued.id, "dead", past, past + timedelta(seconds=1))
    found = jobs.job(store.accounts, queued.id)
    assert found.status is JobStatus.INTERRUPTED
    store.accounts.put_job(found.model_copy(update={"done": 200, "counts": {"created": 200}}))
    assert ingesting(store).run_waiting() == 1
    done = jobs.job(store.accounts, queued.id)
    assert (done.status, done.done) == (JobStatus.SUCCEEDED, 450)
    assert done.counts == {"created": 450}
    with store.view() as view:
        assert view.counts().articles == 250


def test_a_job_that_ends_its_workers_is_given_up(store: GraphStore) -> None:
    queued = submit_ingest(store.accounts, lines(3), owner="ann")
    past = datetime.now(UTC) - timedelta(minutes=5)
    for _ in range(MAX_STARTS):
        runner = ingesting(store)
        stopped = jobs.job(store.accounts, queued.id)
        starts = int(stopped.parameters.get("starts", "0"))
        # A worker that was killed leaves what it last put: that it had begun.
        parameters = {**stopped.parameters, "starts": str(starts + 1)}
        store.accounts.put_job(stopped.model_copy(update={"parameters": parameters}))
        assert store.accounts.claim_job(queued.id, "dead", past, past + timedelta(seconds=1))
    assert runner.run_waiting() == 1
    done = jobs.job(store.accounts, queued.id)
    assert (done.status, done.done) == (JobStatus.FAILED, 0)
    assert "3 workers ended" in (done.detail or "")
    assert "starts" not in done.parameters
    assert store.head().number == 0


def test_a_job_that_another_worker_holds_is_left_alone(store: GraphStore) -> None:
    queued = submit_ingest(store.accounts, lines(1), owner="ann")
    now = datetime.now(UTC)
    assert store.accounts.claim_job(queued.id, "other", now, now + timedelta(minutes=1))
    assert ingesting(store).run_waiting() == 0
    with pytest.raises(Conflict):
        jobs.resume(store.accounts, queued.id)


def test_stopping_leaves_a_job_that_can_be_resumed(store: GraphStore) -> None:
    queued = submit_ingest(store.accounts, lines(4000), owner="ann")
    runner = ingesting(store)
    runner.start()
    until(lambda: jobs.job(store.accounts, queued.id).done > 0)
    runner.stop()
    stopped = jobs.job(store.accounts, queued.id)
    assert stopped.status is JobStatus.INTERRUPTED
    assert 0 < stopped.done < 4000
    assert jobs.resume(store.accounts, queued.id).status is JobStatus.QUEUED
    ingesting(store).run_waiting()
    done = jobs.job(store.accounts, queued.id)
    assert (done.status, done.counts) == (JobStatus.SUCCEEDED, {"created": 4000})


def test_cancelling_ends_a_running_job(store: GraphStore) -> None:
    queued = submit_ingest(store.accounts, lines(4000), owner="ann")
    runner = ingesting(store)
    runner.start()
    until(lambda: jobs.job(store.accounts, queued.id).done > 0)
    assert jobs.cancel(store.accounts, queued.id).status is JobStatus.CANCELLED
    # The only worker takes the next job once it has let go of the cancelled one.
    after = submit_ingest(store.accounts, lines(1), owner="ann")
    runner.notify()
    until(lambda: jobs.job(store.accounts, after.id).status is JobStatus.SUCCEEDED)
    runner.stop()
    assert jobs.job(store.accounts, queued.id).status is JobStatus.CANCELLED
    assert jobs.cancel(store.accounts, queued.id).status is JobStatus.CANCELLED
    with store.view() as view:
        assert 0 < view.counts().articles < 4000
    assert ingesting(store).run_waiting() == 0


def test_what_has_ended_is_not_cancelled(store: GraphStore) -> None:
    queued = submit_ingest(store.accounts, lines(1), owner="ann")
    ingesting(store).run_waiting()
    with pytest.raises(Conflict, match="succeeded"):
        jobs.cancel(store.accounts, queued.id)
    with pytest.raises(NotFound):
        jobs.job(store.accounts, "nothing")


def test_a_job_of_another_kind_is_left_to_other_workers(store: GraphStore) -> None:
    queued = submit_ingest(store.accounts, lines(1), owner="ann")
    assert JobRunner(store.accounts, {"other": ingest_work(store)}).run_waiting() == 0
    assert jobs.job(store.accounts, queued.id).status is JobStatus.QUEUED


def test_the_lease_is_renewed_while_the_worker_lives(store: GraphStore) -> None:
    go_on = threading.Event()
    ingests: Work = ingest_work(store)

    def slow(running: RunningJob, payload: bytes) -> Done:
        go_on.wait(10)
        return ingests(running, payload)

    queued = submit_ingest(store.accounts, lines(1), owner="ann")
    runner = JobRunner(store.accounts, {INGEST: slow}, lease=0.3)
    runner.start()
    until(lambda: jobs.job(store.accounts, queued.id).status is JobStatus.RUNNING)
    first = jobs.job(store.accounts, queued.id).lease_until
    time.sleep(0.6)
    held = jobs.job(store.accounts, queued.id)
    assert held.status is JobStatus.RUNNING
    assert held.lease_until is not None
    assert first is not None
    assert held.lease_until > first
    assert ingesting(store).run_waiting() == 0
    go_on.set()
    until(lambda: jobs.job(store.accounts, queued.id).status is JobStatus.SUCCEEDED)
    runner.stop()


def test_jobs_are_listed_newest_first(store: GraphStore) -> None:
    ids = [submit_ingest(store.accounts, lines(1), owner="ann").id for _ in range(3)]
    assert [each.id for each in jobs.job_page(store.accounts, None, 10).items] == ids[::-1]
