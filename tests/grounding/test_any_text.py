"""Any text: offsets stay true, nothing crashes, time stays linear."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.grounding import Grounder
from app.grounding.abbreviations import definitions
from app.grounding.tokens import key_of, tokens_of

PIECES = [
    "NF-κB", "TGF-beta1", "EMT", "(EMT)", "p53", "IκBα", "Grünert", "Gru\u0308nert", "β", "\u0301",
    "🧬",
    "\u200f", "עברית", "ﬁbronectin", "ß", "İ", "ǅ", "₂", "²", "\x00", "\n", " ", "-", "–", "/",
    "(", ")", ",", ".", "s", "A", "1", "pAKT", "MDA-MB-231", "kappa", "alpha", "µ", "Ω", "ς",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)

GROUNDER = Grounder.load()


@given(text=TEXTS)
def test_mentions_are_in_order_and_verbatim(text: str) -> None:
    end = 0
    for mention in GROUNDER.mentions(text):
        assert mention.start >= end
        assert mention.mention.matches(text)
        assert mention.groundings
        end = mention.end


@given(text=TEXTS)
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for token in tokens_of(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(text=TEXTS)
def test_definitions_stand_where_they_say(text: str) -> None:
    for each in definitions(text):
        assert text[each.start : each.end] == each.short
        assert each.long_start < each.long_end <= each.start


@given(name=st.sampled_from(PIECES[:10]), before=TEXTS, after=TEXTS)
def test_a_name_has_one_key_wherever_it_stands(name: str, before: str, after: str) -> None:
    inside = key_of(f"{before} {name} {after}")
    assert key_of(name) in inside


@pytest.mark.parametrize(
    "text",
    ["a" * 1_000_000, "a1" * 500_000, "α" * 1_000_000, "TGF-beta" * 125_000, "(" * 1_000_000,
     "(EMT)" * 200_000, "NF-kappaB " * 100_000, "a (" * 330_000, "é" * 1_000_000,
     "cell-" * 200_000],
    ids=lambda text: text[:10],
)  # fmt: skip
def test_a_megabyte_without_an_end_takes_seconds(text: str) -> None:
    started = time.process_time()
    for mention in GROUNDER.mentions(text):
        assert mention.mention.matches(text)
    assert time.process_time() - started < 20
