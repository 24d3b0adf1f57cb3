"""Simulated effects on the Boolean models: do they tell which intervention works?

``python -m benchmarks.boolean_simulation`` prints every variant that was tried; ``make
bench-reasoning`` the chosen one beside the methods that see paths.
"""

from dataclasses import dataclass

import numpy as np

from app.reasoning.columns import Floats
from app.reasoning.simulation.draw import PRIOR, Prior
from app.reasoning.simulation.ensemble import simulate
from app.reasoning.simulation.trial import ROUNDS, Experiment
from app.reasoning.simulation.wiring import Arc, Wiring, wire
from benchmarks.boolean_graphs import Inputs, Model

NETWORKS = 200
EFFECTS = ("reverses", "prevents")

Scores = dict[tuple[str, int], float]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a model is simulated.

    ``known`` is the share of the sides that are known, drawn by chance with ``seed``; ``held``
    says whether the inputs stand as the model's authors set them; ``lean`` whether states to start
    from are looked for on the side of the phenotype that is wanted.
    """

    known: float = 0.0
    held: bool = False
    prior: Prior = PRIOR
    networks: int = NETWORKS
    seed: int = 1
    rounds: int = ROUNDS
    lean: bool = True


def wiring_of(model: Model, setting: Setting) -> Wiring:
    """Return a model's graph, with the share of sides that is known."""
    place = {node: number for number, node in enumerate(model.nodes)}
    known = np.random.default_rng(setting.seed).random((len(model.arrows), 2)) < setting.known
    return wire(
        len(place),
        (
            Arc(
                place[arrow.subject],
                place[arrow.object],
                arrow.sign < 0,
                needed=arrow.necessary and bool(loss),
                enough=arrow.sufficient and bool(gain),
            )
            for arrow, (loss, gain) in zip(model.arrows, known, strict=True)
        ),
    )


def simulated(model: Model, effect: str, setting: Setting) -> Scores:
    """Return the simulated effect of every candidate; over held settings the greatest."""
    wiring, asked = wiring_of(model, setting), model.questions[effect]
    settings = model.settings[effect] if setting.held else (None,)
    found = [
        simulate(
            wiring,
            _experiment(model, effect, setting, held),
            networks=setting.networks,
            seed=setting.seed,
            prior=setting.prior,
        ).mean
        for held in settings
    ]
    best = np.max(np.nan_to_num(np.array(found)), axis=0)
    return {(one.target, one.change): float(value) for one, value in zip(asked, best, strict=True)}


def _experiment(
    model: Model, effect: str, setting: Setting, held: tuple[Inputs, Inputs] | None
) -> Experiment:
    place = {node: number for number, node in enumerate(model.nodes)}
    hold = np.zeros(len(place), dtype=np.int8)
    inducer: tuple[tuple[int, int], ...] = ()
    if held is not None:
        before, after = held
        changed = {name for name in before if before[name] != after[name]}
        inducer = tuple((place[name], 1 if after[name] else -1) for name in sorted(changed))
        for name in before.keys() - changed:
            hold[place[name]] = 1 if before[name] else -1
    return Experiment(
        watched=place[model.outcome],
        wished=-1,
        induced=effect == "prevents",
        interventions=tuple(((place[one.target], one.change),) for one in model.questions[effect]),
        hold=hold,
        lean=_lean(model) if setting.lean else np.zeros(len(place)),
        inducer=inducer,
        rounds=setting.rounds,
    )


def _lean(model: Model) -> Floats:
    lens = model.lens(sided=False)
    names = lens.index.entities
    net = lens.flow_to(names.at(model.outcome)).net
    places = [names.place(node) for node in model.nodes]
    return np.array([0.0 if place is None else net[place] for place in places])
