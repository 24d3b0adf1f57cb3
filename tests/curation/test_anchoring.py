"""Quotes in a new text: found once, or flagged."""

from hypothesis import given
from hypothesis import strategies as st

from app.curation.anchoring import anchor
from app.model.text import Quote, sha256_of

OLD = "We found that A lowers B. C did not."
QUOTE = Quote(text="A lowers B", start=14, end=24, sha256=sha256_of(OLD), verified=True)


def anchored(text: str) -> Quote:
    return anchor([QUOTE], text, sha256_of(text))[0]


def test_a_quote_found_once_moves() -> None:
    found = anchored("Results: " + OLD)
    assert (found.start, found.end, found.verified) == (23, 33, True)
    assert found.sha256 == sha256_of("Results: " + OLD)


def test_a_quote_that_is_gone_keeps_its_own_text_and_is_flagged() -> None:
    assert anchored("Nothing of it.") == QUOTE.model_copy(update={"verified": False})


def test_a_quote_that_is_there_twice_is_flagged() -> None:
    assert anchored(OLD + OLD).verified is False


def test_overlapping_places_are_two() -> None:
    quote = Quote(text="aa", start=0, end=2, sha256="0" * 64, verified=True)
    assert anchor([quote], "aaa", sha256_of("aaa"))[0].verified is False


def test_in_its_own_text_a_quote_stays_where_it_is() -> None:
    twice = OLD + " " + OLD
    later = QUOTE.model_copy(update={"start": 51, "end": 61, "sha256": sha256_of(twice)})
    assert anchor([later], twice, sha256_of(twice)) == (later,)


def test_words_without_a_place_stay_as_they_are() -> None:
    words = Quote(text="A lowers B")
    assert anchor([words], OLD, sha256_of(OLD)) == (words,)


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_is_verified_stands_there(before: str, after: str) -> None:
    text = before + "A lowers B" + after
    found = anchored(text)
    if found.verified:
        assert found.span is not None
        assert found.span.matches(text)
