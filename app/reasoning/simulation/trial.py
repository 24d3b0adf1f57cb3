"""Interventions tried in one network."""

from dataclasses import dataclass, field
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from app.reasoning.columns import Bytes, Flags, Floats
from app.reasoning.simulation.draw import Rules
from app.reasoning.simulation.dynamics import WORD, packed, unpacked
from app.reasoning.simulation.wiring import Wiring

ROUNDS = 80
"""Rounds in which a network comes to rest."""

MEASURED = 40
"""Rounds after them in which the phenotype is looked at."""

SHOWN = 0.25
"""The share of the measured rounds from which on a run has the phenotype: a cycle may show it for
a part of the time.
"""

SEARCHED = 256
"""Random states from which a network is let come to rest, in search of states to start from."""

STARTS = 16
"""States that each intervention is tried from, at most."""

FEWEST = 0.1
"""A network that shows the phenotype for less than this share of the time without any intervention
does not count: the order of updates alone decides there.
"""

Changes = tuple[tuple[int, int], ...]
"""An intervention: nodes with what is done to each, +1 held on, -1 held off."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is asked of every network.

    ``wished`` is -1 where the phenotype ``watched`` shall go or not come, +1 where it shall come.
    ``induced``: the phenotype is absent at first and something brings it; what, is said by
    ``inducer`` (changes made afterwards; before, the nodes are held the other way), else looked for
    among the inputs. ``hold`` has +1
    for nodes held on throughout, -1 for nodes held off, 0 for the others. ``lean`` says by sign
    which state of each node is likely to go with the phenotype.
    """

    watched: int
    wished: int
    induced: bool
    interventions: tuple[Changes, ...]
    hold: Bytes
    lean: Floats
    inducer: Changes = ()
    rounds: int = ROUNDS


@dataclass(slots=True)
class Network:
    """One network with its chances; ``runs`` is the module that runs it, plain or compiled."""

    wiring: Wiring
    rules: Rules
    dice: np.random.Generator
    stop: NDArray[np.uint8]
    runs: ModuleType
    rounds: int = field(default=ROUNDS)

    def run(self, start: Flags, held: Bytes, watched: int) -> tuple[Flags, Floats]:
        """Run from states ``[node, run]``; return where it comes to rest, and for each run the
        share of the measured rounds in which ``watched`` is on.

        ``held`` is as :attr:`Experiment.hold`, for each run.
        """
        on, off = packed(held > 0), packed(held < 0)
        state = (packed(start) | on) & ~off
        chances = self.dice.random((self.rounds + MEASURED, self.wiring.nodes))
        orders = np.argsort(chances, axis=1).astype(np.int32)
        counts = np.zeros(state.shape[1] * WORD, dtype=np.int64)
        rules = self.rules
        self.runs.run(
            rules.first, rules.source, rules.negative, rules.both, orders, state, on, off,
            watched, MEASURED, counts, self.stop,
        )  # fmt: skip
        runs = start.shape[1]
        return unpacked(state, runs), counts[:runs] / MEASURED


def trial(network: Network, asked: Experiment) -> Floats | None:
    """Return the effect of each intervention in one network; None where it can't be asked there.

    The effect is the share of the phenotype that is lost, or never comes: its time in all runs
    with the intervention against that without. Where it shall come, the share of the time without
    it that is won.
    """
    starts = _starts(network, asked)
    if starts is None:
        return None
    count = starts.shape[1]
    every = np.tile(starts, (1, len(asked.interventions) + 1))
    held = _held(asked, every.shape[1])
    for number, changes in enumerate(asked.interventions, 1):
        for node, change in changes:
            held[node, number * count : (number + 1) * count] = change
    _, shares = network.run(every, held, asked.watched)
    time = shares.reshape(-1, count).mean(axis=1)
    return _effects(float(time[0]), time[1:], asked.wished)


def _effects(without: float, with_each: Floats, wished: int) -> Floats | None:
    if wished < 0:
        return None if without < FEWEST else 1.0 - with_each / without
    return None if without > 1.0 - FEWEST else (with_each - without) / (1.0 - without)


def _held(asked: Experiment, runs: int, *, induced: bool = True) -> Bytes:
    """Return what is held in each run: the context, and the inducer there or not."""
    held = np.repeat(asked.hold[:, None], runs, axis=1)
    for node, change in asked.inducer:
        held[node] = change if induced else -change
    return held


def _starts(network: Network, asked: Experiment) -> Flags | None:
    """Return states ``[node, run]`` to try interventions from; None where there are none."""
    absent = asked.wished > 0 or asked.induced
    lean = np.sign(asked.lean)[:, None] * (-1.0 if absent else 1.0)
    dice = network.dice
    tilt = 0.5 * dice.random((1, SEARCHED)) * lean
    start = dice.random((network.wiring.nodes, SEARCHED)) < 0.5 + tilt
    held = _held(asked, SEARCHED, induced=False)
    rest, shares = network.run(start, held, asked.watched)
    if not absent:
        return _some(rest, shares >= SHOWN, dice)
    if not asked.induced:
        return _some(rest, shares == 0, dice)
    return _induced(network, asked, rest[:, shares == 0])


def _induced(network: Network, asked: Experiment, rest: Flags) -> Flags | None:
    """Return states at rest without the phenotype, changed so that it comes."""
    runs = rest.shape[1]
    if not runs:
        return None
    changed = rest.copy()
    if not asked.inducer:
        inputs = network.wiring.inputs & (asked.hold == 0)
        changed[inputs] = network.dice.random((int(inputs.sum()), runs)) < 0.5
    _, shares = network.run(changed, _held(asked, runs), asked.watched)
    return _some(changed, shares >= SHOWN, network.dice)


def _some(states: Flags, fit: Flags, dice: np.random.Generator) -> Flags | None:
    """Return at most :data:`STARTS` of the states that fit, drawn by chance."""
    there = np.flatnonzero(fit)
    if not len(there):
        return None
    return states[:, dice.choice(there, min(STARTS, len(there)), replace=False)]
