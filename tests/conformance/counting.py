"""A process that counts up in the graph: ``python -m tests.conformance.counting URL ROUNDS``."""

import sys

from tests.conformance.backends import open_url
from tests.conformance.test_concurrency import count_up


def main() -> None:
    url, rounds = sys.argv[1:]
    store = open_url(url)
    for _ in range(int(rounds)):
        store.write("process", "up", count_up)
    store.close()


if __name__ == "__main__":
    main()
