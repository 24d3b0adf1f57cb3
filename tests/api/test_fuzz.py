"""Schemathesis against the OpenAPI document: no crash, nothing undocumented, no wrong input in."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from app.api.app import create_app
from app.bootstrap import build
from app.model.vocabulary import Role
from app.services import accounts
from tests.api.conftest import fill, settings

CONFIG = Path(__file__).with_name("schemathesis.toml")
SECONDS = 400


@dataclass(frozen=True)
class Served:
    url: str
    token: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the interface on a free port of this machine."""
    parts = build(settings(tmp_path_factory.mktemp("fuzzed"), write_limit="", sign_in_limit=""))
    token = accounts.create(parts.store.accounts, "fuzz", Role.CURATOR)[1]
    fill(parts)
    server = uvicorn.Server(uvicorn.Config(create_app(parts), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Served(f"http://127.0.0.1:{port}", token)
    server.should_exit = True
    thread.join()


@pytest.mark.slow
def test_the_interface_keeps_its_contract(served: Served, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "schemathesis.cli",
        "--config-file",
        str(CONFIG),
        "run",
        f"{served.url}/openapi.json",
        "--header",
        f"Authorization: Bearer {served.token}",
        "--exclude-operation-id",
        "follow_job",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2_000:]
    assert "Tested: 57" in done.stdout
