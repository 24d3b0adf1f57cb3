"""Queries that are answered to a callback: sent, tried again, resumed, and never sent inside."""

import ipaddress
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.model.account import JobStatus
from app.model.errors import BadInput
from app.services import jobs
from app.services.callbacks import Callbacks, NotSent, is_public
from app.services.job_runner import JobRunner
from app.services.reasoning import Reasoner
from app.trapi.later import TRAPI, trapi_work
from app.trapi.parts import Parts
from tests.trapi.conftest import EMT, NFKB, Trapi, serving, strict_errors

GRAPH = {
    "nodes": {"s": {"ids": [NFKB]}, "o": {"ids": [EMT]}},
    "edges": {"e": {"subject": "s", "object": "o"}},
}


class Receiver(HTTPServer):
    """A client's own server: it keeps what it is sent, and fails as often as it is told."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []
        self.hosts: list[str | None] = []
        self.failing = 0
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/done?key=1"


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.hosts.append(self.headers["Host"])
        failing = self.server.failing > 0
        self.server.failing -= failing
        if not failing:
            self.server.bodies.append((self.path, json.loads(body)))
        self.send_response(500 if failing else 302 if self.path == "/moved" else 200)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def ended(trapi: Trapi, job: str) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        response = trapi.client.get(f"/trapi/{trapi.version}/asyncquery_status/{job}")
        body: dict[str, Any] = response.json()
        assert strict_errors(trapi.version, "AsyncQueryStatusResponse", body) == []
        if body["status"] in ("Completed", "Failed"):
            return body
        time.sleep(0.1)
    raise AssertionError(f"job {job} did not end")


def queue(trapi: Trapi, url: str) -> str:
    response = trapi.post({"message": {"query_graph": GRAPH}, "callback": url}, "asyncquery")
    assert response.status_code == 200, response.text
    body = response.json()
    assert strict_errors(trapi.version, "AsyncQueryResponse", body) == []
    job: str = body["job_id"]
    return job


def test_the_answer_goes_to_the_callback(trapi: Trapi, receiver: Receiver) -> None:
    assert ended(trapi, queue(trapi, receiver.url))["status"] == "Completed"
    ((path, body),) = receiver.bodies
    assert path == "/done?key=1"
    assert strict_errors(trapi.version, "Response", body) == []
    asked = trapi.ask(GRAPH)
    assert body["message"] == asked["message"]


def test_a_callback_that_fails_is_tried_again(newest: Trapi, receiver: Receiver) -> None:
    receiver.failing = 1
    assert ended(newest, queue(newest, receiver.url))["status"] == "Completed"
    assert len(receiver.hosts) == 2


def test_a_redirect_is_not_followed(newest: Trapi, receiver: Receiver) -> None:
    url = f"http://127.0.0.1:{receiver.server_port}/moved"
    with pytest.raises(NotSent, match="302"):
        Callbacks(private=True).post(url, b"{}")
    assert [path for path, _ in receiver.bodies] == ["/moved"]


def test_a_query_whose_worker_died_is_taken_up_again(tmp_path: Path, receiver: Receiver) -> None:
    with serving(tmp_path) as client:
        parts = client.app.state.container  # type: ignore[attr-defined]
        parts.jobs.stop()
        own = Trapi(client, "2.0")
        _take_up_again(own, parts, receiver)


def _take_up_again(own: Trapi, parts: Any, receiver: Receiver) -> None:
    job = queue(own, receiver.url)
    held = parts.store.accounts.job(job)
    now = datetime.now(UTC)
    dead = held.model_copy(
        update={"status": JobStatus.RUNNING, "worker": "gone", "lease_until": now - timedelta(1)}
    )
    parts.store.accounts.put_job(dead)
    assert jobs.job(parts.store.accounts, job).status is JobStatus.INTERRUPTED
    work = trapi_work(Parts(parts.store, Reasoner(parts.store)), Callbacks(private=True))
    assert JobRunner(parts.store.accounts, {TRAPI: work}).run_waiting() == 1
    assert ended(own, job)["status"] == "Completed"
    assert len(receiver.bodies) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/x",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://user:secret@93.184.216.34/",
        "ftp://93.184.216.34/",
        "http:///x",
        "http://93.184.216.34:99999/",
    ],
)
def test_nothing_is_sent_inside(url: str) -> None:
    with pytest.raises(BadInput):
        Callbacks().check(url)


def test_only_listed_hosts_are_sent_to(newest: Trapi) -> None:
    body = {"message": {"query_graph": GRAPH}, "callback": "http://93.184.216.34/"}
    response = newest.post(body, "asyncquery")
    assert (response.status_code, "93.184.216.34" in response.json()) == (400, True)
    Callbacks().check("http://93.184.216.34/")


def test_the_address_that_was_checked_is_the_one_that_is_reached(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means another machine at the second look must not be looked up twice."""
    looked: list[str] = []
    real = socket.getaddrinfo

    def once(host: str, *args: Any, **kwargs: Any) -> Any:
        if host == "rebinding.example":
            looked.append(host)
            target = "127.0.0.1" if len(looked) == 1 else "127.0.0.9"
            return real(target, *args, **kwargs)
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    port = receiver.server_port
    Callbacks(private=True).post(f"http://rebinding.example:{port}/x", b"{}")
    assert looked == ["rebinding.example"]
    assert receiver.hosts == [f"rebinding.example:{port}"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("224.0.0.1", False),
        ("100.64.0.1", False),
        ("fe80::1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_an_id_that_is_none_of_a_query_is_unknown(trapi: Trapi) -> None:
    assert trapi.client.get(f"/trapi/{trapi.version}/asyncquery_status/x").status_code == 404


def test_a_query_without_a_callback_is_refused(trapi: Trapi) -> None:
    assert trapi.post({"message": {"query_graph": GRAPH}}, "asyncquery").status_code == 400
