"""The command line: ``evipath``.

Exit status: 0 done, 1 failed, 2 bad usage. What was asked for goes to standard output, what is
said about it to standard error. What takes long to import is imported by the command that needs
it, so that ``evipath --help`` is quick.
"""

import sys

import typer

from app.cli import (
    asking,
    curating,
    deciding,
    exporting,
    extracting,
    fetching,
    following,
    ingesting,
    looking,
    moving,
    serving,
    simulating,
    upkeep,
    users,
)
from app.cli.errors import Commands

app = typer.Typer(
    name="evipath",
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="A literature-curated knowledge graph that answers mechanism questions.",
)

for _module in (
    serving, ingesting, fetching, extracting, asking, following, deciding, simulating, looking,
    curating,
):  # fmt: skip
    _module.register(app)
app.add_typer(users.app, name="user")
for _module in (exporting, moving, upkeep):
    _module.register(app)


@app.callback(invoke_without_command=True)
def _top(
    version: bool = typer.Option(False, "--version", help="Print the version and exit."),
) -> None:
    if version:
        from app import __version__

        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal without Unicode shows a stand-in; it is no reason to fail.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app()
