"""Who does what to what: subjects, objects, agents and negation of a verb."""

from dataclasses import dataclass, replace

from app.extraction.rules.evidence import OBSERVED
from app.extraction.rules.frames import voice
from app.extraction.rules.frames.subjects import Subjects
from app.extraction.rules.phrases import Phrases
from app.extraction.rules.things import Thing, united
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import Verb, words


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with who does it; its objects depend on the verb's frame."""

    verb: Token
    passive: bool
    subjects: list[Thing]
    negated: bool


class Clauses:
    """The clauses of one sentence: subjects, objects and negation of its verbs."""

    def __init__(self, sentence: Sentence, phrases: Phrases) -> None:
        self.sentence = sentence
        self.phrases = phrases
        self.words = words()
        self._subjects = Subjects(sentence, phrases)

    def clause(self, token: Token) -> Clause:
        """Return a verb with its subjects, voice and negation."""
        passive = self.is_passive(token)
        return Clause(token, passive, self.subjects(token, passive), self.is_negated(token))

    def is_passive(self, token: Token) -> bool:
        """Tell whether a verb is passive."""
        return voice.is_passive(self.sentence, token)

    def is_negated(self, token: Token) -> bool:
        """Tell whether a verb is denied."""
        return voice.is_negated(self.sentence, token)

    def subjects(self, token: Token, passive: bool) -> list[Thing]:
        """Return what stands as subject of a verb, also where another clause holds it."""
        return self._subjects.of(token, passive)

    def read(self, token: Token) -> list[Thing]:
        """Return what a noun phrase is about."""
        return self.phrases.things(token)

    def direct(self, token: Token) -> list[Thing]:
        """Return the direct objects of a verb, or those of the verb coordinated with it."""
        sentence = self.sentence
        objects = self._listed(sentence.children(token, "dobj"))
        objects = objects or sentence.children(token, "attr", "oprd")
        if not objects:
            # "phosphorylates and activates X": the object stands with the last verb.
            shared = [c for c in sentence.children(token, "conj") if c.tag.startswith("VB")]
            objects = [
                each
                for verb in shared[:1]
                if all(t.word in ("and", "or", ",") for t in sentence.tokens[token.i + 1 : verb.i])
                for each in sentence.children(verb, "dobj")
            ]
        return [thing for child in objects for thing in self.read(child)]

    def _listed(self, objects: list[Token]) -> list[Token]:
        """Return the first object and those that a comma or "and" lists behind it.

        A verb has one object; a second that stands free was hung there for want of a place.
        """
        return [
            each
            for each in objects
            if each is objects[0]
            or self.sentence.tokens[max(0, self._first(each).i - 1)].word in (",", "and", "or")
        ]

    def _first(self, token: Token) -> Token:
        """Return the first word of what stands before a noun."""
        return next(t for t in self.sentence.subtree(token) if t.i <= token.i)

    def objects(self, token: Token, prepositions: frozenset[str], *deps: str) -> list[Thing]:
        """Return what stands behind these prepositions of a word."""
        return self.phrases.objects(token, prepositions, *deps)

    def by(self, token: Token) -> list[Thing]:
        """Return by whom something was done."""
        return [
            replace(thing, none=thing.none or self._is_excepted(child))
            for child in self._by_phrases(token)
            for noun in self.sentence.children(child, "pobj", "pcomp")
            if not self._is_quantity(noun)
            for thing in self.read(noun)
        ]

    def _is_excepted(self, preposition: Token) -> bool:
        """Tell whether "by X but not by Y" denies it of Y."""
        before = self.sentence.tokens[preposition.i - 1] if preposition.i else preposition
        return before.word == "not"

    def _by_phrases(self, token: Token) -> list[Token]:
        """Return the by-phrases of a verb, also one that hangs on another phrase of it."""
        own = [
            child
            for child in self.sentence.children(token, "agent", "prep")
            if child.word in self.words.closed.agentive
        ]
        # "by X and by Y"
        own += [each for by in own for each in self.sentence.children(by, "conj")]
        if len(own) > 1 and own[0].word == own[1].word == "by":
            # "by inhibition of X by Y": the second says by which means.
            first = self.sentence.subtree(own[0])
            if own[1].i == first[-1].i + 1 and any(t.word in self.words.changes for t in first):
                return own[:1] + own[2:]
        if own:
            return own
        return [
            each
            for phrase in self.sentence.children(token, "prep")
            for noun in self.sentence.children(phrase, "pobj")
            for each in self.sentence.children(noun, "prep", "agent")
            if each.word == "by" and each.i > token.i
        ]

    def circumstance(self, token: Token, *, raised: bool) -> list[Thing]:
        """Return what was done when something changed: "increased after silencing of X"."""
        found: list[Thing] = []
        for child in self.sentence.children(token, "prep", "agent", "advcl"):
            nouns = self.sentence.children(child, "pobj", "pcomp")
            if found and self._is_set_off(child):
                # "in X-deficient cells, particularly after Y" says where it was most plain.
                continue
            if child.word == "in" and nouns and nouns[0].word == "response":
                # "diminished in response to X": the response is less, whatever lessened it.
                if raised:
                    found += self.objects(nouns[0], frozenset({"to"}), "pobj")
            elif child.word in self.words.lists.circumstance or child.word == "response":
                found += [
                    thing
                    for noun in nouns
                    if not self._is_quantity(noun)
                    for thing in self.read(noun)
                    if self._was_done(thing, child.word)
                ]
        return found

    def _is_set_off(self, phrase: Token) -> bool:
        first = self.sentence.subtree(phrase)[0]
        before = self.sentence.tokens[max(0, first.i - 2) : first.i]
        return any(each.text == "," for each in before)

    def _was_done(self, thing: Thing, preposition: str) -> bool:
        """Tell whether a circumstance is what brought a change about."""
        made = thing.changes[0].perturbation if thing.changes else None
        if preposition in self.words.closed.agentive_after:
            return made is not None or (thing.whole and thing.mention is not None)
        if made is None or made in OBSERVED:
            return False
        return thing.carrier is not None or preposition == "with"

    def _is_quantity(self, noun: Token) -> bool:
        """Tell whether "reduced by 2-fold" says how much, not by whom."""
        counted = noun.tag == "CD" or noun.word in self.words.closed.quantities
        return counted or noun.word.endswith("fold")


def either(agents: list[Thing]) -> list[Thing]:
    """Return "X or Y" of what is required as one: what needs either needs neither (rule 5)."""
    return united(agents) if all(agent.alternative for agent in agents) else agents


def measured(outcomes: list[Thing], verb: Verb) -> list[Thing]:
    """Return the objects of "degrades X" and "phosphorylates X" with what is measured of them."""
    if verb.measure is None:
        return outcomes
    return [replace(outcome, measure=verb.measure) for outcome in outcomes]
