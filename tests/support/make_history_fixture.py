"""Write stored fixtures of the present schema version whose claims and edges have a past.

``python -m tests.support.make_history_fixture`` writes, into ``tests/data/stores``, one graph as
each engine stores it (``history-vN.sqlite.gz``, and ``history-vN.neo4j.gz`` with a line for each
node and relationship), its dump (``history-vN.jsonl.gz``), and the edges of every revision as
this version answers (``history-vN.edges.gz``). A fixture of a released version is never written
again.
"""

import gzip
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import orjson
from neo4j import Driver

from app.graph.neo4j import open_neo4j
from app.graph.port import GraphStore, GraphWriter
from app.graph.rows import row_line
from app.graph.sqlite import open_sqlite
from app.graph.sqlite.schema import SCHEMA_VERSION
from app.model.claim import Claim, ClaimState, Link
from app.model.edge import Condition, Edge
from app.model.vocabulary import (
    Aspect,
    DecisionType,
    Epistemic,
    EvidenceType,
    LinkType,
    Presence,
    Side,
    Sign,
    Status,
)
from tests.support import factories as make
from tests.support.neo4j_pool import driver_of, lent_server

FOLDER = Path(__file__).resolve().parents[1] / "data" / "stores"
ENTITIES = [f"TEST:{letter}" for letter in "ABCDEFG"]


def _edge(dice: random.Random) -> Edge:
    subject, target = dice.sample(ENTITIES, 2)
    conditions = (
        Condition(name="TGF-β", entity="HGNC:11766", state=Presence.PRESENT),
        Condition(name="own X lost", direction=Sign.NEGATIVE),
    )
    return Edge(
        subject=subject,
        object=target,
        sign=dice.choice(list(Sign)),
        side=dice.choice([None, *Side]),
        aspect=dice.choice([None, *Aspect]),
        condition=conditions[: dice.choice([0, 0, 1, 2])],
        rule=dice.choice(["loss-of-function", "gain-of-function", "stated"]),
    )


def _claims(dice: random.Random, papers: list[make.Paper]) -> list[tuple[str, Claim]]:
    return [
        (
            paper.id,
            make.claim(
                paper.text,
                agent_id=entity,
                context=("NCBITaxon:9606",),
                epistemic=dice.choice(list(Epistemic)),
                evidence=dice.choice(list(EvidenceType)),
                words=words,
            ),
        )
        for paper in papers
        for entity, words in ((dice.choice(ENTITIES), None), (dice.choice(ENTITIES), "EMT"))
    ]


def _imported(dice: random.Random, papers: list[make.Paper]) -> list[tuple[str | None, Claim]]:
    """Claims of an import, that name no publication, one or two, some of them stored articles."""
    named = [(), ("PMID:71",), ("PMID:72", "PMID:71"), ("PMID:71", "doi:10.1/x"), ("PMID:71",)]
    known = [None, None, None, papers[0].id, papers[0].id]
    return [
        (
            article,
            make.imported(f"e{number}", publications, dice.choice(ENTITIES), dice.choice(ENTITIES)),
        )
        for number, (publications, article) in enumerate(zip(named, known, strict=True))
    ]


def fill(store: GraphStore) -> None:
    """Write a dozen revisions in which claims and their edges come, change and go."""
    dice = random.Random(4)
    papers = [make.paper(number, title=f"Curcumin prevents EMT, {number}.") for number in (1, 2, 3)]
    claims = [*_claims(dice, papers), *_imported(dice, papers)]

    def first(writer: GraphWriter) -> None:
        for paper in papers:
            paper.put(writer)
        writer.put_entity(make.entity(synonyms=("EMT",)))
        for article, claim in claims:
            writer.put_claim(article, claim)
            writer.put_edges(claim.id, [_edge(dice) for _ in range(dice.randrange(4))], 1)
        writer.put_link(claims[0][1].id, Link(type=LinkType.SUPPORTS, claim=claims[1][1].id))

    store.write("ada", "first", first)
    for _ in range(11):
        store.write("ada", "later", lambda writer: _later(writer, dice, claims))


def _later(
    writer: GraphWriter, dice: random.Random, claims: list[tuple[str | None, Claim]]
) -> None:
    for number, (article, claim) in enumerate(claims):
        if dice.random() < 0.4:
            status = dice.choice(list(Status))
            writer.put_state(claim.id, ClaimState(status=status, quotes=claim.quotes))
        if dice.random() < 0.3:
            reading = make.extraction(str(writer.next_revision), dice.choice([0.3, 0.8, 0.95]))
            writer.add_extraction(claim.id, reading)
        if dice.random() < 0.3:
            made = [_edge(dice) for _ in range(dice.randrange(4))]
            writer.put_edges(claim.id, made, dice.choice([1, 2]))
        if dice.random() < 0.15:
            writer.put_claim(dice.choice([None, article, "a0001"]), claim)
        if dice.random() < 0.2:
            name = f"d{writer.next_revision}-{number}"
            writer.add_decision(make.decision(name, claim.id, DecisionType.ACCEPT))


def edges_of(store: GraphStore) -> Iterator[bytes]:
    """Yield the edges of every revision, a line each."""
    for number in range(1, store.head().number + 1):
        with store.view(number) as view:
            for edge in view.edges():
                yield orjson.dumps([number, edge.model_dump(mode="json")])


def raw(driver: Driver) -> Iterator[bytes]:
    """Yield all nodes, then all relationships, as Neo4j holds them."""
    records, _, _ = driver.execute_query(
        """MATCH (n) WHERE NOT n:User AND NOT n:Job AND NOT n:Idempotency
        RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties
        ORDER BY labels, n.kind, n.key, n.rev_from, n.id, n.name, id"""
    )
    places = {record["id"]: place for place, record in enumerate(records)}
    for record in records:
        properties = {
            k: v for k, v in record["properties"].items() if k != "created_at" or isinstance(v, str)
        }
        yield orjson.dumps([record["labels"], properties], option=orjson.OPT_SORT_KEYS)
    records, _, _ = driver.execute_query(
        """MATCH (s)-[r]->(o) RETURN type(r) AS type, elementId(s) AS start, elementId(o) AS end,
            properties(r) AS properties ORDER BY type, r.key, r.rev_from"""
    )
    for record in records:
        ends = [places[record["start"]], places[record["end"]]]
        yield orjson.dumps(
            [record["type"], *ends, record["properties"]], option=orjson.OPT_SORT_KEYS
        )


def main() -> None:
    name = f"history-v{SCHEMA_VERSION}"
    if (FOLDER / f"{name}.jsonl.gz").exists():
        raise SystemExit(f"{name} is there already; a released fixture is not written again")
    store = open_sqlite("sqlite:///:memory:")
    fill(store)
    _write(f"{name}.jsonl.gz", map(row_line, store.dump()))
    _write(f"{name}.edges.gz", edges_of(store))
    with tempfile.TemporaryDirectory() as directory:
        whole = Path(directory) / "graph.db"
        store.backup(whole)
        (FOLDER / f"{name}.sqlite.gz").write_bytes(gzip.compress(whole.read_bytes(), mtime=0))
    with lent_server() as server, driver_of(server) as driver:
        other = open_neo4j(server.url)
        other.load(store.dump())
        _write(f"{name}.neo4j.gz", raw(driver))
        other.close()
    store.close()


def _write(name: str, lines: Iterator[bytes]) -> None:
    content = b"".join(line + b"\n" for line in lines)
    (FOLDER / name).write_bytes(gzip.compress(content, mtime=0))


if __name__ == "__main__":
    main()
