"""Why a target is an answer, and what is missing where it is none."""

from pathlib import Path

import pytest

from app.graph.port import GraphStore
from app.ingest.kgx import KgxGraph
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.vocabulary import Sign, Tier
from app.model.why import Lack, Why
from app.services.importing import import_graph
from app.services.reasoning import Reasoner
from app.services.why import why
from tests.ingest.kgx.pairs import pair
from tests.services.test_curation import C5, do
from tests.services.test_importing import CAUSES

NFKB, PATHWAY, EMT, METASTASIS = "FPLX:NFkappaB", "GO:0007249", "GO:0001837", "MESH:D009362"


def ask(store: GraphStore, target: str, effect: str, outcome: str = EMT, **more: object) -> Why:
    question = InterventionQuestion.model_validate(
        {"outcome": NamedEntity(id=outcome, name=outcome), "effect": effect, **more}
    )
    return why(store, Reasoner(store), question, NamedEntity(id=target, name=target))


def lacks(found: Why, direction: Sign) -> set[Lack]:
    return {each.reason for each in found.lacking if each.direction is direction}


def test_an_answer_is_explained_by_what_its_figures_come_from(seeded: GraphStore) -> None:
    (explained,) = ask(seeded, NFKB, "reverses").answers
    assert explained.intervention.tier is Tier.OBSERVED
    link = explained.links[0]
    assert link.belief == explained.intervention.belief == 0.9
    assert [one.counts for one in link.claims] == [True, False]
    assert link.together == 0.9
    assert link.opposite == 0.0


def test_an_answer_is_explained_with_its_simulated_effect_where_that_is_asked(
    seeded: GraphStore,
) -> None:
    (plain,) = ask(seeded, NFKB, "reverses").answers
    assert plain.intervention.simulated_effect is None
    (simulated,) = ask(seeded, NFKB, "reverses", simulate=True).answers
    assert (simulated.intervention.simulated_effect or 0) > 0.5


def test_the_other_direction_has_the_opposite_effect(seeded: GraphStore) -> None:
    found = ask(seeded, NFKB, "reverses")
    assert Lack.SIGN in lacks(found, Sign.POSITIVE)
    (wrong,) = [e for e in found.lacking if e.reason is Lack.SIGN]
    assert wrong.path is not None
    assert wrong.path.steps[0].subject == NFKB


def test_asking_for_matched_paths_alone_names_what_was_not_tried(seeded: GraphStore) -> None:
    found = ask(seeded, PATHWAY, "promotes", matched_only=True)
    assert found.answers == ()
    assert Lack.MATCHED in lacks(found, Sign.POSITIVE)


def test_a_target_that_nothing_is_known_of_has_no_path(seeded: GraphStore) -> None:
    found = ask(seeded, EMT, "lowers", METASTASIS)
    assert found.answers == ()
    assert lacks(found, Sign.POSITIVE) == {Lack.PATH}
    assert found.lacking[0].path is None


@pytest.mark.parametrize("claim", [C5])
def test_a_rejected_claim_is_no_longer_a_ground(seeded: GraphStore, claim: str) -> None:
    before = ask(seeded, NFKB, "reverses").answers[0].links[0].claims
    do(seeded, claim, "reject", reason="no")
    after = ask(seeded, NFKB, "reverses").answers
    assert claim in {one.claim for one in before}
    assert claim not in {one.claim for each in after for link in each.links for one in link.claims}


def test_a_null_result_explains_no_effect_and_its_absence_is_said(
    store: GraphStore, tmp_path: Path
) -> None:
    null = {**CAUSES, "id": "e1", "predicate": "biolink:affects", "negated": "true",
            "subject_direction_qualifier": "increased", "qualified_predicate": "biolink:causes",
            "object_direction_qualifier": "increased"}  # fmt: skip
    mined = {**null, "id": "e2", "subject": "CHEBI:1", "agent_type": "text_mining_agent"}
    import_graph(store, KgxGraph(pair(tmp_path, [null, mined])), actor="ada")

    found = ask(store, "HGNC:1", "no_effect", "HGNC:2")
    assert [one.intervention.perturbation.direction for one in found.answers] == [Sign.POSITIVE]
    assert lacks(found, Sign.NEGATIVE) == {Lack.DIRECTION}

    found = ask(store, "CHEBI:1", "no_effect", "HGNC:2")
    assert found.answers == ()
    assert lacks(found, Sign.POSITIVE) == {Lack.CANDIDATES}
    assert lacks(found, Sign.NEGATIVE) == {Lack.NULL}
