"""The validators that live in an environment of their own (``make validators``)."""

import json
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv" / "validators" / "bin" / "python"


def _run(script: str, *words: str | Path) -> list[Any]:
    subprocess.run(["make", "--silent", "validators"], cwd=ROOT, check=True, capture_output=True)
    command = [str(PYTHON), str(ROOT / "tests" / "support" / script), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith(("{", "["))]


def kgx_errors(pairs: list[tuple[str, Path, Path]], prefixes: str) -> list[dict[str, Any]]:
    """What ``kgx validate`` finds in pairs of nodes and edges, by the kind of error."""
    model = Path(str(files("biolink_model.schema").joinpath("biolink_model.yaml")))
    told = [f"{form}:{nodes}:{edges}" for form, nodes, edges in pairs]
    return [
        found.get("ERROR", {})
        for found in _run("kgx_offline.py", model.parents[1], prefixes, *told)
    ]


def crate_errors(*crates: Path) -> list[list[str]]:
    """What is wrong with crates, by the rules of RO-Crate 1.1 that must be kept."""
    context = Path(str(files("rocrate").joinpath("data/ro-crate.jsonld")))
    return _run("crate_offline.py", context, *crates)
