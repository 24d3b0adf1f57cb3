"""How strongly a sentence says it, by its words, its place and its section."""

import pytest

from app.model.vocabulary import Epistemic
from tests.extraction.marked import read

OWN = "We used cells. We made lysates. "
"""Two own sentences, after which an abstract tells what was found."""


def stances(text: str, *, title: str = "") -> list[tuple[Epistemic, str | None]]:
    return [
        (claim.epistemic, claim.epistemic_cue.text if claim.epistemic_cue else None)
        for claim in read(text, title=title)
    ]


@pytest.mark.parametrize(
    ("text", "epistemic", "cue"),
    [
        ("{SNAI1} promotes {p:EMT}.", Epistemic.BACKGROUND, None),
        (OWN + "{SNAI1} promoted {p:EMT}.", Epistemic.DEMONSTRATED, None),
        ("We found that {SNAI1} promotes {p:EMT}.", Epistemic.DEMONSTRATED, "we found"),
        ("{SNAI1} knockdown reduced {p:EMT}.", Epistemic.DEMONSTRATED, None),
        ("{SNAI1} has been shown to promote {p:EMT}.", Epistemic.BACKGROUND, "has been shown"),
        ("{SNAI1} is known to promote {p:EMT}.", Epistemic.BACKGROUND, "is known to"),
        (
            OWN + "Previous studies showed that {SNAI1} promotes {p:EMT}.",
            Epistemic.BACKGROUND,
            "previous",
        ),
        (
            OWN + "Earlier work demonstrated that {SNAI1} promotes {p:EMT}.",
            Epistemic.BACKGROUND,
            "earlier work",
        ),
        (
            OWN + "Unlike in previous work, we show that {SNAI1} promotes {p:EMT}.",
            Epistemic.DEMONSTRATED,
            "we show",
        ),
        ("{SNAI1} may promote {p:EMT}.", Epistemic.HYPOTHESIS, "may"),
        ("We hypothesised that {SNAI1} promotes {p:EMT}.", Epistemic.HYPOTHESIS, "hypothes"),
        (
            OWN + "Our data suggest that {SNAI1} promotes {p:EMT}.",
            Epistemic.INTERPRETATION,
            "suggest",
        ),
        (OWN + "{SNAI1} may promote {p:EMT}.", Epistemic.INTERPRETATION, "may"),
        (OWN + "In conclusion, {SNAI1} promotes {p:EMT}.", Epistemic.SUMMARY, "In conclusion"),
        (OWN + "{SNAI1}, which activates {MYC}, was seen.", Epistemic.BACKGROUND, None),
        ("BACKGROUND: {SNAI1} promoted {p:EMT}.", Epistemic.BACKGROUND, None),
        ("RESULTS: {SNAI1} promotes {p:EMT}.", Epistemic.DEMONSTRATED, None),
        ("CONCLUSIONS: {SNAI1} promotes {p:EMT}.", Epistemic.SUMMARY, None),
    ],
)
def test_stance(text: str, epistemic: Epistemic, cue: str | None) -> None:
    [(found, words)] = stances(text)
    assert found is epistemic
    assert (words or "").lower().startswith((cue or "").lower())
    assert (words is None) == (cue is None)


@pytest.mark.parametrize(
    "text",
    [
        "To investigate whether {SNAI1} promotes {p:EMT}, we used cells.",
        "We asked whether {SNAI1} promotes {p:EMT}.",
        "The aim was to test if {SNAI1} promotes {p:EMT}.",
        "Does {SNAI1} promote {p:EMT}?",
        "METHODS: {SNAI1} promoted {p:EMT}.",
        "Inhibition of {p:angiogenesis} by {c:endostatin} was studied.",
    ],
)
def test_an_aim_a_question_or_a_method_claims_nothing(text: str) -> None:
    assert read(text) == []


def test_what_is_found_after_an_aim_is_a_finding() -> None:
    text = "To test this, we used cells and found that {SNAI1} promotes {p:EMT}."
    assert [found for found, _ in stances(text)] == [Epistemic.DEMONSTRATED]


@pytest.mark.parametrize(
    ("title", "epistemic"),
    [
        ("{SNAI1} promotes {p:EMT}.", Epistemic.SUMMARY),
        ("{SNAI1} may promote {p:EMT}.", Epistemic.HYPOTHESIS),
    ],
)
def test_a_title_says_what_the_paper_shows(title: str, epistemic: Epistemic) -> None:
    assert [found for found, _ in stances("We used cells.", title=title)] == [epistemic]
