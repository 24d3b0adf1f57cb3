"""Predictions and permutations of signatures against what is computed step by step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from app.model.edge import StoredEdge
from app.model.entity import EntityRelation
from app.reasoning.engine import Stop
from app.reasoning.flow import DAMPING
from app.reasoning.signature import Measured, Stopped, fits, predictions
from tests.reasoning.graphs import graphs, index_of

Graph = tuple[list[StoredEdge], list[EntityRelation]]


@settings(max_examples=40, deadline=None)
@given(graphs, st.integers(1, 5))
def test_predictions_are_the_damped_sum_of_all_walks(graph: Graph, max_hops: int) -> None:
    lens = index_of(*graph).lens(candidates=False, background=False)
    size = len(lens.index.entities)
    step = DAMPING * lens.influences.net.toarray()
    expected = sum(np.linalg.matrix_power(step, hops) for hops in range(1, max_hops + 1))
    expected = expected * (1.0 - np.eye(size))
    found = predictions(lens, np.arange(size), max_hops, Stop()).toarray()
    assert np.allclose(found, expected, atol=1e-9)


def test_p_values_are_those_of_the_procedure_done_step_by_step() -> None:
    dice = np.random.default_rng(5)
    table = dice.normal(size=(7, 12)) * (dice.random((7, 12)) < 0.6)
    weight = dice.normal(size=12)
    table[2] = weight + 0.1 * dice.normal(size=12)
    table[4] = -0.5 * weight + dice.normal(size=12)
    measured = Measured(np.arange(12), weight)
    found = fits(
        sparse.csr_array(table), measured, explain=True, permutations=300, seed=3, stop=Stop()
    )
    real = np.array([np.corrcoef(row, weight)[0, 1] for row in table])
    order = np.argsort(-np.abs(real))
    assert found.entity.tolist() == order.tolist()
    assert found.change.tolist() == np.sign(real[order]).astype(int).tolist()
    assert np.allclose(found.correlation, np.abs(real[order]))
    dealer, alone, together = np.random.default_rng(3), np.ones(7), np.ones(7)
    centred = (weight - weight.mean()) / weight.std()
    for _ in range(300):
        dealt = dealer.permutation(centred)
        chance = [abs(np.corrcoef(table[row], dealt)[0, 1]) for row in order]
        for rank, row in enumerate(order):
            alone[rank] += chance[rank] >= abs(real[row]) - 1e-12
            together[rank] += max(chance[rank:]) >= abs(real[row]) - 1e-12
    assert np.allclose(found.p, alone / 301)
    assert np.allclose(found.adjusted, np.maximum.accumulate(together) / 301)
    assert (found.adjusted >= found.p).all()


def test_reversing_is_explaining_turned_round() -> None:
    dice = np.random.default_rng(1)
    table = sparse.csr_array(dice.normal(size=(5, 9)))
    measured = Measured(np.arange(9), dice.normal(size=9))
    one, other = (
        fits(table, measured, explain=explain, permutations=100, seed=1, stop=Stop())
        for explain in (True, False)
    )
    assert one.entity.tolist() == other.entity.tolist()
    assert one.change.tolist() == (-other.change).tolist()
    assert one.adjusted.tolist() == other.adjusted.tolist()


def test_by_chance_few_of_many_are_found() -> None:
    dice = np.random.default_rng(8)
    wrong = 0
    for seed in range(60):
        table = sparse.csr_array(dice.normal(size=(20, 15)))
        measured = Measured(np.arange(15), dice.normal(size=15))
        found = fits(table, measured, explain=True, permutations=100, seed=seed, stop=Stop())
        wrong += found.adjusted[0] <= 0.1
    assert wrong <= 14


def test_a_stopped_comparison_has_no_answer() -> None:
    stop = Stop()
    stop.set()
    measured = Measured(np.arange(3), np.array([1.0, 0.0, -1.0]))
    with pytest.raises(Stopped):
        fits(
            sparse.csr_array(np.eye(3)), measured, explain=True, permutations=100, seed=1, stop=stop
        )
