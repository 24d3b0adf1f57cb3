"""A writer killed at random moments: nothing acknowledged is lost, nothing is half."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.graph.port import GraphView
from app.graph.sqlite import SqliteStore, open_sqlite
from tests.graph.writing import article

KILLS = 30
ARTICLES = 600
SEED = 20


def start(url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.graph.writing", url, str(ARTICLES)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def run_and_kill(url: str, moment: float) -> list[str]:
    """Kill a writer ``moment`` seconds after it opened the store; return what it acknowledged."""
    process = start(url)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(moment)
    process.kill()
    # A line without its newline was not acknowledged whole.
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    return rest[: rest.rfind("\n") + 1].split()


def number_of(article_id: str) -> int:
    return int(article_id.removeprefix("a"))


def assert_whole(view: GraphView, article_id: str) -> None:
    one, said = article(number_of(article_id))
    assert view.articles([article_id])[article_id].text == one.text
    assert view.articles_with_text(one.sha256) == (article_id,)
    assert view.articles_with_citation(f"key|{number_of(article_id)}") == (article_id,)
    aliases = one.record.citation.identifiers
    assert view.article_ids(aliases) == dict.fromkeys(aliases, article_id)
    assert view.claims_of_text(one.sha256) == (said.id,)
    assert view.claims([said.id])[said.id].claim == said
    assert len(view.edges_of([said.id])[said.id]) == 2
    assert len(view.extractions_of([said.id])[said.id]) == 1


def stored(store: SqliteStore) -> list[str]:
    with store.view() as view:
        page = view.article_page(None, ARTICLES + 1)
        counts = view.counts()
        for found in page.items:
            assert_whole(view, found.id)
    assert counts.articles == sum(counts.claims.values()) == counts.edges // 2 == page.total
    assert store.head().number == page.total
    return [found.id for found in page.items]


@pytest.mark.slow
def test_kill_9_loses_nothing_that_was_acknowledged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/graph.db"
    moments = random.Random(SEED)  # noqa: S311
    acknowledged: set[str] = set()
    cut = 0
    for _ in range(KILLS):
        acknowledged.update(run_and_kill(url, moments.uniform(0.0, 0.4)))
        store = open_sqlite(url)
        found = set(stored(store))
        store.close()
        assert acknowledged <= found
        cut += len(found - acknowledged)
        acknowledged |= found
    before = len(acknowledged)
    with start(url) as last:
        assert last.stdout is not None
        last.stdout.read()
    assert last.returncode == 0
    store = open_sqlite(url)
    assert len(stored(store)) == ARTICLES
    store.close()
    with capsys.disabled():
        print(
            f"\n{KILLS} kills: {before} articles acknowledged or committed, {cut} of them without"
            f" a word, 0 lost, 0 half; {ARTICLES} after the last run"
        )
    assert before > 0
