"""The reference page of the command line, from its declaration."""

from collections.abc import Iterator

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from app.cli import app

HEAD = """\
<!-- Generated from app/cli by `make generate`; do not edit. -->

# Commands

`evipath --help` and `evipath COMMAND --help` say the same. Exit status: 0 done, 1 failed, 2 bad
usage.

"""


def walk() -> Iterator[tuple[str, TyperCommand]]:
    """Yield the full name and the declaration of every command, groups left out."""
    yield from _walk("evipath", typer.main.get_command(app))


def _walk(name: str, command: object) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperCommand):
        yield name, command
    elif isinstance(command, TyperGroup):
        for part, below in command.commands.items():
            if not below.hidden:
                yield from _walk(f"{name} {part}", below)


def commands() -> str:
    """Return the page."""
    return HEAD + "\n".join(_section(name, command) for name, command in walk())


def _section(name: str, command: TyperCommand) -> str:
    context = typer.Context(command, info_name=name)
    usage = command.get_usage(context).removeprefix("Usage: ").strip()
    lines = [
        f"## `{name}`",
        "",
        (command.help or "").strip(),
        "",
        f"`{' '.join(usage.split())}`",
        "",
    ]
    records = [p.get_help_record(context) for p in command.params]
    rows = [_row(*record) for record in records if record]
    if rows:
        lines += ["| | |", "| --- | --- |", *rows, ""]
    return "\n".join(lines)


def _row(names: str, what: str) -> str:
    names, what = (" ".join(cell.split()).replace("|", r"\|") for cell in (names, what))
    return f"| `{names}` | {what} |"
