from pathlib import Path

import orjson
import pytest

from app.model.vocabulary import Sign
from benchmarks.extraction import report
from benchmarks.extraction.__main__ import main, options
from benchmarks.extraction.corpora import CORPORA, Corpus
from benchmarks.extraction.readers import Nothing, load_ground, load_reader
from benchmarks.extraction.run import Bench, Run, runs
from benchmarks.extraction.units import Unit
from tests.benchmarks.said import Echo, claimed

NOTHING = "benchmarks.extraction.readers:Nothing"
TEXTS = ("SNAI1 raises vimentin.", "ZEB1 lowers growth.", "TWIST1 is a factor.")


def load(unseen: bool) -> list[Unit]:
    golds = [
        (claimed(TEXTS[0], "SNAI1", "vimentin"),),
        (claimed(TEXTS[1], "ZEB1", "growth", "-"),),
        (),
    ]
    return [
        Unit(id=f"{number}:0", document=str(number), text=text, golds=gold)
        for number, (text, gold) in enumerate(zip(TEXTS, golds, strict=True))
    ]


CORPUS = Corpus("small", "Three sentences", load)


def run_of(reader: object, unseen: bool = False) -> Run:
    (run,) = runs(Bench(reader, load_ground(NOTHING)), [CORPUS], unseen, ["ours", "gold"])
    return run


def test_tables_show_what_a_reader_read() -> None:
    text = report.tables(run_of(Echo()))
    assert "Three sentences (seen part): 3 texts, 2 claims" in text
    assert "| pair | 0.667 (0.21–0.94) | 1.000 (0.34–1.00)" in text
    assert "| sign inverted | 1 of 2 |" in text
    assert "| `first-last` | 3 | 1 | 1 | 0 | 1 | 0 |" in text


def test_a_reader_that_reads_nothing_scores_nothing() -> None:
    figures = report.as_json(run_of(Nothing()))
    assert figures["levels"]["pair"]["f"]["value"] == 0
    assert figures["levels"]["pair"]["precision"]["value"] is None
    orjson.dumps(figures)


class Broken(Echo):
    """A reader that fails on one text."""

    def read(self, document):
        if "ZEB1" in document.text:
            raise RuntimeError("no verb")
        return super().read(document)


def test_a_text_that_breaks_the_reader_costs_only_itself() -> None:
    run = run_of(Broken())
    assert run.crashed == ("1:0: RuntimeError: no verb",)
    assert "The reader failed on 1 texts: 1:0: RuntimeError: no verb" in report.tables(run)
    assert "| pair | 0.500" in report.tables(run)


def test_errors_name_sentence_gold_and_reading() -> None:
    text = report.errors(run_of(Echo()), 5)
    assert "-- inverted: 1\n[1:0] ZEB1 lowers growth." in text
    assert "gold: ZEB1 (-) growth" in text
    assert "read: ZEB1 (+) growth | none increases up · demonstrated [first-last]" in text
    assert "-- spurious: 1\n[2:0] TWIST1 is a factor." in text


def test_errors_in_a_held_out_abstract_are_counted_and_not_shown() -> None:
    text = report.errors(run_of(Echo()), 5, hidden={"1"})
    assert "not shown, in held-out abstracts: 1 claims" in text
    assert "ZEB1" not in text
    assert "[2:0] TWIST1 is a factor." in text


def test_errors_of_an_unseen_part_are_never_shown() -> None:
    with pytest.raises(ValueError, match="unseen"):
        report.errors(run_of(Echo(), unseen=True), 1)
    with pytest.raises(SystemExit):
        options(["--unseen", "--errors", "1"])
    with pytest.raises(SystemExit):
        options(["--corpus", "heldout", "--errors", "1"])


def test_tables_go_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- bench:seen -->\nold\n<!-- /bench:seen -->\nafter\n")
    for block in ("new", "newer"):
        report.write_page({"seen": block}, page)
    expected = "before\n<!-- bench:seen -->\n\nnewer\n\n<!-- /bench:seen -->\nafter\n"
    assert page.read_text() == expected
    with pytest.raises(KeyError, match="other"):
        report.write_page({"other": "x"}, page)


def test_readers_are_found_by_name() -> None:
    assert load_reader(NOTHING).name == "nothing"
    assert load_reader("tests.benchmarks.said:Echo").name == "echo"


def test_the_command_prints_tables_and_writes_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "figures.json"
    asked = ["--corpus", "seed", "--reader", "tests.benchmarks.said:Echo", "--grounding", NOTHING]
    assert main([*asked, "--json", str(figures)]) == 0
    assert "Seed abstract" in capsys.readouterr().out
    (run,) = orjson.loads(figures.read_bytes())["runs"]
    assert run["levels"]["pair"]["wanted"] == 17


def test_the_page_has_a_place_for_every_table() -> None:
    text = report.PAGE.read_text("utf-8")
    for name in ("seen", "unseen"):
        assert f"<!-- bench:{name} -->" in text
        assert f"<!-- /bench:{name} -->" in text
    for corpus in CORPORA.values():
        assert corpus.title in text


def test_signs_are_written_as_in_the_vocabulary() -> None:
    assert {"+", "-", "0"} == {sign.value for sign in Sign}
