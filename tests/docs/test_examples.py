"""Every command, option, setting, target, address and link in the documentation is there."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.settings import Settings
from tools.reference.commands import walk
from tools.reference.rest import openapi, operations
from tools.reference.settings import variable

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if "node_modules" not in path.parts),
]
DEPLOYMENT = [ROOT / name for name in ("Dockerfile", "docker-compose.yml", ".env.example")]
OF_THE_CLIENT = {"EVIPATH_URL", "EVIPATH_TOKEN"}
OF_THE_TESTS = {"EVIPATH_SHARED", "EVIPATH_CACHE"}
IDS = {"ids": lambda path: str(path.relative_to(ROOT))}


def fenced(text: str, language: str) -> Iterator[str]:
    for block in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL):
        yield from block.replace("\\\n", " ").splitlines()


def command_lines(text: str, program: str) -> Iterator[list[str]]:
    for line in fenced(text, "console"):
        words = shlex.split(line.removeprefix("$ "), comments=True)
        if program in words:
            yield words[words.index(program) :]
    for words in re.findall(rf"`({program} [^`]+)`", text):
        yield shlex.split(words.replace("\n", " "))


@cache
def options() -> dict[str, set[str]]:
    return {
        name: {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
        for name, command in walk()
    }


@pytest.mark.parametrize("page", PAGES, **IDS)
def test_commands_and_their_options_exist(page: Path) -> None:
    for words in command_lines(page.read_text("utf-8"), "evipath"):
        if words[1] in ("COMMAND", "--help"):
            continue
        name = next((n for length in (3, 2) if (n := " ".join(words[:length])) in options()), None)
        assert name, f"no such command: {' '.join(words)}"
        for word in words:
            if word.startswith("--"):
                option = word.partition("=")[0]
                assert option in options()[name] | {"--help"}, f"{name} has no {option}"


@pytest.mark.parametrize("page", [*PAGES, *DEPLOYMENT], **IDS)
def test_settings_exist(page: Path) -> None:
    known = {variable(name, field) for name, field in Settings.model_fields.items()}
    named = set(re.findall(r"\bEVIPATH_[A-Z_]+\b", page.read_text("utf-8")))
    assert named <= known | OF_THE_TESTS | OF_THE_CLIENT


@pytest.mark.parametrize("page", PAGES, **IDS)
def test_make_targets_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE))
    for words in command_lines(page.read_text("utf-8"), "make"):
        named = [word for word in words[1:] if re.fullmatch("[a-z0-9-]+", word)]
        assert set(named) <= targets, words


@cache
def addresses() -> list[tuple[str, re.Pattern[str], set[str]]]:
    found = []
    for method, path, operation in operations(openapi()):
        pattern = re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(path))
        names = {p["name"] for p in operation.get("parameters", []) if p["in"] == "query"}
        found.append((method, re.compile(pattern), names))
    return found


@pytest.mark.parametrize("page", PAGES, **IDS)
def test_addresses_and_their_parameters_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    for method, address in re.findall(
        r"\b(?:(GET|POST|PUT|DELETE) |)\S*?(/api/v1/[^\s`\"')]+)", text
    ):
        parts = urlsplit(address)
        fitting = [
            names
            for known, pattern, names in addresses()
            if pattern.fullmatch(parts.path) and method in ("", known)
        ]
        assert fitting, f"no such address: {method} {address}"
        asked = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        assert asked <= set().union(*fitting), address


@pytest.mark.parametrize("page", PAGES, **IDS)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target
