"""What a claim holds under: cells, organisms, stimuli, co-perturbations, settings."""

import pytest

from app.model.claim import ContextItem
from app.model.vocabulary import ContextType, Presence, Setting, Sign
from tests.extraction.marked import read


def context(text: str) -> tuple[ContextItem, ...]:
    [claim] = read(text)
    return claim.context


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("{SNAI1} promotes {p:EMT} in {k:HeLa} cells.", ContextType.CELL, "HeLa cells"),
        ("In {k:HeLa} cells, {SNAI1} promotes {p:EMT}.", ContextType.CELL, "HeLa cells"),
        ("{SNAI1} promotes {p:EMT} in {o:mice}.", ContextType.ORGANISM, "mice"),
        ("{SNAI1} promotes {p:EMT} in {d:melanoma}.", ContextType.DISEASE, "melanoma"),
        ("{SNAI1} promotes {p:EMT} in vitro.", ContextType.SETTING, "in vitro"),
        (
            "{SNAI1} promotes {p:EMT} in the absence of {TGFB1}.",
            ContextType.CO_STIMULUS,
            "in the absence of TGFB1",
        ),
        ("{c:U0126} blocked {TNF}-induced {p:EMT}.", ContextType.CO_STIMULUS, "TNF-induced"),
        (
            "{SNAI1} promotes {p:EMT} in {TP53}-deficient cells.",
            ContextType.CO_PERTURBATION,
            "TP53-deficient",
        ),
        (
            "{SNAI1} promotes {p:EMT} in cells lacking {TP53}.",
            ContextType.CO_PERTURBATION,
            "lacking TP53",
        ),
        (
            "{SNAI1} promotes {p:EMT} in {TP53} null cells.",
            ContextType.CO_PERTURBATION,
            "TP53 null",
        ),
    ],
)
def test_item(text: str, kind: ContextType, words: str) -> None:
    found = [(item.type, item.mention.text if item.mention else None) for item in context(text)]
    assert (kind, words) in found


def test_states_directions_and_settings() -> None:
    [absent] = context("{SNAI1} promotes {p:EMT} in the absence of {TGFB1}.")
    assert absent.state is Presence.ABSENT
    [lost] = context("{SNAI1} promotes {p:EMT} in {TP53}-deficient cells.")
    assert lost.direction is Sign.NEGATIVE
    [gained] = context("{SNAI1} promotes {p:EMT} in {MYC}-overexpressing cells.")
    assert gained.direction is Sign.POSITIVE
    [alive] = context("{SNAI1} promotes {p:EMT} in vivo.")
    assert alive.value is Setting.IN_VIVO


def test_a_background_of_cells_is_kept() -> None:
    [cell] = context("{SNAI1} promotes {p:EMT} in {RAS}-transformed {k:MCF10A} cells.")
    assert cell.mention is not None
    assert cell.mention.text == "RAS-transformed MCF10A cells"
    [background] = cell.background
    assert background.modification == "oncogenic transformation"


@pytest.mark.parametrize(
    "text",
    [
        "{SNAI1} promotes {p:EMT}, whereas {k:HeLa} cells grew.",
        "{SNAI1} promotes {p:EMT}.",
        "{d:Melanoma} requires {SNAI1}.",
    ],
)
def test_nothing_is_taken_from_another_clause_or_from_a_participant(text: str) -> None:
    assert all(claim.context == () for claim in read(text))


def test_what_the_agent_s_own_cells_carry_is_no_co_perturbation() -> None:
    found = context("{p:Apoptosis} was reduced in {TP53}-deficient mice.")
    assert [item.type for item in found] == [ContextType.ORGANISM]
