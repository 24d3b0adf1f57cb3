"""``GET /graph``: around an entity, among some, and of an answer; its filters and bounds."""

from typing import Any

import pytest

from app.model.vocabulary import OutcomeDirection, PerturbationType, PredicateType
from app.services import curated
from tests.api.conftest import FIRST, SECOND, Service
from tests.support import factories

EMT = "GO:0001837"
NFKB = "FPLX:NFkappaB"
CURCUMIN = "CHEBI:3962"
MOUSE = "NCBITaxon:10090"


@pytest.fixture
def drawn(service: Service) -> Service:
    """Return the service with curcumin -| NF-kappaB, and a claim against its first."""
    chain = factories.claim(
        FIRST.text,
        agent="Curcumin",
        agent_id=CURCUMIN,
        outcome="NF-kappaB",
        outcome_id=NFKB,
        perturbation=PerturbationType.TREATMENT,
        predicate=PredicateType.INHIBITS,
        aspect=None,
    )
    against = factories.claim(
        SECOND.text,
        words="NF-kappaB is needed for EMT.",
        predicate=PredicateType.INDUCES,
        direction=OutcomeDirection.UP,
        aspect=None,
        context=(MOUSE,),
    )
    for each in (chain, against):
        service.claims.append(curated.add_claim(service.parts.store, each, actor="ada"))
    return service


def _graph(service: Service, **parameters: object) -> dict[str, Any]:
    return service.get("/graph", **parameters)


def _ends(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(edge["subject"], edge["sign"], edge["object"]) for edge in found["edges"]}


def test_what_lies_around_an_entity(drawn: Service) -> None:
    found = _graph(drawn, center=NFKB)
    assert _ends(found) == {
        (NFKB, "+", EMT),
        (NFKB, "-", EMT),
        (CURCUMIN, "-", NFKB),
        ("HGNC:7794", "+", NFKB),
        (NFKB, "+", "HGNC:7794"),
    }
    assert {node["id"]: node["neighbours"] for node in found["nodes"]} == {
        NFKB: 3, EMT: 1, CURCUMIN: 1, "HGNC:7794": 1,
    }  # fmt: skip
    assert (found["cut"], found["not_shown"]) == (False, 0)


def test_number_that_is_not_shown(drawn: Service) -> None:
    found = _graph(drawn, center=NFKB, limit=2)
    assert len(found["nodes"]) == 2
    assert (found["cut"], found["not_shown"]) == (True, 2)
    assert "Only 2 nodes" in found["note"]


def test_links_from_or_to_the_center(drawn: Service) -> None:
    going = _graph(drawn, center=NFKB, direction="outgoing")
    assert _ends(going) == {(NFKB, "+", EMT), (NFKB, "-", EMT), (NFKB, "+", "HGNC:7794")}
    coming = _graph(drawn, center=NFKB, direction="incoming")
    assert _ends(coming) == {(CURCUMIN, "-", NFKB), ("HGNC:7794", "+", NFKB)}


def test_edges_tell_years_organisms_and_contradictions(drawn: Service) -> None:
    found = _graph(drawn, center=NFKB)
    edges = {(e["subject"], e["sign"], e["object"]): e for e in found["edges"]}
    raises = edges[NFKB, "+", EMT]
    assert (raises["years"], raises["organisms"]) == ([2004], [MOUSE])
    assert found["organisms"] == [{"id": MOUSE, "name": "Mus musculus", "category": None}]
    assert raises["conflict"]["kind"] == "contradicts"
    assert sorted(raises["conflict"]["claims"]) == sorted([drawn.claims[0].id, drawn.claims[-1].id])
    assert edges[CURCUMIN, "-", NFKB]["conflict"] is None


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"year_from": 2005}, set()),
        ({"year_to": 2004}, {CURCUMIN, EMT}),
        ({"organism": MOUSE}, {EMT}),
        ({"organism": "NCBITaxon:9606"}, set()),
        ({"sign": "negative"}, {CURCUMIN, EMT}),
    ],
)
def test_filters(drawn: Service, asked: dict[str, object], left: set[str]) -> None:
    found = _graph(drawn, center=NFKB, **asked)
    claimed = [edge for edge in found["edges"] if edge["kinship"] is None]
    ends = {end for edge in claimed for end in (edge["subject"], edge["object"])}
    assert ends - {NFKB} == left


def test_links_among_some(drawn: Service) -> None:
    found = _graph(drawn, among=[CURCUMIN, EMT, "XX:unknown"])
    assert ([node["id"] for node in found["nodes"]], found["edges"]) == ([CURCUMIN, EMT], [])
    found = _graph(drawn, among=[CURCUMIN, NFKB, "MESH:D058750"])
    assert _ends(found) == {(NFKB, "+", EMT), (NFKB, "-", EMT), (CURCUMIN, "-", NFKB)}
    assert found["center"] is None


def test_answer_in_words_and_by_parameters_is_the_same(drawn: Service) -> None:
    words = _graph(drawn, answer="which interventions reverse EMT")
    assert words == _graph(drawn, outcome=EMT, effect="reverses")
    by_id = {node["id"]: node for node in words["nodes"]}
    assert {"type": "inhibition", "direction": "-"} in by_id[NFKB]["perturbations"]
    assert by_id[EMT]["perturbations"] == []
    edge = next(e for e in words["edges"] if (e["subject"], e["object"]) == (NFKB, EMT))
    assert edge["tiers"][0] == "observed"
    assert edge["matched"] is True


def test_answer_of_some_tiers(drawn: Service) -> None:
    whole = _graph(drawn, outcome=EMT, effect="reverses")
    some = _graph(drawn, outcome=EMT, effect="reverses", tier="observed")
    assert {tier for edge in some["edges"] for tier in edge["tiers"]} == {"observed"}
    assert len(some["edges"]) < len(whole["edges"])


@pytest.mark.parametrize("path", ["/graph?outcome=EMT", "/graph?effect=reverses", "/graph"])
def test_half_a_question(drawn: Service, path: str) -> None:
    assert drawn.client.get(f"/api/v1{path}").status_code == 422
