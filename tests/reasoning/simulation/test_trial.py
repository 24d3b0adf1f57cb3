"""Interventions in networks whose answer is known."""

import numpy as np
import pytest

from app.reasoning.engine import Stop
from app.reasoning.simulation import dynamics
from app.reasoning.simulation.draw import draw_rules
from app.reasoning.simulation.ensemble import Ensemble, Stopped, simulate
from app.reasoning.simulation.sides import deciding_side
from app.reasoning.simulation.trial import Experiment, Network
from app.reasoning.simulation.wiring import Arc, Wiring, wire

P = 0


def ask(
    wiring: Wiring,
    *interventions: tuple[tuple[int, int], ...],
    wished: int = -1,
    induced: bool = False,
    hold: tuple[tuple[int, int], ...] = (),
    inducer: tuple[tuple[int, int], ...] = (),
    networks: int = 60,
    seed: int = 1,
) -> Ensemble:
    held = np.zeros(wiring.nodes, dtype=np.int8)
    for node, change in hold:
        held[node] = change
    experiment = Experiment(
        watched=P,
        wished=wished,
        induced=induced,
        interventions=interventions,
        hold=held,
        lean=np.zeros(wiring.nodes),
        inducer=inducer,
    )
    return simulate(wiring, experiment, networks=networks, seed=seed)


CHAIN = wire(3, [Arc(2, 1, False), Arc(1, 0, False)])
"""2 raises 1, which raises P."""


def test_what_alone_raises_a_phenotype_takes_it_away() -> None:
    found = ask(CHAIN, ((1, -1),), ((2, -1),), ((1, 1),))
    assert found.mean.tolist() == [1.0, 1.0, 0.0]
    assert found.standard_error.tolist() == [0.0, 0.0, 0.0]


def test_a_bypass_keeps_the_phenotype_up_where_either_is_enough() -> None:
    wiring = wire(3, [Arc(1, 0, False, enough=True), Arc(2, 0, False, enough=True)])
    alone, both = ask(wiring, ((1, -1),), ((1, -1), (2, -1))).mean.tolist()
    assert alone < 0.6
    assert both == 1.0


def test_both_are_needed_so_either_will_do() -> None:
    wiring = wire(3, [Arc(1, 0, False, needed=True), Arc(2, 0, False, needed=True)])
    assert ask(wiring, ((1, -1),), ((2, -1),)).mean.tolist() == [1.0, 1.0]


def test_positive_feedback_keeps_what_its_inducer_began() -> None:
    # The switch 1 keeps itself on, once 2 was there: withdrawing 2 only prevents.
    wiring = wire(
        3, [Arc(1, 0, False), Arc(1, 1, False, enough=True), Arc(2, 1, False, enough=True)]
    )
    reverses = ask(wiring, ((2, -1),), ((1, -1),))
    prevents = ask(wiring, ((2, -1),), ((1, -1),), induced=True)
    assert reverses.mean[0] < 0.5
    assert prevents.mean.tolist() == [1.0, 1.0]
    assert reverses.mean[1] == 1.0


def test_what_is_held_decides_in_which_context_it_is_asked() -> None:
    wiring = wire(3, [Arc(1, 0, False, enough=True), Arc(2, 0, False, enough=True)])
    with_other = ask(wiring, ((1, -1),), hold=((2, 1),)).mean[0]
    without = ask(wiring, ((1, -1),), hold=((2, -1),)).mean[0]
    assert (with_other, without) == (0.0, 1.0)


def test_the_inducer_can_be_named() -> None:
    wiring = wire(3, [Arc(1, 0, False, enough=True), Arc(2, 0, False, enough=True)])
    found = ask(wiring, ((1, -1),), ((2, -1),), induced=True, inducer=((1, 1),))
    assert found.mean[0] == 1.0
    assert found.mean[1] == 0.0


def test_a_phenotype_is_won() -> None:
    assert ask(CHAIN, ((1, 1),), ((1, -1),), wished=1).mean.tolist() == [1.0, 0.0]


def test_networks_that_cannot_show_the_phenotype_are_not_counted() -> None:
    found = ask(CHAIN, ((2, 1),), hold=((1, -1),))
    assert (found.drawn, len(found.effects)) == (60, 0)
    assert np.isnan(found.mean).all()


def test_the_same_seed_gives_the_same_figures_and_another_does_not() -> None:
    wiring = wire(5, [Arc(s, t, (s + t) % 3 == 0) for t in range(3) for s in range(5) if s != t])
    first, again = (ask(wiring, ((3, -1),), ((4, 1),)) for _ in range(2))
    other = ask(wiring, ((3, -1),), ((4, 1),), seed=2)
    assert first.mean.tolist() == again.mean.tolist()
    assert first.mean.tolist() != other.mean.tolist()


def test_the_side_that_decides_is_named() -> None:
    # Whether losing 2 matters hangs on whether 1 alone keeps P up.
    wiring = wire(3, [Arc(1, 0, False), Arc(2, 0, False, needed=False)])
    found = ask(wiring, ((2, -1),), networks=200)
    decides = deciding_side(wiring, found.effects[:, 0], found.loss, found.gain)
    assert decides is not None
    assert abs(decides.difference) > 0.5
    known = wire(3, [Arc(1, 0, False, needed=True), Arc(2, 0, False, needed=True)])
    settled = ask(known, ((2, -1),), networks=200)
    assert deciding_side(known, settled.effects[:, 0], settled.loss, settled.gain) is None


def test_a_stopped_simulation_says_so() -> None:
    stop = Stop()
    stop.set()
    experiment = Experiment(
        watched=P, wished=-1, induced=False, interventions=(((1, -1),),),
        hold=np.zeros(3, dtype=np.int8), lean=np.zeros(3),
    )  # fmt: skip
    with pytest.raises(Stopped):
        simulate(CHAIN, experiment, networks=10, seed=1, stop=stop)


def test_compiled_and_plain_runs_are_the_same_bit_for_bit() -> None:
    from app.reasoning.simulation import compiled

    wiring = wire(6, [Arc(s, t, (s * t) % 2 == 1) for t in range(4) for s in range(6) if s != t])
    ran = []
    for form in (dynamics, compiled):
        dice = np.random.default_rng(7)
        network = Network(
            wiring, draw_rules(wiring, dice), dice, np.zeros(1, dtype=np.uint8), form, rounds=5
        )
        start = dice.random((6, 70)) < 0.5
        held = np.zeros((6, 70), dtype=np.int8)
        held[4, :20], held[5, 10:40] = 1, -1
        ran.append(network.run(start, held, P))
    assert (ran[0][0] == ran[1][0]).all()
    assert (ran[0][1] == ran[1][1]).all()
