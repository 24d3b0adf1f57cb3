"""One small class for each engine: how a test gets a fresh store and a second way into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from app.graph.neo4j import open_neo4j
from app.graph.port import GraphStore
from app.graph.sqlite import open_sqlite
from tests.support.neo4j_pool import lent_server
from tests.support.neo4j_server import Neo4jServer


class Opened(Protocol):
    """An open place for one store's data."""

    def store(self) -> GraphStore:
        """Open the store; every call gives a handle of its own on the same graph."""
        ...

    def url(self) -> str:
        """The address under which another process opens the same graph."""
        ...


class Backend(Protocol):
    """An engine under test; ``marks`` let a run choose it or leave it out."""

    name: str
    marks: tuple[pytest.MarkDecorator, ...]

    def fresh(self, directory: Path) -> "Iterator[Opened]":
        """Yield a place with an empty graph, and clear it away afterwards."""
        ...


class SqliteFile:
    """A store file in a directory of the test's own."""

    def __init__(self, path: Path) -> None:
        self._url = f"sqlite:///{path}"
        self._open: list[GraphStore] = []

    def store(self) -> GraphStore:
        store = open_sqlite(self._url)
        self._open.append(store)
        return store

    def url(self) -> str:
        return self._url

    def close(self) -> None:
        for store in self._open:
            store.close()


class SqliteBackend:
    """The embedded store."""

    name = "sqlite"
    marks: tuple[pytest.MarkDecorator, ...] = ()

    def fresh(self, directory: Path) -> Iterator[Opened]:
        place = SqliteFile(directory / "graph.db")
        try:
            yield place
        finally:
            place.close()


class Neo4jDatabase:
    """The emptied graph of a server that the test has to itself."""

    def __init__(self, server: Neo4jServer) -> None:
        self._server = server
        self._open: list[GraphStore] = []

    def store(self) -> GraphStore:
        store = open_neo4j(self._server.url)
        self._open.append(store)
        return store

    def url(self) -> str:
        return self._server.url

    def close(self) -> None:
        for store in self._open:
            store.close()


class Neo4jBackend:
    """The store on a Neo4j server, which the tests start."""

    name = "neo4j"
    marks: tuple[pytest.MarkDecorator, ...] = (pytest.mark.neo4j,)

    def fresh(self, directory: Path) -> Iterator[Opened]:  # noqa: ARG002
        with lent_server() as server:
            place = Neo4jDatabase(server)
            try:
                yield place
            finally:
                place.close()


BACKENDS: tuple[Backend, ...] = (SqliteBackend(), Neo4jBackend())


@contextmanager
def fresh(backend: Backend, directory: Path) -> Iterator[Opened]:
    """Use a backend's fresh place as a block."""
    yield from backend.fresh(directory)


def open_url(url: str) -> GraphStore:
    """Open a store in another process, by the address that its place gave."""
    return open_sqlite(url) if url.startswith("sqlite:") else open_neo4j(url)
