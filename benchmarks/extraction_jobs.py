"""How reading scales with processes: ``--jobs N`` against ``--jobs 1`` over the same abstracts.

    python -m benchmarks.extraction_jobs [--texts 400] [--jobs 2] [--rounds 3]

Reads with the pool that ``evipath extract --jobs`` uses, each process made ready by one text before
it counts; the two pools take turns, and the best round of each counts. The processor time that the
processes take for an abstract, their start taken off, says what several cost beyond one whatever
else the machine does; the parent's share is what no further process takes off.
"""

import argparse
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.bootstrap import pipeline
from app.services.reading_pool import ReadingPool
from app.settings import Settings
from benchmarks.extraction.abstracts import NoData
from benchmarks.extraction_speed import sample


@dataclass(slots=True)
class Pool:
    """A pool of processes that read, made ready."""

    jobs: int
    pool: ReadingPool
    best: float = float("inf")
    parent: float = 0.0

    @classmethod
    def ready(cls, jobs: int, text: str) -> "Pool":
        """Start the processes and have each read a text."""
        made = ReadingPool(partial(pipeline, Settings()), jobs)
        made.start([text] * jobs)()
        return cls(jobs, made)

    def round(self, texts: Sequence[str]) -> None:
        """Read all texts once, and keep the time where it is the best."""
        own, start = time.process_time(), time.perf_counter()
        self.pool.start(texts)()
        self.best = min(self.best, time.perf_counter() - start)
        self.parent += time.process_time() - own

    def close(self) -> float:
        """End the processes; return the processor seconds that they took in all."""
        before = _children()
        self.pool.close()
        return _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 2 where the abstracts lack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    try:
        texts = [text for text, _ in sample(options.texts)]
    except NoData as error:
        print(error, file=sys.stderr)
        return 2
    counts = (1, options.jobs)
    starts = [Pool.ready(jobs, texts[0]).close() for jobs in counts]
    pools = [Pool.ready(jobs, texts[0]) for jobs in counts]
    for _ in range(options.rounds):
        for each in pools:
            each.round(texts)
    read = len(texts) * options.rounds
    for each, start in zip(pools, starts, strict=True):
        processor = each.close() - start
        print(
            f"jobs {each.jobs}: {len(texts) / each.best:.0f} abstracts/s, "
            f"{1000 * processor / read:.1f} ms of processor an abstract, "
            f"{100 * each.parent / (each.parent + processor):.1f} % of all in the parent"
        )
    print(f"ratio {pools[0].best / pools[1].best:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
