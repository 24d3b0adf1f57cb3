"""How fast a KGX pair of a million edges becomes a store, against a bare load of the same rows.

    python -m benchmarks.import_scale [--edges 1000000]

The pair has 100,000 nodes and the degrees of a literature graph; of its edges half are asserted by
hand, most have publications, terms of ECO and a species. The bare load reads the edges with
``csv`` and writes the rows that the import made, taken from its own store, into tables of the same
schema with ``executemany``, a transaction for all; nothing is parsed, derived or checked. CPU
seconds are compared, as they hold where other programs run. Wanted: under 3 minutes and 400 MB.
"""

import argparse
import csv
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np

NODES = 100_000
COLUMNS = ("id", "subject", "predicate", "object", "subject_direction_qualifier",
           "object_direction_qualifier", "object_aspect_qualifier", "species_context_qualifier",
           "has_evidence", "publications", "primary_knowledge_source", "knowledge_level",
           "agent_type", "score")  # fmt: skip
WORDS = (
    ("biolink:affects", "decreased", "increased", "activity"),
    ("biolink:affects", "increased", "increased", "expression"),
    ("biolink:affects", "decreased", "decreased", "abundance"),
    ("biolink:regulates", "", "decreased", ""),
    ("biolink:causes", "", "", ""),
    ("biolink:associated_with", "", "", ""),
)
EVIDENCE = ("", "ECO:0000019", "ECO:0001091", "ECO:0000120", "ECO:0000019|ECO:0000120")
SPECIES = ("", "NCBITaxon:9606", "NCBITaxon:10090")


def write_pair(folder: Path, edges: int) -> None:
    """Write ``nodes.tsv`` and ``edges.tsv``."""
    with (folder / "nodes.tsv").open("w") as file:
        file.write("id\tcategory\tname\tprovided_by\n")
        for number in range(NODES):
            file.write(f"HGNC:{number + 1}\tbiolink:Gene\tgene {number + 1}\tinfores:synthetic\n")
    random = np.random.default_rng(7)
    weights = 1.0 / np.arange(1, NODES + 1) ** 0.8
    pairs = random.choice(NODES, size=(edges, 2), p=weights / weights.sum())
    with (folder / "edges.tsv").open("w") as file:
        file.write("\t".join(COLUMNS) + "\n")
        for number, (subject, target) in enumerate(pairs):
            file.write("\t".join(_cells(number, int(subject) + 1, int(target) + 1)) + "\n")


def _cells(number: int, subject: int, target: int) -> tuple[str, ...]:
    predicate, made, change, aspect = WORDS[number % len(WORDS)]
    papers = [f"PMID:{1 + (number * 7 + each) % 300_000}" for each in range(number % 4)]
    by_hand = number % 2 == 0
    return (
        f"edge-{number}", f"HGNC:{subject}", predicate, f"HGNC:{target}", made, change, aspect,
        SPECIES[number % len(SPECIES)], EVIDENCE[number % len(EVIDENCE)], "|".join(papers),
        "infores:synthetic", "knowledge_assertion",
        "manual_agent" if by_hand else "text_mining_agent", f"0.{number % 100:02}",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Took:
    """What a load took: CPU and wall seconds, and the peak of memory in MB."""

    cpu: float
    wall: float
    peak: float


def imported(folder: Path) -> Took:
    """Import the pair into ``graph.db``."""
    from app.graph.sqlite import open_sqlite
    from app.ingest.kgx import KgxGraph, Pair
    from app.services.importing import import_graph

    graph = KgxGraph(Pair(folder / "nodes.tsv", folder / "edges.tsv"))
    store = open_sqlite(f"sqlite:///{folder / 'graph.db'}")
    cpu, wall = time.process_time(), time.perf_counter()
    report = import_graph(store, graph, actor="bench")
    took = Took(time.process_time() - cpu, time.perf_counter() - wall, _peak())
    store.close()
    assert not report.left_out, report.left_out
    return took


def bare(folder: Path) -> Took:
    """Read both files with ``csv`` and write the rows of ``graph.db`` into ``bare.db``."""
    from app.graph.sqlite import open_sqlite
    from app.graph.sqlite.connection import connect

    open_sqlite(f"sqlite:///{folder / 'bare.db'}").close()
    source, target = connect(folder / "graph.db"), connect(folder / "bare.db")
    target.execute("PRAGMA cache_size = -65536")
    cpu, wall = time.process_time(), time.perf_counter()
    for name in ("nodes.tsv", "edges.tsv"):
        with (folder / name).open(newline="") as file:
            for _ in csv.reader(file, delimiter="\t"):
                pass
    spent = Took(time.process_time() - cpu, time.perf_counter() - wall, 0)
    target.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        for rows in _chunks(source.execute(f"SELECT * FROM {table}")):  # noqa: S608
            cpu, wall = time.process_time(), time.perf_counter()
            marks = ", ".join("?" * len(rows[0]))
            target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
            spent = Took(
                spent.cpu + time.process_time() - cpu, spent.wall + time.perf_counter() - wall, 0
            )
    cpu, wall = time.process_time(), time.perf_counter()
    target.execute("COMMIT")
    return Took(
        spent.cpu + time.process_time() - cpu, spent.wall + time.perf_counter() - wall, _peak()
    )


TABLES = ("revision", "entity", "entity_name", "entity_key", "claim_key", "claim", "claim_entity",
          "extraction", "claim_state", "decision", "edge")  # fmt: skip


def _chunks(cursor: sqlite3.Cursor) -> Iterator[list[tuple[object, ...]]]:
    while rows := cursor.fetchmany(8000):
        yield rows


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def alone(what: Callable[[Path], Took], folder: Path) -> Took:
    """Run a load in a process of its own, so that its memory is its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(what, (folder,))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=1_000_000)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pair(folder, asked.edges)
        ours = alone(imported, folder)
        theirs = alone(bare, folder)
        size = (folder / "graph.db").stat().st_size / 1e6
    print(
        f"{asked.edges:,} edges into SQLite: {ours.cpu:.0f} s of CPU, {ours.wall:.0f} s in all, "
        f"{ours.peak:.0f} MB at the peak, {size:.0f} MB on disk; wanted: under 180 s and 400 MB"
    )
    print(
        f"csv and executemany of the same rows: {theirs.cpu:.0f} s of CPU, {theirs.wall:.0f} s "
        f"in all; ratio of CPU {theirs.cpu / ours.cpu:.2f}"
    )
    return int(ours.wall >= 180 or ours.peak >= 400)


if __name__ == "__main__":
    sys.exit(main())
