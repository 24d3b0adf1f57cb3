"""Asking on the command line."""

import pytest

from tests.cli.conftest import Evipath

QUESTION = "which interventions reverse EMT"


def test_an_answer_is_a_table_with_its_quote_and_snapshot(seeded: Evipath) -> None:
    done = seeded("ask", QUESTION)
    words = " ".join(done.out.split())
    assert done.status == 0
    assert done.err == ""
    assert words.startswith("Interventions: effect reverses, outcome epithelial to mesenchymal")
    assert "1 inhibition of NF-kappaB observed 0.90" in words
    assert "inhibition (−) × NF-kappaB raises EMT" in words
    assert "PMID:15314694" in words
    assert "revision 1" in done.out.splitlines()[-1]


def test_a_piped_table_is_100_columns_wide_at_most(seeded: Evipath) -> None:
    rows = seeded("ask", QUESTION).out.splitlines()[1:]
    assert max(len(row) for row in rows) <= 100
    assert len(rows) < 60


@pytest.mark.parametrize("columns", [60, 80])
def test_a_narrow_table_cuts_no_quote(
    seeded: Evipath, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert "…" not in seeded("ask", QUESTION).out
    assert "…" not in seeded("paths", "NF-kappaB", "EMT").out


def test_json_is_the_whole_answer_and_nothing_else(seeded: Evipath) -> None:
    done = seeded("ask", QUESTION, "--json")
    answer = done.json
    assert done.err == ""
    assert answer["query"]["outcome"]["id"] == "GO:0001837"
    assert answer["snapshot"]["revision"] == 1
    assert answer["interventions"][0]["target"]["id"] == "FPLX:NFkappaB"
    assert answer["interventions"][0]["evidence"][0]["verified"] is True


def test_only_so_many_are_shown_and_the_rest_is_named(seeded: Evipath) -> None:
    done = seeded("ask", QUESTION, "--limit", "1")
    assert "1 of 4 interventions; --limit shows more." in done.out
    assert "IKBKB" not in done.out


def test_an_answer_may_be_empty(seeded: Evipath) -> None:
    done = seeded("ask", "which interventions have no effect on EMT")
    assert done.status == 0
    assert "No intervention is known" in done.out


def test_a_context_is_shown(seeded: Evipath) -> None:
    done = seeded("ask", "what lowers metastasis in humans")
    assert "context organism:NCBITaxon:9606" in done.out
    assert "context: mismatch" in done.out
    printed = " ".join(done.out.replace("│", " ").split())
    for words in ("hop 1, organism:", "Homo sapiens", "mouse"):
        assert words in printed


def test_it_answers_as_of_a_revision(seeded: Evipath) -> None:
    claim = seeded("ask", QUESTION, "--json").json["interventions"][0]["evidence"][0]["claim"]
    seeded("curate", claim, "reject", "--reason", "a test", "--as", "evipath-seed")
    now = seeded("ask", QUESTION, "--json").json["interventions"][0]
    then = seeded("ask", QUESTION, "--as-of", "1", "--json").json["interventions"][0]
    assert (now["tier"], then["tier"]) == ("entailed", "observed")
    assert seeded("ask", f"{QUESTION} as of 1", "--as-of", "1").status == 2


def test_what_cannot_be_read_is_told_with_what_can_be_asked(seeded: Evipath) -> None:
    done = seeded("ask", "is water wet")
    assert done.status == 1
    assert done.out == ""
    assert done.err.startswith("error: ")
    assert "can be asked:\n  which interventions reverse EMT" in done.err


def test_an_unknown_name_is_told_with_the_nearest(seeded: Evipath) -> None:
    done = seeded("ask", "which interventions reverse EMTT", "--json")
    assert (done.status, done.out) == (1, "")
    assert "nearest:\n  GO:0001837  epithelial to mesenchymal transition" in done.err


def test_an_ambiguous_name_is_told_with_its_candidates(evipath: Evipath) -> None:
    from app.graph.sqlite import open_sqlite
    from tests.support.factories import entity

    store = open_sqlite(evipath.url)

    def two(writer: object) -> None:
        for curie in ("HGNC:1", "HGNC:2"):
            writer.put_entity(entity(curie, "p65"))  # type: ignore[attr-defined]

    store.write("ada", "two", two)
    store.close()
    done = evipath("ask", "what reverses p65")
    assert done.status == 1
    assert "may be meant:\n  HGNC:1  p65\n  HGNC:2  p65" in done.err


def test_paths_show_their_arithmetic_and_quotes(seeded: Evipath) -> None:
    done = seeded("paths", "NF-kappaB", "EMT", "--max-hops", "1")
    words = " ".join(done.out.split())
    assert done.status == 0
    assert "Paths from NF-kappaB (FPLX:NFkappaB)" in words
    assert "NF-kappaB raises EMT maintenance (+)" in words
    assert "caused a reversal of EMT” PMID:15314694" in words


@pytest.mark.parametrize(("sign", "some"), [("positive", True), ("negative", False)])
def test_paths_have_the_asked_sign(seeded: Evipath, sign: str, some: bool) -> None:
    found = seeded("paths", "NF-kappaB", "GO:0001837", "--sign", sign, "--json").json["paths"]
    assert bool(found) is some
    assert {path["sign"] for path in found} <= {"+"}


def test_no_path_is_an_answer_too(seeded: Evipath) -> None:
    done = seeded("paths", "NF-kappaB", "EMT", "--sign", "negative")
    assert done.status == 0
    assert "No signed path is known." in done.out


def test_why_answers_for_the_asked_context(seeded: Evipath) -> None:
    done = seeded(
        "why", "NF-kappaB", "metastasis", "--effect", "lowers",
        "--context", "organism:NCBITaxon:9606", "--json",
    )  # fmt: skip
    (explained,) = done.json["answers"]
    assert explained["intervention"]["agreement"] == "mismatch"
