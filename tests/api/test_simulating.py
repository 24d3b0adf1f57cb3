"""Simulations over the wire."""

from datetime import UTC, datetime, timedelta
from typing import Any

from app.model.account import Job, JobStatus
from app.model.vocabulary import Role
from app.services.simulation_job import NOBODY
from tests.api.conftest import Service

PATH = "/api/v1/reasoning/simulate"
ASKED = {"outcome": "EMT", "effect": "reverses", "networks": 50}


def test_a_simulation_is_answered_and_held(shown: Service) -> None:
    response = shown.client.post(PATH, json=ASKED)
    assert response.status_code == 200, response.text
    answer: Any = response.json()
    first = answer["interventions"][0]
    assert first["targets"][0]["target"]["id"] == "FPLX:NFkappaB"
    assert first["effect"] == 1.0
    assert answer["model"]["networks"] == 50
    tag = response.headers["ETag"]
    again = shown.client.post(PATH, json=ASKED, headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_a_long_one_becomes_a_job_that_answers(service: Service) -> None:
    asked = {**ASKED, "networks": 1000, "nodes": 300}
    response = service.client.post(PATH, json=asked)
    assert response.status_code == 202, response.text
    where = response.headers["Location"]
    while True:
        job: Any = service.client.get(where).json()
        if job["status"] not in ("queued", "running"):
            break
    assert job["status"] == "succeeded", job
    assert job["answer"]["interventions"][0]["effect"] == 1.0
    assert job["done"] == job["total"] == 1000


def test_whoever_asked_for_a_simulation_cancels_it(service: Service) -> None:
    now = datetime.now(UTC)

    def cancelled(kind: str, owner: str, role: Role | None) -> int:
        running = Job(
            id=f"{kind}-{owner}-{role}",
            kind=kind,
            status=JobStatus.RUNNING,
            owner=owner,
            worker="another",
            lease_until=now + timedelta(hours=1),
            created_at=now,
            updated_at=now,
        )
        service.parts.store.accounts.put_job(running)
        headers = {} if role is None else service.headers(role)
        return service.client.delete(f"/api/v1/jobs/{running.id}", headers=headers).status_code

    assert cancelled("simulate", NOBODY, None) == 200
    assert cancelled("simulate", "ada", None) == 401
    assert cancelled("simulate", "ada", Role.READER) == 403
    assert cancelled("simulate", Role.READER, Role.READER) == 200
    assert cancelled("simulate", "ada", Role.CURATOR) == 200
    assert cancelled("ingest", NOBODY, None) == 401


def test_what_cannot_be_simulated_is_a_problem_that_says_why(shown: Service) -> None:
    wrong: list[tuple[dict[str, object], str]] = [
        ({**ASKED, "effect": "worsens"}, "can't be simulated"),
        ({**ASKED, "networks": 5}, "networks"),
        ({**ASKED, "nodes": 5000}, "nodes"),
        ({**ASKED, "seed": -1}, "seed"),
        ({**ASKED, "targets": ["EMT"]}, "outcome itself"),
    ]
    for body, said in wrong:
        response = shown.client.post(PATH, json=body)
        assert response.status_code == 422, response.text
        assert said in response.text


def test_a_question_can_ask_for_simulated_effects(shown: Service) -> None:
    answer: Any = shown.get(
        "/reasoning/interventions", outcome="EMT", effect="reverses", simulate="true"
    )
    assert answer["interventions"][0]["simulated_effect"] == 1.0
    plain: Any = shown.get("/reasoning/interventions", outcome="EMT", effect="reverses")
    assert plain["interventions"][0]["simulated_effect"] is None
