"""Context through hierarchies, asked over REST of the seed alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.app import create_app
from app.bootstrap import build
from app.services.seeds import load_seeds
from tests.api.conftest import Service, settings

METASTASIS, EMT = "MESH:D009362", "GO:0001837"
EPITHELIAL, MAMMARY, MESENCHYMAL = "CL:0000066", "CL:0002327", "CL:0008019"


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    parts = build(settings(tmp_path_factory.mktemp("seed")))
    load_seeds(parts.store)
    with TestClient(create_app(parts)) as client:
        yield Service(client, parts, {})


def best(seed: Service, outcome: str, effect: str, *context: str) -> Any:
    answer: Any = seed.get(
        "/reasoning/interventions", outcome=outcome, effect=effect, context=list(context)
    )
    return answer["interventions"][0]


@pytest.mark.parametrize(
    ("outcome", "effect", "context", "agreement"),
    [
        # C8: mammary epithelial cells, in a mouse.
        (METASTASIS, "lowers", f"cell:{MAMMARY}", "match"),
        (METASTASIS, "lowers", f"cell:{EPITHELIAL}", "narrower"),
        (METASTASIS, "lowers", "cell:UBERON:0000310", "narrower"),
        (METASTASIS, "lowers", f"cell:{MESENCHYMAL}", "mismatch"),
        (METASTASIS, "lowers", "cell:UBERON:0002048", "mismatch"),
        (METASTASIS, "lowers", "organism:NCBITaxon:10090", "match"),
        (METASTASIS, "lowers", "organism:NCBITaxon:40674", "narrower"),
        (METASTASIS, "lowers", "organism:NCBITaxon:9606", "mismatch"),
        (METASTASIS, "lowers", "disease:MESH:D001943", "unstated"),
        (METASTASIS, "lowers", "setting:in_vivo", "match"),
        # C3: Ras-transformed epithelial cells.
        (EMT, "prevents", f"cell:{EPITHELIAL}", "match"),
        (EMT, "prevents", f"cell:{MAMMARY}", "broader"),
        (EMT, "prevents", "organism:NCBITaxon:9606", "unstated"),
        # C5: mesenchymal cells.
        (EMT, "reverses", f"cell:{EPITHELIAL}", "mismatch"),
    ],
)
def test_each_agreement(
    seed: Service, outcome: str, effect: str, context: str, agreement: str
) -> None:
    first = best(seed, outcome, effect, context)
    assert first["target"]["id"] == "FPLX:NFkappaB"
    assert first["agreement"] == first["paths"][0]["agreement"] == agreement
    slot = context.partition(":")[0]
    assert first["paths"][0]["steps"][0]["context"][slot]["agreement"] == agreement
    failed = [(each["hop"], each["slot"]) for each in first["paths"][0]["failures"]]
    assert failed == ([(1, slot)] if agreement in ("mismatch", "unstated") else [])


def test_a_question_about_human_tissue_keeps_the_mouse_and_says_what_fails(seed: Service) -> None:
    asked = seed.get("/ask", q="what lowers metastasis in human tissue")
    answer: Any = asked["answer"]
    (only,) = answer["interventions"]
    (path,) = only["paths"]
    assert path["failures"] == [
        {"hop": 1, "slot": "organism", "asked": "NCBITaxon:9606", "found": "mouse",
         "agreement": "mismatch"}
    ]  # fmt: skip
    assert path["arithmetic"].endswith(
        "lowers; hop 1, organism: Homo sapiens asked, mouse found (mismatch)"
    )


def test_of_two_slots_the_one_that_fails_is_named(seed: Service) -> None:
    first = best(seed, METASTASIS, "lowers", f"cell:{EPITHELIAL}", "organism:NCBITaxon:9606")
    assert first["agreement"] == "mismatch"
    assert [each["slot"] for each in first["paths"][0]["failures"]] == ["organism"]


def test_a_path_question_names_what_no_claim_of_the_hop_states(seed: Service) -> None:
    # The title names no organism, and unstated is better than the mouse of the abstract.
    response = seed.client.post(
        "/api/v1/reasoning/paths",
        json={
            "sources": ["FPLX:NFkappaB"], "targets": [METASTASIS],
            "context": ["organism:NCBITaxon:9606"],
        },
    )  # fmt: skip
    (path, *_) = response.json()["paths"]
    assert path["agreement"] == "unstated"
    assert path["arithmetic"].endswith("; hop 1, organism: Homo sapiens asked, nothing stated")
