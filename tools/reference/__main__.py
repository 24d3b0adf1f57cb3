"""Write the reference pages that describe the code: ``python -m tools.reference [--check]``.

The pages of settings, commands, REST and rules of extraction come from pydantic-settings, Typer,
OpenAPI and ``rules.toml``, the answer in ``README.md`` from asking a fresh, seeded store, the
models of the Python client from OpenAPI. With ``--check`` nothing is written; the exit status is 1
and the stale files are named when what lies there differs.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.reference.answer import readme
from tools.reference.client_models import client_models
from tools.reference.commands import commands
from tools.reference.extraction import extraction
from tools.reference.rest import rest
from tools.reference.settings import settings

ROOT = Path(__file__).parents[2]

TARGETS: Mapping[str, Callable[[], str]] = {
    "docs/reference/settings.md": settings,
    "docs/reference/commands.md": commands,
    "docs/reference/rest.md": rest,
    "docs/reference/extraction.md": extraction,
    "client/evipath_client/models.py": client_models,
    "README.md": lambda: readme((ROOT / "README.md").read_text("utf-8")),
}


def stale(targets: Mapping[str, Callable[[], str]] = TARGETS) -> dict[str, str]:
    """Return the wanted contents of every page whose file is missing or differs."""
    wanted = {path: make() for path, make in targets.items()}
    return {
        path: text
        for path, text in wanted.items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text("utf-8") != text
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.reference", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when stale")
    options = parser.parse_args(arguments)
    old = stale()
    for path, text in old.items():
        if options.check:
            sys.stderr.write(f"{path} is stale: run `make generate`\n")
        else:
            (ROOT / path).write_text(text, "utf-8")
    return 1 if old and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
