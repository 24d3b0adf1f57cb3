"""Held answers: sent again while nothing changed, and forgotten with what was purged."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.api.held import SharedLook
from app.graph.rows import EMPTY_REVISION
from app.model.history import Revision
from app.model.vocabulary import Role
from tests.api.conftest import Service

QUESTION = "/api/v1/reasoning/interventions?outcome=GO:0001837&effect=reverses"


def test_the_same_question_again_is_answered_with_the_same_bytes(shown: Service) -> None:
    first, second, third = (shown.client.get(QUESTION) for _ in range(3))
    assert first.content == second.content == third.content
    assert first.headers["etag"] == third.headers["etag"]
    assert third.headers["content-type"] == "application/json"
    assert third.headers["x-request-id"] != first.headers["x-request-id"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Accept": "text/html"}, 406),
        ({"Authorization": "Bearer nobody"}, 401),
        ({"If-None-Match": "broken"}, 400),
    ],
)
def test_a_held_answer_opens_no_side_door(
    shown: Service, headers: dict[str, str], status: int
) -> None:
    for _ in range(2):
        assert shown.client.get(QUESTION).status_code == 200
    assert shown.client.get(QUESTION, headers=headers).status_code == status


def test_who_holds_the_answer_gets_304(shown: Service) -> None:
    tag = shown.client.get(QUESTION).headers["etag"]
    again = shown.client.get(QUESTION, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_route_is_measured_under_its_own_name(shown: Service) -> None:
    for _ in range(3):
        shown.client.get(QUESTION)
    figures = shown.client.get("/api/v1/metrics").text
    line = next(
        each for each in figures.splitlines()
        if each.startswith("evipath_http_requests_total") and "/reasoning/interventions" in each
    )  # fmt: skip
    assert float(line.split()[-1]) >= 3


def test_a_decision_shows_in_the_next_answer(service: Service) -> None:
    before = [service.client.get(QUESTION).json() for _ in range(2)][1]
    claim = before["interventions"][0]["evidence"][0]["claim"]
    tag = service.client.get(f"/api/v1/claims/{claim}").headers["etag"]
    done = service.client.post(
        f"/api/v1/claims/{claim}/decisions",
        json={"type": "reject", "reason": "a test"},
        headers=service.headers(Role.CURATOR, **{"If-Match": tag}),
    )
    assert done.status_code == 200
    after = service.client.get(QUESTION).json()
    assert after["snapshot"] != before["snapshot"]
    assert after["interventions"] != before["interventions"]


def test_what_is_purged_is_in_no_answer_about_the_past(service: Service) -> None:
    revision = service.parts.store.head().number
    past = f"{QUESTION}&as_of={revision}"
    first = [service.client.get(past).json() for _ in range(2)][1]["interventions"][0]
    quote = first["evidence"][0]["quote"]
    with service.parts.store.view() as view:
        article = view.article_ids([first["evidence"][0]["pmid"]])
    service.parts.store.purge("article", next(iter(article.values())), "root", "asked for")
    for question in (past, QUESTION):
        answer = service.client.get(question)
        assert answer.status_code == 200
        assert quote not in answer.text


def test_a_request_waits_for_a_look_that_begins_after_it() -> None:
    revisions = [EMPTY_REVISION.model_copy(update={"number": n}) for n in range(3)]
    looks: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def head() -> Revision:
        looks.append(len(looks))
        begun.set()
        assert go_on.wait(10)
        return revisions[looks[-1]]

    async def ask() -> list[int]:
        look = SharedLook(head)
        first = asyncio.create_task(look.now())
        await asyncio.to_thread(begun.wait, 10)
        later = [asyncio.create_task(look.now()) for _ in range(5)]
        await asyncio.sleep(0.05)
        go_on.set()
        return [(await each).number for each in (first, *later)]

    # A thread of its own has no event loop yet, whatever else the run has started.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, ask()).result(30) == [0, 1, 1, 1, 1, 1]
    assert looks == [0, 1]
