"""The gate before the parser: whether a sentence can bear a claim at all."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from app.extraction.rules.sentences import SentenceSpan
from app.extraction.rules.words import words
from app.model.reading import TextMention

_WORD: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


@cache
def _triggers() -> frozenset[str]:
    vocabulary = words()
    found = {
        *vocabulary.verbs,
        *vocabulary.changes,
        *vocabulary.states,
        *vocabulary.null_nouns,
        *vocabulary.agent_nouns,
    }
    found |= vocabulary.adjectives.keys()
    found |= {word for word, kind in vocabulary.compounds.items() if kind == "induced"}
    return frozenset(found | vocabulary.closed.roles | vocabulary.closed.recalled)


def bears(text: str, span: SentenceSpan, mentions: Sequence[TextMention]) -> bool:
    """Tell whether a sentence has a mention and a word that may relate it to something."""
    if not mentions:
        return False
    triggers = _triggers()
    found = {match[0].lower() for match in _WORD.finditer(text, span.start, span.end)}
    return not triggers.isdisjoint(found) or any(
        not triggers.isdisjoint(word.split("-")) for word in found
    )
