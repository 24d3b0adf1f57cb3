"""Where the lexicon's names, and the short forms of a text, stand in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.grounding import rules
from app.grounding.lexicon import Lexicon, Meaning
from app.grounding.tokens import Token, key_of, tokens_of

_JOINS = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212/'’·]{1,2}|[.,]|\(|\)[\s\-/]?")
_PREFIXED = re.compile(r"(?:phospho|pro|anti|si|sh|rh|dn|p)(?=[A-Z])")
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
        for each in self._by_key.get(key, ()):
            if surface in (each, f"{each}s"):
                return each
        return None

    def __contains__(self, key: str) -> bool:
        return key in self._by_key


NONE: Final = ShortForms(())


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text in tokens; ``runs`` tells for each how far a name that begins there may reach."""

    text: str
    tokens: list[Token]
    forms: list[str]
    runs: list[int]
    shorts: ShortForms


class Matcher:
    """Finds the longest names from left to right; a name begins and ends with a word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def matches(self, text: str, shorts: ShortForms = NONE) -> list[Match]:
        """Return the matches in order; none overlaps another."""
        tokens = tokens_of(text)
        reading = _Reading(
            text, tokens, [each.form for each in tokens], _runs(text, tokens), shorts
        )
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
        for key in _spellings(name, " ".join(each.form for each in tokens), tokens[-1]):
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
        reading.tokens[index], reading.forms[index] = Token(start, token.end, form), form
        inner = self._longest(reading, index)
        reading.tokens[index], reading.forms[index] = token, token.form
        return inner if inner[0] else whole

    def _longest(self, reading: _Reading, index: int) -> tuple[Match | None, int]:
        tokens, forms = reading.tokens, self._lexicon.forms
        token = tokens[index]
        mask = self._lexicon.heads.get(token.form, 2) | reading.shorts.heads.get(token.form, 0) | 2
        most = reading.runs[index] - index
        for length in _lengths(mask):
            if length > most:
                continue
            after = index + length
            last = tokens[after - 1]
            if after < len(tokens) and tokens[after].start == last.end:
                continue
            for key in _spellings(reading.text, " ".join(reading.forms[index:after]), last):
                if key in forms or key in reading.shorts:
                    match = self._match(reading, token.start, last.end, key)
                    if match is not None:
                        return match, after
        return None, index + 1

    def _match(self, reading: _Reading, start: int, end: int, key: str) -> Match | None:
        short = reading.shorts.named(reading.text[start:end], key)
        if short is not None:
            return Match(start, end, key, (), short)
        whole = _balanced(reading.text, start, end)
        meanings = self._meant(reading.text, start, whole, key) if whole else ()
        return Match(start, whole, key, meanings) if meanings else None

    def _meant(self, text: str, start: int, end: int, key: str) -> tuple[Meaning, ...]:
        if rules.is_stopped(key):
            return ()
        meanings = self._lexicon.meanings(key)
        if not any(each.symbol for each in meanings):
            return tuple(each for each in meanings if rules.word_counts(key, each))
        written = rules.Written(text, start, end)
        if not any(rules.counts(written, key, each) for each in meanings):
            return ()
        return tuple(each for each in meanings if rules.counts(written, key, each, strict=False))


def _is_own(match: Match) -> bool:
    return match.short is not None or any(each.kind == "o" for each in match.meanings)


def _balanced(text: str, start: int, end: int) -> int:
    """Return the end with a bracket closed that the span opens; 0 where it can't be."""
    inside = text[start:end]
    if "(" not in inside and ")" not in inside:
        return end
    if inside.count("(") == inside.count(")"):
        return end
    closing = _CLOSES.match(text, end)
    return closing.end() if closing and inside.count("(") == inside.count(")") + 1 else 0


@lru_cache(maxsize=1 << 12)
def _lengths(mask: int) -> tuple[int, ...]:
    """Return the numbers of the bits that are set, the highest first."""
    return tuple(bit for bit in range(mask.bit_length() - 1, 0, -1) if mask >> bit & 1)


def _spellings(text: str, key: str, last: Token) -> tuple[str, ...]:
    """Return the keys of a run of tokens: as it is, and in the singular."""
    if last.end - last.start < _PLURAL or text[last.end - 1] != "s":
        return (key,)
    return (key, f"{key[:-3]}y", key[:-1]) if key.endswith("ies") else (key, key[:-1])


def _runs(text: str, tokens: Sequence[Token]) -> list[int]:
    """Return for each token the index after the last one that a name may reach from it."""
    ends = [len(tokens)] * len(tokens)
    for index in range(len(tokens) - 2, -1, -1):
        gap = text[tokens[index].end : tokens[index + 1].start]
        joined = not gap or gap == " " or _JOINS.fullmatch(gap) is not None
        ends[index] = ends[index + 1] if joined else index + 1
    return ends
