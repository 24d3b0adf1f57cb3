"""Ingesting on the command line."""

import json
from pathlib import Path

import pytest

from app.graph.sqlite import open_sqlite
from tests.cli.conftest import Evipath

ONE = {"title": "Curcumin prevents EMT.", "identifiers": ["PMID:1"]}


def write(path: Path, *documents: object) -> str:
    path.write_text("\n".join(json.dumps(each) for each in documents))
    return str(path)


def test_counts_are_printed_and_again_nothing_changes(evipath: Evipath, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", ONE, {"title": "Another.", "identifiers": ["PMID:2"]})
    done = evipath("ingest", file)
    assert (done.status, done.out) == (0, "2 documents: 2 created\n")
    assert evipath("ingest", file).out == "2 documents: 2 unchanged\n"
    store = open_sqlite(evipath.url)
    assert store.head().number == 1


def test_bad_records_are_told_with_their_place_and_the_rest_goes_in(
    evipath: Evipath, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.jsonl", ONE, {"title": ""}, {"title": "Third."})
    done = evipath("ingest", file, str(tmp_path / "none.xml"))
    assert done.status == 0
    assert done.out == "4 documents: 2 created, 2 failed\n"
    assert f"{file}, record 2, line 2: " in done.err
    assert "none.xml: no such file or directory" in done.err


def test_nothing_read_is_a_failure(evipath: Evipath, tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("<PubmedArticleSet><Pub")
    done = evipath("ingest", str(tmp_path / "bad.xml"), "--json")
    assert done.status == 1
    assert done.json["counts"] == {"failed": 1}
    assert done.json["errors"][0]["source"].endswith("bad.xml")


def test_json_names_the_articles(evipath: Evipath, tmp_path: Path) -> None:
    done = evipath("ingest", write(tmp_path / "a.json", ONE), "--json").json
    assert (done["done"], done["counts"], done["errors"]) == (1, {"created": 1}, [])
    assert done["articles"][0].startswith("ART:")


def test_standard_input_is_read_and_given_its_pmid(evipath: Evipath) -> None:
    document = json.dumps({"title": "No identifier of its own."}).encode()
    done = evipath("ingest", "-", "--pmid", "42", "--format", "json", stdin=document)
    assert done.status == 0
    with open_sqlite(evipath.url).view() as view:
        assert view.article_ids(["PMID:42"])


def test_the_page_of_the_seed_joins_the_seed(seeded: Evipath, shared_dir: Path) -> None:
    (page,) = (shared_dir / "seed").glob("*.txt")
    done = seeded("ingest", str(page), "--json")
    assert done.json["counts"] == {"updated": 1}
    with open_sqlite(seeded.url).view() as view:
        assert view.counts().articles == 1


@pytest.mark.parametrize(
    "words", [("a", "b", "--pmid", "1"), ("a", "--format", "pdf"), ("a", "--jobs", "0"), ()]
)
def test_bad_usage_is_refused(evipath: Evipath, words: tuple[str, ...]) -> None:
    done = evipath("ingest", *words)
    assert (done.status, done.out) == (2, "")
    assert "Usage: evipath ingest" in done.err


def test_a_directory_of_real_records(evipath: Evipath, shared_dir: Path) -> None:
    done = evipath("ingest", str(shared_dir / "data" / "pubmed"), "--jobs", "3", "--json")
    assert done.status == 0
    assert done.json["counts"]["created"] == 334
    reasons = {error["reason"][:7] for error in done.json["errors"]}
    assert reasons == {"skipped", "expecte"}
    assert evipath("check").status == 0


def test_the_seeds_load_once(evipath: Evipath) -> None:
    assert evipath("seed").out.startswith("Loaded")
    assert evipath("seed").out.startswith("Already there")
    assert evipath("seed", "--json").json["changed"] is False
