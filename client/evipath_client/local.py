"""A store on this machine, without a server: the service itself, called in this process.

Needs the extra ``local``, which installs the service. Questions take the very way that they take
over the network, from the address to the answer's bytes; only the network is left out.
"""

from __future__ import annotations

import getpass
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import anyio.from_thread
import httpx

from evipath_client._core import Retry
from evipath_client.client import AsyncClient, Client

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal
    from fastapi import FastAPI

URL = "http://local"


@contextmanager
def open(  # noqa: A001 - evipath_client.open is the point
    store: str, *, name: str | None = None, retry: Retry | None = None
) -> Iterator[Client]:
    """Lend a client of the store at an address such as ``sqlite:///graph.db``.

    A SQLite store that is not there is made, empty. What is written is written as a curator in
    the name of ``name``, by default the login name: whoever may open the file may write it.
    """
    app = _application(store, name)
    with ExitStack() as stack:
        portal = stack.enter_context(anyio.from_thread.start_blocking_portal())
        stack.enter_context(portal.wrap_async_context_manager(app.router.lifespan_context(app)))
        transport = _Bridge(portal, httpx.ASGITransport(app=app))
        client = Client(URL, retry=retry, cache=0, transport=transport)
        yield stack.enter_context(client)


@asynccontextmanager
async def open_async(
    store: str, *, name: str | None = None, retry: Retry | None = None
) -> AsyncIterator[AsyncClient]:
    """Lend an ``async`` client of a store, as :func:`open` does."""
    app = await anyio.to_thread.run_sync(_application, store, name)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with AsyncClient(URL, retry=retry, cache=0, transport=transport) as client:
            yield client


class _Bridge(httpx.BaseTransport):
    """Lets a plain client speak to an application that runs in an event loop of its own."""

    def __init__(self, portal: BlockingPortal, inner: httpx.ASGITransport) -> None:
        self._portal = portal
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and return the whole response."""
        return self._portal.call(self._handled, request)

    async def _handled(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        headers = {**request.headers, "accept-encoding": "identity"}
        asked = httpx.Request(request.method, request.url, headers=headers, content=body)
        response = await self._inner.handle_async_request(asked)
        content = b"".join([chunk async for chunk in response.aiter_raw()])
        return httpx.Response(
            response.status_code, headers=response.headers, stream=httpx.ByteStream(content)
        )


def _application(store: str, name: str | None) -> FastAPI:
    try:
        from app.api.app import create_app
        from app.api.auth import caller
        from app.bootstrap import build
        from app.settings import Settings
    except ImportError as error:
        raise ImportError(
            "A local store needs the service: pip install 'evipath-client[local]'"
        ) from error
    app = create_app(build(Settings(store=store)))
    app.dependency_overrides[caller] = _owner(name or getpass.getuser())
    return app


def _owner(name: str) -> Callable[[], Any]:
    from app.model.account import User
    from app.model.vocabulary import Role

    user = User(name=name, role=Role.CURATOR, created_at=datetime.now(UTC))
    return lambda: user
