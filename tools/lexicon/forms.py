"""The forms under which names are looked up, and what each may mean."""

import re
from collections import defaultdict
from collections.abc import Iterator

from app.grounding.tokens import SPELLED, key_of
from tools.lexicon.terms import RANK, Term, is_symbol

MAX_TOKENS = 12
LETTER_OF = {"alpha": "a", "beta": "b", "gamma": "g", "delta": "d", "epsilon": "e", "kappa": "k"}
GREEK_OF = {letter: name for name, letter in LETTER_OF.items() if letter in "abgd"}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
ARABIC = {arabic: roman for roman, arabic in ROMAN.items()}


def forms(terms: dict[str, Term]) -> dict[str, list[tuple[str, str, str]]]:
    """Return for each key its (term, kind, style), the best kind of a term only.

    The style is ``S`` for a name written like a symbol, ``W`` for one in words; a kind in
    upper case marks a spelling that was derived.
    """
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for curie, term in terms.items():
        for name, kind in term.names.items():
            style = "S" if is_symbol(name) else "W"
            key = key_of(name)
            if not _usable(name, key, kind):
                continue
            _keep(found[key], (curie, style), kind)
            for variant in variants(name, key):
                if _usable(variant, variant, kind):
                    _keep(found[variant], (curie, style), kind.upper())
    return {
        key: [(curie, kind, style) for (curie, style), kind in entries.items()]
        for key, entries in found.items()
    }


def _keep(entries: dict[tuple[str, str], str], which: tuple[str, str], kind: str) -> None:
    held = entries.get(which)
    if held is None or _order(kind) < _order(held):
        entries[which] = kind


def _order(kind: str) -> tuple[bool, int]:
    return kind.isupper(), RANK.index(kind.lower())


def _usable(name: str, key: str, kind: str) -> bool:
    bare = key.replace(" ", "")
    if not 1 <= len(key.split()) <= MAX_TOKENS or len(bare) < 2 or bare.isdigit():
        return False
    if kind == "o":
        return True
    least = {"a": 3, "p": 3, "r": 3, "m": 3}.get(kind, 2)
    return len(bare) >= least and any(char.isalpha() for char in name)


def variants(name: str, key: str) -> Iterator[str]:
    """Yield the keys of other spellings of a name: numerals, single letters for Greek, singular."""
    tokens = key.split()
    if any(token in SPELLED for token in tokens):
        yield " ".join(LETTER_OF.get(token, token) for token in tokens)
    if len(tokens) >= 2 and tokens[-1] in GREEK_OF and tokens[-2].isdigit():
        yield " ".join([*tokens[:-1], GREEK_OF[tokens[-1]]])
    last = tokens[-1]
    if len(tokens) > 1 and len(tokens[-2]) > 3:
        if last in ROMAN:
            yield " ".join([*tokens[:-1], ROMAN[last]])
        elif last in ARABIC:
            yield " ".join([*tokens[:-1], ARABIC[last]])
    if re.search(r"[a-z]{3}s$", name) and not name.endswith(("ss", "us", "is")):
        yield key[:-3] + "y" if key.endswith("ies") else key[:-1]
