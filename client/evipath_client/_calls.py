"""How calls are put together: parameters, bodies, and how answers are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel

from evipath_client._wire import Call, Query
from evipath_client.models import Intervention, InterventionAnswer, Snapshot
from evipath_client.pages import Listing

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")

BASE = "/api/v1"

AsOf: TypeAlias = Snapshot | int | str | None
"""A snapshot, the number of a revision, an RFC 3339 time or a day."""

Many: TypeAlias = str | Iterable[str]
"""One text or several."""


def get(
    operation: str, path: str, model: type[M], *, pin: bool = True, **parameters: object
) -> Call[M]:
    """Return the call of an operation that reads."""
    return reading(operation, path, model_of(model), pin=pin, **parameters)


def reading(
    operation: str,
    path: str,
    read: Callable[[httpx.Response], T],
    *,
    pin: bool = True,
    **parameters: object,
) -> Call[T]:
    """Return the call of an operation that reads, with a reader of its own."""
    return Call(
        operation, "GET", BASE + path, read, query=query(parameters), pin="query" if pin else None
    )


def post(
    operation: str,
    path: str,
    read: Callable[[httpx.Response], T],
    body: Mapping[str, object],
    *,
    pin: Literal["body"] | None = "body",
) -> Call[T]:
    """Return the call of a question that is sent as a body; what is None is left out."""
    return Call(operation, "POST", BASE + path, read, body=given(body), pin=pin)


def query(parameters: Mapping[str, object]) -> Query:
    """Return parameters as they stand in a URL: None left out, many repeated."""
    return tuple((name, text(one)) for name, value in parameters.items() for one in _each(value))


def text(value: object) -> str:
    """Return one value as it stands in a URL."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Snapshot):
        return str(value.revision)
    return str(value)


def many(value: Many) -> tuple[str, ...]:
    """Return the texts, also where only one was given."""
    return (value,) if isinstance(value, str) else tuple(value)


def given(body: Mapping[str, object]) -> dict[str, Any]:
    """Return a body without what is None, models as JSON, a time as text."""
    found = {name: _json(value) for name, value in body.items() if value is not None}
    if "as_of" in found:
        found["as_of"] = text(body["as_of"])
    return found


def segment(value: str) -> str:
    """Return an identifier as it stands in a path; a DOI keeps its slashes."""
    return quote(value, safe="/:")


def model_of(model: type[M]) -> Callable[[httpx.Response], M]:
    """Return what reads an answer as a model."""
    return lambda response: model.model_validate_json(response.content)


def interventions_page(response: httpx.Response) -> Listing[Intervention]:
    """Read a page of an answer as a page of a list."""
    answer = InterventionAnswer.model_validate_json(response.content)
    return Listing[Intervention](
        items=answer.interventions, total=answer.total, next=answer.next, snapshot=answer.snapshot
    )


def _each(value: object) -> Iterable[object]:
    if value is None:
        return ()
    if isinstance(value, str | bool | int | float | BaseModel):
        return (value,)
    if isinstance(value, Iterable):
        return value
    return (value,)


def _json(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_unset=True)
    if isinstance(value, tuple | list):
        return [_json(one) for one in value]
    return value
