"""``evipath consequences``."""

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
