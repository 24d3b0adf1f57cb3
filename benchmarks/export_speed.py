"""How fast a graph is exported, against plain ``csv``.

    python -m benchmarks.export_speed [--claims 1000000] [--formats sif csv …] [--store URL]

Two peers, in the same run: writing the rows of the table of claims with ``csv`` from memory, and
doing so while they are read from the SQLite file and parsed. The target is half the rate of plain
csv at under 300 MB, and rates are claims a second of CPU time, as other programs may run beside.
"""

import argparse
import csv
import io
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson

from app.graph.port import GraphStore
from app.graph.sqlite import open_sqlite
from app.services import export, revisions
from benchmarks.store_scale import fill

QUERY = """SELECT k.id, c.claim, s.state FROM claim_key k
    CROSS JOIN claim c ON c.key = k.key CROSS JOIN claim_state s ON s.claim = k.key
    ORDER BY k.id"""


def read(path: Path) -> Iterator[list[str]]:
    """Read claims with nothing but SQLite and a parser, a row for each."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        for name, claim, state in connection.execute(QUERY):
            said = orjson.loads(claim)
            yield [name, *(orjson.dumps(part).decode() for part in said.values()), state]


def written(rows: Iterator[list[str]] | list[list[str]]) -> float:
    """Return the seconds of CPU that writing rows takes."""
    begun = time.process_time()
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(row)
        if out.tell() > 1 << 16:
            out.seek(0)
            out.truncate()
    return time.process_time() - begun


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--formats", nargs="*", default=list(export.FORMATS))
    parser.add_argument("--store", type=Path, help="a file that store_scale.fill made")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = asked.store or Path(folder) / "graph.db"
        store = open_sqlite(f"sqlite:///{path.absolute()}")
        if asked.store is None:
            fill(store, asked.claims)
        with store.view() as view:
            count = sum(view.counts().claims.values())
        slow = _measure(store, path, count, asked.formats)
        store.close()
    return slow


def _measure(graph: GraphStore, path: Path, count: int, formats: list[str]) -> int:
    revision = revisions.resolve(graph, None)
    slow = 0
    rates: dict[str, float] = {}
    peaks: dict[str, float] = {}
    for name in formats:
        begun = time.process_time()
        size = sum(map(len, export.export(graph, name, revision).chunks()))
        rates[name] = count / (time.process_time() - begun)
        peaks[name] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        print(f"{name}: {rates[name]:,.0f} claims/s, {size / 1e6:.1f} MB", flush=True)
    raw = export.export(graph, "csv", revision).chunks()
    text = io.StringIO(b"".join(raw).decode(), newline="")
    from_memory = count / written(list(csv.reader(text)))
    from_file = count / written(read(path))
    print(f"csv from memory {from_memory:,.0f}, read and written {from_file:,.0f} claims/s")
    for name, rate in rates.items():
        fast = rate / from_memory >= 0.5
        slow |= int(not fast or peaks[name] >= 300)
        print(
            f"{name}: {rate / from_memory:.2f} of csv from memory (wanted 0.5), "
            f"{rate / from_file:.2f} of reading and writing; peak {peaks[name]:.0f} MB"
        )
    return slow


if __name__ == "__main__":
    sys.exit(main())
