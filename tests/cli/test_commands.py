"""What holds for every command, and the process as a whole."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from app import __version__
from app.cli import app

HEAVY = {"pydantic", "fastapi", "rich", "lxml", "neo4j", "sqlite3", "uvicorn", "orjson"}
SERVE_WITHIN = 60.0


def commands() -> Iterator[list[str]]:
    top = typer.main.get_command(app)
    for name, command in top.commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", None)
        yield from ([name, part] for part in below) if below else [[name]]


COMMANDS = sorted(commands())


def test_the_commands_are_those_of_the_contract() -> None:
    names = (
        "ask backup bypass check claims consequences contrast copy curate entities export extract "
    )
    names += (
        "fetch ingest matrix mcp merge-articles paths purge rebuild requirements reread restore "
    )
    names += "seed serve signature simulate user why"
    assert sorted({words[0] for words in COMMANDS}) == names.split()
    assert [words[1] for words in COMMANDS if words[0] == "user"] == ["add", "list", "revoke"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_has_an_example_and_the_shared_options(words: list[str]) -> None:
    done = CliRunner().invoke(app, [*words, "--help"], prog_name="evipath")
    assert done.exit_code == 0
    assert f"Example: `evipath {' '.join(words)}" in done.stdout
    assert "--store" in done.stdout or words in (["copy"], ["extract"])
    assert "--json" in done.stdout or words in (["serve"], ["mcp"])


@pytest.mark.parametrize("words", [["nosuch"], ["ask"], ["ask", "a", "b"], ["claims", "--nosuch"]])
def test_bad_usage_has_status_2(words: list[str]) -> None:
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage: " in done.stderr


def test_the_version_is_printed() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout == f"{__version__}\n"


def process(*words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *words],
        capture_output=True,
        text=True,
        env=os.environ | more,
        check=False,
    )


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, app.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()


def test_a_bad_setting_is_bad_usage_and_named() -> None:
    done = process("check", EVIPATH_PORT="many")
    assert done.returncode == 2
    assert "port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_without_unicode_is_no_reason_to_fail(tmp_path: Path) -> None:
    store = ("--store", f"sqlite:///{tmp_path}/graph.db")
    process("seed", *store)
    done = process("ask", "what reverses EMT", *store, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "inhibition (" in done.stdout
    assert done.stderr == ""


def test_a_reader_that_leaves_early_sees_no_trace(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/graph.db"
    process("seed", "--store", store)
    command = f"{sys.executable} -m app.cli export jsonl - --store {store} | head -c 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert len(done.stdout) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_empty_store_is_seeded_and_served_until_it_is_told_to_end(
    tmp_path: Path, how: signal.Signals
) -> None:
    store = f"sqlite:///{tmp_path}/graph.db"
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", "--store", store]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as served:  # type: ignore[call-overload]
        try:
            url = served.stdout.readline().split()[-1]
            ask = f"{url}/api/v1/ask?q=which+interventions+reverse+EMT"
            with urllib.request.urlopen(ask, timeout=SERVE_WITHIN) as response:  # noqa: S310
                assert b"FPLX:NFkappaB" in response.read()
            served.send_signal(how)
            end = time.monotonic() + SERVE_WITHIN
            while served.poll() is None and time.monotonic() < end:
                time.sleep(0.05)
        finally:
            served.kill()
        errors = served.stderr.read()
    assert served.returncode in (0, -how)
    assert "was empty; it holds the seeds now" in errors
    assert "Traceback" not in errors


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = process("serve", "--port", port, "--store", f"sqlite:///{tmp_path}/graph.db")
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: 127.0.0.1, port {port}: ")
    assert not (tmp_path / "graph.db").exists()
