"""Documents read for claims over REST: stored nowhere, or with their article."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.model.vocabulary import Role
from tests.api.conftest import FIRST, Service, running
from tests.extraction.language_model.proposals import QUOTE, answer
from tests.support.model_server import completion, model_server

ONE = orjson.dumps(
    {
        "title": "A study of cells.",
        "abstract": [{"text": f"{QUOTE}. Whether it lasts is not known."}],
        "identifiers": ["PMID:77"],
    }
)
EXTRACT = "/api/v1/articles:extract"
AS_JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that reads what it ingests, with a model that finds nothing."""
    with model_server(completion(answer())) as server:
        yield from running(
            tmp_path_factory.mktemp("reading"),
            extraction=True,
            model_base_url=server.url,
            model_name="test-model",
        )


def done(service: Service, job: str) -> Any:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        body = service.client.get(job).json()
        if body["status"] not in ("queued", "running"):
            return body
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def test_documents_are_read_and_nothing_is_stored(reading: Service) -> None:
    before = reading.parts.store.head()
    response = reading.client.post(EXTRACT, content=ONE + b"\n{", headers=AS_JSON)
    assert response.status_code == 200, response.text
    body = response.json()
    (document,) = body["documents"]
    assert document.keys() == {"id", "text", "mentions", "claims"}
    assert document["id"] == "PMID:77"
    (claim, *_) = document["claims"]
    assert claim.keys() >= {"edges", "confidence", "extractions", "statement", "quotes"}
    assert (claim["status"], claim["revision"]) == ("candidate", 0)
    assert [each["reader"] for each in body["readers"]] == ["rules"]
    assert len(body["errors"]) == 1
    assert body["usage"]["requests"] == 0
    assert reading.parts.store.head() == before
    assert response.headers["cache-control"] == "no-store"


def test_the_model_reads_for_curators(reading: Service) -> None:
    asked = f"{EXTRACT}?model=true"
    assert reading.client.post(asked, content=ONE, headers=AS_JSON).status_code == 401
    token = reading.headers(Role.READER, **AS_JSON)
    assert reading.client.post(asked, content=ONE, headers=token).status_code == 403
    response = reading.client.post(asked, content=ONE, headers=reading.headers(**AS_JSON))
    assert response.status_code == 200, response.text
    assert [each["reader"] for each in response.json()["readers"]] == ["rules", "model"]
    assert response.json()["usage"]["input_tokens"] == 1000


def test_a_model_that_is_not_there_is_refused(service: Service) -> None:
    for path in (EXTRACT, "/api/v1/articles"):
        response = service.client.post(
            f"{path}?model=true", content=ONE, headers=service.headers(**AS_JSON)
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/query/model"


def test_too_many_documents_and_too_many_at_once(service: Service) -> None:
    many = b"\n".join([ONE] * 51)
    assert service.client.post(EXTRACT, content=many, headers=AS_JSON).status_code == 413
    assert service.client.post(EXTRACT, content=b" ", headers=AS_JSON).status_code == 422
    slots = service.parts.extracting
    while slots.acquire(blocking=False):
        pass
    response = service.client.post(EXTRACT, content=ONE, headers=AS_JSON)
    assert response.status_code == 429
    assert response.headers["retry-after"]


def test_an_ingested_article_has_its_candidates(reading: Service) -> None:
    response = reading.client.post(
        "/api/v1/articles?model=true", content=ONE, headers=reading.headers(**AS_JSON)
    )
    assert response.status_code == 202, response.text
    job = done(reading, response.headers["location"])
    assert job["status"] == "succeeded"
    assert job["counts"]["created"] == 1
    candidates = job["counts"]["candidates"]
    assert candidates >= 1
    found = reading.get("/claims", status="candidate", pmid="PMID:77")
    assert found["total"] == candidates
    article: Any = reading.get("/articles/PMID:77")
    assert len(article["claims"]) == candidates
    text = article["text"]
    places = [each["mention"] for each in article["mentions"]]
    assert all(text[each["start"] : each["end"]] == each["text"] for each in places)
    assert places == sorted(places, key=lambda each: (each["start"], each["end"]))


def test_an_article_shows_all_mentions_and_the_claims_own_come_first(reading: Service) -> None:
    article: Any = reading.get(f"/articles/PMID:{FIRST.id[1:].lstrip('0')}")
    named = {each["mention"]["text"] for each in article["mentions"]}
    assert {"Curcumin", "EMT", "NF-kappaB"} <= named


def test_where_nothing_is_read_mentions_are_those_of_the_claims(shown: Service) -> None:
    article: Any = shown.get(f"/articles/PMID:{FIRST.id[1:].lstrip('0')}")
    assert "Curcumin" not in {each["mention"]["text"] for each in article["mentions"]}


def test_the_reading_process_ends_with_the_service(tmp_path: Path) -> None:
    import psutil

    me = psutil.Process()
    before = {each.pid for each in me.children(recursive=True)}
    for service in running(tmp_path):
        assert service.client.post(EXTRACT, content=ONE, headers=AS_JSON).status_code == 200
        assert {each.pid for each in me.children(recursive=True)} - before
    left = [each for each in me.children(recursive=True) if each.pid not in before]
    # Python's own resource tracker stays until the end of the program.
    assert not [each for each in left if "resource_tracker" not in " ".join(each.cmdline())]
