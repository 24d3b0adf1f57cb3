"""Quotes held against the texts that they are from: those of claims, and words of anybody's."""

from typing import Final

from rapidfuzz import fuzz

from app.graph.port import GraphView
from app.model.base import Frozen
from app.model.claim import ClaimView
from app.model.errors import BadInput, FieldError
from app.model.text import Quote, Span
from app.services.articles import article

LONGEST: Final = 5000
"""Code points that words to be looked up may have."""

MOST_PLACES: Final = 20
"""How many places of the same words are shown."""

LIKE: Final = 60.0
"""From this likeness on, of 100, a passage is worth showing for words that stand nowhere."""


class CheckedQuote(Frozen):
    """A quote of a claim, looked up in its article's text at the time of asking.

    ``verified`` is true when the words stand there, false when they do not, and null when the
    source gave no place for them.
    """

    claim: str
    article: str | None
    text: str
    start: int | None
    end: int | None
    text_sha256: str | None
    verified: bool | None


class FoundWords(Frozen):
    """Words looked up in an article's present text.

    ``verified`` says whether they stand there verbatim: then ``places`` has where, up to a limit.
    Else ``nearest`` is the passage that is most like them, where one is, with its ``likeness`` of
    100; it is what may be quoted in their place.
    """

    article: str
    text_sha256: str
    words: str
    verified: bool
    places: tuple[Span, ...] = ()
    total: int = 0
    nearest: Span | None = None
    likeness: float | None = None


def checked(view: GraphView, claim: ClaimView, quote: Quote) -> CheckedQuote:
    """Look up a claim's quote in the text that its offsets count in."""
    span = quote.span
    text = view.text(quote.sha256) if quote.sha256 and span else None
    verified = None if span is None else text is not None and span.matches(text)
    return CheckedQuote(
        claim=claim.id,
        article=claim.article,
        text=quote.text,
        start=quote.start,
        end=quote.end,
        text_sha256=quote.sha256,
        verified=verified,
    )


def find_words(view: GraphView, identifier: str, words: str) -> FoundWords:
    """Look up words in an article's text, letter by letter.

    Raises BadInput for words that are empty or too long and for what is no identifier of an
    article, and NotFound.
    """
    if not words.strip() or len(words) > LONGEST:
        rule = f"give 1 to {LONGEST} characters that are not all blank"
        raise BadInput(f"{rule[0].upper()}{rule[1:]}.", [FieldError("/words", rule)])
    found = article(view, identifier)
    starts = _starts(found.text, words)
    nearest, likeness = (None, None) if starts else _nearest(found.text, words)
    return FoundWords(
        article=found.curie,
        text_sha256=found.text_sha256,
        words=words,
        verified=bool(starts),
        places=tuple(
            Span(start=start, end=start + len(words), text=words) for start in starts[:MOST_PLACES]
        ),
        total=len(starts),
        nearest=nearest,
        likeness=likeness,
    )


def _starts(text: str, words: str) -> list[int]:
    found: list[int] = []
    start = text.find(words)
    while start >= 0:
        found.append(start)
        start = text.find(words, start + 1)
    return found


def _nearest(text: str, words: str) -> tuple[Span | None, float | None]:
    alike = fuzz.partial_ratio_alignment(words, text, score_cutoff=LIKE)
    if alike is None or alike.dest_start >= alike.dest_end:
        return None, None
    # The likest passage may begin and end within words; whole words can be cited.
    start, end = alike.dest_start, alike.dest_end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    start += len(text[start:end]) - len(text[start:end].lstrip())
    passage = text[start:end].rstrip()
    if not passage:
        return None, None
    span = Span(start=start, end=start + len(passage), text=passage)
    return span, round(alike.score, 1)
