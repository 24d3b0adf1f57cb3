"""Signed edges in whole numbers: their keys, and how their versions give way.

A row stands for an edge with what it copies from its claim. When the claim's status, paper or
confidence changes, the row closes and another goes on in its place, with the same ``opened``: for
dumps and changes the edge is still the same.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from app.graph.edge_codes import (
    CONTENT_MASK,
    ClaimFacts,
    aspect_of,
    claim_codes,
    content_codes,
    side_of,
    sign_of,
)
from app.graph.edge_history import Past
from app.graph.sqlite import keys
from app.model.edge import Condition, Edge
from app.model.paper import paper_of
from app.model.vocabulary import Epistemic, EvidenceType, Status


@dataclass(frozen=True, slots=True)
class Content:
    """The columns of an edge that are its own."""

    subject: int
    object: int
    codes: int
    rule: str
    condition: str | None
    rule_version: int


@dataclass(frozen=True, slots=True)
class Copied:
    """The columns of an edge that are its claim's."""

    paper: int | None
    codes: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    opened: int
    rev_from: int
    content: Content
    copied: Copied


def content_of(connection: sqlite3.Connection, edge: Edge, rule_version: int) -> Content:
    """Return an edge's own columns."""
    return Content(
        subject=keys.entity(connection, edge.subject),
        object=keys.entity(connection, edge.object),
        codes=content_codes(edge),
        rule=edge.rule,
        condition=condition_text(edge),
        rule_version=rule_version,
    )


def condition_text(edge: Edge) -> str | None:
    """Return an edge's conditions as stored; None where it has none."""
    if not edge.condition:
        return None
    return orjson.dumps(
        [each.model_dump(mode="json", exclude_defaults=True) for each in edge.condition]
    ).decode()


def edge_of(subject: str, object_: str, codes: int, rule: str, condition: str | None) -> Edge:
    """Return an edge from what its row says."""
    conditions = () if condition is None else orjson.loads(condition)
    return Edge(
        subject=subject,
        object=object_,
        sign=sign_of(codes),
        side=side_of(codes),
        aspect=aspect_of(codes),
        condition=tuple(Condition.model_validate(each) for each in conditions),
        rule=rule,
    )


def copied_of(connection: sqlite3.Connection, facts: ClaimFacts) -> Copied:
    """Return the columns that an edge copies from a claim of which this holds."""
    return Copied(
        paper=None if facts.paper is None else keys.paper(connection, facts.paper),
        codes=claim_codes(facts),
        confidence=facts.confidence,
    )


def facts_of(connection: sqlite3.Connection, claim: int) -> ClaimFacts:
    """Return what holds of a claim now."""
    row = connection.execute(_FACTS, {"claim": claim}).fetchone()
    return ClaimFacts(
        paper=paper_of(row[0], _publications(row[5])),
        status=Status(row[1]),
        epistemic=Epistemic(row[2]),
        evidence=EvidenceType(row[3]),
        confidence=1.0 if row[4] is None else row[4],
    )


_FACTS = """
    SELECT c.article_id, s.status, c.epistemic, c.evidence, (
        SELECT x.confidence FROM extraction x WHERE x.claim = c.key
        ORDER BY x.rev_from DESC, x.extraction DESC LIMIT 1),
        json_extract(c.claim, '$.source.publications')
    FROM claim c JOIN claim_state s ON s.claim = c.key AND s.rev_to IS NULL
    WHERE c.key = :claim AND c.rev_to IS NULL
"""


def insert(
    connection: sqlite3.Connection,
    claim: int,
    position: int,
    content: Content,
    copied: Copied,
    span: tuple[int, int, int | None],
) -> None:
    """Write a row; ``span`` is ``opened``, ``rev_from`` and ``rev_to``."""
    connection.execute(
        """INSERT INTO edge (claim, position, subject, object, paper, codes, confidence, rule,
            condition, rule_version, opened, rev_from, rev_to)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            claim,
            position,
            content.subject,
            content.object,
            copied.paper,
            content.codes | copied.codes,
            copied.confidence,
            content.rule,
            content.condition,
            content.rule_version,
            *span,
        ),
    )


def insert_past(
    connection: sqlite3.Connection,
    claim: int,
    position: int,
    edge: Edge,
    rule_version: int,
    span: tuple[int, int | None],
) -> None:
    """Write an edge of a dump, which stood from ``span``'s first revision until its second.

    The claim with its states and readings is there already. Raises ValueError where it is not.
    """
    content = content_of(connection, edge, rule_version)
    for rev_from, rev_to, facts in _past(connection, claim).pieces(*span):
        copied = copied_of(connection, facts)
        insert(connection, claim, position, content, copied, (span[0], rev_from, rev_to))


def _past(connection: sqlite3.Connection, claim: int) -> Past:
    asked = {"claim": claim}
    claims = connection.execute(
        """SELECT rev_from, article_id, epistemic, evidence,
            json_extract(claim, '$.source.publications') FROM claim WHERE key = :claim""",
        asked,
    ).fetchall()
    statuses = connection.execute(
        "SELECT rev_from, status FROM claim_state WHERE claim = :claim", asked
    )
    readings = connection.execute(
        "SELECT rev_from, extraction, confidence FROM extraction WHERE claim = :claim", asked
    )
    return Past(
        epistemic=Epistemic(claims[0][2]),
        evidence=EvidenceType(claims[0][3]),
        articles=[(row[0], row[1]) for row in claims],
        statuses=[(row[0], Status(row[1])) for row in statuses],
        readings=readings.fetchall(),
        publications=_publications(claims[0][4]),
    )


def _publications(stored: str | None) -> Sequence[str]:
    return () if stored is None else orjson.loads(stored)


class EdgeVersions:
    """The edges of claims inside one transaction, whose revision is ``at``."""

    def __init__(self, connection: sqlite3.Connection, at: int) -> None:
        self._connection = connection
        self._at = at

    def contents(self, edges: Sequence[Edge], rule_version: int) -> list[Content]:
        """Return the own columns of edges."""
        return [content_of(self._connection, edge, rule_version) for edge in edges]

    def present(self, claim: int) -> list[Content]:
        """Return what stands open for a claim, in order."""
        rows = self._connection.execute(
            """SELECT number, opened, rev_from, subject, object, codes, rule, condition,
                rule_version, paper, confidence
            FROM edge WHERE claim = ? AND rev_to IS NULL ORDER BY position""",
            (claim,),
        )
        return [_row(row).content for row in rows]

    def settle(self, claim: int, contents: Sequence[Content]) -> bool:
        """Make these the claim's edges, with what it is now; True where rows were taken back."""
        copied = copied_of(self._connection, facts_of(self._connection, claim))
        before, mine = self._standing(claim)
        taken_back = False
        for position in sorted({*range(len(contents)), *before, *mine}):
            wanted = contents[position] if position < len(contents) else None
            taken_back |= self._decide(
                claim, position, wanted, copied, before.get(position), mine.get(position)
            )
        return taken_back

    def _decide(
        self,
        claim: int,
        position: int,
        wanted: Content | None,
        copied: Copied,
        before: _Row | None,
        mine: _Row | None,
    ) -> bool:
        """Bring one place to what is wanted.

        ``before`` is the row that stood when the transaction began, ``mine`` the one that it
        opened itself, which nobody saw.
        """
        goes_on = before is not None and before.content == wanted
        stays = goes_on and before is not None and before.copied == copied
        opened = before.opened if goes_on and before is not None else self._at
        made = None if wanted is None or stays else (opened, wanted, copied)
        kept = mine is not None and made == (mine.opened, mine.content, mine.copied)
        if mine is not None and not kept:
            self._connection.execute("DELETE FROM edge WHERE number = ?", (mine.number,))
        if before is not None:
            closes = None if stays else self._at
            self._connection.execute(
                "UPDATE edge SET rev_to = :closes WHERE number = :number AND rev_to IS NOT :closes",
                {"closes": closes, "number": before.number},
            )
        if made is not None and not kept:
            insert(self._connection, claim, position, made[1], copied, (opened, self._at, None))
        return mine is not None and not kept

    def _standing(self, claim: int) -> tuple[dict[int, _Row], dict[int, _Row]]:
        """Return by place what stood before the transaction, and what it opened itself."""
        before: dict[int, _Row] = {}
        mine: dict[int, _Row] = {}
        rows = self._connection.execute(
            """SELECT number, opened, rev_from, subject, object, codes, rule, condition,
                rule_version, paper, confidence, position FROM edge
            WHERE claim = :claim AND (rev_to IS NULL OR rev_to = :at)""",
            {"claim": claim, "at": self._at},
        )
        for row in rows:
            found = _row(row)
            (before if found.rev_from < self._at else mine)[row[11]] = found
        return before, mine


def _row(row: tuple[Any, ...]) -> _Row:
    codes = row[5]
    return _Row(
        number=row[0],
        opened=row[1],
        rev_from=row[2],
        content=Content(row[3], row[4], codes & CONTENT_MASK, row[6], row[7], row[8]),
        copied=Copied(row[9], codes & ~CONTENT_MASK, row[10]),
    )
