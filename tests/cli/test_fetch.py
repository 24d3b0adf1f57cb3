"""``evipath fetch`` against E-utilities on the loopback."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Evipath
from tests.support.entrez_server import BAD_KEY, EntrezServer, entrez_server

KEY = "s3cret"


@pytest.fixture
def server(shared_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EntrezServer]:
    files = sorted((shared_dir / "data" / "pubmed").glob("pubmed21n*.xml.gz"))
    with entrez_server(*files) as running:
        monkeypatch.setenv("EVIPATH_NCBI_BASE_URL", running.url)
        monkeypatch.setenv("EVIPATH_NCBI_API_KEY", KEY)
        monkeypatch.setenv("EVIPATH_NCBI_EMAIL", "lab@example.org")
        yield running


def command(url: str, *words: str) -> list[str]:
    return [sys.executable, "-m", "app.cli", "fetch", *words, "--store", url]


def test_pmids_come_as_words_and_in_a_file(
    evipath: Evipath, server: EntrezServer, tmp_path: Path
) -> None:
    first, second, third, *_ = server.records
    done = evipath("fetch", first, f"PMID:{second}", "99000001")
    assert done.status == 0
    assert done.out == "3 documents: 2 created, 1 failed\n"
    assert "PMID:99000001 is not in PubMed" in done.err
    file = tmp_path / "pmids.txt"
    file.write_text(f"# ours\n{first},{second}\nPMID: {third}  # new\n".replace("PMID: ", "PMID:"))
    done = evipath("fetch", "--file", str(file), "--json")
    assert (done.json["unrevised"], done.json["counts"]) == (2, {"created": 1})
    assert evipath("fetch", "--file", "-", stdin=first.encode()).out == "0 documents: nothing\n"
    assert evipath("fetch", "99000001").status == 1


def test_a_query_says_what_it_finds(evipath: Evipath, server: EntrezServer) -> None:
    done = evipath("fetch", "--query", "cancer[tiab]", "--json")
    assert done.json["hits"] == done.json["counts"]["created"] > 3
    assert f"{done.json['hits']} hits; {done.json['hits']} to fetch, 0 unrevised" in done.err
    done = evipath("fetch", "--query", "zzyzx")
    assert (done.status, done.out) == (0, "0 documents: nothing\n")
    assert "PubMed does not know the phrase 'zzyzx'" in done.err


def test_the_key_is_never_printed(evipath: Evipath, server: EntrezServer) -> None:
    server.faults = [BAD_KEY]
    done = evipath("fetch", "1")
    assert done.status == 1
    assert "error: PubMed refuses the request: API key invalid" in done.err
    assert KEY not in done.err + done.out


@pytest.mark.parametrize(
    "words", [(), ("--query", "x", "1"), ("1x",), ("0",), ("--query", "x", "--limit", "0")]
)
def test_bad_usage_is_refused(evipath: Evipath, words: tuple[str, ...]) -> None:
    done = evipath("fetch", *words)
    assert (done.status, done.out) == (2, "")
    assert "Usage: evipath fetch" in done.err


def test_a_file_with_something_else_is_placed(evipath: Evipath, tmp_path: Path) -> None:
    (tmp_path / "pmids.txt").write_text("1\n2 x3\n")
    done = evipath("fetch", "--file", str(tmp_path / "pmids.txt"))
    assert done.status == 1
    assert "pmids.txt, line 2: 'x3' is no PMID" in done.err
    (tmp_path / "pmids.txt").write_text("# none\n")
    assert "holds no PMID" in evipath("fetch", "--file", str(tmp_path / "pmids.txt")).err


def test_much_is_fetched_once_it_is_confirmed(
    evipath: Evipath, server: EntrezServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIPATH_FETCH_LIMIT", "10")
    done = evipath("fetch", "--query", "cancer")
    assert done.status == 1
    assert "hits, more than the 10 that are fetched unasked" in done.err
    assert "As in --limit " in done.err
    assert server.fetched() == []
    for answer, fetches in ((b"n\n", False), (b"y\n", True)):
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            command(evipath.url, "--query", "cancer"),
            stdin=theirs, stderr=theirs, stdout=subprocess.PIPE,
        ) as process:  # fmt: skip
            os.close(theirs)
            said = b""
            while b"Fetch all?" not in said:
                said += os.read(ours, 1000)
            os.write(ours, answer)
            out, _ = process.communicate(timeout=60)
            os.close(ours)
        assert (process.returncode == 0, b"created" in out) == (fetches, fetches)
        assert bool(server.fetched()) is fetches


def test_kill_9_in_the_middle_is_completed_by_the_same_command(
    evipath: Evipath, server: EntrezServer, tmp_path: Path
) -> None:
    every = list(server.records)
    file = tmp_path / "pmids.txt"
    file.write_text("\n".join(every))
    with subprocess.Popen(
        command(evipath.url, "--file", str(file)),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        for line in process.stderr:
            server.delay = 5.0  # it waits for the second set when it is killed
            if "documents:" in line:
                break
        process.kill()
    assert line == "200 documents: 200 created\n"
    server.delay = 0.0
    server.asked.clear()
    done = evipath("fetch", "--file", str(file), "--json")
    assert done.json["counts"] == {"created": len(every) - 200}
    assert done.json["unrevised"] == 200
    assert server.fetched() == every[200:]
    assert evipath("check").status == 0
