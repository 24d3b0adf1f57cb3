"""The reference page of the command line, from its declaration."""

from collections.abc import Iterator

import click
import typer.main

from app.cli import app

HEAD = """\
<!-- Generated from app/cli by `make generate`; do not edit. -->

# Commands

`evipath --help` and `evipath COMMAND --help` say the same. Exit status: 0 done, 1 failed, 2 bad
usage.

"""


def walk() -> Iterator[tuple[str, click.Command]]:
    """Yield the full name and the declaration of every command, groups left out."""
    yield from _walk("evipath", typer.main.get_command(app))


def _walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    for part, below in command.commands.items():
        if not below.hidden:
            yield from _walk(f"{name} {part}", below)


def commands() -> str:
    """Return the page."""
    return HEAD + "\n".join(_section(name, command) for name, command in walk())


def _section(name: str, command: click.Command) -> str:
    usage = [name] + [_usage(p) for p in command.params if isinstance(p, click.Argument)]
    lines = [f"## `{' '.join(usage)}`", "", (command.help or "").strip(), ""]
    options = [p for p in command.params if not getattr(p, "hidden", False) and p.name != "help"]
    if options:
        lines += ["| | value | default | what |", "| --- | --- | --- | --- |"]
        lines += [_row(option) for option in options] + [""]
    return "\n".join(lines)


def _usage(argument: click.Argument) -> str:
    name = (argument.metavar or argument.name or "").upper().strip("[]").removesuffix("...")
    words = f"{name} …" if argument.nargs == -1 else name
    return words if argument.required else f"[{words}]"


def _row(option: click.Parameter) -> str:
    if isinstance(option, click.Argument):
        names = f"`{_usage(option)}`"
    else:
        names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    needed = " (required)" if option.required else ""
    what = " ".join((getattr(option, "help", None) or "").split())
    cells = (names + needed, _value(option), _default(option), what)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _value(option: click.Parameter) -> str:
    if getattr(option, "is_flag", False):
        return "flag"
    if isinstance(option.type, click.Choice):
        choices = (getattr(choice, "value", choice) for choice in option.type.choices)
        return ", ".join(f"`{choice}`" for choice in choices)
    if isinstance(option.type, click.IntRange | click.FloatRange):
        low, high = option.type.min, option.type.max
        return f"{option.type.name.split()[0]}, {'' if low is None else low} to " + (
            "" if high is None else str(high)
        )
    return option.type.name.lower() + (", repeatable" if getattr(option, "multiple", False) else "")


def _default(option: click.Parameter) -> str:
    default = option.default
    if default is None or callable(default) or default in ((), [], False) or option.required:
        return "–"
    return f"`{getattr(default, 'value', default)}`"
