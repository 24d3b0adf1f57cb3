"""How an operation, described once, becomes a method of both clients.

A descriptor returns a plain function on a plain client and one that is awaited on an ``async``
one. Both have the parameters and the docstring of the description; type checkers see them too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, Self, TypeVar, overload

from evipath_client._core import Core
from evipath_client._wire import Call, Flow
from evipath_client.pages import AsyncPages, AsyncRunner, Listing, Pages, Runner

P = ParamSpec("P")
T = TypeVar("T")


class Operation(Generic[P, T]):
    """A method that takes the steps of a flow and returns its result."""

    def __init__(self, flow: Callable[Concatenate[Core, P], Flow[T]]) -> None:
        self._flow = flow
        self.__doc__ = flow.__doc__
        self.__wrapped__ = flow

    @overload
    def __get__(self, client: None, owner: type[object]) -> Self: ...
    @overload
    def __get__(self, client: Runner, owner: type[object]) -> Callable[P, T]: ...
    @overload
    def __get__(self, client: AsyncRunner, owner: type[object]) -> Callable[P, Awaitable[T]]: ...
    def __get__(self, client: Runner | AsyncRunner | None, owner: type[object]) -> Any:
        """Return the method of a client."""
        if client is None:
            return self

        @wraps(self._flow)
        def method(*args: P.args, **kwargs: P.kwargs) -> Any:
            return client.run(self._flow(client.core, *args, **kwargs))

        return method


class Paged(Generic[P, T]):
    """A method that returns an iterator over all items of a list, page by page."""

    def __init__(self, call: Callable[P, Call[Listing[T]]]) -> None:
        self._call = call
        self.__doc__ = call.__doc__
        self.__wrapped__ = call

    @overload
    def __get__(self, client: None, owner: type[object]) -> Self: ...
    @overload
    def __get__(self, client: Runner, owner: type[object]) -> Callable[P, Pages[T]]: ...
    @overload
    def __get__(self, client: AsyncRunner, owner: type[object]) -> Callable[P, AsyncPages[T]]: ...
    def __get__(self, client: Runner | AsyncRunner | None, owner: type[object]) -> Any:
        """Return the method of a client."""
        if client is None:
            return self

        @wraps(self._call)
        def method(*args: P.args, **kwargs: P.kwargs) -> Any:
            call = self._call(*args, **kwargs)
            return Pages(client, call) if isinstance(client, Runner) else AsyncPages(client, call)

        return method


def calling(build: Callable[P, Call[T]]) -> Operation[P, T]:
    """Return the method of an operation that is a single call."""

    @wraps(build)
    def flow(core: Core, /, *args: P.args, **kwargs: P.kwargs) -> Flow[T]:
        return core.call(build(*args, **kwargs))

    return Operation(flow)
