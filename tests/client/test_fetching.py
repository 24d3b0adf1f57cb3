"""Articles from PubMed over REST and the client, from E-utilities on the loopback."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evipath_client import Client, JobFailed
from tests.client.conftest import Running, running
from tests.support.entrez_server import EntrezServer, entrez_server

PATH = "/api/v1/articles:fetch"


@pytest.fixture(scope="module")
def server(shared_dir: Path) -> Iterator[EntrezServer]:
    files = sorted((shared_dir / "data" / "pubmed").glob("pubmed21n100[0-1].xml.gz"))
    with entrez_server(*files) as served:
        yield served


@pytest.fixture(scope="module")
def fetching(server: EntrezServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("fetching")
    yield from running(folder, ncbi_base_url=server.url, fetch_limit=3, ncbi_api_key="s3cret")


@pytest.fixture
def client(fetching: Running) -> Iterator[Client]:
    with fetching.client() as made:
        yield made


def test_articles_are_fetched_by_pmid_and_by_query(client: Client, server: EntrezServer) -> None:
    first, second, *_ = server.records
    moved: list[str] = []
    job = client.fetch([first, second], progress=lambda each: moved.append(each.status))
    assert job.counts == {"created": 2}
    assert moved[-1] == "succeeded"
    assert client.article(f"PMID:{first}").curie == f"PMID:{first}"
    assert client.fetch(first).counts == {"unrevised": 1}
    assert client.fetch(first, again=True).counts == {"unchanged": 1}
    job = client.fetch(query="cancer", limit=5)
    assert job.counts["hits"] > 5
    assert job.counts["created"] + job.counts.get("unrevised", 0) == 5
    assert job.parameters == {"query": "cancer"}
    with pytest.raises(JobFailed, match="more than the 3 that are fetched unasked"):
        client.fetch(query="cancer")
    with pytest.raises(JobFailed) as failed:
        client.fetch("99000001")
    assert "PMID:99000001 is not in PubMed" in failed.value.job.errors[0].reason


def test_who_asks_wrongly_is_told_where(fetching: Running, server: EntrezServer) -> None:
    headers = {"Authorization": f"Bearer {fetching.token}"}
    with httpx.Client(base_url=fetching.url, headers=headers) as http:
        assert httpx.post(fetching.url + PATH, json={"query": "x"}).status_code == 401
        for body, pointer in (
            ({"pmids": ["7", "x1"]}, "/pmids/1"),
            ({}, ""),
            ({"query": "x", "limit": 0}, "/limit"),
            ({"query": "x", "most": 3}, "/most"),
        ):
            problem = http.post(PATH, json=body)
            assert problem.status_code == 422, problem.text
            assert problem.json()["errors"][0]["pointer"] == pointer
        model = http.post(PATH, json={"query": "x", "model": True})
        assert model.json()["errors"][0]["pointer"] == "/model"
        again = {"Idempotency-Key": "one"}
        made = [http.post(PATH, json={"pmids": ["7"]}, headers=again) for _ in range(2)]
        assert [each.status_code for each in made] == [202, 202]
        assert made[0].headers["location"] == made[1].headers["location"]
        shown = http.get(made[0].headers["location"]).text
    assert "s3cret" not in shown + made[0].text
