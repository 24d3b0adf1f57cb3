"""The reference page of the settings, from their declaration."""

from enum import Enum
from pathlib import Path
from types import UnionType
from typing import get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from app.settings import Settings

HEAD = """\
<!-- Generated from app/settings.py by `make generate`; do not edit. -->

# Settings

Read from the environment when a process starts. A value that can't be used is refused then, with
its name. `--store`, `--host` and `--port` on the command line go before the environment.

| variable | value | default | what |
| --- | --- | --- | --- |
"""

_VALUES = {
    bool: "`true` or `false`", int: "number", str: "text", Path: "path", SecretStr: "secret text"
}  # fmt: skip


def variable(name: str, field: FieldInfo) -> str:
    """Return the environment variable that sets a field."""
    if isinstance(field.validation_alias, str):
        return field.validation_alias
    return f"{Settings.model_config.get('env_prefix', '')}{name}".upper()


def settings() -> str:
    """Return the page."""
    return HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    cells = (f"`{variable(name, field)}`", _values(field), _default(field), field.description or "")
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _values(field: FieldInfo) -> str:
    kind = field.annotation
    if get_origin(kind) is UnionType:
        kind = next(part for part in get_args(kind) if part is not type(None))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{member.value}`" for member in kind)
    bounds = {
        bound: getattr(rule, bound)
        for rule in field.metadata
        for bound in ("ge", "le")
        if getattr(rule, bound, None) is not None
    }
    words = _VALUES.get(kind, str(kind)) if isinstance(kind, type) else str(kind)
    if bounds:
        words += (
            f", {bounds.get('ge', '')} to {bounds['le']}"
            if "le" in bounds
            else (f", at least {bounds['ge']}")
        )
    return words


def _default(field: FieldInfo) -> str:
    default = field.default
    if default is None:
        return "–"
    if isinstance(default, Enum):
        return f"`{default.value}`"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"
