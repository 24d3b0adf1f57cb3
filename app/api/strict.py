"""What every operation refuses, read from the OpenAPI document, which is the contract.

Unknown parameters, single parameters that are given twice, and requests for a form of answer that
the operation does not have.
"""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from starlette.datastructures import Headers

from app.api.problems import NotAcceptable, NotSupported
from app.model.errors import BadInput, FieldError

JSON = "application/json"

LATER = "x-later-parameters"
"""Where an operation's description names the parameters that a later version answers."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation takes and gives: its query parameters, its media types.

    ``later`` are parameters that the contract names and this version does not answer.
    """

    parameters: frozenset[str]
    repeatable: frozenset[str]
    later: frozenset[str]
    produces: frozenset[str]
    consumes: frozenset[str]


def operations_of(app: FastAPI) -> dict[tuple[str, str], Operation]:
    """Return every documented operation by its method and the template of its path."""
    return {
        (method.upper(), path): _operation(described)
        for path, methods in app.openapi()["paths"].items()
        for method, described in methods.items()
    }


def strict(request: Request) -> None:
    """Refuse what the operation that was asked does not know."""
    operation = _asked(request)
    if operation is None:
        return
    given = [name for name, _ in request.query_params.multi_items()]
    _refuse(
        sorted(set(given) & operation.later),
        "not answered by this version",
        "leave it out",
    )
    _refuse(
        sorted(set(given) - operation.parameters),
        "unknown parameter",
        f"known here: {', '.join(sorted(operation.parameters)) or 'none'}",
    )
    twice = {name for name in given if given.count(name) > 1}
    _refuse(sorted(twice - operation.repeatable), "given more than once", "give it once")
    if operation.consumes == {JSON} and not _is_json(request.headers):
        raise NotSupported(f"Send the body as {JSON}, and say so in Content-Type.")
    if operation.produces and not acceptable(request.headers, operation.produces):
        raise NotAcceptable(f"The answer comes as {', '.join(sorted(operation.produces))}.")


def acceptable(headers: Headers, produces: frozenset[str]) -> bool:
    """Tell whether ``Accept`` allows one of the media types; without the header it does."""
    accept = ",".join(headers.getlist("accept"))
    if not accept.strip():
        return True
    for part in accept.split(","):
        wanted, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if any(_is_zero(parameter) for parameter in parameters):
            continue
        kind, _, form = wanted.partition("/")
        if any(
            wanted in ("*/*", "*", produced) or (form == "*" and produced.startswith(f"{kind}/"))
            for produced in produces
        ):
            return True
    return False


def _asked(request: Request) -> Operation | None:
    known: dict[tuple[str, str], Operation] | None
    known = getattr(request.app.state, "operations", None)
    if known is None:
        known = request.app.state.operations = operations_of(request.app)
    route = request.scope.get("route")
    method = "GET" if request.method == "HEAD" else request.method
    return known.get((method, getattr(route, "path_format", "")))


def _refuse(names: list[str], what: str, hint: str) -> None:
    if names:
        raise BadInput(
            f"{', '.join(names)}: {what}; {hint}.",
            [FieldError(f"/query/{name}", what) for name in names],
        )


def _operation(described: dict[str, Any]) -> Operation:
    parameters = described.get("parameters", [])
    query = [parameter for parameter in parameters if parameter.get("in") == "query"]
    return Operation(
        parameters=frozenset(parameter["name"] for parameter in query),
        repeatable=frozenset(p["name"] for p in query if _is_array(p["schema"])),
        consumes=frozenset(described.get("requestBody", {}).get("content", {})),
        later=frozenset(described.get(LATER, ())),
        produces=frozenset(
            media_type
            for status, response in described["responses"].items()
            if status.startswith("2")
            for media_type in response.get("content", {})
        ),
    )


def _is_array(schema: dict[str, Any]) -> bool:
    choices = schema.get("anyOf", [schema])
    return any(choice.get("type") == "array" for choice in choices)


def _is_json(headers: Headers) -> bool:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == JSON or (
        media_type.startswith("application/") and media_type.endswith("+json")
    )


def _is_zero(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    try:
        return name.strip() == "q" and float(value) == 0.0
    except ValueError:
        return False
