"""Whether two claims say the same."""

import pytest

from app.curation.duplicates import same_statement
from app.services.seeds import read_seeds
from tests.support.seeded import changed, seed_claim

CLAIMS = [each for group in read_seeds().claims for each in group.claims]


def test_no_two_seed_claims_say_the_same() -> None:
    pairs = [
        (a.name, b.name) for a in CLAIMS for b in CLAIMS if a.id < b.id
        and same_statement(a.claim, b.claim)
    ]  # fmt: skip
    assert pairs == []


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"strength": "complete"}, True),
        ({"epistemic": "interpretation"}, True),
        ({"predicate__type": "abrogates"}, True),
        ({"outcome__aspect": None}, False),
        ({"negated": True}, False),
        ({"outcome__direction": "up"}, False),
        ({"perturbation__type": "activation", "perturbation__direction": "+"}, False),
        ({"agent__measure": None}, False),
        ({"outcome__groundings": [{"id": "GO:0060231", "name": "MET"}]}, False),
    ],
)
def test_what_makes_a_statement_another(changes: dict[str, object], same: bool) -> None:
    claim = seed_claim("C5")
    assert same_statement(claim, changed(claim, **changes)) is same


def test_equivalent_groundings_mean_the_same() -> None:
    claim = seed_claim("C5")
    mesh = changed(claim, outcome__groundings=[{"id": "MESH:D058750", "name": "EMT"}])
    assert not same_statement(claim, mesh)
    assert same_statement(claim, mesh, _canonical)


def _canonical(entity: str) -> str:
    return "GO:0001837" if entity == "MESH:D058750" else entity


def test_another_sentence_is_another_statement() -> None:
    claim = seed_claim("C6")
    elsewhere = changed(claim, quotes=changed(seed_claim("C1")).model_dump(mode="json")["quotes"])
    assert not same_statement(claim, elsewhere)
