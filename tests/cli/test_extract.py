"""Reading documents for claims on the command line, with the real readers."""

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.graph.sqlite import open_sqlite
from app.model.text import Span
from app.services.check import check
from tests.cli.conftest import Evipath, Ran
from tests.extraction.language_model.proposals import QUOTE, answer, proposal
from tests.support.model_server import ModelServer, Reply, completion, model_server

SEED = Path(__file__).resolve().parents[1] / "data" / "seed"
DOCUMENT = {
    "title": "A study of cells.",
    "abstract": [{"text": f"{QUOTE}. Whether it lasts is not known."}],
    "identifiers": ["PMID:1"],
}
ONE = orjson.dumps(DOCUMENT)


def documents(ran: Ran) -> list[Any]:
    return [json.loads(line) for line in ran.out.splitlines()]


def spans(value: object) -> list[Span]:
    if isinstance(value, dict):
        if value.keys() >= {"start", "end", "text"}:
            return [Span(**{name: value[name] for name in ("start", "end", "text")})]
        return [span for each in value.values() for span in spans(each)]
    if isinstance(value, list):
        return [span for each in value for span in spans(each)]
    return []


def test_a_line_of_json_for_each_document(evipath: Evipath, tmp_path: Path) -> None:
    other = tmp_path / "a.jsonl"
    other.write_bytes(ONE + b"\n" + orjson.dumps({"title": "Another."}))
    done = evipath("extract", str(SEED / "article.xml"), str(other), "--json", store=False)
    assert done.status == 0
    seed, one, empty = documents(done)
    for each in (seed, one, empty):
        assert each.keys() == {"id", "text", "mentions", "claims"}
        assert all(span.matches(each["text"]) for span in spans(each))
    assert (seed["id"], one["id"]) == ("PMID:15314694", "PMID:1")
    assert empty["claims"] == []
    assert any(each["groundings"][0]["id"] == "GO:0001837" for each in seed["mentions"])
    (claim, *_) = one["claims"]
    assert claim["status"] == "candidate"
    assert claim["outcome"]["direction"] == "down"
    assert claim["edges"][0]["sign"] == "+"
    assert claim["extractions"][0]["reader"] == "rules"
    assert done.err.startswith("3 texts read by rules (")
    assert not Path(evipath.url.removeprefix("sqlite:///")).exists()


def test_standard_input_and_words(evipath: Evipath) -> None:
    done = evipath("extract", "-", stdin=ONE, store=False)
    assert done.status == 0
    assert done.out.startswith("PMID:1: ")
    assert f"“{QUOTE}”" in done.out
    assert "confidence 0." in done.out


def test_what_can_not_be_read_is_told(evipath: Evipath, tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text("<PubmedArticleSet><Pub")
    done = evipath("extract", str(tmp_path / "bad.xml"), "--json", store=False)
    assert (done.status, done.out) == (1, "")
    assert "bad.xml" in done.err


def test_several_processes_read_the_same(evipath: Evipath, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    many = [{**DOCUMENT, "identifiers": [f"PMID:{number}"]} for number in range(1, 25)]
    file.write_bytes(b"\n".join(orjson.dumps(each) for each in many))
    alone = evipath("extract", str(file), "--json", store=False)
    shared = evipath("extract", str(file), "--json", "--jobs", "2", store=False)
    assert shared.out == alone.out
    assert [each["id"] for each in documents(shared)] == [f"PMID:{n}" for n in range(1, 25)]


def test_a_model_is_asked_only_where_one_is_set_up(evipath: Evipath) -> None:
    done = evipath("extract", "-", "--model", stdin=ONE, store=False)
    assert done.status == 2
    assert "EVIPATH_MODEL_BASE_URL" in done.err


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_up(server: ModelServer) -> None:
        monkeypatch.setenv("EVIPATH_MODEL_BASE_URL", server.url)
        monkeypatch.setenv("EVIPATH_MODEL_NAME", "test-model")
        monkeypatch.setenv("EVIPATH_MODEL_RETRIES", "0")
        monkeypatch.setenv("EVIPATH_MODEL_INPUT_PRICE", "1")
        monkeypatch.setenv("EVIPATH_MODEL_OUTPUT_PRICE", "2")

    return set_up


def unnumbered() -> dict[str, Any]:
    """A true proposal that names no mention of the list, and so is grounded by its words."""
    body = proposal(context=[])
    agent = {**body["agent"], "words": {"words": "NF-kappaB", "occurrence": 1}, "mention": None}
    return {**body, "agent": agent, "outcome": {**body["outcome"], "mention": None}}


def test_the_model_reads_beside_the_rules(evipath: Evipath, model: Any) -> None:
    with model_server(completion(answer(unnumbered()))) as server:
        model(server)
        alone = evipath("extract", "-", "--json", stdin=ONE, store=False)
        done = evipath("extract", "-", "--json", "--model", stdin=ONE, store=False)
    assert done.status == 0
    assert len(server.asked) == 1
    assert documents(alone)[0]["claims"][0]["extractions"][0]["reader"] == "rules"
    readers = {each["reader"] for c in documents(done)[0]["claims"] for each in c["extractions"]}
    assert readers == {"rules", "model"}
    assert "model: 1 requests, 1000 tokens in, 200 out, cost 0.0014" in done.err


def test_a_model_that_fails_stops_nothing(evipath: Evipath, model: Any, tmp_path: Path) -> None:
    with model_server(Reply(status=500)) as server:
        model(server)
        file = tmp_path / "a.json"
        file.write_bytes(ONE)
        done = evipath("ingest", str(file), "--model")
    assert done.status == 0
    assert done.out.startswith("1 document: 1 created\n")
    assert "stored, but not read by model: it answered with status 500" in done.err
    assert "which failed on 1" in done.out
    assert evipath("claims", "--json").json["total"] >= 1


def test_ingest_reads_and_reading_again_changes_nothing(evipath: Evipath, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(ONE)
    plain = evipath("ingest", str(file), "--json").json
    assert plain["extraction"] is None
    done = evipath("reread", "--all", "--json").json
    assert done["done"] == 1
    new = done["extraction"]["claims"]["new"]
    assert new >= 1
    again = evipath("reread", "PMID:1")
    assert again.status == 0
    assert f"claims: {new} found again" in again.out
    assert evipath("claims", "--status", "candidate", "--json").json["total"] == new


def test_extraction_is_asked_for_or_not(evipath: Evipath, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(ONE)
    done = evipath("ingest", str(file), "--extract", "--json").json
    assert done["extraction"]["claims"]["new"] >= 1
    assert done["extraction"]["readers"].keys() == {"rules"}
    assert evipath("ingest", str(file), "--no-extract", "--model").status == 2
    assert evipath("reread").status == 2
    assert evipath("reread", "--all", "1").status == 2
    assert evipath("reread", "PMID:404").status == 1


def test_the_seed_gives_no_double(seeded: Evipath) -> None:
    done = seeded("ingest", str(SEED / "article.xml"), "--extract", "--json").json
    claims = done["extraction"]["claims"]
    assert claims["recognised"] + claims["again"] > 0
    store = open_sqlite(seeded.url)
    assert list(check(store)) == []
    store.close()
