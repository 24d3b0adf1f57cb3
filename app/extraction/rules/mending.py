"""Mends parses of which the words themselves show that they are wrong, before anything is read."""

from typing import Final

from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import Frame, words

_NOUNS: Final = ("NN", "NNS", "NNP", "NNPS")
_FINITE: Final = ("VBD", "VBP", "VBZ")


def mend(sentence: Sentence) -> Sentence:
    """Return the sentence with tokens hung anew where the parser can't be right."""
    for token in sentence.tokens:
        if token.dep in ("xcomp", "advcl") and token.tag in ("VBN", "VBD"):
            _led_to(sentence, token)
        if token.dep == "conj" and token.tag in _FINITE:
            _second_verb(sentence, token)
    for token in sentence.tokens:
        if token.dep in ("conj", "dobj") and token.tag in _NOUNS:
            _listed(sentence, token)
    return sentence


def _led_to(sentence: Sentence, participle: Token) -> None:
    """Read "leads to decreased X": no infinitive ends in *-ed*, so it is an adjective of X."""
    to = next((t for t in sentence.children(participle, "aux") if t.word == "to"), None)
    objects = sentence.children(participle, "dobj")
    verb = sentence.head(participle)
    leads = any("to" in each.prepositions for each in words().verbs.get(verb.word, ()))
    if to is None or not objects or not leads or participle.word not in words().adjectives:
        return
    _hang(sentence, to, verb, "prep")
    to.tag = "IN"
    _hang(sentence, objects[0], to, "pobj")
    _hang(sentence, participle, objects[0], "amod")
    for left in [t for t in sentence.children(participle) if t.dep in ("conj", "cc", "punct")]:
        _hang(sentence, left, objects[0], left.dep)


def _second_verb(sentence: Sentence, verb: Token) -> None:
    """Read "binds to X and inhibits Y" where *inhibits* was hung on X: a verb is no second noun."""
    if sentence.head(verb).tag not in _NOUNS or sentence.children(verb, "nsubj", "nsubjpass"):
        return
    if not sentence.children(verb, "dobj"):
        return
    first = next((t for t in sentence.ancestors(verb) if t.tag in _FINITE), None)
    if first is not None and first.i < verb.i:
        _hang(sentence, verb, first, "conj")


def _listed(sentence: Sentence, noun: Token) -> None:
    """Read "resulted in X and Y" and "raised X and Y" where Y was hung on the verb.

    A noun is no second verb, and *result* takes no object: what stands behind its list's last
    noun and an "and" belongs to the list.
    """
    verb = sentence.head(noun)
    if not verb.tag.startswith("VB") or noun.i <= verb.i:
        return
    frames = {each.frame for each in words().verbs.get(verb.word, ())}
    if noun.dep == "dobj" and frames != {Frame.PREPOSITIONAL}:
        return
    left = min(t.i for t in sentence.subtree(noun) if t.i <= noun.i)
    before = [t for t in sentence.tokens[verb.i + 1 : left] if t.word not in ("both", "also")]
    if not before or before[-1].word not in ("and", "or", ","):
        return
    listed = _last_object(sentence, verb, left)
    if listed is not None:
        _hang(sentence, noun, listed, "conj")


def _last_object(sentence: Sentence, verb: Token, before: int) -> Token | None:
    """Return the last noun of a verb's object, also behind its preposition."""
    objects = [t for t in sentence.children(verb, "dobj") if verb.i < t.i < before]
    if not objects:
        own = {word for each in words().verbs.get(verb.word, ()) for word in each.prepositions}
        objects = [
            noun
            for preposition in sentence.children(verb, "prep")
            if preposition.word in own
            for noun in sentence.children(preposition, "pobj")
            if noun.i < before
        ]
    if not objects:
        return None
    last = objects[-1]
    while following := [t for t in sentence.children(last, "conj") if t.i < before]:
        last = following[-1]
    return last


def _hang(sentence: Sentence, token: Token, head: Token, dep: str) -> None:
    """Hang a token on another head, unless that hangs on it."""
    if token is head or any(above is token for above in sentence.ancestors(head)):
        return
    if token.head != token.i:
        sentence.head(token).children.remove(token.i)
    token.head, token.dep = head.i, dep
    head.children = sorted([*head.children, token.i])
