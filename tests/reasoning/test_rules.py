"""Each rule of reading with the case that goes wrong without it."""

import pytest

from app.model.claim import Claim, Relation
from app.model.edge import Condition
from app.model.text import Grounding
from app.model.vocabulary import (
    Aspect,
    CompositionOp,
    Epistemic,
    Measure,
    Presence,
    Sign,
    Strength,
    Supports,
)
from app.reasoning.rules import derive_edges
from tests.reasoning.claims import claim, context, edges, participant


def test_rule_1_the_predicate_never_enters_the_sign() -> None:
    # "X knockdown prevented the downregulation of E-cadherin": E-cadherin is up, X lowers it.
    read = claim("X", "prevents", "CDH1", "up", perturbation="knockdown")
    assert edges(read) == [("X", "-", "CDH1", "loss")]


@pytest.mark.parametrize(
    ("perturbation", "direction", "sign"),
    [
        ("inhibition", "down", "+"),
        ("inhibition", "up", "-"),
        ("overexpression", "up", "+"),
        ("overexpression", "down", "-"),
        ("none", "up", "+"),
        ("none", "down", "-"),
    ],
)
def test_rule_1_sign_is_perturbation_times_outcome(
    perturbation: str, direction: str, sign: str
) -> None:
    read = claim("X", "increases", "Y", direction, perturbation=perturbation)
    assert edges(read)[0][1] == sign


@pytest.mark.parametrize(
    ("predicate", "perturbation", "side"),
    [
        ("reverses", "inhibition", "loss"),
        ("promotes", "activation", "gain"),
        ("reverses", "treatment", "gain"),  # "BMP7 reverses EMT"
        ("required_for", "none", "loss"),
        ("sufficient_for", "none", "gain"),
        ("promotes", "none", None),
        ("increases", "loss", None),  # observed, not made
        ("increases", "gain", None),
        ("decreases", "withdrawal", "loss"),
    ],
)
def test_rule_2_side_is_what_was_done(predicate: str, perturbation: str, side: str | None) -> None:
    assert edges(claim("X", predicate, "Y", "up", perturbation=perturbation))[0][3] == side


def test_rule_2_a_mutation_of_unknown_sense_gives_no_sign() -> None:
    assert edges(claim("X", "increases", "Y", perturbation="mutation")) == [("X", "0", "Y", None)]
    known = claim("X", "increases", "Y", perturbation="mutation", sense="-")
    assert edges(known) == [("X", "-", "Y", "loss")]


def test_rule_3_a_super_repressor_activates_the_inhibitor() -> None:
    # IkappaBalpha S32A/S36A prevents EMT: more IkappaBalpha, less EMT.
    read = claim("NFKBIA", "prevents", "EMT", "down", perturbation="constitutive_activation")
    assert edges(read) == [("NFKBIA", "-", "EMT", "gain")]


def test_rule_4_a_state_is_not_the_entity() -> None:
    # Curcumin lowers phosphorylated IkappaBalpha; that is not lowering IkappaBalpha.
    read = claim(
        "CURCUMIN", "decreases", "NFKBIA", "down",
        perturbation="treatment", outcome_measure=Measure.PHOSPHORYLATION,
    )  # fmt: skip
    assert edges(read) == [("CURCUMIN", "0", "NFKBIA", None)]


@pytest.mark.parametrize("measure", [Measure.LOCALISATION, Measure.BINDING, Measure.SECRETION])
def test_rule_4_other_states_are_unsigned(measure: Measure) -> None:
    assert edges(claim("X", "increases", "Y", outcome_measure=measure))[0][1] == "0"
    assert edges(claim("X", "increases", "Y", agent_measure=measure))[0][1] == "0"


def test_rule_4_degradation_turns_the_sign() -> None:
    assert edges(claim("X", "increases", "Y", outcome_measure=Measure.DEGRADATION)) == [
        ("X", "-", "Y", None)
    ]
    # Blocking the degradation of X raised Y: more X, more Y.
    blocked = claim(
        "X", "increases", "Y", perturbation="inhibition", agent_measure=Measure.DEGRADATION
    )
    assert edges(blocked) == [("X", "+", "Y", "gain")]


def test_rule_5_a_pathway_counts_as_a_whole() -> None:
    # "the IKK-2/IkappaBalpha/NF-kappaB pathway is required": never "IkappaBalpha is required".
    read = claim("PATHWAY+IKBKB+NFKBIA", "required_for", "EMT", op=CompositionOp.PATHWAY)
    assert edges(read) == [("PATHWAY", "+", "EMT", "loss")]


def test_rule_5_of_those_required_together_each_is_necessary() -> None:
    read = claim("A+B", "required_for", "Y", op=CompositionOp.AND)
    assert edges(read) == [("A", "+", "Y", "loss"), ("B", "+", "Y", "loss")]


@pytest.mark.parametrize(
    ("op", "predicate", "perturbation", "count"),
    [
        (CompositionOp.AND, "promotes", "none", 0),
        (CompositionOp.AND, "promotes", "overexpression", 0),
        (CompositionOp.AND, "prevents", "knockdown", 0),
        (CompositionOp.OR, "prevents", "knockdown", 2),
        (CompositionOp.OR, "promotes", "none", 2),
        (CompositionOp.OR, "required_for", "none", 0),
    ],
)
def test_rule_5_joint_action_makes_no_single_edges(
    op: CompositionOp, predicate: str, perturbation: str, count: int
) -> None:
    assert len(edges(claim("A+B", predicate, "Y", op=op, perturbation=perturbation))) == count


def test_rule_6_a_requirement_of_a_relation_is_no_edge_to_its_cause() -> None:
    # C10: the cooperation of Ras and TGF-beta in tumorigenesis depends on NF-kappaB.
    relation = Relation(
        subject=participant("RAS+TGFB", op=CompositionOp.AND),
        sign=Sign.POSITIVE,
        object=participant("TUMORIGENESIS"),
    )
    read = claim("NFKB", "required_for", "RAS", relation=relation)
    (edge,) = derive_edges(read, judged=True)
    assert (edge.subject, edge.object, edge.sign, edge.side) == (
        "NFKB", "TUMORIGENESIS", "+", "loss",
    )  # fmt: skip
    assert edge.condition[0].state is Presence.PRESENT


def test_rule_6_the_relation_s_own_sign_counts() -> None:
    relation = Relation(subject=participant("B"), sign=Sign.NEGATIVE, object=participant("C"))
    assert edges(claim("A", "required_for", "B", relation=relation)) == [("A", "-", "C", "loss")]


def test_rule_7_the_aspect_is_the_design_s_not_the_verb_s() -> None:
    # "Pretreatment with X reversed TGF-beta-induced EMT" is read with aspect induction.
    read = claim("X", "reverses", "EMT", "down", perturbation="treatment", aspect=Aspect.INDUCTION)
    (edge,) = derive_edges(read, judged=True)
    assert edge.aspect is Aspect.INDUCTION


def test_rule_8_a_partial_effect_keeps_sign_and_side() -> None:
    read = claim(
        "X", "reverses", "EMT", "down", perturbation="inhibition", strength=Strength.PARTIAL
    )
    assert edges(read) == [("X", "+", "EMT", "loss")]


def test_rule_9_rescue_by_the_same_gene() -> None:
    read = claim(
        "X", "restores", "Y", "up", perturbation="overexpression", supports=Supports.RESCUE,
        context=(context("co_perturbation", "X", direction=Sign.NEGATIVE, name="X"),),
    )  # fmt: skip
    (edge,) = derive_edges(read, judged=True)
    assert (edge.sign, edge.side, edge.rule) == ("+", "gain", "rescue")
    assert edge.condition == (
        Condition(entity="X", name="own X lost", direction=Sign.NEGATIVE),
    )  # fmt: skip


def test_rule_9_rescue_by_another_gene_makes_no_edge_between_the_genes() -> None:
    # BCL2 lowers the apoptosis that losing X raised.
    read = claim(
        "BCL2", "decreases", "APOPTOSIS", "down",
        perturbation="overexpression", supports=Supports.RESCUE,
        context=(context("co_perturbation", "X", direction=Sign.NEGATIVE),),
    )  # fmt: skip
    assert edges(read) == [("BCL2", "-", "APOPTOSIS", "gain")]


def test_rule_10_an_absent_stimulus_is_a_condition_and_no_agent() -> None:
    read = claim(
        "NFKB", "promotes", "EMT", "up", perturbation="activation",
        context=(context("co_stimulus", "TGFB", state=Presence.ABSENT),),
    )  # fmt: skip
    (edge,) = derive_edges(read, judged=True)
    assert edge.subject == "NFKB"
    assert (edge.condition[0].entity, edge.condition[0].state) == ("TGFB", Presence.ABSENT)


def test_rule_11_null_and_negated_claims_make_no_edge() -> None:
    assert edges(claim("X", "no_effect", "Y", "none", perturbation="knockdown")) == []
    assert edges(claim("X", "reverses", "Y", "down", perturbation="knockdown", negated=True)) == []


@pytest.mark.parametrize("predicate", ["associated_with", "active_in"])
def test_correlation_is_unsigned(predicate: str) -> None:
    assert edges(claim("X", predicate, "Y", "none"))[0][1] == "0"


@pytest.mark.parametrize("epistemic", list(Epistemic))
def test_every_epistemic_status_keeps_its_edges_for_those_who_ask(epistemic: Epistemic) -> None:
    assert len(edges(claim("X", "promotes", "Y", epistemic=epistemic))) == 1


def test_an_unjudged_tie_between_groundings_makes_no_edge() -> None:
    tie = participant("X").model_copy(
        update={
            "groundings": (Grounding(id="X", name="X"), Grounding(id="Z", name="Z", score=0.95))
        }
    )
    read = claim("X", "promotes", "Y").model_copy(update={"agent": tie})
    assert derive_edges(read, judged=False) == ()
    assert derive_edges(read, judged=True)[0].subject == "X"
    # Two names of one thing are no tie.
    assert derive_edges(read, judged=False, canonical=lambda _: "X")[0].subject == "X"


def test_a_composite_outcome_changes_as_a_whole_or_in_each_part() -> None:
    both = claim("X", "promotes", "EMT+METASTASIS", outcome_op=CompositionOp.AND)
    assert [edge[2] for edge in edges(both)] == ["EMT", "METASTASIS"]
    assert edges(claim("X", "promotes", "EMT+METASTASIS", outcome_op=CompositionOp.OR)) == []


def coded(*eco: str, **more: object) -> Claim:
    """Return an imported claim whose evidence has these codes."""
    one = claim("A", "increases", "B", **more)  # type: ignore[arg-type]
    return one.model_copy(update={"evidence": one.evidence.model_copy(update={"eco": eco})})


def test_codes_of_an_import_give_an_edge_for_each_side() -> None:
    both = coded("ECO:0000016", "ECO:0000017")
    assert edges(both) == [("A", "+", "B", "loss"), ("A", "+", "B", "gain")]
    assert edges(coded("ECO:0000204")) == [("A", "+", "B", None)]


def test_codes_stand_beside_the_side_of_the_perturbation() -> None:
    made = coded("ECO:0000016", "ECO:0000017", perturbation="overexpression")
    assert edges(made) == [("A", "+", "B", "gain"), ("A", "+", "B", "loss")]


def test_codes_give_an_observed_change_no_side() -> None:
    assert edges(coded("ECO:0000016", perturbation="loss")) == [("A", "-", "B", None)]


def test_codes_of_a_text_give_no_side() -> None:
    one = coded("ECO:0000016")
    read = one.model_copy(update={"source": None, "text_sha256": "0" * 64})
    assert edges(read) == [("A", "+", "B", None)]
