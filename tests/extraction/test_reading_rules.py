"""The rules of reading 1 to 11: the case that goes wrong without each, from text to edges."""

import pytest

from app.model.claim import Claim
from app.model.edge import Edge
from app.model.vocabulary import (
    Aspect,
    CompositionOp,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Presence,
    Side,
    Sign,
    Strength,
    Supports,
    Timing,
)
from app.reasoning.rules import derive_edges
from tests.extraction.marked import line, lines, read


def edges(text: str) -> list[Edge]:
    """Return the edges of all claims that the rules read in a marked text."""
    return [edge for claim in read(text) for edge in derive_edges(claim, judged=True)]


def only(text: str) -> Claim:
    """Return the one claim that the rules read in a marked text."""
    [claim] = read(text)
    return claim


def said(text: str) -> list[str]:
    """Return subject, sign, object and side of the edges of a marked text."""
    return [
        f"{e.subject[2:]} {e.sign.value} {e.object[2:]} {e.side.value if e.side else '.'}"
        for e in edges(text)
    ]


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("{SNAI1} knockdown prevented the downregulation of {CDH1}.", "SNAI1 - CDH1 loss"),
        ("{SNAI1} induces loss of {CDH1}.", "SNAI1 - CDH1 ."),
        ("{SNAI1} overexpression decreased {CDH1} expression.", "SNAI1 - CDH1 gain"),
        ("{CDH1} was downregulated by {SNAI1} overexpression.", "SNAI1 - CDH1 gain"),
        ("Knockdown of {SNAI1} decreased {p:invasion}.", "SNAI1 + invasion loss"),
    ],
)
def test_rule_1_the_sign_is_perturbation_times_outcome(text: str, edge: str) -> None:
    assert said(text) == [edge]


def test_rule_1_the_words_that_turn_the_direction_are_in_the_mention() -> None:
    claim = only("{SNAI1} knockdown prevented the downregulation of {CDH1}.")
    assert claim.outcome.direction is OutcomeDirection.UP
    assert claim.outcome.mention is not None
    assert claim.outcome.mention.text == "downregulation of CDH1"
    assert [g.name for g in claim.outcome.groundings] == ["CDH1"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("{SRC} is required for {p:migration}.", Side.LOSS),
        ("{SNAI1} is sufficient for {p:EMT}.", Side.GAIN),
        ("{SNAI1} promotes {p:EMT}.", None),
        ("{c:BMP7} reverses {p:EMT}.", Side.GAIN),
        ("Silencing of {SNAI1} reduced {p:EMT}.", Side.LOSS),
        ("Loss of {PTEN} increased {p:proliferation}.", None),
        ("Reduced {PTEN} expression increased {p:proliferation}.", None),
    ],
)
def test_rule_2_the_side_is_what_was_done(text: str, side: Side | None) -> None:
    [edge] = edges(text)
    assert edge.side is side
    assert edge.sign is not Sign.UNSIGNED


@pytest.mark.parametrize(
    "text",
    [
        "Expression of super-repressor {IkappaBalpha} S32A/S36A reduced {p:migration}.",
        "The {IkappaBalpha} super-repressor blocked {p:migration}.",
        "{IkappaBalpha} S32A/S36A blocked {p:migration}.",
        "{IkappaBalpha} (S32A/S36A) blocked {p:migration}.",
        "{IkappaBalpha} S32/36A blocked {p:migration}.",
        "Dominant-negative {IkappaBalpha} blocked {p:migration}.",
        "Constitutively active {IkappaBalpha} blocked {p:migration}.",
    ],
)
def test_rule_3_a_form_that_stays_is_activation_of_the_inhibitor(text: str) -> None:
    claim = only(text)
    assert claim.perturbation.type is PerturbationType.CONSTITUTIVE_ACTIVATION
    assert said(text) == ["IkappaBalpha - migration gain"]


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("Dominant-negative {PTEN} increased {p:migration}.", "PTEN - migration loss"),
        ("{TP53} S46A blocked {p:apoptosis}.", None),
        (
            "Silencing of the {NFKB1} inhibitor {TNFAIP3} increased {p:inflammation}.",
            "TNFAIP3 - inflammation loss",
        ),
        ("Constitutively active {RB1} blocked {p:proliferation}.", "RB1 - proliferation gain"),
    ],
)
def test_rule_3_any_other_form_is_what_it_is_called(text: str, edge: str | None) -> None:
    assert said(text) == ([edge] if edge else [])


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("{c:Curcumin} decreased phosphorylation of {NFKBIA}.", Sign.UNSIGNED),
        ("{c:Curcumin} decreased {NFKBIA} phosphorylation.", Sign.UNSIGNED),
        ("{MDM2} phosphorylates {TP53}.", Sign.UNSIGNED),
        ("{MDM2} promotes degradation of {TP53}.", Sign.NEGATIVE),
        ("{MDM2} inhibits secretion of {TP53}.", Sign.UNSIGNED),
        ("{MDM2} increases {TP53} activity.", Sign.POSITIVE),
    ],
)
def test_rule_4_a_state_is_not_the_entity(text: str, sign: Sign) -> None:
    assert [edge.sign for edge in edges(text)] == [sign]


def test_rule_4_a_phosphorylated_form_is_never_signed_as_the_protein() -> None:
    signs = {edge.sign for edge in edges("{c:Curcumin} reduced phosphorylated {NFKBIA}.")}
    assert signs <= {Sign.UNSIGNED}


def test_rule_5_each_of_two_that_are_required_is_necessary() -> None:
    assert said("{TP53} and {RB1} are required for {p:senescence}.") == [
        "TP53 + senescence loss",
        "RB1 + senescence loss",
    ]


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("{TP53} or {RB1} is required for {p:senescence}.", CompositionOp.OR),
        ("{p:Senescence} requires {TP53} or {RB1}.", CompositionOp.OR),
        ("Combined loss of {TP53} and {RB1} increased {p:growth}.", CompositionOp.AND),
        ("Simultaneous knockdown of {TP53} and {RB1} increased {p:growth}.", CompositionOp.AND),
        ("The cooperation of {RAS} and {TGFB1} induces {p:EMT}.", CompositionOp.AND),
    ],
)
def test_rule_5_together_or_in_place_of_each_other_make_no_single_edges(
    text: str, op: CompositionOp
) -> None:
    claim = only(text)
    assert claim.agent.composition is not None
    assert claim.agent.composition.op is op
    assert len(claim.agent.composition.members) == 2
    assert edges(text) == []


def test_rule_5_or_with_an_effect_speaks_of_each() -> None:
    assert said("Knockdown of {TP53} or {RB1} increased {p:growth}.") == [
        "TP53 - growth loss",
        "RB1 - growth loss",
    ]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("{NFKB1} is required for {TGFB1}-induced {p:EMT}.", "TGFB1"),
        ("{NFKB1} is essential for the cooperation of {RAS} and {TGFB1} in {p:EMT}.", "RAS and"),
    ],
)
def test_rule_6_what_an_effect_requires_never_acts_on_its_cause(text: str, cause: str) -> None:
    claim = next(c for c in read(text) if c.predicate.type is PredicateType.REQUIRED_FOR)
    assert claim.outcome.relation is not None
    [edge] = derive_edges(claim, judged=True)
    assert (edge.subject, edge.sign, edge.object) == ("X:NFKB1", Sign.POSITIVE, "X:EMT")
    assert edge.side is Side.LOSS
    assert edge.condition[0].name.startswith(cause)
    assert edge.condition[0].state is Presence.PRESENT
    assert not {"X:TGFB1", "X:RAS"} & {each.object for each in edges(text)}


@pytest.mark.parametrize(
    ("text", "aspect", "sign"),
    [
        (
            "Pretreatment with {c:metformin} reversed {TGFB1}-induced {p:EMT}.",
            Aspect.INDUCTION,
            Sign.NEGATIVE,
        ),
        ("{c:Metformin} prevented the reversal of {p:EMT}.", Aspect.MAINTENANCE, Sign.POSITIVE),
        ("{c:Metformin} prevented {p:EMT}.", Aspect.INDUCTION, Sign.NEGATIVE),
        ("{c:Metformin} reversed {p:EMT}.", Aspect.MAINTENANCE, Sign.NEGATIVE),
        ("{c:Metformin} blocked the induction of {p:EMT}.", Aspect.INDUCTION, Sign.NEGATIVE),
    ],
)
def test_rule_7_design_first_nested_event_second_verb_last(
    text: str, aspect: Aspect, sign: Sign
) -> None:
    [edge] = edges(text)
    assert (edge.aspect, edge.sign) == (aspect, sign)


def test_rule_7_what_came_before_the_inducer_is_kept() -> None:
    claim = only("Pretreatment with {c:metformin} reversed {TGFB1}-induced {p:EMT}.")
    assert claim.timing is Timing.BEFORE


def test_rule_8_a_partial_effect_supports_a_contribution() -> None:
    claim = only("{SNAI1} knockdown partially inhibited {p:EMT}.")
    assert claim.strength is Strength.PARTIAL
    assert claim.evidence.supports is Supports.CONTRIBUTION
    assert said("{SNAI1} knockdown partially inhibited {p:EMT}.") == ["SNAI1 + EMT loss"]


@pytest.mark.parametrize(
    "text",
    [
        "Re-expression of {CDH1} rescued {p:adhesion} in {CDH1}-null cells.",
        "{CDH1} re-expression rescued {p:adhesion} in cells lacking {CDH1}.",
        "Overexpression of {CDH1} increased {p:adhesion} in {CDH1} knockout cells.",
    ],
)
def test_rule_9_rescue_by_the_same_gene(text: str) -> None:
    claim = only(text)
    assert claim.evidence.supports is Supports.RESCUE
    [edge] = edges(text)
    assert (edge.subject, edge.sign, edge.object) == ("X:CDH1", Sign.POSITIVE, "X:adhesion")
    assert (edge.side, edge.rule) == (Side.GAIN, "rescue")
    assert [condition.name for condition in edge.condition] == ["own CDH1 lost"]


def test_rule_9_another_gene_acts_in_cells_without_the_first() -> None:
    text = "Overexpression of {BCL2} reduced {p:apoptosis} in {MCL1}-deficient cells."
    [edge] = edges(text)
    assert (edge.subject, edge.sign, edge.object) == ("X:BCL2", Sign.NEGATIVE, "X:apoptosis")
    assert edge.side is Side.GAIN
    [condition] = edge.condition
    assert (condition.entity, condition.direction) == ("X:MCL1", Sign.NEGATIVE)
    assert only(text).evidence.supports is not Supports.RESCUE


def test_rule_9_what_rescues_from_harm_lowers_it() -> None:
    assert said("Overexpression of {BCL2} rescued {p:apoptosis} in {MCL1}-deficient cells.") == [
        "BCL2 - apoptosis gain"
    ]


def test_rule_10_the_background_is_a_condition_and_no_agent() -> None:
    found = edges("Activation of {NFKB1} induced {p:EMT} in {RAS}-transformed {k:MCF10A} cells.")
    assert [edge.subject for edge in found] == ["X:NFKB1"]
    assert [condition.entity for condition in found[0].condition] == ["X:RAS"]


def test_rule_10_an_absent_input_is_a_condition_and_no_agent() -> None:
    [edge] = edges("Activation of {NFKB1} induced {p:EMT} in the absence of {TGFB1}.")
    assert edge.subject == "X:NFKB1"
    [condition] = edge.condition
    assert (condition.entity, condition.state) == ("X:TGFB1", Presence.ABSENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{MYC} knockdown had no effect on {p:migration}.", "MYC ; knockdown ; no_effect"),
        ("{MYC} knockdown did not affect {p:migration}.", "MYC ; knockdown ; no_effect"),
        ("{SNAI1} does not induce {p:migration}.", "SNAI1 ; none ; !induces"),
        ("{SNAI1} knockdown did not abolish {p:migration}.", "SNAI1 ; knockdown ; !abrogates"),
        ("{SNAI1} is not required for {p:migration}.", "SNAI1 ; none ; !required_for"),
        (
            "Overexpression of {SNAI1} was not sufficient for {p:migration}.",
            "SNAI1 ; overexpression ; !sufficient_for",
        ),
        ("{TP53} or {RB1} is not required for {p:migration}.", "TP53 ; none ; !required_for"),
    ],
)
def test_rule_11_a_null_or_denied_claim_makes_no_edge(text: str, expected: str) -> None:
    assert any(each.startswith(f"{expected} ; migration") for each in lines(text))
    assert edges(text) == []


def test_rule_11_what_a_total_verb_denied_keeps_its_verb() -> None:
    claim = only("{SNAI1} knockdown did not completely prevent {p:EMT}.")
    assert line(claim) == "SNAI1 ; knockdown ; !prevents ; EMT ; down"
    assert claim.strength is Strength.COMPLETE


def test_measures_are_kept_on_both_sides() -> None:
    claim = only("{p:Migration} requires {RHOA} activity.")
    assert claim.agent.measure is Measure.ACTIVITY
