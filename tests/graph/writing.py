"""A process that stores articles one by one, to be killed: ``… tests.graph.writing URL COUNT``.

It prints each article's id once its write was acknowledged.
"""

import sys

from app.graph.port import GraphWriter
from app.graph.sqlite import open_sqlite
from app.model.claim import Claim
from tests.support.factories import Paper, claim, edge, extraction, paper


def article(number: int) -> tuple[Paper, Claim]:
    """Return article ``number`` with a claim on it, the same in every process."""
    one = paper(number, key=f"key|{number}", title=f"Curcumin prevents EMT, study {number}.")
    return one, claim(one.text)


def put(writer: GraphWriter, number: int) -> None:
    """Put all of article ``number``."""
    one, said = article(number)
    one.put(writer)
    writer.put_claim(one.id, said)
    writer.add_extraction(said.id, extraction())
    writer.put_edges(said.id, [edge(), edge("HGNC:1", "HGNC:2")], 1)


def main() -> None:
    url, count = sys.argv[1:]
    store = open_sqlite(url)
    done = store.head().number
    print("open", flush=True)
    for number in range(1, int(count) + 1):
        store.write("writer", f"article {number}", lambda w, n=number: put(w, n))
        if number > done:
            print(f"a{number:04d}", flush=True)
    store.close()


if __name__ == "__main__":
    main()
