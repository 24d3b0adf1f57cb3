"""``evipath ingest`` killed at random moments: what it said is stored is whole, nothing is half."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from app.graph.port import GraphView
from app.graph.sqlite import open_sqlite
from app.ingest import files
from app.model.article import Record, fold
from app.services.check import check
from app.services.reading import read_sources

KILLS = 30
RERUNS_EVERY = 3
LONGEST = 60.0
SEED = 20


def command(data: Path, url: str) -> list[str]:
    return [sys.executable, "-m", "app.cli", "ingest", str(data), "--store", url]


def said(lines: str) -> int:
    """Return how many documents the last whole line of a batch says are done."""
    whole = lines[: lines.rfind("\n") + 1].splitlines()
    counts = [line.split(" documents: ")[0] for line in whole if " documents: " in line]
    return int(counts[-1]) if counts else 0


def run_and_kill(data: Path, url: str, moment: float) -> tuple[int, float | None]:
    """Kill an ingest ``moment`` seconds after it made its store.

    Return what it acknowledged, and, where it was at its end before, how long it took.
    """
    path = Path(url.removeprefix("sqlite:///"))
    with subprocess.Popen(
        command(data, url), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        end = time.monotonic() + LONGEST
        while not path.exists() and time.monotonic() < end:
            time.sleep(0.005)
        start, took = time.monotonic(), None
        try:
            process.wait(moment)
            took = time.monotonic() - start
        except subprocess.TimeoutExpired:
            process.kill()
        assert process.stderr is not None
        return said(process.stderr.read()), took


def records(data: Path, count: int) -> Iterator[Record]:
    items = islice(read_sources(files([data])), count)
    return (item.record for item in items if item.record is not None)


def assert_whole(view: GraphView, record: Record) -> None:
    owners = set(view.article_ids(record.citation.identifiers).values())
    assert len(owners) == 1
    (article_id,) = owners
    held = view.article_records(article_id)
    assert record.format in {each.format for each in held}
    article = fold(article_id, held)
    assert view.articles_with_text(article.text_sha256) == (article_id,)
    assert view.text(article.text_sha256) == article.text
    for alias in record.citation.identifiers:
        assert view.article_ids([alias]) == {alias: article_id}


def seconds_of_a_whole_run(data: Path, url: str) -> tuple[float, int]:
    """Return how long an ingest takes from its store's making to its end, and its articles."""
    path = Path(url.removeprefix("sqlite:///"))
    with subprocess.Popen(
        command(data, url), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while not path.exists() and process.poll() is None:
            time.sleep(0.005)
        start = time.monotonic()
        assert process.wait() == 0
    return time.monotonic() - start, articles(url)


def articles(url: str) -> int:
    store = open_sqlite(url)
    with store.view() as view:
        count = view.counts().articles
    store.close()
    return count


@pytest.mark.slow
def test_kill_9_of_an_ingest_loses_nothing_and_leaves_nothing_half(
    tmp_path: Path, shared_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = shared_dir / "data" / "pubmed"
    longest, every = seconds_of_a_whole_run(data, f"sqlite:///{tmp_path}/whole.db")
    moments = random.Random(SEED)
    inside = acknowledged = stored = reruns = 0
    for number in range(KILLS):
        url = f"sqlite:///{tmp_path}/{number}.db"
        done, took = run_and_kill(data, url, moments.uniform(0.0, longest))
        if took is None:
            inside += 1
        else:
            longest = took  # The machine has more time for it than it had before.
        acknowledged += done
        store = open_sqlite(url)
        assert list(check(store)) == []
        with store.view() as view:
            for record in records(data, done):
                assert_whole(view, record)
            stored += view.counts().articles
        store.close()
        if number % RERUNS_EVERY == 0:
            assert subprocess.run(command(data, url), capture_output=True).returncode == 0
            assert articles(url) == every
            reruns += 1
    with capsys.disabled():
        print(
            f"\n{KILLS} kills, {inside} of them in the middle: {acknowledged} documents "
            f"acknowledged, {stored} articles stored, 0 lost, 0 half; {reruns} reruns, each to "
            f"all {every} articles"
        )
    assert inside >= KILLS // 2
