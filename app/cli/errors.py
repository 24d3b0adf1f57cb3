"""How errors end a command: one clear line on standard error, status 1, never a trace."""

import errno
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from app.model import errors


class Commands(TyperGroup):
    """A group of commands that turns errors raised on purpose into a line and a status."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the context names."""
        try:
            return super().invoke(ctx)
        except errors.EviPathError as error:
            for line in explained(error):
                typer.echo(line, err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            name = f"{error.filename}: " if error.filename else ""
            typer.echo(f"error: {name}{error.strerror or error}", err=True)
        raise typer.Exit(1)


def explained(error: errors.EviPathError) -> Iterator[str]:
    """Yield the lines that say what is wrong, and what may be meant instead."""
    yield f"error: {error}"
    yield from errors.hints(error)
