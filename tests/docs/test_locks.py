"""What is installed is locked with hashes, names no index, and is what the code imports."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUN = PROJECT["project"]["dependencies"]
EXTRAS = [line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra]
LOCKED = {
    "requirements.txt": RUN,
    "requirements-dev.txt": RUN + PROJECT["dependency-groups"]["dev"],
}
# It speeds the driver up without being imported.
NOT_IMPORTED = {"neo4j-rust-ext"}


def locked(name: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


@pytest.mark.parametrize("name", LOCKED)
def test_every_requirement_has_hashes_and_no_index_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert locked(name)
    for block in re.split(r"\n(?=\w)", text):
        assert re.match(r"[\w.-]+==", block), block
        assert "--hash=sha256:" in block, block
    assert not re.search(r"://|--(extra-)?index|--find-links|@ file", text)


@pytest.mark.parametrize("name", LOCKED)
def test_every_direct_dependency_is_locked_at_a_version_it_allows(name: str) -> None:
    versions = locked(name)
    for line in LOCKED[name]:
        wanted = Requirement(line)
        assert wanted.specifier, f"{line} names no version"
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), line


def test_both_locks_agree() -> None:
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()


@pytest.mark.parametrize("folder", ["app/web", "docs/theme"])
def test_lock_files_of_node_hold_hashes_and_no_addresses(folder: str) -> None:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or "integrity" in package, name


def test_the_application_declares_what_it_imports() -> None:
    imported = {name for path in (ROOT / "app").rglob("*.py") for name in imports(path)}
    third_party = imported - set(sys.stdlib_module_names) - {"app", "seeds"}
    distributions = packages_distributions()
    used = {canonicalize_name(d) for name in third_party for d in distributions[name]}
    declared = {canonicalize_name(Requirement(line).name) for line in RUN}
    optional = {canonicalize_name(Requirement(line).name) for line in EXTRAS}
    # Starlette, AnyIO and Click are FastAPI's and Typer's own, in the versions that they choose.
    assert used - declared - optional <= {"starlette", "anyio", "click", "pydantic-core"}
    assert declared - used <= NOT_IMPORTED


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.add(node.module.partition(".")[0])
    return names
