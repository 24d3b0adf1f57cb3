"""Rules whose anchor is a noun: effects, roles, "inhibition of Y by X", "an inhibitor of Y"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Final

from app.extraction.rules.admission import is_acted_on
from app.extraction.rules.events import Event
from app.extraction.rules.frames.clauses import Clauses
from app.extraction.rules.things import Thing
from app.extraction.rules.tokens import Token
from app.extraction.rules.words import AgentNoun
from app.model.vocabulary import PredicateType

_OF: Final = frozenset({"of", "for"})
_ON: Final = ("on", "upon")
_IN: Final = ("in",)
_VERBS: Final = ("VB", "VBD", "VBN", "VBP", "VBZ")
_REPORT: Final = re.compile(r"\b(?:we|case) reports?\b|\bcases? of\b")
"""A case report names what a drug did as a compound: "cyclosporine-induced tremor"."""


def effect(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "had no effect on Y" and "the inhibitory effect of X on Y"."""
    sentence = clauses.sentence
    joins = _IN if token.word in clauses.words.lists.unchanged else _ON
    on = [each for each in sentence.children(token, "prep") if each.word in joins]
    outcomes = [
        thing
        # Behind "changes in Y", a second "in" says where.
        for each in (on[:1] if joins is _IN else on)
        for noun in sentence.children(each, "pobj")
        for thing in clauses.read(noun)
    ]
    governor = sentence.head(token)
    acted_on = _acts(clauses, governor) and token.dep in ("dobj", "nsubjpass")
    if token.dep == "pobj" and governor.word in ("for", "to"):
        # What is required for an effect takes that for known.
        return
    if acted_on and governor.word not in clauses.words.lists.showing:
        # "blocked the inhibitory effect of X on Y" says the contrary of the effect.
        return
    signs = _signs_of(clauses, token)
    agents, none, anchor = _bearer(clauses, token)
    if not outcomes or not (none or signs):
        return
    if not agents:
        agents = [
            thing
            for of in sentence.children(token, "prep")
            if of.word == "of"
            for noun in sentence.children(of, "pobj")
            for thing in clauses.read(noun)
        ]
    on_end = next(
        (on.end for on in sentence.children(token, "prep") if on.word in joins), token.end
    )
    change = 0 if none else signs[0]
    for agent, outcome in product(agents, outcomes):
        yield Event(
            rule="no-effect-on" if none else "effect-on",
            anchor=token if anchor.word == "without" else anchor,
            agent=agent,
            outcome=outcome,
            predicate=PredicateType.NO_EFFECT if none else acts(change),
            change=change,
            start=anchor.start,
            end=on_end,
        )


def _acts(clauses: Clauses, governor: Token) -> bool:
    """Tell whether a verb does something to its object: *cause* leaves it to that to say what."""
    lemmas = {verb.lemma for verb in clauses.words.verbs.get(governor.word, ())}
    return bool(lemmas) and not lemmas & clauses.words.lists.light


def _bearer(clauses: Clauses, token: Token) -> tuple[list[Thing], bool, Token]:
    """Return who has an effect, whether it is none, and the word that says so."""
    sentence, governor = clauses.sentence, clauses.sentence.head(token)
    denied = clauses.words.closed.denied_effects
    none = any(c.word in denied for c in sentence.children(token, "det", "neg", "amod"))
    if token.dep == "conj" and governor.dep == "dobj":
        verb = sentence.head(governor)
        return clauses.subjects(verb, clauses.is_passive(verb)), none, token
    if token.dep == "dobj" and governor.tag.startswith("VB"):
        agents = clauses.subjects(governor, clauses.is_passive(governor))
        return agents, none or clauses.is_negated(governor), governor
    if token.dep == "attr" and sentence.children(governor, "expl"):
        # "There was no change in Y after X."
        agents = clauses.circumstance(governor, raised=True)
        return agents or clauses.circumstance(token, raised=True), none, governor
    if token.dep == "pobj" and governor.word == "without":
        verb = sentence.head(governor)
        return clauses.subjects(verb, clauses.is_passive(verb)), True, governor
    return [], none, token


def role(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "plays an essential role in Y" and "an essential role for X during Y"."""
    sentence = clauses.sentence
    adjectives = {child.word for child in sentence.children(token, "amod")}
    if not adjectives & clauses.words.lists.needed:
        return
    governor = sentence.head(token)
    outcomes = clauses.objects(token, frozenset({"in", "during"}))
    agents = clauses.objects(token, frozenset({"for", "of"}))
    anchor = token
    if not agents and governor.word in clauses.words.closed.role_verbs:
        agents = clauses.subjects(governor, False)
        outcomes = outcomes or clauses.objects(governor, frozenset({"in", "during"}))
        anchor = governor
    first = next((c for c in sentence.children(token, "amod")), token)
    preposition = next((c for c in sentence.children(token, "prep")), token)
    for agent in agents:
        for outcome in outcomes:
            yield Event(
                rule="essential-role",
                anchor=anchor,
                agent=agent,
                outcome=outcome,
                predicate=PredicateType.REQUIRED_FOR,
                change=1,
                start=first.start,
                end=max(token.end, preposition.end if preposition.i == token.i + 1 else token.end),
                negated=clauses.is_negated(anchor),
            )


def recalled(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "the cooperation of A and B in C" and "the importance of A for C": known before."""
    if token.word == "importance":
        agents = clauses.objects(token, frozenset({"of"}))
        outcomes = clauses.objects(token, frozenset({"for", "in"}))
    else:
        joint = [t.effect for t in clauses.phrases.things(token) if t.effect is not None]
        agents, outcomes = [cause for cause, _ in joint], [target for _, target in joint]
    for agent in agents:
        for outcome in outcomes:
            yield Event(
                rule="recalled",
                anchor=token,
                agent=agent,
                outcome=outcome,
                predicate=PredicateType.PROMOTES,
                change=1,
                start=token.start,
                end=token.end,
                known=True,
            )


def nominal(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "inhibition of Y by X" where the phrase itself is the statement."""
    noun = clauses.words.changes[token.word]
    by = clauses.phrases.prepositions(token, ("by",))
    if not by:
        return
    outcomes = [
        t for t in clauses.phrases.things(token) if t.changes and t.changes[0].start == token.start
    ]
    agents = [
        thing
        for each in by
        for word in clauses.sentence.children(each, "pobj", "pcomp")
        for thing in clauses.read(word)
    ]
    for agent in agents:
        for outcome in outcomes:
            rest = replace(outcome, changes=outcome.changes[1:], means=None)
            yield Event(
                rule="nominal-by",
                anchor=token,
                agent=agent,
                outcome=rest,
                predicate=noun.predicate,
                change=noun.change,
                start=token.start,
                end=token.end,
                negated=outcome.none,
                presupposed=is_acted_on(clauses.sentence, token),
            )


def agent_noun(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "X is an inhibitor of Y" and "X, an inhibitor of Y,"."""
    noun = clauses.words.agent_nouns[token.word]
    named = clauses.objects(token, _OF)
    outcomes = named or clauses.phrases.standing_before(token)
    if not outcomes:
        return
    agents, negated = _so_called(clauses, token, bool(named))
    predicate, change = _directed(clauses, token, noun)
    if noun.converse:
        agents, outcomes = outcomes, agents
    governor = clauses.sentence.head(token)
    for agent, outcome in product(agents, outcomes):
        yield Event(
            rule="agent-noun",
            anchor=governor if governor.tag.startswith("VB") else token,
            agent=agent,
            outcome=outcome,
            predicate=predicate,
            change=change,
            start=token.start,
            end=token.end,
            negated=negated,
        )


def _so_called(clauses: Clauses, token: Token, complete: bool) -> tuple[list[Thing], bool]:
    """Return who is called an inhibitor, and whether that is denied.

    ``complete`` tells that the noun says of what: without that an apposition only names.
    """
    governor = clauses.sentence.head(token)
    if token.dep in ("attr", "oprd") and governor.word in clauses.words.lists.be:
        return clauses.subjects(governor, False), clauses.is_negated(governor)
    if token.dep == "appos" and complete:
        return clauses.read(governor), False
    if token.dep == "pobj" and governor.word == "as":
        verb = clauses.sentence.head(governor)
        if verb.word in clauses.words.lists.raising:
            return clauses.subjects(verb, clauses.is_passive(verb)), False
    return [], False


def _directed(clauses: Clauses, token: Token, noun: AgentNoun) -> tuple[PredicateType, int]:
    """Return predicate and change of a noun; "negative regulator" has a direction."""
    kinds = {child.word for child in clauses.sentence.children(token, "amod")}
    if noun.change == 0 and kinds & clauses.words.closed.lowering_kinds:
        return PredicateType.INHIBITS, -1
    if noun.change == 0 and kinds & clauses.words.closed.raising_kinds:
        return PredicateType.PROMOTES, 1
    return noun.predicate, noun.change


def compound(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "X-induced Y" where nothing else in the sentence is said of Y."""
    sentence = clauses.sentence
    if not sentence.span.title and not _REPORT.search(sentence.words()):
        return
    if any(
        t.word in clauses.words.verbs and t.tag in _VERBS and t.dep != "amod"
        for t in sentence.tokens
    ):
        # Where the sentence says of something what it does, the compound only names.
        return
    ties = [
        each
        for each in clauses.sentence.children(token)
        if each.compound == "induced" and each.i < token.i
    ]
    if not ties:
        return
    for thing, tie in product(clauses.phrases.things(token)[:1], ties):
        predicate, mention = clauses.words.ties.get(tie.tie), tie.mention
        if predicate is None or mention is None or thing.changes:
            continue
        yield Event(
            rule="tied",
            anchor=token,
            agent=Thing.named(tie, mention),
            outcome=replace(thing, inducers=()),
            predicate=predicate,
            change=1,
            start=mention.end,
            end=tie.end,
            presupposed=True,
        )


def acts(change: int) -> PredicateType:
    """Return the predicate of an effect that only has a direction."""
    return PredicateType.PROMOTES if change > 0 else PredicateType.INHIBITS


def _signs_of(clauses: Clauses, token: Token) -> list[int]:
    """Return the signs that the adjectives of an effect say."""
    lists = clauses.words.lists
    said = [child.word for child in clauses.sentence.children(token, "amod", "compound")]
    return [
        1 if word in lists.raising_effects else -1
        for word in said
        if word in lists.raising_effects | lists.lowering_effects
    ]
