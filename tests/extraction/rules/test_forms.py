"""The forms that the parser gets: verbs whose place is plain can't be misread."""

import pytest

from app.extraction.rules.forms import PAST, PRESENT, settle
from app.extraction.rules.words import inflect
from tests.extraction.rules.test_tokenise import tokens


def forms(text: str) -> dict[str, str]:
    found = tokens(text)
    settle(found)
    return {token.text: token.form for token in found}


@pytest.mark.parametrize(
    ("text", "verb", "form"),
    [
        ("{SNAI1} siRNA reduced {p:invasion}.", "reduced", PAST),
        ("{TNF} induced {p:apoptosis}.", "induced", PAST),
        ("Treatment with {c:U0126} markedly inhibited {p:growth}.", "inhibited", PAST),
        ("{SNAI1} blocks {p:invasion}.", "blocks", PRESENT),
        ("{SNAI1} promotes {p:invasion}.", "promotes", PRESENT),
    ],
)
def test_a_verb_gets_a_form_that_is_only_a_verb(text: str, verb: str, form: str) -> None:
    assert forms(text)[verb] == form


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The reduced {p:invasion} was seen.", "reduced"),
        ("{p:Invasion} was reduced by {SNAI1}.", "reduced"),
        ("{p:Invasion} reduced by {SNAI1} rose.", "reduced"),
        ("The effect against drug induced {p:apoptosis} was seen.", "induced"),
        ("The causes and effects rose.", "causes"),
    ],
)
def test_what_may_be_no_verb_keeps_its_form(text: str, verb: str) -> None:
    assert forms(text)[verb] == verb


def test_nothing_in_a_mention_is_changed() -> None:
    assert forms("The {p:reduced} {p:growth} rose.")["reduced"] == "reduced"


@pytest.mark.parametrize(
    ("lemma", "inflected"),
    [
        ("induce", ("induce", "induces", "induced", "inducing")),
        ("modify", ("modify", "modifies", "modified", "modifying")),
        ("suppress", ("suppress", "suppresses", "suppressed", "suppressing")),
        ("delay", ("delay", "delays", "delayed", "delaying")),
    ],
)
def test_regular_verbs_are_inflected(lemma: str, inflected: tuple[str, ...]) -> None:
    assert inflect(lemma) == inflected
