"""MCP over streamable HTTP, mounted on the service."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from app.mcp.parts import Parts
from app.mcp.server import make_server

PATH: Final = "/mcp"


class McpDoor:
    """The route at ``/mcp`` and what must run while it is open.

    No session is kept, so that any worker process answers any request; each answer is one JSON
    document.
    """

    def __init__(self, parts: Parts) -> None:
        server = make_server(parts, deciding=True)
        # Whose page may ask is decided here: behind a proxy, which Host is right is not known.
        server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        self._sessions = server.session_manager
        self.routes: Sequence[BaseRoute] = (Route(PATH, _OwnPages(self._sessions)),)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve requests within the block."""
        async with self._sessions.run():
            yield


class _OwnPages:
    """Let programs ask, and of pages in a browser only those of this very service."""

    def __init__(self, sessions: StreamableHTTPSessionManager) -> None:
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is not None and origin.partition("://")[2] != headers.get("host"):
            refusal = JSONResponse(
                {
                    "jsonrpc": "2.0",
                    "id": None,
                    "error": {
                        "code": -32600,
                        "message": f"Pages of {origin} may not ask here: only this service's own.",
                    },
                },
                status_code=403,
            )
            await refusal(scope, receive, send)
            return
        await self._sessions.handle_request(scope, receive, send)
