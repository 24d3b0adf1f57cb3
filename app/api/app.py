"""The application: its operations, what stands around them, and the page."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from anyio import CapacityLimiter
from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute, Mount, Route

from app.api import docs_page, problems
from app.api.assets import Assets
from app.api.container import Container
from app.api.held import HeldAnswers
from app.api.limits import BodyLimit
from app.api.middleware import AroundRequests, Meters
from app.api.openapi import DESCRIPTION, document
from app.api.routes import (
    account,
    articles,
    ask,
    claims,
    deciding,
    entities,
    fetching,
    following,
    graph,
    history,
    jobs,
    reasoning,
    service,
    signatures,
    simulating,
    users,
)
from app.api.searches import Searches
from app.api.strict import strict

ROUTES = (
    reasoning, following, signatures, deciding, simulating, ask, articles, fetching, claims,
    entities, graph, history, jobs, account, users, service,
)  # fmt: skip

TAGS = [
    {"name": "reasoning", "description": "Questions and their answers."},
    {"name": "articles", "description": "Documents go in, articles come out."},
    {"name": "claims", "description": "What articles say, and what curators decided."},
    {"name": "entities", "description": "What claims are about."},
    {"name": "graph", "description": "Parts of the graph, bundles and exports."},
    {"name": "history", "description": "Revisions and changes."},
    {"name": "jobs", "description": "Long work."},
    {"name": "account", "description": "Signing in, and one's tokens."},
    {"name": "users", "description": "Who may do what; for admins."},
    {"name": "service", "description": "The service itself."},
]

COMPRESSED_FROM = 1024
"""Answers of at least this many bytes are compressed for clients that take gzip.

Server-sent events, archives, fonts and pictures are sent as they are.
"""

COMPRESSION_LEVEL = 5

PLACES = (
    "/",
    "/index.html",
    "/graph",
    "/decide",
    "/curate",
    "/ingest",
    "/account",
    "/entity/{id:path}",
    "/article/{id:path}",
    "/claim/{id}",
)
"""The addresses that the page itself reads; the same page answers all of them."""

_NO_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>EviPath</title></head>'
    "<body><main><h1>EviPath</h1><p>The page is not built in this checkout; run make web. "
    'The REST interface is at <a href="/docs">/docs</a>.</p></main></body></html>'
)


class Api(FastAPI):
    """FastAPI with our OpenAPI document."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI 3.1 document."""
        return document(self)


class Door(Protocol):
    """A further door of the service: its routes, and what runs while the service does."""

    routes: Sequence[BaseRoute]

    def running(self) -> AbstractAsyncContextManager[None]:
        """Serve the routes within the block."""


def create_app(container: Container, doors: Sequence[Door] = ()) -> FastAPI:
    """Return the ASGI application over the parts of a service, with ``doors`` beside REST.

    Starting it starts the jobs; its end stops them and closes the store.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        config = container.config
        app.state.ready_limiter = CapacityLimiter(2)
        app.state.searches = Searches(
            config.searches, config.searches_waiting, config.deadline, config.retry_after
        )
        container.start()
        try:
            async with AsyncExitStack() as open_doors:
                for door in doors:
                    await open_doors.enter_async_context(door.running())
                yield
        finally:
            app.state.searches.close()
            container.close()

    app = Api(
        title="EviPath",
        version=container.config.version,
        summary="A literature-curated knowledge graph that answers mechanism questions.",
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(strict)],
        lifespan=lifespan,
    )
    meters = Meters()
    app.state.container = container
    app.state.meters = meters
    app.state.operations = {}
    problems.install(app)
    app.state.routes = [route for route in _pages() if isinstance(route, Route)]
    for part in ROUTES:
        app.include_router(part.router)
        app.state.routes += [route for route in part.router.routes if isinstance(route, Route)]
    for door in doors:
        app.router.routes.extend(door.routes)
        app.state.routes += [route for route in door.routes if isinstance(route, Route)]
    app.router.routes.extend(_pages())
    # The last one added is the outermost: a refused body is logged and measured, too.
    app.add_middleware(HeldAnswers, parts=container)
    app.add_middleware(BodyLimit, limit=container.config.body_limit)
    app.add_middleware(
        GZipMiddleware, minimum_size=COMPRESSED_FROM, compresslevel=COMPRESSION_LEVEL
    )
    app.add_middleware(AroundRequests, meters=meters)
    return app


def _pages() -> list[Route | Mount]:
    """Return what is served beside the operations: the documents, the page if it is built."""
    static = Path(str(files("app.web").joinpath("static")))
    found: list[Route | Mount] = [
        Route("/openapi.json", _openapi),
        Route("/docs", _docs),
    ]
    if not (static / "index.html").is_file():
        return [*found, Route("/", _no_page)]

    def page(_: Request) -> Response:
        return FileResponse(static / "index.html", headers={"Cache-Control": "no-cache"})

    return [
        *found,
        *(Route(path, page) for path in PLACES),
        Mount("/assets", Assets(directory=static / "assets", check_dir=False)),
    ]


def _openapi(request: Request) -> Response:
    return JSONResponse(request.app.openapi(), headers={"Cache-Control": "no-cache"})


def _docs(request: Request) -> Response:
    return HTMLResponse(
        docs_page.render(request.app.openapi()),
        headers={"Content-Security-Policy": docs_page.POLICY, "Cache-Control": "no-cache"},
    )


def _no_page(_: Request) -> Response:
    return HTMLResponse(_NO_PAGE)
