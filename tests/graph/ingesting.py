"""A process that ingests PubMed records, to be killed: ``… tests.graph.ingesting URL FOLDER``.

It prints the ids of a batch's articles once the batch was acknowledged.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from app.graph.sqlite import open_sqlite
from app.ingest import Item, read
from app.services.ingest import Progress, ingest

BATCH = 5


def items(folder: Path) -> Iterator[Item]:
    """Read every PubMed record of the folder, in the order of its files."""
    for path in sorted([*folder.rglob("*.xml"), *folder.rglob("*.xml.gz"), *folder.rglob("*.txt")]):
        if path.name.startswith("pubmed"):
            yield from read(path, name=path.name)


def acknowledge(progress: Progress) -> None:
    """Say what is stored."""
    for article in progress.articles:
        print(article, flush=True)


def main() -> None:
    url, folder = sys.argv[1:]
    store = open_sqlite(url)
    print("open", flush=True)
    ingest(store, items(Path(folder)), actor="reader", progress=acknowledge, batch=BATCH)
    store.close()


if __name__ == "__main__":
    main()
