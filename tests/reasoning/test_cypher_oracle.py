"""The second oracle: the engine's own variable-length patterns find the same signed paths."""

import random

import pytest
from neo4j import Driver

from app.graph.neo4j import open_neo4j
from app.graph.port import GraphStore, GraphWriter
from app.model.claim import Claim
from app.model.entity import Entity
from app.model.vocabulary import Aspect, Category
from app.reasoning.lens import LinkEdge
from app.reasoning.rules import RULE_VERSION, derive_edges
from app.reasoning.search import Search
from app.services.reasoning import Reasoner
from tests.reasoning.claims import claim
from tests.support.neo4j_pool import driver_of
from tests.support.neo4j_server import Neo4jServer

NODES = [f"TEST:{letter}" for letter in "ABCDEFGH"]
MAX_HOPS = 4

ORACLE = """
MATCH p = (s:Entity {id: $source})-[:REGULATES*1..4]->(t:Entity {id: $target})
WHERE all(r IN relationships(p) WHERE r.rev_to IS NULL AND r.sign <> '0')
  AND all(n IN nodes(p) WHERE single(m IN nodes(p) WHERE m = n))
WITH [r IN relationships(p) |
        [startNode(r).id, endNode(r).id, r.sign, coalesce(r.side, ''), coalesce(r.aspect, '')]
     ] AS links
RETURN DISTINCT links
"""


def _random_claims(seed: int) -> list[Claim]:
    dice = random.Random(seed)
    return [
        claim(
            dice.choice(NODES), "increases", dice.choice(NODES), dice.choice(["up", "down"]),
            perturbation=dice.choice(["none", "inhibition", "overexpression", "gain"]),
            aspect=dice.choice([None, *Aspect]),
        )
        for _ in range(32)
    ]  # fmt: skip


def _fill(store: GraphStore, claims: list[Claim]) -> None:
    def work(writer: GraphWriter) -> None:
        for node in NODES:
            writer.put_entity(Entity(id=node, name=node, category=Category.GENE))
        for one in claims:
            writer.put_claim(None, one)
            writer.put_edges(one.id, derive_edges(one, judged=True), RULE_VERSION)

    store.write("test", "a random graph", work)


def _by_cypher(driver: Driver, source: str, target: str) -> set[tuple[tuple[str, ...], ...]]:
    records, _, _ = driver.execute_query(ORACLE, source=source, target=target)
    return {tuple(tuple(link) for link in record["links"]) for record in records}


def _by_kernel(reasoner: Reasoner, store: GraphStore, source: str, target: str) -> set[
    tuple[tuple[str, ...], ...]
]:  # fmt: skip
    with store.view() as view:
        lens = reasoner.index_of(view).lens(candidates=True, background=False)
    marks = {1: "+", -1: "-"}
    places = [lens.index.entities.place(end) for end in (source, target)]
    if places[0] is None or places[1] is None:
        return set()
    search = Search(lens, [places[1]], [1, -1], MAX_HOPS)
    return {
        tuple(
            (key.subject, key.object, marks[key.sign], key.side or "", key.aspect or "")
            for hop in walk.hops
            for link in [hop.via]
            if isinstance(link, LinkEdge)
            for key in [link.key]
        )
        for walk in search.walks([(places[0], 1)], 100_000).walks
    }


@pytest.mark.neo4j
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_neo4j_finds_the_same_paths(neo4j_server: Neo4jServer, seed: int) -> None:
    store = open_neo4j(neo4j_server.url)
    try:
        _fill(store, _random_claims(seed))
        reasoner = Reasoner(store)
        total = 0
        with driver_of(neo4j_server) as driver:
            for source in NODES[:3]:
                for target in NODES:
                    if source == target:
                        continue
                    expected = _by_cypher(driver, source, target)
                    assert _by_kernel(reasoner, store, source, target) == expected
                    total += len(expected)
        assert total > 40
    finally:
        store.close()
