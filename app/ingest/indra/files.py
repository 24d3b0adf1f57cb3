"""Files of INDRA statements: a list, the answer of INDRA's REST service, or a statement a line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from app.ingest.imported import LeftOut, Place
from app.ingest.item import Unreadable
from app.ingest.source import lines, opened
from app.model.errors import BadInput

_MAX_BYTES: Final = 256 * 1024 * 1024
_MAX_LINE: Final = 16 * 1024 * 1024
_HEAD: Final = 65_536
_SUFFIXES: Final = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz")
_TYPE: Final = re.compile(
    rb'"type"\s*:\s*"(?:Activation|Inhibition|(?:In|De)creaseAmount|Complex|Conversion|Gef|Gap'
    rb'|ActiveForm|Translocation|Influence|Association|[A-Z][a-z]+ylation|[A-Z][a-z]+ination)"'
)
_UNREADABLE: Final = "a statement that is no JSON object"


@dataclass(frozen=True, slots=True)
class RawStatement:
    """A statement as it stands in a file."""

    place: Place
    fields: Mapping[str, Any]
    number: int


def is_indra(path: Path) -> bool:
    """Tell whether a file holds INDRA statements, by its beginning."""
    if not path.name.casefold().endswith(_SUFFIXES) or not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            head = opened(file).read(_HEAD)
    except (OSError, Unreadable):
        return False
    return b'"db_refs"' in head and _TYPE.search(head) is not None


def statements_of(path: Path) -> Iterator[RawStatement | LeftOut]:
    """Yield the statements of a file; BadInput for one that can't be read at all."""
    try:
        with path.open("rb") as file:
            stream = opened(file)
            if stream.peek(1)[:1] == b"{" and _is_lines(stream.peek(_HEAD)):
                yield from _lines(path, stream)
            else:
                yield from _whole(path, stream)
    except (OSError, Unreadable) as error:
        raise BadInput(f"{path} can't be read: {error}") from error


def _is_lines(head: bytes) -> bool:
    """Tell a statement a line from an object that holds all."""
    first = head.partition(b"\n")[0]
    return b'"statements"' not in first[:200] and first.rstrip() != b"{"


def _lines(path: Path, stream: BinaryIO) -> Iterator[RawStatement | LeftOut]:
    for line in lines(stream, _MAX_LINE):
        if not line.data.strip():
            continue
        place = Place(str(path), line.number)
        try:
            found = orjson.loads(line.data)
        except orjson.JSONDecodeError as error:
            yield LeftOut(place, _UNREADABLE, str(error), bad=True)
            continue
        yield _one(found, place, line.number)


def _whole(path: Path, stream: BinaryIO) -> Iterator[RawStatement | LeftOut]:
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise BadInput(
            f"{path} holds more than the {_MAX_BYTES} bytes that are read at once: write a "
            "statement a line (JSON Lines), which may be of any length"
        )
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{path} is no JSON: {error}") from error
    if isinstance(found, dict):
        found = found.get("statements", found)
    given = list(found.values()) if isinstance(found, dict) else found
    if not isinstance(given, list):
        raise BadInput(f"{path} holds no list of statements")
    for number, each in enumerate(given, 1):
        yield _one(each, Place(str(path), 1), number)


def _one(found: object, place: Place, number: int) -> RawStatement | LeftOut:
    if isinstance(found, dict) and isinstance(found.get("type"), str):
        return RawStatement(place, found, number)
    return LeftOut(place, _UNREADABLE, f"statement {number}", bad=True)
