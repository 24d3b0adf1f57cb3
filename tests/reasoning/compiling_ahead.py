"""Compiles ahead with nothing kept, and tells what was ready when the kernel was begun."""

import json
import os
import sys
import time
from pathlib import Path

import numpy as np

from app.reasoning import engine
from app.reasoning.simulation.ensemble import simulate
from app.reasoning.simulation.trial import Experiment
from app.reasoning.simulation.wiring import Arc, wire


def main(cache: Path) -> None:
    compiling = engine.compile_ahead()
    while compiling.is_alive() and not any(cache.rglob("*kernel-*/**/*.nbi")):
        time.sleep(0.01)
    from app.reasoning.simulation import compiled

    ready = len(compiled.run.signatures)
    nodes = 6
    experiment = Experiment(
        watched=0, wished=1, induced=False, interventions=(((1, -1),), ((2, 1),)),
        hold=np.zeros(nodes, dtype=np.int8), lean=np.ones(nodes),
    )  # fmt: skip
    arcs = [Arc(source, source - 1, source % 2 == 0) for source in range(1, nodes)]
    simulate(wire(nodes, arcs), experiment, networks=5, seed=1)
    files = sorted(path.relative_to(cache).as_posix() for path in cache.rglob("*.nbi"))
    said = {
        "ready": ready,
        "after": len(compiled.run.signatures),
        "compiling": compiling.is_alive(),
        "files": files,
    }
    print(json.dumps(said), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
