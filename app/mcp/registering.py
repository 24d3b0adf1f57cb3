"""How functions become tools and resources, and errors what an agent can act on."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import ToolAnnotations
from pydantic import ConfigDict, create_model

from app.model.errors import EviPathError, NotFound, Unavailable, hints

P = ParamSpec("P")
R = TypeVar("R")

READING = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
DECIDING = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)


def tool(function: Callable[..., object], *, title: str, annotations: ToolAnnotations) -> Tool:
    """Return a function as a tool that refuses arguments which it does not know."""
    made = Tool.from_function(_for_tools(function), title=title, annotations=annotations)
    metadata = made.fn_metadata
    metadata.arg_model = create_model(
        function.__name__, __base__=metadata.arg_model, __config__=ConfigDict(extra="forbid")
    )
    made.parameters = metadata.arg_model.model_json_schema(by_alias=True)
    return made


def for_resources(function: Callable[P, R]) -> Callable[P, R]:
    """Make the errors of a resource's function those of the protocol."""

    @functools.wraps(function)
    def read(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except NotFound as error:
            raise ResourceNotFoundError(explained(error)) from error
        except EviPathError as error:
            raise ResourceError(explained(error)) from error

    return read


def explained(error: EviPathError) -> str:
    """Return what is wrong and what to do, in lines."""
    lines = [str(error), *hints(error)]
    if isinstance(error, Unavailable):
        lines.append(f"Try again in {error.retry_after} seconds.")
    return "\n".join(lines)


def _for_tools(function: Callable[P, R]) -> Callable[P, R]:
    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except EviPathError as error:
            raise ToolError(explained(error)) from error

    return call
