"""The rows of a KGX file, one at a time: tab-separated or JSON Lines, gzip or not."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

import orjson

from app.ingest.imported import LeftOut, Place
from app.ingest.item import Unreadable
from app.ingest.source import Line, decoded, lines, opened

LINE_BYTES: Final = 16 * 1024 * 1024
"""The longest line that is read."""

MAX_COLUMNS: Final = 1000

Cell = str | list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place, and its cells by column; an empty cell is left out."""

    place: Place
    cells: Mapping[str, Cell]

    def one(self, column: str) -> str:
        """Return a cell as one text; empty where there is none."""
        cell = self.cells.get(column, "")
        return cell if isinstance(cell, str) else "|".join(cell)

    def many(self, column: str) -> tuple[str, ...]:
        """Return a cell as a list without repeats; bars part a text."""
        cell = self.cells.get(column)
        if cell is None:
            return ()
        if isinstance(cell, str):
            if "|" not in cell:
                return (bare,) if (bare := cell.strip()) else ()
            cell = cell.split("|")
        return tuple(dict.fromkeys(part.strip() for part in cell if part.strip()))


def read_rows(path: Path, name: str, needed: tuple[str, ...]) -> Iterator[Row | LeftOut]:
    """Yield the rows of a file in their order; a bad row is told with its line, and why.

    ``needed`` are the columns without which the file can't be read.

    Raises:
        Unreadable: the file has no rows, lacks a column, or breaks off.
        OSError: it can't be opened.
    """
    with ExitStack() as stack:
        stream: BinaryIO = opened(stack.enter_context(path.open("rb")))
        found = lines(stream, LINE_BYTES)
        first = next(found, None)
        if first is None or not first.data.strip():
            raise Unreadable("the file is empty; a header or a row of JSON was expected", 1)
        if first.data.lstrip().startswith(b"{"):
            yield from _json_rows(chain([first], found), name, needed)
        else:
            yield from _table_rows(first, found, name, needed)


def header(path: Path) -> frozenset[str]:
    """Return the columns of a file: of its header, or of its first row of JSON; none if unread."""
    try:
        with path.open("rb") as raw:
            first = next(lines(opened(raw), LINE_BYTES), None)
            if first is None:
                return frozenset()
            if first.data.lstrip().startswith(b"{"):
                return frozenset(orjson.loads(first.data))
            return frozenset(decoded(first).split("\t"))
    except (OSError, Unreadable, orjson.JSONDecodeError):
        return frozenset()


def _table_rows(
    first: Line, rest: Iterator[Line], name: str, needed: tuple[str, ...]
) -> Iterator[Row | LeftOut]:
    columns = [column.strip().removeprefix("\ufeff") for column in decoded(first).split("\t")]
    missing = [column for column in needed if column not in columns]
    if missing:
        raise Unreadable(f"the header has no column {', '.join(missing)}", 1)
    if len(columns) > MAX_COLUMNS or len(set(columns)) < len(columns):
        raise Unreadable("the header names a column twice, or too many of them", 1)
    for line in rest:
        if not line.data.strip():
            continue
        place = Place(name, line.number)
        try:
            cells = decoded(line).split("\t")
        except Unreadable as error:
            yield LeftOut(place, "the line is no UTF-8 text", str(error), bad=True)
            continue
        if len(cells) != len(columns):
            detail = f"{len(cells)} cells under {len(columns)} columns"
            yield LeftOut(place, "another number of cells than columns", detail, bad=True)
            continue
        pairs = zip(columns, cells, strict=True)
        yield _whole(Row(place, {column: cell for column, cell in pairs if cell}), needed)


def _json_rows(
    found: Iterator[Line], name: str, needed: tuple[str, ...]
) -> Iterator[Row | LeftOut]:
    for line in found:
        if not line.data.strip():
            continue
        place = Place(name, line.number)
        try:
            value = orjson.loads(line.data)
        except orjson.JSONDecodeError as error:
            yield LeftOut(place, "the line is no JSON", str(error), bad=True)
            continue
        if not isinstance(value, dict):
            yield LeftOut(place, "the line is no JSON object", type(value).__name__, bad=True)
            continue
        cells = {key: _cell(cell) for key, cell in value.items() if cell not in (None, "", [], {})}
        yield _whole(Row(place, cells), needed)


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [each if isinstance(each, str) else _plain(each) for each in value]
    return _plain(value)


def _plain(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _whole(row: Row, needed: tuple[str, ...]) -> Row | LeftOut:
    missing = [column for column in needed if not row.one(column).strip()]
    if not missing:
        return row
    detail = f"no {' and no '.join(missing)}"
    return LeftOut(row.place, "a needed cell is empty", detail, bad=True)
