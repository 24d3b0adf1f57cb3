"""What follows from an intervention, over the wire."""

from typing import Any

from tests.api.conftest import Service

PATH = "/reasoning/consequences"


def test_consequences_are_answered_by_names_and_held(shown: Service) -> None:
    found: Any = shown.get(PATH, target="NFkB")
    assert found["query"]["target"]["id"] == "FPLX:NFkappaB"
    first = found["consequences"][0]
    assert (first["outcome"]["id"], first["direction"]) == ("GO:0001837", "-")
    assert first["evidence"][0]["quote"] == "Inhibition of NF-kappaB reversed EMT"
    assert [one["effect"] for one in first["also"]] == ["reverses"]
    whole = f"/api/v1{PATH}"
    tag = shown.client.get(whole, params={"target": "NFkB"}).headers["ETag"]
    again = shown.client.get(whole, params={"target": "NFkB"}, headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_the_same_is_drawn(shown: Service) -> None:
    drawn: Any = shown.get(f"{PATH}/graph", target="NFkB")
    assert drawn["center"] == "FPLX:NFkappaB"
    assert [(e["subject"], e["sign"], e["object"]) for e in drawn["edges"]] == [
        ("FPLX:NFkappaB", "+", "GO:0001837")
    ]


def test_bad_questions_are_problems(shown: Service) -> None:
    for asked, status in (
        ({"target": "twin"}, 409),
        ({"target": "no such thing"}, 404),
        ({"target": ""}, 422),
        ({"target": "NFkB", "direction": "+"}, 422),
        ({"target": "NFkB", "effect": "no_effect"}, 422),
        ({"target": "NFkB", "max_hops": "7"}, 422),
        ({"target": "NFkB", "simulate": "true"}, 422),
    ):
        response = shown.client.get(f"/api/v1{PATH}", params=asked)
        assert response.status_code == status, response.text
        assert response.json()["status"] == status


def test_an_earlier_revision_has_no_consequence_and_says_so(shown: Service) -> None:
    found: Any = shown.get(PATH, target="NFkB", as_of="1")
    assert (found["total"], found["consequences"]) == (0, [])
    assert found["note"]
    assert found["query"]["as_of"] == "1"


BYPASS = "/reasoning/interventions/{}/bypass"


def test_what_is_left_open_is_answered_by_names_and_held(shown: Service) -> None:
    asked = {"outcome": "EMT", "effect": "reverses"}
    found: Any = shown.get(BYPASS.format("NFkB"), **asked)
    assert found["target"]["id"] == "FPLX:NFkappaB"
    assert [one["id"] for one in found["closed"]] == ["FPLX:NFkappaB", "HGNC:7794"]
    assert (found["routes"], found["seconds"]) == ([], [])
    assert "is left open" in found["note"]
    member: Any = shown.get(
        BYPASS.format("HGNC:7794"), outcome="EMT", effect="reverses", direction="negative"
    )
    assert member["target"]["id"] == "HGNC:7794"
    whole = "/api/v1" + BYPASS.format("NFkB")
    tag = shown.client.get(whole, params=asked).headers["ETag"]
    again = shown.client.get(whole, params=asked, headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_bad_questions_for_what_is_left_open_are_problems(shown: Service) -> None:
    for target, more, status in (
        ("NFkB", {"outcome": "no such thing"}, 404),
        ("no such thing", {}, 404),
        ("twin", {}, 409),
        ("NFkB", {"avoid": "no such thing"}, 404),
        ("NFkB", {"effect": "no_effect"}, 422),
        ("NFkB", {"direction": "+"}, 422),
        ("NFkB", {"direction": "positive"}, 422),
        ("NFkB", {"limit": "101"}, 422),
        ("NFkB", {"as_of": "1"}, 422),
        ("curcumin", {}, 422),
        ("NFkB", {"outcome": "curcumin"}, 422),
    ):
        asked = {"outcome": "EMT", "effect": "reverses", **more}
        response = shown.client.get("/api/v1" + BYPASS.format(target), params=asked)
        assert response.status_code == status, (target, more, response.text)
        assert response.json()["status"] == status
