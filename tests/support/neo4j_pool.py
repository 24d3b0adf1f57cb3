"""The Neo4j servers of a test run: started when first needed, emptied between tests.

The Community edition serves one graph, so a test that needs two stores gets two servers. All
have one user and password, which stand in NEO4J_USERNAME and NEO4J_PASSWORD while they run.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neo4j import Driver, GraphDatabase

from tests.support.neo4j_server import USER, Neo4jServer

_password = secrets.token_urlsafe(16)
_free: list[Neo4jServer] = []


@contextmanager
def lent_server() -> Iterator[Neo4jServer]:
    """Lend a running server with an empty graph; nobody else has it meanwhile."""
    server = _free.pop() if _free else _new_server()
    try:
        server.start()
        wipe(server)
        yield server
    finally:
        _free.append(server)


@contextmanager
def driver_of(server: Neo4jServer) -> Iterator[Driver]:
    """Connect to a server, beside the store."""
    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        yield driver


def wipe(server: Neo4jServer) -> None:
    """Empty the graph; constraints and indexes stay, and so does an emptied store."""
    with driver_of(server) as driver:
        driver.execute_query("MATCH (n) WHERE NOT n:Store AND NOT n:Head DETACH DELETE n")
        driver.execute_query("MATCH (h:Head) SET h.revision = 0")


def _new_server() -> Neo4jServer:
    home = Path(tempfile.mkdtemp(prefix="evipath-neo4j-"))
    server = Neo4jServer(home, password=_password)
    os.environ["NEO4J_USERNAME"] = USER
    os.environ["NEO4J_PASSWORD"] = _password
    atexit.register(_end, server)
    return server


def _end(server: Neo4jServer) -> None:
    server.kill()
    shutil.rmtree(server.home, ignore_errors=True)
