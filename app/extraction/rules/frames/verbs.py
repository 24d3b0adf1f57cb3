"""Rules whose anchor is a verb of effect."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Final

from app.extraction.rules.events import Event
from app.extraction.rules.frames.clauses import Clause, Clauses, either, measured
from app.extraction.rules.things import Thing, united
from app.extraction.rules.tokens import Token
from app.extraction.rules.words import Frame, Verb
from app.model.vocabulary import Category, PredicateType

_TOGETHER: Final = frozenset({"synergistically", "cooperatively", "jointly", "together"})
_HARM: Final = re.compile(r"tox|death|apopto|injur|damage|defect|degenerat|dysfunct|impair")


def verb(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read a verb by the first of its frames that finds agent and outcome."""
    clause = clauses.clause(token)
    for verb in clauses.words.verbs[token.word]:
        found = list(framed(clauses, verb, clause))
        if found:
            yield from found
            return


def through(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "X suppresses Y through inhibition of Z" as what X does to Z, too."""
    clause = clauses.clause(token)
    if clause.passive or clause.negated:
        return
    for phrase in clauses.sentence.children(token, "prep"):
        if phrase.word not in ("through", "via", "by"):
            continue
        for noun in clauses.sentence.children(phrase, "pobj"):
            said = clauses.words.changes.get(noun.word)
            if said is None or said.change == 0:
                continue
            done = [t for t in clauses.read(noun) if t.changes and t.changes[0].start == noun.start]
            for agent, outcome in product(clause.subjects, done):
                yield Event(
                    rule="through",
                    anchor=token,
                    agent=agent,
                    outcome=replace(outcome, changes=outcome.changes[1:], means=None),
                    predicate=said.predicate,
                    change=said.change,
                    start=noun.start,
                    end=noun.end,
                )


def framed(clauses: Clauses, verb: Verb, clause: Clause) -> Iterator[Event]:
    """Read a verb in one frame: where its agent and its outcome stand."""
    match verb.frame:
        case Frame.TRANSITIVE:
            yield from transitive(clauses, verb, clause)
        case Frame.PREPOSITIONAL:
            objects = clauses.objects(clause.verb, verb.prepositions)
            if clause.passive and verb.predicate is not PredicateType.ASSOCIATED_WITH:
                return
            yield from cross(clauses, "verb-preposition", verb, clause, clause.subjects, objects)
        case Frame.CONVERSE:
            yield from converse(clauses, verb, clause)
        case Frame.PROTECTIVE:
            objects = clauses.objects(clause.verb, verb.prepositions)
            if not clause.passive:
                yield from cross(clauses, "protects-from", verb, clause, clause.subjects, objects)


def transitive(clauses: Clauses, verb: Verb, clause: Clause) -> Iterator[Event]:
    """Read "X inhibits Y", "Y is inhibited by X", "Y increased after X"."""
    token = clause.verb
    if clause.passive:
        agents = clauses.by(token)
        rule = "passive"
        if not agents:
            agents = clauses.circumstance(token, raised=verb.change > 0)
            rule = "passive-circumstance"
        if verb.lemma != "deplete" or not clauses.objects(token, frozenset({"of"})):
            # What is depleted of something was made ready for the experiment.
            yield from cross(clauses, rule, verb, clause, agents, clause.subjects)
        return
    objects = clauses.direct(token)
    if objects:
        yield from cross(clauses, "transitive", verb, clause, clause.subjects, objects)
    elif verb.alone and not clauses.sentence.children(token, "dobj", "xcomp", "ccomp"):
        agents = clauses.circumstance(token, raised=verb.change > 0)
        yield from cross(clauses, "changed-after", verb, clause, agents, clause.subjects)


def converse(clauses: Clauses, verb: Verb, clause: Clause) -> Iterator[Event]:
    """Read "Y requires X" and "Y depends on X"."""
    token = clause.verb
    if verb.prepositions:
        agents = clauses.objects(token, verb.prepositions)
        yield from cross(clauses, "depends-on", verb, clause, agents, clause.subjects)
    elif clause.passive:
        # "X is required for Y" is read as a state; here only "Y requires X".
        return
    else:
        yield from cross(clauses, "requires", verb, clause, clauses.direct(token), clause.subjects)


def cross(
    clauses: Clauses,
    rule: str,
    verb: Verb,
    clause: Clause,
    agents: list[Thing],
    outcomes: list[Thing],
) -> Iterator[Event]:
    """Yield the event of each agent with each outcome."""
    token = clause.verb
    if verb.predicate is PredicateType.REQUIRED_FOR and not clause.negated:
        agents = either(agents)
    if {child.word for child in clauses.sentence.children(token, "advmod")} & _TOGETHER:
        agents = united(agents)
    null = verb.lemma in clauses.words.lists.null_verbs and clause.negated
    verb = directed(clauses, verb, token)
    for agent, outcome in _pairs(clauses, token, agents, measured(outcomes, verb)):
        predicate, change = _rescued(clauses, verb, outcome)
        yield Event(
            rule=rule,
            anchor=token,
            agent=agent,
            outcome=outcome,
            predicate=PredicateType.NO_EFFECT if null else predicate,
            change=0 if null else change,
            start=token.start,
            end=trigger_end(clauses, token),
            lemma=verb.lemma,
            negated=(clause.negated or agent.none or outcome.none) and not null,
            presupposed=clause.passive and token.dep in ("acl", "relcl"),
        )


def _pairs(
    clauses: Clauses, token: Token, agents: list[Thing], outcomes: list[Thing]
) -> Iterable[tuple[Thing, Thing]]:
    """Return each agent with each outcome, or one with one where the text says *respectively*."""
    after = (each.word for each in clauses.sentence.tokens[token.i :])
    if min(len(agents), len(outcomes)) < 2 or "respectively" not in after:
        return product(agents, outcomes)
    return zip(agents, outcomes, strict=True) if len(agents) == len(outcomes) else ()


def directed(clauses: Clauses, verb: Verb, token: Token) -> Verb:
    """Return "negatively regulates" as a verb that lowers."""
    said = {child.word for child in clauses.sentence.children(token, "advmod")}
    if verb.change == 0 and "negatively" in said:
        return replace(verb, predicate=PredicateType.INHIBITS, change=-1)
    if verb.change == 0 and "positively" in said:
        return replace(verb, predicate=PredicateType.PROMOTES, change=1)
    return verb


def trigger_end(clauses: Clauses, token: Token) -> int:
    """Return the end of "depends critically on" and "results in"."""
    own = clauses.words.verbs.get(token.word, ())
    for child in clauses.sentence.children(token, "prep", "agent"):
        between = clauses.sentence.tokens[token.i + 1 : child.i]
        next_to = child.i > token.i and all(each.dep == "advmod" for each in between)
        usual = child.word in clauses.words.closed.trigger_prepositions
        if next_to and usual and any(child.word in verb.prepositions for verb in own):
            return child.end
    return token.end


def _rescued(clauses: Clauses, verb: Verb, outcome: Thing) -> tuple[PredicateType, int]:
    """Return predicate and change of a verb; what is rescued from harm is the harm's undoing.

    "X rescues the decrease in Y" brings Y up, "X rescues neurotoxicity" brings it down.
    """
    if verb.lemma not in clauses.words.closed.rescuing:
        return verb.predicate, verb.change
    if outcome.factor < 0 and verb.lemma != "improve":
        return verb.predicate, -1
    mention = outcome.mention
    words_of = mention.mention.text.lower() if mention is not None else ""
    harm = mention is not None and mention.category is Category.DISEASE
    if verb.lemma in ("rescue", "improve") and (harm or _HARM.search(words_of)):
        return PredicateType.ATTENUATES, -1
    return verb.predicate, verb.change
