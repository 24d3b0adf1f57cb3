"""What a simulation costs by its nodes and networks, with every single intervention tried.

``python -m benchmarks.simulation_cost`` prints the table of ``docs/benchmarks.md``. Networks have
three arcs a node, wired as literature is (few nodes have most arcs). CPU time is told beside the
wall clock: two threads share the work, so that half of the CPU time is what two free cores need.
"""

import time

import numpy as np

from app.model.edge_columns import SIDES
from app.model.vocabulary import Side
from app.reasoning.simulation.ensemble import simulate
from app.reasoning.simulation.trial import Experiment
from app.reasoning.simulation.wiring import Arc, Wiring, wire
from benchmarks.synthetic import literature

ARCS_A_NODE = 3
WANTED = 5.0
"""Seconds for 100 nodes and 200 networks on two cores."""

SIZES = ((20, 200), (50, 200), (100, 50), (100, 200), (100, 1000), (200, 200), (300, 200),
         (500, 50), (500, 200))  # fmt: skip


def wiring_of(nodes: int) -> Wiring:
    """Return a network as literature is wired."""
    columns = literature(nodes, ARCS_A_NODE * nodes)
    rows = zip(
        columns.subject.tolist(), columns.object.tolist(), columns.sign.tolist(),
        columns.side.tolist(), strict=True,
    )  # fmt: skip
    return wire(
        nodes,
        (
            Arc(
                subject, target, sign < 0,
                needed=SIDES[side] is Side.LOSS, enough=SIDES[side] is Side.GAIN,
            )
            for subject, target, sign, side in rows
            if subject != target
        ),
    )  # fmt: skip


def experiment(wiring: Wiring) -> Experiment:
    """Return the question that tries every other node, both ways, on the most regulated one."""
    watched = int(np.argmax(np.diff(wiring.first)))
    return Experiment(
        watched=watched,
        wished=-1,
        induced=False,
        interventions=tuple(
            ((node, change),)
            for node in range(wiring.nodes)
            if node != watched
            for change in (-1, 1)
        ),
        hold=np.zeros(wiring.nodes, dtype=np.int8),
        lean=np.zeros(wiring.nodes),
    )


def cost(nodes: int, networks: int) -> tuple[float, float, int]:
    """Return wall and CPU seconds, and how many of the networks showed the phenotype."""
    wiring = wiring_of(nodes)
    asked = experiment(wiring)
    began, used = time.perf_counter(), time.process_time()
    found = simulate(wiring, asked, networks=networks, seed=1)
    return time.perf_counter() - began, time.process_time() - used, len(found.effects)


def main() -> int:
    """Print the table; 1 where the size that is wanted takes longer."""
    cost(20, 10)  # what is compiled, or loaded, once
    print("| nodes | networks | interventions | wall s | CPU s | on two cores s | with phenotype |")
    print("|---|---|---|---|---|---|---|")
    missed = False
    for nodes, networks in SIZES:
        wall, cpu, shown = cost(nodes, networks)
        times = f"{wall:.1f} | {cpu:.1f} | {cpu / 2:.1f}"
        print(f"| {nodes} | {networks} | {2 * (nodes - 1)} | {times} | {shown} |", flush=True)
        missed |= (nodes, networks) == (100, 200) and cpu / 2 > WANTED
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main())
