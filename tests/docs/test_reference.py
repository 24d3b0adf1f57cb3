"""The reference pages and the README's answer are what the code says."""

import pytest

from tools.reference import answer
from tools.reference.__main__ import ROOT, TARGETS, stale


@pytest.mark.parametrize("path", TARGETS)
def test_page_is_what_the_code_says(path: str) -> None:
    assert list(stale({path: TARGETS[path]})) == [], "run `make generate`"


def test_a_changed_page_is_found_stale() -> None:
    assert list(stale({"docs/reference/settings.md": lambda: "other"})) == [
        "docs/reference/settings.md"
    ]


def test_the_readme_shows_the_whole_answer() -> None:
    block = answer.BLOCK.search((ROOT / "README.md").read_text("utf-8"))
    assert block is not None
    shown = " ".join(block[0].split())
    for expected in ("NF-kappaB", "observed", "entailed", "PMID:15314694"):
        assert expected in shown


def test_a_readme_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="markers"):
        answer.readme("# EviPath\n")
