"""Several handles, threads and processes on one graph."""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from app.graph.port import GraphStore, GraphWriter
from tests.conformance.backends import Opened
from tests.support.factories import NOON, entity, job, paper

COUNTER = "T:counter"
ROUNDS = 25


def count_up(writer: GraphWriter) -> None:
    """Read a number in the graph and put the next one: what a lost update would lose."""
    known = writer.entities([COUNTER])
    number = int(known[COUNTER].name) if known else 0
    writer.put_entity(entity(COUNTER, str(number + 1)))


def counter(store: GraphStore) -> int:
    with store.view() as view:
        return int(view.entities([COUNTER])[COUNTER].name)


def in_threads(*works: Callable[[], object]) -> None:
    with ThreadPoolExecutor(len(works)) as pool:
        for future in [pool.submit(work) for work in works]:
            future.result(timeout=120)


def test_threads_lose_no_update(place: Opened) -> None:
    shared, own = place.store(), place.store()

    def writing(store: GraphStore) -> Callable[[], None]:
        return lambda: [store.write("w", "up", count_up) for _ in range(ROUNDS)] and None

    in_threads(writing(shared), writing(shared), writing(own), writing(own))
    assert counter(shared) == 4 * ROUNDS
    assert shared.head().number == 4 * ROUNDS


@pytest.mark.slow
def test_processes_lose_no_update(place: Opened) -> None:
    store = place.store()
    command = [sys.executable, "-m", "tests.conformance.counting", place.url(), str(ROUNDS)]
    processes = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait(timeout=120) for process in processes] == [0, 0, 0]
    assert counter(store) == 3 * ROUNDS
    assert store.head().number == 3 * ROUNDS


def test_a_view_keeps_its_revision_while_a_writer_commits(place: Opened) -> None:
    store, writer = place.store(), place.store()
    store.write("ada", "first", paper(1).put)
    with store.view() as view:
        assert view.counts().articles == 1
        writer.write("eve", "second", paper(2).put)
        assert view.revision.number == 1
        assert view.counts().articles == 1
        assert view.article_page(None, 9).total == 1
        assert view.articles(["a0002"]) == {}
    assert store.head().number == 2


def test_views_are_whole_while_writers_commit(place: Opened) -> None:
    store = place.store()
    store.write("w", "pair", lambda w: [w.put_entity(entity(i, "0")) for i in ("A:1", "A:2")])
    done = threading.Event()

    def write() -> None:
        for number in range(1, 40):
            store.write(
                "w",
                "pair",
                lambda w, n=number: [w.put_entity(entity(i, str(n))) for i in ("A:1", "A:2")],
            )
        done.set()

    def read() -> None:
        while not done.is_set():
            with store.view() as view:
                first = view.entities(["A:1"])["A:1"].name
                second = view.entities(["A:2"])["A:2"].name
                assert first == second == str(view.revision.number - 1)

    in_threads(write, read, read)


def test_views_and_writes_nest(store: GraphStore) -> None:
    store.write("ada", "first", paper(1).put)
    with store.view() as outer, store.view(0) as inner:
        store.write("ada", "second", paper(2).put)
        assert (outer.counts().articles, inner.counts().articles) == (1, 0)


def test_a_write_seen_by_one_handle_is_seen_by_all(place: Opened) -> None:
    one, two = place.store(), place.store()
    for number in range(1, 6):
        one.write("ada", "next", lambda w, n=number: w.put_entity(entity(f"A:{n}")))
        assert two.head() == one.head()
        assert two.head().number == number


def test_one_of_many_workers_takes_a_job(place: Opened) -> None:
    stores = [place.store() for _ in range(4)]
    stores[0].accounts.put_job(job())
    taken: list[str] = []

    def take(number: int) -> None:
        lease = NOON + timedelta(minutes=1)
        if stores[number].accounts.claim_job("j1", f"w{number}", NOON, lease):
            taken.append(f"w{number}")

    in_threads(*(lambda n=n: take(n) for n in range(4)))
    assert len(taken) == 1


def test_ten_thousand_rows(store: GraphStore) -> None:
    def work(writer: GraphWriter) -> None:
        for number in range(10_000):
            writer.put_entity(entity(f"A:{number:05d}", f"thing {number:05d}"))

    store.write("ada", "many", work)
    with store.view() as view:
        page = view.entity_page(None, "A:04999", 500)
        assert (len(page.items), page.total) == (500, 10_000)
        assert page.items[0].id == "A:05000"
        hits = view.name_hits("thing 07777", None, 25)
        assert "A:07777" in {hit.entity for hit in hits}
        ids = [f"A:{number:05d}" for number in range(10_000)]
        assert len(view.entities(ids)) == 10_000
    assert sum(1 for row in store.dump() if row.kind == "entity") == 10_000
