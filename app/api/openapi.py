"""The OpenAPI document: FastAPI's, with the shared problem responses and an example of each."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app.api.examples import examples
from app.api.problems import MEDIA_TYPE, Problem

DESCRIPTION = """\
A literature-curated knowledge graph that answers mechanism questions by reasoning over paths of
claims. Every answer names the snapshot it was computed from and leads to the sentences it rests on.

Reading is open; writing needs a curator's token. Errors are problem documents (RFC 9457).
Lists have `limit`, `next` and `total`; answers have an `ETag`; `as_of` asks an earlier state.
"""

PROBLEMS: Mapping[int, str] = {
    400: "The request can't be read: broken JSON, a damaged cursor or entity tag.",
    401: "A valid token is needed.",
    403: "The token does not allow it.",
    404: "No such thing; `nearest` holds what may be meant.",
    406: "The answer has no such form.",
    409: "The present state does not allow it, or a name is ambiguous (`candidates`).",
    410: "The cursor's revision or code is no longer there.",
    412: "It changed since it was read.",
    413: "The body is over the limit.",
    415: "The body's form is not read here.",
    422: "The request can't be answered as it is; `errors` points at the fields.",
    428: "`If-Match` is needed.",
    429: "Too many requests at once; see `Retry-After`.",
    500: "The service failed; the fault was logged under `request_id`.",
    503: "A part of the service can't be reached; see `Retry-After`.",
}

_ALWAYS = (400, 401, 406, 422, 500, 503)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare the problems of an operation beside those that every operation has."""
    return {status: {"description": PROBLEMS[status]} for status in sorted({*_ALWAYS, *statuses})}


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document; made once, then kept."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            openapi_version="3.1.0",
            summary=app.summary,
            description=app.description,
            routes=app.routes,
            tags=app.openapi_tags,
            license_info=app.license_info,
        )
        components = made.setdefault("components", {})
        schemas = components.setdefault("schemas", {})
        _add_problem(schemas)
        components["responses"] = {_name(s): _shared(s) for s in PROBLEMS}
        shown = examples()
        open_to_read = not app.state.container.config.require_token
        for methods in made["paths"].values():
            for operation in methods.values():
                _finish(operation, shown, open_to_read)
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        app.openapi_schema = made
    return app.openapi_schema


_READING = frozenset({"extract_claims", "sign_out"})
"""What anybody may ask, though part of what can be asked for needs a role."""


def _finish(operation: dict[str, Any], shown: Mapping[str, Any], open_to_read: bool) -> None:
    responses = operation["responses"]
    if "403" in responses:
        # Whoever may be refused for want of a role writes, and writes have a limit.
        responses.setdefault("429", {})
    may_be_refused = "403" in responses and operation["operationId"] not in _READING
    if open_to_read and "security" in operation and not may_be_refused:
        # A token is looked at where one is sent, and not asked for.
        operation["security"] = [{}, *operation["security"]]
    for status in list(responses):
        if status.isdigit() and int(status) in PROBLEMS:
            responses[status] = {"$ref": f"#/components/responses/{_name(int(status))}"}
    example = shown.get(operation["operationId"])
    if example is None:
        return
    for status, response in responses.items():
        if status.startswith("2"):
            for content in response.get("content", {}).values():
                content["example"] = example


def _shared(status: int) -> dict[str, Any]:
    return {
        "description": PROBLEMS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _add_problem(schemas: dict[str, Any]) -> None:
    made = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(made.pop("$defs"))
    schemas["Problem"] = made


def _name(status: int) -> str:
    return f"Problem{status}"
