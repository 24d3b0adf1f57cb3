"""A source of any length is read in the memory of a few records."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.conftest import ROOT
from tests.ingest.test_hostile import MEDLINE, record

SCRIPT = """
import resource, sys
from pathlib import Path
from app.ingest import read
count = sum(item.record is not None for item in read(Path(sys.argv[1]), name="big"))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
GROWTH_KB = 24_000


def peak(path: Path) -> tuple[int, int]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    count, kilobytes = done.stdout.split()
    return int(count), int(kilobytes)


def write(path: Path, kind: str, count: int) -> Path:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as out:
        if kind == "xml":
            out.write("<PubmedArticleSet>\n")
        for n in range(1, count + 1):
            body = f"Sentence {n}. " * 400
            made = record(n, body=body) if kind == "xml" else MEDLINE.format(pmid=n)
            out.write(made if kind == "xml" else made.replace("Body.", body))
        if kind == "xml":
            out.write("</PubmedArticleSet>\n")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xml", "medline"])
def test_memory_does_not_grow_with_the_source(tmp_path: Path, kind: str) -> None:
    few, small = peak(write(tmp_path / "few.gz", kind, 200))
    many, large = peak(write(tmp_path / "many.gz", kind, 12_000))
    assert (few, many) == (200, 12_000)
    assert large - small < GROWTH_KB, f"{small} kB grew to {large} kB"
