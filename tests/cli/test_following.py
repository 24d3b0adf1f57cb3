"""``evipath consequences``, ``evipath bypass`` and ``evipath signature``."""

from pathlib import Path

from tests.cli.conftest import Evipath


def test_consequences_are_printed_with_their_quotes(seeded: Evipath) -> None:
    words = " ".join(seeded("consequences", "NF-kappaB").out.split())
    assert "What follows from inhibition of NF-kappaB" in words
    assert "metastasis falls" in words
    assert "prevents (observed)" in words
    assert "4 consequences" in words


def test_consequences_as_links_and_as_json(seeded: Evipath) -> None:
    lines = seeded("consequences", "NF-kappaB", "--form", "graph").out.splitlines()
    assert any(line.startswith("NF-kappaB + ") for line in lines)
    found = seeded("consequences", "IKK-2", "--direction", "positive", "--json").json
    assert [one["direction"] for one in found["consequences"]] == ["+"]
    assert seeded("consequences", "no such thing").status == 1


def test_a_signature_is_read_from_a_file(seeded: Evipath, tmp_path: Path) -> None:
    file = tmp_path / "changes.tsv"
    file.write_text("# what changed\nEMT\tup\nmetastasis\t0.5\nnothing known\tdown\n", "utf-8")
    words = " ".join(seeded("signature", str(file)).out.split())
    assert "What would reverse it: 2 of 3 entities used" in words
    assert "EMT maintenance" in words or "raises EMT" in words
    assert "not used, unknown: nothing known" in words
    found = seeded("signature", str(file), "--goal", "explain", "--json").json
    assert found["matches"][0]["perturbation"]["direction"] == "+"
    file.write_text("EMT\tsideways\n", "utf-8")
    wrong = seeded("signature", str(file))
    assert wrong.status == 1
    assert "Line 1" in wrong.err


def test_what_is_left_open_is_printed_with_what_closes_it(seeded: Evipath) -> None:
    words = " ".join(
        seeded("bypass", "IKK-2", "EMT", "--effect", "lowers", "--simulate").out.split()
    )
    assert "What inhibition of IKBKB leaves open: lowers epithelial to mesenchymal" in words
    assert "Inhibition of NF-kappaB signaling prevented EMT" in words
    assert "1 open route " in words
    assert "the best pair is with NF-kappaB. It is a model and no finding." in words
    closed = ("bypass", "IKK-2", "EMT", "--effect", "lowers", "--avoid", "NF-kappaB")
    assert "is left open" in seeded(*closed).out
    found = seeded(*closed, "--json").json
    assert (found["routes"], found["seconds"]) == ([], [])
    refused = seeded("bypass", "EMT", "IKK-2")
    assert refused.status == 1
    assert "no regulators" in refused.err
