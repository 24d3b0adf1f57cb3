"""Query text is literal in every module that talks to an engine."""

from pathlib import Path

import pytest

from tests.lint.literal_queries import SCHEMA_STATEMENTS, breaches

GRAPH = Path(__file__).resolve().parents[2] / "app" / "graph"
MODULES = [
    str(path.relative_to(GRAPH))
    for engine in ("sqlite", "neo4j")
    for path in sorted((GRAPH / engine).rglob("*.py"))
]


@pytest.mark.parametrize("module", MODULES)
def test_query_text_is_literal(module: str) -> None:
    found = breaches((GRAPH / module).read_text("utf-8"), module)
    assert not found, "\n".join(f"{module}:{each.line}: {each.what}" for each in found)


def test_there_is_something_to_check() -> None:
    assert len(MODULES) > 20
    assert set(SCHEMA_STATEMENTS) <= set(MODULES)


@pytest.mark.parametrize(
    "code",
    [
        'c.execute(f"SELECT * FROM {table}")',
        'c.execute("SELECT * FROM " + table)',
        'c.execute("SELECT * FROM %s" % table)',
        'c.execute("SELECT * FROM {}".format(table))',
        'c.execute(" ".join(["SELECT *", "FROM claim"]))',
        'q = f"MATCH (n:{label}) RETURN n"',
        "tx.run(text)",
        "tx.run(build(label))",
        'tx.run(QUERY.replace("X", label))',
        'rows(tx, f"{QUERY}")',
        "QUERY = build()\ntx.run(QUERY)",
        "def f(tx, query: str) -> None:\n    tx.run(query)",
        "for query in found:\n    tx.run(query)",
        "self._read(name, at=1)",
    ],
)
def test_composed_text_is_refused(code: str) -> None:
    assert breaches(code)


@pytest.mark.parametrize(
    "code",
    [
        'c.execute("SELECT * FROM claim WHERE id = ?", (key,))',
        'QUERY = "MATCH (n) RETURN n"\ntx.run(QUERY, id=1)',
        'OPEN: Final = {"a": "MATCH (n) RETURN n"}\ntx.run(OPEN[kind], rows=batch)',
        "def f(tx, query: LiteralString) -> None:\n    tx.run(query)",
        'f"{source} is no backup"',
        "subprocess.run",
    ],
)
def test_literal_text_is_taken(code: str) -> None:
    assert not breaches(code)
