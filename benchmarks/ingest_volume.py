"""How much memory `evipath ingest` needs for a great many articles, and how fast they go in.

    python -m benchmarks.ingest_volume [--articles 100000] [--extract]

Real abstracts are repeated under new PMIDs in one gzipped file of PubMed XML, which the command
reads into a fresh SQLite store. The target is a peak of less than 400 MB. Reading the articles for
claims takes twenty times as long as storing them: it is left out unless ``--extract`` asks for it.
"""

import argparse
import gzip
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.server import EVIPATH, environment

TARGET = 400
FIRST_PMID = 60_000_000
RECORD = """\
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><Volume>{volume}</Volume>
<PubDate><Year>{year}</Year></PubDate></JournalIssue><Title>Journal of Volume</Title>
<ISOAbbreviation>J Volume</ISOAbbreviation></Journal><ArticleTitle>{title}</ArticleTitle>
<Pagination><MedlinePgn>{page}</MedlinePgn></Pagination>
<Abstract><AbstractText>{abstract}</AbstractText></Abstract><Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
</PublicationTypeList></Article></MedlineCitation></PubmedArticle>
"""


def abstracts() -> Iterator[dict[str, str]]:
    shared = Path(os.environ.get("EVIPATH_SHARED") or Path(__file__).parents[2] / "shared")
    with gzip.open(shared / "data" / "abstracts" / "abstracts.jsonl.gz", "rt") as lines:
        yield from map(json.loads, lines)


def records(count: int) -> Iterator[str]:
    rounds = itertools.chain.from_iterable(abstracts() for _ in itertools.count())
    for number, found in enumerate(itertools.islice(rounds, count)):
        yield RECORD.format(
            pmid=FIRST_PMID + number,
            volume=number // 1000 + 1,
            page=number % 1000 + 1,
            year=found.get("year") or "2000",
            title=escape(found.get("title") or "Untitled."),
            abstract=escape(found["abstract"]),
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--extract", action="store_true", help="read the articles for claims, too")
    asked = parser.parse_args()
    count, reading = asked.articles, "--extract" if asked.extract else "--no-extract"
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        source = place / "records.xml.gz"
        with gzip.open(source, "wt", 1, encoding="utf-8") as file:
            file.write("<?xml version='1.0' encoding='utf-8'?>\n<PubmedArticleSet>\n")
            file.writelines(records(count))
            file.write("</PubmedArticleSet>\n")
        start = time.perf_counter()
        done = subprocess.run(
            [EVIPATH, "ingest", reading, str(source)],
            env=environment(place),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - start
        size = sum(file.stat().st_size for file in place.glob("graph.db*")) / 1e6
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    print(done.stdout[-2000:], done.stderr[-2000:])
    print(f"{count:,} articles in {seconds:.0f} s: {count / seconds:,.0f} a second")
    print(f"peak memory {peak:.0f} MB, store {size:.0f} MB; wanted: under {TARGET} MB of memory")
    return int(done.returncode != 0 or peak >= TARGET)


if __name__ == "__main__":
    sys.exit(main())
