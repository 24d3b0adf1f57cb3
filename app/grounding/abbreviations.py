"""Abbreviations that a text defines: ``epithelial-mesenchymal transition (EMT)``.

After Schwartz AS, Hearst MA. A simple algorithm for identifying abbreviation definitions in
biomedical text. Pac Symp Biocomput. 2003:451-62. PMID:12603049.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]]")
_MARKUP = re.compile(r"[;,]")
_SENTENCE_END = re.compile(r"[.!?;]\s|[()\[\]]|\n")
_LONGEST: Final = 12
_REACH: Final = 160
"""Characters before a bracket in which the long form is looked for."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and the long form that stands before it, as spans of the text."""

    short: str
    start: int
    end: int
    long_start: int
    long_end: int


def definitions(text: str) -> Iterator[Definition]:
    """Yield the definitions of a text in order; time is linear in its length."""
    for match in _IN_BRACKETS.finditer(text):
        inside = _MARKUP.split(match[1], maxsplit=1)[0]
        short = inside.strip()
        if not _is_short_form(short):
            continue
        start = match.start(1) + len(inside) - len(inside.lstrip())
        long = _long_form(text, match.start(), short)
        if long is not None:
            yield Definition(short, start, start + len(short), *long)


def _is_short_form(short: str) -> bool:
    return (
        2 <= len(short) <= _LONGEST
        and len(short.split()) <= 2
        and short[0].isalnum()
        and any(char.isalpha() for char in short)
    )


def _long_form(text: str, bracket: int, short: str) -> tuple[int, int] | None:
    end = bracket
    while end and text[end - 1].isspace():
        end -= 1
    begin = max(0, end - _REACH)
    for stop in _SENTENCE_END.finditer(text, begin, end):
        begin = stop.end()
    words = [each.start() for each in re.finditer(r"\S+", text[begin:end])]
    most = min(len(short) + 5, 2 * len(short))
    if len(words) > most:
        begin += words[-most]
    start = _aligned(text[begin:end], short)
    if start is None or end - (begin + start) <= len(short):
        return None
    return begin + start, end


def _aligned(long: str, short: str) -> int | None:
    """Return where in ``long`` the letters of ``short`` begin to stand in order, or None."""
    place = len(long) - 1
    letters = [char.lower() for char in short if char.isalnum()]
    lower = long.lower()
    if len(lower) != len(long):
        return None
    for index in range(len(letters) - 1, -1, -1):
        while place >= 0 and (
            lower[place] != letters[index]
            or (index == 0 and place > 0 and long[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
        place -= 1
    start = place + 1
    while start and not long[start - 1].isspace():
        start -= 1
    return start
