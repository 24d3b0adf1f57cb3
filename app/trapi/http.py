"""TRAPI over HTTP, at ``/trapi/2.0/`` and ``/trapi/1.6/``.

Errors are as the standard has them: a status and a JSON string.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final

import orjson
import structlog
from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from app.model.errors import (
    BadInput,
    EviPathError,
    NotFound,
    TooLarge,
    Unauthorized,
    Unavailable,
)
from app.services import accounts
from app.services.callbacks import Callbacks
from app.trapi.later import put_in_line, status_of
from app.trapi.meta import meta_knowledge_graph
from app.trapi.parts import NotImplementedHere, Parts
from app.trapi.versions import VERSIONS, Version

BASE: Final = "/trapi"
AT_ONCE: Final = 4
"""Queries that are answered at the same time; others wait."""

log = structlog.get_logger("evipath.trapi")

_STATUS: Final[tuple[tuple[type[EviPathError], int], ...]] = (
    (TooLarge, 413),
    (BadInput, 400),
    (NotFound, 404),
    (Unauthorized, 401),
    (NotImplementedHere, 501),
    (Unavailable, 503),
)


class TrapiDoor:
    """The routes of both versions."""

    def __init__(self, parts: Parts, callbacks: Callbacks, notify: Callable[[], None]) -> None:
        self._parts = parts
        self._callbacks = callbacks
        self._notify = notify
        self._room: CapacityLimiter | None = None
        self.routes: Sequence[BaseRoute] = [
            route for version in VERSIONS for route in self._routes(version)
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Serve requests within the block."""
        self._room = CapacityLimiter(AT_ONCE)
        yield

    def _routes(self, version: Version) -> list[Route]:
        base = f"{BASE}/{version.name}"
        return [
            Route(f"{base}/query", partial(self._query, version), methods=["POST"]),
            Route(f"{base}/asyncquery", partial(self._later, version), methods=["POST"]),
            Route(f"{base}/asyncquery_status/{{job_id}}", self._status, methods=["GET"]),
            Route(f"{base}/meta_knowledge_graph", self._meta, methods=["GET"]),
        ]

    async def _query(self, version: Version, request: Request) -> Response:
        body = await request.body()
        return await self._answered(request, lambda: self._parts.answer(version, _json(body)))

    async def _later(self, version: Version, request: Request) -> Response:
        body = await request.body()

        def queued() -> Any:
            made = put_in_line(self._parts, self._callbacks, version, _json(body))
            self._notify()
            return made

        return await self._answered(request, queued)

    async def _status(self, request: Request) -> Response:
        job_id: str = request.path_params["job_id"]
        return await self._answered(request, lambda: status_of(self._parts.store.accounts, job_id))

    async def _meta(self, request: Request) -> Response:
        def made() -> Any:
            with self._parts.store.view() as view:
                return meta_knowledge_graph(self._parts.reasoner, view)

        return await self._answered(request, made)

    async def _answered(self, request: Request, work: Callable[[], Any]) -> Response:
        def checked() -> Response:
            self._may_read(request)
            return _response(200, work())

        try:
            return await to_thread.run_sync(checked, limiter=self._room)
        except EviPathError as error:
            return _refusal(error)
        except Exception as error:
            log.exception("unexpected error", path=request.url.path, error=repr(error))
            return _response(500, "The service failed; the fault was logged.")

    def _may_read(self, request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if token:
            if scheme.lower() != "bearer":
                raise Unauthorized("The Authorization header is not of the form 'Bearer TOKEN'.")
            accounts.authenticate(self._parts.store.accounts, token.strip())
        elif self._parts.require_token:
            raise Unauthorized("This service asks its readers for a token, too.")


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"The body is no JSON: {error}.") from error


def _refusal(error: EviPathError) -> Response:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    response = _response(status, str(error))
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Unauthorized):
        response.headers["WWW-Authenticate"] = 'Bearer realm="evipath"'
    return response


def _response(status: int, body: Any) -> Response:
    return Response(orjson.dumps(body), status_code=status, media_type="application/json")
