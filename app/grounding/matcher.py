"""Where the lexicon's names stand in a text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.grounding import rules
from app.grounding.lexicon import Lexicon, Meaning
from app.grounding.tokens import Token, tokens_of

_JOINS = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212/'’·]{1,2}|[.,]")
_GLUED = re.compile(r"(?:p|phospho|si|sh|rh|dn|ca|anti|pro|pan|c|v|m|h)(?=[A-Z][A-Za-z]*)")
_PLURAL: Final = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A span of the text with what it may mean."""

    start: int
    end: int
    key: str
    meanings: tuple[Meaning, ...]


class Matcher:
    """Finds the longest names from left to right; a name begins and ends with a word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def matches(self, text: str) -> list[Match]:
        """Return the matches in order; none overlaps another."""
        tokens = tokens_of(text)
        runs = _runs(text, tokens)
        found: list[Match] = []
        index = 0
        while index < len(tokens):
            match, after = self._longest(text, tokens, runs, index)
            if match is not None:
                found.append(match)
            index = after
        return found

    def exact(self, name: str) -> Match | None:
        """Return what a whole name may mean, or None."""
        tokens = tokens_of(name)
        if not tokens:
            return None
        for key in _spellings(name, tokens, 0, len(tokens)):
            meanings = self._meant(name, tokens[0].start, tokens[-1].end, key)
            if meanings:
                return Match(tokens[0].start, tokens[-1].end, key, meanings)
        return None

    def _longest(
        self, text: str, tokens: Sequence[Token], runs: Sequence[int], index: int
    ) -> tuple[Match | None, int]:
        token = tokens[index]
        if index and tokens[index - 1].end == token.start:
            return None, index + 1
        most = runs[index] - index
        mask = self._lexicon.heads.get(token.form, 2) | 2
        length = min(mask.bit_length() - 1, most)
        while length:
            if mask >> length & 1:
                last = index + length - 1
                end = tokens[last].end
                if last + 1 == len(tokens) or tokens[last + 1].start != end:
                    for key in _spellings(text, tokens, index, last + 1):
                        if key not in self._lexicon:
                            continue
                        meanings = self._meant(text, token.start, end, key)
                        if meanings:
                            return Match(token.start, end, key, meanings), last + 1
            length -= 1
        return None, index + 1

    def _meant(self, text: str, start: int, end: int, key: str) -> tuple[Meaning, ...]:
        if key in rules.stop_words():
            return ()
        surface = text[start:end]
        shouting = _shouting(text, start, end)
        return tuple(
            meaning
            for meaning in self._lexicon.meanings(key)
            if rules.written_right(surface, key, meaning, shouting)
        )


def _spellings(text: str, tokens: Sequence[Token], index: int, after: int) -> Iterator[str]:
    """Yield the keys of a run of tokens: as it is, and in the singular."""
    key = " ".join([token.form for token in tokens[index:after]])
    yield key
    last = tokens[after - 1]
    if last.end - last.start >= _PLURAL and text[last.end - 1] == "s":
        if key.endswith("ies"):
            yield f"{key[:-3]}y"
        yield key[:-1]


def _runs(text: str, tokens: Sequence[Token]) -> list[int]:
    """Return for each token the index after the last one that a name may reach from it."""
    ends = [len(tokens)] * len(tokens)
    for index in range(len(tokens) - 2, -1, -1):
        gap = text[tokens[index].end : tokens[index + 1].start]
        joined = not gap or gap == " " or _JOINS.fullmatch(gap) is not None
        ends[index] = ends[index + 1] if joined else index + 1
    return ends


def _shouting(text: str, start: int, end: int) -> bool:
    """Tell whether the words around are written in capitals."""
    around = text[max(0, start - 30) : start] + text[end : end + 30]
    return sum(char.isupper() for char in around) > sum(char.islower() for char in around)
