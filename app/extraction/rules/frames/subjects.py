"""Subjects of verbs: their own, those of the clauses above them, antecedents of relatives."""

from typing import Final

from app.extraction.rules.frames.voice import is_denied, is_passive
from app.extraction.rules.phrases import Phrases, names
from app.extraction.rules.phrases.changes import LOWERING, change_of
from app.extraction.rules.things import Change, Thing, united
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words
from app.model.vocabulary import PerturbationType

_DEPTH: Final = 4
"""Clauses above a verb among which its subject is looked for."""


class Subjects:
    """Finds the subjects of the verbs of one sentence."""

    def __init__(self, sentence: Sentence, phrases: Phrases) -> None:
        self._sentence = sentence
        self._phrases = phrases
        self._words = words()

    def of(self, token: Token, passive: bool, depth: int = 0) -> list[Thing]:
        """Return what stands as subject of a verb, also where another clause holds it."""
        if depth > _DEPTH:
            return []
        kind = "nsubjpass" if passive else "nsubj"
        own = self._sentence.children(token, kind, "csubj", "csubjpass", "nsubj")
        if own:
            return self._own(token, own[-1], depth)
        if (first := self._first_of_list(token)) is not None:
            return self.of(first, self._is_passive(first), depth + 1)
        governor = self._sentence.head(token)
        if governor.i == token.i:
            return []
        match token.dep:
            case "acl" | "relcl":
                return self._of_noun_clause(token, governor, depth)
            case "conj" if governor.tag.startswith("VB"):
                return self._of_coordinate(token, governor, depth)
            case "xcomp" | "advcl" | "pcomp":
                return self._of_complement(token, governor, depth)
        return []

    def _first_of_list(self, token: Token) -> Token | None:
        """Return *augments* of "X augments Y, inhibits Z", parsed as what inhibiting says."""
        for clause in self._sentence.children(token, "ccomp"):
            told = self._sentence.children(clause, "mark") or clause.tag != token.tag
            if clause.i < token.i and not told and self._sentence.tokens[token.i - 1].text == ",":
                return clause
        return None

    def _own(self, token: Token, subject: Token, depth: int) -> list[Thing]:
        """Read a verb's own subject; a pronoun takes that of the clause above."""
        if self._is_astray(subject):
            return []
        if subject.word in ("it", "they") and token.dep in ("conj", "advcl"):
            return self._above(self._sentence.head(token), depth)
        relative = subject.word in self._words.closed.relatives
        if relative and token.dep in ("relcl", "acl", "ccomp"):
            return self._antecedent(token)
        return self._read(subject)

    def _of_noun_clause(self, token: Token, governor: Token, depth: int) -> list[Thing]:
        """Read "X, which …", "X inducing …", and whose ability "the ability to …" is."""
        if token.dep == "acl":
            result = token.word in self._words.closed.outcome_participles
            if result and governor.dep == "dobj":
                return self.of(self._sentence.head(governor), False, depth + 1)
            if governor.word in self._words.lists.abilities:
                return self._of_ability(governor)
        return self._antecedent(token)

    def _of_coordinate(self, token: Token, governor: Token, depth: int) -> list[Thing]:
        bare = not self._sentence.children(token, "aux", "auxpass")
        if bare and token.tag in ("VBN", "VBD") and governor.tag in ("VB", "VBP", "VBZ"):
            return []
        return self._above(governor, depth)

    def _of_complement(self, token: Token, governor: Token, depth: int) -> list[Thing]:
        """Read the subject of a verb that depends on another verb or on a preposition of it."""
        if token.dep == "pcomp":
            return self._by_manner(governor, depth)
        if token.dep == "xcomp":
            raised = self._raised(governor, depth)
            if raised is not None:
                return raised
            if governor.word in self._words.closed.cooperating:
                return self._together(governor, depth)
        elif any(child.word == "to" for child in self._sentence.children(token, "aux")):
            # "X serves to enhance Z": what X is for, X does.
            return [] if self._is_passive(governor) else self._together(governor, depth)
        if token.word in self._words.closed.outcome_participles:
            before = self._sentence.tokens[token.i - 1]
            if before.dep == "pobj" and before.head > governor.i:
                # "manifests with X leading to Y": X leads there.
                return self._read(before)
        marks = {mark.word for mark in self._sentence.children(token, "mark")}
        plain = token.tag == "VBG" and marks <= {"while"}
        if plain and not self._is_passive(governor) and governor.i < token.i:
            return self.of(governor, False, depth + 1)
        return []

    def _together(self, governor: Token, depth: int) -> list[Thing]:
        """Return both of "X and Y cooperate" and "X synergises with Y" as one (rule 5)."""
        subjects = self.of(governor, False, depth + 1)
        if governor.word not in self._words.closed.cooperating:
            return subjects
        subjects += self._phrases.objects(governor, frozenset({"with"}))
        joined = united(subjects)
        return joined if len(joined) == 1 and len(subjects) > 1 else []

    def _raised(self, governor: Token, depth: int) -> list[Thing] | None:
        """Read "X is able to", "X seems to"; None where the verb above lends no subject."""
        if governor.word in self._words.closed.able and governor.dep == "amod":
            return self._antecedent(governor)
        if governor.word == "used" and is_denied(self._sentence, governor):
            # What can't be used to do it may do it all the same.
            return []
        if governor.word not in self._words.lists.raising:
            return None
        if governor.dep in ("acomp", "oprd", "attr"):
            governor = self._sentence.head(governor)
        return self._above(governor, depth)

    def _by_manner(self, preposition: Token, depth: int) -> list[Thing]:
        """Read "X acts by inhibiting Y": the gerund has the verb's subject."""
        verb = self._sentence.head(preposition)
        if preposition.word == "of" and verb.word in self._words.closed.able:
            # "X is capable of increasing Y"
            return (
                self._antecedent(verb)
                if verb.dep == "amod"
                else self._above(self._sentence.head(verb), depth)
            )
        manner = preposition.word in self._words.closed.manner
        if not manner or not verb.tag.startswith("VB") or self._is_passive(verb):
            return []
        return self.of(verb, False, depth + 1)

    def _above(self, governor: Token, depth: int) -> list[Thing]:
        return self.of(governor, self._is_passive(governor), depth + 1)

    def _is_passive(self, token: Token) -> bool:
        return is_passive(self._sentence, token)

    def _read(self, token: Token) -> list[Thing]:
        return self._phrases.things(token)

    def _is_astray(self, subject: Token) -> bool:
        """Tell whether a preposition stands before what was parsed as a subject."""
        first = min((t.i for t in self._sentence.subtree(subject) if t.i <= subject.i), default=0)
        before = self._sentence.tokens[first - 1] if first else None
        return (
            before is not None
            and before.tag in ("IN", "TO")
            and before.word in self._words.lists.prepositions
        )

    def _of_ability(self, noun: Token) -> list[Thing]:
        """Return whose ability "its ability to protect" is; none where it is changed itself."""
        above = self._sentence.head(noun)
        if noun.dep == "dobj" and above.word in self._words.closed.role_verbs:
            return self._above(above, 1)
        if noun.dep in ("dobj", "conj", "nsubjpass") and above.word in self._words.verbs:
            return []
        for child in self._sentence.children(noun, "poss"):
            if child.word in ("its", "their"):
                owner = names.possessor(self._phrases, child)
                return [owner] if owner is not None else []
            return self._read(child)
        return self._phrases.objects(noun, frozenset({"of"}))

    def _antecedent(self, token: Token) -> list[Thing]:
        """Return what the noun is about that a relative clause hangs on."""
        governor = self._mutation_of(self._sentence.head(token))
        if governor.tag.startswith("VB"):
            return []
        if governor.dep == "attr":
            # "MD-2 is a glycoprotein that …" speaks of MD-2.
            subjects = self.of(self._sentence.head(governor), False, 1)
            if not self._is_mutation(governor):
                return subjects
            said = self._words.changes[governor.word]
            change = change_of(governor, said, governor.end)
            return [thing.under(change) for thing in subjects if not thing.changes]
        described = any(c.word in ("a", "an") for c in self._sentence.children(governor, "det"))
        if (
            governor.dep == "appos"
            and (not governor.mentions or described)
            and governor.word not in self._words.lists.effects
        ):
            return self._read(self._sentence.head(governor))
        lowered = self._lowered(token, governor)
        if lowered is not None:
            return [thing.under(lowered) for thing in self._read(governor) if not thing.changes]
        if governor.word in self._words.organisms or governor.word in self._words.cells:
            return []
        things = self._read(governor)
        if token.dep == "acl" and token.tag == "VBN":
            # "X and Y caused by Z": of Y for certain.
            return things[-1:]
        return things

    def _is_mutation(self, noun: Token) -> bool:
        said = self._words.changes.get(noun.word)
        return said is not None and said.perturbation is PerturbationType.MUTATION

    def _mutation_of(self, gene: Token) -> Token:
        """Return the mutation of "a mutation in the X gene that causes Y": it causes Y, not X."""
        preposition = self._sentence.head(gene)
        noun = self._sentence.head(preposition)
        within = gene.dep == "pobj" and preposition.word in self._words.closed.of_gene
        return noun if within and self._is_mutation(noun) else gene

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
