"""Edge rows to claims and relations, as *What a KGX pair becomes* in the guide tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from app.ingest.imported import Imported, ImportedClaim, ImportedRelation, LeftOut, Node
from app.ingest.kgx import slots
from app.ingest.kgx.hierarchy import relation_of
from app.ingest.kgx.readings import Kind, Reading, plain, reading_of
from app.ingest.kgx.rows import Row
from app.ingest.kgx.sign import Said, said
from app.ingest.prefixes import ImportPrefixes
from app.model.claim import Claim, Evidence, ImportSource, Outcome, Participant, Predicate
from app.model.errors import BadInput
from app.model.text import Grounding
from app.model.vocabulary import Aspect, Epistemic, Measure, OutcomeDirection, PredicateType

NEEDED: Final = ("subject", "predicate", "object")

_HELD: Final = 32_768
"""How many participants are held, as most entities stand in many edges."""

_MANUAL: Final = frozenset({"manual_agent", "manual_validation_of_automated_agent"})
_NO_ASSERTION: Final = frozenset({"prediction", "text_co_occurrence"})
_BY_MACHINE: Final = frozenset({"text_mining_agent", "computational_model"})
_DENIED: Final = frozenset({"true", "t", "1", "yes"})
_DENIED_OR_NOT: Final = _DENIED | {"false", "f", "0", "no", ""}


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge before its ends are looked up: its ends are turned round where it is an inverse."""

    row: Row
    reading: Reading
    subject: str
    object: str


def edge_row(row: Row, prefixes: ImportPrefixes) -> EdgeRow | LeftOut:
    """Return an edge with the CURIEs of its ends, or why it can't be read."""
    reading = reading_of(row.one("qualified_predicate") or row.one("predicate"))
    try:
        subject = prefixes.curie(row.one("subject"))
        target = prefixes.curie(row.one("object"))
    except BadInput as error:
        return LeftOut(row.place, "an edge whose end is no CURIE", str(error), bad=True)
    if plain(row.one("negated")) not in _DENIED_OR_NOT:
        detail = f"negated is {row.one('negated')!r}, neither true nor false"
        return LeftOut(row.place, "an edge that may be negated or not", detail, bad=True)
    if reading.turn is None:
        return EdgeRow(row, reading, subject, target)
    return EdgeRow(Row(row.place, _turned(row)), reading, target, subject)


def read_edge(
    edge: EdgeRow,
    nodes: Mapping[str, Node],
    prefixes: ImportPrefixes,
    *,
    correlations: bool = False,
) -> Imported:
    """Return what an edge becomes; ``nodes`` holds the entities of its ends.

    ``correlations`` reads a correlation as a weak sign without a side.
    """
    place, kind = edge.row.place, edge.reading.kind
    if edge.subject not in nodes or edge.object not in nodes:
        end = edge.object if edge.subject in nodes else edge.subject
        return LeftOut(place, "an edge to what is no node", f"{end} is no node", bad=True)
    if kind is Kind.NAMING:
        reason = f"{edge.reading.predicate}: names and no claim"
        return LeftOut(place, reason)
    if kind in (Kind.HIERARCHY, Kind.SAME, Kind.OPPOSITE):
        return _relation(edge, nodes)
    return _claim(edge, nodes, prefixes, said(edge, nodes, correlations=correlations))


def _relation(edge: EdgeRow, nodes: Mapping[str, Node]) -> ImportedRelation | LeftOut:
    row, name = edge.row, edge.reading.turn or edge.reading.predicate
    if _denied(row):
        return LeftOut(row.place, f"{name}, negated: no relation")
    level, agent = plain(row.one("knowledge_level")), plain(row.one("agent_type"))
    if level in _NO_ASSERTION or agent in _BY_MACHINE:
        return LeftOut(row.place, f"{name}, found by machine: no relation without a curator")
    return relation_of(
        row.place, name, nodes[edge.subject], nodes[edge.object], slots.resource(row)
    )


def _claim(
    edge: EdgeRow, nodes: Mapping[str, Node], prefixes: ImportPrefixes, what: Said
) -> ImportedClaim:
    row = edge.row
    eco, other_evidence = slots.eco(row, prefixes)
    shown = what.sided
    claim = Claim(
        text_sha256=None,
        agent=_agent(nodes[edge.subject], what.subject_measure),
        perturbation=what.perturbation,
        predicate=_predicate(what.predicate),
        outcome=_outcome(nodes[edge.object], what.object_measure, what.direction, what.aspect),
        negated=_denied(row),
        context=(
            *slots.context(row, nodes, prefixes),
            *slots.own_loss(nodes[edge.subject], eco if shown else ()),
        ),
        evidence=slots.evidence(what.perturbation.direction, what.evidence, eco)
        if shown
        else Evidence(type=what.evidence),
        epistemic=Epistemic.UNSTATED,
        quotes=slots.quotes(row),
        source=ImportSource(
            resource=slots.resource(row),
            edge=row.one("id") or f"{edge.subject} {edge.reading.predicate} {edge.object}",
            qualifiers=slots.qualifiers(row),
            publications=slots.publications(row, prefixes),
            columns=slots.further(row, other_evidence if shown else (*other_evidence, *eco)),
        ),
    )
    marks = what.marks
    if edge.reading.older:
        marks = (*marks, f"older predicate: {edge.reading.predicate}")
    return ImportedClaim(row.place, claim, _manual(row), edge.reading.predicate, marks)


@lru_cache(_HELD)
def _agent(node: Node, measure: Measure | None) -> Participant:
    return Participant(groundings=_grounded(node), measure=measure)


@lru_cache(_HELD)
def _outcome(
    node: Node, measure: Measure | None, direction: OutcomeDirection, aspect: Aspect | None
) -> Outcome:
    return Outcome(groundings=_grounded(node), measure=measure, direction=direction, aspect=aspect)


@cache
def _predicate(kind: PredicateType) -> Predicate:
    return Predicate(type=kind)


@lru_cache(_HELD)
def _grounded(node: Node) -> tuple[Grounding, ...]:
    return (Grounding(id=node.id, name=node.name),)


def _denied(row: Row) -> bool:
    return plain(row.one("negated")) in _DENIED


def _manual(row: Row) -> bool:
    level, agent = plain(row.one("knowledge_level")), plain(row.one("agent_type"))
    return agent in _MANUAL and level not in _NO_ASSERTION


def _turned(row: Row) -> dict[str, str | list[str]]:
    """Return the cells with the qualifiers of subject and object exchanged."""
    return {_other_end(column): cell for column, cell in row.cells.items()}


def _other_end(column: str) -> str:
    if not column.endswith("_qualifier"):
        return column
    if column.startswith("subject_"):
        return f"object_{column.removeprefix('subject_')}"
    if column.startswith("object_"):
        return f"subject_{column.removeprefix('object_')}"
    return column
