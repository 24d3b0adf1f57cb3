"""Interventions tried in many networks that all agree with what is known."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from app.reasoning.columns import Flags, Floats
from app.reasoning.engine import Stop
from app.reasoning.simulation.draw import PRIOR, Prior, draw_rules
from app.reasoning.simulation.sides import sides_taken
from app.reasoning.simulation.trial import Experiment, Network, trial
from app.reasoning.simulation.wiring import Arc, Wiring, wire

THREADS = 2
"""Threads that one simulation takes, so that two at once share the cores of a small machine."""


class Stopped(Exception):
    """The simulation was told to stop before its end."""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """What an ensemble of networks did.

    ``effects`` is ``[network, intervention]`` for those of the ``drawn`` networks in which the
    phenotype could be asked for. ``loss`` and ``gain`` are ``[network, arc]`` for the same
    networks: whether losing, or gaining, the arc's regulator decides there.
    """

    drawn: int
    effects: Floats
    loss: Flags
    gain: Flags

    @property
    def mean(self) -> Floats:
        """The effect of each intervention, the mean over networks; NaN where there are none."""
        if not len(self.effects):
            return np.full(self.effects.shape[1], np.nan)
        means: Floats = self.effects.mean(axis=0)
        return means

    @property
    def standard_error(self) -> Floats:
        """The standard error of each mean, from the spread among networks."""
        count = len(self.effects)
        if count < 2:
            return np.full(self.effects.shape[1], np.nan)
        errors: Floats = self.effects.std(axis=0, ddof=1) / np.sqrt(count)
        return errors


def make_ready() -> None:
    """Compile the runs, or load what was compiled before, by a simulation of two nodes."""
    experiment = Experiment(
        watched=0,
        wished=-1,
        induced=False,
        interventions=(((1, -1),),),
        hold=np.zeros(2, dtype=np.int8),
        lean=np.zeros(2),
    )
    simulate(wire(2, [Arc(1, 0, negative=False)]), experiment, networks=1, seed=1)


def simulate(
    wiring: Wiring,
    asked: Experiment,
    *,
    networks: int,
    seed: int,
    prior: Prior = PRIOR,
    stop: Stop | None = None,
    progress: Callable[[int], None] | None = None,
) -> Ensemble:
    """Try the interventions in ``networks`` networks; the same seed gives the same figures.

    ``progress`` is told how many networks are done. Raises :class:`Stopped` when ``stop`` is set
    before the end.
    """
    from app.reasoning.simulation import compiled

    stop = Stop() if stop is None else stop  # one that is not set yet is false

    def one(number: int) -> tuple[Floats | None, Flags, Flags]:
        dice = np.random.default_rng((seed, number))
        rules = draw_rules(wiring, dice, prior)
        network = Network(wiring, rules, dice, stop.flag, compiled, asked.rounds)
        loss, gain = sides_taken(rules, len(wiring.source))
        return trial(network, asked), loss, gain

    rows: list[tuple[Floats | None, Flags, Flags]] = []
    with ThreadPoolExecutor(THREADS, thread_name_prefix="simulate") as pool:
        for number, row in enumerate(pool.map(one, range(networks)), 1):
            if stop:
                pool.shutdown(cancel_futures=True)
                raise Stopped
            rows.append(row)
            if progress is not None:
                progress(number)
    shown = [(effects, loss, gain) for effects, loss, gain in rows if effects is not None]
    arcs = len(wiring.source)
    return Ensemble(
        drawn=networks,
        effects=np.array([row[0] for row in shown]).reshape(-1, len(asked.interventions)),
        loss=np.array([row[1] for row in shown], dtype=np.bool_).reshape(-1, arcs),
        gain=np.array([row[2] for row in shown], dtype=np.bool_).reshape(-1, arcs),
    )
