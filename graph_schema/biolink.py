"""Biolink's hierarchies, as the TRAPI door reads them: ``app/trapi/biolink.json``."""

from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any

import orjson
import yaml

ENUMS = (
    "DirectionQualifierEnum",
    "GeneOrGeneProductOrChemicalEntityAspectEnum",
    "KnowledgeLevelEnum",
    "AgentTypeEnum",
)
"""The enumerations whose values are expanded."""

ROOTS = {"categories": "named thing", "predicates": "related to"}

Elements = Mapping[str, Mapping[str, Any]]


def biolink_document() -> bytes:
    """Return every category, predicate and value with what stands above it, itself included."""
    file = resources.files("biolink_model") / "schema" / "biolink_model.yaml"
    model = yaml.safe_load(file.read_bytes())
    classes, slots = model["classes"], model["slots"]
    categories = {
        class_name(name): {
            "above": sorted(class_name(each) for each in above(classes, name)),
            "abstract": bool(element.get("mixin") or element.get("abstract")),
        }
        for name, element in classes.items()
        if _belongs(classes, name, ROOTS["categories"])
    }
    inverse = _inverses(slots)
    predicates = {
        slot_name(name): {
            "above": sorted(slot_name(each) for each in above(slots, name)),
            "symmetric": bool(element.get("symmetric")),
            "inverse": slot_name(inverse[name]) if name in inverse else None,
        }
        for name, element in slots.items()
        if _belongs(slots, name, ROOTS["predicates"])
    }
    values = {
        name: {
            value: sorted(above(_elements(model["enums"][name]["permissible_values"]), value))
            for value in model["enums"][name]["permissible_values"]
        }
        for name in ENUMS
    }
    body = {
        "version": model["version"],
        "categories": dict(sorted(categories.items())),
        "predicates": dict(sorted(predicates.items())),
        "values": values,
    }
    return orjson.dumps(body, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def above(elements: Elements, name: str) -> set[str]:
    """Return an element with all that it is a kind of, mixins included."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in found or each not in elements:
            continue
        found.add(each)
        waiting += _parents(elements[each])
    return found


def class_name(name: str) -> str:
    """Return a class's name as CURIEs write it: ``gene family`` is ``GeneFamily``."""
    return "".join(word[:1].upper() + word[1:] for word in name.split())


def slot_name(name: str) -> str:
    """Return a slot's name as CURIEs write it: ``part of`` is ``part_of``."""
    return name.replace(" ", "_")


def _parents(element: Mapping[str, Any]) -> Iterator[str]:
    if element.get("is_a"):
        yield element["is_a"]
    yield from element.get("mixins") or ()


def _belongs(elements: Elements, name: str, root: str) -> bool:
    """Tell whether an element is below a root, or a mixin above something that is."""
    return root in above(elements, name) or any(
        name in (elements[other].get("mixins") or ()) and root in above(elements, other)
        for other in elements
    )


def _inverses(slots: Elements) -> dict[str, str]:
    found = {name: slot["inverse"] for name, slot in slots.items() if slot.get("inverse")}
    return {other: name for name, other in found.items()} | found


def _elements(values: Mapping[str, Mapping[str, Any] | None]) -> Elements:
    return {name: value or {} for name, value in values.items()}
