"""Simulated effects on the Boolean models: do they tell which intervention works?

``python -m benchmarks.boolean_simulation`` prints every variant that was tried, and what each
further known side is worth; ``make bench-reasoning`` runs it after the methods that see paths.
"""

from dataclasses import dataclass

import numpy as np

from app.reasoning.columns import Floats
from app.reasoning.simulation.draw import PRIOR, Prior
from app.reasoning.simulation.ensemble import simulate
from app.reasoning.simulation.trial import ROUNDS, Experiment
from app.reasoning.simulation.wiring import Arc, Wiring, wire
from benchmarks.boolean_graphs import SHARED, Inputs, Model, models
from benchmarks.scoring import score, shown

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


ROWS: tuple[tuple[str, Setting], ...] = (
    ("signs only", Setting()),
    ("a quarter of the sides known", Setting(known=0.25)),
    ("half of the sides known", Setting(known=0.5)),
    ("three quarters known", Setting(known=0.75)),
    ("all sides known", Setting(known=1.0)),
    ("signs only, inputs held", Setting(held=True)),
    ("half known, inputs held", Setting(known=0.5, held=True)),
    ("all known, inputs held", Setting(known=1.0, held=True)),
)
TRIED: tuple[tuple[str, Setting], ...] = (
    ("signs only, *and* and *or* alike for inhibitors", Setting(prior=Prior(0.5, 0.5))),
    ("signs only, inhibitors *and* with .65", Setting(prior=Prior(0.5, 0.65))),
    ("signs only, activators *and* with .35", Setting(prior=Prior(0.35, 0.8))),
    ("all known, *and* and *or* alike for inhibitors", Setting(1.0, prior=Prior(0.5, 0.5))),
    ("signs only, random states to start from", Setting(lean=False)),
    ("all known, random states to start from", Setting(1.0, lean=False)),
    ("signs only, 200 rounds", Setting(rounds=200)),
    ("all known, 200 rounds", Setting(1.0, rounds=200)),
    ("signs only, another seed", Setting(seed=2)),
    ("half known, another seed", Setting(0.5, seed=2)),
    ("all known, another seed", Setting(1.0, seed=2)),
    ("all known, 50 networks", Setting(1.0, networks=50)),
)


def main() -> None:
    """Print the tables."""
    every = list(models(SHARED / "data" / "boolean"))
    for title, rows in (("simulated", ROWS), ("also tried", TRIED)):
        print(f"| {title}: macro AP (95 % interval) / R-precision / AUC | reverses | prevents |")
        print("|---|---|---|")
        for name, setting in rows:
            cells = [_cell(every, effect, setting) for effect in EFFECTS]
            print(f"| {name} | {cells[0]} | {cells[1]} |", flush=True)
        print()


def _cell(every: list[Model], effect: str, setting: Setting) -> str:
    figures = []
    for model in every:
        if effect in model.questions:
            scores, asked = simulated(model, effect, setting), model.questions[effect]
            ranked = [scores[one.target, one.change] for one in asked]
            figures.append(score(ranked, [one.works for one in asked]))
    return shown(np.array(figures))


if __name__ == "__main__":
    main()
