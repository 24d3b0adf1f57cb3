"""An ingest that reads for claims is killed: what is stored is whole, and no process is left."""

import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from app.graph.port import GraphView
from app.graph.sqlite import open_sqlite
from app.services.check import check
from app.services.claims import claim_ids_of_article

SEED = 20260724
KILLS = 6
JOBS = "2"


def command(data: Path, url: str) -> list[str]:
    files = [str(data / f"pubmed21n100{number}.xml.gz") for number in (0, 1, 3)]
    words = ["ingest", *files, "--extract", "--jobs", JOBS, "--store", url]
    return [sys.executable, "-m", "app.cli", *words]


def claims_by_article(view: GraphView) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    after: str | None = None
    while True:
        page = view.article_page(after, 500)
        for each in page.items:
            found[each.id] = claim_ids_of_article(view, each.id)
        after = page.next_after
        if after is None:
            return found


def stored(url: str) -> dict[str, list[str]]:
    store = open_sqlite(url)
    try:
        assert list(check(store)) == []
        with store.view() as view:
            return claims_by_article(view)
    finally:
        store.close()


def kill(data: Path, url: str, batches: int, moment: float) -> bool:
    """Kill an ingest ``moment`` seconds after so many batches are stored; end all that it began.

    Return whether it was running.
    """
    with subprocess.Popen(
        command(data, url), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for _ in range(batches):
            process.stderr.readline()
        time.sleep(moment)
        running = process.poll() is None
        begun = psutil.Process(process.pid).children(recursive=True) if running else []
        process.kill()
    _, left = psutil.wait_procs(begun, timeout=20)
    for each in left:
        each.kill()
    assert left == []
    return running


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_kill_9_leaves_no_article_without_its_claims_and_no_process(
    tmp_path: Path, shared_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = shared_dir / "data" / "pubmed"
    whole = f"sqlite:///{tmp_path}/whole.db"
    subprocess.run(command(data, whole), check=True, capture_output=True)
    every = stored(whole)
    assert sum(map(len, every.values())) > 0
    moments = random.Random(SEED)
    inside = seen = 0
    for number in range(KILLS):
        url = f"sqlite:///{tmp_path}/{number}.db"
        inside += kill(data, url, 1 + number % 2, moments.uniform(0.0, 0.2))
        if Path(url.removeprefix("sqlite:///")).exists():
            held = stored(url)
            assert held.items() <= every.items()
            seen += len(held)
    subprocess.run(command(data, url), check=True, capture_output=True)
    assert stored(url) == every
    with capsys.disabled():
        claims = sum(map(len, every.values()))
        print(
            f"\n{KILLS} kills, {inside} of them in the middle: {seen} articles stored, each with "
            f"its claims; a rerun completes all {len(every)} articles and {claims} claims"
        )
    assert inside >= KILLS // 2
    assert seen > 0
