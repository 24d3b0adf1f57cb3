"""A graph with every trap that an export can fall into, and a development graph beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.bootstrap import build
from app.graph.port import ClaimFilter, GraphStore, GraphWriter
from app.ingest.kgx import KgxGraph
from app.ingest.kgx.pair import Pair
from app.model.claim import Claim, ClaimView
from app.model.decision import DecisionRequest
from app.model.vocabulary import (
    Category,
    DecisionType,
    Epistemic,
    LinkType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
)
from app.reasoning.rules import RULE_VERSION, derive_edges
from app.services import curated, curation, revisions
from app.services.claims import ClaimQuery, claim_views
from app.services.export import Export, export
from app.services.importing import import_graph
from app.services.seeds import load_seeds
from app.settings import Settings
from tests.support import factories
from tests.support.seeded import changed

QUOTE = 'ABC "raised" R&D <b>, a\\b | c; {d} # e\'s TGF-β1 in 5–10 µM'
TEXT = (
    f"Knockdown of ABC lowered XYZ. ABC did not alter XYZ. ABC does not prevent XYZ. {QUOTE}. "
    "ABC may raise XYZ. ABC is said to raise XYZ. ABC raised the degradation of XYZ. "
    "ABC raised phosphorylation of XYZ. ABC raised localisation of XYZ. Mutant ABC raised XYZ. "
    "ABC was wrongly read as raising XYZ. ABC perhaps raised XYZ. Lowering ABC and DEF lowered XYZ."
)
PAPER = factories.paper(77, title="=1+1 A title.", abstract=TEXT)
GONE = factories.paper(
    78, title="Withdrawn.", abstract="ABC raised XYZ then.", authors=("Other",),
    publication_types=("Retracted Publication",),
)  # fmt: skip
ENTITIES = (
    factories.entity("HGNC:1001", 'ABC "one" & <two>', Category.GENE, ("a|b", "=c")),
    factories.entity("HGNC:1002", "XYZ", Category.GENE),
    factories.entity("HGNC:1003", "DEF", Category.PROTEIN),
)
UP, DOWN, NONE = OutcomeDirection.UP, OutcomeDirection.DOWN, OutcomeDirection.NONE


def said(
    words: str,
    predicate: PredicateType = PredicateType.INCREASES,
    direction: OutcomeDirection = UP,
    perturbation: PerturbationType = PerturbationType.NONE,
    *,
    text: str = PAPER.text,
    epistemic: Epistemic = Epistemic.DEMONSTRATED,
    **changes: object,
) -> Claim:
    """A claim of these words about ABC and XYZ."""
    made = factories.claim(
        text, agent="ABC", agent_id="HGNC:1001", outcome="XYZ", outcome_id="HGNC:1002",
        perturbation=perturbation, predicate=predicate, direction=direction, aspect=None,
        words=words, epistemic=epistemic,
    )  # fmt: skip
    return changed(made, **changes)


TRAPS: dict[str, Claim] = {
    "knockdown": said(
        "Knockdown of ABC lowered XYZ", PredicateType.DECREASES, DOWN, PerturbationType.KNOCKDOWN
    ),
    "null": said("ABC did not alter XYZ", PredicateType.NO_EFFECT, NONE),
    "negated": said("ABC does not prevent XYZ", PredicateType.PREVENTS, DOWN, negated=True),
    "odd": said(QUOTE),
    "hypothesis": said("ABC may raise XYZ", epistemic=Epistemic.HYPOTHESIS),
    "background": said("ABC is said to raise XYZ", epistemic=Epistemic.BACKGROUND),
    "degradation": said(
        "ABC raised the degradation of XYZ", outcome__measure=Measure.DEGRADATION
    ),
    "phosphorylation": said(
        "ABC raised phosphorylation of XYZ", outcome__measure=Measure.PHOSPHORYLATION
    ),
    "localisation": said(
        "ABC raised localisation of XYZ", outcome__measure=Measure.LOCALISATION
    ),
    "mutation": said("Mutant ABC raised XYZ", perturbation=PerturbationType.MUTATION),
    "rejected": said("ABC was wrongly read as raising XYZ"),
    "candidate": said("ABC perhaps raised XYZ"),
    "joint": said(
        "Lowering ABC and DEF lowered XYZ", PredicateType.DECREASES, DOWN,
        PerturbationType.KNOCKDOWN,
        agent__groundings=[],
        agent__composition={
            "op": "and",
            "members": [
                {"groundings": [{"id": "HGNC:1001", "name": "ABC"}]},
                {"groundings": [{"id": "HGNC:1003", "name": "DEF"}]},
            ],
        },
    ),
    "retracted": said("ABC raised XYZ then", text=GONE.text),
}  # fmt: skip


@dataclass
class Graph:
    """A store, and exports of it."""

    store: GraphStore
    traps: dict[str, str] = field(default_factory=dict)
    """The ids of the traps."""

    def made(self, form: str, **query: object) -> Export:
        """Return an export that can begin."""
        which = ClaimQuery(**query)  # type: ignore[arg-type]
        return export(self.store, form, revisions.resolve(self.store, None), which)

    def bytes(self, form: str, **query: object) -> bytes:
        """Return a whole export."""
        return b"".join(self.made(form, **query).chunks())

    def claims(self) -> dict[str, ClaimView]:
        """Return all claims of the graph."""
        with self.store.view() as view:
            ids, after = [], None
            while batch := view.claim_documents(_ALL, after, 500):
                ids += [each.id for each in batch]
                after = batch[-1].id
            return claim_views(view, ids)


_ALL = ClaimFilter()


def fill(store: GraphStore) -> dict[str, str]:
    """Put the seed and the traps into a store; return the ids of the traps."""
    load_seeds(store)

    def work(writer: GraphWriter) -> None:
        for entity in ENTITIES:
            writer.put_entity(entity)
        for paper in (PAPER, GONE):
            paper.put(writer)
        candidate = TRAPS["candidate"]
        writer.put_claim(PAPER.id, candidate)
        writer.put_edges(candidate.id, derive_edges(candidate, judged=False), RULE_VERSION)
        writer.add_extraction(candidate.id, factories.extraction())

    store.write("test", "entities and papers", work)
    ids = {"candidate": TRAPS["candidate"].id}
    for name, claim in TRAPS.items():
        if name != "candidate":
            ids[name] = curated.add_claim(store, claim, actor="ada").id
    link = {"type": LinkType.CONTRADICTS, "claim": ids["null"]}
    asked = DecisionRequest.model_validate({"type": DecisionType.LINK, "link": link})
    curation.decide(store, ids["odd"], asked, actor="ada")
    reject = DecisionRequest(type=DecisionType.REJECT, reason="wrong")
    curation.decide(store, ids["rejected"], reject, actor="ada")
    return ids


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The seed and the traps."""
    parts = build(Settings(store=f"sqlite:///{tmp_path_factory.mktemp('exports') / 'graph.db'}"))
    yield Graph(parts.store, fill(parts.store))
    parts.close()


@pytest.fixture(scope="session")
def larger(tmp_path_factory: pytest.TempPathFactory, shared_dir: Path) -> Iterator[Graph]:
    """The same with a development graph: claims without a sentence, of a foreign prefix."""
    folder = shared_dir / "data" / "boolean" / "colitis-cancer"
    parts = build(Settings(store=f"sqlite:///{tmp_path_factory.mktemp('larger') / 'graph.db'}"))
    traps = fill(parts.store)
    pair = Pair(folder / "nodes.tsv", folder / "edges.tsv")
    import_graph(parts.store, KgxGraph(pair), actor="ada")
    yield Graph(parts.store, traps)
    parts.close()
