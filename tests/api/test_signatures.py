"""Signatures over the wire."""

from typing import Any

from tests.api.conftest import Service

PATH = "/api/v1/reasoning/signature"


def test_a_signature_is_answered_and_held(shown: Service) -> None:
    body = {"up": ["EMT"], "weights": {"no such thing": 1.5}, "permutations": 100}
    response = shown.client.post(PATH, json=body)
    assert response.status_code == 200, response.text
    found: Any = response.json()
    assert found["matches"][0]["target"]["id"] == "FPLX:NFkappaB"
    assert found["matches"][0]["perturbation"]["direction"] == "-"
    assert found["matches"][0]["evidence"][0]["quote"] == "Inhibition of NF-kappaB reversed EMT"
    assert found["unused"][0]["reason"] == "unknown"
    tag = response.headers["ETag"]
    again = shown.client.post(PATH, json=body, headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_bad_signatures_are_problems(shown: Service) -> None:
    headers = {"Content-Type": "application/json"}
    for text in (
        "{}",
        '{"up": ["EMT"], "down": ["EMT"]}',
        '{"weights": {"EMT": NaN}}',
        '{"weights": {"EMT": 1e999}}',
        '{"weights": {"EMT": 0}}',
        '{"up": ["no such thing"]}',
        '{"up": ["EMT"], "seed": -1}',
        '{"up": ["EMT"], "goal": "cure"}',
    ):
        response = shown.client.post(PATH, content=text, headers=headers)
        assert response.status_code in (400, 422), text
        assert response.json()["status"] == response.status_code
