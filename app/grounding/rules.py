"""When a form counts as a mention: how a symbol has to be written, and what is a plain word."""

import re
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


def score(meaning: Meaning, rivals: int) -> float:
    """Return how well a form fits a meaning, of 1; ``rivals`` bear the name as weakly."""
    value = BASE[meaning.kind.lower()]
    if meaning.kind.isupper():
        value -= DERIVED
    if rivals and meaning.kind.lower() in "apr":
        value -= SHARED
    return round(value, 2)


_CUES: Final = (
    r"gene|protein|mRNA|promoter|receptor|kinase|transcript|expression|mutation|mutant|allele|"
    r"knockout|knockdown|siRNA|shRNA|null|ligand|subunit|inhibitor|antagonist|agonist|antibod|"
    r"transgen|signaling|signalling|pathway|phosphorylation|overexpress|cDNA|polymorphism|-/-|\(-/-\)"
)
_AFTER = re.compile(rf"[\s-]?(?:{_CUES})")
_BEFORE = re.compile(r"(?:genes?|proteins?|receptors?|factors?|kinases?|anti|of the gene)[\s-]$")

_CODE_FOLLOWS = re.compile(r"-(?:\d|[A-Z]{1,3}-?\d)")

AROUND: Final = 24
"""Characters on each side that are looked at for cues."""

STUMP: Final = 5
"""The longest symbol that is not taken where a number follows it with a hyphen."""

MOST_TOKENS: Final = 16
"""Names longer than this are none of the lexicon's."""


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Return the forms that are never mentions, in lower case."""
    return frozenset(_column("stop.tsv"))


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Return words that are also symbols: a mention only when written as a symbol."""
    return frozenset(_column("words.tsv"))


def is_stopped(key: str) -> bool:
    """Tell whether a form is on the stop list, in the singular or plural."""
    stopped = stop_words()
    return key in stopped or (
        key.endswith("s") and (key[:-1] in stopped or f"{key[:-3]}y" in stopped)
    )


def _column(name: str) -> list[str]:
    file = resources.files("seeds") / "lexicon" / "own" / name
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    return [line.partition("\t")[0] for line in lines]


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
        return (
            _AFTER.match(self._text, self._end) is not None or _BEFORE.search(before) is not None
        )

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


def counts(written: Written, key: str, meaning: Meaning) -> bool:
    """Tell whether a text that writes a form so may mean this by it."""
    if not meaning.symbol:
        return word_counts(key, meaning)
    if meaning.kind != "o" and written.stump:
        return False
    if " " in written.bare and any(
        part in plain_words() or part.isdigit() and meaning.kind in "ra"
        for part in written.word.split()
    ):
        return False
    if meaning.kind != "o" and _is_weak(written, meaning) and not written.cued:
        return False
    if written.digits:
        return written.capitals >= 1 or len(written.bare) >= 4 or meaning.kind in "ofs"
    if written.word in plain_words() and written.shouting:
        return False
    return _letters_count(written, key, meaning)


def _is_weak(written: Written, meaning: Meaning) -> bool:
    """Tell whether a symbol is so short that a word beside it must say what it is."""
    size = len(key_of(written.bare).replace(" ", ""))
    if meaning.kind in "amprAMPR":
        return size <= 3
    if meaning.kind in "s" and size <= 3 and written.digits:
        return written.capitals != written.letters or len(written.bare) != size or size <= 2
    return size <= 2 and meaning.kind == "s"


def _letters_count(written: Written, key: str, meaning: Meaning) -> bool:
    """Tell the same for a symbol without digits."""
    if len(written.bare) < 3:
        return written.capitals == written.letters and meaning.kind in "ofs"
    if written.capitals >= 2:
        return True
    if written.capitals == 1 and written.bare[0].isupper():
        if written.word in plain_words():
            return meaning.kind == "o" and (not written.opening or written.cued)
        return meaning.kind in "ofsa"
    return written.capitals == 1 or " " in key


def _column(name: str) -> list[str]:
    file = resources.files("seeds") / "lexicon" / "own" / name
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    return [line.partition("\t")[0] for line in lines]


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
        return (
            _AFTER.match(self._text, self._end) is not None or _BEFORE.search(before) is not None
        )

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


def counts(written: Written, key: str, meaning: Meaning) -> bool:
    """Tell whether a text that writes a form so may mean this by it."""
    if not meaning.symbol:
        return word_counts(key, meaning)
    if meaning.kind != "o" and written.stump:
        return False
    if " " in written.bare and any(
        part in plain_words() or part.isdigit() and meaning.kind in "ra"
        for part in written.word.split()
    ):
        return False
    if meaning.kind != "o" and _is_weak(written, meaning) and not written.cued:
        return False
    if written.digits:
        return written.capitals >= 1 or len(written.bare) >= 4 or meaning.kind in "ofs"
    if written.word in plain_words() and written.shouting:
        return False
    return _letters_count(written, key, meaning)


def _is_weak(written: Written, meaning: Meaning) -> bool:
    """Tell whether a symbol is so short that a word beside it must say what it is."""
    size = len(key_of(written.bare).replace(" ", ""))
    if meaning.kind in "amprAMPR":
        return size <= 3
    if meaning.kind in "s" and size <= 3 and written.digits:
        return written.capitals != written.letters or len(written.bare) != size or size <= 2
    return size <= 2 and meaning.kind == "s"


def _letters_count(written: Written, key: str, meaning: Meaning) -> bool:
    """Tell the same for a symbol without digits."""
    if len(written.bare) < 3:
        return written.capitals == written.letters and meaning.kind in "ofs"
    if written.capitals >= 2:
        return True
    if written.capitals == 1 and written.bare[0].isupper():
        if written.word in plain_words():
            return meaning.kind == "o" and (not written.opening or written.cued)
        return meaning.kind in "ofsa"
    return written.capitals == 1 or " " in key


def is_cued(text: str, start: int, end: int) -> bool:
    """Tell whether the word before or after says that a gene or a protein is meant."""
    return _AFTER.match(text, end) is not None or _BEFORE.search(text[max(0, start - 24) : start]) is not None


