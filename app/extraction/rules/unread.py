"""The last look before a claim: is there a word beside it that turns its sign and was not read?

A parser misses attachments. Where a word that turns a direction stands next to a participant and
no rule took it in ("BAG1 silencing decreases tau" read without the silencing), the claim is not
made: a missed claim is better than a wrong sign.
"""

from typing import Final

from app.extraction.rules.events import Event
from app.extraction.rules.things import Thing
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.vocabulary import Category

_REACH: Final = 4
_LISTED: Final = 10
_PLACES: Final = frozenset(
    {Category.ORGANISM_TAXON, Category.ANATOMICAL_ENTITY, Category.CELL, Category.CELL_LINE}
)


def turns(sentence: Sentence, event: Event) -> bool:
    """Tell whether a word near the event may turn its sign and was not read."""
    return (
        _beside(sentence, event, event.agent)
        or _beside(sentence, event, event.outcome)
        or _weakened(sentence, event)
    )


def _beside(sentence: Sentence, event: Event, thing: Thing) -> bool:
    first = next(t.i for t in sentence.tokens if t.end > thing.phrase_start)
    after = next((t.i for t in sentence.tokens if t.start >= thing.phrase_end), None)
    if any(_is_unread(event, token) for token in _before(sentence, first)):
        return True
    return after is not None and any(
        _is_unread(event, token, noun=True) for token in _behind(sentence, after)
    )


def _before(sentence: Sentence, first: int) -> list[Token]:
    """Return the words before a participant that may turn it, past what it is listed with."""
    found: list[Token] = []
    at, listed = first - 1, False
    while at >= 0 and len(found) < (_LISTED if listed else _REACH):
        token = sentence.tokens[at]
        at -= 1
        if token.mentions and token.compound != "anti" and not _is_adjectival(token):
            if not listed:
                break
        elif token.text == "," or token.word in ("and", "or"):
            listed = True
        elif token.word not in words().closed.skipped:
            found.append(token)
            if token.tag not in ("JJ", "NN", "NNS", "VBG", "VBN", "RB", "CD"):
                break
    return found


def _is_adjectival(token: Token) -> bool:
    mention = token.mention
    return mention is not None and mention.category in _PLACES


def _behind(sentence: Sentence, after: int) -> list[Token]:
    found: list[Token] = []
    for token in sentence.tokens[after : after + 2]:
        if not token.tag.startswith(("NN", "VBG")) or token.mentions:
            break
        found.append(token)
    return found


def _is_unread(event: Event, token: Token, *, noun: bool = False) -> bool:
    if _was_read(event, token):
        return False
    vocabulary = words()
    word = token.word
    if word in vocabulary.changes:
        return vocabulary.changes[word].change < 0
    if token.compound == "anti" or word in vocabulary.gerunds:
        return word != "expressing"
    if word in vocabulary.tools or word in vocabulary.lists.unmoved:
        return True
    if token.tag == "VBG" and token.dep == "amod" and word not in vocabulary.verbs:
        # "Omitting fentanyl reduces nausea": an unknown verb may have undone its object.
        return word not in vocabulary.lists.harmless
    if noun:
        return vocabulary.compounds.get(word) in ("knockout", "knockdown")
    if vocabulary.adjectives.get(word, 0) < 0:
        return True
    verbs = vocabulary.verbs.get(word, ())
    nominal = token.tag not in ("VBD", "VBZ", "VBP") or token.dep in ("amod", "compound")
    return nominal and any(verb.change < 0 for verb in verbs)


def _was_read(event: Event, token: Token) -> bool:
    if event.start <= token.start < event.end or token is event.anchor:
        return True
    return any(
        thing.phrase_start <= token.start < thing.phrase_end
        or any(change.start <= token.start < change.end for change in thing.changes)
        for thing in (event.agent, event.outcome)
    )


def _weakened(sentence: Sentence, event: Event) -> bool:
    compared = sentence.children(event.outcome.head, "amod")
    return any(token.word in words().closed.same for token in compared) or any(
        token.word in words().lists.weakening
        for child in sentence.children(event.anchor, "advmod")
        for token in (child, *sentence.children(child))
    )
