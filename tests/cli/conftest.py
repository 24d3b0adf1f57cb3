"""The command line on a real store, in this process or in one of its own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli import app


@dataclass(frozen=True)
class Ran:
    """What a command left behind: its status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Evipath:
    """``evipath`` on one store, whose address goes with every command that takes one."""

    url: str

    def __call__(self, *words: str, stdin: bytes | None = None, store: bool = True) -> Ran:
        named = (*words, "--store", self.url) if store else words
        result = CliRunner().invoke(app, list(named), input=stdin, prog_name="evipath")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def evipath(tmp_path: Path) -> Evipath:
    """Return the command line on a store that is not there yet."""
    return Evipath(f"sqlite:///{tmp_path}/graph.db")


@pytest.fixture
def seeded(evipath: Evipath) -> Evipath:
    """Return the command line on a store with the seeds."""
    assert evipath("seed").status == 0
    return evipath
