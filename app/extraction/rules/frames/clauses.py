"""Who does what to what: subjects, objects, agents and negation of a verb."""

from dataclasses import dataclass

from app.extraction.rules.phrases import Phrases, names
from app.extraction.rules.phrases.changes import LOWERING
from app.extraction.rules.things import Change, Thing
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.vocabulary import PerturbationType


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

    def clause(self, token: Token) -> Clause:
        passive = self.is_passive(token)
        return Clause(token, passive, self.subjects(token, passive), self.is_negated(token))

    def is_passive(self, token: Token) -> bool:
        sentence = self.sentence
        if sentence.children(token, "auxpass", "nsubjpass"):
            return True
        if token.dep == "acl" and token.tag in ("VBN", "VBD"):
            return True
        if (
            token.dep == "conj"
            and token.tag == "VBN"
            and not sentence.children(token, "dobj", "nsubj")
        ):
            return self.is_passive(sentence.head(token))
        if token.dep == "xcomp" and token.tag == "VBN":
            return True
        return False

    def is_negated(self, token: Token) -> bool:
        sentence = self.sentence
        if self.denied(token):
            return True
        above = token
        for _ in range(3):
            if (
                above.dep not in ("xcomp", "ccomp", "conj", "acl", "pcomp", "advcl")
                or above.head == above.i
            ):
                return False
            governor = sentence.head(above)
            if governor.word in self.words.lists.failing:
                return True
            if (
                above.dep == "xcomp"
                and governor.word in self.words.lists.raising
                and self.denied(governor)
            ):
                return True
            if above.dep == "pcomp" and governor.word == "without":
                return True
            if above.dep == "conj" and not sentence.children(
                above, "nsubj", "nsubjpass", "aux", "auxpass"
            ):
                if self.denied(governor) and any(
                    child.word in ("or", "nor") for child in sentence.children(governor, "cc")
                ):
                    return True
            above = governor
        return False

    def denied(self, token: Token) -> bool:
        sentence = self.sentence
        for child in sentence.children(token):
            if child.dep == "neg" or child.word in ("not", "n't", "neither", "nor", "never", "no"):
                if child.dep in ("neg", "preconj", "advmod", "cc"):
                    return True
            if child.dep in ("aux", "auxpass") and child.word in ("cannot",):
                return True
        before = sentence.tokens[token.i - 1] if token.i else None
        return (
            before is not None
            and before.word in ("not", "cannot", "without")
            and before.dep != "cc"
        )

    def subjects(self, token: Token, passive: bool, depth: int = 0) -> list[Thing]:
        """Return what stands as subject of a verb, also where another clause holds it."""
        if depth > 4:
            return []
        sentence = self.sentence
        own = sentence.children(
            token, "nsubjpass" if passive else "nsubj", "csubj", "csubjpass", "nsubj"
        )
        if own:
            subject = own[-1]
            if self.is_astray(subject):
                return []
            if subject.word in ("it", "they") and token.dep in ("conj", "advcl"):
                governor = sentence.head(token)
                return self.subjects(governor, self.is_passive(governor), depth + 1)
            if subject.word in ("which", "that", "who", "whose") and token.dep in (
                "relcl",
                "acl",
                "ccomp",
            ):
                return self.antecedent(token)
            return self.read(subject)
        governor = sentence.head(token)
        if governor.i == token.i:
            return []
        if (
            token.dep == "xcomp"
            and governor.word in ("able", "unable", "capable")
            and governor.dep == "amod"
        ):
            return self.antecedent(governor)
        if token.dep == "acl" and token.word in ("resulting", "leading") and governor.dep == "dobj":
            return self.subjects(sentence.head(governor), False, depth + 1)
        if token.dep == "acl" and governor.word in self.words.lists.abilities:
            return self.of_ability(governor)
        if token.dep == "relcl" or token.dep == "acl":
            return self.antecedent(token)
        if token.dep == "conj" and governor.tag.startswith("VB"):
            bare = not sentence.children(token, "aux", "auxpass")
            if bare and token.tag in ("VBN", "VBD") and governor.tag in ("VB", "VBP", "VBZ"):
                return []
            theirs = self.is_passive(governor)
            return self.subjects(governor, theirs, depth + 1)
        if token.dep == "xcomp" and governor.word in self.words.lists.raising:
            if governor.dep in ("acomp", "oprd", "attr"):
                governor = sentence.head(governor)
            return self.subjects(governor, self.is_passive(governor), depth + 1)
        if token.dep == "pcomp" and governor.word in ("by", "through", "via", "thereby", "without"):
            verb = sentence.head(governor)
            if verb.tag.startswith("VB") and not self.is_passive(verb):
                return self.subjects(verb, False, depth + 1)
            return []
        if token.dep == "advcl" and any(c.word == "to" for c in sentence.children(token, "aux")):
            # "X synergises with Y to enhance Z": what X is for, X does.
            return [] if self.is_passive(governor) else self.subjects(governor, False, depth + 1)
        if (
            token.dep in ("advcl", "xcomp")
            and token.tag == "VBG"
            and not sentence.children(token, "mark")
        ):
            if not self.is_passive(governor) and governor.i < token.i:
                return self.subjects(governor, False, depth + 1)
        return []

    def is_astray(self, subject: Token) -> bool:
        """Tell whether a preposition stands before what was parsed as a subject."""
        first = min((t.i for t in self.sentence.subtree(subject) if t.i <= subject.i), default=0)
        before = self.sentence.tokens[first - 1] if first else None
        return (
            before is not None
            and before.tag == "IN"
            and before.word in self.words.lists.prepositions
        )

    def of_ability(self, noun: Token) -> list[Thing]:
        """Return whose ability "its ability to protect" is; none where it is changed itself."""
        above = self.sentence.head(noun)
        if noun.dep in ("dobj", "conj", "nsubjpass") and above.word in self.words.verbs:
            return []
        for child in self.sentence.children(noun, "poss"):
            if child.word in ("its", "their"):
                owner = names.possessor(self.phrases, child)
                return [owner] if owner is not None else []
            return self.read(child)
        return self.objects(noun, frozenset({"of"}))

    def antecedent(self, token: Token) -> list[Thing]:
        governor = self.sentence.head(token)
        if governor.tag.startswith("VB"):
            return []
        if governor.dep == "attr":
            # "MD-2 is a glycoprotein that …" speaks of MD-2.
            return self.subjects(self.sentence.head(governor), False, 1)
        if (
            governor.dep == "appos"
            and not governor.mentions
            and governor.word not in self.words.lists.effects
        ):
            return self.read(self.sentence.head(governor))
        lowered = self.lowered(token, governor)
        if lowered is not None:
            return [thing.under(lowered) for thing in self.read(governor) if not thing.changes]
        if governor.word in self.words.organisms or governor.word in self.words.cells:
            return []
        return self.read(governor)

    def lowered(self, token: Token, governor: Token) -> Change | None:
        """Return the change of "decreases X, which …": what acts is the loss of X."""
        relative = self.sentence.children(token, "nsubj", "nsubjpass")
        before = self.sentence.tokens[relative[0].i - 1] if relative and relative[0].i else None
        if before is None or before.text != "," or relative[0].word != "which":
            return None
        verb = self.sentence.head(governor)
        kinds = self.words.verbs.get(verb.word, ())
        down = governor.dep == "dobj" and any(kind.change < 0 for kind in kinds)
        made = self.words.gerunds.get(verb.word)
        down = down or (governor.dep == "dobj" and made in LOWERING)
        if not down:
            return None
        return Change(verb.start, verb.end, verb.end, -1, None, PerturbationType.LOSS)

    def read(self, token: Token) -> list[Thing]:
        """Return what a noun phrase is about."""
        return self.phrases.things(token)

    def direct(self, token: Token) -> list[Thing]:
        sentence = self.sentence
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
        return [thing for child in objects for thing in self.read(child)]

    def objects(self, token: Token, prepositions: frozenset[str]) -> list[Thing]:
        found: list[Thing] = []
        for child in self.sentence.children(token, "prep", "dative", "agent"):
            if child.word in prepositions:
                for noun in self.sentence.children(child, "pobj", "pcomp"):
                    found += self.read(noun)
        return found

    def by(self, token: Token) -> list[Thing]:
        """Return by whom something was done."""
        return [
            thing
            for child in self._by_phrases(token)
            for noun in self.sentence.children(child, "pobj", "pcomp")
            if not _is_quantity(noun)
            for thing in self.read(noun)
        ]

    def _by_phrases(self, token: Token) -> list[Token]:
        """Return the by-phrases of a verb, also one that hangs on another phrase of it."""
        own = [
            child
            for child in self.sentence.children(token, "agent", "prep")
            if child.word in ("by", "through", "via")
        ]
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

    def circumstance(self, token: Token) -> list[Thing]:
        """Return what was done when something changed: "increased after silencing of X"."""
        sentence = self.sentence
        found: list[Thing] = []
        for child in sentence.children(token, "prep", "agent", "advcl"):
            if child.word not in self.words.lists.circumstance and child.word != "in":
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
                found += [thing for noun in nouns for thing in self.read(noun)]
                continue
            for noun in nouns:
                if _is_quantity(noun):
                    continue
                for thing in self.read(noun):
                    made = thing.changes[0].perturbation if thing.changes else None
                    if child.word in ("by", "upon", "after", "following", "through", "via"):
                        if made is not None or (thing.whole and thing.mention is not None):
                            found.append(thing)
                    elif made is not None and made not in (
                        PerturbationType.LOSS,
                        PerturbationType.GAIN,
                    ):
                        if thing.carrier is not None or child.word == "with":
                            found.append(thing)
        return found


def _is_quantity(noun: Token) -> bool:
    """Tell whether "reduced by 2-fold" says how much, not by whom."""
    return noun.tag == "CD" or noun.word in ("%", "fold", "percent") or noun.word.endswith("fold")
