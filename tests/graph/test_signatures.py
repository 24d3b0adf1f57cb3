"""Every engine has exactly the port's methods, with the port's parameters and results."""

import inspect
from typing import get_type_hints

import pytest

from app.graph import port
from app.graph.neo4j import Neo4jStore
from app.graph.neo4j.accounts import Neo4jAccounts
from app.graph.neo4j.view import Neo4jView
from app.graph.neo4j.writer import Neo4jWriter
from app.graph.sqlite import SqliteStore
from app.graph.sqlite.accounts import SqliteAccounts
from app.graph.sqlite.view import SqliteView
from app.graph.sqlite.writer import SqliteWriter

PAIRS: list[tuple[type, type]] = [
    (port.GraphStore, SqliteStore),
    (port.GraphView, SqliteView),
    (port.GraphWriter, SqliteWriter),
    (port.AccountStore, SqliteAccounts),
    (port.GraphStore, Neo4jStore),
    (port.GraphView, Neo4jView),
    (port.GraphWriter, Neo4jWriter),
    (port.AccountStore, Neo4jAccounts),
]
NAMES = [pytest.param(*pair, id=pair[1].__name__) for pair in PAIRS]
NARROWED = {"accounts", "view"}
"""What an engine may promise more exactly than the port: its own accounts, its own view."""


def members(kind: type) -> set[str]:
    return {name for name in dir(kind) if not name.startswith("_")}


@pytest.mark.parametrize(("promised", "engine"), NAMES)
def test_nothing_of_the_port_is_missing(promised: type, engine: type) -> None:
    assert members(promised) <= members(engine)


@pytest.mark.parametrize(("promised", "engine"), NAMES)
def test_parameters_are_the_ports(promised: type, engine: type) -> None:
    for name in members(promised):
        expected, found = getattr(promised, name), getattr(engine, name)
        if isinstance(expected, property):
            assert isinstance(found, property), name
            continue
        assert _parameters(found) == _parameters(expected), name


def _parameters(method: object) -> list[tuple[str, object, object, object]]:
    assert callable(method)
    signature = inspect.signature(method)
    hints = get_type_hints(method)
    return [
        (each.name, each.kind, each.default, _plain(hints.get(each.name)))
        for each in signature.parameters.values()
    ]


def _plain(hint: object) -> str:
    return str(hint).replace("typing.", "").replace("collections.abc.", "")


@pytest.mark.parametrize(("promised", "engine"), NAMES)
def test_results_are_the_ports(promised: type, engine: type) -> None:
    for name in members(promised) - NARROWED:
        expected, found = getattr(promised, name), getattr(engine, name)
        if isinstance(expected, property):
            expected, found = expected.fget, found.fget
        wanted, given = (_plain(get_type_hints(each).get("return")) for each in (expected, found))
        assert given == wanted, name
