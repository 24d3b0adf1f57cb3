"""From schema version 3 to 4: an edge names what its claim was published in.

In version 3 the third number of an edge's ``row`` was that of an article of the store, or 0. Here
it is that of a node ``Paper``, whose id is the article's, if any, then the publications that the
claim's import names, sorted, with U+001F between them. Claims bear their publications.
"""

from collections.abc import Sequence
from typing import Any, Final

import orjson
from neo4j import ManagedTransaction

from app.graph.neo4j.connection import rows

UNWANTED: Final = ("article_number",)
PAGE: Final = 2000


def run(transaction: ManagedTransaction) -> None:
    """Give papers to edges, page by page of claims."""
    transaction.run(
        """MATCH (a:Article) WHERE a.number IS NOT NULL
        CREATE (:Paper {id: a.id, number: a.number}) REMOVE a.number"""
    ).consume()
    after = ""
    while page := _page(transaction, after):
        after = page[-1]["id"]
        _publish(transaction, page)


def _page(transaction: ManagedTransaction, after: str) -> list[dict[str, Any]]:
    return [
        dict(row)
        for row in rows(
            transaction,
            """MATCH (c:Claim) WHERE c.id > $after WITH c ORDER BY c.id LIMIT $limit
            RETURN c.id AS id,
                head(COLLECT { MATCH (c)<-[:OF]-(d:ClaimVersion) RETURN d.body }) AS body""",
            after=after,
            limit=PAGE,
        )
    ]


def _publish(transaction: ManagedTransaction, page: Sequence[dict[str, Any]]) -> None:
    named = {row["id"]: _named(row["body"]) for row in page}
    named = {claim: publications for claim, publications in named.items() if publications}
    transaction.run(
        """UNWIND $rows AS row MATCH (c:Claim {id: row.id}) SET c.publications = row.named""",
        rows=[{"id": claim, "named": publications} for claim, publications in named.items()],
    ).consume()
    edges = list(
        rows(
            transaction,
            """UNWIND $claims AS claim
            MATCH ()-[v:REGULATES]->() USING INDEX SEEK v:REGULATES(claim) WHERE v.claim = claim
            OPTIONAL MATCH (p:Paper {number: v.row[2]})
            RETURN elementId(v) AS element, claim, p.id AS paper""",
            claims=list(named),
        )
    )
    papers = {
        edge["element"]: "\x1f".join(
            [*([edge["paper"]] if edge["paper"] else []), *sorted({*named[edge["claim"]]})]
        )
        for edge in edges
    }
    _number(transaction, sorted({*papers.values()}))
    transaction.run(
        """UNWIND $rows AS row MATCH (p:Paper {id: row.paper})
        MATCH ()-[v]->() WHERE elementId(v) = row.element
        SET v.row = v.row[..2] + [p.number] + v.row[3..]""",
        rows=[{"element": element, "paper": paper} for element, paper in papers.items()],
    ).consume()


def _number(transaction: ManagedTransaction, papers: Sequence[str]) -> None:
    """Give a number to each paper that has none."""
    known = rows(
        transaction, "UNWIND $ids AS id MATCH (p:Paper {id: id}) RETURN p.id AS id", ids=papers
    )
    held = {row["id"] for row in known}
    new = [paper for paper in papers if paper not in held]
    [reserved] = rows(
        transaction,
        """MATCH (s:Store) SET s.last_number = coalesce(s.last_number, 0) + $count
        RETURN s.last_number AS last""",
        count=len(new),
    )
    first = reserved["last"] - len(new) + 1
    transaction.run(
        "UNWIND $rows AS row CREATE (:Paper {id: row.id, number: row.number})",
        rows=[{"id": paper, "number": first + place} for place, paper in enumerate(new)],
    ).consume()


def _named(body: str | None) -> list[str]:
    source = orjson.loads(body).get("source") if body else None
    return [each for each in (source or {}).get("publications", ()) if each]
