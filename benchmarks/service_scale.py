"""A real `evipath serve` on a million edges: its index, its memory, its answers, and a storm.

    python -m benchmarks.service_scale [--store graph.db] [--claims 1000000]

The store holds imported claims between 100,000 entities, an edge each (see ``store_scale``); with
``--store`` it is kept and used again. Told are what reading the index from the store takes and
holds, the service's memory once it answered, how a hot 4-hop answer compares with a bare FastAPI
endpoint that returns the same bytes, how long such answers take that nobody asked before, and what
a thousand exploding questions at once leave of the health check. CPU seconds are those of the
process that works; they hold where other programs run, too.
"""

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import numpy as np

from app.graph.sqlite import open_sqlite
from app.services import index_file
from app.services.indexes import read_index
from benchmarks.answer_http import BARE, Client
from benchmarks.server import EVIPATH, environment, first_answer, free_port, started
from benchmarks.store_scale import fill

STORM, CHECKS, DEADLINE = 1000, 50, 5.0


def question(outcome: int, hops: int = 4) -> str:
    """Return the path of a question on one of the store's entities."""
    name = quote(f"HGNC:{outcome}")
    return f"/api/v1/reasoning/interventions?outcome={name}&effect=lowers&max_hops={hops}"


def index_figures(store: Path) -> str:
    """Read the index three times, and write it."""
    opened = open_sqlite(f"sqlite:///{store}")
    cpu, wall = [], []
    with opened.view() as view:
        for _ in range(3):
            begun, at = time.thread_time(), time.perf_counter()
            index = read_index(view)
            cpu.append(time.thread_time() - begun)
            wall.append(time.perf_counter() - at)
    opened.close()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        index_file.write_index(path, "key", index)
        size = path.stat().st_size / 1e6
    return (
        f"index of {len(index.edges.claim):,} edges from SQLite: {min(cpu):.2f} s of CPU, "
        f"{min(wall):.2f} s in all (best of 3; wanted: 3 s); {size:.0f} MB (wanted: 120 MB)"
    )


class Process:
    """A running service and what the system says of its memory."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self._process = process
        self.url = f"http://127.0.0.1:{port}"
        self.port = port

    def memory(self) -> str:
        """Return its memory in megabytes: resident, its share of it, and what is not of files."""
        rolled = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text()
        kept = {
            line.split(":")[0]: int(line.split()[1]) * 1024 / 1e6
            for line in rolled.splitlines()[1:]
        }
        return (
            f"{kept['Rss']:.0f} MB resident, of it {kept['Anonymous']:.0f} MB its own and "
            f"{kept['Rss'] - kept['Anonymous']:.0f} MB mapped files; PSS {kept['Pss']:.0f} MB"
        )

    def cpu(self) -> float:
        """Return the CPU seconds that it has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(store: Path, data: Path, **more: object) -> Iterator[Process]:
    """Run the service on a store until the block ends."""
    port = free_port()
    settings = {f"EVIPATH_{name.upper()}": str(value) for name, value in more.items()}
    process = subprocess.Popen(
        [EVIPATH, "serve", "--port", str(port), "--store", f"sqlite:///{store}"],
        env={**environment(data), **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        first_answer(f"http://127.0.0.1:{port}/api/v1/healthz")
        yield Process(process, port)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def answers(service: Process, outcomes: list[int]) -> str:
    """Ask what nobody asked before, one after the other."""
    wall, cpu, whole = [], [], 0
    for outcome in outcomes:
        at, begun = time.perf_counter(), service.cpu()
        answer = json.loads(first_answer(service.url + question(outcome), 120))
        wall.append(time.perf_counter() - at)
        cpu.append(service.cpu() - begun)
        whole += answer["complete"]
    return (
        f"{len(outcomes)} questions of 4 hops over HTTP, asked for the first time: median "
        f"{np.median(wall):.2f} s, {np.median(cpu):.2f} s of CPU; {whole} with a whole search"
    )


def hot(service: Process, outcome: int, data: Path, rounds: int = 15, requests: int = 80) -> str:
    """Compare an answer that was asked before with a bare endpoint; the best round counts."""
    body = first_answer(service.url + question(outcome))
    (data / "body").write_bytes(body)
    port = free_port()
    with started([sys.executable, "-c", BARE, str(port), str(data / "body")], data):
        first_answer(f"http://127.0.0.1:{port}/plain")
        clients = [Client(service.port, question(outcome), 8), Client(port, "/plain", 8)]
        rates: list[list[float]] = [[], []]
        for _ in range(rounds):
            for client, found in zip(clients, rates, strict=True):
                found.append(client.rate(requests))
    ours, bare = max(rates[0]), max(rates[1])
    return (
        f"hot answer of 4 hops, {len(body):,} bytes: {ours:,.0f} a second, a bare endpoint "
        f"{bare:,.0f}: ratio {ours / bare:.2f} (wanted: 0.5)"
    )


async def storm(port: int, path: str) -> tuple[Counter[int], list[float], int]:
    """Ask a thousand times at once; return statuses, the seconds of health checks, and how many
    answers said that they were cut short.
    """

    async def get(asked: str) -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {asked} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".encode())
        try:
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
            return int(head.split(b" ")[1]), body
        finally:
            writer.close()

    asked = [asyncio.create_task(get(path)) for _ in range(STORM)]
    times = []
    for _ in range(CHECKS):
        at = time.perf_counter()
        status, _ = await get("/api/v1/healthz")
        if status != 200:
            raise RuntimeError(f"the health check answered {status}")
        times.append(time.perf_counter() - at)
        await asyncio.sleep(0.1)
    found = await asyncio.gather(*asked)
    cut = sum(b'"complete":false' in body for status, body in found if status == 200)
    return Counter(status for status, _ in found), times, cut


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--claims", type=int, default=1_000_000)
    asked = parser.parse_args()
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store: Path = asked.store or data / "graph.db"
        if not store.exists():
            opened = open_sqlite(f"sqlite:///{store}")
            fill(opened, asked.claims)
            opened.close()
        print(index_figures(store))
        outcomes = np.random.default_rng(3).choice(20_000, 12, replace=False).tolist()
        with serving(store, data) as service:
            first_answer(service.url + question(outcomes[0]), 300)
            print(f"service that read the store: {service.memory()}")
        with serving(store, data) as service:
            at = time.perf_counter()
            first_answer(service.url + question(outcomes[0]), 300)
            print(f"started again, index mapped: first answer {time.perf_counter() - at:.1f} s")
            print(answers(service, outcomes[1:]))
            print(f"its memory after {len(outcomes)} answers: {service.memory()}")
            print(hot(service, outcomes[1], data))
        with serving(store, data, deadline=DEADLINE) as service:
            first_answer(service.url + question(outcomes[0], 1), 300)
            statuses, times, cut = asyncio.run(storm(service.port, question(1, 6)))
            print(
                f"{STORM} questions of 6 hops at once, deadline {DEADLINE:g} s: {dict(statuses)}, "
                f"{cut} cut short; {CHECKS} health checks meanwhile: median "
                f"{np.median(times) * 1e3:.0f} ms, longest {max(times) * 1e3:.0f} ms"
            )
            print(f"its memory after them: {service.memory()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
