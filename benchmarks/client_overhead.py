"""What the Python client adds to a bare httpx call of the same answer.

    python -m benchmarks.client_overhead [--rounds 15] [--requests 40]

Both ask a real `evipath serve` over one kept connection, in turns. The bare call parses the JSON
of its answer, the client makes typed models of it; its cache is off, so that both get all of it.
The time of the round that was best for each counts, so that a busy machine slows both alike.
The target is at most 1.2 times the bare call.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from benchmarks.server import QUESTION, first_answer, free_port, seed, serve, started
from evipath_client import Client

TARGET = 1.2


def seconds(act: Callable[[], object], requests: int) -> float:
    """Return the seconds of one call."""
    start = time.perf_counter()
    for _ in range(requests):
        act()
    return (time.perf_counter() - start) / requests


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--requests", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder), free_port()
        seed(data)
        url = f"http://127.0.0.1:{port}"
        with (
            started(serve(port), data),
            httpx.Client(base_url=url) as bare,
            Client(url, cache=0) as client,
        ):
            size = len(first_answer(url + QUESTION))
            calls: dict[str, Callable[[], object]] = {
                "bare httpx": lambda: bare.get(QUESTION).raise_for_status().json(),
                "client": lambda: client.interventions("GO:0001837", "reverses"),
            }
            for act in calls.values():
                seconds(act, options.requests)
            times: dict[str, list[float]] = {name: [] for name in calls}
            for _ in range(options.rounds):
                for name, act in calls.items():
                    times[name].append(seconds(act, options.requests))
    best = {name: min(found) for name, found in times.items()}
    ratio = best["client"] / best["bare httpx"]
    print(f"answer of {size:,} bytes")
    for name, each in best.items():
        print(f"{name}: {each * 1000:.2f} ms a call")
    print(f"ratio {ratio:.2f}, wanted: at most {TARGET:g}")
    return int(ratio > TARGET)


if __name__ == "__main__":
    sys.exit(main())
