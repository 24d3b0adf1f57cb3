"""A writer killed at random moments: nothing acknowledged is lost, nothing is half."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.graph.port import GraphView
from app.graph.sqlite import SqliteStore, open_sqlite
from app.ingest import citation_key
from app.model.article import Article
from tests.graph.writing import article

KILLS = 30
ARTICLES = 600
SEED = 20


def start(*command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def run_and_kill(moment: float, *command: str) -> list[str]:
    """Kill a writer ``moment`` seconds after it opened the store; return what it acknowledged."""
    process = start(*command)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(moment)
    process.kill()
    said, _ = process.communicate()
    # A line without its newline was not acknowledged whole.
    return said[: said.rfind("\n") + 1].split()


def run(*command: str) -> None:
    process = start(*command)
    _, errors = process.communicate()
    assert process.returncode == 0, errors


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
    command = ("tests.graph.writing", url, str(ARTICLES))
    moments = random.Random(SEED)
    acknowledged: set[str] = set()
    cut = 0
    for _ in range(KILLS):
        acknowledged.update(run_and_kill(moments.uniform(0.0, 0.4), *command))
        store = open_sqlite(url)
        found = set(stored(store))
        store.close()
        assert acknowledged <= found
        cut += len(found - acknowledged)
        acknowledged |= found
    before = len(acknowledged)
    run(*command)
    store = open_sqlite(url)
    assert len(stored(store)) == ARTICLES
    store.close()
    with capsys.disabled():
        print(
            f"\n{KILLS} kills: {before} articles acknowledged or committed, {cut} of them without"
            f" a word, 0 lost, 0 half; {ARTICLES} after the last run"
        )
    assert before > 0


def assert_consistent(view: GraphView) -> dict[str, Article]:
    """Check that every article has its text and all that finds it; return them by id."""
    page = view.article_page(None, 5000)
    for found in page.items:
        assert view.articles_with_text(found.text_sha256).count(found.id) == 1
        assert view.text(found.text_sha256) == found.text
        aliases = found.citation.identifiers
        assert view.article_ids(aliases) == dict.fromkeys(aliases, found.id)
        for record in view.article_records(found.id):
            key = citation_key(record.citation)
            assert key is None or found.id in view.articles_with_citation(key)
    assert len(page.items) == page.total == view.counts().articles
    return {found.id: found for found in page.items}


@pytest.mark.slow
def test_a_killed_ingest_is_completed_by_the_next_one(
    tmp_path: Path, shared_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(shared_dir / "data" / "pubmed")
    url, whole = f"sqlite:///{tmp_path}/graph.db", f"sqlite:///{tmp_path}/whole.db"
    begun = time.monotonic()
    run("tests.graph.ingesting", whole, folder)
    longest = min(1.0, (time.monotonic() - begun) / 4)
    moments = random.Random(SEED)
    acknowledged: set[str] = set()
    cut = 0
    for _ in range(KILLS):
        command = ("tests.graph.ingesting", url, folder)
        acknowledged.update(run_and_kill(moments.uniform(0.0, longest), *command))
        store = open_sqlite(url)
        with store.view() as view:
            found = assert_consistent(view).keys()
        store.close()
        assert acknowledged <= found
        cut += len(found - acknowledged)
        acknowledged |= found
    run("tests.graph.ingesting", url, folder)
    store, reference = open_sqlite(url), open_sqlite(whole)
    with store.view() as view, reference.view() as expected:
        articles = assert_consistent(view)
        assert articles == assert_consistent(expected)
    store.close()
    reference.close()
    with capsys.disabled():
        print(
            f"\n{KILLS} kills: {len(acknowledged)} articles acknowledged or committed, {cut} of"
            f" them without a word, 0 lost, 0 half; {len(articles)} after the last run, as without"
            " a kill"
        )
    assert acknowledged
