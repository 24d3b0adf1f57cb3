"""The forms under which names are looked up, and what each may mean."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.grounding.tokens import SPELLED, key_of
from app.model.vocabulary import Category
from tools.lexicon.terms import RANK, Term, is_symbol

MAX_TOKENS = 12
SHORT = 4
"""Letters up to which a gene's name is a symbol though it be in small letters (``met``)."""
GENES = {Category.GENE, Category.GENE_FAMILY, Category.MACROMOLECULAR_COMPLEX}
NOT_GENES = {Category.DISEASE, Category.PHENOTYPIC_FEATURE, Category.BIOLOGICAL_PROCESS}
_ROLE = re.compile(
    r"(?:inhibitors?|antagonists?|agonists?|activators?|blockers?|si ?rnas?|sh ?rnas?|"
    r"antibod(?:y|ies)|antisense oligonucleotides?|kda|mutants?)$"
)
_KIND = re.compile(r" (?:genes?|proteins?|mrnas?|complex(?:es)?|promoter)$")
_STATE = re.compile(r"(?:anti|p|phospho|phosphorylated|active|activated|cleaved|total|si|sh) ")
LETTER_OF = {"alpha": "a", "beta": "b", "gamma": "g", "delta": "d", "epsilon": "e", "kappa": "k"}
GREEK_OF = {letter: name for name, letter in LETTER_OF.items() if letter in "abgd"}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
ARABIC = {arabic: roman for roman, arabic in ROMAN.items()}


def forms(
    terms: dict[str, Term], relations: Iterable[tuple[str, ...]]
) -> dict[str, list[tuple[str, str, str]]]:
    """Return for each key its (term, kind, style), the best kind of a term only.

    The style is ``S`` for a name written like a symbol, ``C`` for one in capitals alone that is
    no gene's (a gene of the mouse is ``Met``), ``W`` for one in words; a kind in upper case marks
    a spelling that was derived.
    """
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for curie, term in terms.items():
        for name, kind in term.names.items():
            style = _style(term, name, kind)
            key = key_of(name)
            if not _usable(name, key, kind):
                continue
            _keep(found[key], (curie, style), kind)
            for variant in variants(name, key):
                if _usable(variant, variant, kind):
                    _keep(found[variant], (curie, style), kind.upper())
    above = _families(relations)
    kept = {
        key: [
            (curie, kind, style)
            for (curie, style), kind in entries.items()
            if not _outdone(terms, above, entries, curie, kind, style)
        ]
        for key, entries in found.items()
    }
    return {key: entries for key, entries in kept.items() if entries}


def _families(relations: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    """Return for each gene the families and complexes that it belongs to, at any height."""
    direct: dict[str, set[str]] = defaultdict(set)
    for child, kind, parent, *_ in relations:
        if kind in ("member_of", "subunit_of"):
            direct[child].add(parent)
    found: dict[str, set[str]] = {}
    for child in direct:
        above, frontier = set(direct[child]), list(direct[child])
        while frontier:
            more = direct.get(frontier.pop(), set()) - above
            above |= more
            frontier.extend(more)
        found[child] = above
    return found


def _outdone(
    terms: dict[str, Term],
    above: dict[str, set[str]],
    entries: dict[tuple[str, str], str],
    curie: str,
    kind: str,
    style: str,
) -> bool:
    """Tell whether a name means something else so clearly that this meaning is dropped.

    A family's name is not its member's alias (NF-kappaB is not NFKB1), and the name of a disease
    is not that of a gene which is called after it.
    """
    if terms[curie].category is not Category.GENE or kind.lower() not in "nmapr":
        return False
    for (other, _), held in entries.items():
        if other in above.get(curie, ()) and held in "of" and kind != "n":
            return True
        if style == "W" and held in "onm" and terms[other].category in NOT_GENES:
            return True
    return False


def _style(term: Term, name: str, kind: str) -> str:
    if not is_symbol(name, kind):
        short = name.isalpha() and len(name) <= SHORT and kind in "fsapmr"
        return "S" if short and term.category in GENES else "W"
    return "C" if name.isupper() and name.isalpha() and term.category not in GENES else "S"


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
    if kind in "fmapr" and _ROLE.search(key):
        return False
    if kind == "f" and (_STATE.match(key) or _KIND.search(key)):
        return False
    least = {"a": 3, "p": 3, "r": 4, "m": 3}.get(kind, 2)
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
