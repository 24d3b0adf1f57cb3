"""Queries that are answered later, to a callback: jobs, their work, and how they stand."""

from datetime import UTC, datetime
from typing import Any, Final

import orjson

from app.graph.port import AccountStore
from app.model.account import Job, JobStatus
from app.model.errors import EviPathError, NotFound, Unavailable
from app.services import jobs
from app.services.callbacks import Callbacks, NotSent
from app.services.job_runner import STOPPED, Done, RunningJob, Work
from app.trapi.parts import Parts
from app.trapi.query import AsyncQuery, Json
from app.trapi.versions import VERSIONS, Version

TRAPI: Final = "trapi"
OWNER: Final = "trapi"

MOST_WAITING: Final = 50
"""Queries that may wait for a worker: anybody may put one in line."""

WAITS: Final = (0.0, 1.0, 5.0)
"""Seconds before each try to reach a callback."""

_STATUS: Final = {
    JobStatus.QUEUED: "Queued",
    JobStatus.INTERRUPTED: "Queued",
    JobStatus.RUNNING: "Running",
    JobStatus.SUCCEEDED: "Completed",
    JobStatus.FAILED: "Failed",
    JobStatus.CANCELLED: "Failed",
}


def put_in_line(parts: Parts, callbacks: Callbacks, version: Version, body: Any) -> Json:
    """Put a query in line; return what ``/asyncquery`` answers.

    Raises what a query raises, BadInput for a callback that nothing is sent to, and Unavailable
    where too many wait.
    """
    query = parts.checked(version, body, AsyncQuery)
    callbacks.check(query.callback)
    accounts = parts.store.accounts
    waiting = [each for each in jobs.waiting_jobs(accounts, datetime.now(UTC)) if _is_ours(each)]
    if len(waiting) >= MOST_WAITING:
        raise Unavailable("jobs", f"{len(waiting)} queries wait already")
    payload = orjson.dumps({"version": version.name, "body": body, "callback": query.callback})
    queued = jobs.submit(accounts, TRAPI, payload, owner=OWNER, total=1)
    return {
        "status": "Accepted",
        "description": "The answer is sent to the callback.",
        "job_id": queued.id,
    }


def status_of(accounts: AccountStore, job_id: str) -> Json:
    """Return how a query stands; NotFound for an id that is none of a query."""
    found = jobs.job(accounts, job_id)
    if not _is_ours(found):
        raise NotFound(f"There is no query {job_id[:80]}.")
    status = _STATUS[found.status]
    description = found.detail or f"The query is {status.lower()}."
    level = "ERROR" if status == "Failed" else "INFO"
    entry = {
        "timestamp": found.updated_at.isoformat(timespec="milliseconds"),
        "level": level,
        "message": description,
    }
    return {"status": status, "description": description, "logs": [entry]}


def trapi_work(parts: Parts, callbacks: Callbacks) -> Work:
    """Return what answers a query and sends the answer; one that is stopped begins anew."""

    def work(running: RunningJob, payload: bytes) -> Done:
        asked = orjson.loads(payload)
        version = next(each for each in VERSIONS if each.name == asked["version"])
        done = Done(JobStatus.SUCCEEDED, "The answer was sent to the callback.")
        try:
            response = parts.answer(version, asked["body"], AsyncQuery)
        except Unavailable:
            raise
        except EviPathError as error:
            response = _failed(version, asked["body"], str(error))
            done = Done(JobStatus.FAILED, str(error))
        return _sent(running, callbacks, asked["callback"], orjson.dumps(response)) or done

    return work


def _sent(running: RunningJob, callbacks: Callbacks, url: str, body: bytes) -> Done | None:
    """Send an answer, trying again; return how it ended where it did not arrive."""
    last = ""
    for wait in WAITS:
        if running.stop.wait(wait) or running.stopped:
            return STOPPED
        try:
            callbacks.post(url, body)
        except NotSent as error:
            last = str(error)
        else:
            return None
    return Done(JobStatus.FAILED, f"After {len(WAITS)} tries {last}.")


def _failed(version: Version, body: Json, why: str) -> Json:
    graph = body["message"]["query_graph"]
    message = {
        "query_graph": graph,
        "knowledge_graph": {"nodes": {}, "edges": {}},
        "results": [],
    }
    made = {"message": message, "status": "Failed", "description": why}
    return version.write({**made, "schema_version": version.schema})


def _is_ours(job: Job) -> bool:
    return job.kind == TRAPI
