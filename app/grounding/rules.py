"""When a form counts as a mention: how a symbol has to be written, and what is a plain word."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

from app.grounding.lexicon import Meaning
from app.grounding.tokens import key_of

BASE: Final = {
    "o": 0.99, "f": 0.97, "s": 0.96, "n": 0.95, "m": 0.88, "a": 0.82, "p": 0.78, "r": 0.6,
}  # fmt: skip
"""How sure a name makes of its entity, by where the name stands."""

DERIVED: Final = 0.06
SHARED: Final = 0.12
"""What a derived spelling costs, and an alias that several genes bear."""

UNCUED: Final = 0.3
"""What it costs that the text has no word which a meaning calls for."""

AROUND: Final = 24
"""Characters on each side that are looked at for cues."""

STUMP: Final = 5
"""The longest symbol that is not taken where a number follows it with a hyphen."""

MOST_TOKENS: Final = 16
"""Names longer than this are none of the lexicon's."""

_CUES: Final = (
    r"gene|protein|mRNA|promoter|receptor|kinase|transcript|expression|mutation|mutant|allele|"
    r"knockout|knockdown|siRNA|shRNA|null|ligand|subunit|inhibitor|antagonist|agonist|antibod|"
    r"transgen|signaling|signalling|pathway|phosphorylation|overexpress|cDNA|polymorphism|-/-|"
    r"\(-/-\)"
)
_AFTER = re.compile(rf"[\s-]?(?:{_CUES})")
_BEFORE = re.compile(r"(?:genes?|proteins?|receptors?|factors?|kinases?|anti|of the gene)[\s-]$")
_ACTS = re.compile(
    r" [a-z]{2,}(?:ses|tes|ces|zes|its|nds|cts|kes|ves|ws|ns)\b| (?:is|was|has|also|can)\b"
    r"| (?:and|or) [A-Z]|[-/]|, [A-Z]"
)
_CODE_FOLLOWS = re.compile(r"-(?:\d|[A-Z]{1,3}-?\d)")


def score(meaning: Meaning, rivals: int) -> float:
    """Return how well a form fits a meaning, of 1; ``rivals`` bear the name as weakly."""
    value = BASE[meaning.kind.lower()]
    if meaning.kind.isupper():
        value -= DERIVED
    if rivals and meaning.kind.lower() in "apr":
        value -= SHARED
    return value


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the forms that are never mentions."""
    return frozenset(row[0] for row in _rows("stop.tsv"))


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Return words that are also symbols: a mention only when written as a symbol."""
    return frozenset(row[0] for row in _rows("words.tsv"))


@dataclass(frozen=True, slots=True)
class Context:
    """Words of which one must stand in the text for a form to mean an entity.

    Without them the meaning scores less, or, with ``dropped``, is none.
    """

    words: frozenset[str]
    dropped: bool


@lru_cache(maxsize=1)
def contexts() -> dict[str, dict[str, Context]]:
    """Return by form and CURIE what the text must say."""
    found: dict[str, dict[str, Context]] = {}
    for form, curie, words, otherwise, _ in _rows("contexts.tsv"):
        context = Context(frozenset(words.split("|")), otherwise == "drop")
        found.setdefault(form, {})[curie] = context
    return found


def _rows(name: str) -> list[list[str]]:
    file = resources.files("seeds") / "lexicon" / "own" / name
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]


def is_stopped(key: str) -> bool:
    """Tell whether a form is on the stop list, in the singular or plural."""
    stopped = stop_words()
    return key in stopped or (
        key.endswith("s") and (key[:-1] in stopped or f"{key[:-3]}y" in stopped)
    )


class Written:
    """How a text writes a form, and what stands around it."""

    __slots__ = ("_end", "_start", "_text", "bare", "capitals", "digits", "letters", "word")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self.bare = text[start:end].strip("-")
        self.letters = sum(map(str.isalpha, self.bare))
        self.capitals = sum(map(str.isupper, self.bare))
        self.digits = any(map(str.isdigit, self.bare))
        self.word = self.bare.lower()

    @property
    def shouting(self) -> bool:
        """Whether the words around are in capitals, as in some titles."""
        text, start, end = self._text, self._start, self._end
        around = text[max(0, start - AROUND) : start] + text[end : end + AROUND]
        return sum(map(str.isupper, around)) > sum(map(str.islower, around))

    @property
    def cued(self) -> bool:
        """Whether a word beside it says that a gene or a protein is meant."""
        before = self._text[max(0, self._start - AROUND) : self._start]
        return _AFTER.match(self._text, self._end) is not None or _BEFORE.search(before) is not None

    @property
    def acting(self) -> bool:
        """Whether what follows makes it a thing that acts: a verb, or another name."""
        return _ACTS.match(self._text, self._end) is not None

    @property
    def stump(self) -> bool:
        """Whether a hyphen and a number follow: it may be a part of ``MDA-MB-231``."""
        return (
            len(self.bare) <= STUMP
            and not self.digits
            and _CODE_FOLLOWS.match(self._text, self._end) is not None
        )

    @property
    def opening(self) -> bool:
        """Whether it is the first word of a sentence, where any word has a capital."""
        before = self._text[max(0, self._start - 3) : self._start].rstrip(" ")
        return not before or before[-1] in ".!?:\n"


def word_counts(key: str, meaning: Meaning) -> bool:
    """Tell whether a name in words is a mention: a short one only from a list that means it."""
    if meaning.kind in "rR":
        return False
    return len(key) >= 4 or meaning.kind in "ofn"


def counts(written: Written, key: str, meaning: Meaning, *, strict: bool = True) -> bool:
    """Tell whether a text that writes a form so may mean this by it.

    Where not ``strict``, a short alias counts without a word that says what it is: so that it
    stands as a weaker reading beside a better one.
    """
    if not meaning.symbol:
        return word_counts(key, meaning)
    if meaning.kind != "o" and written.stump:
        return False
    if " " in written.bare and _has_plain_part(written, meaning):
        return False
    if strict and meaning.kind != "o" and _is_weak(written, meaning) and not written.cued:
        return False
    if written.digits:
        return written.capitals >= 1 or len(written.bare) >= 4 or meaning.kind in "ofs"
    if written.word in plain_words() and written.shouting:
        return False
    return _letters_count(written, key, meaning)


def _has_plain_part(written: Written, meaning: Meaning) -> bool:
    """Tell whether a symbol in several words is made up of plain words or bare numbers."""
    return any(
        part in plain_words() or (part.isdigit() and meaning.kind in "ra")
        for part in written.word.split()
    )


def _is_weak(written: Written, meaning: Meaning) -> bool:
    """Tell whether a symbol is so short that a word beside it must say what it is."""
    size = len(key_of(written.bare).replace(" ", ""))
    if meaning.kind.lower() in "ampr":
        return size <= 3
    if meaning.kind != "s" or size > 3:
        return False
    exact = written.capitals == written.letters and len(written.bare) == size
    return size <= 2 or (written.digits and not exact)


def _letters_count(written: Written, key: str, meaning: Meaning) -> bool:
    """Tell whether a symbol without digits counts, by its capitals."""
    if len(written.bare) < 3:
        return written.capitals == written.letters and meaning.kind in "ofs"
    if written.capitals >= 2:
        return True
    if written.capitals == 1 and written.bare[0].isupper():
        if meaning.capitals:
            return False
        if written.word in plain_words():
            return meaning.kind == "o" and (not written.opening or written.cued or written.acting)
        return meaning.kind in "ofsa"
    return written.capitals == 1 or " " in key
