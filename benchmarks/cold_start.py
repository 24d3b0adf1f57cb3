"""From starting `evipath serve` on an embedded store to the first answer.

    python -m benchmarks.cold_start [--rounds 5]

Measured on a seeded store and on an empty one, which the service seeds at its start. The target is
less than 3 seconds on both.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.server import QUESTION, first_answer, free_port, seed, serve, started

TARGET = 3.0


def once(*, seeded: bool) -> float:
    with tempfile.TemporaryDirectory() as name:
        if seeded:
            seed(Path(name))
        port = free_port()
        start = time.perf_counter()
        with started(serve(port), Path(name)):
            first_answer(f"http://127.0.0.1:{port}{QUESTION}")
            return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    worst = 0.0
    for name, seeded in (("seeded store", True), ("empty store", False)):
        times = [once(seeded=seeded) for _ in range(rounds)]
        worst = max(worst, statistics.median(times))
        print(
            f"first answer, {name}: median {statistics.median(times):.2f} s, "
            f"slowest {max(times):.2f} s of {rounds}"
        )
    print(f"wanted: under {TARGET:g} s")
    return int(worst >= TARGET)


if __name__ == "__main__":
    sys.exit(main())
