"""The models of the Python client, from the OpenAPI document.

The client must not import the service, and must read what newer services answer: its models keep
unknown fields, and a vocabulary may have gained a term.
"""

import json
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from tools.reference.rest import METHODS, Json, Object, openapi

HEAD = '''\
"""What a service answers and takes; generated from its OpenAPI document by `make generate`.

A model keeps the fields that it does not know. A vocabulary lists the terms that were known when
this version was made; a newer service may answer others, which stay plain text.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, TypeAlias

from pydantic import Field

from evipath_client._base import Model, Networked, Request, Tabular

'''

ABILITIES = {
    "ConsequenceAnswer": "Tabular, Networked",
    "InterventionAnswer": "Tabular, Networked",
    "PathAnswer": "Tabular, Networked",
    "SignatureAnswer": "Tabular",
    "SimulationAnswer": "Tabular",
    "Subgraph": "Networked",
}
"""What can be turned into tables or networks; everything else is a bare model."""

LEFT_OUT = (
    "Session", "SignIn", "TokenList", "TokenRequest", "NewToken", "TokenView",
    "UserList", "UserView", "UserRequest", "NewUser", "RoleRequest", "Limits", "JsonValue",
)  # fmt: skip
"""Shapes of the page's sign-in, which the client has no part in, and of any JSON."""

_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_FORMATS = {"date-time": "dt.datetime", "date": "dt.date"}


def client_models() -> str:
    """Return the module ``evipath_client.models``."""
    document = openapi()
    schemas = cast("Mapping[str, Object]", cast("Object", document["components"])["schemas"])
    asked = _request_names(document, schemas)
    parts = [HEAD]
    shown = {name: one for name, one in schemas.items() if not _left_out(name)}
    parts += [_vocabulary(name, one) for name, one in shown.items() if "enum" in one]
    for name, one in shown.items():
        if "enum" not in one:
            parts.append(_model(name, one, schemas, asked=name in asked))
    return _formatted("".join(parts))


def _left_out(name: str) -> bool:
    return name in LEFT_OUT or name == "JobList" or name.startswith("Listing_")


def _request_names(document: Object, schemas: Mapping[str, Object]) -> set[str]:
    """Return the names of the shapes that are only sent, and never answered."""
    bodies: set[str] = set()
    answered: set[str] = set()
    for item in cast("Mapping[str, Object]", document["paths"]).values():
        for method, operation in item.items():
            if method in METHODS:
                found = cast("Object", operation)
                bodies |= _reached(found.get("requestBody"), schemas)
                answered |= _reached(found["responses"], schemas)
    return bodies - answered


def _reached(value: Json, schemas: Mapping[str, Object]) -> set[str]:
    found: set[str] = set()
    waiting = list(_references(value))
    while waiting:
        name = waiting.pop()
        if name not in found and name in schemas:
            found.add(name)
            waiting.extend(_references(schemas[name]))
    return found


def _references(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str):
            yield reference.rpartition("/")[2]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _vocabulary(name: str, schema: Object) -> str:
    terms = ", ".join(json.dumps(term) for term in cast("Sequence[Json]", schema["enum"]))
    return f"{name}: TypeAlias = Literal[{terms}]\n{_doc(schema, name, indent='')}\n"


def _model(name: str, schema: Object, schemas: Mapping[str, Object], *, asked: bool) -> str:
    base = "Request" if asked else ABILITIES.get(name, "Model")
    lines = [f"\n\nclass {name}({base}):\n{_doc(schema, name, indent='    ')}\n"]
    required = cast("Sequence[str]", schema.get("required", []))
    for field, one in cast("Mapping[str, Object]", schema.get("properties", {})).items():
        kind = _type(one, schemas, closed=asked)
        lines.append(f"    {field}: {kind}{_default(one, kind, needed=field in required)}\n")
    return "".join(lines)


def _doc(schema: Object, name: str, indent: str) -> str:
    said = str(schema.get("description", f"The shape {name}."))
    paragraphs = [
        textwrap.fill(" ".join(one.split()), 96, initial_indent=indent, subsequent_indent=indent)
        for one in said.split("\n\n")
    ]
    text = "\n\n".join(paragraphs).strip()
    closing = f"\n{indent}" if "\n" in text else ""
    return f'{indent}"""{text}{closing}"""\n'


def _type(schema: Object, schemas: Mapping[str, Object], *, closed: bool) -> str:
    """Return the annotation; ``closed`` vocabularies refuse other terms than those listed."""
    reference = schema.get("$ref")
    if isinstance(reference, str):
        name = reference.rpartition("/")[2]
        if name == "JsonValue":
            return "Any"
        return f"{name} | str" if "enum" in schemas[name] and not closed else name
    if "anyOf" in schema:
        options = cast("Sequence[Object]", schema["anyOf"])
        return " | ".join(_type(one, schemas, closed=closed) for one in options)
    if "enum" in schema:
        return f"Literal[{', '.join(repr(term) for term in cast('list[Json]', schema['enum']))}]"
    kind = schema.get("type")
    if kind == "array":
        inner = _type(cast("Object", schema.get("items", {})), schemas, closed=closed)
        return f"tuple[{inner}, ...]"
    if kind == "object":
        values = schema.get("additionalProperties")
        inner = (
            _type(values, schemas, closed=closed) if isinstance(values, dict) and values else "Any"
        )
        return f"dict[str, {inner}]"
    return _FORMATS.get(str(schema.get("format")), _SCALARS.get(str(kind), "Any"))


def _default(schema: Object, kind: str, *, needed: bool) -> str:
    if needed:
        return ""
    value = schema.get("default")
    if isinstance(value, dict) and "$ref" in schema:
        return f" = Field(default_factory=lambda: {kind}.model_validate({value!r}))"
    if kind.startswith("tuple["):
        return " = ()"
    if kind.startswith("dict["):
        return " = Field(default_factory=dict)"
    if value is None and not kind.endswith("None"):
        return "" if kind == "Any" else " | None = None"
    return f" = {value!r}"


def _formatted(source: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", "models.py", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=True)
    return done.stdout
