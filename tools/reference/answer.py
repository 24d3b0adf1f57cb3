"""The answer in the README, as `make run` prints it from a fresh store."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = str(Path(__file__).parents[2] / "tests" / "data" / "seed" / "page.txt")
QUESTION = "which interventions reverse EMT"
BLOCK = re.compile(r"(<!-- answer:[^>]*-->\n```text\n).*?(```\n<!-- /answer -->)", re.DOTALL)
CHANGING = re.compile(r"\b[0-9a-f]{32}\b|\b\d{4}-\d\d-\d\dT[\d:.]+Z")
WIDTH = 100


def readme(text: str) -> str:
    """Return the README with the real answer in its marked block."""
    if not BLOCK.search(text):
        raise ValueError("README.md has lost the markers around its answer")
    return BLOCK.sub(lambda found: found[1] + answer() + found[2], text)


def answer() -> str:
    """Return what ``make run`` prints on a fresh store, without trailing blanks.

    The id and the time of the snapshot differ from store to store and are left out.
    """
    with tempfile.TemporaryDirectory() as directory:
        _evipath(Path(directory), "seed")
        _evipath(Path(directory), "ingest", "--format", "pubmed_text", PAGE)
        printed = _evipath(Path(directory), "ask", QUESTION)
    lines = CHANGING.sub("…", printed).strip("\n").splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _evipath(directory: Path, *arguments: str) -> str:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVIPATH_", "NEO4J_"))}
    environment = kept | {
        "EVIPATH_DATA_DIR": str(directory),
        "COLUMNS": str(WIDTH),
        "TERM": "dumb",
        "NO_COLOR": "1",
    }
    command = [str(Path(sys.executable).with_name("evipath")), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout
