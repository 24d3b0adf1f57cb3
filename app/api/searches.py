"""Which questions search at the same time, and when a search is for nobody any more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import Depends, Request
from starlette.types import Receive

from app.api.auth import Reader
from app.model.errors import Unavailable
from app.reasoning.engine import Stop
from app.services.stopping import stopped_by

PART = "reasoning"


class Searches:
    """Lets ``running`` questions search at once and ``waiting`` more wait; refuses all others.

    A question ends at its ``deadline``, in seconds from when it begins to search; it waits no
    longer than that, either. One whose client leaves is given up, and so are all at the end.
    """

    def __init__(self, running: int, waiting: int, deadline: float, retry_after: int) -> None:
        self._places = asyncio.Semaphore(running)
        self._may_wait = waiting
        self._deadline = deadline
        self._retry_after = retry_after
        self._asked: set[Stop] = set()
        self._waiting: set[asyncio.Task[object]] = set()
        self._closed = False

    @asynccontextmanager
    async def one(self, receive: Receive) -> AsyncIterator[Stop]:
        """Wait for a place, and lend what stops the search; ``receive`` tells when a client leaves.

        Raises :class:`~app.model.errors.Unavailable` where too many wait, or one waits too long.
        """
        if self._closed:
            raise self._refusal("the service ends")
        if self._places.locked() and len(self._waiting) >= self._may_wait:
            raise self._refusal("too many questions wait for an answer")
        stop = Stop()
        watching = asyncio.create_task(_watch(receive, stop))
        self._asked.add(stop)
        try:
            await self._place(watching)
            ending = asyncio.get_running_loop().call_later(self._deadline, stop.set)
            try:
                yield stop
            finally:
                ending.cancel()
                self._places.release()
        finally:
            # Where the task was cancelled, its thread may still be searching.
            stop.give_up()
            self._asked.discard(stop)
            watching.cancel()

    def close(self) -> None:
        """Stop every search, and refuse what waits or comes."""
        self._closed = True
        for stop in self._asked:
            stop.give_up()
        for waiting in self._waiting:
            waiting.cancel()

    async def _place(self, watching: asyncio.Task[None]) -> None:
        """Take a place; give up where the client leaves before there is one."""
        if not self._places.locked():
            await self._places.acquire()
            return
        taking: asyncio.Task[object] = asyncio.create_task(self._places.acquire())
        self._waiting.add(taking)
        try:
            await asyncio.wait(
                (taking, watching), timeout=self._deadline, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            self._waiting.discard(taking)
            if not taking.done() or taking.cancelled():
                taking.cancel()
                with suppress(asyncio.CancelledError):
                    await taking
        if taking.cancelled():
            raise self._refusal("the question waited for too long, or was given up")

    def _refusal(self, reason: str) -> Unavailable:
        return Unavailable(PART, reason, self._retry_after)


async def _watch(receive: Receive, stop: Stop) -> None:
    """Give the search up when the client leaves."""
    while (await receive())["type"] != "http.disconnect":
        pass
    stop.give_up()


async def _searching(request: Request, user: Reader) -> AsyncIterator[None]:
    del user  # Who may not ask takes no place.
    searches: Searches = request.app.state.searches
    async with searches.one(request.receive) as stop:
        with stopped_by(stop):
            yield


SEARCHING = Depends(_searching, scope="function")
"""What an operation depends on that searches for paths."""
