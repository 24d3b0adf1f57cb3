"""The gate before the parser: whether a sentence can bear a claim at all."""

import re
from functools import cache
from typing import Final

from app.extraction.rules.sentences import SentenceSpan
from app.extraction.rules.words import words
from app.model.reading import TextMention

_WORD: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_ANAPHOR: Final = re.compile(r"\b(?:it|its|this|these|they)\b", re.IGNORECASE)


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
    return frozenset(found | {"role", "roles", "cooperation", "collaboration", "importance"})


def bears(text: str, span: SentenceSpan, mentions: list[TextMention]) -> bool:
    """Tell whether a sentence names two things, or one and a pronoun, and a word that relates them."""
    if not mentions:
        return False
    sentence = text[span.start : span.end]
    triggers = _triggers()
    if not any(word in triggers for word in map(str.lower, _WORD.findall(sentence))) and not any(
        part in triggers for word in _WORD.findall(sentence) for part in word.lower().split("-")
    ):
        return False
    return True
