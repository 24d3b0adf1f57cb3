"""Which events may become claims: participants that are named, and that are two."""

import re
from typing import Final

from app.extraction.rules.events import Event
from app.extraction.rules.phrases.changes import perturbation_of
from app.extraction.rules.things import Thing
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.vocabulary import Category, PerturbationType, PredicateType

_NAME: Final = re.compile(r"(?=.*[A-Z0-9])(?=.*[A-Za-z])[\w'-]{3,}")
"""A word that looks like a name: with a capital or a digit."""

_WORD: Final = re.compile(r"[^\s(),;:]+")
_MARKED: Final = re.compile(r"(?!anti-|m?RNA|c?DNA)(?=.*[A-Za-z])(?=.+[A-Z0-9])[\w'/+-]{3,}")
"""A word of three or more signs that has a capital or a digit behind its first."""

_NOT_BROUGHT_ABOUT: Final = frozenset(
    {Category.CELL, Category.SMALL_MOLECULE, Category.CHEMICAL_ENTITY}
)

_NESTED: Final = 6
"""Phrases above a participle among which the verb is looked for that acts on them."""

_PLAIN: Final = frozenset({"transitive", "passive", "verb-preposition", "carrier-shows"})
"""Rules that read a clause with a verb of effect."""

_UNSIGNED: Final = frozenset({PredicateType.ASSOCIATED_WITH, PredicateType.ACTIVE_IN})

_PARTICIPANTS: Final = frozenset(Category) - {
    Category.ORGANISM_TAXON,
    Category.ANATOMICAL_ENTITY,
    Category.CELL_LINE,
}


def said(event: Event) -> tuple[object, ...]:
    """Return what tells an event from another of the same sentence."""
    agent, outcome = event.agent, event.outcome
    aspects = tuple(change.aspect for change in outcome.changes if change.aspect is not None)
    return (agent.start, agent.end, outcome.start, outcome.end, aspects)


def is_claimable(sentence: Sentence, event: Event) -> bool:
    """Tell whether agent and outcome are named well enough for a claim.

    An outcome that nothing grounds is kept where a named agent acts on it, since a curator can
    ground it; an agent must be a whole name.
    """
    if not _may_change(event) or _is_itself(event):
        return False
    firm = event.agent.mention is not None and event.agent.whole
    if any(t.mention is None and t.head.word in words().closed.notions for t in _ends(event)):
        return False
    if not _may_act(sentence, event):
        return _is_told_plainly(sentence, event) and _is_content(event.agent) and _is_firm(event)
    if event.predicate in _UNSIGNED:
        return firm and _named(event.outcome) and event.outcome.whole
    if _named(event.outcome) or firm:
        return True
    return _is_told_plainly(sentence, event) and _is_content(event.outcome)


def _is_told_plainly(sentence: Sentence, event: Event) -> bool:
    """Tell whether a clause with a subject of its own states an effect.

    Such a clause names its participants even where nothing grounds one of them.
    """
    anchor = event.anchor
    own = sentence.children(anchor, "nsubj", "nsubjpass")
    plain = event.rule in _PLAIN and event.predicate not in _UNSIGNED
    return plain and bool(own) and anchor.dep in ("ROOT", "conj", "ccomp", "relcl")


def _is_firm(event: Event) -> bool:
    return event.outcome.mention is not None and event.outcome.whole


def _is_content(thing: Thing) -> bool:
    """Tell whether an ungrounded phrase is a noun that names something by itself."""
    vocabulary = words()
    hollow = (
        vocabulary.empty
        | vocabulary.closed.undoing
        | vocabulary.closed.notions
        | vocabulary.closed.people
        | vocabulary.closed.drug_anaphors
        | vocabulary.closed.gene_anaphors
        | vocabulary.transparent
        | vocabulary.organisms
        | vocabulary.cells
        | vocabulary.partitive
    )
    head = thing.head
    if thing.mention is not None or thing.antecedent is not None or head.word in hollow:
        return False
    return head.tag in ("NN", "NNS") and head.text.isalpha() and not thing.changes


def _ends(event: Event) -> tuple[Thing, Thing]:
    return event.agent, event.outcome


def _may_act(sentence: Sentence, event: Event) -> bool:
    """Tell whether the agent is something that can act."""
    agent, mention = event.agent, event.agent.mention
    hollow = words().empty | words().closed.undoing
    if not agent.whole and agent.head.word in hollow:
        return False
    if mention is None:
        return _named(agent) or _holds_name(sentence, agent)
    if not (_named(agent) or _holds_name(sentence, agent)):
        return False
    if mention.category is Category.CELL and agent.changes:
        return False
    return event.rule != "nominal-by" or mention.category not in (Category.DISEASE, Category.CELL)


def _may_change(event: Event) -> bool:
    """Tell whether the outcome is something that the event may have changed."""
    outcome, target = event.outcome, event.outcome.mention
    if outcome.factor == 0 or (outcome.carrier is not None and outcome.changes):
        # What was done to cells beforehand is no outcome.
        return False
    if event.presupposed and event.rule == "passive":
        # "cells activated by X" names a stimulus, "suppressed activity driven by X" a verb misread.
        odd = target is not None and target.category in _NOT_BROUGHT_ABOUT
        return not odd and outcome.factor > 0
    if event.rule != "requires":
        return True
    # "a disorder that required treatment with X" needs no mechanism.
    given = perturbation_of(event.agent) is PerturbationType.TREATMENT
    return not given and (target is None or target.category is not Category.DISEASE)


def _is_itself(event: Event) -> bool:
    """Tell whether agent and outcome are one entity, which is mostly a parse gone wrong."""
    agent, outcome = event.agent.mention, event.outcome.mention
    if agent is None or outcome is None or not (event.agent.whole and event.outcome.whole):
        return False
    return agent.groundings[0].id == outcome.groundings[0].id


def _named(thing: Thing) -> bool:
    """Tell whether a participant is named well enough to be claimed of."""
    mention = thing.mention
    if mention is None and thing.means is not None and thing.means.mention is not None:
        return True
    if mention is None:
        return thing.start == thing.head.start and _is_name(thing)
    return not thing.whole or mention.category in _PARTICIPANTS


def _is_name(thing: Thing) -> bool:
    """Tell whether a word looks like a name: by a digit, capitals, or one in mid-sentence."""
    word = thing.head.text
    if _NAME.fullmatch(word) is None:
        return False
    marked = any(char.isdigit() or char.isupper() for char in word[1:])
    return marked or (thing.head.i > 0 and thing.head.tag in ("NNP", "NNPS"))


def _holds_name(sentence: Sentence, thing: Thing) -> bool:
    """Tell whether one of a phrase's words is marked as a name by capitals or a digit."""
    if any(change.change == 0 for change in thing.changes):
        return False
    words_of = _WORD.findall(sentence.text[thing.start : thing.end])
    return any(_MARKED.fullmatch(word) for word in words_of)


def same_outcome(event: Event, other: Event) -> bool:
    """Tell whether two events speak of outcomes that overlap in the text."""
    here, there = event.outcome, other.outcome
    return here.start < there.end and there.start < here.end


def is_acted_on(sentence: Sentence, token: Token) -> bool:
    """Tell whether what a phrase takes for known is what the sentence says something of.

    "Y prevents the rigidity caused by X" and "interferes with activation of Z by X" are about Y,
    whatever became of that claim; a participle speaks of the noun that it hangs on.
    """
    noun = sentence.head(token) if token.dep in ("acl", "relcl", "amod") else token
    first, verbs = noun, words().verbs
    for _ in range(_NESTED):
        above = sentence.head(noun)
        if above is noun:
            return False
        acts = above.word in verbs and above.tag.startswith("VB")
        if noun.dep in ("dobj", "nsubjpass") and acts:
            return True
        if above.word in words().lists.effects | words().lists.unchanged and noun.dep != "nsubj":
            return True
        if noun.dep == "attr" and noun is not first:
            # "X is a component of the cascade that Z mediates" speaks of X.
            return True
        if noun.dep in ("pobj", "prep", "conj", "appos", "dobj"):
            held = noun.dep == "prep" and acts
            if held and any(noun.word in verb.prepositions for verb in verbs[above.word]):
                return True
            if above.tag.startswith("VB"):
                return False
            noun = above
            continue
        return False
    return False


def is_apart(event: Event) -> bool:
    """Tell whether agent and outcome are two: neither lies in the other."""
    agent, outcome = event.agent, event.outcome
    return agent.end <= outcome.start or outcome.end <= agent.start
