"""Mends parses of which the words themselves show that they are wrong, before anything is read."""

from typing import Final

from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import Frame, words

_NOUNS: Final = ("NN", "NNS", "NNP", "NNPS")
_FINITE: Final = ("VBD", "VBP", "VBZ")
_HAVE: Final = frozenset({"has", "have", "had"})


def mend(sentence: Sentence) -> Sentence:
    """Return the sentence with tokens hung anew where the parser can't be right."""
    for token in sentence.tokens:
        if token.dep in ("xcomp", "advcl") and token.tag in ("VBN", "VBD"):
            _led_to(sentence, token)
        if token.dep == "conj" and token.tag in _FINITE:
            _second_verb(sentence, token)
        if token.tag in ("VBN", "VBD") and _may_describe(token):
            _had(sentence, token)
            _described(sentence, token)
            _carried(sentence, token)
    for token in sentence.tokens:
        if token.dep in ("conj", "dobj") and token.tag in _NOUNS:
            _listed(sentence, token)
        if token.dep == "conj":
            _second_change(sentence, token)
            _second_head(sentence, token)
            _in_clause(sentence, token)
    return sentence


def _may_describe(participle: Token) -> bool:
    """Tell whether a participle may be an adjective that says how a noun is."""
    return participle.word in words().adjectives or participle.word in words().closed.describing


def _had(sentence: Sentence, participle: Token) -> None:
    """Read "X has diminished activity" as X that has it: nothing says that X diminished it.

    A perfect tense stands with an article or an adverb: "has markedly diminished the activity".
    """
    have = next((t for t in sentence.children(participle, "aux") if t.word in _HAVE), None)
    objects = sentence.children(participle, "dobj")
    if have is None or not objects or have.i != participle.i - 1:
        return
    noun = objects[0]
    if sentence.children(noun, "det", "poss") or noun.i < participle.i:
        return
    _to_main(sentence, participle, have)
    have.tag = {"has": "VBZ", "had": "VBD"}.get(have.word, "VBP")
    _hang(sentence, noun, have, "dobj")
    _hang(sentence, participle, noun, "amod")


def _to_main(sentence: Sentence, old: Token, new: Token) -> None:
    """Let a verb that hangs on another stand in its place, with all that hangs on that."""
    head, dep = sentence.head(old), old.dep
    sentence.head(new).children.remove(new.i)
    if old.head == old.i:
        new.head, new.dep = new.i, dep
    else:
        head.children.remove(old.i)
        new.head, new.dep = head.i, dep
        head.children = sorted([*head.children, new.i])
    old.head, old.dep = new.i, "dep"
    new.children = sorted([*new.children, old.i])
    for child in sentence.children(old):
        _hang(sentence, child, new, child.dep)


def _described(sentence: Sentence, participle: Token) -> None:
    """Read "showed A, B and decreased C" as C that is less, shown like A and B."""
    verb = sentence.head(participle)
    objects = sentence.children(participle, "dobj")
    listed = participle.i and sentence.tokens[participle.i - 1].word in (",", "and", "or")
    if participle.dep != "conj" or verb.word not in words().lists.showing or not listed:
        return
    if not objects or sentence.children(participle, "nsubj", "aux", "auxpass", "advmod"):
        return
    noun = objects[0]
    if sentence.children(noun, "det", "poss"):
        return
    last = _last_object(sentence, verb, participle.i)
    _hang(sentence, noun, *((last, "conj") if last is not None else (verb, "dobj")))
    _hang(sentence, participle, noun, "amod")


def _carried(sentence: Sentence, participle: Token) -> None:
    """Read "cells carrying restricted X" as X that is so: what carries it restricts nothing."""
    before = sentence.tokens[participle.i - 1] if participle.i else participle
    if before.tag == "VBG" and not sentence.children(before, "dobj"):
        participle.tag = "JJ"


def _in_clause(sentence: Sentence, name: Token) -> None:
    """Read "complexes containing X and Y" as containing both, where Y was hung on *complexes*."""
    joint = sentence.tokens[name.i - 1] if name.i > 1 else name
    before = sentence.tokens[name.i - 2] if name.i > 1 else name
    gerund = sentence.head(before)
    inside = before.dep == "dobj" and gerund.tag == "VBG" and gerund.dep == "acl"
    if joint.word in ("and", "or") and name.is_name and before.is_name and inside:
        _hang(sentence, name, before, "conj")


def _second_change(sentence: Sentence, noun: Token) -> None:
    """Read "a decrease of X and increase of Y" where the increase was hung on X."""
    change, named = words().changes.get(noun.word), sentence.head(noun)
    if change is None or named.word in words().changes or noun.i + 1 >= len(sentence.tokens):
        return
    joined = sentence.tokens[noun.i + 1]
    if joined.word not in ("of", "in"):
        return
    while named.dep == "conj":
        named = sentence.head(named)
    preposition = sentence.head(named)
    first = sentence.head(preposition)
    nested = named.dep == "pobj" and preposition.dep == "prep"
    while nested and first.dep == "pobj" and first.word not in words().changes:
        first = sentence.head(sentence.head(first))
    if nested and first.word in words().changes and first.i < noun.i:
        _hang(sentence, noun, first, "conj")
        _hang(sentence, joined, noun, "prep")


def _second_head(sentence: Sentence, name: Token) -> None:
    """Read "X cleavage and Y activation" where both were hung on the activation."""
    first = sentence.head(name)
    head = sentence.head(first)
    grammar = words().changes.keys() | words().measures.keys()
    apart = first.word in grammar and head.word in grammar and name.is_name
    if not apart or head.i != name.i + 1 or first.dep not in ("nmod", "compound", "amod"):
        return
    above, dep = sentence.head(head), head.dep
    if head.head == head.i:
        return
    _hang(sentence, name, head, "compound")
    for child in [t for t in sentence.children(head) if t.i < first.i]:
        _hang(sentence, child, first, child.dep)
    head.children.remove(first.i)
    first.head, first.dep = above.i, dep
    above.children = sorted([*above.children, first.i])
    _hang(sentence, head, first, "conj")


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
