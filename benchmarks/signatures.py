"""Signatures on the Boolean models: is the knocked-out node found from what its loss shifts?

``python -m benchmarks.signatures`` runs each model's own rules with and without each node, takes
the shifts of all other nodes as the signature, and asks which intervention explains it; ``make
bench-reasoning`` runs it.
"""

import random
import re
from collections.abc import Callable, Iterator
from types import CodeType

import numpy as np

from app.reasoning.columns import Floats
from app.reasoning.engine import Stop
from app.reasoning.signature import Measured, fits, predictions
from benchmarks.boolean_graphs import SHARED, Model, models
from benchmarks.scoring import interval

RUNS, WARM, COUNTED = 256, 60, 30
LEAST_SHIFT, FEWEST = 0.1, 3

Case = tuple[int, int, Floats]
"""A node, what was done to it (0 or 1), and the shift of every node."""


def rules_of(model: Model) -> dict[str, CodeType]:
    """Return the model's rules over columns of states, each a whole number of a bit a run."""
    found = {}
    path = SHARED / "data" / "boolean" / model.name / "model.bnet"
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        target, comma, rule = line.partition(",")
        if comma:
            found[target.strip()] = compile(_spelled(rule), target, "eval")
    return found


def _spelled(rule: str) -> str:
    named = re.sub(r"[A-Za-z_]\w*", lambda name: f"s[{name.group()!r}]", rule.strip())
    return named.replace("!", "~")


def cases(model: Model) -> Iterator[Case]:
    """Yield each node's loss and gain with what they shift, from random states and inputs."""
    rules = rules_of(model)
    names = list(rules)
    place = {f"BOOL:{name}": at for at, name in enumerate(names)}
    columns = [place.get(node) for node in model.nodes]
    without = _means(rules, names, None)
    for at, node in enumerate(model.nodes):
        name = node.removeprefix("BOOL:")
        if name not in rules:
            continue
        for held in (0, 1):
            shift = _means(rules, names, (name, held)) - without
            whole = np.array([0.0 if column is None else shift[column] for column in columns])
            whole[at] = 0.0
            whole[np.abs(whole) < LEAST_SHIFT] = 0.0
            if np.count_nonzero(whole) >= FEWEST:
                yield at, held, whole


def _means(rules: dict[str, CodeType], names: list[str], held: tuple[str, int] | None) -> Floats:
    """Return the share of time that each node is on, in asynchronous sweeps of random order."""
    dice = random.Random(7)  # noqa: S311 - chances of a simulation, no secret
    every = (1 << RUNS) - 1
    state = {name: dice.getrandbits(RUNS) for name in names}
    total = dict.fromkeys(names, 0)
    free = [name for name in names if held is None or name != held[0]]
    if held is not None:
        state[held[0]] = every * held[1]
    for sweep in range(WARM + COUNTED):
        dice.shuffle(free)
        for name in free:
            state[name] = eval(rules[name], {"s": state}) & every  # noqa: S307 - the model's own rule
        if sweep >= WARM:
            for name in names:
                total[name] += state[name].bit_count()
    return np.array([total[name] for name in names]) / (COUNTED * RUNS)


def neighbours(model: Model, shift: Floats) -> Floats:
    """Return for each intervention how many direct neighbours agree in sign, less those that do
    not: the baseline.
    """
    place = {node: at for at, node in enumerate(model.nodes)}
    found = np.zeros(2 * len(place))
    for arrow in model.arrows:
        sign = arrow.sign * np.sign(shift[place[arrow.object]])
        found[2 * place[arrow.subject] + 1] += sign
        found[2 * place[arrow.subject]] -= sign
    return found


def by_influence(model: Model, max_hops: int) -> Callable[[Floats], Floats]:
    """Return what scores each intervention by its predicted consequences."""
    lens = model.lens(sided=False)
    names = lens.index.entities
    nodes = [at for at, node in enumerate(model.nodes) if names.place(node) is not None]
    places = np.array([names.at(model.nodes[at]) for at in nodes])
    back = np.full(len(names), -1)
    back[places] = nodes
    predicted = predictions(lens, places, max_hops, Stop())

    def scored(shift: Floats) -> Floats:
        found = np.full(2 * len(model.nodes), -2.0)
        fit = fits(
            predicted, Measured(places, shift[nodes]), explain=True, permutations=0, seed=1,
            stop=Stop(),
        )  # fmt: skip
        found[2 * back[fit.entity] + (fit.change > 0)] = fit.correlation
        found[2 * back[fit.entity] + (fit.change < 0)] = -fit.correlation
        return found

    return scored


def rank(scores: Floats, right: int) -> float:
    """Return the expected rank of the right one; ties share their places."""
    return float((scores > scores[right]).sum() + ((scores == scores[right]).sum() + 1) / 2)


def main() -> None:
    """Print mean reciprocal rank and share of first places, over models."""
    every = [(model, list(cases(model))) for model in models(SHARED / "data" / "boolean")]
    print(f"{sum(len(found) for _, found in every)} signatures of {len(every)} models")
    print("| method | reciprocal rank (95 % interval) | first (95 % interval) |")
    print("|---|---|---|")
    rows: list[tuple[str, Callable[[Model], Callable[[Floats], Floats]]]] = [
        ("chance", lambda model: lambda _: np.zeros(2 * len(model.nodes))),
        ("agreeing direct neighbours", lambda model: lambda shift: neighbours(model, shift)),
    ]
    rows += [
        (f"net influence, walks of {hops} hops", _method(hops)) for hops in (1, 2, 3, 4, 6, 20)
    ]
    for name, method in rows:
        figures = np.array([_figures(model, found, method) for model, found in every if found])
        cells = []
        for column in figures.T:
            low, high = interval(column)
            cells.append(f"{column.mean():.3f} ({low:.2f}–{high:.2f})")
        print(f"| {name} | {cells[0]} | {cells[1]} |", flush=True)


def _method(max_hops: int) -> Callable[[Model], Callable[[Floats], Floats]]:
    return lambda model: by_influence(model, max_hops)


def _figures(
    model: Model, found: list[Case], method: Callable[[Model], Callable[[Floats], Floats]]
) -> tuple[float, float]:
    scored = method(model)
    ranks = np.array([rank(scored(shift), 2 * at + held) for at, held, shift in found])
    return float((1 / ranks).mean()), float((ranks < 1.5).mean())


if __name__ == "__main__":
    main()
