"""Many questions that would search for hours: others are answered, and who left is forgotten."""

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest
import uvicorn
from fastapi import FastAPI

from app.api.app import create_app
from app.api.server import Server
from app.bootstrap import build
from app.reasoning import engine
from app.settings import Settings
from tests.support import exploding

PATIENCE = 60.0
"""Seconds that the machine may take for what takes it milliseconds when it is idle."""

LONG = f"/api/v1/reasoning/interventions?outcome={quote(exploding.TARGET)}&effect=lowers&max_hops=6"
SHORT = f"/api/v1/reasoning/interventions?outcome={quote(exploding.HUB)}&effect=lowers&max_hops=1"
HEALTH = "/api/v1/healthz"


@dataclass
class Running:
    """A service that listens, with the server that runs it."""

    app: FastAPI
    server: uvicorn.Server
    thread: Thread
    port: int

    def connect(self, path: str) -> socket.socket:
        """Ask, and return the connection on which the answer comes."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode()
        )
        return connection

    def get(self, path: str) -> tuple[int, dict[str, str], dict[str, object]]:
        """Return status, headers and body of an answer."""
        with self.connect(path) as connection:
            return read(b"".join(iter(lambda: connection.recv(65536), b"")))

    def wait_until_searching(self, count: int) -> None:
        """Return when so many questions search or wait."""
        until = time.monotonic() + PATIENCE
        while len(self.app.state.searches._asked) != count:
            assert time.monotonic() < until
            time.sleep(0.01)


def read(raw: bytes) -> tuple[int, dict[str, str], dict[str, object]]:
    """Split an answer into status, headers and body."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split(" ")[1]), headers, json.loads(body)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of nearly ten thousand links, and a kernel that is compiled."""
    url = f"sqlite:///{tmp_path_factory.mktemp('exploding') / 'graph.db'}"
    parts = build(Settings(store=url, extraction=False))
    exploding.fill(parts.store, clique=95, starts=400)
    parts.close()
    engine.compile_ahead().join()
    return url


@contextmanager
def serving(store: str, data: Path, **more: object) -> Iterator[Running]:
    """Run a service on a port of its own."""
    chosen = Settings(store=store, data_dir=data, extraction=False, **more)  # type: ignore[arg-type]
    app = create_app(build(chosen))
    listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
    server = Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    running = Running(app, server, thread, listening.getsockname()[1])
    try:
        assert running.get(HEALTH)[0] == 200
        yield running
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_a_question_ends_at_its_deadline_and_is_asked_anew(store: str, tmp_path: Path) -> None:
    with serving(store, tmp_path, deadline=1.0) as service:
        for _ in range(2):
            status, headers, answer = service.get(LONG)
            assert (status, answer["complete"]) == (200, False)
            assert "cut short" in str(answer["note"])
            # What is direct needs no search.
            assert [each["target"]["id"] for each in answer["interventions"]] == [exploding.HUB]
            assert headers["cache-control"] == "no-store"
            assert "etag" not in headers
        status, headers, answer = service.get(SHORT)
        assert (status, answer["complete"]) == (200, True)
        assert "etag" in headers


def test_a_client_that_leaves_leaves_its_place(store: str, tmp_path: Path) -> None:
    with serving(store, tmp_path, deadline=600, searches=1, searches_waiting=2) as service:
        gone = service.connect(LONG)
        service.wait_until_searching(1)
        waiting = service.connect(LONG)
        service.wait_until_searching(2)
        waiting.close()
        service.wait_until_searching(1)
        gone.close()
        assert service.get(SHORT)[0] == 200


def test_the_end_of_the_service_ends_its_searches(store: str, tmp_path: Path) -> None:
    with serving(store, tmp_path, deadline=600, searches=1) as service:
        asked = [service.connect(LONG) for _ in range(3)]
        service.wait_until_searching(3)
        service.server.should_exit = True
        for connection in asked:
            with connection:
                status, headers, problem = read(
                    b"".join(iter(lambda c=connection: c.recv(65536), b""))  # type: ignore[misc]
                )
            assert status == 503
            assert headers["retry-after"] == "5"
            assert str(problem["detail"]).startswith("reasoning: ")


def test_many_such_questions_leave_the_service_answering(store: str, tmp_path: Path) -> None:
    with serving(store, tmp_path, deadline=2.0, searches=2, searches_waiting=4) as service:
        answers, healthy = asyncio.run(_storm(service.port, questions=200, checks=20))
        status, _, answer = service.get(SHORT)
    assert healthy == [200] * 20
    refused = [headers for code, headers, _ in answers if code == 503]
    assert len(refused) >= 200 - 2 * (2 + 4)
    assert all(headers["retry-after"] == "5" for headers in refused)
    answered = [body for code, _, body in answers if code == 200]
    assert answered
    assert len(answered) + len(refused) == 200
    assert all(body["complete"] is False for body in answered)
    assert (status, answer["complete"]) == (200, True)


async def _storm(
    port: int, questions: int, checks: int
) -> tuple[list[tuple[int, dict[str, str], dict[str, object]]], list[int]]:
    """Ask everything at once; return the answers, and the status of each health check."""

    async def get(path: str) -> tuple[int, dict[str, str], dict[str, object]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode())
        try:
            return read(await asyncio.wait_for(reader.read(), PATIENCE))
        finally:
            writer.close()

    asked = [asyncio.create_task(get(LONG)) for _ in range(questions)]
    healthy = [(await get(HEALTH))[0] for _ in range(checks)]
    return await asyncio.gather(*asked), healthy


def test_two_simulations_at_once_leave_the_health_check_answering(
    store: str, tmp_path: Path
) -> None:
    with serving(store, tmp_path, deadline=PATIENCE, searches=2) as service:
        answers, healthy = asyncio.run(_simulating(service.port))
    assert healthy == [200] * 10
    assert [status for status, _, _ in answers] == [200, 200]
    seeds = [answer["query"]["seed"] for _, _, answer in answers]  # type: ignore[index]
    assert seeds == [1, 2]


async def _simulating(
    port: int,
) -> tuple[list[tuple[int, dict[str, str], dict[str, object]]], list[int]]:
    """Simulate twice at once; return the answers, and the health checks made before they came."""

    async def ask(head: str, body: str = "") -> tuple[int, dict[str, str], dict[str, object]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        more = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        writer.write(
            f"{head} HTTP/1.1\r\nHost: test\r\n{more}Connection: close\r\n\r\n{body}".encode()
        )
        try:
            return read(await asyncio.wait_for(reader.read(), 2 * PATIENCE))
        finally:
            writer.close()

    questions = [
        {"outcome": exploding.HUB, "effect": "lowers", "networks": 200, "nodes": 100, "seed": seed}
        for seed in (1, 2)
    ]
    asked = [
        asyncio.create_task(ask("POST /api/v1/reasoning/simulate", json.dumps(one)))
        for one in questions
    ]
    healthy = []
    for _ in range(10):
        healthy.append((await ask(f"GET {HEALTH}"))[0])
        assert not all(one.done() for one in asked)
    return await asyncio.gather(*asked), healthy
