"""Lists, read page by page as they are used."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from evipath_client._base import Model
from evipath_client._core import Core
from evipath_client._wire import Call, Flow
from evipath_client.errors import NotUnderstood
from evipath_client.models import Snapshot

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")
R = TypeVar("R")


class Listing(Model, Generic[T]):
    """One page: its items, how many there are in all, and where the next one is.

    All pages of a list come from the same ``snapshot``; jobs, which stand outside of the graph,
    have none.
    """

    items: tuple[T, ...]
    total: int
    next: str | None = None
    snapshot: Snapshot | None = None


class Runner:
    """What takes the steps of a flow one after the other."""

    core: Core

    @abstractmethod
    def run(self, flow: Flow[R]) -> R:
        """Take all steps, and return the result."""


class AsyncRunner:
    """What takes the steps of a flow in an event loop."""

    core: Core

    @abstractmethod
    async def run(self, flow: Flow[R]) -> R:
        """Take all steps, and return the result."""


class Pages(Generic[T]):
    """All items of a list: iterate over it; each page is asked for when its turn comes.

    Iterating again asks again.
    """

    def __init__(self, client: Runner, call: Call[Listing[T]]) -> None:
        self._client = client
        self._call = call

    def __iter__(self) -> Iterator[T]:
        """Go through the items of all pages."""
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Listing[T]]:
        """Go through the pages."""
        call: Call[Listing[T]] | None = self._call
        while call is not None:
            page = self._client.run(self._client.core.call(call))
            yield page
            call = _after(call, page)

    def first(self) -> Listing[T]:
        """Return the first page, with the total."""
        return next(self.pages())

    def to_pandas(self) -> pandas.DataFrame:
        """Return all items as a data frame; needs the extra ``pandas``."""
        from evipath_client.tables import frame, item_row

        return frame([item_row(one) for one in self])


class AsyncPages(Generic[T]):
    """All items of a list: iterate over it with ``async for``."""

    def __init__(self, client: AsyncRunner, call: Call[Listing[T]]) -> None:
        self._client = client
        self._call = call

    async def __aiter__(self) -> AsyncIterator[T]:
        """Go through the items of all pages."""
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Listing[T]]:
        """Go through the pages."""
        call: Call[Listing[T]] | None = self._call
        while call is not None:
            page = await self._client.run(self._client.core.call(call))
            yield page
            call = _after(call, page)

    async def first(self) -> Listing[T]:
        """Return the first page, with the total."""
        return await anext(self.pages())

    async def to_pandas(self) -> pandas.DataFrame:
        """Return all items as a data frame; needs the extra ``pandas``."""
        from evipath_client.tables import frame, item_row

        return frame([item_row(one) async for one in self])


def _after(call: Call[Any], page: Listing[T]) -> Call[Any] | None:
    """Return the call of the next page; its path says everything, the pin too."""
    if page.next is None:
        return None
    if not page.next.startswith("/"):
        raise NotUnderstood(f"The next page must be a path of the same service, not {page.next}.")
    return replace(call, path=page.next, query=(), pin=None)
