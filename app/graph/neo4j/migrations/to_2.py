"""From schema version 1 to 2: edges are packed by numbers and copy what an index needs.

In version 1 a relationship ``REGULATES`` held its edge as JSON in ``body`` and nothing of its
claim. Here it is cut where the claim's status, article or confidence changed, and each piece
holds in ``row`` the numbers of its object, claim and article, its place, its codes and the bits
of its confidence.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import orjson
from neo4j import ManagedTransaction

from app.graph.neo4j.connection import AnyTransaction, rows
from app.graph.neo4j.dump import dump
from app.graph.port import Row

UNWANTED: Final = ("regulates_key",)
PAGE: Final = 2000

_SIGN: Final = {"0": 0, "+": 1, "-": 2}
_SIDE: Final = {None: 0, "loss": 1, "gain": 2}
_ASPECT: Final = {None: 0, "induction": 1, "maintenance": 2}
_STATUS: Final = {"candidate": 0, "accepted": 1, "rejected": 2, "disputed": 3, "superseded": 4}
_EPISTEMIC: Final = {
    "demonstrated": 0,
    "summary": 1,
    "interpretation": 2,
    "background": 3,
    "hypothesis": 4,
    "unstated": 5,
}
_EVIDENCE: Final = {
    "loss_of_function": 0,
    "gain_of_function": 1,
    "rescue": 2,
    "observational": 3,
    "summary": 4,
    "none_in_this_study": 5,
}


def dump_before(transaction: AnyTransaction) -> Iterator[Row]:
    """Stream the dump of a store of version 1."""
    return dump(transaction, _edges_before)


def run(transaction: ManagedTransaction) -> None:
    """Give numbers to what edges name, and write every edge anew."""
    transaction.run(
        """MATCH (s:Store) SET s.last_number = 0 WITH s
        MATCH (e:Entity) WHERE EXISTS { (e)-[:REGULATES]-() }
        WITH s, e ORDER BY e.id WITH s, collect(e) AS found
        UNWIND range(1, size(found)) AS number
        WITH s, found[number - 1] AS e, number
        SET e.number = number, s.last_number = number"""
    ).consume()
    transaction.run(
        """MATCH (s:Store) WITH s, s.last_number AS last
        MATCH (c:Claim) WITH s, last, c ORDER BY c.id WITH s, last, collect(c) AS found
        UNWIND range(1, size(found)) AS number
        WITH s, last, found[number - 1] AS c, number
        SET c.number = last + number, s.last_number = last + number"""
    ).consume()
    transaction.run(
        """MATCH (s:Store) WITH s, s.last_number AS last
        MATCH (a:Article) WITH s, last, a ORDER BY a.id WITH s, last, collect(a) AS found
        UNWIND range(1, size(found)) AS number
        WITH s, last, found[number - 1] AS a, number
        SET a.number = last + number, s.last_number = last + number"""
    ).consume()
    elements = [
        row["element"]
        for row in rows(
            transaction,
            """MATCH ()-[v:REGULATES]->() WHERE v.body IS NOT NULL
            RETURN elementId(v) AS element ORDER BY v.key, v.rev_from""",
        )
    ]
    for start in range(0, len(elements), PAGE):
        _rewrite(transaction, elements[start : start + PAGE])


def _rewrite(transaction: ManagedTransaction, elements: Sequence[str]) -> None:
    old = list(
        rows(
            transaction,
            """MATCH (s)-[v:REGULATES]->(o) WHERE elementId(v) IN $elements
            RETURN properties(v) AS stored, elementId(s) AS subject, elementId(o) AS object,
                o.number AS number""",
            elements=elements,
        )
    )
    pasts = {
        row["claim"]: row
        for row in rows(
            transaction,
            """UNWIND $claims AS id MATCH (c:Claim {id: id})
            RETURN id AS claim, c.number AS number, c.epistemic AS epistemic,
                c.evidence AS evidence,
                COLLECT { MATCH (c)<-[:OF]-(d:ClaimVersion)
                    OPTIONAL MATCH (a:Article {id: d.article_id})
                    RETURN [d.rev_from, coalesce(a.number, 0)] } AS articles,
                COLLECT { MATCH (c)<-[:OF]-(s:State) RETURN [s.rev_from, s.status] } AS statuses,
                COLLECT { MATCH (c)<-[:OF]-(x:Extraction)
                    RETURN [x.rev_from, x.body, x.confidence] } AS readings""",
            claims=sorted({row["stored"]["claim"] for row in old}),
        )
    }
    made = [piece for row in old for piece in _pieces(row, pasts[row["stored"]["claim"]])]
    transaction.run(
        "MATCH ()-[v:REGULATES]->() WHERE elementId(v) IN $elements DELETE v", elements=elements
    ).consume()
    transaction.run(
        """UNWIND $rows AS row
        MATCH (s) WHERE elementId(s) = row.subject
        MATCH (o) WHERE elementId(o) = row.object
        CREATE (s)-[v:REGULATES]->(o) SET v = row.properties""",
        rows=made,
    ).consume()


def _pieces(row: Mapping[str, Any], past: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    """Cut an edge where what it copies from its claim changed."""
    stored = row["stored"]
    first, last = stored["rev_from"], stored.get("rev_to")
    turns = {
        each[0]
        for versions in (past["articles"], past["statuses"], past["readings"])
        for each in versions
        if first < each[0] and (last is None or each[0] < last)
    }
    begin, copied = first, _copied(past, first)
    for turn in sorted(turns):
        then = _copied(past, turn)
        if then != copied:
            yield _piece(row, past, copied, (begin, turn))
            begin, copied = turn, then
    yield _piece(row, past, copied, (begin, last))


def _copied(past: Mapping[str, Any], at: int) -> tuple[int, int, float]:
    """Return the article's number, the claim's codes and the confidence at a revision."""
    readings = [each for each in past["readings"] if each[0] <= at]
    codes = (
        _STATUS[_latest(past["statuses"], at)] << 7
        | _EPISTEMIC[past["epistemic"]] << 11
        | _EVIDENCE[past["evidence"]] << 15
    )
    return _latest(past["articles"], at), codes, max(readings)[2] if readings else 1.0


def _latest(versions: Sequence[Sequence[Any]], at: int) -> Any:
    return max((each for each in versions if each[0] <= at), key=lambda each: each[0])[1]


def _piece(
    row: Mapping[str, Any],
    past: Mapping[str, Any],
    copied: tuple[int, int, float],
    span: tuple[int, int | None],
) -> dict[str, object]:
    stored, edge = row["stored"], orjson.loads(row["stored"]["body"])
    article, codes, confidence = copied
    condition = edge.get("condition")
    content = (
        _SIGN[edge["sign"]]
        | _SIDE[edge.get("side")] << 2
        | _ASPECT[edge.get("aspect")] << 4
        | bool(condition) << 6
    )
    (bits,) = struct.unpack("<q", struct.pack("<d", confidence))
    place = stored["position"]
    return {
        "subject": row["subject"],
        "object": row["object"],
        "properties": {
            "claim": stored["claim"],
            "position": place,
            "sign": edge["sign"],
            "side": edge.get("side"),
            "aspect": edge.get("aspect"),
            "rule": edge["rule"],
            "condition": orjson.dumps(condition).decode() if condition else None,
            "rule_version": stored["rule_version"],
            "opened": stored["rev_from"],
            "rev_from": span[0],
            "rev_to": span[1],
            "row": [row["number"], past["number"], article, place, content | codes, bits],
        },
    }


def _edges_before(transaction: AnyTransaction, at: int) -> Iterator[Row]:
    for row in rows(
        transaction,
        """MATCH ()-[v:REGULATES]->() WHERE v.key >= '' AND v.rev_from <= $at
        RETURN properties(v) AS stored ORDER BY v.key, v.rev_from""",
        at=at,
    ):
        stored = row["stored"]
        closed = stored.get("rev_to")
        yield Row(
            "edge",
            {
                "claim": stored["claim"],
                "position": stored["position"],
                "edge": orjson.loads(stored["body"]),
                "rule_version": stored["rule_version"],
                "rev_from": stored["rev_from"],
                "rev_to": closed if closed is not None and closed <= at else None,
            },
        )
