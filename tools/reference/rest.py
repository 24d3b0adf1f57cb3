"""The reference page of the REST interface, from its OpenAPI document."""

import json
from collections.abc import Iterator
from typing import TypeAlias

from app.api.app import create_app
from app.bootstrap import build
from app.settings import Settings

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None
Object: TypeAlias = dict[str, Json]

HEAD = """\
<!-- Generated from the OpenAPI document by `make generate`; do not edit. -->

# REST

{description}
The service describes itself in OpenAPI 3.1 at `/openapi.json`, and for reading at `/docs`: shapes
of bodies and answers, with examples. What follows lists every operation, its parameters and the
statuses that it may answer with.

"""
METHODS = ("get", "post", "put", "patch", "delete")


def openapi() -> Object:
    """Return the OpenAPI document of the application."""
    container = build(Settings(store="sqlite:///:memory:"))
    try:
        document: Object = create_app(container).openapi()
    finally:
        container.close()
    return document


def rest() -> str:
    """Return the page."""
    document = openapi()
    schemas = _object(_object(document["components"])["schemas"])
    parts = [HEAD.format(description=_object(document["info"])["description"])]
    for tag in _objects(document["tags"]):
        parts.append(f"## {str(tag['name']).capitalize()}\n\n{tag['description']}\n\n")
        parts.extend(
            _operation(schemas, *found) for found in operations(document) if _has(found, tag)
        )
    parts.append(_problems(document))
    return "".join(parts).rstrip() + "\n"


def operations(document: Object) -> Iterator[tuple[str, str, Object]]:
    """Yield method, path and declaration of every operation."""
    for path, item in _object(document["paths"]).items():
        for method, operation in _object(item).items():
            if method in METHODS:
                yield method.upper(), path, _object(operation)


def _has(found: tuple[str, str, Object], tag: Object) -> bool:
    tags = found[2].get("tags")
    return isinstance(tags, list) and tag["name"] in tags


def _operation(schemas: Object, method: str, path: str, operation: Object) -> str:
    summary = str(operation["summary"])
    lines = [f"### `{method} {path}`", "", summary if summary[-1] in ".?" else f"{summary}."]
    if operation.get("description"):
        lines += ["", str(operation["description"]).strip()]
    lines += ["", f"Operation `{operation['operationId']}`. {_statuses(operation)}", ""]
    if parameters := _objects(operation.get("parameters") or []):
        lines += ["| parameter | in | value | what |", "| --- | --- | --- | --- |"]
        lines += [_parameter(schemas, parameter) for parameter in parameters] + [""]
    if body := operation.get("requestBody"):
        lines += _body(schemas, _object(_object(body)["content"]))
    return "\n".join(lines) + "\n"


def _statuses(operation: Object) -> str:
    return "Answers " + ", ".join(sorted(_object(operation["responses"]))) + "."


def _parameter(schemas: Object, parameter: Object) -> str:
    schema = _object(parameter.get("schema") or {})
    needed = " (required)" if parameter.get("required") else ""
    what = str(parameter.get("description") or schema.get("description") or "")
    return _row(
        f"`{parameter['name']}`{needed}", str(parameter["in"]), _value(schemas, schema), what
    )


def _body(schemas: Object, content: Object) -> list[str]:
    lines = [f"Body: {', '.join(f'`{kind}`' for kind in content)}.", ""]
    schema = _object(_object(content.get("application/json") or {}).get("schema") or {})
    schema = _resolved(schemas, schema)
    fields = _object(schema.get("properties") or {})
    if not fields:
        return lines
    required = schema.get("required")
    lines += ["| field | value | what |", "| --- | --- | --- |"]
    for name, field in fields.items():
        needed = " (required)" if isinstance(required, list) and name in required else ""
        what = str(_object(field).get("description") or "")
        lines.append(_row(f"`{name}`{needed}", _value(schemas, _object(field)), what))
    return [*lines, ""]


def _row(*cells: str) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"


def _value(schemas: Object, schema: Object) -> str:
    variants = [part for part in _objects(schema.get("anyOf") or []) if part.get("type") != "null"]
    if variants:
        words = " or ".join(dict.fromkeys(_value(schemas, part) for part in variants))
        return words + _default(schema)
    if "$ref" in schema:
        target = _resolved(schemas, schema)
        if "enum" in target:
            return _value(schemas, target) + _default(schema)
        return f"`{str(schema['$ref']).rpartition('/')[2]}`"
    if "enum" in schema and isinstance(values := schema["enum"], list):
        return ", ".join(f"`{value}`" for value in values) + _default(schema)
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        return f"{_value(schemas, _object(schema.get('items') or {}))}, repeatable"
    return f"{schema.get('type', 'any')}{_bounds(schema)}{_default(schema)}"


def _resolved(schemas: Object, schema: Object) -> Object:
    if "$ref" not in schema:
        return schema
    return _object(schemas[str(schema["$ref"]).rpartition("/")[2]])


def _bounds(schema: Object) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if isinstance(low, int | float) and isinstance(high, int | float):
        return f", {low:g} to {high:g}"
    if isinstance(low, int | float):
        return f", at least {low:g}"
    return f", at most {high:g}" if isinstance(high, int | float) else ""


def _default(schema: Object) -> str:
    default = schema.get("default")
    if default is None or default == []:
        return ""
    return f"; default `{default if isinstance(default, str) else json.dumps(default)}`"


def _problems(document: Object) -> str:
    shared = _object(_object(document["components"]).get("responses") or {})
    lines = [
        "## Problems",
        "",
        "Errors are problem documents (RFC 9457, `application/problem+json`).",
        "",
        "| status | when |",
        "| --- | --- |",
    ]
    for name, response in shared.items():
        lines.append(f"| {name.removeprefix('Problem')} | {_object(response)['description']} |")
    return "\n".join(lines)


def _object(value: Json) -> Object:
    if not isinstance(value, dict):
        raise TypeError(f"the OpenAPI document holds {value!r} where an object belongs")
    return value


def _objects(value: Json) -> list[Object]:
    return [_object(item) for item in value] if isinstance(value, list) else []
