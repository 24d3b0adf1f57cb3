"""The real service, as a process of its own on a free port, over a fresh seeded store."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

START_WITHIN = 180.0


@dataclass(frozen=True, slots=True)
class Service:
    """A running service: where it answers, a curator's and an admin's token, and what it said."""

    url: str
    token: str
    log: Path = Path()
    admin: str = ""

    @property
    def authorization(self) -> dict[str, str]:
        """The header that lets a curator write."""
        return {"Authorization": f"Bearer {self.token}"}


@contextmanager
def running(directory: Path, imports: Sequence[Path] = ()) -> Iterator[Service]:
    """Serve a fresh store in ``directory``, with the seed and ``imports``, until the block ends."""
    store = f"sqlite:///{directory / 'graph.db'}"
    _cli("seed", "--store", store)
    if imports:
        _cli("ingest", *map(str, imports), "--store", store)
    token = _cli("user", "add", "browser-tests", "--role", "curator", "--store", store).strip()
    admin = _cli("user", "add", "browser-admin", "--role", "admin", "--store", store).strip()
    port = _free_port()
    log = directory / "service.log"
    command = _command("serve", "--store", store, "--host", "127.0.0.1", "--port", str(port))
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=_environment())
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_ready(url, process, log)
            yield Service(url, token, log, admin)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "app.cli", *arguments]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("EVIPATH_")}


def _cli(*arguments: str) -> str:
    done = subprocess.run(
        _command(*arguments), capture_output=True, text=True, env=_environment(), check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"evipath {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the service ended:\n{log.read_text()}")
        try:
            if httpx.get(f"{url}/api/v1/readyz", timeout=2).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    said = log.read_text()[-2000:]
    raise RuntimeError(f"the service was not ready in {START_WITHIN:.0f} s:\n{said}")
