"""What all reads of a view share: its connection and the revision that it shows."""

import sqlite3
from collections.abc import Sequence
from typing import TypeVar

from app.graph.port import Page

Item = TypeVar("Item")


class Reads:
    """Reads of the graph at one revision, over a connection inside a transaction."""

    def __init__(self, connection: sqlite3.Connection, at: int) -> None:
        self._connection = connection
        self._at = at


def page_of(items: Sequence[tuple[str, Item]], total: int, limit: int) -> Page[Item]:
    """Make a page of (key, item) pairs that were read one beyond ``limit``."""
    shown = items[:limit]
    more = len(items) > limit
    return Page(
        items=tuple(item for _, item in shown),
        total=total,
        next_after=shown[-1][0] if more and shown else None,
    )
