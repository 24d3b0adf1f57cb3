"""What every operation refuses, read from what its route declares.

Unknown parameters, single parameters that are given twice, and requests for a form of answer that
the operation does not have.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
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
    if not accept.strip() or accept == "*/*" or accept in produces:
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
    known: dict[str, Operation] = request.app.state.operations
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return None
    operation = known.get(route.unique_id)
    if operation is None:
        operation = known[route.unique_id] = _operation(route)
    return operation


def _refuse(names: list[str], what: str, hint: str) -> None:
    if names:
        raise BadInput(
            f"{', '.join(names)}: {what}; {hint}.",
            [FieldError(f"/query/{name}", what) for name in names],
        )


def _operation(route: APIRoute) -> Operation:
    query = dict(_query_parameters(route.dependant))
    extra = route.openapi_extra or {}
    body = extra.get("requestBody", {}).get("content", {})
    described = next((r for s, r in route.responses.items() if str(s).startswith("2")), {})
    return Operation(
        parameters=frozenset(query),
        repeatable=frozenset(name for name, type_ in query.items() if get_origin(type_) is list),
        consumes=frozenset([JSON]) if route.body_field is not None else frozenset(body),
        later=frozenset(extra.get(LATER, ())),
        produces=frozenset(described.get("content", {JSON: None})),
    )


def _query_parameters(dependant: Dependant) -> Iterator[tuple[str, object]]:
    """Yield the name and type of each query parameter, those of dependencies too."""
    for field in dependant.query_params:
        yield field.alias, field.field_info.annotation
    for inner in dependant.dependencies:
        yield from _query_parameters(inner)


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
