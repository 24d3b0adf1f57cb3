"""Names as every engine compares them: folded, in words, in trigrams."""

import re
import unicodedata

from app.model.text import one_space

MAX_QUERY = 200
"""Characters of a query that a search looks at."""

_WORD = re.compile(r"[^\W_]+")


def fold_name(name: str) -> str:
    """Return a name in the form in which names are compared.

    Compatibility forms are made one (NFKC), case is folded, runs of white space become one space.
    """
    return one_space(unicodedata.normalize("NFKC", name).casefold())


def words(folded: str) -> tuple[str, ...]:
    """Return the words of a folded name: its runs of letters and digits."""
    return tuple(_WORD.findall(folded))


def trigrams(folded: str) -> tuple[str, ...]:
    """Return every run of three characters of a folded name, each once, in order."""
    found = (folded[i : i + 3] for i in range(len(folded) - 2))
    return tuple(dict.fromkeys(found))
