"""Edges as columns: what the index is built from.

A column holds one number for each edge; names stand once, in tables that the numbers point into.
Codes of vocabularies are positions in their enumeration; 0 in ``side`` and ``aspect`` is *none*.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.model.edge import StoredEdge
from app.model.vocabulary import Aspect, Epistemic, EvidenceType, Side, Status
from app.reasoning.signs import number

Ints: TypeAlias = NDArray[np.int32]
Bytes: TypeAlias = NDArray[np.int8]
Floats: TypeAlias = NDArray[np.float64]
Rows: TypeAlias = NDArray[np.intp]
Table = TypeVar("Table")

STATUSES = tuple(Status)
EPISTEMICS = tuple(Epistemic)
EVIDENCES = tuple(EvidenceType)
SIDES: tuple[Side | None, ...] = (None, Side.GAIN, Side.LOSS)
ASPECTS: tuple[Aspect | None, ...] = (None, Aspect.INDUCTION, Aspect.MAINTENANCE)

NO_ARTICLE = -1
DIGEST = 32
"""Bytes of a claim's id, which is a sha256."""


@dataclass(frozen=True, slots=True)
class EdgeColumns:
    """Edges of one snapshot, in any order.

    ``claims`` holds the claims' ids as bytes, one row of :data:`DIGEST` each; ``claim``,
    ``article``, ``subject`` and ``object`` point into ``claims``, ``articles`` and ``entities``.
    ``article`` is :data:`NO_ARTICLE` where an import names none.
    """

    claims: NDArray[np.uint8]
    articles: Sequence[str]
    entities: Sequence[str]
    claim: Ints
    article: Ints
    subject: Ints
    object: Ints
    sign: Bytes
    side: Bytes
    aspect: Bytes
    status: Bytes
    epistemic: Bytes
    evidence: Bytes
    confidence: Floats

    def __len__(self) -> int:
        return len(self.claim)


class _Table:
    """Gives each name its number, in the order of arrival."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, name: str) -> int:
        return self.numbers.setdefault(name, len(self.numbers))

    def names(self) -> list[str]:
        return list(self.numbers)


def columns_of(edges: Iterable[StoredEdge]) -> EdgeColumns:
    """Return stored edges as columns."""
    edges = tuple(edges)
    claims, articles, entities = _Table(), _Table(), _Table()
    rows = [
        (
            claims(edge.claim),
            NO_ARTICLE if edge.article_id is None else articles(edge.article_id),
            entities(edge.edge.subject),
            entities(edge.edge.object),
            number(edge.edge.sign),
            SIDES.index(edge.edge.side),
            ASPECTS.index(edge.edge.aspect),
            STATUSES.index(edge.status),
            EPISTEMICS.index(edge.epistemic),
            EVIDENCES.index(edge.evidence),
        )
        for edge in edges
    ]
    table = np.array(rows, dtype=np.int32).reshape(-1, 10)
    codes = table.astype(np.int8)
    return EdgeColumns(
        claims=digests(claims.names()),
        articles=articles.names(),
        entities=entities.names(),
        claim=table[:, 0].copy(),
        article=table[:, 1].copy(),
        subject=table[:, 2].copy(),
        object=table[:, 3].copy(),
        sign=codes[:, 4],
        side=codes[:, 5],
        aspect=codes[:, 6],
        status=codes[:, 7],
        epistemic=codes[:, 8],
        evidence=codes[:, 9],
        confidence=np.array([edge.confidence for edge in edges], dtype=np.float64),
    )


def digests(claims: Sequence[str]) -> NDArray[np.uint8]:
    """Return claims' ids as rows of bytes."""
    raw = bytes.fromhex("".join(claims))
    return np.frombuffer(raw, dtype=np.uint8).reshape(-1, DIGEST)


def taken(table: Table, rows: Rows) -> Table:
    """Return the rows of a table, which is a dataclass of columns, in the order of ``rows``."""
    columns = (getattr(table, field.name)[rows] for field in fields(table))  # type: ignore[arg-type]
    return type(table)(*columns)


def joined(one: Table, other: Table) -> Table:
    """Return two tables of the same columns, one below the other."""
    columns = (
        np.concatenate((getattr(one, field.name), getattr(other, field.name)))
        for field in fields(one)  # type: ignore[arg-type]
    )
    return type(one)(*columns)
