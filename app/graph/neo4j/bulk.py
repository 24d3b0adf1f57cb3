"""Many new claims in a few statements: what an import of a whole graph is written with."""

from collections.abc import Sequence

from app.graph.edge_codes import copied
from app.graph.neo4j import elements
from app.graph.neo4j.connection import AnyTransaction, rows
from app.graph.neo4j.edges import Row
from app.graph.neo4j.elements import SLOT, Element
from app.graph.port import WholeClaim


def known_claims(transaction: AnyTransaction, ids: Sequence[str]) -> frozenset[str]:
    """Return those of these claims that were put before."""
    found = rows(
        transaction, "UNWIND $ids AS id MATCH (c:Claim {id: id}) RETURN c.id AS id", ids=list(ids)
    )
    return frozenset(row["id"] for row in found)


def elements_of(claims: Sequence[WholeClaim]) -> dict[str, list[Element]]:
    """Return all that new claims bring but their edges, by kind, in the order of writing."""
    made: dict[str, list[Element]] = {
        kind: [] for kind in ("claim", SLOT, "extraction", "state", "decision")
    }
    for each in claims:
        claim_id = each.claim.id
        made["claim"].append(elements.claim(each.article_id, each.claim))
        made[SLOT].extend(elements.slots(each.article_id, each.claim))
        made["state"].append(elements.state(claim_id, each.state))
        readings = [elements.extraction(claim_id, reading) for reading in each.extractions]
        made["extraction"].extend({reading.key: reading for reading in readings}.values())
        made["decision"].extend(elements.decision(decision) for decision in each.decisions)
    return made


def edge_rows(claims: Sequence[WholeClaim], at: int) -> list[Row]:
    """Return the relationships of new claims' edges."""
    return [
        Row(each.claim.id, place, edge, each.rule_version, facts, at, at)
        for each in claims
        for facts in (copied(each),)
        for place, edge in enumerate(each.edges)
    ]
