"""Reading noun phrases: which words belong to one, its coordinates, and what each kind means."""

from collections.abc import Callable, Container
from dataclasses import replace
from typing import Final

from app.extraction.rules.phrases import carriers, changes, modifiers, names
from app.extraction.rules.phrases.changes import with_shared_change
from app.extraction.rules.things import Thing, united
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import words

NOMINAL: Final = (
    "NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBN", "VBG", "CD", "POS", "PRP$"
)  # fmt: skip
_PARTS: Final = frozenset(
    {"compound", "amod", "nmod", "poss", "npadvmod", "nummod", "advmod", "det", "punct", "case",
     "quantmod", "dep", "appos", "predet", "neg", "cc", "conj"}
)  # fmt: skip
_DEPTH: Final = 6
_Reading = Callable[["Phrases", Token, list[Token], int], list[Thing]]


class Phrases:
    """The noun phrases of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.words = words()

    def things(self, head: Token, depth: int = 0) -> list[Thing]:
        """Return what the noun phrase at ``head`` is about, one thing for each coordinate.

        Coordinates that share what follows ("induction and maintenance of EMT") get it each.
        """
        if depth > _DEPTH:
            return []
        if (ending := self.lowered_at_last(head)) is not None:
            return self.one(ending, depth)
        heads = [head, *self.coordinates(head)]
        read = [(each, self.one(each, depth)) for each in heads]
        shared = next((found for _, found in reversed(read) if found), [])
        things: list[Thing] = []
        for each, found in read:
            if self.hangs_too_high(head, each, things):
                named = each.is_name or each.tag in ("NNP", "NNPS") or not each.text.islower()
                if not named or not things[0].whole:
                    continue
                said = tuple(c for c in things[0].changes if not c.adjective)
                things += [replace(t, changes=said, measure=things[0].measure) for t in found]
                continue
            things += found or self.sharing(each, shared)
        if self.shares_last(read):
            things = read[-1][1]
        things = with_shared_change(things)
        if things and not any(thing.none for thing in things):
            things += self.denied(head, depth)
        if len(things) > 1 and things[0].none:
            things = [replace(thing, none=True) for thing in things]
        joined = {cc.word for each in heads for cc in self.sentence.children(each, "cc")}
        if "or" in joined:
            things = [replace(thing, alternative=True) for thing in things]
        # "X plus Y" is given as one, and says nothing of either alone (rule 5).
        return united(things) if "plus" in joined else things

    def standing_before(self, head: Token) -> list[Thing]:
        """Return what stands before a head within its noun phrase: "angiogenesis inhibitor"."""
        return self.before(self.left(head), 1)

    def coordinates(self, head: Token) -> list[Token]:
        """Return the nouns that are coordinated with a head, in the order of the parse."""
        found: list[Token] = []
        stack = self.sentence.children(head, "conj")
        while stack:
            each = stack.pop(0)
            if each.word in self.words.changes and not self.is_grammar(head):
                continue
            if self.is_excepted(each) or self.is_under_another(head, each):
                continue
            if (each.tag.startswith(names.NOUNS) or each.mentions) and not self.explains(each):
                found.append(each)
            stack = self.sentence.children(each, "conj") + stack
        return found

    def denied(self, head: Token, depth: int) -> list[Thing]:
        """Return what "X but not Y" denies: Y."""
        found: list[Thing] = []
        stack = self.sentence.children(head, "conj")
        while stack:
            each = stack.pop()
            stack += self.sentence.children(each, "conj")
            if self.is_excepted(each) and self.before_phrase(each).word == "not":
                found += [replace(thing, none=True) for thing in self.one(each, depth + 1)]
        return found

    def before_phrase(self, token: Token) -> Token:
        """Return the word before a noun's base phrase."""
        first = (self.left(token) or [token])[0]
        return self.sentence.tokens[max(0, first.i - 1)]

    def is_grammar(self, head: Token) -> bool:
        """Tell whether a noun says what became or was measured of the thing that it is of."""
        return head.word in self.words.changes or head.word in self.words.measures

    def hangs_too_high(self, head: Token, each: Token, things: list[Thing]) -> bool:
        """Tell whether Y of "loss of X and Y" was parsed as a second to *loss*.

        A name is taken down to X; of another noun it is not plain where it belongs.
        """
        if each is head or (head.is_name and not self.is_grammar(head)) or not things:
            return False
        if each.word in self.words.changes:
            return False
        noun = self.words.changes.get(head.word)
        lowers = noun is not None and noun.change < 0
        if not each.is_name and not lowers:
            return False
        between = self.sentence.tokens[head.i + 1 : each.i]
        last = next((t for t in reversed(between) if t.word not in ("and", "or", ",")), None)
        return last is not None and last.is_name and last.dep in ("pobj", "conj")

    def lowered_at_last(self, head: Token) -> Token | None:
        """Return *inhibition* of "blocked by Akt, p38 or ERK inhibition".

        Whether the names before the last are inhibited, too, is not plain, so none of them acts.
        """
        last = head
        while following := self.sentence.children(last, "conj"):
            last = following[-1]
        noun = self.words.changes.get(last.word)
        lowers = (noun is not None and noun.change < 0) or last.word in self.words.tools
        if last is head or not head.is_name or not lowers:
            return None
        left = self.left(last)
        return last if any(token.is_name for token in left) else None

    def shares_last(self, read: list[tuple[Token, list[Thing]]]) -> bool:
        """Tell whether names may share the last one's word: "HDAC and PI3K inhibitors".

        Whether the first name is meant without it is not plain, and it would turn the sign.
        """
        last, found = read[-1]
        if len(read) < 2 or not found or not all(each.is_name for each, _ in read[:-1]):
            return False
        lowers = any(change.change < 0 and not change.adjective for change in found[0].changes)
        return lowers and not last.is_name and found[0].start < last.start

    def is_excepted(self, token: Token) -> bool:
        """Tell whether "but not" or "rather than" stands before a coordinate."""
        left = self.left(token)
        first = left[0] if left else token
        before = self.sentence.tokens[max(0, first.i - 2) : first.i]
        return bool(before) and before[-1].word in self.words.closed.contrasting

    def is_under_another(self, head: Token, token: Token) -> bool:
        """Tell whether Y of "knockdown of X or overexpression of Y" was hung on X."""
        if not head.is_name or not token.is_name:
            return False
        between = self.sentence.tokens[head.i + 1 : token.i]
        made = [t for t in between if t.word in self.words.changes and not t.mentions]
        return any(self.sentence.tokens[t.i + 1].word == "of" for t in made)

    def explains(self, token: Token) -> bool:
        """Tell whether ", a PHAS isoform" only explains what stands before it."""
        left = self.left(token)
        first = left[0] if left else token
        before = self.sentence.tokens[max(0, first.i - 2) : first.i]
        return [each.word for each in before] in ([",", "a"], [",", "an"])

    def sharing(self, head: Token, shared: list[Thing]) -> list[Thing]:
        """Read a coordinate without a target of its own by its sibling's innermost target."""
        noun = self.words.changes.get(head.word)
        if noun is None or not shared or self.prepositions_of(head, tuple(noun.prepositions)):
            return []
        inner = [
            replace(thing, changes=thing.changes[1:], phrase_start=thing.start)
            for thing in shared
            if thing.changes and not thing.changes[0].adjective
        ]
        return [thing.under(changes.change_of(head, noun, head.end)) for thing in inner]

    def one(self, head: Token, depth: int) -> list[Thing]:
        """Return the things of one coordinate: several where its target is coordinated."""
        left = self.left(head)
        found = self.dispatch(head, left, depth)
        if not found:
            return []
        return [modifiers.modified(self, thing, head, left) for thing in found]

    def left(self, head: Token) -> list[Token]:
        """Return the tokens of the base noun phrase before its head, in order."""
        tokens = self.sentence.tokens
        first = head.i
        while first > 0:
            token = tokens[first - 1]
            inside = token.mentions or token.tag in NOMINAL or token.word in ("-", "/", "'s")
            inside = inside or self.joins_ties(first - 1) or self.joins_names(first - 1)
            if not inside or not self.below(token, head):
                break
            if token.tag in ("VBN", "VBG") and token.dep not in _PARTS:
                break
            first -= 1
        return tokens[first : head.i]

    def joins_ties(self, at: int) -> bool:
        """Tell whether "and" joins two ties: "Ras- and TGF-beta-dependent"."""
        tokens = self.sentence.tokens
        if tokens[at].word not in ("and", "or") or not 0 < at < len(tokens) - 1:
            return False
        return tokens[at - 1].compound is not None and tokens[at + 1].compound is not None

    def joins_names(self, at: int) -> bool:
        """Tell whether "and" joins two names of one noun: "IKK and NF-kappaB activation"."""
        tokens = self.sentence.tokens
        if tokens[at].word not in ("and", "or") or not 0 < at < len(tokens) - 1:
            return False
        return tokens[at - 1].is_name and tokens[at + 1].is_name

    def below(self, token: Token, head: Token) -> bool:
        """Tell whether a token hangs on a head within one noun phrase."""
        if token.head == token.i:
            return False
        for above in self.sentence.ancestors(token):
            if above.i == head.i:
                return True
            if above.i > head.i or above.i < token.i - 8:
                return False
            if above.dep in ("conj", "appos") and above.i < token.i:
                return False
        return False

    def dispatch(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        """Read a base noun phrase by the kind of its head."""
        if head.is_name:
            return names.at_name(self, head, left, depth)
        if head.compound == "anti":
            return carriers.antibody(self, head, head, left)
        if (short := names.abbreviated(head, left)) is not None:
            return [short]
        if head.tag == "VBG" and self.sentence.children(head, "dobj"):
            return changes.gerund(self, head, depth)
        known = self.by_form(head, left, depth) or self.by_kind(head, left, depth)
        return self.unknown(head, left, depth) if known is None else known

    def by_form(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        """Read "a dominant-negative mutant of X" and "the inhibitory effect of X on Y"."""
        if head.word in self.words.lists.effects:
            return changes.effect_of(self, head, left, depth)
        return changes.formed(self, head, left, depth)

    def unknown(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        """Read a phrase whose head is no word of the grammar."""
        if (named := names.appositive(self, head)) is not None:
            return names.name(named)
        if (anaphor := names.anaphor(self, head, left)) is not None:
            return [anaphor]
        if head.word in self.words.transparent:
            return changes.transparent(self, head, left, depth)
        if head.tag == "VBG":
            return changes.gerund(self, head, depth)
        return names.other(self, head, left)

    def by_kind(self, head: Token, left: list[Token], depth: int) -> list[Thing] | None:
        """Read a phrase whose head the vocabulary knows; None for any other."""
        kinds: tuple[tuple[Container[str], _Reading], ...] = (
            (self.words.changes, changes.changed),
            (self.words.measures, names.measured),
            (self.words.tools, carriers.tool),
            (self.words.treatment, changes.treated),
            (self.words.organisms, carriers.carried),
            (self.words.cells, carriers.carried),
            (self.words.lists.jointly, names.jointly),
            (self.words.partitive, changes.counted),
            (self.words.vague, changes.vaguely),
            (self.words.constructs, changes.construct),
        )
        for listed, read in kinds:
            if head.word in listed:
                return read(self, head, left, depth)
        return None

    def before(self, left: list[Token], depth: int) -> list[Thing]:
        """Read what stands before a head within its noun phrase."""
        for at in range(len(left) - 1, -1, -1):
            token = left[at]
            if token.word in self.words.changes or token.word in self.words.measures:
                return self.dispatch(token, left[:at], depth + 1)
            if token.is_name:
                return self.names_before(left, at)
            if token.word in self.words.transparent:
                return self.dispatch(token, left[:at], depth + 1)
            if token.compound is None and token.tag in ("NN", "NNS", "NNP"):
                return names.other(self, token, left[:at])
        return []

    def names_before(self, left: list[Token], at: int) -> list[Thing]:
        """Return the mention at a place of the words before a head, and one joined to it."""
        found = names.name(left[at])
        if at > 1 and left[at - 1].word in ("and", "or", "/") and left[at - 2].is_name:
            return names.name(left[at - 2]) + found
        return found

    def targets(self, head: Token, prepositions: tuple[str, ...], depth: int) -> list[Thing]:
        """Return what the prepositional phrases of a head name."""
        for word in prepositions:
            found = [
                thing
                for preposition in self.prepositions(head, (word,))
                for noun in self.sentence.children(preposition, "pobj", "pcomp")
                for thing in self.things(noun, depth + 1)
            ]
            if found:
                return found
        return []

    def objects(self, token: Token, prepositions: frozenset[str], *deps: str) -> list[Thing]:
        """Return what stands behind these prepositions of a word, in the order of the text."""
        joined = [
            each
            for child in self.sentence.children(token, "prep", "dative", "agent")
            if child.word in prepositions
            for each in (child, *self.sentence.children(child, "conj"))
        ]
        return [
            thing
            for child in joined
            for noun in self.sentence.children(child, *(deps or ("pobj", "pcomp")))
            for thing in self.things(noun)
        ]

    def prepositions(self, head: Token, which: tuple[str, ...]) -> list[Token]:
        """Return the prepositions of a head, or else those of its coordinates."""
        for each in (head, *self.coordinates(head)):
            if found := self.prepositions_of(each, which):
                return found
        deeper = self.deeper(head, which)
        if deeper:
            return deeper
        # A parser often hangs "resistance to X" on the verb.
        tokens = self.sentence.tokens
        after = tokens[head.i + 1] if head.i + 1 < len(tokens) else None
        if after is not None and after.word in which and after.head == head.head:
            return [after]
        return []

    def prepositions_of(self, head: Token, which: tuple[str, ...]) -> list[Token]:
        """Return the prepositions of a head itself."""
        children = self.sentence.children(head, "prep", "agent", "dative")
        return [child for child in children if child.word in which]

    def deeper(self, head: Token, which: tuple[str, ...]) -> list[Token]:
        """Return "with Y" of "treatment of cells with Y" where it was hung on the cells."""
        if "with" not in which and "by" not in which:
            return []
        return [
            each
            for phrase in self.sentence.children(head, "prep")
            if phrase.word in ("of", "in")
            for noun in self.sentence.children(phrase, "pobj")
            for each in self.sentence.children(noun, "prep", "agent")
            if each.word in which and each.word in ("with", "by")
        ]
