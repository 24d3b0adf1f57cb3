"""Signed edges by whole numbers: how they are written, and how their versions give way.

A relationship ``REGULATES`` says what an edge is and, packed in ``row``, what an index reads of it:
the numbers of its object, claim and paper (0 for none), its place in the claim, its codes (see
``edge_codes``) and the bits of its confidence. Entities and claims that an edge names bear a
``number``, and so does the node ``Paper`` of what a claim was published in. When what is copied
from the claim changes, the relationship closes and another goes on in its place, with the same
``opened``: for dumps and changes the edge is still the same.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import orjson

from app.graph.edge_codes import ClaimFacts, claim_codes, content_codes
from app.graph.edge_history import Past
from app.graph.neo4j.connection import AnyTransaction, rows
from app.model.edge import Condition, Edge
from app.model.errors import Corrupt
from app.model.vocabulary import Epistemic, EvidenceType, Status

BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One relationship to write: an edge, what it copies, and when it stands."""

    claim: str
    place: int
    edge: Edge
    rule_version: int
    facts: ClaimFacts
    opened: int
    rev_from: int
    rev_to: int | None = None


@dataclass(frozen=True, slots=True)
class _Stored:
    element: str
    opened: int
    rev_from: int
    content: tuple[Edge, int]
    copied: tuple[str | None, int, int]


def confidence_bits(confidence: float) -> int:
    """Return the bits of a confidence as a whole number, so that it stays exact."""
    (bits,) = struct.unpack("<q", struct.pack("<d", confidence))
    return int(bits)


def confidence_of(bits: int) -> float:
    """Return the confidence with these bits."""
    (confidence,) = struct.unpack("<d", struct.pack("<q", bits))
    return float(confidence)


def edge_of(subject: str, object_: str, stored: Mapping[str, Any]) -> Edge:
    """Return an edge from the properties of its relationship."""
    condition = stored.get("condition")
    conditions = () if condition is None else orjson.loads(condition)
    return Edge(
        subject=subject,
        object=object_,
        sign=stored["sign"],
        side=stored.get("side"),
        aspect=stored.get("aspect"),
        condition=tuple(Condition.model_validate(each) for each in conditions),
        rule=stored["rule"],
    )


def open_rows(
    transaction: AnyTransaction, made: Sequence[Row], numbered: Mapping[str, int] | None = None
) -> None:
    """Write relationships; what they name is numbered where it is not yet.

    ``numbered`` holds the numbers of all their claims, where these are known.
    """
    for start in range(0, len(made), BATCH):
        batch = made[start : start + BATCH]
        entities = _numbers(
            transaction,
            _ENTITY_NUMBERS,
            _NUMBER_ENTITIES,
            {name for row in batch for name in (row.edge.subject, row.edge.object)},
        )
        claims = numbered or _numbers(
            transaction, _CLAIM_NUMBERS, _NUMBER_CLAIMS, {row.claim for row in batch}
        )
        papers = _numbers(
            transaction,
            _PAPER_NUMBERS,
            _NUMBER_PAPERS,
            {row.facts.paper for row in batch if row.facts.paper is not None},
        )
        found = transaction.run(
            _OPEN, rows=[parameters(row, entities, claims, papers) for row in batch]
        ).single(strict=True)
        if found["opened"] != len(batch):
            raise Corrupt(f"{len(batch) - found['opened']} of {len(batch)} edges hang loose")


def pasts(transaction: AnyTransaction, claims: Iterable[str]) -> dict[str, Past]:
    """Return all that edges of these claims ever copied from them."""
    found = rows(transaction, _PASTS, claims=sorted(set(claims)))
    return {
        row["claim"]: Past(
            epistemic=Epistemic(row["epistemic"]),
            evidence=EvidenceType(row["evidence"]),
            articles=[(each[0], each[1]) for each in row["articles"]],
            statuses=[(each[0], Status(each[1])) for each in row["statuses"]],
            readings=[(each[0], each[1], each[2]) for each in row["readings"]],
            publications=row["publications"] or (),
        )
        for row in found
    }


class EdgeVersions:
    """The edges of claims inside one transaction, whose revision is ``at``."""

    def __init__(self, transaction: AnyTransaction, at: int) -> None:
        self._transaction = transaction
        self._at = at
        self._differs: dict[tuple[str, int], bool] = {}

    @property
    def changed(self) -> bool:
        """Whether any edge differs from the revision before."""
        return any(self._differs.values())

    def open_new(self, made: Sequence[Row], numbered: Mapping[str, int]) -> None:
        """Write edges of claims that have none; ``numbered`` holds the claims' numbers."""
        open_rows(self._transaction, made, numbered)
        self._differs.update(((row.claim, row.place), True) for row in made)

    def settle(self, wanted: Mapping[str, Sequence[tuple[Edge, int]] | None]) -> None:
        """Make these the edges of claims, with what each claim is now; None keeps them."""
        claims = list(wanted)
        for start in range(0, len(claims), BATCH):
            batch = claims[start : start + BATCH]
            self._settle({claim: wanted[claim] for claim in batch})

    def _settle(self, wanted: Mapping[str, Sequence[tuple[Edge, int]] | None]) -> None:
        standing = self._standing(wanted)
        asked = [claim for claim in wanted if wanted[claim] or claim in standing]
        known = pasts(self._transaction, asked)
        plan = _Plan()
        for claim in asked:
            before, mine = standing.get(claim, ({}, {}))
            contents = wanted[claim]
            if contents is None:
                present = {**{p: s for p, s in before.items() if s.element in self._open}, **mine}
                contents = [present[place].content for place in sorted(present)]
            facts = known[claim].at(self._at)
            for place in sorted({*range(len(contents)), *before, *mine}):
                content = contents[place] if place < len(contents) else None
                self._decide(plan, claim, place, content, facts, before.get(place), mine.get(place))
        self._carry_out(plan)

    def _decide(
        self,
        plan: "_Plan",
        claim: str,
        place: int,
        content: tuple[Edge, int] | None,
        facts: ClaimFacts,
        before: _Stored | None,
        mine: _Stored | None,
    ) -> None:
        """Bring one place to what is wanted.

        ``before`` stood when the transaction began, ``mine`` it opened itself, which nobody saw.
        """
        copied = _copied(facts)
        goes_on = before is not None and before.content == content
        stays = goes_on and before is not None and before.copied == copied
        opened = before.opened if goes_on and before is not None else self._at
        self._differs[claim, place] = not (goes_on or (before is None and content is None))
        if before is not None:
            (plan.reopening if stays else plan.closing).append(before.element)
        wanted = None if content is None or stays else (opened, content, copied)
        if mine is not None and wanted == (mine.opened, mine.content, mine.copied):
            return
        if mine is not None:
            plan.forgetting.append(mine.element)
        if content is not None and not stays:
            plan.opening.append(Row(claim, place, *content, facts, opened, self._at))

    def _carry_out(self, plan: "_Plan") -> None:
        for query, elements in (
            (_FORGET, plan.forgetting),
            (_CLOSE, plan.closing),
            (_REOPEN, plan.reopening),
        ):
            if elements:
                self._transaction.run(query, elements=elements, at=self._at).consume()
        open_rows(self._transaction, plan.opening)

    def _standing(
        self, claims: Iterable[str]
    ) -> dict[str, tuple[dict[int, _Stored], dict[int, _Stored]]]:
        """Return by claim and place what stood before the transaction, and what it opened."""
        found: dict[str, tuple[dict[int, _Stored], dict[int, _Stored]]] = {}
        self._open: set[str] = set()
        for row in rows(self._transaction, _CURRENT, claims=list(claims), at=self._at):
            stored = row["stored"]
            each = _Stored(
                element=row["element"],
                opened=stored["opened"],
                rev_from=stored["rev_from"],
                content=(
                    edge_of(row["subject"], row["object"], stored),
                    stored["rule_version"],
                ),
                copied=(row["paper"], stored["row"][4] >> 7 << 7, stored["row"][5]),
            )
            if "rev_to" not in stored:
                self._open.add(each.element)
            before, mine = found.setdefault(stored["claim"], ({}, {}))
            (before if each.rev_from < self._at else mine)[stored["position"]] = each
        return found


class _Plan:
    """The ids of relationships to close, reopen and forget, and the rows to write."""

    def __init__(self) -> None:
        self.closing: list[str] = []
        self.reopening: list[str] = []
        self.forgetting: list[str] = []
        self.opening: list[Row] = []


def _copied(facts: ClaimFacts) -> tuple[str | None, int, int]:
    return facts.paper, claim_codes(facts), confidence_bits(facts.confidence)


def parameters(
    row: Row, entities: Mapping[str, int], claims: Mapping[str, int], papers: Mapping[str, int]
) -> dict[str, object]:
    """Return what the query that writes a relationship needs to know of it."""
    edge, paper = row.edge, row.facts.paper
    condition = [each.model_dump(mode="json", exclude_defaults=True) for each in edge.condition]
    return {
        "subject": edge.subject,
        "object": edge.object,
        "properties": {
            "claim": row.claim,
            "position": row.place,
            "sign": edge.sign.value,
            "side": edge.side.value if edge.side else None,
            "aspect": edge.aspect.value if edge.aspect else None,
            "rule": edge.rule,
            "condition": orjson.dumps(condition).decode() if condition else None,
            "rule_version": row.rule_version,
            "opened": row.opened,
            "rev_from": row.rev_from,
            "rev_to": row.rev_to,
            "row": [
                entities[edge.object],
                claims[row.claim],
                0 if paper is None else papers[paper],
                row.place,
                content_codes(edge) | claim_codes(row.facts),
                confidence_bits(row.facts.confidence),
            ],
        },
    }


def paper_number(transaction: AnyTransaction, paper: str) -> int:
    """Return the number of what claims were published in, given where there is none."""
    return _numbers(transaction, _PAPER_NUMBERS, _NUMBER_PAPERS, {paper})[paper]


def reserved(transaction: AnyTransaction, count: int) -> range:
    """Return numbers that nothing has yet."""
    [counted] = rows(transaction, _RESERVE, count=count)
    return range(counted["last"] - count + 1, counted["last"] + 1)


def _numbers(
    transaction: AnyTransaction, asked: LiteralString, given: LiteralString, names: set[str]
) -> dict[str, int]:
    """Return the numbers of what bears these ids, given to those that have none."""
    if not names:
        return {}
    found = {row["id"]: row["number"] for row in rows(transaction, asked, ids=sorted(names))}
    new = [name for name, number in found.items() if number is None]
    if new:
        made = dict(zip(new, reserved(transaction, len(new)), strict=True))
        pairs = [{"id": name, "number": number} for name, number in made.items()]
        transaction.run(given, rows=pairs).consume()
        found.update(made)
    return found


_RESERVE: Final = """
    MATCH (s:Store) SET s.last_number = coalesce(s.last_number, 0) + $count
    RETURN s.last_number AS last"""
_ENTITY_NUMBERS: Final = """
    UNWIND $ids AS id OPTIONAL MATCH (e:Entity {id: id}) RETURN id, e.number AS number"""
_NUMBER_ENTITIES: Final = """
    UNWIND $rows AS row MERGE (e:Entity {id: row.id}) SET e.number = row.number"""
_CLAIM_NUMBERS: Final = """
    UNWIND $ids AS id OPTIONAL MATCH (c:Claim {id: id}) RETURN id, c.number AS number"""
_NUMBER_CLAIMS: Final = """
    UNWIND $rows AS row MATCH (c:Claim {id: row.id}) SET c.number = row.number"""
_PAPER_NUMBERS: Final = """
    UNWIND $ids AS id OPTIONAL MATCH (p:Paper {id: id}) RETURN id, p.number AS number"""
_NUMBER_PAPERS: Final = """
    UNWIND $rows AS row MERGE (p:Paper {id: row.id}) SET p.number = row.number"""

_OPEN: Final = """
    UNWIND $rows AS row
    MATCH (s:Entity {id: row.subject})
    MATCH (o:Entity {id: row.object})
    CREATE (s)-[v:REGULATES]->(o) SET v = row.properties
    RETURN count(v) AS opened"""

_CURRENT: Final = """
    UNWIND $claims AS claim
    MATCH (s)-[v:REGULATES]->(o) USING INDEX SEEK v:REGULATES(claim) WHERE v.claim = claim
    WITH s, v, o WHERE v.rev_to IS NULL OR v.rev_to = $at
    OPTIONAL MATCH (p:Paper {number: v.row[2]})
    RETURN elementId(v) AS element, properties(v) AS stored, s.id AS subject, o.id AS object,
        p.id AS paper"""
"""What stands open of these claims, or was closed by this transaction."""

_PASTS: Final = """
    UNWIND $claims AS id
    MATCH (c:Claim {id: id})
    RETURN id AS claim, c.epistemic AS epistemic, c.evidence AS evidence,
        c.publications AS publications,
        COLLECT { MATCH (c)<-[:OF]-(d:ClaimVersion) RETURN [d.rev_from, d.article_id] } AS articles,
        COLLECT { MATCH (c)<-[:OF]-(s:State) RETURN [s.rev_from, s.status] } AS statuses,
        COLLECT { MATCH (c)<-[:OF]-(x:Extraction)
            RETURN [x.rev_from, x.body, x.confidence] } AS readings"""

_FORGET: Final = "MATCH ()-[v]->() WHERE elementId(v) IN $elements DELETE v"
_CLOSE: Final = "MATCH ()-[v]->() WHERE elementId(v) IN $elements SET v.rev_to = $at"
_REOPEN: Final = """
    MATCH ()-[v]->() WHERE elementId(v) IN $elements AND v.rev_to = $at REMOVE v.rev_to"""
