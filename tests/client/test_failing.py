"""What goes wrong: refusals, a service that is busy or away, answers that make no sense."""

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.app import create_app
from app.bootstrap import build
from evipath_client import NO_RETRY, AsyncClient, Client, Retry, errors
from evipath_client import models as m
from tests.api.conftest import fill, settings
from tests.client.conftest import Running, listening

QUICK = Retry(attempts=4, first=0.01)


class Moody:
    """The service behind something that first answers on its own, once for each of ``first``."""

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner
        self.first: list[Response] = []
        self.seen: list[tuple[str, str, dict[str, str]]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = {name.decode(): value.decode() for name, value in scope["headers"]}
            self.seen.append((scope["method"], scope["path"], headers))
            if self.first:
                await self.first.pop(0)(scope, receive, send)
                return
        await self._inner(scope, receive, send)


@pytest.fixture
def moody(tmp_path: Path) -> Iterator[tuple[str, Moody]]:
    parts = build(settings(tmp_path))
    fill(parts)
    made = Moody(create_app(parts))
    for url in listening(made):  # type: ignore[arg-type]
        yield url, made


def busy(status: int = 503, **headers: str) -> Response:
    return Response("<h1>busy</h1>", status, {n.replace("_", "-"): v for n, v in headers.items()})


@contextmanager
def quick(url: str, retry: Retry = QUICK) -> Iterator[Client]:
    with Client(url, retry=retry) as client:
        yield client


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_what_may_pass_is_tried_again(moody: tuple[str, Moody], status: int) -> None:
    url, service = moody
    service.first = [busy(status), busy(status)]
    with quick(url) as client:
        assert client.stats().claims == 1
    assert len(service.seen) == 3


def test_retry_after_is_kept_to(moody: tuple[str, Moody]) -> None:
    url, service = moody
    service.first = [busy(429, Retry_After="1")]
    begun = time.monotonic()
    with quick(url) as client:
        client.stats()
    assert time.monotonic() - begun >= 1


def test_a_date_to_retry_after_is_understood_and_too_long_a_wait_is_not_made(
    moody: tuple[str, Moody],
) -> None:
    url, service = moody
    service.first = [busy(429, Retry_After=formatdate(time.time() + 1000, usegmt=True))]
    with quick(url) as client, pytest.raises(errors.RateLimited) as caught:
        client.stats()
    assert 990 < (caught.value.retry_after or 0) <= 1000
    assert len(service.seen) == 1


def test_tries_end_and_a_page_of_a_proxy_is_a_problem_too(moody: tuple[str, Moody]) -> None:
    url, service = moody
    service.first = [busy() for _ in range(9)]
    with quick(url) as client, pytest.raises(errors.Unavailable) as caught:
        client.stats()
    assert len(service.seen) == QUICK.attempts
    assert caught.value.problem.detail == "<h1>busy</h1>"


def test_a_refusal_that_stands_is_not_tried_again(moody: tuple[str, Moody]) -> None:
    url, service = moody
    with quick(url) as client, pytest.raises(errors.NotFound) as caught:
        client.interventions("epithelial mesenchymal transitoin", "reverses")
    assert len(service.seen) == 1
    nearest = caught.value.problem.nearest or ()
    assert "GO:0001837" in [one.id for one in nearest]
    assert "GO:0001837" in str(caught.value)


def test_errors_carry_the_problem(client: Client) -> None:
    with pytest.raises(errors.Ambiguous) as ambiguous:
        client.interventions("twin", "reverses")
    assert {one.id for one in ambiguous.value.problem.candidates or ()} == {
        "HGNC:7794",
        "HGNC:7795",
    }
    with pytest.raises(errors.BadRequest) as bad:
        client.interventions("EMT", "reverses", max_hops=99)
    assert (bad.value.problem.errors or ())[0].pointer == "/query/max_hops"
    assert bad.value.problem.request_id


def test_tokens_that_are_missing_or_wrong(shown: Running) -> None:
    with Client(shown.url) as nobody, pytest.raises(errors.Unauthorized):
        nobody.ingest("x")
    with Client(shown.url, token="wrong") as wrong, pytest.raises(errors.Unauthorized):
        wrong.stats()


def test_nobody_there_and_too_slow() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}"
        with quick(closed) as client, pytest.raises(errors.ConnectionFailed, match="GET"):
            client.stats()
        free.listen(1)
        with Client(closed, timeout=0.1, retry=NO_RETRY) as client, pytest.raises(errors.TimedOut):
            client.stats()


def test_the_async_client_tries_again_too(moody: tuple[str, Moody]) -> None:
    url, service = moody
    service.first = [busy(), busy()]

    async def ask() -> int:
        async with AsyncClient(url, retry=QUICK) as client:
            return (await client.stats()).claims

    assert asyncio.run(ask()) == 1


def test_an_address_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match=r"evipath_client\.open"):
        Client("sqlite:///graph.db")


def test_an_answer_of_another_shape_is_not_understood(moody: tuple[str, Moody]) -> None:
    url, service = moody
    service.first = [Response('{"claims": "many"}')]
    with quick(url) as client, pytest.raises(errors.NotUnderstood, match="get_stats"):
        client.stats()


def test_what_a_newer_service_adds_is_kept(moody: tuple[str, Moody]) -> None:
    url, service = moody
    with quick(url) as client:
        known = client.claims().first().items[0]
        body = {**known.model_dump(mode="json"), "status": "doubted", "mood": {"grim": True}}
        service.first = [Response(json.dumps(body))]
        newer = client.claim("x")
    assert newer.status == "doubted"
    assert newer.model_extra == {"mood": {"grim": True}}


def test_what_did_not_change_is_sent_once(moody: tuple[str, Moody]) -> None:
    url, service = moody
    with quick(url) as client:
        first, second = (client.interventions("EMT", "reverses") for _ in range(2))
    assert first == second
    assert "if-none-match" not in service.seen[0][2]
    assert "if-none-match" in service.seen[1][2]


def test_an_export_is_tried_again_before_it_begins(
    moody: tuple[str, Moody], tmp_path: Path
) -> None:
    url, service = moody
    service.first = [busy()]
    with quick(url) as client:
        assert client.export("jsonl", tmp_path / "out.jsonl").stat().st_size > 0


def test_a_next_page_elsewhere_is_not_followed(moody: tuple[str, Moody]) -> None:
    url, service = moody
    body = {"items": [], "total": 3, "next": "https://elsewhere.example/steal"}
    service.first = [Response(json.dumps(body))]
    with quick(url) as client, pytest.raises(errors.NotUnderstood, match="path"):
        list(client.jobs())


def test_a_misspelt_question_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="efect"):
        m.InterventionRequest(outcome="EMT", effect="reverses", efect="x")  # type: ignore[call-arg]
