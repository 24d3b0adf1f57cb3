"""The two clients: one that waits for each answer, one for an event loop."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from evipath_client import _forward, _jobs, _questions, _reading, _writing
from evipath_client._bind import Operation, Paged, calling
from evipath_client._cache import AnswerCache
from evipath_client._calls import AsOf, text
from evipath_client._core import Core, Retry, failed
from evipath_client._files import replacing
from evipath_client._version import __version__
from evipath_client._wire import Flow, ReadAll, Send, Sleep
from evipath_client.models import Snapshot
from evipath_client.pages import AsyncRunner, Runner

R = TypeVar("R")

DEFAULT_URL = "http://127.0.0.1:8000"
MEBIBYTE = 1024 * 1024
TIMEOUT = httpx.Timeout(120.0, connect=10.0)
"""A question may wait for its turn before it is searched; both have the service's deadline."""


class Operations:
    """Everything that can be asked; the same for both clients."""

    interventions = calling(_questions.interventions)
    all_interventions = Paged(_questions.all_interventions)
    means = calling(_questions.means)
    why = calling(_questions.why)
    bypass = calling(_questions.bypass)
    matrix = calling(_questions.matrix)
    contrast = calling(_questions.contrast)
    requirements = calling(_questions.requirements)
    consequences = calling(_forward.consequences)
    all_consequences = Paged(_forward.all_consequences)
    signature = calling(_forward.signature)
    consequences_graph = calling(_forward.consequences_graph)
    bundle = calling(_questions.bundle)
    ask = calling(_questions.ask)
    batch = Operation(_questions.batch)
    paths = calling(_questions.paths)
    simulate = Operation(_questions.simulate)

    search_entities = Paged(_reading.search_entities)
    entity = calling(_reading.entity)
    neighbours = Paged(_reading.neighbours)
    ground = Operation(_reading.ground)

    claims = Paged(_reading.claims)
    claim = calling(_reading.claim)
    claim_history = calling(_reading.claim_history)
    conflicts = Paged(_reading.conflicts)
    add_claim = calling(_writing.add_claim)
    decide_claim = Operation(_writing.decide_claim)

    articles = Paged(_reading.articles)
    article = calling(_reading.article)
    article_history = calling(_reading.article_history)
    decide_article = Operation(_writing.decide_article)
    ingest = Operation(_writing.ingest)
    fetch = Operation(_writing.fetch)
    extract = calling(_writing.extract)

    graph = calling(_reading.graph)
    revisions = Paged(_reading.revisions)
    changes = Paged(_reading.changes)
    stats = calling(_reading.stats)
    schema = calling(_reading.schema)
    me = calling(_reading.me)
    health = calling(_reading.health)
    ready = calling(_reading.ready)

    job = calling(_jobs.job)
    jobs = Paged(_jobs.jobs)
    cancel_job = calling(_jobs.cancel_job)
    wait = Operation(_jobs.wait)


class Client(Operations, Runner):
    """A client that waits for each answer; use it in a ``with`` block, or close it.

    ``url`` is the address of the service and ``token`` yours there, if you have one; by default
    they come from ``EVIPATH_URL`` and ``EVIPATH_TOKEN``. ``timeout`` is in seconds, for an answer
    to begin; ``cache`` is how many bytes of answers are kept to be asked for by their tag, 0 for
    none. One client may be used by several threads.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        token: str | None = None,
        timeout: float | httpx.Timeout = TIMEOUT,
        retry: Retry | None = None,
        cache: int = 16 * MEBIBYTE,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        http = httpx.Client(
            base_url=_address(url), headers=_headers(token), timeout=timeout, transport=transport
        )
        self.core = Core(http, retry or Retry(), AnswerCache(cache) if cache else None)
        self._http = http

    def run(self, flow: Flow[R]) -> R:
        """Take the steps of a flow one after the other."""
        with closing(flow):
            try:
                step = next(flow)
                while True:
                    try:
                        done = self._take(step)
                    except httpx.RequestError as error:
                        step = flow.throw(error)
                    else:
                        step = flow.send(done)
            except StopIteration as end:
                result: R = end.value
                return result

    def at(self, as_of: AsOf = None) -> Self:
        """Return this client pinned: to a snapshot, a revision, a time, a day, or to now.

        Both share their connections: close only this one. With a snapshot, each answer is held
        against it, and one of another graph raises :class:`~evipath_client.SnapshotMismatch`.
        """
        wanted = self.snapshot() if as_of is None else as_of
        return self._with(self.core.at(_pin(wanted)))

    def snapshot(self) -> Snapshot:
        """Return the snapshot that answers are from: the pinned one, or the present one."""
        return self.stats().snapshot

    @contextmanager
    def stream_export(
        self,
        format: str,  # noqa: A002
        *,
        as_of: AsOf = None,
        **which: Any,
    ) -> Iterator[Iterator[bytes]]:
        """Lend the chunks of an export as they arrive.

        ``which`` are the filters of :meth:`claims`; without one it is the whole graph.
        """
        call = _reading.export_call(format, as_of=as_of, **which)
        response = self.run(self.core.open(call))
        try:
            yield _told(response.iter_bytes(), response)
        finally:
            response.close()

    def export(
        self,
        format: str,  # noqa: A002
        path: str | Path,
        *,
        as_of: AsOf = None,
        **which: Any,
    ) -> Path:
        """Write an export, as :meth:`stream_export` lends it, into a file.

        The file is there only when it is whole.
        """
        whole = self.stream_export(format, as_of=as_of, **which)
        with replacing(Path(path)) as file, whole as chunks:
            for chunk in chunks:
                file.write(chunk)
        return Path(path)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def __enter__(self) -> Self:
        """Begin a block at whose end the client is closed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the client."""
        self.close()

    def _with(self, core: Core) -> Self:
        made = object.__new__(type(self))
        made.core, made._http = core, self._http
        return made

    def _take(self, step: Send | Sleep | ReadAll) -> httpx.Response | bytes | None:
        match step:
            case Send(request, stream):
                return self._http.send(request, stream=stream)
            case ReadAll(response):
                return response.read()
            case Sleep(seconds):
                time.sleep(seconds)
        return None


class AsyncClient(Operations, AsyncRunner):
    """The same for an event loop: ``await`` each answer, iterate with ``async for``."""

    def __init__(
        self,
        url: str | None = None,
        *,
        token: str | None = None,
        timeout: float | httpx.Timeout = TIMEOUT,
        retry: Retry | None = None,
        cache: int = 16 * MEBIBYTE,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        http = httpx.AsyncClient(
            base_url=_address(url), headers=_headers(token), timeout=timeout, transport=transport
        )
        self.core = Core(http, retry or Retry(), AnswerCache(cache) if cache else None)
        self._http = http

    async def run(self, flow: Flow[R]) -> R:
        """Take the steps of a flow one after the other."""
        with closing(flow):
            try:
                step = next(flow)
                while True:
                    try:
                        done = await self._take(step)
                    except httpx.RequestError as error:
                        step = flow.throw(error)
                    else:
                        step = flow.send(done)
            except StopIteration as end:
                result: R = end.value
                return result

    async def at(self, as_of: AsOf = None) -> Self:
        """Return this client pinned, as :meth:`Client.at` does."""
        wanted = await self.snapshot() if as_of is None else as_of
        return self._with(self.core.at(_pin(wanted)))

    async def snapshot(self) -> Snapshot:
        """Return the snapshot that answers are from: the pinned one, or the present one."""
        return (await self.stats()).snapshot

    @asynccontextmanager
    async def stream_export(
        self,
        format: str,  # noqa: A002
        *,
        as_of: AsOf = None,
        **which: Any,
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """Lend the chunks of an export as :meth:`Client.stream_export` does."""
        call = _reading.export_call(format, as_of=as_of, **which)
        response = await self.run(self.core.open(call))
        try:
            yield _async_told(response.aiter_bytes(), response)
        finally:
            await response.aclose()

    async def export(
        self,
        format: str,  # noqa: A002
        path: str | Path,
        *,
        as_of: AsOf = None,
        **which: Any,
    ) -> Path:
        """Write an export into a file as :meth:`Client.export` does."""
        with replacing(Path(path)) as file:
            async with self.stream_export(format, as_of=as_of, **which) as chunks:
                async for chunk in chunks:
                    file.write(chunk)
        return Path(path)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        """Begin a block at whose end the client is closed."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the client."""
        await self.close()

    def _with(self, core: Core) -> Self:
        made = object.__new__(type(self))
        made.core, made._http = core, self._http
        return made

    async def _take(self, step: Send | Sleep | ReadAll) -> httpx.Response | bytes | None:
        match step:
            case Send(request, stream):
                return await self._http.send(request, stream=stream)
            case ReadAll(response):
                return await response.aread()
            case Sleep(seconds):
                await asyncio.sleep(seconds)
        return None


def _address(url: str | None) -> str:
    found = url or os.environ.get("EVIPATH_URL") or DEFAULT_URL
    if not found.startswith(("http://", "https://")):
        raise ValueError(
            f"{found!r} is no address of a service: it begins with http:// or https://. A store "
            "on this machine is opened by evipath_client.open."
        )
    return found.rstrip("/")


def _headers(token: str | None) -> dict[str, str]:
    secret = token or os.environ.get("EVIPATH_TOKEN")
    named = {"User-Agent": f"evipath-client/{__version__}", "Accept": "application/json, */*;q=0.5"}
    return {**named, "Authorization": f"Bearer {secret}"} if secret else named


def _pin(as_of: AsOf) -> Snapshot | str:
    return as_of if isinstance(as_of, Snapshot) else text(as_of)


def _told(chunks: Iterator[bytes], response: httpx.Response) -> Iterator[bytes]:
    try:
        yield from chunks
    except httpx.RequestError as error:
        raise failed(error, response.request) from error


async def _async_told(
    chunks: AsyncIterator[bytes], response: httpx.Response
) -> AsyncIterator[bytes]:
    try:
        async for chunk in chunks:
            yield chunk
    except httpx.RequestError as error:
        raise failed(error, response.request) from error
