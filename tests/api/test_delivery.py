"""How answers travel: compressed where that is of use, and kept by browsers where that is safe."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.routing import Mount

from app.api.app import COMPRESSED_FROM
from app.api.assets import ASK_EACH_TIME, FOREVER, Assets
from tests.api.conftest import Service, running

ANSWER = "/api/v1/reasoning/interventions?outcome=EMT&effect=reverses"
GZIP = {"Accept-Encoding": "gzip"}
PLAIN = {"Accept-Encoding": "identity"}


def raw(service: Service, path: str, headers: dict[str, str]) -> tuple[dict[str, str], bytes]:
    """Return headers and body as they came over the wire."""
    with service.client.stream("GET", path, headers=headers) as response:
        assert response.status_code == 200, response.read()
        return dict(response.headers), b"".join(response.iter_raw())


def test_a_long_answer_is_compressed_for_those_who_take_it(shown: Service) -> None:
    headers, body = raw(shown, ANSWER, GZIP)
    plain_headers, plain = raw(shown, ANSWER, PLAIN)
    assert headers["content-encoding"] == "gzip"
    assert len(plain) > COMPRESSED_FROM > 0
    assert gzip.decompress(body) == plain
    assert "content-encoding" not in plain_headers
    for sent in (headers, plain_headers):
        assert {"accept", "authorization", "accept-encoding"} <= {
            name.strip().lower() for name in sent["vary"].split(",")
        }
    assert headers["x-content-type-options"] == "nosniff"


def test_a_short_answer_is_sent_as_it_is(shown: Service) -> None:
    headers, body = raw(shown, "/api/v1/healthz", GZIP)
    assert "content-encoding" not in headers
    assert body.startswith(b"{")


def test_a_tag_of_a_compressed_answer_is_known_again(shown: Service) -> None:
    headers, _ = raw(shown, ANSWER, GZIP)
    again = shown.client.get(ANSWER, headers={**GZIP, "If-None-Match": headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_compressed_export_is_the_same_and_still_a_stream(shown: Service) -> None:
    path = "/api/v1/export/jsonl"
    headers, body = raw(shown, path, GZIP)
    assert headers["content-encoding"] == "gzip"
    assert "content-length" not in headers
    assert gzip.decompress(body) == raw(shown, path, PLAIN)[1]


def test_an_archive_is_not_compressed_twice(shown: Service) -> None:
    headers, body = raw(shown, "/api/v1/export/kgx", GZIP)
    assert "content-encoding" not in headers
    assert body.startswith(b"PK")


def test_events_of_a_job_are_not_held_back(tmp_path: Path) -> None:
    for service in running(tmp_path):
        citation = {"title": "A third paper.", "identifiers": ["PMID:3"]}
        job = service.client.post(
            "/api/v1/articles?format=json", json=citation, headers=service.headers()
        ).headers["location"]
        headers, body = raw(service, f"{job}/events", {**GZIP, **service.headers()})
        assert headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in headers
        assert b"event: end" in body


@pytest.fixture
def files(tmp_path: Path) -> Iterator[TestClient]:
    """The assets of a page that the test builds itself."""
    for name in ("index-DMMJvxwq.js", "font-latin-B_-a1c2D.woff2", "licences.md", "page-long.js"):
        (tmp_path / name).write_bytes(b"x" * 2000)
    with TestClient(Starlette(routes=[Mount("/assets", Assets(directory=tmp_path))])) as client:
        yield client


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("index-DMMJvxwq.js", FOREVER),
        ("font-latin-B_-a1c2D.woff2", FOREVER),
        ("licences.md", ASK_EACH_TIME),
        ("page-long.js", ASK_EACH_TIME),
    ],
)
def test_a_file_with_a_hash_in_its_name_is_kept_forever(
    files: TestClient, name: str, kept: str
) -> None:
    first = files.get(f"/assets/{name}")
    assert first.headers["cache-control"] == kept
    again = files.get(f"/assets/{name}", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["cache-control"] == kept


def test_a_missing_file_is_not_kept(shown: Service) -> None:
    for path in ("/assets/index-AAAAAAAA.js", "/assets/../app.py"):
        response = shown.client.get(path)
        assert response.status_code == 404
        assert "immutable" not in response.headers.get("cache-control", "")


def test_the_page_is_asked_for_each_time(shown: Service) -> None:
    page = Path(__file__).parents[2] / "app" / "web" / "static" / "index.html"
    if not page.is_file():
        pytest.skip("the page is not built; run: make web")
    first = shown.client.get("/")
    assert first.headers["cache-control"] == ASK_EACH_TIME
    script = first.text.split('src="')[1].split('"')[0]
    headers, body = raw(shown, script, GZIP)
    assert headers["cache-control"] == FOREVER
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == shown.client.get(script).content
