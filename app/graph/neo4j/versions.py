"""How versions give way to each other inside one write transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction

from app.graph.neo4j.connection import AnyTransaction, rows
from app.graph.neo4j.elements import OPEN, SLOT, Element, batches
from app.model.errors import Conflict, Corrupt


@dataclass(slots=True)
class Wanted:
    """What a transaction wants of one kind: its elements by key, None for an end.

    ``owners`` are claims whose elements of this kind are all named here: what else they have
    open is ended.
    """

    elements: dict[str, Element | None] = field(default_factory=dict)
    owners: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.elements) + len(self.owners)


@dataclass(frozen=True, slots=True)
class _Stored:
    element: str
    rev_from: int
    rev_to: int | None
    properties: Mapping[str, object]


@dataclass(slots=True)
class _Plan:
    """The ids of elements to close, reopen and forget, and the elements to open."""

    closing: list[str] = field(default_factory=list)
    reopening: list[str] = field(default_factory=list)
    forgetting: list[str] = field(default_factory=list)
    opening: list[Element] = field(default_factory=list)


class Versions:
    """The versions that one transaction opens and closes at its revision.

    A version that the transaction opened was never seen and is forgotten when it gives way, so
    that a value put back leaves no trace.
    """

    def __init__(self, transaction: ManagedTransaction, revision: int) -> None:
        self._transaction = transaction
        self._at = revision
        self._opened = 0
        self._closed = 0

    @property
    def changed(self) -> bool:
        """Whether anything differs from the revision before."""
        return self._opened > 0 or self._closed > 0

    def settle(self, kind: str, wanted: Wanted) -> list[Element]:
        """Make the graph hold what is wanted; return the elements that had no version before."""
        stored = self._stored(kind, wanted)
        plan = _Plan()
        new: list[Element] = []
        for key, element in self._goals(wanted, stored).items():
            versions = stored.get(key, [])
            if element is not None and not versions:
                new.append(element)
            self._decide(plan, versions, element)
        self._carry_out(kind, plan)
        return new

    def opened(self, count: int) -> None:
        """Take note of versions that were opened beside this."""
        self._opened += count

    def open(self, kind: str, opened: Sequence[Element]) -> None:
        """Open elements of which there is no version."""
        open_elements(self._transaction, kind, (each.row(self._at) for each in opened))
        self._opened += len(opened)

    def _goals(
        self, wanted: Wanted, stored: Mapping[str, list[_Stored]]
    ) -> dict[str, Element | None]:
        surplus = dict.fromkeys(key for key in stored if key not in wanted.elements)
        return {**wanted.elements, **(surplus if wanted.owners else {})}

    def _decide(self, plan: _Plan, versions: list[_Stored], element: Element | None) -> None:
        current = next((each for each in versions if each.rev_to is None), None)
        closed = next((each for each in versions if each.rev_to == self._at), None)
        if current is not None:
            if element is not None and element.same_as(current.properties):
                return
            if element is not None and element.kind == "decision":
                raise Conflict(f"another decision has the id {element.key}")
            seen = current.rev_from < self._at
            (plan.closing if seen else plan.forgetting).append(current.element)
        if element is None:
            return
        if closed is not None and element.same_as(closed.properties):
            plan.reopening.append(closed.element)
        else:
            plan.opening.append(element)

    def _stored(self, kind: str, wanted: Wanted) -> dict[str, list[_Stored]]:
        keys = list(wanted.owners or wanted.elements)
        found: dict[str, list[_Stored]] = {}
        for batch in _chunks(keys):
            for row in rows(self._transaction, _CURRENT[kind], kind=kind, keys=batch, at=self._at):
                stored = _Stored(row["element"], row["rev_from"], row["rev_to"], row["properties"])
                found.setdefault(row["key"], []).append(stored)
        return found

    def _carry_out(self, kind: str, plan: _Plan) -> None:
        close, reopen, forget = _RELATIONSHIPS if kind in _BETWEEN else _NODES
        for query, elements in (
            (forget, plan.forgetting),
            (close, plan.closing),
            (reopen, plan.reopening),
        ):
            for batch in _chunks(elements):
                self._transaction.run(query, elements=batch, at=self._at).consume()
        open_elements(self._transaction, kind, (each.row(self._at) for each in plan.opening))
        self._opened += len(plan.opening) - len(plan.forgetting)
        self._closed += len(plan.closing) - len(plan.reopening)


def open_elements(
    transaction: AnyTransaction, kind: str, opened: Iterable[dict[str, object]]
) -> None:
    """Open versions of one kind, given as the rows of their query."""
    for batch in batches(opened):
        for part, some in _parted(kind, batch).items():
            found = transaction.run(OPEN[part], rows=some).single(strict=True)
            if found["opened"] != len(some):
                loose = len(some) - found["opened"]
                raise Corrupt(f"{loose} of {len(some)} {part} rows hang loose")


def _parted(kind: str, batch: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows by the query that opens them: slots have one each."""
    if kind != SLOT:
        return {kind: batch}
    parts: dict[str, list[dict[str, Any]]] = {}
    for row in batch:
        parts.setdefault(f"{SLOT} {row['properties']['slot']}", []).append(row)
    return parts


def _chunks(items: list[str], size: int = 1000) -> Iterable[list[str]]:
    return (items[i : i + size] for i in range(0, len(items), size))


_BETWEEN: Final = frozenset({"relation", "link", SLOT})
"""The kinds that are relationships."""

_NODE: Final = """
    UNWIND $keys AS key
    MATCH (v:Version) USING INDEX SEEK v:Version(kind, key, rev_from)
    WHERE v.kind = $kind AND v.key = key AND v.rev_from > 0
    WITH v WHERE v.rev_to IS NULL OR v.rev_to = $at
    RETURN elementId(v) AS element, v.key AS key, v.rev_from AS rev_from, v.rev_to AS rev_to,
        properties(v) AS properties"""

_CURRENT: Final[Mapping[str, LiteralString]] = {
    "article": _NODE,
    "alias": _NODE,
    "record": _NODE,
    "text": _NODE,
    "entity": _NODE,
    "relation": """
        UNWIND $keys AS key
        MATCH ()-[v:RELATED]->() USING INDEX SEEK v:RELATED(key, rev_from)
        WHERE v.key = key AND v.rev_from > 0
        WITH v WHERE v.rev_to IS NULL OR v.rev_to = $at
        RETURN elementId(v) AS element, v.key AS key, v.rev_from AS rev_from, v.rev_to AS rev_to,
            properties(v) AS properties""",
    "claim": _NODE,
    SLOT: """
        MATCH (c:Claim)-[v:FROM|AGENT|OUTCOME|MEANS|IN_CONTEXT|MEMBER]->()
        WHERE c.id IN $keys AND (v.rev_to IS NULL OR v.rev_to = $at)
        RETURN elementId(v) AS element, v.key AS key, v.rev_from AS rev_from, v.rev_to AS rev_to,
            properties(v) AS properties""",
    "extraction": _NODE,
    "state": _NODE,
    "decision": _NODE,
    "article_decision": _NODE,
    "link": """
        UNWIND $keys AS key
        MATCH ()-[v:LINKED]->() USING INDEX SEEK v:LINKED(key, rev_from)
        WHERE v.key = key AND v.rev_from > 0
        WITH v WHERE v.rev_to IS NULL OR v.rev_to = $at
        RETURN elementId(v) AS element, v.key AS key, v.rev_from AS rev_from, v.rev_to AS rev_to,
            properties(v) AS properties""",
}
"""What stands open, or was closed by this transaction; by key, of slots by claim.

The hints keep plans that were made while the graph was small from scanning it later.
"""

_NODES: Final[tuple[LiteralString, LiteralString, LiteralString]] = (
    "MATCH (v) WHERE elementId(v) IN $elements SET v.rev_to = $at",
    "MATCH (v) WHERE elementId(v) IN $elements AND v.rev_to = $at REMOVE v.rev_to",
    """MATCH (v) WHERE elementId(v) IN $elements AND v.rev_from = $at
    OPTIONAL MATCH (v)<-[:OF]-(n:Name)
    DETACH DELETE n, v""",
)
_RELATIONSHIPS: Final[tuple[LiteralString, LiteralString, LiteralString]] = (
    "MATCH ()-[v]->() WHERE elementId(v) IN $elements SET v.rev_to = $at",
    "MATCH ()-[v]->() WHERE elementId(v) IN $elements AND v.rev_to = $at REMOVE v.rev_to",
    "MATCH ()-[v]->() WHERE elementId(v) IN $elements AND v.rev_from = $at DELETE v",
)
