"""Voice and negation of a verb."""

from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words

_GOVERNED = ("xcomp", "ccomp", "conj", "acl", "pcomp", "advcl")
"""Relations over which a negation of the governor may reach a verb."""

_REACH = 3
"""Governors above a verb that may deny it."""


def is_passive(sentence: Sentence, token: Token) -> bool:
    """Tell whether a verb is passive, alone or by the verb that it is coordinated with."""
    if sentence.children(token, "auxpass", "nsubjpass"):
        return True
    if token.dep == "acl" and token.tag in ("VBN", "VBD"):
        return True
    if token.tag == "VBN" and sentence.children(token, "agent"):
        # "Hepatitis induced by X", the whole of a title.
        return not sentence.children(token, "dobj", "aux")
    bare = token.tag == "VBN" and not sentence.children(token, "dobj", "nsubj")
    if token.dep == "conj" and bare:
        return is_passive(sentence, sentence.head(token))
    return token.dep == "xcomp" and token.tag == "VBN"


def is_negated(sentence: Sentence, token: Token) -> bool:
    """Tell whether a verb is denied: by itself, by "failed to", by "without"."""
    if is_denied(sentence, token):
        return True
    above = token
    for _ in range(_REACH):
        if above.dep not in _GOVERNED or above.head == above.i:
            return False
        if _denies(sentence, sentence.head(above), above):
            return True
        above = sentence.head(above)
    return False


def _denies(sentence: Sentence, governor: Token, below: Token) -> bool:
    """Tell whether a governor denies what depends on it."""
    lists = words().lists
    if governor.word in lists.failing:
        return True
    if below.dep == "xcomp":
        return governor.word in lists.raising and is_denied(sentence, governor)
    if below.dep == "pcomp":
        return governor.word == "without"
    if below.dep != "conj" or not is_denied(sentence, governor):
        return False
    # "did not induce X or inhibit Y": the negation holds for both.
    own = sentence.children(below, "nsubj", "nsubjpass", "aux", "auxpass")
    joined = sentence.children(governor, "cc")
    return not own and any(each.word in ("or", "nor") for each in joined)


def is_denied(sentence: Sentence, token: Token) -> bool:
    """Tell whether "not" and its like stand with a verb itself."""
    closed = words().closed
    for child in sentence.children(token):
        said = child.dep == "neg" or child.word in closed.denials
        if said and child.dep in ("neg", "preconj", "advmod", "cc"):
            return True
        if child.dep in ("aux", "auxpass") and child.word == "cannot":
            return True
    before = sentence.tokens[token.i - 1] if token.i else None
    return before is not None and before.word in closed.denying_before and before.dep != "cc"
