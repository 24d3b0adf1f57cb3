import pytest

from app.model.claim import Claim, Outcome, Participant, Perturbation, Predicate
from app.model.reading import Document
from app.model.text import Mention, Span
from app.model.vocabulary import Measure, OutcomeDirection, PerturbationType, PredicateType, Sign
from benchmarks.extraction.matching import assign
from benchmarks.extraction.units import said, sign_by_rule
from tests.benchmarks.said import Echo, claimed, place

TEXT = "The MEK inhibitor U0126 raised degradation of FOXO3."


@pytest.mark.parametrize(
    ("perturbation", "made", "predicate", "direction", "negated", "sign"),
    [
        ("knockdown", "-", "prevents", "up", False, "-"),
        ("inhibition", "-", "prevents", "down", False, "+"),
        ("none", "0", "inhibits", "down", False, "-"),
        ("treatment", "+", "increases", "up", True, "0"),
        ("treatment", "+", "no_effect", "none", False, "0"),
        ("none", "0", "associated_with", "up", False, "0"),
        ("mutation", "0", "induces", "up", False, "0"),
    ],
)
def test_the_sign_is_perturbation_times_direction(
    perturbation: str, made: str, predicate: str, direction: str, negated: bool, sign: str
) -> None:
    found = sign_by_rule(
        PerturbationType(perturbation),
        Sign(made),
        PredicateType(predicate),
        OutcomeDirection(direction),
        negated,
    )
    assert found.value == sign


def span(words: str) -> Span:
    start, end = place(TEXT, words)
    return Span(start=start, end=end, text=words)


def inhibited(measure: Measure | None) -> Claim:
    (candidate,) = Echo().read(Document(text=TEXT, title_end=0))
    return candidate.claim.model_copy(
        update={
            "agent": Participant(mention=span("MEK")),
            "perturbation": Perturbation(
                type=PerturbationType.INHIBITION,
                direction=Sign.NEGATIVE,
                means=Mention(mention=span("U0126")),
            ),
            "predicate": Predicate(type=PredicateType.INCREASES),
            "outcome": Outcome(
                mention=span("FOXO3"), direction=OutcomeDirection.UP, measure=measure
            ),
        }
    )


def test_the_drug_answers_with_the_sign_of_its_own_effect() -> None:
    read = said(inhibited(None))
    assert read.sign == "-"
    (match,) = assign(TEXT, [claimed(TEXT, "U0126", "FOXO3", "+")], [read])
    assert match.read.sign == "+"


def test_degradation_answers_for_the_entity_with_its_sign_turned() -> None:
    gold = claimed(TEXT, "MEK", "FOXO3", "+")
    for measure, sign in ((None, "-"), (Measure.DEGRADATION, "+")):
        (match,) = assign(TEXT, [gold], [said(inhibited(measure))])
        assert match.read.sign == sign
