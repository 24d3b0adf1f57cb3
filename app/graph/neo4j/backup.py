"""A copy of the graph in one file: the gzipped lines of its dump."""

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.graph.port import Row
from app.graph.rows import row_line, row_of_line
from app.model.errors import BadInput

HEADER = b'{"evipath":"backup","version":1}\n'
"""The first line of a backup."""


def write(rows: Iterable[Row], target: Path) -> None:
    """Write rows to a new file, which appears when it is whole."""
    if target.exists():
        raise BadInput(f"{target} exists already; a backup goes into a new file")
    if not target.parent.is_dir():
        raise BadInput(f"{target.parent} is not a directory")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with gzip.open(part, "wb") as file:
            file.write(HEADER)
            for row in rows:
                file.write(row_line(row) + b"\n")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def read(source: Path) -> Iterator[Row]:
    """Yield the rows of a backup; BadInput names the line that is none."""
    if not source.is_file():
        raise BadInput(f"{source} is not a file")
    number = 2
    try:
        with gzip.open(source, "rb") as file:
            if file.readline() != HEADER:
                raise BadInput(f"{source} is no backup of a Neo4j store")
            for line in file:
                yield row_of_line(line)
                number += 1
    except (OSError, EOFError, zlib.error) as error:
        raise BadInput(f"{source} is not a whole backup of a Neo4j store: {error}") from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise BadInput(f"{source}, line {number}: not a row of a backup ({error})") from error
