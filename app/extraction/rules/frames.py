"""The rules of the grammar over a parsed sentence: which words state that what acts on what.

Each rule has a name, an example and its source in ``rules.toml``; the examples are tests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.extraction.rules.events import Event
from app.extraction.rules.phrases import LOWERING, Phrases
from app.extraction.rules.things import Change, Thing
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.unread import turns
from app.extraction.rules.words import Frame, State, Verb, words
from app.model.vocabulary import Category, PerturbationType, PredicateType

_FINITE: Final = ("VB", "VBD", "VBP", "VBZ", "VBN", "VBG")
_RAISING: Final = frozenset(
    {"appear", "appears", "appeared", "seem", "seems", "seemed", "found", "shown", "known", "thought", "believed", "reported", "demonstrated", "suggested", "able", "unable", "fail", "fails", "failed", "failing", "serve", "serves", "served", "act", "acts", "acted", "function", "functions", "tend", "tends", "expected", "proposed", "used", "likely", "observed", "proven", "sufficient", "capable", "ability", "continue", "suffices", "required", "necessary", "needed"}
)
_FAILING: Final = frozenset({"fail", "fails", "failed", "failing", "unable", "inability", "failure"})
_SHOWING: Final = frozenset(
    {"showed", "show", "shows", "exhibited", "exhibit", "exhibits", "displayed", "display", "displays", "had", "have", "has", "developed", "develop", "experienced", "demonstrated", "revealed", "produced", "secreted", "expressed", "released", "produce", "secrete", "express"}
)
_AFTER: Final = frozenset({"after", "upon", "following", "by", "through", "via", "with", "in"})
_EFFECTS: Final = frozenset({"effect", "effects", "influence", "impact"})
_UNCHANGED: Final = frozenset({"change", "changes", "alteration", "alterations", "difference"})
_SIGNED_EFFECT: Final = {"inhibitory": -1, "suppressive": -1, "stimulatory": 1, "stimulating": 1, "stimulative": 1, "inhibiting": -1, "antagonistic": -1, "enhancing": 1, "potentiating": 1, "protective": -1}
_PREPOSITIONS: Final = frozenset({"by", "of", "with", "from", "to", "for", "on", "into"})
_ABILITIES: Final = frozenset({"ability", "capacity", "potential", "capability"})
_BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being", "remains", "remained", "became", "becomes", "'s"})
_NULL_VERBS: Final = frozenset({"affect", "alter", "change", "influence", "modify", "modulate", "impact"})


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb with who does it and what it is done to."""

    verb: Token
    passive: bool
    subjects: list[Thing]
    negated: bool


class Frames:
    """Reads the events of one sentence."""

    def __init__(self, sentence: Sentence, phrases: Phrases) -> None:
        self._sentence = sentence
        self._phrases = phrases
        self._words = words()

    def events(self) -> Iterator[Event]:
        """Yield what the rules read, in the order of the text; nothing is said twice."""
        found: dict[tuple[object, ...], Event] = {}
        for token in self._sentence.tokens:
            for event in self._at(token):
                settled = event.settled()
                if _apart(settled) and _claimable(settled) and not turns(self._sentence, settled):
                    found.setdefault(_said(settled), settled)
        told = [event for event in found.values() if not event.presupposed]
        for event in found.values():
            if not event.presupposed or not any(_same_outcome(event, other) for other in told):
                yield event

    def _at(self, token: Token) -> Iterator[Event]:
        if token.tag in _FINITE and token.word in self._words.verbs:
            yield from self._verb(token)
        elif token.word in _SHOWING and token.tag in _FINITE:
            yield from self._showing(token)
        if token.word in self._words.states:
            yield from self._state(token, self._words.states[token.word])
        if token.word in self._words.changes:
            yield from self._nominal(token)
        if token.word in self._words.agent_nouns:
            yield from self._agent_noun(token)
        if token.word in _EFFECTS or token.word in _UNCHANGED:
            yield from self._effect(token)
        if token.word in ("role", "roles"):
            yield from self._role(token)
        if token.word in ("cooperation", "collaboration", "importance"):
            yield from self._recalled(token)
        if token.word == "activated" and token.tag == "VBN":
            yield from self._active(token)
        if token.tag in ("NN", "NNS") or token.is_name:
            yield from self._compound(token)

    # Verbs

    def _verb(self, token: Token) -> Iterator[Event]:
        clause = self._clause(token)
        for verb in self._words.verbs[token.word]:
            found = list(self._framed(verb, clause))
            if found:
                yield from found
                return

    def _framed(self, verb: Verb, clause: _Clause) -> Iterator[Event]:
        match verb.frame:
            case Frame.TRANSITIVE:
                yield from self._transitive(verb, clause)
            case Frame.PREPOSITIONAL:
                objects = self._objects(clause.verb, verb.prepositions)
                if clause.passive and verb.predicate is not PredicateType.ASSOCIATED_WITH:
                    return
                yield from self._cross("verb-preposition", verb, clause, clause.subjects, objects)
            case Frame.CONVERSE:
                yield from self._converse(verb, clause)
            case Frame.PROTECTIVE:
                objects = self._objects(clause.verb, verb.prepositions)
                if not clause.passive:
                    yield from self._cross("protects-from", verb, clause, clause.subjects, objects)

    def _transitive(self, verb: Verb, clause: _Clause) -> Iterator[Event]:
        token = clause.verb
        if clause.passive:
            agents = self._by(token)
            rule = "passive"
            if not agents:
                agents, rule = self._circumstance(token), "passive-circumstance"
            yield from self._cross(rule, verb, clause, agents, clause.subjects)
            return
        objects = self._direct(token)
        if objects:
            yield from self._cross("transitive", verb, clause, clause.subjects, objects)
        elif verb.alone and not self._sentence.children(token, "dobj", "xcomp", "ccomp"):
            agents = self._circumstance(token)
            yield from self._cross("changed-after", verb, clause, agents, clause.subjects)

    def _converse(self, verb: Verb, clause: _Clause) -> Iterator[Event]:
        token = clause.verb
        if verb.prepositions:
            agents = self._objects(token, verb.prepositions)
            yield from self._cross("depends-on", verb, clause, agents, clause.subjects)
        elif clause.passive:
            # "X is required for Y" is read as a state; here only "Y requires X".
            return
        else:
            yield from self._cross("requires", verb, clause, self._direct(token), clause.subjects)

    def _cross(
        self, rule: str, verb: Verb, clause: _Clause, agents: list[Thing], outcomes: list[Thing]
    ) -> Iterator[Event]:
        token = clause.verb
        null = verb.lemma in _NULL_VERBS and clause.negated
        verb = self._directed(verb, token)
        for agent in agents:
            for outcome in outcomes:
                predicate, change = _rescued(verb, outcome)
                negated = clause.negated or agent.none or outcome.none
                if verb.measure is not None:
                    outcome = replace(outcome, measure=verb.measure)
                yield Event(
                    rule=rule,
                    anchor=token,
                    agent=agent,
                    outcome=outcome,
                    predicate=PredicateType.NO_EFFECT if null else predicate,
                    change=0 if null else change,
                    start=token.start,
                    end=self._trigger_end(token),
                    lemma=verb.lemma,
                    negated=negated and not null,
                    presupposed=clause.passive and token.dep == "acl",
                )

    def _directed(self, verb: Verb, token: Token) -> Verb:
        """Return "negatively regulates" as a verb that lowers."""
        said = {child.word for child in self._sentence.children(token, "advmod")}
        if verb.change == 0 and "negatively" in said:
            return replace(verb, predicate=PredicateType.INHIBITS, change=-1)
        if verb.change == 0 and "positively" in said:
            return replace(verb, predicate=PredicateType.PROMOTES, change=1)
        return verb

    def _trigger_end(self, token: Token) -> int:
        """Return the end of "depends critically on" and "results in"."""
        tokens = self._sentence.tokens
        for child in self._sentence.children(token, "prep", "agent"):
            between = tokens[token.i + 1 : child.i]
            if child.i > token.i and all(each.dep == "advmod" for each in between):
                if child.word in ("on", "upon", "in", "to", "from", "with") and token.word in self._words.verbs:
                    if any(child.word in v.prepositions for v in self._words.verbs[token.word]):
                        return child.end
        return token.end

    def _clause(self, token: Token) -> _Clause:
        passive = self._is_passive(token)
        return _Clause(token, passive, self._subjects(token, passive), self._is_negated(token))

    def _is_passive(self, token: Token) -> bool:
        sentence = self._sentence
        if sentence.children(token, "auxpass", "nsubjpass"):
            return True
        if token.dep == "acl" and token.tag in ("VBN", "VBD"):
            return True
        if token.dep == "conj" and token.tag == "VBN" and not sentence.children(token, "dobj", "nsubj"):
            return self._is_passive(sentence.head(token))
        if token.dep == "xcomp" and token.tag == "VBN":
            return True
        return False

    def _is_negated(self, token: Token) -> bool:
        sentence = self._sentence
        if self._denied(token):
            return True
        above = token
        for _ in range(3):
            if above.dep not in ("xcomp", "ccomp", "conj", "acl", "pcomp", "advcl") or above.head == above.i:
                return False
            governor = sentence.head(above)
            if governor.word in _FAILING:
                return True
            if above.dep == "xcomp" and governor.word in _RAISING and self._denied(governor):
                return True
            if above.dep == "pcomp" and governor.word == "without":
                return True
            if above.dep == "conj" and not sentence.children(above, "nsubj", "nsubjpass", "aux", "auxpass"):
                if self._denied(governor) and any(
                    child.word in ("or", "nor") for child in sentence.children(governor, "cc")
                ):
                    return True
            above = governor
        return False

    def _denied(self, token: Token) -> bool:
        sentence = self._sentence
        for child in sentence.children(token):
            if child.dep == "neg" or child.word in ("not", "n't", "neither", "nor", "never", "no"):
                if child.dep in ("neg", "preconj", "advmod", "cc"):
                    return True
            if child.dep in ("aux", "auxpass") and child.word in ("cannot",):
                return True
        before = sentence.tokens[token.i - 1] if token.i else None
        return before is not None and before.word in ("not", "cannot", "without") and before.dep != "cc"

    # Arguments

    def _subjects(self, token: Token, passive: bool, depth: int = 0) -> list[Thing]:
        """Return what stands as subject of a verb, also where another clause holds it."""
        if depth > 4:
            return []
        sentence = self._sentence
        own = sentence.children(token, "nsubjpass" if passive else "nsubj", "csubj", "csubjpass", "nsubj")
        if own:
            subject = own[-1]
            if self._is_astray(subject):
                return []
            if subject.word in ("it", "they") and token.dep in ("conj", "advcl"):
                governor = sentence.head(token)
                return self._subjects(governor, self._is_passive(governor), depth + 1)
            if subject.word in ("which", "that", "who", "whose") and token.dep in ("relcl", "acl", "ccomp"):
                return self._antecedent(token)
            return self._read(subject)
        governor = sentence.head(token)
        if governor.i == token.i:
            return []
        if token.dep == "xcomp" and governor.word in ("able", "unable", "capable") and governor.dep == "amod":
            return self._antecedent(governor)
        if token.dep == "acl" and token.word in ("resulting", "leading") and governor.dep == "dobj":
            return self._subjects(sentence.head(governor), False, depth + 1)
        if token.dep == "acl" and governor.word in _ABILITIES:
            return self._of_ability(governor)
        if token.dep == "relcl" or token.dep == "acl":
            return self._antecedent(token)
        if token.dep == "conj" and governor.tag.startswith("VB"):
            bare = not sentence.children(token, "aux", "auxpass")
            if bare and token.tag in ("VBN", "VBD") and governor.tag in ("VB", "VBP", "VBZ"):
                return []
            theirs = self._is_passive(governor)
            return self._subjects(governor, theirs, depth + 1)
        if token.dep == "xcomp" and governor.word in _RAISING:
            if governor.dep in ("acomp", "oprd", "attr"):
                governor = sentence.head(governor)
            return self._subjects(governor, self._is_passive(governor), depth + 1)
        if token.dep == "pcomp" and governor.word in ("by", "through", "via", "thereby", "without"):
            verb = sentence.head(governor)
            if verb.tag.startswith("VB") and not self._is_passive(verb):
                return self._subjects(verb, False, depth + 1)
            return []
        if token.dep == "advcl" and any(c.word == "to" for c in sentence.children(token, "aux")):
            # "X synergises with Y to enhance Z": what X is for, X does.
            return [] if self._is_passive(governor) else self._subjects(governor, False, depth + 1)
        if token.dep in ("advcl", "xcomp") and token.tag == "VBG" and not sentence.children(token, "mark"):
            if not self._is_passive(governor) and governor.i < token.i:
                return self._subjects(governor, False, depth + 1)
        return []

    def _is_astray(self, subject: Token) -> bool:
        """Tell whether a preposition stands before what was parsed as a subject."""
        first = min((t.i for t in self._sentence.subtree(subject) if t.i <= subject.i), default=0)
        before = self._sentence.tokens[first - 1] if first else None
        return before is not None and before.tag == "IN" and before.word in _PREPOSITIONS

    def _of_ability(self, noun: Token) -> list[Thing]:
        """Return whose ability "its ability to protect" is; none where it is changed itself."""
        above = self._sentence.head(noun)
        if noun.dep in ("dobj", "conj", "nsubjpass") and above.word in self._words.verbs:
            return []
        for child in self._sentence.children(noun, "poss"):
            if child.word in ("its", "their"):
                owner = self._phrases.possessor(child)
                return [owner] if owner is not None else []
            return self._read(child)
        return self._objects(noun, frozenset({"of"}))

    def _antecedent(self, token: Token) -> list[Thing]:
        governor = self._sentence.head(token)
        if governor.tag.startswith("VB"):
            return []
        if governor.dep == "attr" and not governor.mentions:
            # "MD-2 is a glycoprotein that …" speaks of MD-2.
            return self._subjects(self._sentence.head(governor), False, 1)
        if governor.dep == "appos" and not governor.mentions and governor.word not in _EFFECTS:
            return self._read(self._sentence.head(governor), alone=True)
        lowered = self._lowered(token, governor)
        if lowered is not None:
            return [thing.under(lowered) for thing in self._read(governor) if not thing.changes]
        if governor.word in self._words.organisms or governor.word in self._words.cells:
            return []
        return self._read(governor, alone=True)

    def _lowered(self, token: Token, governor: Token) -> Change | None:
        """Return the change of "decreases X, which …": what acts is the loss of X."""
        relative = self._sentence.children(token, "nsubj", "nsubjpass")
        before = self._sentence.tokens[relative[0].i - 1] if relative and relative[0].i else None
        if before is None or before.text != "," or relative[0].word != "which":
            return None
        verb = self._sentence.head(governor)
        kinds = self._words.verbs.get(verb.word, ())
        down = governor.dep == "dobj" and any(kind.change < 0 for kind in kinds)
        made = self._words.gerunds.get(verb.word)
        down = down or (governor.dep == "dobj" and made in LOWERING)
        if not down:
            return None
        return Change(verb.start, verb.end, verb.end, -1, None, PerturbationType.LOSS)

    def _read(self, token: Token, *, alone: bool = False) -> list[Thing]:
        if token.tag == "VBG" and not token.mentions:
            found = self._phrases.things(token)
            return found
        return self._phrases.things(token)

    def _direct(self, token: Token) -> list[Thing]:
        sentence = self._sentence
        objects = sentence.children(token, "dobj", "attr", "oprd")
        if not objects:
            # "phosphorylates and activates X": the object stands with the last verb.
            shared = [c for c in sentence.children(token, "conj") if c.tag.startswith("VB")]
            objects = [
                each
                for verb in shared[:1]
                if all(t.word in ("and", "or", ",") for t in sentence.tokens[token.i + 1 : verb.i])
                for each in sentence.children(verb, "dobj")
            ]
        return [thing for child in objects for thing in self._read(child)]

    def _objects(self, token: Token, prepositions: frozenset[str]) -> list[Thing]:
        found: list[Thing] = []
        for child in self._sentence.children(token, "prep", "dative", "agent"):
            if child.word in prepositions:
                for noun in self._sentence.children(child, "pobj", "pcomp"):
                    found += self._read(noun)
        return found

    def _by(self, token: Token) -> list[Thing]:
        found: list[Thing] = []
        for child in self._sentence.children(token, "agent", "prep"):
            if child.word in ("by", "through", "via"):
                for noun in self._sentence.children(child, "pobj", "pcomp"):
                    if not _is_quantity(noun):
                        found += self._read(noun)
        return found

    def _circumstance(self, token: Token) -> list[Thing]:
        """Return what was done when something changed: "increased after silencing of X"."""
        sentence = self._sentence
        found: list[Thing] = []
        for child in sentence.children(token, "prep", "agent", "advcl"):
            if child.word not in _AFTER and child.word != "in":
                if child.word != "response":
                    continue
            nouns = sentence.children(child, "pobj", "pcomp")
            if child.word == "in" and nouns and nouns[0].word == "response":
                nouns = [
                    each
                    for to in sentence.children(nouns[0], "prep")
                    if to.word == "to"
                    for each in sentence.children(to, "pobj")
                ]
                found += [thing for noun in nouns for thing in self._read(noun)]
                continue
            for noun in nouns:
                for thing in self._read(noun):
                    made = thing.changes[0].perturbation if thing.changes else None
                    if child.word in ("by", "upon", "after", "following", "through", "via"):
                        if made is not None or (thing.whole and thing.mention is not None):
                            found.append(thing)
                    elif made is not None and made not in (PerturbationType.LOSS, PerturbationType.GAIN):
                        if thing.carrier is not None or child.word == "with":
                            found.append(thing)
        return found

    # Other constructions

    def _showing(self, token: Token) -> Iterator[Event]:
        """Read "p53-deficient mice showed reduced apoptosis" and "X had no effect on Y"."""
        clause = self._clause(token)
        if clause.passive:
            return
        for child in self._sentence.children(token, "dobj"):
            if child.word in _EFFECTS:
                continue
            for agent in clause.subjects:
                if agent.carrier is None or not agent.changes:
                    continue
                for outcome in self._read(child):
                    if not outcome.changes:
                        continue
                    outer = outcome.changes[0]
                    rest = replace(outcome, changes=outcome.changes[1:], phrase_start=outcome.start)
                    yield Event(
                        rule="carrier-shows",
                        anchor=token,
                        agent=agent,
                        outcome=rest,
                        predicate=_plain(outer.change),
                        change=outer.change,
                        start=outer.start,
                        end=outer.end,
                        negated=clause.negated or outcome.none,
                    )

    def _effect(self, token: Token) -> Iterator[Event]:
        """Read "had no effect on Y" and "the inhibitory effect of X on Y"."""
        sentence = self._sentence
        joins = ("in",) if token.word in _UNCHANGED else ("on", "upon")
        outcomes = [
            thing
            for on in sentence.children(token, "prep")
            if on.word in joins
            for noun in sentence.children(on, "pobj")
            for thing in self._read(noun)
        ]
        if not outcomes:
            return
        signs = [_SIGNED_EFFECT[c.word] for c in sentence.children(token, "amod", "compound") if c.word in _SIGNED_EFFECT]
        governor = sentence.head(token)
        none = any(child.word in ("no", "neither") for child in sentence.children(token, "det", "neg"))
        agents: list[Thing] = []
        anchor, start = token, token.start
        if token.dep == "conj" and governor.dep == "dobj":
            governor = sentence.head(governor)
            agents = self._subjects(governor, self._is_passive(governor))
        elif token.dep == "dobj" and governor.tag.startswith("VB"):
            agents = self._subjects(governor, self._is_passive(governor))
            none = none or self._is_negated(governor)
            anchor, start = governor, governor.start
        elif token.dep == "pobj" and governor.word == "without":
            verb = sentence.head(governor)
            agents = self._subjects(verb, self._is_passive(verb))
            none, start = True, governor.start
        if not agents:
            agents = [
                thing
                for of in sentence.children(token, "prep")
                if of.word == "of"
                for noun in sentence.children(of, "pobj")
                for thing in self._read(noun)
            ]
        if not none and not signs:
            return
        on_end = next((on.end for on in sentence.children(token, "prep") if on.word in joins), token.end)
        for agent in agents:
            for outcome in outcomes:
                change = 0 if none else signs[0]
                yield Event(
                    rule="no-effect-on" if none else "effect-on",
                    anchor=anchor,
                    agent=agent,
                    outcome=outcome,
                    predicate=PredicateType.NO_EFFECT if none else _acts(change),
                    change=change,
                    start=start,
                    end=on_end,
                )

    def _state(self, token: Token, state: State) -> Iterator[Event]:
        """Read "X is required for Y", "Y is dependent on X"."""
        sentence = self._sentence
        governor = sentence.head(token)
        passive = token.tag == "VBN" and bool(sentence.children(token, "auxpass", "nsubjpass"))
        if passive:
            subjects = self._subjects(token, True)
            negated = self._is_negated(token)
            copula = token
        elif token.dep in ("acomp", "attr", "oprd", "conj") and governor.tag.startswith(("VB", "JJ")):
            verb = governor if governor.tag.startswith("VB") else sentence.head(governor)
            subjects = self._subjects(verb, self._is_passive(verb))
            negated = self._is_negated(verb)
            copula = verb
        elif token.dep in ("acl", "amod", "relcl") and token.i > governor.i:
            if state.predicate is PredicateType.ASSOCIATED_WITH:
                return
            subjects, negated, copula = self._read(governor), False, token
        else:
            return
        if state.predicate is PredicateType.ASSOCIATED_WITH and negated:
            return
        others = self._objects(token, state.prepositions)
        others += self._to_verb(token)
        if not others and copula is not token:
            others = self._objects(copula, state.prepositions)
        agents, outcomes = (others, subjects) if state.converse else (subjects, others)
        be = [t for t in sentence.children(token, "auxpass") + [copula] if t.word in _BE]
        start = min((t.start for t in be), default=token.start)
        end = next(
            (c.end for c in sentence.children(token, "prep") if c.word in state.prepositions), token.end
        )
        for agent in agents:
            for outcome in outcomes:
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

    def _to_verb(self, token: Token) -> list[Thing]:
        """Read "sufficient to induce Y" by the verb's object."""
        found: list[Thing] = []
        for child in self._sentence.children(token, "xcomp", "advcl"):
            verbs = self._words.verbs.get(child.word, ())
            verb = next((v for v in verbs if v.frame is Frame.TRANSITIVE and v.change), None)
            if verb is None:
                continue
            for thing in self._direct(child):
                if verb.change > 0:
                    found.append(thing)
        return found

    def _role(self, token: Token) -> Iterator[Event]:
        """Read "plays an essential role in Y" and "an essential role for X during Y"."""
        sentence = self._sentence
        adjectives = {child.word for child in sentence.children(token, "amod")}
        need = adjectives & {"essential", "indispensable", "required", "obligatory"}
        if not need:
            return
        governor = sentence.head(token)
        outcomes = self._objects(token, frozenset({"in", "during"}))
        agents = self._objects(token, frozenset({"for", "of"}))
        anchor = token
        if not agents and governor.word in ("play", "plays", "played", "playing", "have", "has", "had"):
            agents = self._subjects(governor, False)
            outcomes = outcomes or self._objects(governor, frozenset({"in", "during"}))
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
                    negated=self._is_negated(anchor),
                )

    def _recalled(self, token: Token) -> Iterator[Event]:
        """Read "the cooperation of A and B in C" and "the importance of A for C": known before."""
        if token.word == "importance":
            agents = self._objects(token, frozenset({"of"}))
            outcomes = self._objects(token, frozenset({"for", "in"}))
        else:
            joint = [t.effect for t in self._phrases.things(token) if t.effect is not None]
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

    def _active(self, token: Token) -> Iterator[Event]:
        """Read "X is activated in cancer" as a state, which nobody brought about."""
        if self._by(token) or not self._sentence.children(token, "nsubjpass"):
            return
        be = self._sentence.children(token, "auxpass")
        into = [c for c in self._sentence.children(token, "prep") if c.word == "in"]
        for agent in self._subjects(token, True):
            for outcome in self._objects(token, frozenset({"in"})):
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
                    negated=self._is_negated(token),
                )

    def _nominal(self, token: Token) -> Iterator[Event]:
        """Read "inhibition of Y by X" where the phrase itself is the statement."""
        noun = self._words.changes[token.word]
        by = [
            child
            for child in self._sentence.children(token, "prep", "agent")
            if child.word in ("by",)
        ]
        if not by:
            return
        outcomes = [t for t in self._phrases.things(token) if t.changes and t.changes[0].start == token.start]
        agents = [
            thing
            for each in by
            for word in self._sentence.children(each, "pobj", "pcomp")
            for thing in self._read(word)
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
                )

    def _agent_noun(self, token: Token) -> Iterator[Event]:
        """Read "X is an inhibitor of Y" and "X, an inhibitor of Y,"."""
        noun = self._words.agent_nouns[token.word]
        outcomes = self._objects(token, frozenset({"of", "for"})) or self._phrases.before(token)
        if not outcomes:
            return
        governor = self._sentence.head(token)
        negated = False
        if token.dep in ("attr", "oprd") and governor.word in _BE:
            agents, negated = self._subjects(governor, False), self._is_negated(governor)
        elif token.dep == "appos" and self._objects(token, frozenset({"of", "for"})):
            agents = self._read(governor)
        elif token.dep == "pobj" and governor.word == "as":
            verb = self._sentence.head(governor)
            if verb.word not in _RAISING:
                return
            agents = self._subjects(verb, self._is_passive(verb))
        else:
            return
        predicate, change = noun.predicate, noun.change
        kinds = {child.word for child in self._sentence.children(token, "amod")}
        if kinds & {"negative", "inhibitory"} and change == 0:
            predicate, change = PredicateType.INHIBITS, -1
        elif kinds & {"positive"} and change == 0:
            predicate, change = PredicateType.PROMOTES, 1
        if noun.converse:
            agents, outcomes = outcomes, agents
        for agent in agents:
            for outcome in outcomes:
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

    def _compound(self, token: Token) -> Iterator[Event]:
        """Read "X-induced Y" where nothing else in the sentence is said of Y."""
        if not self._sentence.span.title and not _REPORT.search(self._sentence.words()):
            return
        ties = [
            each
            for each in self._sentence.children(token)
            if each.compound == "induced" and each.i < token.i
        ]
        if not ties:
            return
        for thing in self._phrases.things(token)[:1]:
            for tie in ties:
                predicate = _TIES.get(tie.tie)
                if predicate is None or tie.mention is None:
                    continue
                agent = Thing(
                    tie, (tie.mentions[-1],), tie.mentions[-1].start, tie.mentions[-1].end,
                    tie.mentions[-1].start, tie.mentions[-1].end,
                )  # fmt: skip
                yield Event(
                    rule="tied",
                    anchor=token,
                    agent=agent,
                    outcome=replace(thing, inducers=()),
                    predicate=predicate,
                    change=1,
                    start=tie.mentions[-1].end,
                    end=tie.end,
                    presupposed=True,
                )


_TIES: Final = {
    "induced": PredicateType.INDUCES,
    "stimulated": PredicateType.PROMOTES,
    "mediated": PredicateType.PROMOTES,
    "triggered": PredicateType.INDUCES,
    "evoked": PredicateType.INDUCES,
    "elicited": PredicateType.INDUCES,
    "driven": PredicateType.PROMOTES,
}


def _is_quantity(noun: Token) -> bool:
    """Tell whether "reduced by 2-fold" says how much, not by whom."""
    return noun.tag == "CD" or noun.word in ("%", "fold", "percent") or noun.word.endswith("fold")


def _rescued(verb: Verb, outcome: Thing) -> tuple[PredicateType, int]:
    """Return predicate and change of a verb; what is rescued from harm is the harm's undoing.

    "X rescues the decrease in Y" brings Y up, "X rescues neurotoxicity" brings it down.
    """
    if verb.lemma not in ("rescue", "restore", "reverse"):
        return verb.predicate, verb.change
    if outcome.factor < 0:
        return verb.predicate, -1
    mention = outcome.mention
    words_of = mention.mention.text.lower() if mention is not None else ""
    harm = mention is not None and mention.category is Category.DISEASE
    if verb.lemma == "rescue" and (harm or _HARM.search(words_of)):
        return PredicateType.ATTENUATES, -1
    return verb.predicate, verb.change


def _plain(change: int) -> PredicateType:
    return PredicateType.INCREASES if change > 0 else PredicateType.DECREASES


def _acts(change: int) -> PredicateType:
    return PredicateType.PROMOTES if change > 0 else PredicateType.INHIBITS


def _said(event: Event) -> tuple[object, ...]:
    """Return what tells an event from another of the same sentence."""
    agent, outcome = event.agent, event.outcome
    aspects = tuple(change.aspect for change in outcome.changes if change.aspect is not None)
    return (agent.start, agent.end, outcome.start, outcome.end, aspects)


_HARM: Final = re.compile(r"tox|death|apopto|injur|damage|defect|degenerat|dysfunct|impair")
_REPORT: Final = re.compile(r"\b(?:we|case) reports?\b|\bcases? of\b")
"""A case report names what a drug did as a compound: "cyclosporine-induced tremor"."""

_NAME: Final = re.compile(r"(?=.*[A-Z0-9])(?=.*[A-Za-z])[\w'-]{3,}")
"""A word that looks like a name: with a capital or a digit."""

_UNSIGNED: Final = frozenset({PredicateType.ASSOCIATED_WITH, PredicateType.ACTIVE_IN})

_PARTICIPANTS: Final = frozenset(Category) - {
    Category.ORGANISM_TAXON,
    Category.ANATOMICAL_ENTITY,
    Category.CELL_LINE,
}


def _claimable(event: Event) -> bool:
    """Tell whether agent and outcome are named well enough for a claim.

    An outcome that nothing grounds is kept where a named agent acts on it, since a curator can
    ground it; an agent must look like a name.
    """
    if not _named(event.agent):
        return False
    mention = event.agent.mention
    if mention is not None and mention.category is Category.CELL and event.agent.changes:
        return False
    if event.outcome.factor == 0 or _is_itself(event):
        return False
    target = event.outcome.mention
    if event.presupposed and event.rule == "passive":
        # "cells activated by X" names a stimulus, "suppressed activity driven by X" a verb misread.
        at_cell = target is not None and target.category is Category.CELL
        if at_cell or event.outcome.factor < 0:
            return False
    by_place = event.rule == "nominal-by" and mention is not None
    if by_place and mention.category in (Category.DISEASE, Category.CELL):
        return False
    firm = mention is not None and event.agent.whole
    if event.predicate in _UNSIGNED:
        return firm and _named(event.outcome) and event.outcome.whole
    return _named(event.outcome) or firm


def _is_itself(event: Event) -> bool:
    """Tell whether agent and outcome are one entity, which is mostly a parse gone wrong."""
    agent, outcome = event.agent.mention, event.outcome.mention
    if agent is None or outcome is None or not (event.agent.whole and event.outcome.whole):
        return False
    return agent.groundings[0].id == outcome.groundings[0].id


def _named(thing: Thing) -> bool:
    """Tell whether a participant is named well enough to be claimed of."""
    mention = thing.mention
    if mention is None:
        return _NAME.fullmatch(thing.head.text) is not None and thing.start == thing.head.start
    return not thing.whole or mention.category in _PARTICIPANTS


def _same_outcome(event: Event, other: Event) -> bool:
    here, there = event.outcome, other.outcome
    return here.start < there.end and there.start < here.end


def _apart(event: Event) -> bool:
    """Tell whether agent and outcome are two: neither lies in the other."""
    agent, outcome = event.agent, event.outcome
    return agent.end <= outcome.start or outcome.end <= agent.start
