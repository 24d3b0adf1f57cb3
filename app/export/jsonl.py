"""JSON Lines: one object a line, its kind in ``type``, its fields in ``data``."""

from collections.abc import Iterable, Iterator
from typing import Literal

import orjson

from app.model.base import Frozen

LineType = Literal["snapshot", "article", "entity", "relation", "claim"]
"""What a line holds, in the order of a file."""


def line(kind: LineType, thing: Frozen) -> bytes:
    """Return one line: the thing with its type, ended by a newline."""
    fields = thing.model_dump(mode="json")
    return orjson.dumps({"type": kind, "data": fields}, option=orjson.OPT_APPEND_NEWLINE)


def lines(kind: LineType, things: Iterable[Frozen]) -> Iterator[bytes]:
    """Return a line for each thing."""
    return (line(kind, thing) for thing in things)
