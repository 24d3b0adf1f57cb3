"""Effects, tiers, order and counter-evidence, each on the smallest graph that shows it."""

import pytest

from app.model.answer import AskedContext
from app.model.claim import Claim, Link
from app.model.vocabulary import (
    Aspect,
    ContextType,
    Effect,
    Epistemic,
    LinkType,
    Measure,
    Status,
    Strength,
    Tier,
)
from app.reasoning.effects import is_demonstrated
from tests.reasoning.asking import ask, rows
from tests.reasoning.claims import claim, context, view

LOWERING = {Effect.PREVENTS, Effect.REVERSES, Effect.LOWERS}


def effects_of(one: Claim, tier: Tier) -> set[str]:
    """Return the effects that a single claim answers on a tier."""
    return {
        effect.value
        for effect in Effect
        for answer in ask([view(one)], effect)
        if answer.tier is tier
    }


INDUCTION, MAINTENANCE = Aspect.INDUCTION, Aspect.MAINTENANCE


@pytest.mark.parametrize(
    ("predicate", "direction", "perturbation", "aspect", "observed"),
    [
        ("prevents", "down", "inhibition", None, {"lowers", "prevents"}),
        ("prevents", "down", "inhibition", INDUCTION, {"lowers", "prevents"}),
        ("reverses", "down", "inhibition", None, {"lowers", "reverses"}),
        ("reverses", "down", "inhibition", MAINTENANCE, {"lowers", "reverses"}),
        # Rule 7: "pretreatment reversed" is prevention.
        ("reverses", "down", "inhibition", INDUCTION, {"lowers", "prevents"}),
        ("decreases", "down", "inhibition", INDUCTION, {"lowers", "prevents"}),
        ("decreases", "down", "inhibition", MAINTENANCE, {"lowers", "reverses"}),
        ("abrogates", "down", "inhibition", None, {"lowers"}),
        ("attenuates", "down", "inhibition", MAINTENANCE, {"lowers"}),
        ("induces", "up", "activation", None, {"promotes", "induces"}),
        ("promotes", "up", "activation", INDUCTION, {"promotes", "induces"}),
        ("promotes", "up", "activation", None, {"promotes"}),
        ("maintains", "up", "activation", MAINTENANCE, {"promotes", "maintains"}),
        ("promotes", "up", "activation", MAINTENANCE, {"promotes", "worsens"}),
        ("increases", "up", "activation", MAINTENANCE, {"promotes", "worsens"}),
        ("worsens", "up", "activation", None, {"promotes", "worsens"}),
        ("required_for", "up", "none", MAINTENANCE, set()),
        ("promotes", "up", "none", None, set()),
        ("increases", "up", "gain", INDUCTION, set()),
    ],
)
def test_what_is_observed(
    predicate: str, direction: str, perturbation: str, aspect: Aspect | None, observed: set[str]
) -> None:
    one = claim("X", predicate, "EMT", direction, perturbation=perturbation, aspect=aspect)
    assert effects_of(one, Tier.OBSERVED) == observed


@pytest.mark.parametrize(
    ("predicate", "aspect", "entailed"),
    [
        ("required_for", INDUCTION, {"prevents", "lowers"}),
        ("required_for", MAINTENANCE, {"reverses", "lowers"}),
        ("required_for", None, {"lowers"}),
        ("sufficient_for", INDUCTION, {"induces", "promotes"}),
        ("sufficient_for", None, {"induces", "promotes"}),
        ("sufficient_for", MAINTENANCE, {"maintains", "promotes"}),
    ],
)
def test_what_is_entailed(predicate: str, aspect: Aspect | None, entailed: set[str]) -> None:
    assert effects_of(claim("X", predicate, "EMT", aspect=aspect), Tier.ENTAILED) == entailed


def test_a_partial_effect_grounds_lowers_and_no_more() -> None:
    one = claim(
        "X", "reverses", "EMT", "down", perturbation="inhibition", strength=Strength.PARTIAL
    )
    assert effects_of(one, Tier.OBSERVED) == {"lowers"}
    assert "reverses" in effects_of(one, Tier.PREDICTED)


def test_an_aspect_that_the_effect_does_not_ask_for_is_no_answer() -> None:
    one = view(claim("X", "required_for", "EMT", aspect=INDUCTION))
    assert ask([one], "reverses") == []


def test_necessity_read_the_other_way_is_extrapolated() -> None:
    (answer,) = ask([view(claim("X", "required_for", "EMT", aspect=MAINTENANCE))], "maintains")
    assert (answer.tier, answer.matched) == (Tier.PREDICTED, False)
    assert "extrapolated: shown by loss of function" in answer.paths[0].arithmetic
    assert answer.belief == pytest.approx(0.45)


def test_background_and_hypothesis_ground_nothing_and_stand_beside() -> None:
    known = view(claim("X", "reverses", "EMT", "down", perturbation="inhibition"))
    said = view(claim("X", "required_for", "EMT", epistemic=Epistemic.BACKGROUND))
    (answer,) = ask([known, said], "reverses")
    assert [(e.claim, e.role) for e in answer.evidence] == [
        (known.id, "ground"), (said.id, "beside"),
    ]  # fmt: skip
    assert ask([said], "lowers") == []
    assert rows(ask([said], "lowers", include_background=True)) == [("X", "-", "entailed", True)]


def test_an_interpretation_entails_at_lower_belief_and_adds_nothing_in_its_own_paper() -> None:
    shown = view(claim("X", "required_for", "EMT", aspect=MAINTENANCE))
    inferred = view(
        claim("X", "required_for", "EMT", aspect=MAINTENANCE, epistemic=Epistemic.INTERPRETATION)
    )
    (alone,) = ask([inferred], "reverses")
    assert (alone.tier, alone.belief) == (Tier.ENTAILED, 0.5)
    (both,) = ask([shown, inferred], "reverses")
    assert (both.belief, both.claim_count) == (0.9, 1)


def test_an_interpretation_is_never_observed() -> None:
    one = claim(
        "X", "reverses", "EMT", "down", perturbation="inhibition",
        epistemic=Epistemic.INTERPRETATION,
    )  # fmt: skip
    assert effects_of(one, Tier.OBSERVED) == set()


def test_a_summary_is_observed_if_it_summarises_what_is_demonstrated() -> None:
    shown = view(claim("X", "reverses", "EMT", "down", perturbation="inhibition"))
    body = claim(
        "X", "reverses", "EMT", "down", perturbation="inhibition", epistemic=Epistemic.SUMMARY
    )
    link = Link(type=LinkType.SUMMARISES, claim=shown.id)
    title = view(body, links=(link,), article="PMID:2")
    (answer,) = ask([shown, title], "reverses")
    assert {e.claim for e in answer.evidence if e.role == "ground"} == {shown.id, title.id}
    (alone,) = ask([view(body)], "reverses")
    assert alone.tier is Tier.PREDICTED


@pytest.mark.parametrize(
    ("summary", "summed", "grounds"),
    [
        (Status.ACCEPTED, Status.ACCEPTED, True),
        (Status.ACCEPTED, Status.CANDIDATE, False),
        (Status.ACCEPTED, Status.REJECTED, False),
        (Status.CANDIDATE, Status.CANDIDATE, True),
        (Status.CANDIDATE, Status.REJECTED, False),
    ],
)
def test_a_summary_rests_on_nothing_that_stands_less_than_it(
    summary: Status, summed: Status, grounds: bool
) -> None:
    shown = view(claim("X", "reverses", "EMT", "down", perturbation="inhibition"), status=summed)
    body = claim(
        "X", "reverses", "EMT", "down", perturbation="inhibition", epistemic=Epistemic.SUMMARY
    )
    link = Link(type=LinkType.SUMMARISES, claim=shown.id)
    title = view(body, links=(link,), status=summary)
    assert is_demonstrated(title, {shown.id: shown}) is grounds


def test_independent_papers_add_up_and_shared_authors_do_not() -> None:
    one = view(claim("X", "reverses", "EMT", "down", perturbation="inhibition"), article="PMID:1")
    two = view(claim("X", "reverses", "EMT", "down", perturbation="inhibition"), article="PMID:2")
    (apart,) = ask([one, two], "reverses")
    assert (apart.belief, apart.papers, apart.independent_papers) == (0.99, 2, 2)
    shared = {"PMID:1": ("Huber MA",), "PMID:2": ("Huber MA", "Wirth T")}
    (together,) = ask([one, two], "reverses", authors=shared)
    assert (together.belief, together.papers, together.independent_papers) == (0.9, 2, 1)


def test_a_longer_chain_is_predicted_and_matched_chains_come_first() -> None:
    views = [
        view(claim("A", "required_for", "M")),
        view(claim("B", "sufficient_for", "M")),
        view(claim("M", "required_for", "EMT", aspect=MAINTENANCE)),
    ]
    assert rows(ask(views, "reverses")) == [
        ("M", "-", "entailed", True),
        ("A", "-", "predicted", True),
        ("B", "-", "predicted", False),
    ]
    assert rows(ask(views, "reverses", matched_only=True)) == rows(ask(views, "reverses"))[:2]
    assert len(ask(views, "reverses", max_hops=1)) == 1


def test_the_sign_of_a_chain_is_the_product() -> None:
    views = [
        view(claim("A", "inhibits", "M", "down", perturbation="overexpression")),
        view(claim("M", "required_for", "EMT", aspect=MAINTENANCE)),
    ]
    answers = ask(views, "reverses")
    assert rows(answers)[1] == ("A", "+", "predicted", True)
    assert answers[1].paths[0].arithmetic == (
        "activation (+) × A lowers M (−) × M raises EMT maintenance (+) = EMT falls (−): reverses"
    )


def test_a_detour_never_outranks_the_direct_link() -> None:
    views = [
        view(claim("X", "promotes", "EMT", "up")),  # only a sign: extrapolated
        view(claim("X", "required_for", "M")),
        view(claim("M", "required_for", "EMT")),
    ]
    answer = next(a for a in ask(views, "lowers") if a.target.id == "X")
    assert [len(path.steps) for path in answer.paths] == [1, 2]


def test_a_matched_opposite_puts_a_prediction_last() -> None:
    views = [
        view(claim("X", "promotes", "EMT", "up")),
        view(claim("X", "increases", "EMT", "up", perturbation="knockdown"), article="PMID:2"),
        view(claim("Y", "promotes", "EMT", "up", epistemic=Epistemic.INTERPRETATION)),
    ]
    answers = ask(views, "lowers")
    loss_of_x = next(a for a in answers if (a.target.id, a.perturbation.direction) == ("X", "-"))
    assert loss_of_x.contradicted
    assert loss_of_x.counter_evidence[0].kind == "opposite_sign"
    assert loss_of_x.counter_evidence[0].relation == "contradicts"
    assert answers.index(loss_of_x) == len(answers) - 1


@pytest.mark.parametrize(
    ("more", "relation", "scope"),
    [
        ({"aspect": MAINTENANCE}, "contradicts", ()),
        ({"aspect": INDUCTION}, "differs_in_scope", ("aspect",)),
        ({"perturbation": "overexpression"}, "differs_in_scope", ("side",)),
        (
            {"context": (context("organism", "NCBITaxon:10090"),)},
            "differs_in_scope",
            ("organism",),
        ),
    ],
)
def test_rule_11_null_results_count_in_their_scope(
    more: dict[str, object], relation: str, scope: tuple[str, ...]
) -> None:
    ground = view(
        claim(
            "X", "reverses", "EMT", "down", perturbation="knockdown", aspect=MAINTENANCE,
            context=(context("organism", "NCBITaxon:9606"),),
        )
    )  # fmt: skip
    null = view(
        claim("X", "no_effect", "EMT", "none", **{"perturbation": "knockdown", **more}),  # type: ignore[arg-type]
        article="PMID:2",
    )
    (answer,) = ask([ground, null], "reverses")
    (counter,) = answer.counter_evidence
    assert (counter.kind, counter.relation, counter.scope) == ("null_result", relation, scope)


def test_rule_11_denying_a_total_verb_is_no_null_result() -> None:
    ground = view(claim("X", "decreases", "EMT", "down", perturbation="knockdown"))
    denied = view(claim("X", "abrogates", "EMT", "down", perturbation="knockdown", negated=True))
    (answer,) = ask([ground, denied], "lowers")
    assert answer.counter_evidence == ()
    assert ask([denied], "no_effect") == []


def test_no_effect_is_stated_and_never_inferred() -> None:
    null = view(claim("X", "no_effect", "EMT", "none", perturbation="knockdown"))
    assert rows(ask([null], "no_effect")) == [("X", "-", "observed", True)]
    assert ask([view(claim("Y", "required_for", "EMT"))], "no_effect") == []


def test_a_retracted_paper_carries_nothing_and_is_named() -> None:
    good = view(claim("X", "reverses", "EMT", "down", perturbation="inhibition"))
    bad = view(
        claim("X", "reverses", "EMT", "down", perturbation="inhibition"),
        article="PMID:2", retracted=True,
    )  # fmt: skip
    (answer,) = ask([good, bad], "reverses")
    assert answer.belief == 0.9
    assert [c.kind for c in answer.counter_evidence] == ["retracted"]
    assert ask([bad], "reverses") == []


@pytest.mark.parametrize("status", [Status.REJECTED, Status.DISPUTED, Status.SUPERSEDED])
def test_only_accepted_claims_answer(status: Status) -> None:
    one = claim("X", "reverses", "EMT", "down", perturbation="inhibition")
    assert ask([view(one, status=status)], "reverses", include_candidates=True) == []


def test_candidates_answer_when_asked_and_are_named() -> None:
    one = view(
        claim("X", "reverses", "EMT", "down", perturbation="inhibition"), status=Status.CANDIDATE
    )
    assert ask([one], "reverses") == []
    (answer,) = ask([one], "reverses", include_candidates=True)
    assert answer.candidates_used == (one.id,)
    assert answer.paths[0].steps[0].candidates == (one.id,)


def test_context_ranks_and_never_drops() -> None:
    mouse = claim(
        "X", "reverses", "EMT", "down", perturbation="inhibition",
        context=(context("organism", "NCBITaxon:10090"),),
    )  # fmt: skip
    untold = claim("Y", "reverses", "EMT", "down", perturbation="inhibition")
    human = claim(
        "Z", "reverses", "EMT", "down", perturbation="inhibition",
        context=(context("organism", "NCBITaxon:9606"),),
    )  # fmt: skip
    answers = ask(
        [view(mouse), view(untold), view(human)], "reverses",
        context=(AskedContext(type=ContextType.ORGANISM, id="NCBITaxon:9606"),),
    )  # fmt: skip
    assert [(a.target.id, a.agreement.value) for a in answers] == [
        ("Z", "match"), ("Y", "unstated"), ("X", "mismatch"),
    ]  # fmt: skip


def test_degradation_of_the_outcome_is_loss_of_it() -> None:
    one = view(
        claim("X", "prevents", "EMT", "down", perturbation="inhibition",
              outcome_measure=Measure.DEGRADATION)
    )  # fmt: skip
    # Less degradation is more of it: the verb "prevents" must not make this a prevention.
    assert ask([one], "prevents") == [] or ask([one], "prevents")[0].perturbation.direction == "+"
    assert rows(ask([one], "promotes")) == [("X", "-", "observed", True)]
