"""Answers that are kept by their entity tags."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import httpx


class AnswerCache:
    """The last answers, up to ``limit`` bytes of bodies; the oldest go first.

    Each is asked for again with its tag, so that nothing stale is ever used; where nothing
    changed, the service sends no body. It is for one client with one token.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._held: OrderedDict[str, httpx.Response] = OrderedDict()
        self._lock = Lock()

    def get(self, url: str) -> httpx.Response | None:
        """Return the answer held for an address."""
        with self._lock:
            if url in self._held:
                self._held.move_to_end(url)
            return self._held.get(url)

    def put(self, url: str, response: httpx.Response) -> None:
        """Hold an answer that has a tag, unless it says that it must not be stored."""
        if "no-store" in response.headers.get("cache-control", ""):
            return
        if "etag" not in response.headers or len(response.content) > self._limit:
            return
        with self._lock:
            old = self._held.pop(url, None)
            self._size += len(response.content) - (len(old.content) if old is not None else 0)
            self._held[url] = response
            while self._size > self._limit:
                _, dropped = self._held.popitem(last=False)
                self._size -= len(dropped.content)
