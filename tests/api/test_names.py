"""A refused name stands in the problem as it was given, so that a client can put another there."""

from typing import Any

import pytest

from tests.api.conftest import Service


@pytest.mark.parametrize(
    ("path", "status", "name"),
    [
        ("/ask?q=which interventions reverse Twin?", 409, "Twin"),
        ("/reasoning/interventions?outcome= twin &effect=reverses", 409, "twin"),
        ("/ask?q=which interventions reverse the 'odd' name", 404, "'odd' name"),
        ("/ask?q=which interventions reverse go:0000001", 404, "go:0000001"),
        ("/entities/HGNC:999999", 404, "HGNC:999999"),
        ("/entities/unheard of", 404, "unheard of"),
    ],
)
def test_a_refused_name_is_a_member_of_the_problem(
    shown: Service, path: str, status: int, name: str
) -> None:
    response = shown.client.get(f"/api/v1{path}")
    problem: Any = response.json()
    assert response.status_code == status, problem
    assert problem["name"] == name


def test_what_has_no_name_has_no_such_member(shown: Service) -> None:
    assert "name" not in shown.client.get("/api/v1/jobs/none").json()


def test_candidates_of_an_ambiguous_name_can_be_asked_in_its_place(shown: Service) -> None:
    question = "which interventions reverse twin"
    problem: Any = shown.client.get("/api/v1/ask", params={"q": question}).json()
    assert [each["id"] for each in problem["candidates"]] == ["HGNC:7794", "HGNC:7795"]
    for each in problem["candidates"]:
        shown.get("/ask", q=question.replace(problem["name"], each["id"]))
