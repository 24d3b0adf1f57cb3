import re
from pathlib import Path

import pytest

from benchmarks.extraction.by_eye import chosen
from benchmarks.extraction.draw import draw

QUALITY = Path(__file__).parents[2] / "docs" / "quality.md"
SECTION = "## Twelve abstracts, read by eye"


@pytest.mark.usefixtures("shared_dir")
def test_the_quality_page_reads_the_abstracts_that_are_drawn() -> None:
    section = QUALITY.read_text().split(SECTION)[1].split("\n## ")[0]
    rows = re.findall(r"^\|(?: \d+ \|)? (\d{6,8}) \|", section, re.MULTILINE)
    unread = re.search(r"^In (.*) nothing was read", section, re.MULTILINE)
    assert unread is not None
    told = {*rows, *re.findall(r"\d{6,8}", unread[1])}
    assert told == {record["pmid"] for record in chosen()}
    assert len(told) == 12


@pytest.mark.usefixtures("shared_dir")
def test_no_annotated_sentence_stands_in_one_of_them() -> None:
    assert not {record["pmid"] for record in chosen()} & {row["pmid"] for row in draw()}
