"""Rules drawn by chance: they agree with every sign and with what is known of sides."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.reasoning.simulation.draw import Rules, draw_rules
from app.reasoning.simulation.dynamics import packed, unpacked, value_of
from app.reasoning.simulation.sides import sides_taken
from app.reasoning.simulation.wiring import Arc, Wiring, wire

TARGET = 0


def values(rules: Rules, nodes: int) -> dict[tuple[bool, ...], bool]:
    """Return the target's value for every state of the nodes."""
    states = list(product((False, True), repeat=nodes))
    words = packed(np.array(states).T)
    begin, end = int(rules.first[TARGET]), int(rules.first[TARGET + 1])
    ruled = [
        value_of(rules.source, rules.negative, rules.both, begin, end, words, word)
        for word in range(words.shape[1])
    ]
    flags = unpacked(np.array([ruled], dtype=np.uint64), len(states))[0]
    return dict(zip(states, flags.tolist(), strict=True))


arcs = st.lists(
    st.builds(
        Arc,
        source=st.integers(0, 4),
        target=st.just(TARGET),
        negative=st.booleans(),
        needed=st.booleans(),
        enough=st.booleans(),
        required_by=st.none() | st.integers(0, 4),
    ),
    min_size=1,
    max_size=6,
)


@given(arcs, st.integers(0, 1000))
def test_every_rule_agrees_with_the_signs(given_arcs: list[Arc], seed: int) -> None:
    wiring = wire(5, given_arcs)
    rules = draw_rules(wiring, np.random.default_rng(seed))
    table = values(rules, 5)
    signs = dict(zip(rules.source.tolist(), rules.negative.tolist(), strict=True))
    for state, value in table.items():
        for source, negative in signs.items():
            raised = (*state[:source], True, *state[source + 1 :])
            if not state[source]:
                assert table[raised] <= value if negative else table[raised] >= value


def drawn(wiring: Wiring, count: int = 60) -> list[Rules]:
    return [draw_rules(wiring, np.random.default_rng(seed)) for seed in range(count)]


def test_a_needed_activator_decides_when_it_is_lost() -> None:
    wiring = wire(4, [Arc(1, 0, False, needed=True), Arc(2, 0, False), Arc(3, 0, True)])
    for rules in drawn(wiring):
        assert not any(v for state, v in values(rules, 4).items() if not state[1])


def test_an_activator_that_is_enough_decides_when_it_is_gained() -> None:
    wiring = wire(4, [Arc(1, 0, False, enough=True), Arc(2, 0, False), Arc(3, 0, True)])
    for rules in drawn(wiring):
        assert all(v for state, v in values(rules, 4).items() if state[1])


def test_the_loss_of_a_needed_inhibitor_switches_on() -> None:
    wiring = wire(3, [Arc(1, 0, True, needed=True), Arc(2, 0, False)])
    for rules in drawn(wiring):
        assert all(v for state, v in values(rules, 3).items() if not state[1])


def test_where_sides_contradict_each_other_every_network_follows_one() -> None:
    wiring = wire(3, [Arc(1, 0, False, needed=True), Arc(2, 0, False, enough=True)])
    ways = {tuple(values(rules, 3).values()) for rules in drawn(wiring)}
    both, either = ([s[1] and s[2] for s in product((0, 1), repeat=3)],
                    [s[1] or s[2] for s in product((0, 1), repeat=3)])  # fmt: skip
    assert ways == {tuple(map(bool, both)), tuple(map(bool, either))}


def test_of_links_of_both_signs_every_network_follows_one_by_its_weight() -> None:
    wiring = wire(2, [Arc(1, 0, False, weight=0.9), Arc(1, 0, True, weight=0.1)])
    positive = sum(not rules.negative[0] for rules in drawn(wiring, 400))
    assert 330 < positive < 390


def test_a_requirement_acts_with_the_relation_that_needs_it_alone() -> None:
    # 1 is required for the effect of 2; 3 acts by itself.
    wiring = wire(4, [Arc(1, 0, False, needed=True, required_by=2), Arc(2, 0, False),
                      Arc(3, 0, False, enough=True)])  # fmt: skip
    for rules in drawn(wiring):
        table = values(rules, 4)
        assert all(v for state, v in table.items() if state[3])
        assert all(v == (state[1] and state[2]) for state, v in table.items() if not state[3])


@given(arcs, st.integers(0, 1000))
def test_what_decides_is_told_from_the_rules(given_arcs: list[Arc], seed: int) -> None:
    wiring = wire(5, given_arcs)
    rules = draw_rules(wiring, np.random.default_rng(seed))
    table = values(rules, 5)
    loss, gain = sides_taken(rules, len(wiring.source))
    for arc in rules.arc.tolist():
        source = int(wiring.source[arc])
        for told, state_of in ((loss[arc], False), (gain[arc], True)):
            outcomes = {v for state, v in table.items() if state[source] is state_of}
            assert bool(told) == (len(outcomes) == 1)
