"""Write the stored fixture of the present schema version: a small store of every kind of row.

``python -m tests.support.make_store_fixture`` writes ``sqlite-vN.db.gz`` into
``tests/data/stores`` and, beside it, the graph's dump as JSON lines. A fixture of a released
version is never written again.
"""

import gzip
import tempfile
from pathlib import Path

from app.graph.rows import row_line
from app.graph.sqlite import open_sqlite
from app.graph.sqlite.schema import SCHEMA_VERSION
from app.model.claim import ClaimState, Link
from app.model.vocabulary import DecisionType, LinkType, RelationType, Sign, Status
from tests.support import factories as make

FOLDER = Path(__file__).resolve().parents[1] / "data" / "stores"


def main() -> None:
    path = FOLDER / f"sqlite-v{SCHEMA_VERSION}.db.gz"
    if path.exists():
        raise SystemExit(f"{path} is there already; a released fixture is not written again")
    store = open_sqlite("sqlite:///:memory:")
    paper = make.paper(1, key="jci|2004|114|569")
    claim = make.claim(paper.text, context=("NCBITaxon:9606",), means="CHEBI:3962")
    other = make.claim(paper.text, agent="Curcumin", agent_id="CHEBI:3962")
    link = Link(type=LinkType.SUPPORTS, claim=other.id)
    member = make.relation("HGNC:7794", RelationType.MEMBER_OF, "FPLX:NFkappaB", Sign.POSITIVE)

    def first(writer: make.GraphWriter) -> None:
        paper.put(writer)
        writer.put_entity(make.entity(synonyms=("EMT",)))
        writer.put_relation(member)
        for each in (claim, other):
            writer.put_claim(paper.id, each)
        writer.add_extraction(claim.id, make.extraction())
        writer.put_link(claim.id, link)
        writer.put_edges(claim.id, [make.edge()], 1)

    def second(writer: make.GraphWriter) -> None:
        accepted = ClaimState(status=Status.ACCEPTED, quotes=claim.quotes)
        writer.put_state(claim.id, accepted)
        writer.add_decision(make.decision("d1", claim.id, DecisionType.ACCEPT, revision=2))
        writer.put_entity(make.entity(name="EMT"))
        make.paper(1, title="A newer title.", version=2).put(writer)

    store.write("ada", "first", first)
    store.write("ada", "second", second)
    store.write("ada", "another", make.paper(2, identifiers=("PMID:2",)).put)
    store.purge("article", "a0002", "root", "asked for")
    with tempfile.TemporaryDirectory() as directory:
        whole = Path(directory) / "graph.db"
        store.backup(whole)
        path.write_bytes(gzip.compress(whole.read_bytes(), mtime=0))
    (FOLDER / f"sqlite-v{SCHEMA_VERSION}.jsonl").write_bytes(
        b"".join(row_line(r) + b"\n" for r in store.dump())
    )
    store.close()


if __name__ == "__main__":
    main()
