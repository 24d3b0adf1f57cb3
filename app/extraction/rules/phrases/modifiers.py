"""What stands before the head of a noun phrase and changes it: adjectives, ties, forms, "no"."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.extraction.rules.phrases import changes, names
from app.extraction.rules.things import Change, Thing
from app.extraction.rules.tokenise import RESISTANT, stays_active
from app.extraction.rules.tokens import Token
from app.model.vocabulary import Category, PerturbationType

if TYPE_CHECKING:
    from app.extraction.rules.phrases.core import Phrases

_REDOX: Final = re.compile(r"(?i)thiore|thione|\b(?:GSH|TRX|cysteine|ferredoxin|cytochrome)\b")
"""Names of what is reduced and oxidised."""

_STATES: Final = frozenset(
    {Category.DISEASE, Category.BIOLOGICAL_PROCESS, Category.PHENOTYPIC_FEATURE}
)
_PLACES: Final = frozenset(
    {Category.ORGANISM_TAXON, Category.ANATOMICAL_ENTITY, Category.CELL, Category.CELL_LINE}
)
_NO: Final = frozenset({"no", "neither"})
_FORM_REACH: Final = 2
"""Tokens before a base noun phrase among which "dominant negative" may begin."""


def modified(phrases: "Phrases", thing: Thing, head: Token, left: list[Token]) -> Thing:
    """Add what adjectives and ties before the head say."""
    for token in reversed(left):
        thing = _by_adjective(phrases, thing, token) or _by_tie(phrases, thing, head, token)
    thing = _with_kind(phrases, thing, head, left)
    formed = _resistant(thing, head) or form(phrases, head, left)
    if formed is not None and not thing.changes:
        thing = under_form(thing, formed)
    denied = phrases.sentence.children(head, "det", "neg", "preconj")
    # Nitric oxide is NO, too.
    if any(child.word in _NO and child.text != "NO" for child in denied):
        thing = replace(thing, none=True)
    return thing


def _with_kind(phrases: "Phrases", thing: Thing, head: Token, left: list[Token]) -> Thing:
    """Let "late-stage" and "human" belong to the name of a process or disease behind them."""
    mention = thing.mention
    plain = thing.head is head and thing.start == head.start and thing.antecedent is None
    if not plain or mention is None or mention.category not in _STATES:
        return thing
    start = thing.start
    for token in reversed(left):
        if token.end > start or not _tells_kind(phrases, token):
            break
        start = token.start
    return replace(thing, start=start, phrase_start=min(start, thing.phrase_start))


def _tells_kind(phrases: "Phrases", token: Token) -> bool:
    """Tell whether a word before a process says of what kind or where it is."""
    if token.mentions:
        return token.is_name and token.mentions[-1].category in _PLACES
    vocabulary = phrases.words
    turning = vocabulary.adjectives.keys() | vocabulary.altered | vocabulary.closed.evaluating
    listed = token.word in turning or token.word in vocabulary.changes
    return token.tag in ("JJ", "NN") and not listed and token.compound is None


def under_form(thing: Thing, formed: Change) -> Thing:
    """Return a thing in a form that says what was done to it.

    What is called a dominant-negative IkappaBalpha is one that can't be degraded (rule 3).
    """
    if formed.perturbation is PerturbationType.DOMINANT_NEGATIVE and _stays_active(thing):
        formed = changes.perturbed(
            formed.start, formed.end, PerturbationType.CONSTITUTIVE_ACTIVATION
        )
    return thing.under(formed)


def _by_adjective(phrases: "Phrases", thing: Thing, token: Token) -> Thing | None:
    """Return the thing under "mutant" or "reduced"; None for another word."""
    named = thing.mention is not None and thing.mention.category in names.GENES
    if token.word in phrases.words.altered and named and not thing.changes:
        change, kind = 0, PerturbationType.MUTATION
    elif token.word == "reduced" and _REDOX.search(thing.head.text):
        # "reduced glutathione" is a state of it, and not less of it.
        return None
    elif token.word in phrases.words.adjectives and token.start < thing.start:
        change = phrases.words.adjectives[token.word]
        kind = PerturbationType.GAIN if change > 0 else PerturbationType.LOSS
    else:
        return None
    return thing.under(
        Change(token.start, token.end, token.end, change, None, kind, adjective=True)
    )


def _by_tie(phrases: "Phrases", thing: Thing, head: Token, token: Token) -> Thing:
    """Return the thing with what "anti-X", "X-induced" or "ectopic" adds to it."""
    start = min(thing.phrase_start, token.start)
    if token.compound == "anti" and thing.mentions == token.mentions and not thing.changes:
        turned = Change(token.start, token.end, token.end, -1)
        return replace(thing, phrase_start=start, changes=(turned,), whole=False)
    if token.compound == "induced" and token is not thing.head:
        return replace(thing, inducers=(*thing.inducers, token), phrase_start=start)
    made = token.word in phrases.words.lists.ectopic and head.word == "expression"
    if made and not thing.changes:
        change = changes.perturbed(token.start, head.end, PerturbationType.OVEREXPRESSION)
        return replace(thing.under(change), measure=None)
    return thing


def _stays_active(thing: Thing) -> bool:
    """Tell whether a protein is an inhibitor whose resistant form acts for good."""
    return thing.mention is not None and stays_active(thing.mention)


def _resistant(thing: Thing, head: Token) -> Change | None:
    """Return what the substitutions of "IkappaBalpha S32A/S36A" make of it."""
    if head.tie != RESISTANT or not thing.whole:
        return None
    start = head.mentions[-1].end + 1
    return changes.perturbed(start, head.end, PerturbationType.CONSTITUTIVE_ACTIVATION)


def form(phrases: "Phrases", head: Token, left: list[Token]) -> Change | None:
    """Return what "dominant-negative" or "constitutively active" says was done."""
    if not left:
        return None
    begin = max(0, left[0].i - _FORM_REACH)
    before = phrases.sentence.tokens[begin : head.i + 1]
    spoken = " ".join(token.word for token in before)
    for words_, kind in phrases.words.forms.items():
        if words_ in spoken:
            first = words_.split()[0]
            start = next((t for t in before if t.word.startswith(first.split("-")[0])), None)
            if start is not None:
                return changes.perturbed(start.start, start.start + len(words_), kind)
    return None
