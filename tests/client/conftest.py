"""A service that listens on a port of its own, and clients of it."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.api.app import create_app
from app.api.server import Server
from app.bootstrap import build
from app.model.vocabulary import Role
from app.services import accounts
from evipath_client import Client
from tests.api.conftest import fill, settings


@dataclass
class Running:
    """A running service: its address, and a curator's token."""

    url: str
    token: str
    claim: str

    def client(self, **more: object) -> Client:
        return Client(self.url, token=self.token, **more)  # type: ignore[arg-type]


class _Thread(Server):
    def install_signal_handlers(self) -> None:
        """Leave the signals to the tests."""


def listening(app: FastAPI) -> Iterator[str]:
    """Serve an application over HTTP until the generator goes on."""
    import uvicorn

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen(64)
        server = _Thread(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


def running(path: Path, **more: object) -> Iterator[Running]:
    parts = build(settings(path, **more))
    _, token = accounts.create(parts.store.accounts, "ada", Role.CURATOR)
    made = fill(parts)
    for url in listening(create_app(parts)):
        yield Running(url, token, made[0].id)


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One service for all tests that only read."""
    yield from running(tmp_path_factory.mktemp("client"))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Running]:
    """A service of the test's own, to write to."""
    yield from running(tmp_path)


@pytest.fixture
def client(shown: Running) -> Iterator[Client]:
    with shown.client() as made:
        yield made
