"""Every error as a problem document (RFC 9457), made in this one place."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from app.model import errors
from app.model.claim import ClaimView
from app.model.decision import Decision

MEDIA_TYPE = "application/problem+json"

log = structlog.get_logger("evipath.api")


class ProblemField(BaseModel):
    """One wrong field: where it stands in the body or among the parameters, and what is wrong."""

    pointer: str = Field(description="JSON pointer into the body, or /query/NAME, /path/NAME …")
    detail: str


class ProblemEntity(BaseModel):
    """An entity that may be meant."""

    id: str
    name: str


class Problem(BaseModel):
    """Why a request was not answered, and what to do about it (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra={"description": "A problem document (RFC 9457)."})

    type: Annotated[str, Field(description="urn:evipath:problem:… names the kind of problem")]
    title: str
    status: int
    detail: str
    instance: Annotated[str, Field(description="the path that was asked")]
    request_id: str | None = None
    name: str | None = Field(
        default=None, description="the name or identifier of an entity that is unknown or ambiguous"
    )
    errors: list[ProblemField] | None = None
    candidates: list[ProblemEntity] | None = None
    nearest: list[ProblemEntity] | None = None
    can_be_asked: list[str] | None = None
    claim: ClaimView | None = Field(default=None, description="the claim as it stands now")
    decisions: list[Decision] | None = Field(
        default=None, description="all decisions on that claim, oldest first"
    )


class NotSupported(errors.BadInput):
    """The body is in a form that this operation does not read (415)."""


class NotAcceptable(errors.EviPathError):
    """None of the asked forms of answer can be given (406)."""


class TooManyRequests(errors.Unavailable):
    """More is asked at once than can be answered (429)."""


class Forged(errors.Forbidden):
    """A write with the browser's session that does not come from the page (403)."""


class Malformed(errors.BadInput):
    """The request can't be read at all (400)."""


_STATUS: tuple[tuple[type[Exception], int, str, str], ...] = (
    (NotAcceptable, 406, "not-acceptable", "No such form of answer"),
    (NotSupported, 415, "unsupported-media-type", "The body's form is not read here"),
    (Malformed, 400, "malformed", "The request can't be read"),
    (TooManyRequests, 429, "too-many-requests", "Too many requests"),
    (errors.TooLarge, 413, "too-large", "Over the limit"),
    (errors.ParseError, 422, "unreadable-document", "The document can't be read"),
    (errors.QuoteMismatch, 422, "quote-mismatch", "The quote does not stand in the text"),
    (errors.BadInput, 422, "bad-input", "The request can't be answered as it is"),
    (errors.NotFound, 404, "not-found", "No such thing"),
    (errors.Ambiguous, 409, "ambiguous", "The name means several entities"),
    (errors.PreconditionFailed, 412, "precondition-failed", "It changed since it was read"),
    (errors.PreconditionRequired, 428, "precondition-required", "If-Match is needed"),
    (errors.Conflict, 409, "conflict", "The present state does not allow it"),
    (errors.Unauthorized, 401, "unauthorized", "A valid token is needed"),
    (Forged, 403, "forged-request", "The request does not come from the page"),
    (errors.Forbidden, 403, "forbidden", "The token does not allow it"),
    (errors.Gone, 410, "gone", "It no longer answers"),
    (errors.Unavailable, 503, "unavailable", "A part of the service can't be reached"),
)

_PARAMETER = re.compile(r"\{[^}]*\}")

_HTTP_SLUGS = {
    400: ("malformed", "The request can't be read"),
    404: ("no-such-path", "No such path"),
    405: ("method-not-allowed", "The path does not know this method"),
    413: ("too-large", "Over the limit"),
}


def classify(error: Exception) -> tuple[int, str, str]:
    """Return status, slug and title of an error; 500 for one that was not foreseen."""
    for kind, status, slug, title in _STATUS:
        if isinstance(error, kind):
            return status, slug, title
    return 500, "internal", "The service failed"


def problem_of(
    request: Request, error: errors.EviPathError, beside: Mapping[str, object] | None = None
) -> Problem:
    """Return the problem that an error raised on purpose stands for, with members ``beside``."""
    status, slug, title = classify(error)
    members: dict[str, object] = dict(beside or {})
    if isinstance(error, errors.BadInput) and error.errors:
        members["errors"] = [{"pointer": e.pointer, "detail": e.detail} for e in error.errors]
    if isinstance(error, errors.Ambiguous):
        members["candidates"] = _entities(error.candidates)
    if isinstance(error, errors.Ambiguous | errors.NotFound) and error.name is not None:
        members["name"] = error.name
    if isinstance(error, errors.NotFound) and error.nearest:
        members["nearest"] = _entities(error.nearest)
    can_be_asked = getattr(error, "can_be_asked", None)
    if can_be_asked:
        members["can_be_asked"] = list(can_be_asked)
    return _problem(request, status, slug, title, str(error), members)


def problem_response(
    request: Request,
    status: int,
    slug: str,
    title: str,
    detail: str,
    *,
    members: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with a problem; ``members`` are those beside RFC 9457's own."""
    return _answer(_problem(request, status, slug, title, detail, members or {}), headers)


def of_error(
    request: Request, error: errors.EviPathError, beside: Mapping[str, object] | None = None
) -> Response:
    """Answer an error raised on purpose; ``beside`` are members beside those it has itself."""
    if classify(error)[0] == HTTPStatus.INTERNAL_SERVER_ERROR:
        return of_unexpected(request, error)
    headers: dict[str, str] = {}
    if isinstance(error, errors.Unauthorized):
        headers["WWW-Authenticate"] = 'Bearer realm="evipath"'
    if isinstance(error, errors.Unavailable):
        headers["Retry-After"] = str(error.retry_after)
        log.warning("unavailable", part=error.part, detail=str(error))
    return _answer(problem_of(request, error, beside), headers)


def of_unexpected(request: Request, error: Exception) -> Response:
    """Answer an error that nobody foresaw: logged with its trace, shown without it."""
    log.error("unexpected error", path=request.url.path, error=repr(error), exc_info=error)
    return problem_response(
        request,
        500,
        "internal",
        "The service failed",
        "The fault is on our side and was logged; please name the request_id when you report it.",
    )


def of_validation(
    request: Request, found: Sequence[Mapping[str, object]], *, body_errors: bool = True
) -> Response:
    """Turn pydantic's list of errors into one problem with a JSON pointer for each."""
    fields = [_field(error, body_errors=body_errors) for error in found]
    if any(error["type"] == "json_invalid" for error in found):
        return problem_response(
            request,
            400,
            "malformed",
            "The request can't be read",
            f"The body is not JSON: {_json_reason(found[0])}.",
            members={"errors": fields},
        )
    where = ", ".join(dict.fromkeys(field["pointer"] or "the body" for field in fields))
    return problem_response(
        request,
        422,
        "bad-input",
        "The request can't be answered as it is",
        f"Look at {where}: {fields[0]['detail']}" if fields else "The request is not valid.",
        members={"errors": fields},
    )


def install(app: FastAPI) -> None:
    """Let every error of the application be answered by a problem document."""

    def on_error(request: Request, error: Exception) -> Response:
        return of_error(request, cast("errors.EviPathError", error))

    def on_validation(request: Request, error: Exception) -> Response:
        return of_validation(request, cast("RequestValidationError", error).errors())

    def on_http(request: Request, raised: Exception) -> Response:
        error = cast("HTTPException", raised)
        slug, title = _HTTP_SLUGS.get(
            error.status_code,
            (f"http-{error.status_code}", HTTPStatus(error.status_code).phrase),
        )
        detail = error.detail or title
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            detail = f"{request.url.path} does not know {request.method}."
            headers["Allow"] = ", ".join(_methods_of(app, request.url.path))
        elif error.status_code == HTTPStatus.NOT_FOUND:
            detail = f"There is nothing at {request.url.path}; see /docs for what there is."
        return problem_response(request, error.status_code, slug, title, detail, headers=headers)

    app.add_exception_handler(errors.EviPathError, on_error)
    app.add_exception_handler(RequestValidationError, on_validation)
    app.add_exception_handler(HTTPException, on_http)


def _methods_of(app: FastAPI, path: str) -> list[str]:
    """Return the methods of every operation at a path; several routes may share it.

    Of the templates that fit, the one that writes out most is meant: ``/entities/ground`` before
    ``/entities/{curie}``.
    """
    routes: list[Route] = app.state.routes
    fitting = [route for route in routes if route.path_regex.match(path)]
    written = max((_written_out(route) for route in fitting), default=0)
    meant = [route for route in fitting if _written_out(route) == written]
    return sorted({method for route in meant for method in route.methods or ()})


def _written_out(route: Route) -> int:
    return len(_PARAMETER.sub("", route.path))


def _problem(
    request: Request,
    status: int,
    slug: str,
    title: str,
    detail: str,
    members: Mapping[str, object],
) -> Problem:
    return Problem.model_validate(
        {
            "type": f"urn:evipath:problem:{slug}",
            "title": title,
            "status": status,
            "detail": detail,
            "instance": request.url.path,
            "request_id": request.scope.get("state", {}).get("request_id"),
            **members,
        }
    )


def _answer(problem: Problem, headers: Mapping[str, str] | None) -> Response:
    # What a member holds keeps its nulls: a claim has one shape wherever it appears.
    absent = {name for name in Problem.model_fields if getattr(problem, name) is None}
    return Response(
        problem.model_dump_json(exclude=absent),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def _entities(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"id": identifier, "name": name} for identifier, name in pairs]


def _field(error: Mapping[str, object], *, body_errors: bool) -> dict[str, str]:
    where = cast("tuple[int | str, ...]", error["loc"])
    parts = [str(part) for part in where]
    if parts and parts[0] == "body" and body_errors:
        parts = parts[1:]
    pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)
    return {"pointer": pointer, "detail": str(error["msg"])}


def _json_reason(error: Mapping[str, object]) -> str:
    context = error.get("ctx")
    reason = context.get("error") if isinstance(context, Mapping) else None
    where = cast("tuple[int | str, ...]", error["loc"])
    return f"{reason} at character {where[-1]}"
