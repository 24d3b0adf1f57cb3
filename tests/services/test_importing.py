"""Importing graphs: what a second run changes, whose decisions stand, and what attaches where."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from app.graph.port import GraphStore
from app.graph.sqlite import open_sqlite
from app.ingest.kgx import KgxGraph, pairs_in
from app.model.answer import AskedContext, InterventionQuestion, NamedEntity, PathQuestion
from app.model.claim import ClaimState
from app.model.decision import DecisionRequest
from app.model.entity import Entity
from app.model.vocabulary import Category, ContextType, DecisionType, Effect, Sign, Status
from app.services.check import check
from app.services.curation import decide
from app.services.export import export
from app.services.importing import ImportReport, import_graph
from app.services.ingest import store_record
from app.services.reasoning import Reasoner
from app.services.seeds import load_seeds
from tests.ingest.kgx.pairs import MANUAL, NODES, pair
from tests.support.factories import record

CAUSES = {"id": "e1", "subject": "HGNC:1", "predicate": "biolink:causes", "object": "HGNC:2",
          "primary_knowledge_source": "infores:x", "publications": "PMID:7", **MANUAL}  # fmt: skip
MINED = {**CAUSES, "id": "e2", "object": "GO:0000001", "agent_type": "text_mining_agent"}
PART = {**CAUSES, "id": "e3", "predicate": "biolink:member_of", "object": "FPLX:AB"}
BAD = {**CAUSES, "id": "e4", "object": "HGNC:404"}


def run(store: GraphStore, folder: Path, *edges: dict[str, str], **more: object) -> ImportReport:
    graph = KgxGraph(pair(folder, edges))
    return import_graph(store, graph, actor="ada", **more)  # type: ignore[arg-type]


def only_claim(store: GraphStore) -> str:
    with store.view() as view:
        return view.edges().__next__().claim


def test_an_import_and_again_nothing(store: GraphStore, tmp_path: Path) -> None:
    report = run(store, tmp_path, CAUSES, MINED, PART, BAD)
    assert report.counts == {
        "entities created": len(NODES),
        "claims accepted": 1,
        "claims candidate": 1,
        "relations created": 1,
    }
    assert report.left_out == {"an edge to what is no node": 1}
    assert [(error.line, error.source) for error in report.errors] == [
        (5, str(tmp_path / "edges.tsv"))
    ]
    assert list(check(store)) == []
    head = store.head()
    again = run(store, tmp_path, CAUSES, MINED, PART, BAD)
    assert store.head() == head
    assert again.counts == {
        "entities unchanged": len(NODES),
        "claims unchanged": 2,
        "relations unchanged": 1,
    }


def test_manual_assertions_are_accepted_by_the_importing_curator(
    store: GraphStore, tmp_path: Path
) -> None:
    run(store, tmp_path, CAUSES)
    claim = only_claim(store)
    with store.view() as view:
        (decision,) = view.decisions_on([claim])[claim]
        (reading,) = view.extractions_of([claim])[claim]
        assert view.claims([claim])[claim].state.status is Status.ACCEPTED
    assert (decision.type, decision.actor) == (DecisionType.ACCEPT, "ada")
    assert decision.source == "nodes.tsv + edges.tsv: infores:x"
    assert (reading.reader, reading.rule) == ("kgx", "causes")


def test_what_a_curator_decided_since_stands(store: GraphStore, tmp_path: Path) -> None:
    run(store, tmp_path, CAUSES)
    claim = only_claim(store)
    reject = DecisionRequest(type=DecisionType.REJECT, reason="not so")
    decide(store, claim, reject, actor="eve")
    run(store, tmp_path, CAUSES)
    with store.view() as view:
        assert view.claims([claim])[claim].state.status is not Status.ACCEPTED
        assert len(view.decisions_on([claim])[claim]) == 2


def test_another_curator_who_imports_it_again_changes_nothing(
    store: GraphStore, tmp_path: Path
) -> None:
    run(store, tmp_path, CAUSES)
    head = store.head()
    import_graph(store, KgxGraph(pair(tmp_path, [CAUSES])), actor="eve")
    assert store.head() == head


def test_a_claim_attaches_to_its_article_if_the_graph_has_it(
    store: GraphStore, tmp_path: Path
) -> None:
    run(store, tmp_path, CAUSES)
    claim = only_claim(store)
    with store.view() as view:
        assert view.claims([claim])[claim].article_id is None
        assert view.counts().articles == 0
    article = record(identifiers=("PMID:7",))
    store.write("ada", "an article", lambda writer: store_record(writer, article))
    report = run(store, tmp_path, CAUSES)
    assert report.counts["claims updated"] == 1
    with store.view() as view:
        assert view.claims([claim])[claim].article_id == view.article_ids(["PMID:7"])["PMID:7"]
    assert list(check(store)) == []


def test_what_another_source_says_of_an_entity_stays(store: GraphStore, tmp_path: Path) -> None:
    known = Entity(id="HGNC:1", name="known", category=Category.PROTEIN, source="lexicon")
    store.write("ada", "an entity", lambda writer: writer.put_entity(known))
    report = run(store, tmp_path, CAUSES)
    assert report.counts["entities known from another source"] == 1
    with store.view() as view:
        assert view.entities(["HGNC:1"]) == {"HGNC:1": known}


def test_the_seeds_and_an_import_leave_each_other_alone(store: GraphStore, tmp_path: Path) -> None:
    load_seeds(store)
    run(store, tmp_path, CAUSES, PART)
    head = store.head()
    load_seeds(store)
    run(store, tmp_path, CAUSES, PART)
    assert store.head() == head


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_batches_make_no_difference(store: GraphStore, tmp_path: Path, batch: int) -> None:
    twice = {**CAUSES, "score": "2"}
    report = run(store, tmp_path, CAUSES, MINED, PART, BAD, twice, batch=batch)
    assert report.done == len(NODES) + 5
    assert report.counts["claims accepted"] == 1
    with store.view() as view:
        assert sum(view.counts().claims.values()) == 2
    head = store.head()
    run(store, tmp_path, CAUSES, MINED, PART, BAD, twice, batch=batch)
    assert store.head() == head


def test_stopping_and_going_on(store: GraphStore, tmp_path: Path) -> None:
    calls = iter([False, False, True])
    report = run(store, tmp_path, CAUSES, MINED, batch=4, should_stop=lambda: next(calls, True))
    assert report.stopped
    whole = run(store, tmp_path, CAUSES, MINED, batch=4)
    assert whole.counts["claims accepted"] == 1
    assert list(check(store)) == []


def test_a_state_that_reading_made_is_a_state_of_the_rules(
    store: GraphStore, tmp_path: Path
) -> None:
    run(store, tmp_path, {**CAUSES, "supporting_text": "X causes Y."})
    claim = only_claim(store)
    with store.view() as view:
        state = view.claims([claim])[claim].state
    assert isinstance(state, ClaimState)
    assert [(quote.text, quote.verified) for quote in state.quotes] == [("X causes Y.", None)]


def test_an_answer_names_the_publications_of_an_import_and_counts_them(
    store: GraphStore, tmp_path: Path
) -> None:
    again = {**CAUSES, "id": "e5", "supporting_text": "AAA raised BBB"}
    other = {**CAUSES, "id": "e6", "publications": "PMID:8"}
    run(store, tmp_path, CAUSES, again, other)
    question = InterventionQuestion(
        outcome=NamedEntity(id="HGNC:2", name="BBB"), effect=Effect.PROMOTES
    )
    (answer,) = Reasoner(store).interventions(question).interventions
    assert (answer.papers, answer.independent_papers) == (2, 2)
    grounds = [one for one in answer.evidence if one.role == "ground"]
    assert sorted(one.pmid or "" for one in grounds) == ["PMID:7", "PMID:8"]


def promoting(store: GraphStore) -> tuple[float, int, int, list[tuple[str, ...]]]:
    """Belief, papers, independent papers and grounds of the one answer to what promotes BBB."""
    question = InterventionQuestion(
        outcome=NamedEntity(id="HGNC:2", name="BBB"), effect=Effect.PROMOTES
    )
    (answer,) = Reasoner(store).interventions(question).interventions
    grounds = [one.publications for one in answer.evidence if one.role == "ground"]
    return answer.belief, answer.papers, answer.independent_papers, sorted(grounds)


def test_claims_that_share_a_publication_are_one_paper(store: GraphStore, tmp_path: Path) -> None:
    again = {**CAUSES, "id": "e5", "supporting_text": "AAA raised BBB"}
    both = {**CAUSES, "id": "e6", "publications": "PMID:7|PMID:8"}
    run(store, tmp_path, CAUSES)
    alone, *_ = promoting(store)
    run(store, tmp_path, CAUSES, again)
    assert promoting(store) == (alone, 1, 1, [("PMID:7",)])
    run(store, tmp_path, CAUSES, again, both)
    assert promoting(store) == (alone, 2, 1, [("PMID:7",), ("PMID:7", "PMID:8")])
    apart = {**CAUSES, "id": "e7", "publications": "PMID:8"}
    run(store, tmp_path, CAUSES, again, both, apart)
    belief, papers, independent, _ = promoting(store)
    # The hop is extrapolated, which halves it.
    assert (alone, belief) == pytest.approx((0.7 / 2, 0.91 / 2))
    assert (papers, independent) == (2, 2)


def test_an_article_that_comes_later_is_the_publication_that_an_import_named(
    store: GraphStore, tmp_path: Path
) -> None:
    doi = {**CAUSES, "id": "e5", "publications": "doi:10.1/seven"}
    run(store, tmp_path, CAUSES, doi)
    assert promoting(store)[1:3] == (2, 2)
    article = record(identifiers=("PMID:7", "doi:10.1/seven"))
    store.write("ada", "an article", lambda writer: store_record(writer, article))
    assert promoting(store)[1:3] == (1, 1)


def test_publications_come_back_from_an_export(store: GraphStore, tmp_path: Path) -> None:
    both = {**CAUSES, "id": "e6", "publications": "PMID:8|PMID:7"}
    run(store, tmp_path, CAUSES, both, {**MINED, "publications": ""})
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "kgx.zip").write_bytes(b"".join(export(store, "kgx", store.head()).chunks()))
    shutil.unpack_archive(folder / "kgx.zip", folder)
    (folder / "kgx.zip").unlink()
    with closing(open_sqlite(f"sqlite:///{tmp_path}/again.db")) as again:
        (found,) = pairs_in(folder)
        import_graph(again, KgxGraph(found), actor="eve")
        for each in (store, again):
            with each.view() as view:
                assert sorted(edge.paper or "" for edge in view.edges()) == [
                    "", "PMID:7", "PMID:7\x1fPMID:8",
                ]  # fmt: skip
        assert promoting(again) == promoting(store)


def test_paths_are_ordered_by_how_they_answer_the_asked_context(
    store: GraphStore, tmp_path: Path
) -> None:
    mouse = {**CAUSES, "species_context_qualifier": "NCBITaxon:10090"}
    human = {**CAUSES, "id": "e7", "subject": "CHEBI:1", "agent_type": "manual_agent",
             "species_context_qualifier": "NCBITaxon:9606"}  # fmt: skip
    run(store, tmp_path, mouse, {**mouse, "id": "e8", "publications": "PMID:8"}, human)

    def first(*context: AskedContext) -> list[str]:
        question = PathQuestion(
            sources=(NamedEntity(id="HGNC:1", name="AAA"), NamedEntity(id="CHEBI:1", name="drug")),
            targets=(NamedEntity(id="HGNC:2", name="BBB"),),
            direction=Sign.POSITIVE,
            context=context,
            matched_only=False,
            k=1,
        )
        return [path.steps[0].subject for path in Reasoner(store).paths(question).paths]

    assert first(AskedContext(type=ContextType.ORGANISM, id="NCBITaxon:9606")) == ["CHEBI:1"]
    assert first(AskedContext(type=ContextType.ORGANISM, id="NCBITaxon:10090")) == ["HGNC:1"]


def test_a_chain_tried_in_the_opposite_direction_alone_does_not_commit(
    store: GraphStore, tmp_path: Path
) -> None:
    between = [f"HGNC:{number}" for number in (7797, 6773)] + ["FPLX:AB", "FPLX:AB_complex"]
    between += ["GO:0000001", "GO:0000002", "MONDO:0000001"]
    chains = [
        {**CAUSES, "id": f"{subject}-{object_}", "subject": subject, "object": object_}
        for each in between
        for subject, object_ in (("CHEBI:1", each), (each, "HGNC:2"))
    ]
    run(store, tmp_path, *chains)

    def commits(effect: Effect) -> bool | None:
        question = InterventionQuestion(outcome=NamedEntity(id="HGNC:2", name="BBB"), effect=effect)
        found = Reasoner(store).interventions(question).interventions
        (drug,) = [each for each in found if each.target.id == "CHEBI:1"]
        assert drug.sign_chance is not None
        assert drug.sign_chance >= 0.85
        return drug.commits

    assert commits(Effect.PROMOTES) is True
    assert commits(Effect.LOWERS) is False
