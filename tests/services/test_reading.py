"""Sources are read in order, however many at a time."""

import gzip
import json
import threading
from pathlib import Path

import pytest

from app.ingest import Item, files
from app.services import reading
from app.services.reading import read_sources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(5):
        lines = (json.dumps({"title": f"File {number}, title {i}."}) for i in range(120))
        with gzip.open(tmp_path / f"{number}.jsonl.gz", "wt") as file:
            file.write("\n".join(lines))
    (tmp_path / "2.json").write_text("{broken")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    return tmp_path


def place(item: Item) -> tuple[str, int, str | None]:
    return (item.source, item.number, str(item.error) if item.error else None)


@pytest.mark.parametrize("jobs", [2, 3, 16])
def test_the_order_is_that_of_the_sources(folder: Path, jobs: int) -> None:
    alone = [place(item) for item in read_sources(files([folder]))]
    assert len(alone) == 5 * 120 + 2
    assert [place(item) for item in read_sources(files([folder]), jobs=jobs)] == alone


def test_readers_end_when_nobody_reads_on(folder: Path) -> None:
    before = threading.active_count()
    items = read_sources(files([folder]), jobs=4)
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


def test_what_goes_wrong_in_a_reader_is_raised(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(reading, "read", fail)
    with pytest.raises(RuntimeError, match="out of order"):
        list(read_sources(files([folder]), jobs=2))
