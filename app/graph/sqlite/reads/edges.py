"""Signed edges as an index reads them: one by one, or all at once as columns."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from app.graph import edge_codes
from app.graph.edge_columns import ClaimDictionary, Dictionary, KeyedEdges, columns_of
from app.graph.sqlite.edges import edge_of
from app.graph.sqlite.reads.base import Reads
from app.graph.sqlite.tables import json_list
from app.model.edge import StoredEdge
from app.model.edge_columns import EdgeChanges, EdgeColumns

_KEYED: Final = np.dtype(
    [("ends", np.int64), ("origin", np.int64), ("facts", np.int64), ("confidence", np.float64)]
)
"""A row of a scan: subject and object, claim and paper, place and codes, two in one number."""

_LOW: Final = (1 << 32) - 1

_BLOCK: Final = 1 << 15
"""Rows that a whole scan takes at once: SQLite writes their numbers into a text, which numpy reads
several times faster than Python takes rows one by one.
"""

_UNIT: Final = 2.0**-62
"""What confidences are counted in there: 0 and each from 2**-10 to 1 is a whole number of these, so
that it comes out exactly. Where a smaller one stands, rows are taken one by one.
"""


class EdgeReads(Reads):
    """Reads of signed edges with what they copy from their claims.

    The confidence is that of the claim's latest reading, and 1 where no reading is recorded.
    """

    def edges(self) -> Iterator[StoredEdge]:
        """Stream every signed edge, sorted by claim and position."""
        rows = self._connection.execute(
            """SELECT k.id, p.id, e.codes, e.confidence, s.id, o.id, e.rule, e.condition,
                e.rule_version
            FROM claim_key k CROSS JOIN edge e ON e.claim = k.key
            CROSS JOIN entity_key s ON s.key = e.subject
            CROSS JOIN entity_key o ON o.key = e.object
            LEFT JOIN paper_key p ON p.key = e.paper
            WHERE e.rev_from <= :at AND (e.rev_to IS NULL OR e.rev_to > :at)
            ORDER BY k.id, e.position""",
            {"at": self._at},
        )
        return (_stored_edge(row) for row in rows)

    def neighbour_edges(self, entity_ids: Sequence[str], limit: int) -> tuple[StoredEdge, ...]:
        """Return the edges that touch one of these entities, at most ``limit``, sorted as above."""
        rows = self._connection.execute(
            """WITH named (key) AS (
                SELECT key FROM entity_key WHERE id IN (SELECT value FROM json_each(:ids))
            ), touched (number) AS (
                SELECT number FROM edge WHERE subject IN (SELECT key FROM named)
                UNION SELECT number FROM edge WHERE object IN (SELECT key FROM named)
            )
            SELECT k.id, p.id, e.codes, e.confidence, s.id, o.id, e.rule, e.condition,
                e.rule_version
            FROM touched t CROSS JOIN edge e ON e.number = t.number
            CROSS JOIN claim_key k ON k.key = e.claim
            CROSS JOIN entity_key s ON s.key = e.subject
            CROSS JOIN entity_key o ON o.key = e.object
            LEFT JOIN paper_key p ON p.key = e.paper
            WHERE e.rev_from <= :at AND (e.rev_to IS NULL OR e.rev_to > :at)
            ORDER BY k.id, e.position LIMIT :limit""",
            {"ids": json_list(list(entity_ids)), "at": self._at, "limit": limit},
        )
        return tuple(_stored_edge(row) for row in rows)

    def edge_columns(self) -> EdgeColumns:
        """Return every signed edge as columns of numbers."""
        (last,) = self._connection.execute("SELECT max(number) FROM edge").fetchone()
        blocks = [self._block(start) for start in range(0, (last or 0) + 1, _BLOCK)]
        return columns_of(
            _keyed(np.concatenate(blocks)),
            _dictionary(self._connection.execute("SELECT key, id FROM entity_key")),
            _dictionary(self._connection.execute("SELECT key, id FROM paper_key")),
            self._all_claims(),
        )

    def _block(self, start: int) -> NDArray[np.void]:
        """Return the standing edges among a run of rows."""
        which = {"at": self._at, "start": start, "end": start + _BLOCK}
        ends, origin, facts, confidence, tiny = self._connection.execute(
            """SELECT group_concat(subject << 32 | object),
                group_concat(claim << 32 | ifnull(paper, 0)),
                group_concat(position << 32 | codes),
                group_concat(CAST(confidence * 4611686018427387904.0 AS INTEGER)),
                ifnull(sum(confidence > 0 AND confidence < 0.0009765625), 0)
            FROM edge WHERE number >= :start AND number < :end
                AND rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)""",
            which,
        ).fetchone()
        if tiny:
            scan = self._connection.execute(
                """SELECT subject << 32 | object, claim << 32 | ifnull(paper, 0),
                    position << 32 | codes, confidence
                FROM edge WHERE number >= :start AND number < :end
                    AND rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)""",
                which,
            )
            return np.fromiter(scan, dtype=_KEYED)
        found = np.empty(0 if ends is None else ends.count(",") + 1, dtype=_KEYED)
        if ends is not None:
            found["ends"], found["origin"] = _numbers(ends), _numbers(origin)
            found["facts"], found["confidence"] = _numbers(facts), _numbers(confidence) * _UNIT
        return found

    def _all_claims(self) -> ClaimDictionary:
        (last,) = self._connection.execute("SELECT max(key) FROM claim_key").fetchone()
        keys, digests = [np.empty(0, dtype=np.int64)], bytearray()
        for start in range(0, (last or 0) + 1, _BLOCK):
            some, ids = self._connection.execute(
                """SELECT group_concat(key), group_concat(id, '') FROM claim_key
                WHERE key >= ? AND key < ?""",
                (start, start + _BLOCK),
            ).fetchone()
            if some is not None:
                keys.append(_numbers(some))
                digests += bytes.fromhex(ids)
        return ClaimDictionary(np.concatenate(keys), bytes(digests))

    def edge_changes(self, since: int) -> EdgeChanges | None:
        """Return what became of the edges since a revision; None where a purge lies between."""
        asked = {"since": since, "at": self._at}
        purged = self._connection.execute(
            "SELECT 1 FROM tombstone WHERE rev_from > :since AND rev_from <= :at LIMIT 1", asked
        ).fetchone()
        if purged is not None:
            return None
        opened = self._connection.execute(
            """SELECT subject << 32 | object, claim << 32 | ifnull(paper, 0),
                position << 32 | codes, confidence
            FROM edge WHERE rev_from > :since AND rev_from <= :at
                AND (rev_to IS NULL OR rev_to > :at)""",
            asked,
        )
        closed = self._connection.execute(
            """SELECT subject << 32 | object, claim << 32 | ifnull(paper, 0),
                position << 32 | codes, confidence
            FROM edge WHERE rev_to > :since AND rev_to <= :at AND rev_from <= :since""",
            asked,
        )
        return EdgeChanges(opened=self._few_columns(opened), closed=self._few_columns(closed))

    def _few_columns(self, scan: sqlite3.Cursor) -> EdgeColumns:
        """Return the columns of a few edges, without reading whole dictionaries."""
        edges = _keyed(np.fromiter(scan, dtype=_KEYED))
        entities = _keys_list(edges.subject, edges.object)
        return columns_of(
            edges,
            _dictionary(
                self._connection.execute(
                    """SELECT key, id FROM entity_key
                    WHERE key IN (SELECT value FROM json_each(?))""",
                    (entities,),
                )
            ),
            _dictionary(
                self._connection.execute(
                    """SELECT key, id FROM paper_key
                    WHERE key IN (SELECT value FROM json_each(?))""",
                    (_keys_list(edges.paper),),
                )
            ),
            _claims(
                self._connection.execute(
                    "SELECT key, id FROM claim_key WHERE key IN (SELECT value FROM json_each(?))",
                    (_keys_list(edges.claim),),
                )
            ),
        )


def _numbers(text: str) -> NDArray[np.int64]:
    return np.fromstring(text, dtype=np.int64, sep=",")


def _keyed(found: NDArray[np.void]) -> KeyedEdges:
    ends, origin, facts = found["ends"], found["origin"], found["facts"]
    return KeyedEdges(
        subject=ends >> 32,
        object=ends & _LOW,
        claim=origin >> 32,
        place=facts >> 32,
        paper=origin & _LOW,
        codes=facts & _LOW,
        confidence=found["confidence"].copy(),
    )


def _dictionary(rows: sqlite3.Cursor) -> Dictionary:
    pairs = rows.fetchall()
    keys = np.fromiter((key for key, _ in pairs), dtype=np.int64, count=len(pairs))
    return Dictionary(keys, [identifier for _, identifier in pairs])


def _claims(rows: sqlite3.Cursor) -> ClaimDictionary:
    pairs = rows.fetchall()
    keys = np.fromiter((key for key, _ in pairs), dtype=np.int64, count=len(pairs))
    return ClaimDictionary(keys, bytes.fromhex("".join(identifier for _, identifier in pairs)))


def _keys_list(*columns: NDArray[np.int64]) -> str:
    return orjson.dumps(np.unique(np.concatenate(columns)).tolist()).decode()


def _stored_edge(row: tuple[Any, ...]) -> StoredEdge:
    codes = row[2]
    return StoredEdge(
        claim=row[0],
        paper=row[1],
        status=edge_codes.status_of(codes),
        epistemic=edge_codes.epistemic_of(codes),
        evidence=edge_codes.evidence_of(codes),
        confidence=row[3],
        edge=edge_of(row[4], row[5], codes, row[6], row[7]),
        rule_version=row[8],
    )
