"""What can be read, over the wire, from a real store."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from app.model.vocabulary import Effect, Role
from tests.api.conftest import FIRST, Service

EMT = "GO:0001837"
NFKB = "FPLX:NFkappaB"


def items(service: Service, path: str, **parameters: object) -> list[Any]:
    found = service.get(path, **parameters)["items"]
    assert isinstance(found, list)
    return found


def test_an_intervention_comes_with_its_sentence(shown: Service) -> None:
    answer: Any = shown.get("/reasoning/interventions", outcome="EMT", effect="reverses")
    first = answer["interventions"][0]
    assert first["target"]["id"] == NFKB
    assert first["tier"] == "observed"
    quote = first["evidence"][0]
    assert FIRST.text[quote["start"] : quote["end"]] == quote["quote"]
    assert answer["snapshot"]["revision"] == 2


def test_an_equivalent_identifier_gives_the_same_interventions(shown: Service) -> None:
    by_go: Any = shown.get("/reasoning/interventions", outcome=EMT, effect="reverses")
    by_mesh: Any = shown.get("/reasoning/interventions", outcome="MESH:D058750", effect="reverses")
    assert by_go["interventions"] == by_mesh["interventions"]


@pytest.mark.parametrize("effect", [*Effect, "attenuates", "abrogates"])
def test_every_effect_can_be_asked(shown: Service, effect: str) -> None:
    answer: Any = shown.get("/reasoning/interventions", outcome="EMT", effect=effect)
    expected = "lowers" if effect in ("attenuates", "abrogates") else effect
    assert answer["query"]["effect"] == expected


def test_a_question_of_the_past_has_the_past_answer(shown: Service) -> None:
    answer: Any = shown.get("/reasoning/interventions", outcome="EMT", effect="reverses", as_of=1)
    assert answer["interventions"] == []
    assert answer["snapshot"]["revision"] == 1
    assert answer["query"]["as_of"] == "1"


def test_asking_in_words_gives_the_query_and_its_answer(shown: Service) -> None:
    asked: Any = shown.get("/ask", q="which interventions reverse EMT in human tissue")
    assert asked["query"]["context"] == [{"type": "organism", "id": "NCBITaxon:9606"}]
    assert asked["answer"]["interventions"][0]["agreement"] == "mismatch"
    same = shown.client.get(asked["path"]).json()
    assert same["interventions"] == asked["answer"]["interventions"]


def test_a_batch_answers_each_question_or_says_why_not(shown: Service) -> None:
    response = shown.client.post(
        "/api/v1/reasoning/batch",
        json={
            "questions": [
                {"outcome": "EMT", "effect": "reverses"},
                {"outcome": "twin", "effect": "reverses"},
            ]
        },
    )
    good, bad = response.json()["results"]
    assert good["answer"]["interventions"]
    assert bad["problem"]["status"] == 409
    assert {one["id"] for one in bad["problem"]["candidates"]} == {"HGNC:7794", "HGNC:7795"}


def test_paths_between_two_entities(shown: Service) -> None:
    response = shown.client.post(
        "/api/v1/reasoning/paths", json={"sources": ["NFkB"], "targets": ["EMT"], "sign": "+"}
    )
    assert response.status_code == 200
    assert response.json()["paths"][0]["steps"][0]["claims"] == [shown.claims[0].id]


@pytest.mark.parametrize("identifier", ["PMID:15314694", "pmid:15314694", "15314694"])
def test_an_article_by_its_identifiers(shown: Service, identifier: str) -> None:
    article: Any = shown.get(f"/articles/{identifier}")
    assert article["text"] == FIRST.text
    assert article["claims"][0]["id"] == shown.claims[0].id
    mention = article["mentions"][0]["mention"]
    assert article["text"][mention["start"] : mention["end"]] == mention["text"]


def test_lists_go_on_in_the_revision_of_their_first_page(service: Service) -> None:
    first = service.client.get("/api/v1/entities?limit=3")
    body = first.json()
    assert first.headers["link"] == f'<{body["next"]}>; rel="next"'
    claim = service.claims[0]
    etag = service.client.get(f"/api/v1/claims/{claim.id}").headers["etag"]
    rejected = service.client.post(
        f"/api/v1/claims/{claim.id}/decisions",
        json={"type": "reject", "reason": "a test"},
        headers=service.headers(**{"If-Match": etag}),
    )
    assert rejected.status_code == 200, rejected.text
    seen = [one["entity"]["id"] for one in body["items"]]
    while body["next"]:
        body = service.client.get(body["next"]).json()
        assert body["snapshot"]["revision"] == 2
        seen += [one["entity"]["id"] for one in body["items"]]
    assert seen == sorted(seen)
    assert len(seen) == body["total"] == 7


def test_interventions_come_in_pages_too(shown: Service) -> None:
    whole: Any = shown.get("/reasoning/interventions", outcome="EMT", effect="reverses")
    page: Any = shown.get("/reasoning/interventions", outcome="EMT", effect="reverses", limit=1)
    found = page["interventions"]
    while page["next"]:
        page = shown.client.get(page["next"]).json()
        found += page["interventions"]
    assert found == whole["interventions"]


def test_entities_are_found_by_what_they_begin_with_and_nearly(shown: Service) -> None:
    assert items(shown, "/entities", q="curc")[0]["entity"]["id"] == "CHEBI:3962"
    assert items(shown, "/entities", q="curcumine")[0]["entity"]["id"] == "CHEBI:3962"
    assert items(shown, "/entities", q="nf-kappab", category="Gene") == []


def test_many_names_are_grounded_at_once(shown: Service) -> None:
    response = shown.client.post("/api/v1/entities/ground", json={"names": ["EMT", "qqqq"]})
    grounded = response.json()["items"]
    assert grounded[0]["groundings"][0]["id"] == EMT
    assert grounded[1]["groundings"] == []


def test_a_name_that_the_graph_lacks_is_grounded_by_the_lexicon(shown: Service) -> None:
    response = shown.client.post("/api/v1/entities/ground", json={"names": ["U0126", "SNAI2"]})
    first = [one["groundings"][0]["id"] for one in response.json()["items"]]
    assert first == ["CHEBI:90693", "HGNC:11094"]


def test_texts_are_grounded_with_their_mentions(shown: Service) -> None:
    text = "Snail represses E‑cadherin in EMT 🧬 by NF-κB."
    response = shown.client.post("/api/v1/entities/ground", json={"texts": [text, ""]})
    assert response.json()["items"] == []
    found, none = response.json()["texts"]
    assert none == {"mentions": []}
    for one in found["mentions"]:
        assert text[one["mention"]["start"] : one["mention"]["end"]] == one["mention"]["text"]
    assert [(one["mention"]["text"], one["groundings"][0]["id"]) for one in found["mentions"]] == [
        ("Snail", "HGNC:11128"), ("E‑cadherin", "HGNC:1748"), ("EMT", EMT), ("NF-κB", NFKB),
    ]  # fmt: skip


def test_grounding_nothing_is_refused(shown: Service) -> None:
    for body in ({}, {"names": []}, {"names": [], "texts": []}):
        response = shown.client.post("/api/v1/entities/ground", json=body)
        assert response.status_code == 422


def test_an_entity_names_its_equivalents_and_neighbours(shown: Service) -> None:
    entity: Any = shown.get("/entities/MESH:D058750")
    assert entity["canonical"] == EMT
    assert entity["equivalents"] == [EMT, "MESH:D058750"]
    signed = items(shown, f"/entities/{EMT}/neighbours", sign="positive")
    assert [one["neighbour"]["id"] for one in signed] == [NFKB]
    assert items(shown, f"/entities/{EMT}/neighbours", sign="negative") == []
    related = items(shown, f"/entities/{NFKB}/neighbours", relation="member_of")
    assert [one["neighbour"]["id"] for one in related] == ["HGNC:7794"]


def test_claims_are_filtered(shown: Service) -> None:
    assert len(items(shown, "/claims", agent="NFkB", outcome="MESH:D058750")) == 1
    assert items(shown, "/claims", status="candidate") == []
    assert items(shown, "/claims", pmid="PMID:2") == []
    assert len(items(shown, "/claims", context="mouse", predicate="reverses")) == 1


def test_a_drawing_is_cut_where_it_is_bounded(shown: Service) -> None:
    whole: Any = shown.get("/graph", center="EMT", hops=2)
    assert {node["id"] for node in whole["nodes"]} == {EMT, NFKB, "HGNC:7794"}
    assert whole["cut"] is False
    edge = next(one for one in whole["edges"] if one["object"] == EMT)
    assert edge["claims"] == [shown.claims[0].id]
    cut: Any = shown.get("/graph", center="EMT", hops=2, limit=2)
    assert cut["cut"] is True
    assert len(cut["nodes"]) == 2
    answer: Any = shown.get("/graph", answer="which interventions reverse EMT")
    assert {NFKB, EMT} <= {node["id"] for node in answer["nodes"]}
    none: Any = shown.get("/graph", center="EMT", sign="negative")
    assert none["edges"] == []


def test_a_bundle_checks_its_quotes_and_cites(shown: Service) -> None:
    bundle: Any = shown.get("/bundle", outcome="EMT", effect="reverses")
    assert bundle["quotes_failed"] == 0
    assert bundle["quotes_verified"] == 1
    assert bundle["citations"]["csl_json"][0]["PMID"] == "15314694"
    assert "TY  - JOUR" in bundle["citations"]["ris"]
    assert "@article{PMID15314694" in bundle["citations"]["bibtex"]
    assert [claim["id"] for claim in bundle["claims"]] == [shown.claims[0].id]


def test_a_bundle_is_taken_away_as_a_table_as_citations_and_as_files(shown: Service) -> None:
    asked = {"outcome": "EMT", "effect": "reverses"}

    def taken(form: str) -> bytes:
        response = shown.client.get("/api/v1/bundle", params={**asked, "format": form})
        assert response.status_code == 200, response.text
        name = response.headers["content-disposition"]
        assert name.endswith('.bib"' if form == "bibtex" else f'.{form}"')
        return response.content

    whole: Any = shown.get("/bundle", **asked)
    assert taken("ris").decode() == whole["citations"]["ris"]
    assert taken("bibtex").decode() == whole["citations"]["bibtex"]
    rows = list(csv.DictReader(io.StringIO(taken("csv").decode("utf-8-sig"))))
    found = whole["answer"]["interventions"]
    assert [row["quote"] for row in rows] == [
        quote["quote"] for each in found for quote in each["evidence"]
    ]
    with zipfile.ZipFile(io.BytesIO(taken("zip"))) as archive:
        assert json.loads(archive.read("bundle.json")) == whole
        assert archive.read("answer.csv") == taken("csv")
        assert archive.read("citations.ris") == taken("ris")
        assert whole["answer"]["snapshot"]["id"] in archive.read("README.txt").decode()
    assert taken("zip") == taken("zip")


def test_exports_are_the_same_bytes_each_time(shown: Service) -> None:
    for form in ("jsonl", "kgx"):
        first = shown.client.get(f"/api/v1/export/{form}")
        assert first.content == shown.client.get(f"/api/v1/export/{form}").content
    lines = shown.client.get("/api/v1/export/jsonl").text.splitlines()
    kinds = [json.loads(line)["type"] for line in lines]
    assert kinds == ["snapshot"] + ["article"] * 2 + ["entity"] * 7 + ["relation"] * 2 + ["claim"]
    archive = zipfile.ZipFile(io.BytesIO(shown.client.get("/api/v1/export/kgx").content))
    assert archive.namelist() == ["nodes.tsv", "edges.tsv", "omitted.tsv"]
    header, row = archive.read("edges.tsv").decode().splitlines()
    edge = dict(zip(header.split("\t"), row.split("\t"), strict=True))
    assert (edge["subject"], edge["predicate"], edge["object"]) == (NFKB, "biolink:affects", EMT)
    assert edge["subject_direction_qualifier"] == edge["object_direction_qualifier"] == "decreased"
    assert edge["species_context_qualifier"] == "NCBITaxon:10090"


def test_history_and_changes(shown: Service) -> None:
    revisions = items(shown, "/revisions")
    assert [one["number"] for one in revisions] == [1, 2]
    changes = items(shown, "/changes", since=1)
    assert {"claim", "decision", "edge"} <= {one["kind"] for one in changes}
    assert {one["revision"] for one in changes} == {2}
    assert items(shown, "/changes", since=0, as_of=1, limit=500)[0]["kind"] == "article"
    assert items(shown, "/revisions", as_of="2999-01-01")


def test_counts_schema_and_who_am_i(shown: Service) -> None:
    assert shown.get("/stats")["claims"] == 1
    assert shown.get("/schema")["categories"]
    assert shown.get("/me") == {"name": None, "role": "reader", "authenticated": False}
    me = shown.client.get("/api/v1/me", headers=shown.headers(Role.ADMIN)).json()
    assert me == {"name": "admin", "role": "admin", "authenticated": True}


def test_health_readiness_and_figures(shown: Service) -> None:
    assert shown.get("/healthz")["status"] == "ok"
    assert shown.get("/readyz")["parts"] == {"store": "ok"}
    text = shown.client.get("/api/v1/metrics").text
    assert 'route="/api/v1/healthz",status="200"' in text


def test_the_same_answer_need_not_be_sent_again(shown: Service) -> None:
    for path in (
        "/reasoning/interventions?outcome=EMT&effect=reverses",
        "/articles/PMID:2",
        f"/claims/{shown.claims[0].id}",
        "/schema",
        "/export/jsonl",
    ):
        first = shown.client.get(f"/api/v1{path}")
        etag = first.headers["etag"]
        again = shown.client.get(f"/api/v1{path}", headers={"If-None-Match": f'"x", {etag}'})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == etag


def test_an_answer_gets_another_tag_when_the_graph_changes(service: Service) -> None:
    path = "/api/v1/reasoning/interventions?outcome=EMT&effect=reverses"
    before = service.client.get(path)
    claim = service.claims[0]
    etag = service.client.get(f"/api/v1/claims/{claim.id}").headers["etag"]
    service.client.post(
        f"/api/v1/claims/{claim.id}/decisions",
        json={"type": "reject", "reason": "a test"},
        headers=service.headers(**{"If-Match": etag}),
    )
    after = service.client.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["interventions"] == []
