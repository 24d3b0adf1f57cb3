"""The suite's fixtures: every test runs on every engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.graph.port import GraphStore
from tests.conformance.backends import BACKENDS, Backend, Opened, fresh

ENGINES = [pytest.param(backend, id=backend.name, marks=backend.marks) for backend in BACKENDS]


@pytest.fixture(params=ENGINES)
def backend(request: pytest.FixtureRequest) -> Backend:
    found: Backend = request.param
    return found


@pytest.fixture
def place(backend: Backend, tmp_path: Path) -> Iterator[Opened]:
    with fresh(backend, tmp_path) as opened:
        yield opened


@pytest.fixture
def store(place: Opened) -> GraphStore:
    return place.store()


@pytest.fixture
def other(store: GraphStore, backend: Backend, tmp_path: Path) -> Iterator[GraphStore]:
    """An empty store on the same engine, in which a dump or backup of ``store`` can go."""
    directory = tmp_path / "other"
    directory.mkdir()
    with fresh(backend, directory) as opened:
        yield opened.store()
