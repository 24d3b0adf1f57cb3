"""What is to be done, without doing it.

Everything that takes more than one step (trying again, later pages, waiting for a job) is written
once, as a generator that yields steps and is sent what came of them. A plain client and an
``async`` one differ only in how they take a step.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import httpx

T = TypeVar("T")

Query: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One call of an operation: what is sent, and how the answer is read.

    ``pin`` says where a call that can be pinned to a snapshot names it. ``repeatable`` calls may
    be sent again when it is unknown whether they arrived.
    """

    operation: str
    method: str
    path: str
    read: Callable[[httpx.Response], T]
    query: Query = ()
    body: Mapping[str, Any] | None = None
    content: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    pin: Literal["query", "body"] | None = None
    repeatable: bool = True


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request; the response comes back, read unless it is streamed."""

    request: httpx.Request
    stream: bool = False


@dataclass(frozen=True, slots=True)
class Sleep:
    """Do nothing for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ReadAll:
    """Read the whole body of a streamed response, and close it."""

    response: httpx.Response


Step: TypeAlias = Send | Sleep | ReadAll
Flow: TypeAlias = Generator[Step, Any, T]
