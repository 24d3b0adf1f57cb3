"""The index of a store's head as a file that every worker process maps into its memory.

A file holds one index under a key that names store, revision and code. It is written beside its
place and moved there, so that a reader sees a whole file and a running question keeps the one it
has. What is cut off, damaged, foreign or of another version is not read.
"""

import json
import mmap
import os
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.reasoning.canon import Canon
from app.reasoning.hops import Hops
from app.reasoning.index import Index, IndexEdges
from app.reasoning.names import Names
from app.reasoning.papers import Bylines

_MAGIC = b"EviPath index\n"
_ALIGNED = 64
_TABLES: dict[str, type[object]] = {
    "entities": Names, "papers": Names, "hops": Hops, "edges": IndexEdges,
    "bylines": Bylines,
}  # fmt: skip

Array = NDArray[np.generic]


def write_index(path: Path, key: str, index: Index) -> None:
    """Put the index into the file at ``path``, in place of what is there."""
    arrays = dict(_arrays(index))
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, array.shape, at)
        at += -(-array.nbytes // _ALIGNED) * _ALIGNED
    body = bytearray(at)
    for name, array in arrays.items():
        start = places[name][2]
        body[start : start + array.nbytes] = np.ascontiguousarray(array).tobytes()
    head = json.dumps(
        {"key": key, "arrays": places, "canon": index.canon.steps, "size": at,
         "sum": zlib.crc32(body)}
    ).encode()  # fmt: skip
    lead = _MAGIC + len(head).to_bytes(8, "big") + head
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(lead.ljust(-(-len(lead) // _ALIGNED) * _ALIGNED))
            file.write(body)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_index(path: Path, key: str) -> Index | None:
    """Map the index in the file at ``path``; None where there is none under ``key``."""
    try:
        with path.open("rb") as file:
            memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    lead = len(_MAGIC) + 8
    if memory[: len(_MAGIC)] != _MAGIC:
        return None
    length = int.from_bytes(memory[len(_MAGIC) : lead], "big")
    try:
        head = json.loads(memory[lead : lead + length])
    except ValueError:
        return None
    start = -(-(lead + length) // _ALIGNED) * _ALIGNED
    body = memoryview(memory)[start:]
    if head["key"] != key or len(body) != head["size"] or zlib.crc32(body) != head["sum"]:
        return None
    arrays = {
        name: np.frombuffer(body, dtype, int(np.prod(shape)), offset).reshape(shape)
        for name, (dtype, shape, offset) in head["arrays"].items()
    }
    canon = Canon.of_steps({name: tuple(step) for name, step in head["canon"].items()})
    return _index_of(arrays, canon)


def _arrays(index: Index) -> Iterator[tuple[str, Array]]:
    for field in fields(index):
        value = getattr(index, field.name)
        if is_dataclass(value):
            for column in fields(value):
                yield f"{field.name}.{column.name}", getattr(value, column.name)
        elif isinstance(value, np.ndarray):
            yield field.name, value


def _index_of(arrays: dict[str, Array], canon: Canon) -> Index:
    parts: dict[str, object] = {"canon": canon}
    for name, table in _TABLES.items():
        columns = [arrays[f"{name}.{field.name}"] for field in fields(table)]  # type: ignore[arg-type]
        parts[name] = table(*columns)
    parts |= {name: array for name, array in arrays.items() if "." not in name}
    return Index(**parts)  # type: ignore[arg-type]
