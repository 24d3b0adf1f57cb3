"""How fast the kernel is: index, paths, threads, memory, growth.

``make bench-speed``, or ``python -m benchmarks.reasoning_speed [--growth]``. The graph is made up
(100,000 entities, a million signed edges, degrees as skewed as in the literature). networkx, where
it is installed, is the peer: all simple paths of three hops between two entities, then ranked.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import numpy as np

from app.reasoning import engine
from app.reasoning.index import Index, build_index
from app.reasoning.lens import Lens, make_lens
from app.reasoning.search import Search
from app.services import index_file
from benchmarks.synthetic import literature

ENTITIES, EDGES = 100_000, 1_000_000
INTERVENTIONS, BEST = 500, 25


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def both(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that ``work`` takes by the clock, and those of this thread's processor."""
    spent = time.thread_time()
    taken = timed(work)
    return taken, time.thread_time() - spent


def in_words(times: list[tuple[float, float]]) -> str:
    """Return medians and 95th percentiles of times by the clock and of the processor."""
    by_clock, spent = (list(each) for each in zip(*times, strict=True))
    return (
        f"median {quantile(by_clock, 0.5)}, p95 {quantile(by_clock, 0.95)} "
        f"(of CPU {quantile(spent, 0.5)}, {quantile(spent, 0.95)})"
    )


def quantile(times: list[float], share: float) -> str:
    """Return a quantile of times in milliseconds, in words."""
    return f"{np.quantile(times, share) * 1e3:.1f} ms"


class Questions:
    """What is asked: entities as often as they are studied, so mostly well linked ones."""

    def __init__(self, lens: Lens, seed: int = 2) -> None:
        self.lens = lens
        self._dice = np.random.default_rng(seed)
        degree = np.diff(lens.index.into) + np.diff(lens.index.out)
        self._studied = degree / degree.sum()
        self._all = len(lens.index.entities)

    def many(self, hops: int) -> Callable[[], object]:
        """Return a question: 500 interventions, one phenotype, the 25 best paths."""
        target = int(self._dice.choice(self._all, p=self._studied))
        starts = self._dice.choice(self._all, INTERVENTIONS, replace=False).tolist()
        pairs = [(start, -1) for start in starts if start != target]
        return lambda: Search(self.lens, [target], [-1], hops).walks(pairs, BEST)

    def by_way_of(self, hops: int) -> Callable[[], object]:
        """Return a question: paths between two entities that visit a third, the 25 best."""
        chosen = self._dice.choice(self._all, 3, replace=False, p=self._studied)
        start, target, third = chosen.tolist()
        search = Search(self.lens, [target], [1, -1], hops, via=[third])
        return lambda: search.walks([(start, -1)], BEST)

    def pair(self) -> tuple[int, int]:
        """Return two entities."""
        one, other = self._dice.choice(self._all, 2, replace=False, p=self._studied).tolist()
        return one, other


def networkx_ratio(questions: Questions, pairs: int = 20) -> str:
    """Compare one pair, three hops, best 25, with all simple paths of networkx."""
    try:
        import networkx as nx
    except ImportError:
        return "networkx is not installed"
    lens = questions.lens
    hops = lens.index.hops
    graph = nx.DiGraph()
    rows = zip(hops.subject.tolist(), hops.object.tolist(), lens.cost.tolist(), strict=True)
    for subject, target, cost in rows:
        held = graph.get_edge_data(subject, target)
        if held is None or cost < held["cost"]:
            graph.add_edge(subject, target, cost=cost)

    def all_ranked(one: int, other: int) -> None:
        found = [
            sum(graph.edges[step]["cost"] for step in path)
            for path in nx.all_simple_edge_paths(graph, one, other, cutoff=3)
        ]
        sorted(found)[:BEST]

    theirs, ours = [], []
    for _ in range(pairs):
        one, other = questions.pair()
        start = time.perf_counter()
        all_ranked(one, other)
        between = time.perf_counter()
        Search(lens, [other], [1, -1], 3).walks([(one, -1)], BEST)
        theirs.append(between - start)
        ours.append(time.perf_counter() - between)
    ratio = np.median(theirs) / np.median(ours)
    return (
        f"networkx {quantile(theirs, 0.5)}, kernel {quantile(ours, 0.5)} (medians): "
        f"{ratio:.0f}x; in all {sum(theirs) / sum(ours):.0f}x"
    )


def two_threads(questions: Questions) -> float:
    """Return how much more two threads do than one in the same time."""
    work = [questions.many(4) for _ in range(60)]

    def run(part: list[Callable[[], object]]) -> None:
        for one in part:
            one()

    alone = timed(lambda: run(work))
    halves = [Thread(target=run, args=(work[i::2],)) for i in range(2)]

    def together() -> None:
        for half in halves:
            half.start()
        for half in halves:
            half.join()

    return alone / timed(together)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--growth", action="store_true", help="also 10k, 100k and 5M edges")
    growth = parser.parse_args().growth
    print(f"compile or load the kernel: {timed(lambda: engine.compile_ahead().join()):.1f} s")
    columns = literature(ENTITIES, EDGES)
    print(f"index of a million edges, from columns: {timed(lambda: _index(columns)):.2f} s")
    index = _index(columns)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "index"
        written = timed(lambda: index_file.write_index(path, "key", index))
        mapped = timed(lambda: index_file.read_index(path, "key"))
        size = path.stat().st_size / 1e6
    print(f"its file: {size:.0f} MB, written in {written:.2f} s, mapped in {mapped:.2f} s")
    print(f"a lens of it: {timed(lambda: _lens(index)):.2f} s")
    questions = Questions(_lens(index))
    questions.many(4)()
    for hops, wanted in ((4, "p95 under 25 ms"), (5, "under 100 ms")):
        times = [both(questions.many(hops)) for _ in range(60)]
        print(
            f"500 interventions -> one phenotype, <= {hops} hops, best 25: {in_words(times)} "
            f"(wanted: {wanted})"
        )
    for hops in (4, 5):
        times = [both(questions.by_way_of(hops)) for _ in range(20)]
        print(f"one pair by way of a third, <= {hops} hops, best 25: {in_words(times)}")
    print(f"two threads: {two_threads(questions):.2f}x one (wanted: 1.6x on two quiet cores)")
    print(f"one pair, 3 hops, best 25: {networkx_ratio(questions)} (wanted: 15x)")
    if growth:
        for entities, edges in ((1_000, 10_000), (10_000, 100_000), (500_000, 5_000_000)):
            _grown(entities, edges)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"greatest memory of this process: {peak:.0f} MB")
    return 0


def _grown(entities: int, edges: int) -> None:
    columns = literature(entities, edges)
    built = timed(lambda: _index(columns))
    questions = Questions(_lens(_index(columns)))
    questions.many(4)()
    times = [both(questions.many(4)) for _ in range(60)]
    print(f"{edges} edges: index {built:.2f} s; <= 4 hops {in_words(times)}", flush=True)


def _index(columns) -> Index:  # type: ignore[no-untyped-def]
    return build_index(columns, (), {}, {})


def _lens(index: Index) -> Lens:
    return make_lens(index, candidates=False, background=False)


if __name__ == "__main__":
    sys.exit(main())
