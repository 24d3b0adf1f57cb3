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
    pairs: tuple[tuple[str, str], ...] = ()
    if isinstance(error, errors.Ambiguous):
        pairs = error.candidates
    elif isinstance(error, errors.NotFound):
        pairs = error.nearest
    if pairs:
        yield "may be meant:" if isinstance(error, errors.Ambiguous) else "nearest:"
        yield from (f"  {key}  {name}" for key, name in pairs)
    can_be_asked: tuple[str, ...] = getattr(error, "can_be_asked", ())
    if can_be_asked:
        yield "can be asked:"
        yield from (f"  {question}" for question in can_be_asked)
