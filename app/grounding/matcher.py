"""Where the lexicon's names, and the short forms of a text, stand in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.grounding import rules
from app.grounding.lexicon import Lexicon, Meaning
from app.grounding.tokens import Token, key_of, tokens_of

_JOINS = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212/'’·]{1,2}|[.,]|\(|\)[\s\-/]?")
_PREFIXED = re.compile(r"(?:phospho|pro|anti|si|sh|rh|dn|p)(?=[A-Z])")
_CODE_FOLLOWS = re.compile(r"-(?:\d|[A-Z]{1,3}-?\d)")
_CLOSES = re.compile(r"[+-]?\)")
_PLURAL: Final = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A span of the text with what it may mean; ``short`` is the short form that it is."""

    start: int
    end: int
    key: str
    meanings: tuple[Meaning, ...]
    short: str | None = None


class ShortForms:
    """The short forms of one text, by their keys."""

    def __init__(self, surfaces: Sequence[str]) -> None:
        self._by_key: dict[str, set[str]] = {}
        self.heads: dict[str, int] = {}
        for surface in surfaces:
            key = key_of(surface)
            tokens = key.split(" ")
            self._by_key.setdefault(key, set()).add(surface)
            self.heads[tokens[0]] = self.heads.get(tokens[0], 0) | 1 << len(tokens)

    def named(self, surface: str, key: str) -> str | None:
        """Return the short form that a surface is, in the singular or plural; minds capitals."""
        if self._by_key:
            for each in self._by_key.get(key, ()):
                if surface in (each, f"{each}s"):
                    return each
        return None


NONE: Final = ShortForms(())


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text in tokens; ``runs`` tells for each how far a name that begins there may reach."""

    text: str
    tokens: list[Token]
    runs: list[int]
    shorts: ShortForms


class Matcher:
    """Finds the longest names from left to right; a name begins and ends with a word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def matches(self, text: str, shorts: ShortForms = NONE) -> list[Match]:
        """Return the matches in order; none overlaps another."""
        tokens = tokens_of(text)
        reading = _Reading(text, tokens, _runs(text, tokens), shorts)
        found: list[Match] = []
        index = 0
        while index < len(tokens):
            match, after = self._at(reading, index)
            if match is not None:
                found.append(match)
            index = after
        return found

    def exact(self, name: str) -> Match | None:
        """Return what a whole name may mean, or None."""
        tokens = tokens_of(name)
        if not tokens or len(tokens) > rules.MOST_TOKENS:
            return None
        start, end = tokens[0].start, tokens[-1].end
        for key in _spellings(name, tokens, 0, len(tokens)):
            meanings = self._meant(name, start, end, key)
            if meanings:
                return Match(start, end, key, meanings)
        return None

    def _at(self, reading: _Reading, index: int) -> tuple[Match | None, int]:
        """Return the match that begins at a token, and the index to go on from."""
        token = reading.tokens[index]
        if index and reading.tokens[index - 1].end == token.start:
            return None, index + 1
        prefix = _PREFIXED.match(reading.text, token.start, token.end)
        whole = self._longest(reading, index)
        if prefix is None or (whole[0] and _is_own(whole[0])):
            return whole
        start = prefix.end()
        form = token.form[start - token.start :]
        reading.tokens[index] = Token(start, token.end, form)
        inner = self._longest(reading, index)
        reading.tokens[index] = token
        return inner if inner[0] else whole

    def _longest(self, reading: _Reading, index: int) -> tuple[Match | None, int]:
        text, tokens = reading.text, reading.tokens
        token = tokens[index]
        mask = self._lexicon.heads.get(token.form, 2) | reading.shorts.heads.get(token.form, 0) | 2
        length = min(mask.bit_length() - 1, reading.runs[index] - index)
        while length:
            after = index + length
            end = tokens[after - 1].end
            if mask >> length & 1 and (after == len(tokens) or tokens[after].start != end):
                for key in _spellings(text, tokens, index, after):
                    match = self._match(reading, token.start, end, key)
                    if match is not None:
                        return match, after
            length -= 1
        return None, index + 1

    def _match(self, reading: _Reading, start: int, end: int, key: str) -> Match | None:
        short = reading.shorts.named(reading.text[start:end], key)
        if short is not None:
            return Match(start, end, key, (), short)
        if key not in self._lexicon:
            return None
        whole = _balanced(reading.text, start, end)
        meanings = self._meant(reading.text, start, whole, key) if whole else ()
        return Match(start, whole, key, meanings) if meanings else None

    def _meant(self, text: str, start: int, end: int, key: str) -> tuple[Meaning, ...]:
        if rules.is_stopped(key):
            return ()
        surface = text[start:end]
        shouting = _shouting(text, start, end)
        code = _CODE_FOLLOWS.match(text, end) is not None
        return tuple(
            meaning
            for meaning in self._lexicon.meanings(key)
            if rules.written_right(surface, key, meaning, shouting=shouting)
            and not (code and rules.is_stump(surface, meaning))
        )


def _is_own(match: Match) -> bool:
    return match.short is not None or any(each.kind == "o" for each in match.meanings)


def _balanced(text: str, start: int, end: int) -> int:
    """Return the end with a bracket closed that the span opens; 0 where it can't be."""
    if "(" not in text[start:end] and ")" not in text[start:end]:
        return end
    inside = text[start:end]
    if inside.count("(") == inside.count(")"):
        return end
    closing = _CLOSES.match(text, end)
    return closing.end() if closing and inside.count("(") == inside.count(")") + 1 else 0


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
    return sum(map(str.isupper, around)) > sum(map(str.islower, around))


