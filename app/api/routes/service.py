"""The service itself: schema, counts, who am I, health, figures."""

from functools import cache
from importlib.resources import files

import anyio
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from app.api import answers, etags
from app.api.answers import JSON, AsOf
from app.api.auth import Caller, Parts, reader
from app.api.middleware import Meters
from app.api.openapi import problems
from app.model.errors import EviPathError, Unavailable
from app.model.vocabulary import Role
from app.services import stats
from app.services.stats import Stats

READY_SECONDS = 5.0

router = APIRouter(prefix="/api/v1", tags=["service"])


class Health(BaseModel):
    """The process is alive."""

    status: str
    version: str


class Readiness(BaseModel):
    """The service can answer: each part with its state."""

    status: str
    parts: dict[str, str]


class Me(BaseModel):
    """Who asks: without a token, anybody, who may read."""

    name: str | None
    role: Role
    authenticated: bool


@router.get(
    "/schema",
    operation_id="get_schema",
    summary="The typed graph",
    responses={
        200: {
            "description": "Categories, slots, vocabularies, and edge types with domain and range.",
            "content": {JSON: {"schema": {"type": "object"}}},
        },
        **problems(),
    },
    dependencies=[Depends(reader)],
)
def get_schema(request: Request, parts: Parts) -> Response:
    """As LinkML holds it, with its mappings to Biolink, ECO and SEPIO."""
    body = _schema()
    tag = etags.tag_of(parts.config.version, "schema")
    return etags.not_modified(request, tag) or Response(
        body, media_type=JSON, headers=etags.headers_of(tag)
    )


@cache
def _schema() -> bytes:
    return files("app.model").joinpath("schema.json").read_bytes()


@router.get(
    "/stats",
    operation_id="get_stats",
    summary="How much the graph holds",
    response_model=Stats,
    responses=problems(404),
    dependencies=[Depends(reader)],
)
def get_stats(request: Request, parts: Parts, as_of: AsOf = None) -> Response:
    """Count articles, entities, claims by status, edges, decisions and revisions."""
    asked = answers.asked(parts, request, as_of, None)

    def compute() -> Stats:
        with parts.store.view(asked.revision.number) as view:
            return stats.stats(view)

    return answers.answer(parts, request, asked.snapshot, compute)


@router.get(
    "/me",
    operation_id="get_me",
    summary="Who am I?",
    response_model=Me,
    responses=problems(),
)
def get_me(user: Caller) -> Response:
    """Name and role of the token's owner; without a token, a reader without a name."""
    if user is None:
        return answers.plain(Me(name=None, role=Role.READER, authenticated=False))
    return answers.plain(Me(name=user.name, role=user.role, authenticated=True))


@router.get(
    "/healthz",
    operation_id="healthz",
    summary="Is the process alive?",
    response_model=Health,
    responses=problems(),
)
async def healthz(parts: Parts) -> Response:
    """Says nothing of the store; see readyz."""
    return answers.plain(Health(status="ok", version=parts.config.version))


@router.get(
    "/readyz",
    operation_id="readyz",
    summary="Can the service answer?",
    response_model=Readiness,
    responses=problems(),
)
async def readyz(request: Request, parts: Parts) -> Response:
    """503 names the part that can't answer."""
    # Threads of its own: a pool full of long questions does not make the service unready.
    limiter: CapacityLimiter = request.app.state.ready_limiter
    try:
        with anyio.fail_after(READY_SECONDS):
            await run_sync(parts.store.head, limiter=limiter, abandon_on_cancel=True)
    except TimeoutError as error:
        detail = f"no answer within {READY_SECONDS:.0f} s"
        raise Unavailable("store", detail, parts.config.retry_after) from error
    except Unavailable as error:
        raise Unavailable("store", str(error), error.retry_after) from error
    except EviPathError as error:
        raise Unavailable("store", str(error), parts.config.retry_after) from error
    return answers.plain(Readiness(status="ready", parts={"store": "ok"}))


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={
        200: {
            "description": "Prometheus' text format.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **problems(),
    },
)
async def metrics(request: Request) -> Response:
    """Show requests and their times by method, route and status."""
    meters: Meters = request.app.state.meters
    return Response(
        generate_latest(meters.registry),
        headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"},
    )
