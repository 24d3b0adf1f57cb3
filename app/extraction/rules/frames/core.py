"""The rules of the grammar over a parsed sentence: which words state that what acts on what.

Each rule has a name, examples and its source in ``rules.toml``; the examples are tests.
"""

from collections.abc import Iterator
from typing import Final

from app.extraction.rules.admission import (
    is_acted_on,
    is_apart,
    is_claimable,
    said,
    same_outcome,
)
from app.extraction.rules.events import Event
from app.extraction.rules.frames import nominal, states, verbs
from app.extraction.rules.frames.clauses import Clauses
from app.extraction.rules.phrases import Phrases
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.unread import turns
from app.extraction.rules.words import words

_FINITE: Final = ("VB", "VBD", "VBP", "VBZ", "VBN", "VBG")


class Frames:
    """Reads the events of one sentence."""

    def __init__(self, sentence: Sentence, phrases: Phrases) -> None:
        self._sentence = sentence
        self._clauses = Clauses(sentence, phrases)
        self._words = words()

    def events(self) -> Iterator[Event]:
        """Yield what the rules read, in the order of the text; nothing is said twice."""
        found: dict[tuple[object, ...], Event] = {}
        for token in self._sentence.tokens:
            for event in self._at(token):
                settled = event.settled()
                if (
                    is_apart(settled)
                    and is_claimable(self._sentence, settled)
                    and not (settled.presupposed and is_acted_on(self._sentence, settled.anchor))
                    and not turns(self._sentence, settled)
                ):
                    found.setdefault(said(settled), settled)
        told = [event for event in found.values() if not event.presupposed]
        for event in found.values():
            if not event.presupposed or not any(same_outcome(event, other) for other in told):
                yield event

    def _at(self, token: Token) -> Iterator[Event]:
        finite, vocabulary = token.tag in _FINITE, self._words
        if finite and token.word in vocabulary.verbs:
            yield from verbs.verb(self._clauses, token)
            yield from verbs.through(self._clauses, token)
        elif finite and token.word in vocabulary.lists.showing:
            yield from states.showing(self._clauses, token)
        if finite and token.word in vocabulary.lists.observed:
            yield from states.observed(self._clauses, token)
        if finite and (token.word in vocabulary.closed.seeing or self._exists(token)):
            yield from states.seen(self._clauses, token)
        if token.word in vocabulary.states:
            yield from states.state(self._clauses, token, vocabulary.states[token.word])
        yield from self._at_noun(token)
        if token.word == "activated" and token.tag == "VBN":
            yield from states.active(self._clauses, token)
        if token.tag in ("NN", "NNS") or token.is_name:
            yield from nominal.compound(self._clauses, token)

    def _exists(self, token: Token) -> bool:
        return token.word in self._words.lists.be and bool(self._sentence.children(token, "expl"))

    def _at_noun(self, token: Token) -> Iterator[Event]:
        vocabulary = self._words
        if token.word in vocabulary.changes:
            yield from nominal.nominal(self._clauses, token)
        if token.word in vocabulary.agent_nouns:
            yield from nominal.agent_noun(self._clauses, token)
        if token.word in vocabulary.lists.effects | vocabulary.lists.unchanged:
            yield from nominal.effect(self._clauses, token)
        if token.word in vocabulary.closed.roles:
            yield from nominal.role(self._clauses, token)
        if token.word in vocabulary.closed.recalled:
            yield from nominal.recalled(self._clauses, token)
