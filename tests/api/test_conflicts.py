"""``GET /claims/conflicts``."""

from typing import Any

import pytest

from app.model.vocabulary import Epistemic, OutcomeDirection, PredicateType
from app.services import curated
from tests.api.conftest import FIRST, SECOND, Service
from tests.support import factories


@pytest.fixture
def disputed(service: Service) -> Service:
    """Return the service with a claim against its first, and a null result on another pair."""
    against = factories.claim(
        SECOND.text,
        words="NF-kappaB is needed for EMT.",
        predicate=PredicateType.INDUCES,
        direction=OutcomeDirection.UP,
        aspect=None,
        context=("NCBITaxon:10090",),
    )
    nothing = factories.claim(
        FIRST.text,
        agent="Curcumin",
        agent_id="CHEBI:3962",
        predicate=PredicateType.NO_EFFECT,
        direction=OutcomeDirection.NONE,
        aspect=None,
    )
    lowers = factories.claim(FIRST.text, agent="Curcumin", agent_id="CHEBI:3962", aspect=None)
    beside = factories.claim(
        SECOND.text, predicate=PredicateType.INDUCES, direction=OutcomeDirection.UP,
        epistemic=Epistemic.HYPOTHESIS,
    )  # fmt: skip
    for each in (against, nothing, lowers, beside):
        service.claims.append(curated.add_claim(service.parts.store, each, actor="ada"))
    return service


def listed(service: Service, **parameters: object) -> list[Any]:
    items = service.get("/claims/conflicts", **parameters)["items"]
    assert isinstance(items, list)
    return items


def test_conflicts_are_listed_with_their_claims_and_quotes(disputed: Service) -> None:
    first, against, *_ = disputed.claims
    [curcumin, factor] = listed(disputed)
    assert curcumin["subject"]["name"] == "curcumin"
    assert (curcumin["kind"], curcumin["null_results"]) == ("contradicts", 1)
    assert factor["conflicts"] == [
        {
            "claim": against.id, "against": first.id, "kind": "opposite_sign",
            "relation": "contradicts", "scope": [], "judged": False,
        }
    ]  # fmt: skip
    assert {each["claim"]: each["sign"] for each in factor["claims"]} == {
        first.id: "+",
        against.id: "-",
    }
    assert {each["quote"] for each in factor["claims"]} == {
        "Inhibition of NF-kappaB reversed EMT",
        "NF-kappaB is needed for EMT.",
    }


def test_an_answers_counter_evidence_is_in_the_list(disputed: Service) -> None:
    answer: Any = disputed.get("/reasoning/interventions", outcome="EMT", effect="reverses")
    counters = {
        (each["target"]["id"], counter["claim"], counter["kind"], counter["relation"])
        for each in answer["interventions"]
        for counter in each["counter_evidence"]
    }
    assert counters
    assert counters <= {
        (each["subject"]["id"], claim, one["kind"], one["relation"])
        for each in listed(disputed)
        for one in each["conflicts"]
        for claim in (one["claim"], one["against"])
    }


def test_filters_and_pages(disputed: Service) -> None:
    assert len(listed(disputed, entity="curcumin")) == 1
    assert len(listed(disputed, entity="MESH:D058750", kind="contradicts")) == 2
    assert listed(disputed, kind="scope") == []
    assert listed(disputed, as_of="1") == []
    page = disputed.get("/claims/conflicts", limit=1)
    following: Any = disputed.client.get(str(page["next"])).json()
    assert page["total"] == following["total"] == 2
    assert [following["items"][0]["subject"]["id"], following["next"]] == ["FPLX:NFkappaB", None]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [({"kind": "maybe"}, 422), ({"entity": "nothing known"}, 404), ({"entity": "twin"}, 409)],
)
def test_what_cannot_be_asked(shown: Service, parameters: dict[str, str], status: int) -> None:
    assert shown.client.get("/api/v1/claims/conflicts", params=parameters).status_code == status
