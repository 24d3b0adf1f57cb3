"""Fixtures for tests on the real Neo4j server."""

from collections.abc import Iterator

import pytest

from tests.support.neo4j_pool import lent_server
from tests.support.neo4j_server import Neo4jServer


@pytest.fixture
def neo4j_server() -> Iterator[Neo4jServer]:
    """A running server with an empty graph, the test's own while it lasts."""
    with lent_server() as server:
        yield server


@pytest.fixture
def neo4j_url(neo4j_server: Neo4jServer) -> str:
    """The address of an empty graph; NEO4J_USERNAME and NEO4J_PASSWORD are set."""
    return neo4j_server.url
