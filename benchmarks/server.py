"""A real `evipath serve` in a process of its own, for benchmarks."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

EVIPATH = str(Path(sys.executable).with_name("evipath"))
QUESTION = "/api/v1/reasoning/interventions?outcome=GO:0001837&effect=reverses"


def environment(data: Path) -> Mapping[str, str]:
    """Return an environment whose default store lies in ``data``."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("EVIPATH_", "NEO4J_"))}
    return kept | {"EVIPATH_DATA_DIR": str(data), "EVIPATH_LOG_LEVEL": "error"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def seed(data: Path) -> None:
    subprocess.run([EVIPATH, "seed"], env=environment(data), check=True, capture_output=True)


@contextmanager
def started(command: list[str], data: Path) -> Iterator[None]:
    """Run a server until the block ends."""
    process = subprocess.Popen(
        command,
        env=environment(data),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def first_answer(url: str, seconds: float = 60.0) -> bytes:
    """Ask until there is an answer, and return its body."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as response:  # noqa: S310
                body: bytes = response.read()
                return body
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def serve(port: int) -> list[str]:
    return [EVIPATH, "serve", "--host", "127.0.0.1", "--port", str(port)]
