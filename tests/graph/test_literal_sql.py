"""No SQL is put together at run time: every statement is a literal, values are bound."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import app.graph.sqlite

FOLDER = Path(app.graph.sqlite.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))
RUNS = {"execute", "executemany", "executescript"}
VERSIONED = {"current", "closed", "close", "reopen", "forget"}
FROM_SCHEMA = {("schema.py", "statement"), ("migrations/__init__.py", "statement")}
"""The statements of the ``.sql`` files, which stand in the package."""


def queries(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in RUNS
        ):
            yield node.args[0]


def constants(tree: ast.Module) -> set[str]:
    """Return the module's names that stand for a literal text."""
    return {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and is_text(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_literal(query: ast.expr, known: set[str], file: str) -> bool:
    if isinstance(query, ast.Name):
        return query.id in known or (file, query.id) in FROM_SCHEMA
    if isinstance(query, ast.Attribute):
        return query.attr in VERSIONED
    return is_text(query)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_statement_is_a_literal(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    known = constants(tree)
    file = str(path.relative_to(FOLDER))
    made = [ast.unparse(q) for q in queries(tree) if not is_literal(q, known, file)]
    assert made == []


def test_the_statements_of_versioned_tables_are_literals() -> None:
    tree = ast.parse((FOLDER / "tables.py").read_text("utf-8"))
    made = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Versioned"
    ]
    assert len(made) == 8
    for call in made:
        assert {keyword.arg for keyword in call.keywords} == VERSIONED
        assert all(is_text(keyword.value) for keyword in call.keywords)


@pytest.mark.parametrize("code", ["c.execute(f'{x}')", "c.execute('a' + x)", "c.execute(made)"])
def test_the_lint_sees_what_is_put_together(code: str) -> None:
    (query,) = queries(ast.parse(code))
    assert not is_literal(query, set(), "any.py")
