"""Compounds and constructs in place of targets, on the seed and on a paper about drugs."""

import pytest

from app.graph.port import GraphStore, GraphWriter
from app.model.answer import ExclusionVerdict, InterventionQuestion, NamedEntity, SideEffect
from app.model.claim import Claim
from app.model.errors import BadInput
from app.model.means import Means, MeansAnswer, Selectivity
from app.model.text import Mention
from app.model.vocabulary import (
    Aspect,
    Category,
    Epistemic,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Tier,
)
from app.services import curated
from app.services.means import means
from app.services.reasoning import Reasoner
from tests.services.test_curation import do
from tests.support import factories

EMT, NFKB, IKK2, SNAIL = "GO:0001837", "FPLX:NFkappaB", "HGNC:5960", "HGNC:11128"
BAY, CURCUMIN, APOPTOSIS = "CHEBI:85928", "CHEBI:3962", "GO:0006915"
PAPER = factories.paper(
    77,
    title="Drugs and EMT.",
    abstract=(
        "Inhibition of NF-kappaB by BAY 11-7082 reversed EMT. BAY 11-7082 blocked IKK-2 and "
        "lowered SNAI1. Curcumin inhibited NF-kappaB and induced apoptosis. Knockdown of SNAI1 by "
        "siRNA reversed EMT. siRNA of IKK-2 lowered SNAI1. Curcumin is associated with SNAI1."
    ),
)


def said(agent: str, agent_id: str, outcome: str, outcome_id: str, **more: object) -> Claim:
    given: dict[str, object] = {
        "perturbation": PerturbationType.INHIBITION,
        "predicate": PredicateType.REVERSES,
        **more,
    }
    means_words, means_id = (given.pop(one, None) for one in ("by", "by_id"))
    made = factories.claim(
        PAPER.text, agent=agent, agent_id=agent_id, outcome=outcome, outcome_id=outcome_id,
        **given,  # type: ignore[arg-type]
    )  # fmt: skip
    if means_words is None:
        return made
    mention = Mention(
        mention=factories.span(PAPER.text, str(means_words)),
        groundings=(factories.grounding(str(means_id), str(means_words)),) if means_id else (),
    )
    perturbation = made.perturbation.model_copy(update={"means": mention})
    return made.model_copy(update={"perturbation": perturbation})


LOWERS = {"predicate": PredicateType.DECREASES, "aspect": None}
GIVEN = {"perturbation": PerturbationType.TREATMENT, **LOWERS}
SHOWN = said("NF-kappaB", NFKB, "EMT", EMT, by="BAY 11-7082", by_id=BAY)
ELSEWHERE = said("IKK-2", IKK2, "SNAI1", SNAIL, by="BAY 11-7082", by_id=BAY, **LOWERS)
CURCUMIN_ON_NFKB = said("Curcumin", CURCUMIN, "NF-kappaB", NFKB, **GIVEN)
SIRNA_ON_SNAIL = said("SNAI1", SNAIL, "EMT", EMT, by="siRNA")
SIRNA_ON_IKK2 = said("IKK-2", IKK2, "SNAI1", SNAIL, by="siRNA", **LOWERS)
KILLS = said(
    "Curcumin", CURCUMIN, "apoptosis", APOPTOSIS, perturbation=PerturbationType.TREATMENT,
    predicate=PredicateType.INDUCES, direction=OutcomeDirection.UP, aspect=Aspect.INDUCTION,
)  # fmt: skip
ASSOCIATED = said(
    "Curcumin", CURCUMIN, "SNAI1", SNAIL, perturbation=PerturbationType.NONE,
    predicate=PredicateType.ASSOCIATED_WITH, direction=OutcomeDirection.NONE, aspect=None,
)  # fmt: skip


@pytest.fixture
def drugs(seeded: GraphStore) -> GraphStore:
    def work(writer: GraphWriter) -> None:
        for curie, name, category in (
            (BAY, "BAY 11-7082", Category.SMALL_MOLECULE),
            (CURCUMIN, "curcumin", Category.SMALL_MOLECULE),
            (SNAIL, "SNAI1", Category.GENE),
            (IKK2, "IKBKB", Category.GENE),
        ):
            writer.put_entity(factories.entity(curie, name, category))
        PAPER.put(writer)

    seeded.write("test", "drugs", work)
    return seeded


def ask(store: GraphStore, *, limit: int = 25, offset: int = 0, **more: object) -> MeansAnswer:
    question = InterventionQuestion.model_validate(
        {"outcome": NamedEntity(id=EMT, name=EMT), "effect": "reverses", **more}
    )
    return means(store, Reasoner(store), question, limit=limit, offset=offset)


def add(store: GraphStore, *claims: Claim) -> None:
    for claim in claims:
        curated.add_claim(store, claim, actor="ada")


def of(answer: MeansAnswer, name: str) -> Means:
    (found,) = [one for one in answer.means if one.name == name]
    return found


def test_the_seed_names_no_means_and_says_for_which_targets(seeded: GraphStore) -> None:
    answer = ask(seeded)
    assert (answer.means, answer.total, answer.complete) == ((), 0, True)
    assert [(one.target.id, one.perturbation.direction, one.tier) for one in answer.without_means][
        :2
    ] == [(NFKB, "-", Tier.OBSERVED), ("GO:0007249", "-", Tier.ENTAILED)]


def test_an_effect_that_was_shown_with_the_means_is_observed(drugs: GraphStore) -> None:
    add(drugs, SHOWN)
    bay = of(ask(drugs), "BAY 11-7082")
    assert bay.means is not None
    assert (bay.means.id, bay.tier, bay.matched) == (BAY, Tier.OBSERVED, True)
    assert [one.claim for one in bay.shown] == [SHOWN.id]
    assert bay.intervention.target.id == NFKB
    assert [(one.target.id, one.directions, one.named) for one in bay.through] == [
        (NFKB, ("-",), True)
    ]
    assert bay.through[0].evidence[0].pmid == "PMID:77"
    assert (bay.selectivity, bay.acts_on_total) == (Selectivity.ONE_KNOWN, 1)
    assert NFKB not in {one.target.id for one in ask(drugs).without_means}


def test_what_else_it_acts_on_is_listed_with_its_quote(drugs: GraphStore) -> None:
    add(drugs, SHOWN, ELSEWHERE)
    bay = of(ask(drugs), "BAY 11-7082")
    assert bay.selectivity is Selectivity.SEVERAL
    assert {one.target.id for one in bay.acts_on} == {NFKB, IKK2}
    assert all(one.evidence[0].quote for one in bay.acts_on)


def test_a_drug_that_lowers_the_target_is_predicted_over_it(drugs: GraphStore) -> None:
    add(drugs, CURCUMIN_ON_NFKB)
    curcumin = of(ask(drugs), "curcumin")
    assert (curcumin.tier, curcumin.intervention.target.id) == (Tier.PREDICTED, CURCUMIN)
    assert [one.target.id for one in curcumin.through] == [NFKB]
    assert curcumin.through[0].evidence[0].claim == CURCUMIN_ON_NFKB.id
    assert curcumin.intervention.paths[0].arithmetic.startswith("treatment (+) × curcumin lowers")
    assert not curcumin.shown


def test_what_was_shown_comes_before_what_is_predicted_and_pages_make_the_whole(
    drugs: GraphStore,
) -> None:
    add(drugs, CURCUMIN_ON_NFKB, SHOWN, SIRNA_ON_SNAIL)
    whole = ask(drugs)
    assert [one.name for one in whole.means] == ["BAY 11-7082", "siRNA", "curcumin"]
    pages = [ask(drugs, limit=1, offset=at) for at in range(3)]
    assert tuple(one for page in pages for one in page.means) == whole.means
    assert {page.total for page in pages} == {whole.total} == {3}


def test_words_that_stand_for_many_constructs_are_no_one_means(drugs: GraphStore) -> None:
    add(drugs, SIRNA_ON_SNAIL, SIRNA_ON_IKK2)
    found = [one for one in ask(drugs).means if one.name == "siRNA"]
    assert [one.means for one in found] == [None] * len(found)
    assert {one.through[0].target.id: one.acts_on_total for one in found} == {SNAIL: 1, IKK2: 1}


def test_an_association_is_nothing_that_it_acts_on(drugs: GraphStore) -> None:
    add(drugs, CURCUMIN_ON_NFKB, ASSOCIATED)
    assert [one.target.id for one in of(ask(drugs), "curcumin").acts_on] == [NFKB]


def test_a_rejected_claim_and_background_name_no_means(drugs: GraphStore) -> None:
    add(drugs, SHOWN)
    do(drugs, SHOWN.id, "reject", reason="not shown")
    do(drugs, SHOWN.id, "reject", actor="ada", reason="not shown")
    assert ask(drugs).means == ()
    background = SHOWN.model_copy(update={"epistemic": Epistemic.BACKGROUND})
    add(drugs, background)
    assert ask(drugs).means == ()
    assert of(ask(drugs, include_background=True), "BAY 11-7082").tier is not Tier.OBSERVED


def test_side_effects_are_those_of_the_compound(drugs: GraphStore) -> None:
    add(drugs, CURCUMIN_ON_NFKB, SHOWN, KILLS)
    side = SideEffect.model_validate(
        {"outcome": NamedEntity(id=APOPTOSIS, name="apoptosis"), "effect": "induces"}
    )
    answer = ask(drugs, excluding=(side,))
    assert of(answer, "curcumin").exclusions[0].verdict is ExclusionVerdict.EXCLUDED
    assert of(answer, "curcumin").exclusions[0].evidence[0].claim == KILLS.id
    assert of(answer, "BAY 11-7082").exclusions[0].verdict is ExclusionVerdict.NEVER_MEASURED


def test_the_opposite_change_is_not_what_the_drug_does(drugs: GraphStore) -> None:
    add(drugs, CURCUMIN_ON_NFKB)
    assert all(one.name != "curcumin" for one in ask(drugs, effect="promotes").means)


def test_no_effect_is_asked_of_targets(seeded: GraphStore) -> None:
    with pytest.raises(BadInput, match="no_effect"):
        ask(seeded, effect="no_effect")
