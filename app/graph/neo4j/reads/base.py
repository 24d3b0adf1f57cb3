"""What all reads of a view share: how they query, and the revision that they see."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, LiteralString, TypeVar

from app.graph.port import Page

Item = TypeVar("Item")
Found = dict[str, Any]


class Reads(ABC):
    """Reads of the graph at the revision ``_at``."""

    _at: int

    @abstractmethod
    def _read(self, query: LiteralString, **parameters: object) -> list[Found]:
        """Return the rows of a query; ``$at`` is bound to the revision."""

    @abstractmethod
    def _values(self, query: LiteralString, **parameters: object) -> list[list[Any]]:
        """Return the rows of a query as bare lists: for great answers, several times as fast."""


def page_of(items: Sequence[tuple[str, Item]], total: int, limit: int) -> Page[Item]:
    """Make a page of (key, item) pairs that were read one beyond ``limit``."""
    shown = items[:limit]
    more = len(items) > limit
    return Page(
        items=tuple(item for _, item in shown),
        total=total,
        next_after=shown[-1][0] if more and shown else None,
    )
