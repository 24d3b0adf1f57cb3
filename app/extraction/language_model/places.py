"""Where words stand in a text: a model copies words, and the text says where they are."""

from app.model.text import Span


def find(text: str, words: str, occurrence: int, within: Span | None = None) -> Span | None:
    """Return the span of the given occurrence of ``words`` in ``text``, or None.

    Occurrences count from 1, do not overlap, and never begin or end inside of a word. With
    ``within`` only those inside of that span count.
    """
    if not words.strip():
        return None
    low, high = (within.start, within.end) if within is not None else (0, len(text))
    seen, at = 0, text.find(words, low, high)
    while at >= 0:
        end = at + len(words)
        if not (_splits(text, at) or _splits(text, end)):
            seen += 1
            if seen == occurrence:
                return Span(start=at, end=end, text=words)
            at = text.find(words, end, high)
        else:
            at = text.find(words, at + 1, high)
    return None


def _splits(text: str, offset: int) -> bool:
    """Tell whether ``offset`` lies inside of a word."""
    if offset in (0, len(text)):
        return False
    return text[offset - 1].isalnum() and text[offset].isalnum()
