"""When a form counts as a mention: how a symbol has to be written, and what is a plain word."""

from functools import lru_cache
from importlib import resources
from typing import Final

from app.grounding.lexicon import Meaning

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
    return key in stop_words() or (key.endswith("s") and key[:-1] in stop_words())


def is_stump(surface: str, meaning: Meaning) -> bool:
    """Tell whether a symbol before a number may be a part of a longer one (``MDA-MB-231``)."""
    return (
        meaning.symbol
        and meaning.kind != "o"
        and len(surface) <= STUMP
        and not any(char.isdigit() for char in surface)
    )


def _column(name: str) -> list[str]:
    file = resources.files("seeds") / "lexicon" / "own" / name
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    return [line.partition("\t")[0] for line in lines]


def written_right(surface: str, key: str, meaning: Meaning, *, shouting: bool) -> bool:
    """Tell whether the text may mean this by writing it so.

    ``shouting`` tells that the words around are in capitals, as in some titles.
    """
    bare = surface.strip("-")
    letters = [char for char in bare if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if meaning.kind in "rR" and not meaning.symbol:
        return False
    if not meaning.symbol:
        return len(letters) >= 3 or meaning.kind in "of"
    if " " in bare and any(part.lower() in plain_words() for part in bare.split()):
        return False
    if any(char.isdigit() for char in bare):
        return capitals >= 1 or len(bare) >= 4 or meaning.kind in "ofs"
    if shouting and bare.lower() in plain_words():
        return False
    if len(bare) < 3:
        return capitals == len(letters) and meaning.kind in "ofs"
    if capitals >= 2:
        return True
    if capitals == 1 and bare[0].isupper():
        return len(bare) >= 3 and bare.lower() not in plain_words() and meaning.kind in "ofsa"
    return capitals == 1 or " " in key
