"""BEL as pybel's node-link JSON: statements as links, then the terms that they join."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import orjson

from app.export.bel import ANNOTATIONS, Statement
from app.export.bel_terms import Term
from app.export.record import Exported

_SYMMETRIC: Final = frozenset({"association"})
_PYBEL: Final = "0.15.5"
"""The version whose form this is; pybel reads it again from 0.14 on."""


def head(namespaces: Iterable[str], exported: Exported) -> bytes:
    """Return what comes before the links."""
    snapshot = exported.snapshot
    document = {
        "name": f"EviPath, revision {snapshot.revision}",
        "version": f"{snapshot.created_at:%Y%m%d}",
        "description": f"Snapshot {snapshot.id}, written by EviPath {snapshot.version}",
        "authors": "EviPath",
        "contact": "the service that this was exported from",
    }
    graph = {
        "pybel_version": _PYBEL,
        "document_metadata": document,
        "namespace_url": {},
        "namespace_pattern": dict.fromkeys(namespaces, ".*"),
        "annotation_url": {},
        "annotation_pattern": dict.fromkeys(ANNOTATIONS, ".*"),
        "annotation_list": {},
        "annotation_curie": [],
        "annotation_miriam": [],
        "evipath_snapshot": snapshot.id,
        "evipath_revision": snapshot.revision,
    }
    begun = orjson.dumps({"directed": True, "multigraph": True, "graph": graph})
    return begun[:-1] + b',"links":['


def links(statements: Iterable[Statement], numbers: dict[Term, int]) -> Iterator[bytes]:
    """Yield a link for each statement; ``numbers`` fills with the terms, by their places.

    A symmetric relation is two links, as whoever reads this expects.
    """
    begun = False
    for each in statements:
        both = (each, _turned(each)) if each.relation in _SYMMETRIC else (each,)
        for one in both:
            yield (b",\n" if begun else b"\n") + orjson.dumps(_link(one, numbers))
            begun = True


def tail(numbers: dict[Term, int]) -> Iterator[bytes]:
    """Yield the terms, and the end."""
    yield b'\n],"nodes":['
    for place, term in enumerate(numbers):
        node = {**term.node(), "bel": term.node_bel()}
        yield (b",\n" if place else b"\n") + orjson.dumps(node)
    yield b"\n]}\n"


def _turned(each: Statement) -> Statement:
    return replace(each, subject=each.object, object=each.subject)


def _link(each: Statement, numbers: dict[Term, int]) -> dict[str, Any]:
    kind, reference = each.citation
    made: dict[str, Any] = {
        "relation": each.relation,
        "evidence": each.evidence,
        "citation": {"namespace": kind, "identifier": reference},
        "annotations": {
            name: [{"namespace": name, "identifier": value} for value in values]
            for name, values in each.annotations
        },
        "source": _place(each.subject, numbers),
        "target": _place(each.object, numbers),
    }
    for side, term in (("source_modifier", each.subject), ("target_modifier", each.object)):
        modifier = term.link_modifier()
        if modifier is not None:
            made[side] = modifier
    return made


def _place(term: Term, numbers: dict[Term, int]) -> int:
    bare = Term(term.function, term.entity, term.members, term.form)
    return numbers.setdefault(bare, len(numbers))
