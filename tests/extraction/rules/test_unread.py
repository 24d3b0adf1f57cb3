"""The guard: where a word may turn the sign and no rule read it, nothing is claimed."""

import re

import pytest

from app.curation.validation import _TURNING
from app.extraction.rules.words import words
from tests.extraction.marked import lines


@pytest.mark.parametrize(
    "text",
    [
        "Genetically ablating endogenous mouse {MAPT} reduces {p:neurodegeneration}.",
        "Omitting {c:fentanyl} reduces {p:nausea}.",
        "{SNAI1} promotes {p:growth} or block {p:differentiation}.",
        "Refractory {TP53} induces {p:apoptosis}.",
        "{SNAI1} poorly induces {p:EMT}.",
        "{SNAI1} induces the same {p:growth}.",
    ],
)
def test_an_unread_word_keeps_a_claim_from_being_made(text: str) -> None:
    assert lines(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Endogenous {MAPT} increases {p:neurodegeneration}.",
        "Circulating {IL6} induces {p:inflammation}.",
        "{SNAI1} strongly induces {p:EMT}.",
    ],
)
def test_a_harmless_word_does_not(text: str) -> None:
    assert len(lines(text)) == 1


def test_every_word_that_lowers_may_turn_a_curated_direction_too() -> None:
    lowering = {word for word, noun in words().changes.items() if noun.change < 0}
    lowering |= {word for word, change in words().adjectives.items() if change < 0}
    unknown = {word for word in lowering if not re.search(_TURNING, word)}
    assert unknown == set()
