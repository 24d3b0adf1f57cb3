"""Printing: JSON or text on standard output, messages on standard error."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPED_WIDTH = 100


def say(message: str) -> None:
    """Say something about what is done."""
    typer.echo(message, err=True)


def print_json(value: object) -> None:
    """Print a value as indented JSON: models, dataclasses, and what they hold."""
    import orjson

    option = orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
    typer.echo(orjson.dumps(value, default=_plain, option=option).decode(), nl=False)


def _plain(value: object) -> object:
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON")


def console() -> "Console":
    """Return the console of standard output: as wide as the terminal, or 100 columns in a pipe."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else PIPED_WIDTH
    return Console(width=width, highlight=False, emoji=False)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> "Table":
    """Return a plain table of texts; no cell is read as markup."""
    from rich.text import Text

    made = frame()
    for name in columns:
        made.add_column(name, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    return made


def frame(*, lines: bool = False) -> "Table":
    """Return an empty table in the one style that all tables have."""
    from rich import box
    from rich.table import Table

    return Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, show_lines=lines, header_style="bold"
    )
