"""The settings that questions for interventions share, named once.

A function takes them as ``**settings: Unpack[...]``, which type checkers spell out;
:func:`spelled_out` does the same for ``help`` and refuses what is none of them.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypedDict, TypeVar, get_args, get_type_hints

from evipath_client import models as m
from evipath_client._calls import AsOf, Many

P = ParamSpec("P")
T = TypeVar("T")


class Pinned(TypedDict, total=False):
    """From which state of the graph it is answered."""

    as_of: AsOf


class Using(Pinned, total=False):
    """Which claims are used beside accepted ones."""

    include_candidates: bool | None


class Walking(Using, total=False):
    """How paths are searched."""

    context: Many
    max_hops: int | None
    include_background: bool | None
    matched_only: bool | None


class Asking(Walking, total=False):
    """How interventions are asked for; what is left out is as the service has it."""

    order: m.AnswerOrder | None
    simulate: bool | None


class Following(Walking, total=False):
    """How consequences are asked for."""

    direction: m.AskedChange | None
    effect: m.AskedEffect | None
    category: Sequence[m.Category]
    order: m.AnswerOrder | None


class Selecting(Asking, total=False):
    """How interventions are asked for that shall not have some side effects."""

    excluding: Many


def spelled_out(function: Callable[P, T]) -> Callable[P, T]:
    """Give a function whose last parameter are settings the signature that names them all."""
    plain = inspect.signature(function)
    (settings,) = get_args(get_type_hints(function)["settings"])
    own = [each for name, each in plain.parameters.items() if name != "settings"]
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint)
        for name, hint in settings.__annotations__.items()
    ]
    signature = plain.replace(parameters=[*own, *more])

    @functools.wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> T:
        signature.bind(*args, **kwargs)
        return function(*args, **kwargs)

    checked.__signature__ = signature  # type: ignore[attr-defined]
    return checked
