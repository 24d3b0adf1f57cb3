"""The forms that the parser gets in place of a text's own words.

A parser of everyday English takes "siRNA reduced invasion" for an invasion that is reduced. Where
the place of a verb is plain (a noun before it, the beginning of a noun phrase behind it), it gets a
verb that can't be misread.
"""

from collections.abc import Sequence
from typing import Final

from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.vocabulary import Category

PAST: Final = "saw"
PRESENT: Final = "sees"

_NAMED: Final = {
    Category.DISEASE: "disease",
    Category.BIOLOGICAL_PROCESS: "activity",
    Category.PHENOTYPIC_FEATURE: "activity",
}
"""Nouns that stand for names of a kind; for all others *protein* does."""

_PLURAL: Final = {"disease": "diseases", "activity": "activities", "protein": "proteins"}
_SINGULAR_ENDS: Final = ("ss", "is", "us")
_ADJECTIVAL: Final = frozenset({Category.ORGANISM_TAXON, Category.ANATOMICAL_ENTITY})
_NOMINAL: Final = ("NN", "JJ")
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})


def settle(tokens: Sequence[Token]) -> None:
    """Give each verb whose place is plain a form that can't be misread."""
    verbs = words().verbs
    for at, token in enumerate(tokens):
        if token.mentions or token.word not in verbs or at == 0 or at + 1 >= len(tokens):
            continue
        if token.word.endswith("ed") or token.word == "led":
            if _is_past_verb(tokens, at):
                token.form = PAST
        elif token.word.endswith("s") and _is_present_verb(tokens, at):
            token.form = PRESENT


def reworded(sentence: Sentence) -> bool:
    """Give words that the parser surely misread a plainer form; tell whether there were any.

    A name is a noun, and the text of an abstract is made of clauses that have a verb.
    """
    misread = [token for token in sentence.tokens if _is_misread_name(token)]
    for token in misread:
        token.form = _noun_for(token)
    verb = None if sentence.span.title else _missing_verb(sentence.tokens)
    if verb is not None:
        verb.form = PAST if verb.word.endswith("ed") else PRESENT
    return bool(misread) or verb is not None


def _is_misread_name(token: Token) -> bool:
    mention = token.mention
    if mention is None or not token.is_name or mention.category in _ADJECTIVAL:
        return False
    return not token.tag.startswith(_NOMINAL)


def _noun_for(token: Token) -> str:
    last = token.text.split()[-1]
    noun = _NAMED.get(token.mentions[-1].category, "protein")
    plural = last.islower() and last.endswith("s") and not last.endswith(_SINGULAR_ENDS)
    return _PLURAL[noun] if plural else noun


def _missing_verb(tokens: Sequence[Token]) -> Token | None:
    """Return what may be the verb of a sentence in which the parser found none."""
    if any(token.tag in _FINITE for token in tokens):
        return None
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.mentions or token.word not in words().verbs:
            continue
        ends = token.word.endswith(("ed", "s"))
        led = after.word in ("in", "to", "with") and token.word in ("results", "correlated")
        if ends and before.word not in words().closed.no_subject_end and (led or _opens(after)):
            return token
    return None


def _is_past_verb(tokens: Sequence[Token], at: int) -> bool:
    before = _before(tokens, at)
    after = tokens[at + 1]
    if at > 2 and tokens[at - 1].word == "and" and _opens(after):
        # "increased A and reduced B": whether verb or adjective, the same is said of B.
        return any(token.form == PAST for token in tokens[max(0, at - 15) : at])
    if before is None or after.word in words().closed.behind_participles:
        return False
    opening = before is tokens[0] and before.text[0].isupper()
    opening = opening or _is_bare_subject(tokens, at, before)
    if not (before.word in words().closed.subject_relatives or opening or _is_noun(before)):
        return False
    if not _opens(after):
        return False
    return tokens[at].word not in words().closed.loose or _is_clause_verb(tokens, at)


def _is_bare_subject(tokens: Sequence[Token], at: int, before: Token) -> bool:
    """Tell whether one unknown word is a clause's subject: "that cipro inhibited X"."""
    place = next(i for i in range(at - 1, -1, -1) if tokens[i] is before)
    opened = place > 0 and tokens[place - 1].word in words().closed.clause_stops
    known = before.word in words().adjectives or before.word in words().closed.finite
    return opened and not known and before.word.isalpha() and not before.word.endswith(("ed", "ly"))


def _is_present_verb(tokens: Sequence[Token], at: int) -> bool:
    before, after = _before(tokens, at), tokens[at + 1]
    if before is None:
        return False
    if tokens[at].word not in words().closed.plural_nouns:
        return True
    if tokens[at].word == "results":
        return after.word == "in" and _is_noun(before)
    return _is_noun(before) and _opens(after)


def _before(tokens: Sequence[Token], at: int) -> Token | None:
    """Return what stands before a verb and its adverbs, if that may be a subject's end."""
    at -= 1
    while at >= 0 and tokens[at].word.endswith("ly") and not tokens[at].mentions:
        at -= 1
    if at < 0:
        return None
    token = tokens[at]
    if token.mentions:
        return None if token.compound == "induced" else token
    if at and len(token.text) == 1 and token.text.isupper():
        # "Licochalcone A suppresses": a capital by itself is part of a name.
        return token
    if token.text == "," and at > 1 and _is_aside(tokens, at):
        return tokens[at - 1]
    if token.word in words().closed.no_subject_end or not token.word[0].isalpha():
        return None
    return token


def _is_aside(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a comma ends the name put in behind "the MEK inhibitor, U0126,"."""
    return bool(tokens[at - 1].mentions) and tokens[at - 2].text == ","


def _is_noun(token: Token) -> bool:
    vocabulary = words()
    if token.mentions:
        return token.compound is None
    word = token.word
    if word in vocabulary.adjectives or word in vocabulary.closed.finite:
        return False
    known = (
        word in vocabulary.changes
        or word in vocabulary.measures
        or word in vocabulary.transparent
        or word in vocabulary.treatment
        or word in vocabulary.tools
        or word in vocabulary.organisms
        or word in vocabulary.cells
        or word in vocabulary.closed.subject_pronouns
    )
    return known or word.endswith(tuple(vocabulary.closed.noun_ends))


def _opens(token: Token) -> bool:
    """Tell whether a noun phrase may begin here."""
    vocabulary = words()
    if (
        token.mentions
        or token.word in vocabulary.closed.openers
        or token.word in vocabulary.adjectives
    ):
        return True
    closed = vocabulary.closed.no_subject_end | vocabulary.closed.unopening
    return token.word[0].isalpha() and token.word not in closed


def _is_clause_verb(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether nothing but a noun phrase stands between a verb and its clause's beginning.

    "TNF induced apoptosis" is a clause, the end of "effects against drug induced toxicity" is none.
    """
    verbs = words().verbs
    clause = _clause_of(tokens, at)
    if any(
        t.word in words().closed.finite or (t.word in verbs and not t.mentions) for _, t in clause
    ):
        return False
    before = [token for here, token in clause if here < at]
    plain = all(t.mentions or t.word in words().closed.in_phrase or _is_noun(t) for t in before)
    return plain or not any(_may_be_verb(token) for _, token in clause)


def _clause_of(tokens: Sequence[Token], at: int) -> list[tuple[int, Token]]:
    """Return the other tokens of the clause around ``at`` with their places."""
    stops = words().closed.clause_stops
    first, last = at, at
    while first > 0 and tokens[first - 1].word not in stops:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].word not in stops:
        last += 1
    return [(here, tokens[here]) for here in range(first, last + 1) if here != at]


def _may_be_verb(token: Token) -> bool:
    """Tell whether a word that the vocabulary does not know looks like a verb."""
    return not token.mentions and token.word.endswith(("s", "ed")) and not _is_noun(token)
