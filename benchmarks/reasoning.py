"""How good the reasoning is, beside simple methods, on gold that others made or that is exact.

``make bench-reasoning``, or ``python -m benchmarks.reasoning [--write]``. Here the order of
predictions, on Boolean models whose answers come from their rules; :mod:`benchmarks.left_out` and
:mod:`benchmarks.mechanisms` on curated graphs. The data stand below ``EVIPATH_SHARED``, else
``../shared``. What was tried before the order was chosen stands in
``docs/decisions/0023-order-of-predictions.md``.
"""

import argparse
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from app.model.answer import InterventionQuestion, NamedEntity
from app.model.vocabulary import Effect, Tier
from app.reasoning.finding import Finder
from app.reasoning.flow import flow_to
from benchmarks import left_out, mechanisms
from benchmarks.boolean_graphs import SHARED, Model, models
from benchmarks.extraction.report import write_page
from benchmarks.scoring import interval, score, shown

HOPS = 6
EFFECTS = (Effect.REVERSES, Effect.PREVENTS)

Scores = dict[tuple[str, int], float]
Square = NDArray[np.float64]


def _states(model: Model, weight: Callable[[int, int, Model], float]) -> Square:
    """Return ``[(node, change), (node, change)]``: how one change brings about another."""
    place = {node: number for number, node in enumerate(model.nodes)}
    matrix = np.zeros((2 * len(place), 2 * len(place)))
    for number, arrow in enumerate(model.arrows):
        for change in (0, 1):
            arrived = change if arrow.sign > 0 else 1 - change
            row, column = 2 * place[arrow.subject] + change, 2 * place[arrow.object] + arrived
            matrix[row, column] += weight(number, change, model)
    return matrix


def _indegree(model: Model, node: str) -> int:
    return sum(arrow.object == node for arrow in model.arrows)


def _named(model: Model, lowered_raised: Square) -> Scores:
    pairs = lowered_raised.reshape(-1, 2)
    return {
        (node, 2 * change - 1): float(pairs[number, change])
        for number, node in enumerate(model.nodes)
        for change in (0, 1)
    }


def _goal(model: Model) -> Square:
    goal = np.zeros(2 * len(model.nodes))
    goal[2 * model.nodes.index(model.outcome)] = 1.0
    return goal


def shortest_path(model: Model) -> Scores:
    """One over the length of the shortest signed walk of at most four hops."""
    matrix, term = _states(model, lambda *_: 1.0), _goal(model)
    found = np.zeros_like(term)
    for hops in range(1, 5):
        term = ((matrix @ term) > 0).astype(float)
        found = np.where((found == 0) & (term > 0), 1 / hops, found)
    return _named(model, found)


def path_sum(model: Model) -> Scores:
    """All signed walks of at most four hops, each edge worth one half."""
    matrix, term = _states(model, lambda *_: 0.5), _goal(model)
    found = np.zeros_like(term)
    for _ in range(4):
        term = matrix @ term
        found += term
    return _named(model, found)


def signed_pagerank(model: Model) -> Scores:
    """Walk at random from the outcome against the edges, restart with .3; sign less sign."""
    matrix = _states(model, lambda n, _, m: 1 / _indegree(m, m.arrows[n].object))
    reached = np.linalg.solve(np.eye(len(matrix)) - 0.7 * matrix, _goal(model)).reshape(-1, 2)
    return _named(model, reached - reached[:, ::-1])


def net_influence(model: Model) -> Scores:
    """Take the linear steady state, damped by .7 over the spectral radius; edges weigh the same."""
    matrix = _states(model, lambda *_: 1.0)
    radius = max(abs(np.linalg.eigvals(matrix)))
    damping = 0.7 / radius if radius > 0 else 0.7
    reached = np.linalg.solve(np.eye(len(matrix)) - damping * matrix, _goal(model)).reshape(-1, 2)
    return _named(model, reached - reached[:, ::-1])


def sided_path(model: Model) -> Scores:
    """Take the best walk; an edge counts .9 where its side is the needed one, else .5/in-degree."""

    def weight(number: int, change: int, model: Model) -> float:
        arrow = model.arrows[number]
        if arrow.sufficient if change else arrow.necessary:
            return 0.9
        return 0.5 / _indegree(model, arrow.object)

    matrix, found = _states(model, weight), _goal(model)
    for _ in range(8):
        found = np.maximum(found, (matrix * found).max(axis=1))
    return _named(model, found)


def ours(effect: Effect, *, sided: bool, answered: bool) -> Callable[[Model], Scores]:
    """Our order of the predicted tier; ``answered`` lists only what a path of six hops leads from.

    Otherwise what has only longer walks follows, by the strength of its flow.
    """

    def method(model: Model) -> Scores:
        lens = model.lens(sided=sided)
        outcome = NamedEntity(id=model.outcome, name=model.outcome)
        question = InterventionQuestion(outcome=outcome, effect=effect, max_hops=HOPS)
        finder = Finder(lens, model.outcome, effect, question)
        places = [
            (finder.place(one, Tier.PREDICTED, not one.place[2], 0, 0.0), one)
            for one in finder.candidates()
        ]
        names = lens.index.entities
        ordered = {place: -number for number, place in enumerate(sorted({p for p, _ in places}))}
        found = {
            (names[one.entity], one.change): 3.0 + ordered[place] / (len(ordered) + 1)
            for place, one in places
            if place[4] < 0
        }
        if not answered:
            for number, name in enumerate(names):
                for change in (-1, 1):
                    strength = -change * float(finder.flow.strength[number])
                    if strength > 0:
                        found.setdefault((name, change), strength)
        return found

    return method


DAMPINGS = (0.7, 0.8, 0.9)
EXPONENTS = (0.0, 0.5, 1.0, 2.0)


def tuned_on_the_others(every: list[Model], effect: Effect) -> Square:
    """Score each model with the damping and exponent that are best on all other models.

    The strength is ``net * (|net| / total) ** exponent``; :mod:`app.reasoning.flow` has 1. A row
    for each model.
    """
    asked = [model for model in every if effect in model.questions]
    table = np.array(
        [
            [_figures(m, _strengths(m, damping, exponent), effect) for m in asked]
            for damping in DAMPINGS
            for exponent in EXPONENTS
        ]
    )
    picked = []
    for alone in range(len(asked)):
        others = np.delete(table[:, :, 0], alone, axis=1).mean(axis=1)
        picked.append(table[int(others.argmax()), alone])
    return np.array(picked)


def _strengths(model: Model, damping: float, exponent: float) -> Scores:
    lens = model.lens(sided=False)
    names = lens.index.entities
    flow = flow_to(lens.influences, names.at(model.outcome), damping)
    agreeing = np.abs(flow.net) / np.where(flow.total > 0, flow.total, 1.0)
    strength = flow.net * agreeing**exponent
    return {
        (name, change): -change * float(strength[number])
        for number, name in enumerate(names)
        for change in (-1, 1)
    }


def boolean_table() -> str:
    """Return the table of Boolean models."""
    every = list(models(SHARED / "data" / "boolean"))
    rows: list[tuple[str, Callable[[Effect], Callable[[Model], Scores]]]] = [
        ("shortest signed path, <= 4 hops", lambda _: shortest_path),
        ("signed path sum, <= 4 hops", lambda _: path_sum),
        ("PageRank with sign", lambda _: signed_pagerank),
        ("net influence", lambda _: net_influence),
        ("our order, signs only", lambda e: ours(e, sided=False, answered=False)),
        ("our order, signs only, as answered", lambda e: ours(e, sided=False, answered=True)),
        ("sided path, sides known", lambda _: sided_path),
        ("our order, sides known", lambda e: ours(e, sided=True, answered=False)),
        ("our order, sides known, as answered", lambda e: ours(e, sided=True, answered=True)),
    ]
    lines = [
        "| macro AP (95 % interval) / R-precision / AUC | reverses | prevents |", "|---|---|---|",
    ]  # fmt: skip
    for name, method in rows:
        cells = [_cell(every, method(effect), effect) for effect in EFFECTS]
        lines.append(f"| {name} | {cells[0]} | {cells[1]} |")
    tuned = [tuned_on_the_others(every, effect) for effect in EFFECTS]
    cells = [shown(each) for each in tuned]
    lines.append(
        f"| flow alone, each model with what is best on all others | {cells[0]} | {cells[1]} |"
    )
    for name, simple in (("PageRank with sign", signed_pagerank), ("net influence", net_influence)):
        gaps = [
            each[:, 0] - _all_figures(every, simple, effect)[:, 0]
            for each, effect in zip(tuned, EFFECTS, strict=True)
        ]
        shown = [
            f"{gap.mean():+.3f} ({interval(gap)[0]:+.2f} to {interval(gap)[1]:+.2f})"
            for gap in gaps
        ]
        lines.append(f"| the same, average precision above {name} | {shown[0]} | {shown[1]} |")
    return "\n".join(lines)


def _cell(every: list[Model], method: Callable[[Model], Scores], effect: Effect) -> str:
    return shown(_all_figures(every, method, effect))


def _all_figures(every: list[Model], method: Callable[[Model], Scores], effect: Effect) -> Square:
    return np.array([_figures(m, method(m), effect) for m in every if effect in m.questions])


def _figures(model: Model, scores: Scores, effect: Effect) -> tuple[float, float, float]:
    asked = model.questions[effect.value]
    return score(
        [scores.get((one.target, one.change), 0.0) for one in asked], [one.works for one in asked]
    )


def main() -> None:
    """Print the tables; with ``--write`` put them into the documentation."""
    parser = argparse.ArgumentParser(description="measure the quality of reasoning")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/quality.md")
    write = parser.parse_args().write
    benches = {
        "reasoning-boolean": boolean_table,
        "reasoning-left-out": left_out.tables,
        "reasoning-mechanisms": mechanisms.table,
    }
    for name, table in benches.items():
        shown = table()
        print(shown, end="\n\n", flush=True)
        if write:
            write_page({name: shown})


if __name__ == "__main__":
    main()
