"""Exports over HTTP: types and names of files, refusals, and readers that are slow or go away."""

import socket
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from app.api.app import create_app
from app.bootstrap import build
from app.model.vocabulary import Category
from app.services.export import FORMATS
from tests.api.conftest import Service, settings
from tests.client.conftest import listening
from tests.support import factories

BASE = "/api/v1/export"


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_comes_as_a_file(shown: Service, form: str) -> None:
    answer = shown.client.get(f"{BASE}/{form}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == FORMATS[form].media_type
    name = answer.headers["content-disposition"]
    assert name.startswith('attachment; filename="evipath-r2-')
    assert name.endswith(f'.{FORMATS[form].ending}"')
    assert shown.get("/stats")["snapshot"]["id"][:12] in name
    again = shown.client.get(f"{BASE}/{form}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_an_unknown_format_is_told_with_the_known_ones(shown: Service) -> None:
    answer = shown.client.get(f"{BASE}/pdf")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert all(name in answer.json()["detail"] for name in FORMATS)
    assert answer.json()["errors"][0]["pointer"] == "/path/format"


def test_a_selection(shown: Service) -> None:
    assert b"raises" in shown.client.get(f"{BASE}/sif", params={"outcome": "EMT"}).content
    assert shown.client.get(f"{BASE}/sif", params={"pmid": "PMID:404"}).content == b""
    assert shown.client.get(f"{BASE}/sif", params={"agent": "no such thing"}).status_code == 404
    assert shown.client.get(f"{BASE}/sif", params={"colour": "red"}).status_code == 422
    refused = shown.client.get(f"{BASE}/bel", params={"status": "rejected"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/query/status"


def held_up(path: Path) -> bool:
    """Whether a reader keeps the store's journal from being taken in."""
    connection = sqlite3.connect(path)
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()
    return bool(busy)


def test_a_reader_that_stops_holds_nothing_of_the_store(tmp_path: Path) -> None:
    parts = build(settings(tmp_path))
    path = tmp_path / "graph.db"
    entities = [
        factories.entity(f"HGNC:{number}", f"{number} " + "x" * 1000, Category.GENE)
        for number in range(1, 12_000)
    ]
    parts.store.write("test", "entities", lambda writer: writer.put_many((), entities))
    with contextmanager(listening)(create_app(parts)) as url:
        place = urlsplit(url)
        reader = socket.create_connection((place.hostname, place.port), timeout=30)
        reader.sendall(f"GET {BASE}/graphml HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert reader.recv(1024).startswith(b"HTTP/1.1 200")
        # The reader stands still; what is written meanwhile is taken into the file.
        assert httpx.get(f"{url}/api/v1/healthz").status_code == 200
        more = factories.entity("HGNC:99999", "y")
        parts.store.write("test", "one more", lambda writer: writer.put_entity(more))
        assert not held_up(path)
        reader.close()
        assert httpx.get(f"{url}{BASE}/sif").content == b""
        assert not held_up(path)
