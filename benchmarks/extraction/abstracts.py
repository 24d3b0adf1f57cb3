"""The development abstracts that annotations point into; their text never enters the repository."""

import gzip
import os
from collections.abc import Collection
from pathlib import Path

import orjson

from app.model.text import one_space

ROOT = Path(__file__).parents[2]
UNLICENSED_FOR_DRAWING = frozenset({"cohen2006", "seth"})


class NoData(RuntimeError):
    """The development data that a corpus needs are not there."""


def data_dir() -> Path:
    """Return the folder of development data: ``data`` in ``$EVIPATH_SHARED`` or ``../shared``."""
    folder = Path(os.environ.get("EVIPATH_SHARED") or ROOT.parent / "shared") / "data"
    if not folder.is_dir():
        raise NoData(f"no development data at {folder}: set EVIPATH_SHARED to the folder above")
    return folder


def text_of(record: dict[str, str]) -> tuple[str, int]:
    """Return an abstract's one text, and where its title ends in it."""
    title = one_space(record["title"])
    return f"{title}\n{one_space(record['abstract'])}", len(title)


def texts(pmids: Collection[str]) -> dict[str, tuple[str, int]]:
    """Return text and end of title of the wanted abstracts, by PMID."""
    wanted = {f'"{pmid}"'.encode() for pmid in pmids}
    found = {}
    with gzip.open(data_dir() / "abstracts" / "abstracts.jsonl.gz") as lines:
        for line in lines:
            # The PMID stands at the front of a record; parsing all 22,752 would take a second.
            if any(key in wanted for key in _front_strings(line)):
                record = orjson.loads(line)
                if record["pmid"] in pmids and record.get("title") and record.get("abstract"):
                    found[record["pmid"]] = text_of(record)
    return found


def _front_strings(line: bytes) -> list[bytes]:
    return [b'"' + part + b'"' for part in line[:60].split(b'"')]


def drawable() -> list[dict[str, str]]:
    """Return the records with title and abstract that sentences may be drawn from, by PMID."""
    with gzip.open(data_dir() / "abstracts" / "abstracts.jsonl.gz") as lines:
        records = [orjson.loads(line) for line in lines]
    kept = [
        record
        for record in records
        if record.get("abstract")
        and record.get("title")
        and any(source not in UNLICENSED_FOR_DRAWING for source in record["sources"])
    ]
    return sorted(kept, key=lambda record: int(record["pmid"]))
