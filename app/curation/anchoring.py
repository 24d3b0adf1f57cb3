"""Anchoring a claim's quotes in an article's new text."""

from collections.abc import Sequence

from app.model.text import Quote


def anchor(quotes: Sequence[Quote], text: str, text_sha256: str) -> tuple[Quote, ...]:
    """Return a claim's quotes as they stand in ``text``.

    A quote that is there exactly once (or at its own offsets, where they count in this very text)
    gets its place and is verified. One that is not there, or more than once, keeps the place in
    its own text and is flagged: ``verified`` false. Words that a source gave without a place stay
    as they are.
    """
    return tuple(_anchored(quote, text, text_sha256) for quote in quotes)


def _anchored(quote: Quote, text: str, text_sha256: str) -> Quote:
    span = quote.span
    if span is None:
        return quote
    if quote.sha256 == text_sha256:
        return quote.model_copy(update={"verified": span.matches(text)})
    start = text.find(quote.text)
    if start < 0 or text.find(quote.text, start + 1) >= 0:
        return quote.model_copy(update={"verified": False})
    place = {"start": start, "end": start + len(quote.text), "sha256": text_sha256}
    return quote.model_copy(update={**place, "verified": True})
