"""Rules of states: what is required, what perturbed animals show, what is active where."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from app.extraction.rules.events import Event
from app.extraction.rules.frames.clauses import Clauses, either, measured
from app.extraction.rules.things import Change, Thing
from app.extraction.rules.tokens import Token
from app.extraction.rules.words import Frame, State
from app.model.vocabulary import Category, PredicateType


def showing(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "p53-deficient mice showed reduced apoptosis" and "X had no effect on Y"."""
    clause = clauses.clause(token)
    if clause.passive:
        return
    for child in clauses.sentence.children(token, "dobj"):
        if child.word in clauses.words.lists.effects:
            continue
        for agent in clause.subjects:
            if agent.carrier is None or not agent.changes:
                continue
            for outcome in clauses.read(child):
                if not outcome.changes:
                    continue
                outer = outcome.changes[0]
                rest = replace(outcome, changes=outcome.changes[1:], phrase_start=outcome.start)
                yield Event(
                    rule="carrier-shows",
                    anchor=token,
                    agent=agent,
                    outcome=rest,
                    predicate=plain(outer.change),
                    change=outer.change,
                    start=outer.start,
                    end=outer.end,
                    negated=clause.negated or outcome.none,
                )


def observed(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "impairment of Y was observed after X" by the change that was observed."""
    if clauses.is_passive(token) and not clauses.is_negated(token):
        yield from _changed(clauses, token, clauses.subjects(token, True), [token])


def seen(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "we observed less Y in X-deficient mice" and "there was less Y after X"."""
    if clauses.is_passive(token) or clauses.is_negated(token):
        return
    kind = "attr" if clauses.sentence.children(token, "expl") else "dobj"
    for noun in clauses.sentence.children(token, kind):
        listed = [noun, *clauses.phrases.coordinates(noun)]
        yield from _changed(clauses, token, clauses.read(noun), [token, *listed])


def _changed(
    clauses: Clauses, token: Token, outcomes: list[Thing], places: list[Token]
) -> Iterator[Event]:
    """Yield the changes that were seen with what was done, as one of ``places`` says."""
    for outcome in outcomes:
        if not outcome.changes or outcome.none:
            continue
        outer = outcome.changes[0]
        rest = replace(outcome, changes=outcome.changes[1:], phrase_start=outcome.start)
        raised = outer.change > 0
        agents = [t for place in places for t in clauses.circumstance(place, raised=raised)]
        for agent in agents:
            yield Event(
                rule="observed-after",
                anchor=token,
                agent=agent,
                outcome=rest,
                predicate=outer.predicate or plain(outer.change),
                change=outer.change,
                start=outer.start,
                end=outer.end,
            )


def state(clauses: Clauses, token: Token, state: State) -> Iterator[Event]:
    """Read "X is required for Y", "Y is dependent on X"."""
    subjects, negated, copula = _of_state(clauses, token)
    named = copula is token and not _is_passive_state(clauses, token)
    if state.predicate is PredicateType.ASSOCIATED_WITH and (named or negated):
        # "X linked to Y" names a thing; that two are not linked is no null result.
        return
    others = clauses.objects(token, state.prepositions) + to_verb(clauses, token)
    if token.dep == "prep":
        # "disorder due to X" hangs X on "due" itself.
        nouns = clauses.sentence.children(token, "pobj")
        others += [thing for noun in nouns for thing in clauses.read(noun)]
    if not others and copula is not token:
        others = clauses.objects(copula, state.prepositions)
    agents, outcomes = (others, subjects) if state.converse else (subjects, others)
    if state.predicate is PredicateType.REQUIRED_FOR and negated == state.negated:
        agents = either(agents)
    start, end = _trigger(clauses, token, copula, state)
    for agent, outcome in product(agents, outcomes):
        yield Event(
            rule=f"state-{state.predicate.value.replace('_', '-')}",
            anchor=copula,
            agent=agent,
            outcome=outcome,
            predicate=state.predicate,
            change=state.change,
            start=start,
            end=end,
            negated=negated != state.negated,
        )


def _is_passive_state(clauses: Clauses, token: Token) -> bool:
    return token.tag == "VBN" and bool(clauses.sentence.children(token, "auxpass", "nsubjpass"))


def _of_state(clauses: Clauses, token: Token) -> tuple[list[Thing], bool, Token]:
    """Return who is in a state, whether that is denied, and the word that says so."""
    governor = clauses.sentence.head(token)
    if _is_passive_state(clauses, token):
        return clauses.subjects(token, True), clauses.is_negated(token), token
    predicative = token.dep in ("acomp", "attr", "oprd", "conj")
    if predicative and governor.tag.startswith(("VB", "JJ")):
        verb = governor if governor.tag.startswith("VB") else clauses.sentence.head(governor)
        return clauses.subjects(verb, clauses.is_passive(verb)), clauses.is_negated(verb), verb
    if token.dep == "prep" and governor.word in clauses.words.lists.be:
        return clauses.subjects(governor, False), clauses.is_negated(governor), token
    if token.dep in ("acl", "amod", "relcl", "prep") and token.i > governor.i:
        if governor.mention is not None and governor.mention.category is Category.CELL:
            # "a factor in T cells necessary for Y" speaks of the factor.
            return [], False, token
        return clauses.read(governor), False, token
    return [], False, token


def _trigger(clauses: Clauses, token: Token, copula: Token, state: State) -> tuple[int, int]:
    """Return the offsets of "is essential for"."""
    sentence = clauses.sentence
    said = (*sentence.children(token, "auxpass"), copula)
    start = min((t.start for t in said if t.word in clauses.words.lists.be), default=token.start)
    prepositions = sentence.children(token, "prep")
    end = next((c.end for c in prepositions if c.word in state.prepositions), token.end)
    return start, end


def to_verb(clauses: Clauses, token: Token) -> list[Thing]:
    """Read "sufficient to induce Y" by the verb's object."""
    found: list[Thing] = []
    for child in clauses.sentence.children(token, "xcomp", "advcl"):
        verbs = clauses.words.verbs.get(child.word, ())
        verb = next((v for v in verbs if v.frame is Frame.TRANSITIVE and v.change), None)
        if verb is not None and verb.change > 0:
            found += measured(clauses.direct(child), verb)
    return found + _for_doing(clauses, token)


def _for_doing(clauses: Clauses, token: Token) -> list[Thing]:
    """Read "essential for maintaining Y" and "required for repressing Y" by the verb's object."""
    found: list[Thing] = []
    for phrase in clauses.sentence.children(token, "prep"):
        for child in clauses.sentence.children(phrase, "pcomp"):
            verbs = clauses.words.verbs.get(child.word, ())
            verb = next((v for v in verbs if v.frame is Frame.TRANSITIVE and v.change), None)
            if phrase.word != "for" or verb is None:
                continue
            done = Change(child.start, child.end, child.end, verb.change, verb.predicate)
            objects = measured(clauses.direct(child), verb)
            found += [t.under(done) if done.change < 0 else t for t in objects]
    return found


def active(clauses: Clauses, token: Token) -> Iterator[Event]:
    """Read "X is activated in cancer" as a state, which nobody brought about."""
    if clauses.by(token) or not clauses.sentence.children(token, "nsubjpass"):
        return
    be = clauses.sentence.children(token, "auxpass")
    into = [c for c in clauses.sentence.children(token, "prep") if c.word == "in"]
    for agent in clauses.subjects(token, True):
        for outcome in clauses.objects(token, frozenset({"in"})):
            mention = outcome.mention
            if mention is None or mention.category is not Category.DISEASE:
                continue
            yield Event(
                rule="active-in",
                anchor=token,
                agent=agent,
                outcome=outcome,
                predicate=PredicateType.ACTIVE_IN,
                change=0,
                start=be[0].start if be else token.start,
                end=into[0].end,
                negated=clauses.is_negated(token),
            )


def plain(change: int) -> PredicateType:
    """Return the predicate of a change that only has a direction."""
    return PredicateType.INCREASES if change > 0 else PredicateType.DECREASES
