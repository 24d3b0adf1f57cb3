"""The forms that RDF is written in: N-Quads, Turtle and JSON-LD, graph by graph."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

import orjson

from app.export.rdf import PREFIXES, TYPE, Graph, Iri, Literal, Name, Triple, Value

_ESCAPED: Final = {
    ord("\\"): "\\\\",
    ord('"'): '\\"',
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
    ord("\b"): "\\b",
    ord("\f"): "\\f",
}
_LOCAL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def n_quads(graphs: Iterable[Graph]) -> Iterator[str]:
    """Yield a line for each statement, with the graph that it stands in."""
    for name, triples in graphs:
        for subject, prop, value in triples:
            yield f"<{subject}> {_full(prop)} {_full_value(value)} <{name}> .\n"


def turtle(graphs: Iterable[Graph]) -> Iterator[str]:
    """Yield the statements of all graphs together, as Turtle has no graphs to part them."""
    for prefix, iri in PREFIXES.items():
        yield f"@prefix {prefix}: <{iri}> .\n"
    for _, triples in graphs:
        for subject, held in groupby(triples, key=_subject):
            told = " ;\n    ".join(f"{_short(p)} {_turtle_value(v)}" for _, p, v in held)
            yield f"\n<{subject}>\n    {told} .\n"


def json_ld(graphs: Iterable[Graph]) -> Iterator[bytes]:
    """Yield one document: its context, then each named graph with its nodes.

    A graph that comes in parts is as many objects of one name.
    """
    yield b'{"@context":' + orjson.dumps(PREFIXES) + b',\n"@graph":['
    begun = False
    for name, triples in graphs:
        if triples:
            whole = {"@id": name, "@graph": list(_nodes(triples))}
            yield (b",\n" if begun else b"\n") + orjson.dumps(whole)
            begun = True
    yield b"\n]}\n"


def _subject(triple: Triple) -> str:
    return triple[0]


def _nodes(triples: Iterable[Triple]) -> Iterator[dict[str, Any]]:
    for subject, held in groupby(triples, key=_subject):
        node: dict[str, Any] = {"@id": subject}
        for _, prop, value in held:
            if prop == TYPE:
                node.setdefault("@type", []).append(value.text)
            else:
                node.setdefault(prop, []).append(_json_value(value))
        yield node


def _json_value(value: Value) -> dict[str, str]:
    if not isinstance(value, Literal):
        return {"@id": value.text}
    held = {"@value": value.text}
    return {**held, "@type": value.datatype} if value.datatype else held


@lru_cache(maxsize=4096)
def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def _full_value(value: Value) -> str:
    match value:
        case Iri(text):
            return f"<{text}>"
        case Name(text):
            return _full(text)
    held = f'"{value.text.translate(_ESCAPED)}"'
    return f"{held}^^{_full(value.datatype)}" if value.datatype else held


def _turtle_value(value: Value) -> str:
    match value:
        case Iri(text):
            return f"<{text}>"
        case Name(text):
            return _short(text)
    held = f'"{value.text.translate(_ESCAPED)}"'
    return f"{held}^^{value.datatype}" if value.datatype else held


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    local = name.partition(":")[2]
    return name if _LOCAL.fullmatch(local) else _full(name)
