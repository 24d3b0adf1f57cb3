"""The slots of a claim that an edge's cells fill one by one."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from app.ingest.imported import Node
from app.ingest.kgx.nodes import UNNAMED_SOURCE
from app.ingest.kgx.rows import Row
from app.ingest.prefixes import ImportPrefixes
from app.model.claim import ContextItem, Evidence
from app.model.eco import ECO_SIDE, ECO_SUPPORTS
from app.model.errors import BadInput
from app.model.identifiers import is_curie
from app.model.text import Grounding, Quote
from app.model.vocabulary import ContextType, EvidenceType, Side, Sign, Supports

_CONTEXT: Final = {
    "species_context_qualifier": ContextType.ORGANISM,
    "anatomical_context_qualifier": ContextType.CELL,
    "disease_context_qualifier": ContextType.DISEASE,
}
_SOURCES: Final = ("primary_knowledge_source", "knowledge_source", "provided_by")
_EVIDENCE: Final = ("has_evidence_of_type", "has_evidence")
_IDENTITY: Final = frozenset({"predicate", "qualified_predicate"})
_READ: Final = frozenset(
    {"id", "subject", "object", "negated", "publications", "supporting_text", *_EVIDENCE}
)
_TYPE_OF_SIDE: Final = {
    Side.LOSS: EvidenceType.LOSS_OF_FUNCTION,
    Side.GAIN: EvidenceType.GAIN_OF_FUNCTION,
}
_TYPE_OF_CHANGE: Final = {
    Sign.NEGATIVE: EvidenceType.LOSS_OF_FUNCTION,
    Sign.POSITIVE: EvidenceType.GAIN_OF_FUNCTION,
}


def resource(row: Row) -> str:
    """Return the source that asserts the edge."""
    return next((found for name in _SOURCES if (found := row.one(name))), UNNAMED_SOURCE)


def qualifiers(row: Row) -> tuple[str, ...]:
    """Return what tells the edge from its neighbours, as ``name=value``, by name."""
    names, _ = _kept(tuple(row.cells))
    return tuple(sorted([f"{name}={row.one(name)}" for name in names]))


def further(row: Row, other_evidence: Sequence[str]) -> tuple[str, ...]:
    """Return the cells that no slot holds, as ``name=value``, by name."""
    _, names = _kept(tuple(row.cells))
    kept = sorted([f"{name}={row.one(name)}" for name in names])
    return (*kept, *[f"has_evidence={each}" for each in other_evidence])


@lru_cache(1024)
def _kept(columns: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of a row's columns are qualifiers, and which no slot holds."""
    names = [each for each in columns if each in _IDENTITY or each.endswith("_qualifier")]
    rest = [each for each in columns if each not in _READ and each not in names]
    return tuple(names), tuple(rest)


def publications(row: Row, prefixes: ImportPrefixes) -> tuple[str, ...]:
    """Return the publications, as CURIEs where they can be read as such."""
    return tuple(dict.fromkeys([_spelled(each, prefixes) for each in row.many("publications")]))


def quotes(row: Row) -> tuple[Quote, ...]:
    """Return the words of the source; they have no place, so nothing verifies them."""
    return tuple([Quote(text=each) for each in row.many("supporting_text")])


def eco(row: Row, prefixes: ImportPrefixes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the terms of ECO that the evidence names, and what else it names."""
    terms: dict[str, None] = {}
    others: dict[str, None] = {}
    for column in _EVIDENCE:
        for each in row.many(column):
            curie = _spelled(each, prefixes)
            if _is_eco(curie):
                terms[curie] = None
            else:
                others[each] = None
    return tuple(terms), tuple(others)


@lru_cache(4096)
def evidence(change: Sign, other: EvidenceType, terms: tuple[str, ...]) -> Evidence:
    """Return how the edge was shown: by the change of its subject, or else by its terms of ECO.

    ``other`` is what it is where neither tells.
    """
    supports = next((ECO_SUPPORTS[each] for each in terms if each in ECO_SUPPORTS), Supports.NONE)
    kind = _TYPE_OF_CHANGE.get(change)
    if kind is None:
        sides = [side for each in terms if (side := ECO_SIDE.get(each)) is not None]
        kind = _TYPE_OF_SIDE[sides[0]] if sides else other
    if supports is Supports.RESCUE:
        kind = EvidenceType.RESCUE
    return Evidence(type=kind, eco=terms, supports=supports)


def own_loss(subject: Node, terms: Sequence[str]) -> tuple[ContextItem, ...]:
    """Return the condition of a rescue: the subject itself was lost before (rule 9)."""
    if all(ECO_SUPPORTS.get(each) is not Supports.RESCUE for each in terms):
        return ()
    return (
        ContextItem(
            type=ContextType.CO_PERTURBATION,
            groundings=(Grounding(id=subject.id, name=subject.name),),
            name=subject.name,
            direction=Sign.NEGATIVE,
            inferred=True,
        ),
    )


def context(
    row: Row, nodes: Mapping[str, Node], prefixes: ImportPrefixes
) -> tuple[ContextItem, ...]:
    """Return what the edge holds in: its species, anatomy and disease."""
    return tuple(
        [
            _context_item(kind, value, nodes, prefixes)
            for column, kind in _CONTEXT.items()
            for value in row.many(column)
        ]
    )


def _context_item(
    kind: ContextType, value: str, nodes: Mapping[str, Node], prefixes: ImportPrefixes
) -> ContextItem:
    try:
        curie = prefixes.curie(value)
    except BadInput:
        return _item(kind, None, value)
    return _item(kind, curie, nodes[curie].name if curie in nodes else curie)


@lru_cache(16_384)
def _item(kind: ContextType, curie: str | None, name: str) -> ContextItem:
    groundings = () if curie is None else (Grounding(id=curie, name=name),)
    return ContextItem(type=kind, groundings=groundings, name=name)


def _spelled(text: str, prefixes: ImportPrefixes) -> str:
    try:
        return prefixes.curie(text)
    except BadInput:
        return text


@lru_cache(4096)
def _is_eco(text: str) -> bool:
    return text.startswith("ECO:") and is_curie(text)
