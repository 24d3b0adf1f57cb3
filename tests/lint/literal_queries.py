"""The rule that query text is literal: what a user sends is bound as a parameter.

In the packages that talk to an engine, the text of a query is a string constant, a module's
constant, or a parameter or field typed ``LiteralString``; and no text that reads like a query is
put together from pieces.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

METHODS: Final = {
    "execute",
    "executemany",
    "executescript",
    "execute_query",
    "run",
    "_read",
    "_values",
}
"""The methods whose first argument is query text."""

FUNCTIONS: Final = {"Query": 0, "rows": 1, "values": 1}
"""The functions that take query text, and the place of it among their arguments."""

SCHEMA_STATEMENTS: Final = {
    "sqlite/schema.py": "statements of schema.sql, which ships with the code",
    "sqlite/migrations/__init__.py": "statements of the .sql files beside it",
    "neo4j/connection.py": "statements of the .cypher files, which ship with the code",
    "neo4j/schema.py": "the same",
}
"""Where a name ``statement`` may stand for query text, and why."""

_QUERY_LIKE: Final = re.compile(
    r"^\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|PRAGMA|DROP|ALTER|CREATE|MATCH|MERGE|UNWIND"
    r"|CALL|RETURN|OPTIONAL MATCH|WHERE|ORDER BY|SET|DETACH)\b"
)
_CONSTANT: Final = re.compile(r"_?[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Breach:
    """A place where query text is, or may be, put together."""

    line: int
    what: str


def breaches(source: str, module: str = "") -> list[Breach]:
    """Return where a module breaks the rule; ``module`` is its path below ``app/graph``."""
    tree = ast.parse(source)
    found = [*_composed(tree), *_not_literal(tree, module)]
    return sorted(found, key=lambda breach: breach.line)


def _composed(tree: ast.Module) -> Iterator[Breach]:
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and any(map(_QUERY_LIKE.match, _pieces(node))):
            yield Breach(node.lineno, "query text is put together from pieces")


def _pieces(node: ast.AST) -> Iterator[str]:
    """Yield the literal pieces of an expression that puts strings together."""
    match node:
        case ast.JoinedStr(values=parts):
            yield from _strings(*parts)
        case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
            yield from _strings(left, right)
        case ast.Call(func=ast.Attribute(value=receiver, attr="format" | "join" | "replace")):
            yield from _strings(receiver, *node.args)
            for argument in node.args:
                if isinstance(argument, ast.List | ast.Tuple):
                    yield from _strings(*argument.elts)


def _strings(*nodes: ast.AST) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _not_literal(tree: ast.Module, module: str) -> Iterator[Breach]:
    constants = _literal_constants(tree)
    typed = _typed_literal(tree)
    if module in SCHEMA_STATEMENTS:
        typed = typed | {"statement"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            text = _query_of(node)
            if text is not None and not _literal(text, constants, typed):
                yield Breach(node.lineno, f"query text {ast.unparse(text)!r} is not literal")


def _query_of(call: ast.Call) -> ast.expr | None:
    place: int | None = None
    match call.func:
        case ast.Attribute(attr=name):
            place = 0 if name in METHODS else None
        case ast.Name(id=name):
            place = FUNCTIONS.get(name)
    return call.args[place] if place is not None and len(call.args) > place else None


def _literal(node: ast.expr, constants: set[str], typed: set[str]) -> bool:
    match node:
        case ast.Constant(value=str()):
            return True
        case ast.Name(id=name):
            return name in constants or name in typed
        case ast.Attribute(attr=name):
            return bool(_CONSTANT.fullmatch(name)) or name in typed or name in VERSIONED
        case ast.Subscript(value=ast.Name(id=name)):
            return name in constants or bool(_CONSTANT.fullmatch(name))
        case ast.Call(func=ast.Name(id="Query"), args=[text]):
            return _literal(text, constants, typed)
    return False


VERSIONED: Final = {"current", "closed", "close", "reopen", "forget"}
"""The fields, typed ``LiteralString``, of the statements by which versions give way."""


def _literal_constants(tree: ast.Module) -> set[str]:
    found = set()
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _CONSTANT.fullmatch(name):
                found |= {name} if _only_literals(value) else set()
            case ast.AnnAssign(target=ast.Name(id=name), value=value) if value is not None:
                found |= {name} if _only_literals(value) else set()
    return found


def _only_literals(value: ast.expr) -> bool:
    """Tell whether a constant holds nothing but literals, other constants and plain records."""
    allowed = (ast.Constant, ast.Dict, ast.Tuple, ast.Name, ast.Load, ast.Call, ast.keyword)
    names = (node.id for node in ast.walk(value) if isinstance(node, ast.Name))
    return all(isinstance(node, allowed) for node in ast.walk(value)) and all(
        name.lstrip("_")[0].isupper() for name in names
    )


def _typed_literal(tree: ast.Module) -> set[str]:
    """Return the parameters and unpacked names that are typed ``LiteralString``."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation is not None:
            found |= {node.arg} if ast.unparse(node.annotation) == "LiteralString" else set()
        if isinstance(node, ast.For):
            found |= _unpacked(node)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            constant = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
            if any(_CONSTANT.fullmatch(name) for name in constant):
                found |= {e.id for e in node.targets[0].elts if isinstance(e, ast.Name)}
    return found


def _unpacked(loop: ast.For) -> set[str]:
    """Return the name ``query`` of a loop over a tuple that is written out in the code."""
    names = {each.id for each in ast.walk(loop.target) if isinstance(each, ast.Name)}
    return names & {"query"} if isinstance(loop.iter, ast.Tuple) else set()
