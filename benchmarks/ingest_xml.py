"""The rate of our PubMed XML reader against bare lxml on the same records, in one run.

    python -m benchmarks.ingest_xml [--rounds 15]

Bare means ``iterparse`` with the same parser options that reads tag, text and attributes of every
element of a record and drops it, and builds nothing. The two take turns on each document, and for
each the best round counts, in CPU time, so that a busy machine slows both alike. The target is a
ratio of at least 0.5.
"""

import argparse
import gzip
import io
import os
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from app.ingest import read
from app.model.vocabulary import DocumentFormat

TARGET = 0.5


def documents() -> list[bytes]:
    shared = Path(os.environ.get("EVIPATH_SHARED") or Path(__file__).parents[2] / "shared")
    folder = shared / "data" / "pubmed"
    zipped = [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.xml.gz"))]
    plain = [*sorted(folder.glob("*.xml")), *sorted(folder.glob("biopython/*.xml"))]
    return zipped + [path.read_bytes() for path in plain]


def bare(data: bytes) -> int:
    count = 0
    context = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag="PubmedArticle",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in context:
        for node in element.iter():
            _ = node.tag, node.text, node.items()
        count += 1
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    return count


def ours(data: bytes) -> int:
    return sum(
        item.record is not None
        for item in read(data, name="bench", format=DocumentFormat.PUBMED_XML)
    )


def seconds(reader: Callable[[bytes], int], data: bytes) -> float:
    start = time.process_time()
    reader(data)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    data = documents()
    count = sum(map(ours, data))
    total = dict.fromkeys((bare, ours), 0.0)
    for document in data:
        best = dict.fromkeys(total, float("inf"))
        for _ in range(rounds):
            for reader in best:
                best[reader] = min(best[reader], seconds(reader, document))
        for reader, taken in best.items():
            total[reader] += taken
    size = sum(map(len, data)) / 1e6
    print(f"{count} records, {size:.1f} MB, best of {rounds} rounds a document")
    for reader, taken in total.items():
        print(f"{reader.__name__:>5}: {count / taken:7.0f} records/s, {size / taken:5.1f} MB/s")
    print(f"ratio: {total[bare] / total[ours]:.2f} (target: at least {TARGET})")


if __name__ == "__main__":
    main()
