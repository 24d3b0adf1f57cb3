"""Matrix, contrast, requirements and means on ten claims that curators wrote in BEL (conib, CC0).

The graph is loaded from the shared data, so that no sentence of its papers stands in the
repository; each claim was read beside its sentence before what it says was written down here.
"""

from collections.abc import Iterator

import pytest

from app.graph.port import GraphStore
from app.graph.sqlite import open_sqlite
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.contrast import ContrastQuestion, Place, RequirementQuestion
from app.model.matrix import MatrixQuestion
from app.model.vocabulary import Effect
from app.services.contrast import contrast
from app.services.graphs import sort_out
from app.services.importing import import_graph
from app.services.matrix import matrix
from app.services.means import means
from app.services.reasoning import Reasoner
from app.services.requirements import requirements
from tests.conftest import SHARED

SCRIPTS = SHARED / "data" / "graphs" / "bel-cc0" / "conib"
pytestmark = pytest.mark.skipif(
    not SCRIPTS.is_dir(), reason="needs the development graphs in EVIPATH_SHARED"
)

INFLAMMATION, NFKB, TNF, RELB = "GO:0006954", "FPLX:NFkappaB", "HGNC:11892", "HGNC:9956"
ORIDONIN, CURCUMIN, BERBERINE = "CHEBI:138236", "CHEBI:3962", "CHEBI:16118"

Cells = list[tuple[str | None, str, int]]

TRIED: dict[tuple[str, str], tuple[str, Cells]] = {
    (ORIDONIN, INFLAMMATION): ("-", [("gain", "positive", 1)]),
    (CURCUMIN, TNF): ("-", [("gain", "positive", 1)]),
    (BERBERINE, "FPLX:ERK"): ("-", [("gain", "positive", 1)]),
    ("CHEBI:4911", "GO:0006915"): ("+", [("gain", "positive", 1)]),
    ("CHEBI:16856", "HGNC:9955"): ("-", [("gain", "positive", 1)]),
    ("HGNC:7782", "HGNC:7873"): ("-", [(None, "positive", 1)]),
    ("FPLX:HMOX", NFKB): ("-", [(None, "positive", 2)]),
    (TNF, "HGNC:933"): ("+", [(None, "positive", 1), (None, "positive", 3)]),
    (TNF, NFKB): ("+", [(None, "positive", 1), (None, "positive", 3)]),
    ("HGNC:5991", RELB): ("+0", [(None, "null", 1), (None, "positive", 1)]),
}
"""Subject and outcome, the signs that claims report, and the cells that have any: side, result,
number of claims."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    store = open_sqlite(f"sqlite:///{tmp_path_factory.mktemp('conib') / 'graph.db'}")
    folders = [str(SCRIPTS / name) for name in ("anatabine", "nfkb")]
    for each in sort_out(folders).graphs:
        import_graph(store, each, actor="test")
    yield store
    store.close()


def entity(curie: str) -> NamedEntity:
    return NamedEntity(id=curie, name=curie)


def test_ten_claims_stand_where_their_sentences_put_them(graph: GraphStore) -> None:
    reasoner = Reasoner(graph)
    for (target, outcome), (signs, cells) in TRIED.items():
        question = MatrixQuestion(target=entity(target), outcome=entity(outcome))
        found = matrix(graph, reasoner, question)
        filled = [cell for each in found.contexts for cell in each.cells if cell.total]
        assert sorted((c.side, c.result.value, c.total) for c in filled) == cells, target
        said = {one.sign.value for cell in filled for one in cell.claims}
        assert "".join(sorted(said)) == signs, target
        assert all(one.quote and one.pmid for c in filled for one in c.claims), target


def test_a_null_result_in_another_context_is_no_conflict(graph: GraphStore) -> None:
    question = MatrixQuestion(target=entity("HGNC:5991"), outcome=entity(RELB))
    found = matrix(graph, Reasoner(graph), question)
    results = {
        each.parts[-1].name: [cell.result.value for cell in each.cells if cell.total]
        for each in found.contexts
    }
    assert results == {"Astrocytes": ["positive"], "Chondrocytes": ["null"]}
    assert not any(cell.conflicts for each in found.contexts for cell in each.cells)


def test_what_lowers_inflammation_was_mostly_never_tried_on_tnf(graph: GraphStore) -> None:
    def lowered(curie: str) -> Place:
        return Place(outcome=entity(curie), effect=Effect.LOWERS)

    question = ContrastQuestion(here=lowered(INFLAMMATION), there=lowered(TNF))
    found = contrast(graph, Reasoner(graph), question)
    kinds = {row.target.id: row.kind.value for row in found.rows}
    both = {CURCUMIN, "CHEBI:27881", "PUBCHEM.COMPOUND:444795"}
    assert {one for one, kind in kinds.items() if kind == "both"} == both
    assert {kind for one, kind in kinds.items() if one not in both} == {"untested"}
    assert [row.words for row in found.rows if row.target.id == ORIDONIN] == [
        "give oridonin and look at TNF"
    ]
    assert all(row.here.claims[0].quote for row in found.rows)


def test_curators_of_bel_name_no_need_of_a_cause(graph: GraphStore) -> None:
    question = RequirementQuestion(cause=entity(TNF), outcome=entity(NFKB))
    found = requirements(graph, Reasoner(graph), question)
    assert found.total == 0


def test_compounds_that_lower_nf_kappa_b_say_what_else_they_act_on(graph: GraphStore) -> None:
    question = InterventionQuestion(outcome=entity(NFKB), effect=Effect.LOWERS)
    found = means(graph, Reasoner(graph), question, limit=100)
    by_id = {one.means.id: one for one in found.means if one.means}
    known = {one: (by_id[one].tier.value, by_id[one].selectivity.value) for one in
             (ORIDONIN, CURCUMIN)}  # fmt: skip
    assert known == {ORIDONIN: ("entailed", "one_known"), CURCUMIN: ("entailed", "several")}
    assert (found.total, by_id[CURCUMIN].acts_on_total) == (31, 13)
    assert all(one.intervention.evidence for one in found.means)
