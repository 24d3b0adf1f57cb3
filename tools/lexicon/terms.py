"""What is gathered before it is compiled: terms, their names, and how they hang together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.model.vocabulary import Category

_LOWER_RUN = re.compile(r"[a-z]{4,}")
_GREEK_WORD = re.compile(r"alpha|beta|gamma|delta|epsilon|kappa|lambda|zeta|theta|sigma|omega")


@dataclass(slots=True)
class Term:
    """An entity of the lexicon; ``names`` holds each name with the kind that ranks it.

    Kinds: ``o`` own list, ``f`` FamPlex, ``s`` gene symbol, ``n`` preferred name, ``m`` synonym,
    ``a`` gene alias, ``p`` previous symbol, ``r`` name of the orthologue in mouse or rat.
    """

    id: str
    name: str
    category: Category
    source: str
    names: dict[str, str] = field(default_factory=dict)
    xrefs: set[str] = field(default_factory=set)
    taxon: str | None = None
    abbreviation: str | None = None

    def add(self, kind: str, names: Iterable[str]) -> None:
        """Add names; one that is there already keeps the better of both kinds."""
        for raw in names:
            name = " ".join(raw.split())
            held = self.names.get(name)
            if name and (held is None or RANK.index(kind) < RANK.index(held)):
                self.names[name] = kind


RANK = "ofsnmapr"


def is_symbol(name: str, kind: str = "n") -> bool:
    """Tell whether a name is written like a symbol (``MMP9``) and not in words (``vimentin``).

    In our own list a single word with a capital (``Snail``) is one: the capital is meant.
    """
    if kind == "o" and name.isalpha() and name[0].isupper() and name[1:].islower():
        return True
    if _LOWER_RUN.search(_GREEK_WORD.sub("", name)):
        return False
    return sum(char.isupper() for char in name) >= 2 or any(char.isdigit() for char in name)
