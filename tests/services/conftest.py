"""A real store of its own for each test, empty or with the seeds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.graph.port import GraphStore
from app.graph.sqlite import open_sqlite
from app.services.seeds import load_seeds


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    """Return an empty store in a file."""
    opened = open_sqlite(f"sqlite:///{tmp_path / 'graph.db'}")
    yield opened
    opened.close()


@pytest.fixture
def seeded(store: GraphStore) -> GraphStore:
    """Return a store with the seeds."""
    load_seeds(store)
    return store
