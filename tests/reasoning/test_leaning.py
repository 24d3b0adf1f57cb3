"""How surely the sign of a prediction is right, by short walks of both signs."""

from math import log, sqrt

import pytest

from app.model.edge import Edge, StoredEdge
from app.model.vocabulary import Epistemic, EvidenceType, Sign, Status
from app.reasoning.flow import LEANING, chance_of, leaning_to
from tests.reasoning.graphs import index_of

P, N = Sign.POSITIVE, Sign.NEGATIVE


def _leaning(*links: tuple[str, str, Sign]) -> dict[str, float]:
    stored = [
        StoredEdge(
            claim=f"{number:064x}",
            paper=None,
            status=Status.ACCEPTED,
            epistemic=Epistemic.DEMONSTRATED,
            evidence=EvidenceType.LOSS_OF_FUNCTION,
            confidence=1.0,
            edge=Edge(subject=s, object=o, sign=sign, side=None, aspect=None, rule="test"),
            rule_version=1,
        )
        for number, (s, o, sign) in enumerate(links, 1)
    ]
    lens = index_of(stored).lens(candidates=False, background=False)
    names = lens.index.entities
    found = leaning_to(lens.influences, names.at("F"))
    return dict(zip(names, found.tolist(), strict=True))


def test_a_link_straight_to_the_outcome_does_not_count() -> None:
    assert _leaning(("A", "F", P))["A"] == 0.0


def test_a_chain_leans_by_the_weight_of_its_length() -> None:
    assert _leaning(("A", "B", P), ("B", "F", N))["A"] == pytest.approx(-LEANING[0])
    assert _leaning(("A", "B", N), ("B", "C", P), ("C", "F", N))["A"] == pytest.approx(LEANING[1])


def test_chains_that_agree_add_up_and_chains_that_do_not_take_away() -> None:
    two = _leaning(("A", "B", P), ("B", "F", P), ("A", "C", N), ("C", "F", N))
    assert two["A"] == pytest.approx(LEANING[0] * sqrt(2))
    torn = _leaning(("A", "B", P), ("B", "F", P), ("A", "C", P), ("C", "F", N))
    assert torn["A"] == 0.0


def test_a_chance_is_that_of_the_log_odds() -> None:
    assert chance_of(0.0) == 0.5
    assert chance_of(log(9)) == pytest.approx(0.9)
    assert chance_of(-800.0) == 0.0
