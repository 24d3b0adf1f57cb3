"""Looking at claims and entities, and deciding, on the command line."""

import json
from pathlib import Path

import pytest

from app.graph.sqlite import open_sqlite
from app.services.seeds import read_seeds
from tests.cli.conftest import Evipath

NAMES = {each.name: each.id for each in read_seeds().claims[0].claims}
C5 = NAMES["C5"]
C7 = NAMES["C7"]
EMT = "GO:0001837"


def test_claims_are_listed_with_quotes_and_whole_ids(seeded: Evipath) -> None:
    done = seeded("claims", "--outcome", "EMT", "--predicate", "reverses")
    assert done.status == 0
    assert done.out.startswith(C5)
    assert "“inhibition of NF-kappaB activity in mesenchymal cells caused" in done.out
    assert "1 of 1 claims" in done.err


def test_claims_are_filtered_and_cut(seeded: Evipath) -> None:
    page = seeded("claims", "--pmid", "15314694", "--limit", "5", "--json").json
    assert (len(page["items"]), page["total"]) == (5, len(NAMES))
    assert page["next"] == page["items"][-1]["id"]
    assert "; --limit shows more" in seeded("claims", "--limit", "5").err
    assert seeded("claims", "--status", "candidate", "--json").json["total"] == 0


def test_one_claim_is_shown_with_its_decisions(seeded: Evipath) -> None:
    assert "evipath-seed  accept" in seeded("claims", C5).out
    shown = seeded("claims", C5, "--json").json
    assert shown["claim"]["id"] == C5
    assert [each["type"] for each in shown["decisions"]] == ["accept"]
    assert seeded("claims", C5, "--status", "accepted").status == 2
    assert seeded("claims", "0" * 64).status == 1


def test_entities_are_found_by_name_and_identifier(seeded: Evipath) -> None:
    assert "FPLX:NFkappaB" in seeded("entities", "NF kappa B").out.splitlines()[2]
    found = seeded("entities", "MESH:D058750", "--json").json["items"]
    assert [hit["entity"]["id"] for hit in found] == ["GO:0001837"]
    everything = seeded("entities", "--limit", "3", "--json").json
    assert len(everything["items"]) == 3 < everything["total"]
    assert seeded("entities", "GO:9999999").status == 1


def test_a_decision_shows_the_claim_before_and_after(seeded: Evipath) -> None:
    done = seeded("curate", C5, "reject", "--reason", "a test", "--as", "evipath-seed")
    before, after = done.out.split("after:\n")
    assert "accepted, demonstrated" in before
    assert "edge: FPLX:NFkappaB raises" in before
    assert "rejected, demonstrated" in after
    assert "edge:" not in after
    undone = seeded("curate", C5, "undo", "--as", "evipath-seed", "--json").json
    assert [undone[side]["status"] for side in ("before", "after")] == ["rejected", "accepted"]


def test_another_curator_disputes_under_the_login_name(
    seeded: Evipath, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "bob")
    done = seeded("curate", C5, "reject", "--reason", "a test", "--json").json
    assert done["after"]["status"] == "disputed"
    assert seeded("claims", C5, "--json").json["decisions"][-1]["actor"] == "bob"


def test_nothing_of_theirs_to_undo_is_told(seeded: Evipath) -> None:
    done = seeded("curate", C5, "undo", "--as", "eve")
    assert (done.status, done.out) == (1, "")
    assert "No decision of eve" in done.err


def test_links_go_and_come_back(seeded: Evipath) -> None:
    words = ("--link", "contradicts", "--to", C7, "--as", "bob", "--json")
    assert any(
        link == {"type": "contradicts", "claim": C7}
        for link in seeded("curate", C5, "link", *words).json["after"]["links"]
    )
    assert seeded("curate", C5, "link", *words).status == 1
    gone = seeded("curate", C5, "unlink", *words).json["after"]["links"]
    assert {"type": "contradicts", "claim": C7} not in gone


def test_a_claim_is_corrected_from_what_was_printed(seeded: Evipath, tmp_path: Path) -> None:
    shown = seeded("claims", C5, "--json").json
    shown["claim"]["strength"] = "partial"
    shown["claim"]["evidence"]["supports"] = "contribution"
    file = tmp_path / "claim.json"
    file.write_text(json.dumps(shown))
    done = seeded("curate", C5, "correct", "--claims", str(file), "--as", "ada", "--json").json
    (new,) = done["after"]["superseded_by"]
    assert done["after"]["status"] == "superseded"
    assert seeded("claims", new, "--json").json["claim"]["strength"] == "partial"
    assert seeded("check").status == 0


@pytest.mark.parametrize("content", ["{", "[1]", '{"agent": 1}', "[]"])
def test_a_bad_correction_is_told(seeded: Evipath, tmp_path: Path, content: str) -> None:
    file = tmp_path / "claim.json"
    file.write_text(content)
    done = seeded("curate", C5, "correct", "--claims", str(file))
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("error: ")


@pytest.mark.parametrize(
    "words",
    [
        ("reject",),
        ("reject", "--reason", " "),
        ("correct",),
        ("split",),
        ("merge",),
        ("link", "--link", "supports"),
        ("unlink", "--to", C7),
        ("approve",),
    ],
)
def test_a_decision_without_what_it_needs_is_bad_usage(
    seeded: Evipath, words: tuple[str, ...]
) -> None:
    assert seeded("curate", C5, *words).status == 2


def test_articles_are_merged_and_parted_again(seeded: Evipath, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(
        json.dumps({"title": "The page again.", "abstract": [{"text": "A text of its own."}]})
    )
    assert seeded("ingest", str(other)).status == 0
    store = open_sqlite(seeded.url)
    with store.view() as view:
        [page] = [a.id for a in view.article_page(None, 9).items if a.id == a.curie]
    store.close()
    assert seeded("merge-articles", page, "PMID:15314694").status == 2
    assert seeded("merge-articles", page, "--reason", "x").status == 2
    done = seeded("merge-articles", page, "PMID:15314694", "--reason", "the same", "--json").json
    assert done["decision"]["article"] == page
    assert done["article"]["citation"]["identifiers"][0] == "PMID:15314694"
    undo = done["decision"]["id"]
    assert "stands alone" in seeded("merge-articles", page, "--undo", undo).out
    assert seeded("merge-articles", page, "--undo", undo).status == 1
    assert seeded("check").status == 0


def test_conflicts_are_listed_with_what_hangs_on_them(seeded: Evipath, tmp_path: Path) -> None:
    assert "0 of 0 conflicts" in seeded("claims", "--conflicts").err
    article = {"title": "Inhibition of NF-kappaB induces EMT.", "identifiers": ["PMID:1"]}
    source = tmp_path / "article.json"
    source.write_text(json.dumps(article))
    assert seeded("ingest", str(source), "--extract").status == 0
    assert "0 of 0" in seeded("claims", "--conflicts", "--entity", EMT).err
    done = seeded("claims", "--conflicts", "--entity", EMT, "--include-candidates")
    assert "1 of 1 conflicts" in done.err
    assert done.out.startswith("NF-kappaB (FPLX:NFkappaB) and epithelial to mesenchymal")
    assert "  contradiction; answers that hang on it: 1; claims: " in done.out
    assert "  opposite sign, contradicts:\n" in done.out
    assert "“Inhibition of NF-kappaB induces EMT”" in done.out
    asked = ("--conflicts", "--include-candidates", "--kind", "scope", "--json")
    assert seeded("claims", *asked).json == {"items": [], "total": 0}


@pytest.mark.parametrize(
    "words",
    [(C5, "--conflicts"), ("--conflicts", "--status", "candidate"), ("--kind", "scope")],
)
def test_conflicts_are_of_entities_alone(seeded: Evipath, words: tuple[str, ...]) -> None:
    assert seeded("claims", *words).status == 2
