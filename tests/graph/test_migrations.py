"""Stores of earlier schema versions, as these versions wrote them, are brought forward whole."""

import gzip
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from neo4j import Driver

from app.graph.neo4j import open_neo4j
from app.graph.port import GraphStore
from app.graph.rows import row_line
from app.graph.sqlite import open_sqlite, schema
from app.model.errors import StoreError
from app.model.paper import paper_of
from app.model.text import sha256_of
from app.model.vocabulary import Role
from app.services import accounts
from tests.conformance.test_edge_columns import streamed, told
from tests.support.factories import claim, edge, paper
from tests.support.make_history_fixture import FOLDER, edges_of
from tests.support.neo4j_pool import driver_of
from tests.support.neo4j_server import Neo4jServer

ROUNDS = 12
VERSIONS = (1, 3)
"""The versions of which a fixture is kept."""


def fixture(name: str) -> bytes:
    return gzip.decompress((FOLDER / name).read_bytes())


def dumped(store: GraphStore) -> bytes:
    return b"".join(row_line(row) + b"\n" for row in store.dump())


def _with_papers(name: str, claims: bytes) -> bytes:
    """The edges of a fixture, whose versions named articles of the store alone."""
    named = {}
    for row in map(orjson.loads, claims.splitlines()):
        if row["kind"] == "claim":
            named[row["id"]] = (row["claim"].get("source") or {}).get("publications", [])
    lines = []
    for number, stored in map(orjson.loads, fixture(name).splitlines()):
        said, article = stored.pop("claim"), stored.pop("article_id")
        now = {"claim": said, "paper": paper_of(article, named[said]), **stored}
        lines.append(orjson.dumps([number, now]))
    return b"".join(line + b"\n" for line in lines)


def holds_all(store: GraphStore, version: int = 1) -> None:
    """A migrated store says what the version before said, at every revision, and goes on."""
    claims = fixture(f"history-v{version}.jsonl.gz")
    assert dumped(store) == claims
    told_edges = b"".join(line + b"\n" for line in edges_of(store))
    assert told_edges == _with_papers(f"history-v{version}.edges.gz", claims)
    for number in range(1, store.head().number + 1):
        with store.view(number) as view:
            assert told(view.edge_columns()) == streamed(view)
    with store.view() as view:
        before = view.edges_of([each.claim for each in view.edges()])
        versions = {stored.claim: stored.rule_version for stored in view.edges()}
    head = store.head()
    again = store.write(
        "ada",
        "nothing new",
        lambda w: [w.put_edges(said, made, versions[said]) for said, made in before.items()],
    )
    assert (len(again), store.head()) == (len(before), head)
    one = paper(9)
    said = claim(one.text)
    store.write("ada", "goes on", lambda w: (one.put(w), w.put_claim(one.id, said)))
    store.write("ada", "on", lambda w: w.put_edges(said.id, [edge()], 1))
    with store.view() as view:
        assert told(view.edge_columns()) == streamed(view)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sqlite_store_of_an_older_version_says_the_same(tmp_path: Path, version: int) -> None:
    path = tmp_path / "graph.db"
    path.write_bytes(fixture(f"history-v{version}.sqlite.gz"))
    store = open_sqlite(f"sqlite:///{path}")
    holds_all(store, version)
    store.close()
    (backup,) = tmp_path.glob(f"graph.db.v{version}-*.bak")
    with sqlite3.connect(backup) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (version,)
    old.close()
    other = open_sqlite(f"sqlite:///{tmp_path}/other.db")
    other.restore(backup)
    assert dumped(other) == fixture(f"history-v{version}.jsonl.gz")
    other.close()


OLD_TOKEN = "a token that version 2 gave"


def _old_user(sha256: str) -> str:
    user = {"name": "ann", "role": "curator", "token_sha256": sha256}
    return orjson.dumps({**user, "created_at": "2026-01-02T03:04:05Z"}).decode()


def test_a_token_of_an_older_file_opens_still(tmp_path: Path) -> None:
    path = tmp_path / "graph.db"
    path.write_bytes(fixture("history-v1.sqlite.gz"))
    sha256 = sha256_of(OLD_TOKEN)
    with sqlite3.connect(path) as old:
        old.execute(
            "INSERT INTO account VALUES ('ann', 'curator', ?, ?)", (sha256, _old_user(sha256))
        )
    old.close()
    store = open_sqlite(f"sqlite:///{path}")
    _opens_still(store)
    store.close()


def _opens_still(store: GraphStore) -> None:
    identity = accounts.authenticate(store.accounts, OLD_TOKEN)
    assert (identity.user.name, identity.user.role) == ("ann", Role.CURATOR)
    assert [each.name for each in accounts.tokens_of(store.accounts, "ann")] == [accounts.FIRST]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_migrated_file_has_the_schema_of_a_new_one(tmp_path: Path, version: int) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    old.write_bytes(fixture(f"history-v{version}.sqlite.gz"))
    for path in (old, new):
        open_sqlite(f"sqlite:///{path}").close()
    assert _schema(old) == _schema(new)


def _schema(path: Path) -> dict[str, list[str]]:
    """The words of every statement of a file's schema, by name."""
    with sqlite3.connect(path) as file:
        found = file.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    file.close()
    return {name: sql.replace('"', "").split() for name, sql in found}


def _grown(path: Path, claims: int) -> bytes:
    """Make a greater store of version 1 and return its dump as the new version reads it."""
    path.write_bytes(fixture("history-v1.sqlite.gz"))
    file = sqlite3.connect(path)
    ids = [f"{number:064x}" for number in range(claims)]
    file.executemany(
        """INSERT INTO claim (id, article_id, text_sha256, predicate, epistemic, evidence, claim,
            rev_from) SELECT ?, article_id, text_sha256, predicate, epistemic, evidence, claim, 1
        FROM claim WHERE version = 1""",
        [(each,) for each in ids],
    )
    file.executemany(
        """INSERT INTO claim_state (claim, status, state, rev_from, rev_to)
        VALUES (?, 'candidate', '{}', 1, 5), (?, 'accepted', '{}', 5, NULL)""",
        [(each, each) for each in ids],
    )
    file.executemany(
        """INSERT INTO edge (claim, position, subject, object, sign, edge, rule_version, rev_from)
        SELECT ?, 0, subject, object, sign, edge, 1, 1 FROM edge LIMIT 1""",
        [(each,) for each in ids],
    )
    file.commit()
    file.close()
    whole = path.with_name("whole.db")
    whole.write_bytes(path.read_bytes())
    store = open_sqlite(f"sqlite:///{whole}")
    lines = dumped(store)
    with store.view() as view:
        assert len(view.edge_columns()) > claims
    store.close()
    return lines


def test_a_killed_migration_leaves_one_version_or_the_other(tmp_path: Path) -> None:
    whole = _grown(tmp_path / "first.db", 4000)
    dice = random.Random(1)
    code = "import sys; from app.graph.sqlite import open_sqlite; print(1, flush=True); "
    code += "open_sqlite(sys.argv[1]); print(2, flush=True)"
    found = []
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.db"
        path.write_bytes((tmp_path / "first.db").read_bytes())
        process = subprocess.Popen(
            [sys.executable, "-c", code, f"sqlite:///{path}"], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"1\n"
        time.sleep(dice.uniform(0.0, 0.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        file = sqlite3.connect(path)
        version = file.execute("PRAGMA user_version").fetchone()[0]
        tables = {
            row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        file.close()
        assert version in {1, schema.SCHEMA_VERSION}
        assert ("claim_key" in tables) == ("token" in tables) == (version > 1)
        assert not any(name.endswith(("_1", "_2")) for name in tables)
        found.append(version)
        store = open_sqlite(f"sqlite:///{path}")
        assert dumped(store) == whole
        store.close()
    assert 1 in found


@pytest.fixture
def old_neo4j(neo4j_server: Neo4jServer) -> Iterator[Neo4jServer]:
    """A server that holds the graph as version 1 wrote it, with that version's constraint."""
    with driver_of(neo4j_server) as driver:
        _load_raw(driver)
    yield neo4j_server
    open_neo4j(neo4j_server.url).close()


def _load_raw(driver: Driver, version: int = 1) -> None:
    driver.execute_query("MATCH (n) DETACH DELETE n")
    driver.execute_query("DROP CONSTRAINT regulates_version IF EXISTS")
    driver.execute_query(
        """CREATE CONSTRAINT regulates_key IF NOT EXISTS FOR ()-[r:REGULATES]-()
        REQUIRE (r.key, r.rev_from) IS UNIQUE"""
    )
    lines = [orjson.loads(line) for line in fixture(f"history-v{version}.neo4j.gz").splitlines()]
    nodes = [line for line in lines if isinstance(line[0], list)]
    driver.execute_query(
        """UNWIND range(0, size($nodes) - 1) AS place
        CREATE (n:$($nodes[place][0])) SET n = $nodes[place][1], n.place = place""",
        nodes=nodes,
    )
    driver.execute_query(
        """UNWIND $rows AS row MATCH (s {place: row[1]}) MATCH (o {place: row[2]})
        CREATE (s)-[r:$(row[0])]->(o) SET r = row[3]""",
        rows=[line for line in lines if isinstance(line[0], str)],
    )
    driver.execute_query("MATCH (n) REMOVE n.place")


@pytest.mark.neo4j
def test_a_neo4j_store_of_version_1_says_the_same(old_neo4j: Neo4jServer, tmp_path: Path) -> None:
    sha256 = sha256_of(OLD_TOKEN)
    with driver_of(old_neo4j) as driver:
        driver.execute_query(
            "CREATE (:User {name: 'ann', role: 'curator', token_sha256: $sha256, body: $body})",
            sha256=sha256,
            body=_old_user(sha256),
        )
    store = open_neo4j(old_neo4j.url, tmp_path / "backups")
    holds_all(store)
    _opens_still(store)
    store.close()
    with driver_of(old_neo4j) as driver:
        left, _, _ = driver.execute_query(
            "SHOW CONSTRAINTS YIELD name WHERE name STARTS WITH 'regulates' RETURN name"
        )
        assert [record["name"] for record in left] == ["regulates_version"]
        driver.execute_query("MATCH (n) DETACH DELETE n")
    (backup,) = (tmp_path / "backups").iterdir()
    again = open_neo4j(old_neo4j.url)
    again.restore(backup)
    assert dumped(again) == fixture("history-v1.jsonl.gz")
    again.close()


@pytest.mark.neo4j
def test_a_neo4j_store_of_version_3_says_the_same(
    neo4j_server: Neo4jServer, tmp_path: Path
) -> None:
    with driver_of(neo4j_server) as driver:
        _load_raw(driver, 3)
    store = open_neo4j(neo4j_server.url, tmp_path / "backups")
    holds_all(store, 3)
    store.close()
    with driver_of(neo4j_server) as driver:
        left, _, _ = driver.execute_query(
            "SHOW CONSTRAINTS YIELD name WHERE name STARTS WITH 'article_' RETURN name"
        )
        assert "article_number" not in {record["name"] for record in left}
        driver.execute_query("MATCH (n) DETACH DELETE n")
    open_neo4j(neo4j_server.url).close()


@pytest.mark.neo4j
def test_no_neo4j_store_is_migrated_without_a_backup(old_neo4j: Neo4jServer) -> None:
    with pytest.raises(StoreError, match="folder for the backup"):
        open_neo4j(old_neo4j.url)
    with driver_of(old_neo4j) as driver:
        found, _, _ = driver.execute_query("MATCH (s:Store) RETURN s.schema AS version")
        assert [record["version"] for record in found] == [1]
        driver.execute_query("MATCH (n) DETACH DELETE n")


def test_both_engines_are_of_one_version() -> None:
    from app.graph.neo4j import schema as neo4j_schema

    assert schema.SCHEMA_VERSION == neo4j_schema.SCHEMA_VERSION
