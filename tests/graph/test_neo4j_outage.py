"""Neo4j stopped and started in the middle: a clear word, then service goes on."""

import time
from collections.abc import Iterator

import pytest

from app.graph.neo4j import Neo4jStore, open_neo4j
from app.graph.neo4j.connection import Connection
from app.graph.port import GraphWriter
from app.model.errors import BadInput, SchemaTooNew, StoreError, Unavailable
from tests.support.factories import paper
from tests.support.neo4j_pool import driver_of, lent_server
from tests.support.neo4j_server import Neo4jServer

pytestmark = pytest.mark.neo4j


@pytest.fixture
def server() -> Iterator[Neo4jServer]:
    with lent_server() as lent:
        yield lent


@pytest.fixture
def store(server: Neo4jServer) -> Iterator[Neo4jStore]:
    opened = open_store(server)
    yield opened
    opened.close()


def open_store(server: Neo4jServer, *, password: str | None = None) -> Neo4jStore:
    return Neo4jStore.open(
        server.url,
        username=server.user,
        password=password or server.password,
        retry_seconds=1.0,
    )


@pytest.mark.slow
@pytest.mark.parametrize("how", ["stop", "kill"])
def test_an_outage_is_named_and_service_goes_on(
    server: Neo4jServer, store: Neo4jStore, how: str
) -> None:
    one, two = paper(1), paper(2)
    store.write("ada", "before", one.put)
    getattr(server, how)()
    address = server.url.removeprefix("bolt://")
    begun = time.monotonic()
    for call in (
        store.head,
        lambda: store.write("ada", "during", two.put),
        lambda: store.accounts.users(),
        lambda: list(store.dump()),
    ):
        with pytest.raises(Unavailable) as caught:
            call()
        assert caught.value.part == "neo4j"
        assert address in str(caught.value)
        assert server.password not in str(caught.value)
    assert time.monotonic() - begun < 40
    server.start()
    assert store.head().number == 1
    store.write("ada", "after", two.put)
    with store.view() as view:
        assert view.articles([one.id, two.id]).keys() == {one.id, two.id}
        assert view.counts().revisions == 2


@pytest.mark.slow
def test_a_write_cut_off_in_the_middle_leaves_nothing(
    server: Neo4jServer, store: Neo4jStore
) -> None:
    runs = []

    def work(writer: GraphWriter) -> None:
        paper(1).put(writer)
        writer.counts()
        runs.append(1)
        server.kill()

    with pytest.raises(Unavailable, match="neo4j"):
        store.write("ada", "cut off", work)
    assert runs
    server.start()
    assert store.head().number == 0
    with store.view() as view:
        assert view.counts().articles == 0
    store.write("ada", "again", paper(1).put)
    assert store.head().number == 1


def test_a_revision_whose_writer_died_before_publishing_is_published_on_opening(
    server: Neo4jServer, store: Neo4jStore
) -> None:
    store.write("ada", "first", paper(1).put)
    with driver_of(server) as driver:
        driver.execute_query("MATCH (h:Head) SET h.revision = 0")
    assert store.head().number == 0
    assert store.revision(1) is None
    assert store.revisions(0, 10) == ()
    open_store(server).close()
    assert store.head().number == 1


def test_a_writer_numbers_on_after_an_unpublished_revision(
    server: Neo4jServer, store: Neo4jStore
) -> None:
    store.write("ada", "first", paper(1).put)
    with driver_of(server) as driver:
        driver.execute_query("MATCH (h:Head) SET h.revision = 0")
    store.write("ada", "second", paper(2).put)
    assert [revision.number for revision in store.revisions(0, 10)] == [1, 2]


def test_wrong_credentials_are_named_and_not_shown(server: Neo4jServer) -> None:
    with pytest.raises(Unavailable, match="NEO4J_PASSWORD") as caught:
        open_store(server, password="not-the-password")
    assert "not-the-password" not in str(caught.value)


def test_a_missing_password_is_named(server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD")
    with pytest.raises(Unavailable, match="set NEO4J_USERNAME and NEO4J_PASSWORD"):
        open_neo4j(server.url)


def test_an_unknown_database_is_named(server: Neo4jServer) -> None:
    with pytest.raises(Unavailable, match="has no database 'elsewhere'"):
        open_neo4j(f"{server.url}/elsewhere")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1:9 can't be reached"):
        Neo4jStore.open("bolt://127.0.0.1:9", username="a", password="b", retry_seconds=0.5)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://host", "scheme 'http'"),
        ("neo4j://", "host None"),
        ("neo4j://me:secret@host", "credentials belong in"),
        ("neo4j://host:99999", "[Pp]ort"),
        ("neo4j://host/db?policy=x", "no query"),
    ],
)
def test_a_wrong_address_is_refused_without_its_secret(url: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        Connection(url, "me", "secret")
    assert "secret" not in str(caught.value)


def test_the_address_that_is_shown_names_the_database() -> None:
    with Connection("neo4j+s://Graph.example/papers", "me", "secret") as connection:
        assert connection.url == "neo4j+s://graph.example:7687/papers"


def test_a_store_from_a_newer_version_is_refused(server: Neo4jServer, store: Neo4jStore) -> None:
    assert store.head().number == 0
    with driver_of(server) as driver:
        driver.execute_query("MATCH (s:Store) SET s.schema = 99")
        try:
            with pytest.raises(SchemaTooNew, match="schema version 99"):
                open_store(server)
        finally:
            driver.execute_query("MATCH (s:Store) SET s.schema = 1")


def test_somebody_elses_graph_is_left_alone(server: Neo4jServer) -> None:
    with driver_of(server) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        driver.execute_query("CREATE (:Person {name: 'Alice'})")
        with pytest.raises(StoreError, match="not an EviPath store"):
            open_store(server)
        [found] = driver.execute_query("MATCH (n) RETURN count(n) AS nodes").records
        assert found["nodes"] == 1
        driver.execute_query("MATCH (n) DETACH DELETE n")
