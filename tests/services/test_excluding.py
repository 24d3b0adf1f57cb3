"""Interventions that shall not have a side effect, on the seed and on claims added to it."""

import pytest

from app.graph.port import GraphStore
from app.model.answer import (
    Exclusion,
    ExclusionVerdict,
    InterventionAnswer,
    InterventionQuestion,
    NamedEntity,
    SideEffect,
)
from app.model.vocabulary import Sign
from app.services.excluding import selective
from app.services.reasoning import Reasoner
from tests.services.test_curation import do
from tests.support.seeded import seed_claim

NFKB, IKK2, EMT = "FPLX:NFkappaB", "HGNC:5960", "GO:0001837"
APOPTOSIS, METASTASIS = "GO:0006915", "MESH:D009362"


def ask(
    store: GraphStore, *excluding: tuple[str, str], effect: str = "reverses", **more: object
) -> InterventionAnswer:
    question = InterventionQuestion.model_validate(
        {
            "outcome": NamedEntity(id=EMT, name=EMT),
            "effect": effect,
            "excluding": [
                SideEffect.model_validate(
                    {"outcome": NamedEntity(id=one, name=one), "effect": what}
                )
                for one, what in excluding
            ],
            **more,
        }
    )
    return selective(store, Reasoner(store), question)


def of(answer: InterventionAnswer, target: str, direction: Sign = Sign.NEGATIVE) -> Exclusion:
    (found,) = [
        one.exclusions[0]
        for one in answer.interventions
        if one.target.id == target and one.perturbation.direction is direction
    ]
    return found


def test_what_only_background_says_was_never_measured(seeded: GraphStore) -> None:
    found = of(ask(seeded, (APOPTOSIS, "induces")), NFKB)
    assert (found.verdict, found.evidence, found.against) == (
        ExclusionVerdict.NEVER_MEASURED,
        (),
        (),
    )
    assert found.predicted is None


def test_with_background_a_path_to_the_side_effect_is_shown_and_measures_nothing(
    seeded: GraphStore,
) -> None:
    found = of(ask(seeded, (APOPTOSIS, "induces"), include_background=True), NFKB)
    assert found.verdict is ExclusionVerdict.NEVER_MEASURED
    assert found.predicted is not None
    assert not found.predicted.matched
    assert found.predicted.steps[0].claims == (seed_claim("B3").id,)


def test_an_experiment_that_showed_the_effect_excludes(seeded: GraphStore) -> None:
    found = of(ask(seeded, (METASTASIS, "lowers")), NFKB)
    assert found.verdict is ExclusionVerdict.EXCLUDED
    assert {one.claim for one in found.evidence} == {seed_claim("C8").id, seed_claim("T2").id}
    quote = next(one.quote for one in found.evidence if one.claim == seed_claim("C8").id)
    assert quote is not None
    assert quote.startswith("blocking of NF-kappaB activity abrogated the metastatic potential")


def test_an_experiment_that_showed_the_opposite_clears(seeded: GraphStore) -> None:
    found = of(ask(seeded, (METASTASIS, "promotes")), NFKB)
    assert found.verdict is ExclusionVerdict.CLEAR
    assert seed_claim("C8").id in {one.claim for one in found.against}
    assert found.evidence == ()


def test_the_opposite_change_alone_measures_nothing(seeded: GraphStore) -> None:
    answer = ask(seeded, (METASTASIS, "promotes"), effect="induces")
    found = of(answer, NFKB, Sign.POSITIVE)
    assert found.verdict is ExclusionVerdict.NEVER_MEASURED
    assert found.predicted is not None
    assert not found.predicted.matched


def test_a_member_is_not_measured_by_what_its_family_was(seeded: GraphStore) -> None:
    found = of(ask(seeded, (METASTASIS, "lowers")), IKK2)
    assert found.verdict is ExclusionVerdict.NEVER_MEASURED


def test_a_rejected_experiment_measures_nothing(seeded: GraphStore) -> None:
    for claim in ("C8", "T2"):
        do(seeded, seed_claim(claim).id, "reject", reason="not shown")
    assert of(ask(seeded, (METASTASIS, "lowers")), NFKB).verdict is ExclusionVerdict.NEVER_MEASURED


def test_each_side_effect_has_its_own_verdict_and_the_order_stays(seeded: GraphStore) -> None:
    plain = ask(seeded)
    both = ask(seeded, (METASTASIS, "lowers"), (APOPTOSIS, "induces"))
    assert [one.target for one in both.interventions] == [one.target for one in plain.interventions]
    assert [one.verdict for one in both.interventions[0].exclusions] == [
        ExclusionVerdict.EXCLUDED,
        ExclusionVerdict.NEVER_MEASURED,
    ]


def test_a_simulated_side_effect_stands_beside(seeded: GraphStore) -> None:
    found = of(ask(seeded, (METASTASIS, "lowers"), simulate=True), NFKB)
    assert found.simulated_effect == pytest.approx(1.0)
    lost = of(ask(seeded, (APOPTOSIS, "induces"), simulate=True), NFKB)
    assert lost.simulated_effect is None
    assert lost.note is not None
    assert "No signed link leads to" in lost.note
