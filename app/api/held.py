"""The short way for a question that was just answered: same question, same revision, same bytes.

The full way checks parameters, rights and form of answer each time. An anonymous GET that passed
all that once, and that the same snapshot answers, needs none of it again: the held answer is sent
after one look at the store's revision. Requests that come at the same time share the look.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import etags
from app.api.answers import JSON
from app.api.container import Container
from app.api.strict import acceptable
from app.model.errors import EviPathError
from app.model.history import Revision
from app.services.revisions import snapshot_of

PATHS: Final = frozenset({"/api/v1/ask", "/api/v1/reasoning/interventions"})
"""The questions whose answers are held by snapshot and question alone."""

REMEMBERED: Final = 1024
"""How many questions are known to have been answered."""


@dataclass(frozen=True, slots=True)
class _Route:
    """Names the path in the service's figures, as the router would."""

    path: str


class SharedLook:
    """One look at the last revision for all who wait for it.

    A look that began before a request came may have missed a write that the request must see, so
    a request waits for a look that begins after it.
    """

    def __init__(self, head: Callable[[], Revision]) -> None:
        self._head = head
        self._running: asyncio.Task[Revision] | None = None
        self._next: asyncio.Task[Revision] | None = None

    async def now(self) -> Revision:
        """Return the last revision, as seen by a look that begins after this call."""
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._running))
        return await asyncio.shield(self._next)

    async def _after(self, running: asyncio.Task[Revision] | None) -> Revision:
        if running is not None:
            await asyncio.wait([running])
        self._running, self._next = self._next, None
        return await run_in_threadpool(self._head)


class HeldAnswers:
    """Send the held answer to a question that was answered before; pass on everything else."""

    def __init__(self, app: ASGIApp, parts: Container) -> None:
        self._app = app
        self._parts = parts
        self._answered: OrderedDict[bytes, None] = OrderedDict()
        self._look = SharedLook(self._head)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not self._may_be_held(scope):
            await self._app(scope, receive, send)
            return
        key = scope["path"].encode() + b"?" + scope["query_string"]
        if key not in self._answered:
            await self._app(scope, receive, self._remembering(key, send))
            return
        self._answered.move_to_end(key)
        response = await self._held(Request(scope))
        if response is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = _Route(scope["path"])
        await response(scope, receive, send)

    def _head(self) -> Revision:
        return self._parts.store.head()

    def _may_be_held(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in PATHS:
            return False
        headers = Headers(scope=scope)
        anonymous = "authorization" not in headers and not self._parts.config.require_token
        return anonymous and acceptable(headers, frozenset({JSON}))

    async def _held(self, request: Request) -> Response | None:
        try:
            snapshot = snapshot_of(await self._look.now())
            tag = etags.answer_tag(snapshot, etags.canonical_question(request))
            fresh = etags.not_modified(request, tag)
        except EviPathError:
            # The full way meets the same fault and says it as a problem document.
            return None
        held = self._parts.cache.get(tag, snapshot.id)
        if held is None:
            return None
        if fresh is not None:
            return fresh
        return Response(held.body, media_type=JSON, headers=etags.headers_of(tag) | held.headers)

    def _remembering(self, key: bytes, send: Send) -> Send:
        async def remember(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                self._answered[key] = None
                while len(self._answered) > REMEMBERED:
                    self._answered.popitem(last=False)
            await send(message)

        return remember
