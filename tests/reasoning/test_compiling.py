"""What is compiled is kept with its own sources, and the kernel keeps no simulation waiting."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.reasoning import hops, signs
from app.reasoning.compiling import compiler


def _one(number: int) -> int:
    return number + 1


def _two(number: int) -> int:
    return number + 2


def test_each_is_kept_in_the_folder_of_its_own_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, second = compiler("first", hops), compiler("second", signs)
    kept: list[Any] = [first(_one), second(_two), first(_two)]
    folders = [Path(each.stats.cache_path).parent.name for each in kept]
    assert [folder.partition("-")[0] for folder in folders] == ["first", "second", "first"]


def test_a_simulation_does_not_wait_for_the_kernel_to_be_compiled(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.reasoning.compiling_ahead", str(tmp_path)]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert (said["ready"], said["after"], said["compiling"]) == (1, 1, True)
    for file in said["files"]:
        assert ("/simulation-" in file) == ("/dynamics.run-" in file), file
