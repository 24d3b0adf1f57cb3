"""The page's own unit tests, which need Node and no browser."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "app" / "web"


def test_units_of_the_page() -> None:
    beside = str(Path(sys.executable).parent)
    node = shutil.which("node", path=os.pathsep.join((beside, os.environ.get("PATH", ""))))
    if node is None:
        pytest.skip("no Node was found; run: make setup")
    done = subprocess.run(
        [node, "--test", "src/**/*.test.ts"], cwd=WEB, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pass 0" not in done.stdout
