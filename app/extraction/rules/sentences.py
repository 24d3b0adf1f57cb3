"""Cutting a text into sentences, in linear time, with offsets that stay true to the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MAX_LENGTH: Final = 1200
"""Characters of a sentence beyond which it is not read: no parser does well on it."""

_BREAK: Final = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9\u0370-\u03ff])|\n")
_NO_BREAK: Final = re.compile(
    r"(?:\b(?:et al|i\.e|e\.g|vs|cf|fig|figs|ref|refs|approx|no|nos|dr|prof|st|var|sp|spp|subsp|"
    r"ca|resp|i\.v|i\.p|s\.c|p\.o|i\.m|inc|ltd|viz)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"[A-Z][A-Z0-9 /&,'-]{2,60}:(?=\s)")
_TAIL: Final = 12


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence's place in the text; ``label`` is its section's, in lower case, or empty.

    ``start`` is behind the label. ``number`` counts from 0 within the title or the abstract.
    """

    start: int
    end: int
    title: bool
    label: str
    number: int


def sentences(text: str, title_end: int) -> Iterator[SentenceSpan]:
    """Yield the sentences of a text whose title ends at ``title_end``, in order."""
    yield from _cut(text, 0, title_end, title=True)
    yield from _cut(text, title_end, len(text), title=False)


def _cut(text: str, start: int, end: int, *, title: bool) -> Iterator[SentenceSpan]:
    label = ""
    number = 0
    for begin, stop in _pieces(text, start, end):
        while begin < stop and text[begin].isspace():
            begin += 1
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        found = _LABEL.match(text, begin, stop)
        if found is not None and not title:
            label = found[0][:-1].lower()
            begin = found.end()
            while begin < stop and text[begin].isspace():
                begin += 1
        if begin < stop:
            yield SentenceSpan(begin, stop, title, label, number)
            number += 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _BREAK.finditer(text, start, end):
        cut = match.end()
        if text[match.start()] == "." and _NO_BREAK.search(
            text, max(start, match.start() - _TAIL), match.start() + 1
        ):
            continue
        yield start, cut
        start = cut
    if start < end:
        yield start, end
