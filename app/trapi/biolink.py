"""Biolink's hierarchies of categories, predicates and values."""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any, Final

import orjson

PREFIX: Final = "biolink:"
RELATED_TO: Final = "biolink:related_to"
NAMED_THING: Final = "biolink:NamedThing"


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = orjson.loads(
        (resources.files("app.trapi") / "biolink.json").read_bytes()
    )
    return model


def version() -> str:
    """Return the version of the Biolink model."""
    return str(_model()["version"])


def is_category(curie: str) -> bool:
    """Tell whether the model has this category."""
    return curie.removeprefix(PREFIX) in _model()["categories"]


def is_concrete(curie: str) -> bool:
    """Tell whether a node may bear this category: neither abstract nor a mixin."""
    found = _model()["categories"].get(curie.removeprefix(PREFIX))
    return found is not None and not found["abstract"]


def is_predicate(curie: str) -> bool:
    """Tell whether the model has this predicate."""
    return curie.removeprefix(PREFIX) in _model()["predicates"]


def has_category(categories: Iterable[str], asked: Iterable[str]) -> bool:
    """Tell whether one of a node's categories is one of those asked, or below it."""
    wanted = {each.removeprefix(PREFIX) for each in asked}
    known = _model()["categories"]
    for each in categories:
        name = each.removeprefix(PREFIX)
        above = known[name]["above"] if name in known else [name]
        if not wanted.isdisjoint(above):
            return True
    return False


def answers(predicate: str, asked: Iterable[str]) -> tuple[bool, bool]:
    """Tell whether an edge with this predicate answers those asked: as it is, and turned round.

    Turned round it does where the predicate is symmetric, or where its inverse is one of those
    asked or below it.
    """
    wanted = {each.removeprefix(PREFIX) for each in asked} or {"related_to"}
    known = _model()["predicates"]
    own = known[predicate.removeprefix(PREFIX)]
    forward = not wanted.isdisjoint(own["above"])
    inverse = known.get(own["inverse"]) if own["inverse"] else None
    turned = (forward and own["symmetric"]) or (
        inverse is not None and not wanted.isdisjoint(inverse["above"])
    )
    return forward, turned


def is_value(value: str, asked: str) -> bool:
    """Tell whether a value of a qualifier or enumeration is the one asked, or below it.

    A qualified predicate is below its more general ones.
    """
    if value == asked:
        return True
    known = _model()["predicates"].get(value.removeprefix(PREFIX))
    if known is not None:
        return asked.removeprefix(PREFIX) in known["above"]
    return any(asked in values.get(value, ()) for values in _model()["values"].values())


def values(enumeration: str) -> frozenset[str]:
    """Return the values of one of the enumerations that are known here."""
    return frozenset(_model()["values"][enumeration])
