"""Many new claims in a few statements: what an import of a whole graph is written with."""

from collections.abc import Sequence
from typing import Final

from app.graph.edge_codes import copied
from app.graph.neo4j import elements
from app.graph.neo4j.connection import AnyTransaction, rows
from app.graph.neo4j.edges import Row, reserved
from app.graph.neo4j.elements import SLOT, Element, batches
from app.graph.port import WholeClaim
from app.graph.slots import SLOTS


def known_claims(transaction: AnyTransaction, ids: Sequence[str]) -> frozenset[str]:
    """Return those of these claims that were put before."""
    found = rows(
        transaction, "UNWIND $ids AS id MATCH (c:Claim {id: id}) RETURN c.id AS id", ids=list(ids)
    )
    return frozenset(row["id"] for row in found)


def open_claims(
    transaction: AnyTransaction, claims: Sequence[WholeClaim], at: int
) -> dict[str, int]:
    """Write new claims with their states and the entities that they name; return their numbers."""
    numbers = dict(
        zip((each.claim.id for each in claims), reserved(transaction, len(claims)), strict=True)
    )
    made = (claim_row(each, numbers[each.claim.id], at) for each in claims)
    for batch in batches(made):
        transaction.run(_OPEN_CLAIMS, rows=batch).consume()
    return numbers


def claim_row(whole: WholeClaim, number: int, at: int) -> dict[str, object]:
    """Return the parameters of the query that writes a new claim."""
    made = elements.claim(whole.article_id, whole.claim)
    row: dict[str, object] = {
        "claim": {"id": whole.claim.id, "number": number, **elements.fixed(whole.claim)},
        "version": made.row(at)["properties"],
        "state": elements.state(whole.claim.id, whole.state).row(at)["properties"],
    }
    for slot in SLOTS:
        row[slot] = []
    for each in elements.slots(None, whole.claim):
        row[str(each.properties["slot"])].append(each.row(at))  # type: ignore[attr-defined]
    return row


_OPEN_CLAIMS: Final = """
    UNWIND $rows AS row
    CREATE (c:Claim) SET c = row.claim
    CREATE (c)<-[:OF]-(d:ClaimVersion:Version) SET d = row.version
    CREATE (c)<-[:OF]-(s:State:Version) SET s = row.state
    FOREACH (slot IN row.agent |
        MERGE (e:Entity {id: slot.end}) CREATE (c)-[v:AGENT]->(e) SET v = slot.properties)
    FOREACH (slot IN row.outcome |
        MERGE (e:Entity {id: slot.end}) CREATE (c)-[v:OUTCOME]->(e) SET v = slot.properties)
    FOREACH (slot IN row.means |
        MERGE (e:Entity {id: slot.end}) CREATE (c)-[v:MEANS]->(e) SET v = slot.properties)
    FOREACH (slot IN row.context |
        MERGE (e:Entity {id: slot.end}) CREATE (c)-[v:IN_CONTEXT]->(e) SET v = slot.properties)
    FOREACH (slot IN row.member |
        MERGE (e:Entity {id: slot.end}) CREATE (c)-[v:MEMBER]->(e) SET v = slot.properties)"""


def elements_of(claims: Sequence[WholeClaim]) -> dict[str, list[Element]]:
    """Return what else new claims bring, but for their edges, by kind."""
    made: dict[str, list[Element]] = {kind: [] for kind in (SLOT, "extraction", "decision")}
    for each in claims:
        claim_id = each.claim.id
        if each.article_id is not None:
            made[SLOT].append(elements.slot(claim_id, "from", each.article_id))
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
