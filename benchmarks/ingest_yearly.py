"""How fast PubMed's yearly files go in, on one processor and on all.

    python -m benchmarks.ingest_yearly [--files 8] [--records 2000]

Real records are repeated under new PMIDs in gzipped files named like those of the baseline. The
peer is what a script would do: ``lxml.etree.iterparse`` over the same files, PMID, title and
abstract into a table of ``sqlite3``. Processor time is told beside the clock's, for other programs
may run. The records are not read for claims. The target is 0.15 of the peer's rate on one
processor: all other fields, revisions, identifiers, citation keys and full-text indexes are ours.
"""

import argparse
import gzip
import itertools
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from benchmarks.server import EVIPATH, environment

TARGET = 0.15
FIRST_PMID = 60_000_000
_RECORD = re.compile(rb"<PubmedArticle>.*?</PubmedArticle>", re.DOTALL)
_PMID = re.compile(rb'(<PMID Version="1">)\d+')
_ELSEWHERE = re.compile(
    rb"<ELocationID.*?</ELocationID>|<ArticleIdList>.*?</ArticleIdList>", re.DOTALL
)


def records() -> Iterator[bytes]:
    shared = Path(os.environ.get("EVIPATH_SHARED") or Path(__file__).parents[2] / "shared")
    files = sorted((shared / "data" / "pubmed").glob("pubmed21n1*.xml.gz"))
    real = [each for file in files for each in _RECORD.findall(gzip.decompress(file.read_bytes()))]
    for number, record in enumerate(itertools.cycle(real), FIRST_PMID):
        made = _PMID.sub(lambda found, n=number: found[1] + str(n).encode(), record, count=1)  # type: ignore[misc]
        title = f"<ArticleTitle>{number} ".encode()
        yield _ELSEWHERE.sub(b"", made).replace(b"<ArticleTitle>", title, 1)


def write(folder: Path, files: int, count: int) -> None:
    made = records()
    for number in range(1, files + 1):
        with gzip.open(folder / f"pubmed26n{number:04d}.xml.gz", "wb", 1) as file:
            file.write(b"<PubmedArticleSet>\n")
            file.writelines(itertools.islice(made, count))
            file.write(b"</PubmedArticleSet>\n")


def peer(folder: Path, store: Path) -> None:
    table = sqlite3.connect(store)
    table.execute("create table article (pmid text primary key, title text, abstract text)")
    for path in sorted(folder.iterdir()):
        with gzip.open(path) as file, table:
            for _, element in etree.iterparse(file, tag="PubmedArticle"):
                article = element.find("MedlineCitation/Article")
                if article is not None:
                    abstract = " ".join(
                        "".join(part.itertext())
                        for part in article.iterfind("Abstract/AbstractText")
                    )
                    row = element.findtext("MedlineCitation/PMID"), article.findtext("ArticleTitle")
                    table.execute("insert into article values (?, ?, ?)", (*row, abstract))
                element.clear()
    table.close()


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of the clock and of the processors, those of child processes too."""
    start, used = time.perf_counter(), _used()
    work()
    return time.perf_counter() - start, _used() - used


def _used() -> float:
    each = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in each)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--records", type=int, default=2000, help="records of a file")
    asked = parser.parse_args()
    total = asked.files * asked.records
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "baseline"
        folder.mkdir()
        write(folder, asked.files, asked.records)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"{total:,} records in {asked.files} files, {size:.0f} MB")
        figures = {"peer": timed(lambda: peer(folder, Path(name) / "peer.db"))}
        for jobs in (1, len(os.sched_getaffinity(0))):
            place = Path(name) / str(jobs)
            place.mkdir()
            command = [EVIPATH, "ingest", "--no-extract", "--jobs", str(jobs), str(folder)]
            figures[f"evipath, --jobs {jobs}"] = timed(
                lambda command=command, place=place: subprocess.run(  # type: ignore[misc]
                    command, env=environment(place), check=True, capture_output=True
                )
            )
    for label, (seconds, used) in figures.items():
        print(
            f"{label}: {total / seconds:,.0f} a second; {total / used:,.0f} a second of processor"
        )
    ratio = figures["peer"][1] / figures["evipath, --jobs 1"][1]
    print(f"{ratio:.2f} of the peer's rate on one processor; wanted: {TARGET}")
    return int(ratio < TARGET)


if __name__ == "__main__":
    sys.exit(main())
