"""What was tried, over the wire."""

from typing import Any

from tests.api.conftest import Service

MATRIX = "/reasoning/matrix"
PATH = f"/api/v1{MATRIX}"


def test_the_matrix_is_answered_by_names_and_held(shown: Service) -> None:
    asked = {"target": "NFkB", "outcome": "EMT"}
    found: Any = shown.get(MATRIX, **asked)
    assert found["query"]["target"]["id"] == "FPLX:NFkappaB"
    assert [part["id"] for part in found["contexts"][0]["parts"]] == ["NCBITaxon:10090"]
    positive = [c for c in found["contexts"][0]["cells"] if c["result"] == "positive"]
    assert [(c["side"], c["aspect"], c["total"]) for c in positive] == [("loss", "maintenance", 1)]
    assert found["deciding"][0]["side"] == "gain"
    assert found["snapshot"]["revision"] >= 1
    tag = shown.client.get(PATH, params=asked).headers["ETag"]
    again = shown.client.get(PATH, params=asked, headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_a_matrix_of_bad_names_is_a_problem(shown: Service) -> None:
    for target, status in (("twin", 409), ("no such thing", 404), ("", 422)):
        response = shown.client.get(PATH, params={"target": target, "outcome": "EMT"})
        assert response.status_code == status, response.text
    response = shown.client.get(PATH, params={"target": "NFkB", "outcome": "EMT", "side": "loss"})
    assert response.status_code == 422


def test_the_matrix_of_an_earlier_revision_has_not_the_claim(shown: Service) -> None:
    found: Any = shown.get(MATRIX, target="NFkB", outcome="EMT", as_of="1")
    assert {c["result"] for each in found["contexts"] for c in each["cells"]} == {"untested"}
    assert found["query"]["as_of"] == "1"


INTERVENTIONS = "/api/v1/reasoning/interventions"


def test_each_intervention_says_whether_it_has_an_excluded_effect(shown: Service) -> None:
    asked = {"outcome": "EMT", "effect": "reverses", "excluding": ["EMT:lowers", "EMT:induces"]}
    response = shown.client.get(INTERVENTIONS, params=asked)
    assert response.status_code == 200, response.text
    first: Any = response.json()["interventions"][0]
    assert [one["verdict"] for one in first["exclusions"]] == ["excluded", "never_measured"]
    quote = first["exclusions"][0]["evidence"][0]["quote"]
    assert quote == "Inhibition of NF-kappaB reversed EMT"
    plain: Any = shown.get("/reasoning/interventions", outcome="EMT", effect="reverses")
    assert plain["interventions"][0]["exclusions"] == []


def test_an_exclusion_that_cannot_be_read_is_a_problem(shown: Service) -> None:
    for said, status in (
        ("induces", 422),
        (":induces", 422),
        ("EMT:no_effect", 422),
        ("EMT:sings", 422),
        ("twin:induces", 409),
        ("no such thing:induces", 404),
    ):
        asked = {"outcome": "EMT", "effect": "reverses", "excluding": said}
        response = shown.client.get(INTERVENTIONS, params=asked)
        assert response.status_code == status, response.text


def test_a_batch_and_a_bundle_take_exclusions(shown: Service) -> None:
    one = {"outcome": "EMT", "effect": "reverses", "excluding": ["EMT:lowers"]}
    body = {"questions": [one, {**one, "excluding": ["nothing"]}]}
    results: Any = shown.client.post("/api/v1/reasoning/batch", json=body).json()["results"]
    verdicts = results[0]["answer"]["interventions"][0]["exclusions"]
    assert [each["verdict"] for each in verdicts] == ["excluded"]
    assert results[1]["problem"]["status"] == 422
    bundle: Any = shown.get("/bundle", **one)
    assert bundle["answer"]["interventions"][0]["exclusions"][0]["verdict"] == "excluded"
    assert bundle["answer"]["query"]["excluding"][0]["effect"] == "lowers"


def test_means_are_answered_in_place_of_targets(shown: Service) -> None:
    asked = {"outcome": "EMT", "effect": "reverses", "answer": "means"}
    found: Any = shown.get("/reasoning/interventions", **asked)
    assert (found["means"], found["total"], found["next"]) == ([], 0, None)
    assert found["without_means"][0]["target"]["id"] == "FPLX:NFkappaB"
    assert found["query"]["outcome"]["id"] == "GO:0001837"
    for answer, status in (("means", 422), ("pills", 422)):
        more = {**asked, "answer": answer, "effect": "no_effect"}
        assert shown.client.get(INTERVENTIONS, params=more).status_code == status


CONTRAST = "/api/v1/reasoning/contrast"


def test_a_contrast_is_answered_and_both_sides_are_told(shown: Service) -> None:
    asked = {"outcome": "EMT", "effect": "reverses", "context": "organism:NCBITaxon:10090",
             "versus": "organism:NCBITaxon:9606"}  # fmt: skip
    found: Any = shown.get("/reasoning/contrast", **asked)
    (row,) = found["rows"]
    assert (row["target"]["id"], row["kind"]) == ("FPLX:NFkappaB", "untested")
    assert row["here"]["claims"][0]["quote"] == "Inhibition of NF-kappaB reversed EMT"
    assert found["query"]["there"]["context"] == [{"type": "organism", "id": "NCBITaxon:9606"}]
    tag = shown.client.get(CONTRAST, params=asked).headers["ETag"]
    assert (
        shown.client.get(CONTRAST, params=asked, headers={"If-None-Match": tag}).status_code == 304
    )
    for more, status in (({"versus": "nowhere"}, 422), ({"versus_outcome": "twin"}, 409),
                         ({"context": "", "versus": ""}, 422)):  # fmt: skip
        response = shown.client.get(CONTRAST, params={**asked, **more})
        assert response.status_code == status, response.text
    same = {"outcome": "EMT", "effect": "reverses"}
    refused: Any = shown.client.get(CONTRAST, params=same).json()
    assert (refused["status"], refused["errors"][0]["pointer"]) == (422, "/query/versus")


def test_requirements_are_answered_by_names(shown: Service) -> None:
    found: Any = shown.get("/reasoning/requirements", cause="curcumin", outcome="EMT")
    assert (found["requirements"], found["total"]) == ([], 0)
    (need,) = found["of_outcome"]
    assert (need["name"], need["result"]) == ("NF-kappaB", "positive")
    path = "/api/v1/reasoning/requirements"
    for cause, status in (("twin", 409), ("no such thing", 404), ("", 422)):
        response = shown.client.get(path, params={"cause": cause, "outcome": "EMT"})
        assert response.status_code == status, response.text
