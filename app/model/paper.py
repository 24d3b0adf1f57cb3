"""What a claim was published in, as one text: what stores number and an index compares.

A claim that was read from an article names that article by its internal id. A claim of an import
names its publications, beside the article where one of them is stored. Claims that name the same
have the same text.
"""

from collections.abc import Iterable
from typing import Final

_BETWEEN: Final = "\x1f"


def paper_of(article_id: str | None, publications: Iterable[str]) -> str | None:
    """Return the text for an article and an import's publications; None where there is neither."""
    named = sorted({each for each in publications if each})
    return _BETWEEN.join((article_id, *named) if article_id else named) or None


def parts_of(paper: str) -> list[str]:
    """Return the article's id, if any, and the publications that a text names."""
    return paper.split(_BETWEEN)
