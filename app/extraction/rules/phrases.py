"""Reading noun phrases: "loss of E-cadherin expression", "p53-deficient mice", "a MEK inhibitor"."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from app.extraction.rules.things import Change, Means, Thing
from app.extraction.rules.tokens import Sentence, Token
from app.extraction.rules.words import ChangeNoun, words
from app.model.reading import TextMention
from app.model.vocabulary import Category, Measure, PerturbationType, PredicateType

_NOMINAL: Final = ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBN", "VBG", "CD", "POS", "PRP$")
_NOUNS: Final = ("NN", "NNS", "NNP", "NNPS", "VBG", "CD", "FW")
_PARTS: Final = frozenset({"compound", "amod", "nmod", "poss", "npadvmod", "nummod", "advmod", "det", "punct", "case", "quantmod", "dep", "appos", "predet", "neg", "cc", "conj"})
_OF: Final = ("of",)
_CHANGE_PREPOSITIONS: Final = ("of", "in", "for")
_TOOL_PREPOSITIONS: Final = ("of", "for", "against", "to", "targeting")
_TREATMENT_PREPOSITIONS: Final = ("with", "of", "to")
_ANAPHORS: Final = frozenset({"it", "its", "they", "their", "this", "these"})
_DRUGS: Final = frozenset({Category.SMALL_MOLECULE, Category.CHEMICAL_ENTITY})
_GENES: Final = frozenset(
    {
        Category.GENE,
        Category.PROTEIN,
        Category.GENE_FAMILY,
        Category.MACROMOLECULAR_COMPLEX,
    }
)
_ECTOPIC: Final = frozenset({"recombinant", "ectopic", "forced", "exogenous", "transient", "stable", "enforced", "constitutive"})
_NO: Final = frozenset({"no", "neither"})
_PATHWAY: Final = frozenset({"pathway", "pathways", "signaling", "signalling", "axis", "cascade"})
_DEPTH: Final = 6
_CARRIERS: Final = frozenset({Category.CELL, Category.CELL_LINE, Category.ORGANISM_TAXON})
_NAMING: Final = frozenset({"tissue", "plasminogen", "dissociation", "cyclin-dependent", "proteinase", "trypsin"})
"""Words that make "inhibitor" part of a protein's name."""

_OPPOSING: Final = frozenset({"inhibitory", "suppressive", "suppressing", "inhibiting", "blocking"})
_BLOCKING: Final = frozenset({"neutralizing", "neutralising", "blocking", "antagonistic", "inhibitory"})
_LISTING: Final = frozenset({"as", "including", "like"})
_JOINTLY: Final = frozenset({"cooperation", "collaboration", "combination", "synergy"})
_ANAPHORIC: Final = {
    **dict.fromkeys(
        ("pathway", "signaling", "signalling", "cascade"), _GENES | {Category.PATHWAY}
    ),
    **dict.fromkeys(("protein", "gene", "kinase", "receptor", "cytokine", "enzyme", "molecule"), _GENES),
    **dict.fromkeys(("drug", "compound", "agent", "inhibitor"), _DRUGS),
}


class Phrases:
    """The noun phrases of one sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._words = words()

    def things(self, head: Token, depth: int = 0) -> list[Thing]:
        """Return what the noun phrase at ``head`` is about, one thing for each coordinate.

        Coordinates that share what follows ("induction and maintenance of EMT") get it each.
        """
        if depth > _DEPTH:
            return []
        heads = [head, *self._coordinates(head)]
        read = [(each, self._one(each, depth)) for each in heads]
        shared = next((found for _, found in reversed(read) if found), [])
        things: list[Thing] = []
        for each, found in read:
            if self._hangs_too_high(head, each, things):
                things += [replace(thing, changes=things[0].changes, measure=things[0].measure) for thing in found]
                continue
            things += found or self._sharing(each, shared, depth)
        things = _with_shared_change(things)
        if len(things) > 1 and things[0].none:
            things = [replace(thing, none=True) for thing in things]
        return things

    def before(self, head: Token) -> list[Thing]:
        """Return what stands before a head within its noun phrase: "angiogenesis inhibitor"."""
        return self._before(self._left(head), 1)

    def _coordinates(self, head: Token) -> list[Token]:
        found: list[Token] = []
        stack = self._sentence.children(head, "conj")
        while stack:
            each = stack.pop(0)
            if each.word in self._words.changes and head.word not in self._words.changes:
                continue
            if self._is_excepted(each):
                continue
            if (each.tag.startswith(_NOUNS) or each.mentions) and not self._explains(each):
                found.append(each)
            stack = self._sentence.children(each, "conj") + stack
        return found

    def _hangs_too_high(self, head: Token, each: Token, things: list[Thing]) -> bool:
        """Tell whether Y of "expression of X and Y" was parsed as a second to *expression*."""
        if each is head or not each.is_name or head.is_name or not things:
            return False
        between = self._sentence.tokens[head.i + 1 : each.i]
        last = next((t for t in reversed(between) if t.word not in ("and", "or", ",")), None)
        return last is not None and last.is_name and last.dep in ("pobj", "conj")

    def _is_excepted(self, token: Token) -> bool:
        """Tell whether "but not" stands before a coordinate."""
        left = self._left(token)
        first = left[0] if left else token
        before = self._sentence.tokens[max(0, first.i - 2) : first.i]
        return bool(before) and before[-1].word == "not"

    def _explains(self, token: Token) -> bool:
        """Tell whether ", a PHAS isoform" only explains what stands before it."""
        left = self._left(token)
        first = left[0] if left else token
        before = self._sentence.tokens[max(0, first.i - 2) : first.i]
        return [each.word for each in before] in ([",", "a"], [",", "an"])

    def _sharing(self, head: Token, shared: list[Thing], depth: int) -> list[Thing]:
        """Read a coordinate without a target of its own by its sibling's innermost target."""
        noun = self._words.changes.get(head.word)
        if noun is None or not shared:
            return []
        inner = [
            replace(thing, changes=thing.changes[1:], phrase_start=thing.start)
            for thing in shared
            if thing.changes and not thing.changes[0].adjective
        ]
        return [thing.under(self._change(head, noun, head.end)) for thing in inner]

    def _one(self, head: Token, depth: int) -> list[Thing]:
        """Return the things of one coordinate: several where its target is coordinated."""
        left = self._left(head)
        found = self._core(head, left, depth)
        if not found:
            return []
        return [self._modified(thing, head, left) for thing in found]

    def _left(self, head: Token) -> list[Token]:
        """Return the tokens of the base noun phrase before its head, in order."""
        tokens = self._sentence.tokens
        first = head.i
        while first > 0:
            token = tokens[first - 1]
            inside = token.mentions or token.tag in _NOMINAL or token.word in ("-", "/", "'s")
            inside = inside or self._joins_ties(first - 1)
            if not inside or not self._below(token, head):
                break
            if token.tag in ("VBN", "VBG") and token.dep not in _PARTS:
                break
            first -= 1
        return tokens[first : head.i]

    def _joins_ties(self, at: int) -> bool:
        """Tell whether "and" joins two ties: "Ras- and TGF-beta-dependent"."""
        tokens = self._sentence.tokens
        if tokens[at].word not in ("and", "or") or not 0 < at < len(tokens) - 1:
            return False
        return tokens[at - 1].compound is not None and tokens[at + 1].compound is not None

    def _below(self, token: Token, head: Token) -> bool:
        if token.head == token.i:
            return False
        for above in self._sentence.ancestors(token):
            if above.i == head.i:
                return True
            if above.i > head.i or above.i < token.i - 8:
                return False
            if above.dep in ("conj", "appos") and above.i < token.i:
                return False
        return False

    def _core(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        vocabulary = self._words
        if head.is_name:
            return self._at_name(head, left, depth)
        if head.compound == "anti":
            return self._antibody(head, head, left)
        if (short := self._abbreviated(head, left)) is not None:
            return [short]
        if head.tag == "VBG" and self._sentence.children(head, "dobj"):
            return self._gerund(head, depth)
        if head.word in vocabulary.changes:
            return self._changed(head, left, depth)
        if head.word in vocabulary.measures:
            return self._measured(head, left, depth)
        if head.word in vocabulary.tools:
            return self._tool(head, left, depth)
        if head.word in vocabulary.treatment:
            return self._treated(head, left, depth)
        if head.word in vocabulary.organisms or head.word in vocabulary.cells:
            return self._carried(head, left, depth)
        if head.word in _JOINTLY:
            return self._jointly(head, depth)
        if head.word in vocabulary.partitive:
            return self._targets(head, _OF, depth)
        if (named := self._appositive(head)) is not None:
            return self._name(named)
        if (anaphor := self._anaphor(head, left)) is not None:
            return [anaphor]
        if head.word in vocabulary.transparent:
            return self._transparent(head, left, depth)
        if head.word in _ANAPHORS:
            return []
        if head.tag == "VBG":
            return self._gerund(head, depth)
        return self._other(head, left)

    def _at_name(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        """Read a mention: a word of the grammar that is one too, a carrier, or just a name."""
        vocabulary = self._words
        if head.word in vocabulary.changes:
            return self._changed(head, left, depth) or self._name(head)
        if head.word in vocabulary.measures:
            return self._measured(head, left, depth) or self._name(head)
        if head.word in vocabulary.treatment:
            return self._treated(head, left, depth) or self._name(head)
        if head.word in vocabulary.tools:
            return self._tool(head, left, depth) or self._name(head)
        behind = self._silenced(head)
        if behind is not None:
            return [thing.under(behind) for thing in self._name(head)]
        if head.mentions[-1].category in _CARRIERS:
            return self._carried(head, left, depth) or self._name(head)
        return self._by_tool(head, left, depth) or self._name(head)

    def _silenced(self, head: Token) -> Change | None:
        """Return the change of "BAG1 silencing" where the parser took it for a clause."""
        for child in self._sentence.children(head, "acl"):
            kind = self._words.gerunds.get(child.word)
            if kind is not None and child.i == head.i + 1 and not self._sentence.children(child, "dobj"):
                return self._perturbed(child.start, child.end, kind)
        return None

    def _by_tool(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        """Read "the MEK inhibitor U0126" as inhibition of MEK by U0126."""
        if not left or left[-1].word not in self._words.tools or head.mention is None:
            return []
        tool = left[-1]
        found = self._before(left[:-1], depth)
        change = self._perturbed(tool.start, tool.end, self._words.tools[tool.word])
        means = Means(head.start, head.end, head.mention)
        named = [thing for thing in found if thing.whole and not thing.changes]
        if head.mention.category in _GENES:
            return self._name(head)
        return [
            replace(thing.under(change), means=means, phrase_end=head.end) for thing in named
        ]

    def _name(self, head: Token) -> list[Thing]:
        end = head.end
        if head.aside and head.aside_end is not None and self._same(head.mentions, head.aside):
            end = head.aside_end
        return [
            Thing(head, head.mentions, head.start, end, head.start, end, pathway=False)
        ]

    def _same(self, mentions: Iterable[TextMention], aside: Iterable[TextMention]) -> bool:
        mine = {g.id for each in mentions for g in each.groundings[:1]}
        return any(each.abbreviation and each.groundings[0].id in mine for each in aside)

    def _tied(self, token: Token, perturbation: PerturbationType) -> list[Thing]:
        mention = token.mentions[-1]
        change = self._perturbed(token.start, token.end, perturbation)
        return [
            Thing(
                token, (mention,), mention.start, mention.end, token.start, token.end,
                changes=(change,),
            )
        ]  # fmt: skip

    def _perturbed(self, start: int, end: int, perturbation: PerturbationType) -> Change:
        down = perturbation in LOWERING
        return Change(start, end, end, -1 if down else 1, None, perturbation)

    def _changed(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        noun = self._words.changes[head.word]
        scope = self._scope(head)
        near = tuple(sorted(noun.prepositions - {"in"}, reverse=True))
        found = self._targets(head, near, depth)
        if not found and left:
            found = self._before(left, depth)
            scope = head.end if found else scope
        if not found and "in" in noun.prepositions:
            found = self._targets(head, ("in",), depth)
        if head.word == "resistance":
            # Resistance to a drug is no change of the drug.
            found = [t for t in found if t.mention is None or t.mention.category not in _DRUGS]
        change = self._change(head, noun, scope)
        if head.word == "stimulation" and self._prepositions(head, ("with",)):
            change = replace(change, perturbation=PerturbationType.TREATMENT)
        means = self._by(head)
        return [replace(thing.under(change), means=thing.means or means) for thing in found]

    def _change(self, head: Token, noun: ChangeNoun, scope: int) -> Change:
        return Change(
            head.start, head.end, max(head.end, scope), noun.change, noun.predicate,
            noun.perturbation, noun.aspect,
        )  # fmt: skip

    def _scope(self, head: Token) -> int:
        """Return where "reversal of" ends."""
        tokens = self._sentence.tokens
        after = tokens[head.i + 1] if head.i + 1 < len(tokens) else None
        return after.end if after is not None and after.word in _CHANGE_PREPOSITIONS else head.end

    def _by(self, head: Token) -> Means | None:
        """Return the named means of "inhibition of X by U0126"."""
        for preposition in self._prepositions(head, ("by", "with", "using")):
            for noun in self._sentence.children(preposition, "pobj"):
                mention = noun.mention
                if mention is not None and noun.is_name:
                    return Means(mention.start, mention.end, mention)
        return None

    def _measured(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        measure = self._words.measures[head.word]
        found = self._before(left, depth) if left else []
        if found:
            return [self._with_measure(thing, measure, thing.start, head) for thing in found]
        return [
            self._with_measure(thing, measure, head.start, head)
            for thing in self._targets(head, ("of", "for"), depth)
        ]

    def _with_measure(self, thing: Thing, measure: Measure, start: int, head: Token) -> Thing:
        if thing.changes and not thing.changes[0].adjective:
            return thing
        # "IL-6 mRNA expression" and "promoter activity": the inner word says what is measured.
        kept = thing.measure if thing.measure in (Measure.EXPRESSION, Measure.SYNTHESIS) else measure
        begin, end = min(start, thing.start), max(thing.end, head.end)
        return replace(
            thing, head=head, measure=kept, start=begin, end=end,
            phrase_start=min(begin, thing.phrase_start), phrase_end=max(end, thing.phrase_end),
        )  # fmt: skip

    def _tool(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        perturbation = self._words.tools[head.word]
        if any(token.word in _NAMING for token in left):
            return self._other(head, left)
        means = self._named_means(head)
        if means is not None and means.mention is not None and means.mention.category in _GENES:
            # "the NF-kappaB inhibitor A20" names a protein: it is the agent itself.
            return self._name(next(t for t in self._sentence.tokens if means.mention in t.mentions))
        anti = next((token for token in left if token.compound == "anti"), None)
        if anti is not None:
            return self._antibody(anti, head, left)
        found = self._targets(head, _TOOL_PREPOSITIONS, depth)
        if not found and any(token.is_name for token in left):
            found = self._before(left, depth)
        change = self._perturbed(head.start, head.end, perturbation)
        return [
            replace(thing.under(change), means=means or Means(thing.phrase_start, head.end, None))
            for thing in found
            if not thing.changes
        ]

    def _antibody(self, anti: Token, head: Token, left: list[Token]) -> list[Thing]:
        """Read "neutralizing anti-TNF antibodies" as blockade of TNF.

        Many antibodies stimulate what they bind, so that one that is not said to block is an
        agent of its own, which nothing grounds.
        """
        before = left or self._sentence.tokens[max(0, anti.i - 2) : anti.i]
        blocking = next((token for token in before if token.word in _BLOCKING), None)
        if blocking is not None:
            change = self._perturbed(blocking.start, head.end, PerturbationType.BLOCKADE)
            mention = anti.mentions[-1]
            start, end = min(blocking.start, anti.start), max(anti.end, head.end)
            return [
                Thing(
                    head, (mention,), mention.start, mention.end, start, end, changes=(change,)
                )
            ]  # fmt: skip
        change = self._perturbed(anti.start, head.end, PerturbationType.TREATMENT)
        return [
            Thing(
                head, anti.mentions, anti.start, head.end, anti.start, head.end,
                changes=(change,), whole=False,
            )
        ]  # fmt: skip

    def _named_means(self, head: Token) -> Means | None:
        """Return Y of "the X inhibitor Y" or "the X inhibitor, Y"."""
        tokens = self._sentence.tokens
        if head.aside and head.aside[0].category in _DRUGS:
            return Means(head.aside[0].start, head.aside[0].end, head.aside[0])
        for token in tokens[head.i + 1 : head.i + 3]:
            if token.is_name and token.mention is not None:
                return Means(token.start, token.end, token.mention)
            if token.text != ",":
                break
        return None

    def _treated(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        found = self._targets(head, _TREATMENT_PREPOSITIONS, depth)
        if not found and left:
            found = self._before(left, depth)
        change = self._perturbed(head.start, head.end, PerturbationType.TREATMENT)
        return [
            thing if _perturbation_of(thing) else thing.under(change)
            for thing in found
            if thing.mention is None or thing.mention.category not in (Category.DISEASE,)
        ]

    def _carried(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        """Return what was done to the cells or animals that the phrase names."""
        found: list[Thing] = []
        for token in left:
            kind = _CARRIED.get(token.compound or "")
            if kind is not None:
                found += [replace(t, carrier=head) for t in self._tied(token, kind)]
        if not found:
            found = self._spaced_knockout(head, left)
        for clause in self._sentence.children(head, "acl", "relcl", "amod"):
            found += self._clause_done(clause, head, depth)
        return found

    def _spaced_knockout(self, head: Token, left: list[Token]) -> list[Thing]:
        """Read "p53 null mice" and "Il6 knockout mice"."""
        for before, token in zip(left, left[1:], strict=False):
            kind = _CARRIED.get(self._words.compounds.get(token.word, ""))
            if before.is_name and kind is not None and token.word not in ("treated",):
                [thing] = self._tied(before, kind)
                change = replace(thing.changes[0], start=token.start, end=token.end, scope=token.end)
                return [replace(thing, changes=(change,), phrase_end=token.end, carrier=head)]
        return []

    def _clause_done(self, clause: Token, head: Token, depth: int) -> list[Thing]:
        """Read "mice lacking X", "cells overexpressing X", "cells treated with X"."""
        kind = _CLAUSES.get(clause.word)
        if kind is None:
            return []
        nouns = self._sentence.children(clause, "dobj")
        for preposition in self._prepositions(clause, ("with", "in", "for", "to", "by")):
            nouns += self._sentence.children(preposition, "pobj")
        change = self._perturbed(clause.start, clause.end, kind)
        return [
            replace(thing.under(change), carrier=head)
            for noun in nouns
            for thing in self.things(noun, depth + 1)
            if thing.whole and thing.mention is not None and not _perturbation_of(thing)
        ]

    def _transparent(self, head: Token, left: list[Token], depth: int) -> list[Thing]:
        found = self._before(left, depth) if left else []
        tied = [token for token in left if token.compound == "induced"]
        if not found and tied and head.word in _PATHWAY:
            mentions = tuple(mention for token in tied for mention in token.mentions)
            start = tied[0].start
            return [Thing(head, mentions, start, head.end, start, head.end, joint=len(tied) > 1)]
        if not found:
            if any(token.tag in ("JJ", "NN", "NNS", "NNP") for token in left):
                return self._other(head, left)
            found = self._targets(head, _OF, depth)
            return [
                replace(
                    thing,
                    start=min(head.start, thing.start),
                    phrase_start=min(head.start, thing.phrase_start),
                )
                for thing in found
            ]
        pathway = head.word in _PATHWAY
        return [
            replace(
                thing, head=head, end=max(thing.end, head.end), pathway=pathway or thing.pathway,
                phrase_end=max(thing.phrase_end, head.end),
            )  # fmt: skip
            for thing in found
        ]

    def _abbreviated(self, head: Token, left: list[Token]) -> Thing | None:
        """Return BAD of "BCL2-antagonist of cell death (BAD)": the brackets name the entity."""
        if len(head.aside) != 1 or head.aside_end is None:
            return None
        [mention] = head.aside
        if not mention.abbreviation or mention.category not in _GENES | _DRUGS:
            return None
        start = left[0].start if left else head.start
        return Thing(head, (mention,), mention.start, mention.end, start, head.aside_end)

    def _appositive(self, head: Token) -> Token | None:
        """Return NF-kappaB of "the transcription factor NF-kappaB"."""
        for child in self._sentence.children(head, "appos"):
            between = self._sentence.tokens[head.i + 1 : child.i]
            if child.is_name and child.i > head.i and not between:
                return child
        return None

    def _anaphor(self, head: Token, left: list[Token]) -> Thing | None:
        """Return "this pathway" with what it stands for, where that is plain."""
        kinds = _ANAPHORIC.get(head.word)
        first = left[0] if left else self._sentence.tokens[head.i - 1] if head.i else None
        start = next(
            (c for c in self._sentence.children(head, "det") if c.word in ("this", "these")), None
        )
        if kinds is None or first is None or start is None or head.i - start.i > 1:
            return None
        return self._standing_for(head, start.start, head.end, kinds)

    def _standing_for(
        self, head: Token, start: int, end: int, kinds: frozenset[Category]
    ) -> Thing | None:
        before = [m for t in self._sentence.tokens[: head.i] for m in t.mentions]
        for mention in (*reversed(before), *reversed(self._sentence.earlier)):
            if mention.category in kinds:
                return Thing(head, (), start, end, start, end, antecedent=mention)
        return None

    def possessor(self, token: Token) -> Thing | None:
        """Return what "its" stands for: the only gene or drug named before it in the sentence."""
        before = [m for t in self._sentence.tokens[: token.i] for m in t.mentions]
        able = [m for m in before if m.category in _GENES | _DRUGS]
        ids = {mention.groundings[0].id for mention in able}
        if len(ids) != 1:
            return None
        return Thing(token, (), token.start, token.end, token.start, token.end, antecedent=able[-1])

    def _jointly(self, head: Token, depth: int) -> list[Thing]:
        """Read "the cooperation of A and B" as one agent of both, "in C" as what they do."""
        parts = self._targets(head, ("of", "between"), depth)
        mentions = tuple(m for part in parts for m in part.mentions)
        if len(mentions) < 2:
            return []
        start = min(part.start for part in parts)
        end = max(part.end for part in parts)
        inner = Thing(head, mentions, start, end, start, end, joint=True)
        objects = [thing for thing in self._targets(head, ("in",), depth) if thing.whole]
        if not objects:
            begin = min(head.start, start)
            return [replace(inner, start=begin, phrase_start=begin)]
        target = objects[0]
        return [
            Thing(
                head, mentions, head.start, target.end, head.start, target.end,
                joint=True, effect=(inner, target),
            )
        ]  # fmt: skip

    def _gerund(self, head: Token, depth: int) -> list[Thing]:
        """Read "silencing X" as what was done to X."""
        kind = self._words.gerunds.get(head.word)
        if kind is None:
            return []
        found = [
            thing
            for noun in self._sentence.children(head, "dobj", "pobj")
            for thing in self.things(noun, depth + 1)
        ]
        change = self._perturbed(head.start, head.end, kind)
        return [thing.under(change) for thing in found]

    def _other(self, head: Token, left: list[Token]) -> list[Thing]:
        """Read a phrase whose head is no word of the grammar: a name that nothing grounds."""
        if any(token.tie in _OPPOSING for token in left):
            return []
        listed = self._listed(head)
        if listed:
            return listed
        named = [token for token in left if token.is_name or token.compound == "other"]
        if head.tag not in _NOUNS or (head.word in self._words.empty and not named):
            return []
        kept = [token for token in left if token.tag not in ("PRP$", "POS", "CD") or token.mentions]
        kept = [token for token in kept if token.word not in self._words.adjectives]
        start = kept[0].start if kept else head.start
        mentions = tuple(m for token in named for m in token.mentions)
        return [Thing(head, mentions, start, head.end, start, head.end, whole=False)]

    def _listed(self, head: Token) -> list[Thing]:
        """Return what "toxicities such as X and Y" lists."""
        if self._prepositions(head, _OF):
            return []
        return [
            thing
            for preposition in self._sentence.children(head, "prep")
            if preposition.word in _LISTING
            for noun in self._sentence.children(preposition, "pobj")
            for thing in self.things(noun, 1)
            if thing.whole and thing.mentions
        ]

    def _before(self, left: list[Token], depth: int) -> list[Thing]:
        """Read what stands before a head within its noun phrase."""
        for at in range(len(left) - 1, -1, -1):
            token = left[at]
            if token.word in self._words.changes or token.word in self._words.measures:
                return self._core(token, left[:at], depth + 1)
            if token.is_name:
                return self._names_before(left, at)
            if token.word in self._words.transparent:
                return self._core(token, left[:at], depth + 1)
            if token.compound is None and token.tag in ("NN", "NNS", "NNP"):
                return self._other(token, left[:at])
        return []

    def _names_before(self, left: list[Token], at: int) -> list[Thing]:
        found = self._name(left[at])
        if at > 1 and left[at - 1].word in ("and", "or", "/") and left[at - 2].is_name:
            return self._name(left[at - 2]) + found
        return found

    def _targets(self, head: Token, prepositions: tuple[str, ...], depth: int) -> list[Thing]:
        """Return what the prepositional phrases of a head name."""
        for word in prepositions:
            found = [
                thing
                for preposition in self._prepositions(head, (word,))
                for noun in self._sentence.children(preposition, "pobj", "pcomp")
                for thing in self.things(noun, depth + 1)
            ]
            if found:
                return found
        return []

    def _prepositions(self, head: Token, which: tuple[str, ...]) -> list[Token]:
        """Return the prepositions of a head, or else those of its coordinates."""
        for each in (head, *self._coordinates(head)):
            found = [
                child
                for child in self._sentence.children(each, "prep", "agent", "dative")
                if child.word in which
            ]
            if found:
                return found
        # A parser often hangs "resistance to X" on the verb.
        tokens = self._sentence.tokens
        after = tokens[head.i + 1] if head.i + 1 < len(tokens) else None
        if after is not None and after.word in which and after.head == head.head:
            return [after]
        return []

    def _modified(self, thing: Thing, head: Token, left: list[Token]) -> Thing:
        """Add what adjectives and ties before the head say."""
        vocabulary = self._words
        for token in reversed(left):
            named = thing.mention is not None and thing.mention.category in _GENES
            if token.word in vocabulary.altered and named and not thing.changes:
                changed = Change(
                    token.start, token.end, token.end, 0, None, PerturbationType.MUTATION,
                    adjective=True,
                )  # fmt: skip
                thing = thing.under(changed)
            elif token.word in vocabulary.adjectives and token.start < thing.start:
                change = vocabulary.adjectives[token.word]
                kind = PerturbationType.GAIN if change > 0 else PerturbationType.LOSS
                thing = thing.under(
                    Change(token.start, token.end, token.end, change, None, kind, adjective=True)
                )
            elif token.compound == "anti" and thing.mentions == token.mentions and not thing.changes:
                turned = Change(token.start, token.end, token.end, -1)
                thing = replace(thing, phrase_start=min(thing.phrase_start, token.start))
                thing = replace(thing, changes=(turned, *thing.changes), whole=False)
            elif token.compound == "induced" and token is not thing.head:
                thing = replace(
                    thing,
                    inducers=(*thing.inducers, token),
                    phrase_start=min(thing.phrase_start, token.start),
                )
            elif token.word in _ECTOPIC and head.word == "expression" and not thing.changes:
                change_ = self._perturbed(token.start, head.end, PerturbationType.OVEREXPRESSION)
                thing = replace(thing.under(change_), measure=None)
        form = self._form(head, left)
        if form is not None and not thing.changes:
            thing = thing.under(form)
        denied = self._sentence.children(head, "det", "neg", "preconj")
        # Nitric oxide is NO, too.
        if any(child.word in _NO and child.text != "NO" for child in denied):
            thing = replace(thing, none=True)
        return thing

    def _form(self, head: Token, left: list[Token]) -> Change | None:
        """Return what "dominant-negative" or "constitutively active" says was done."""
        if not left:
            return None
        begin = max(0, left[0].i - 2)
        before = self._sentence.tokens[begin : head.i + 1]
        spoken = " ".join(token.word for token in before)
        for words_, kind in self._words.forms.items():
            if words_ in spoken:
                first = words_.split()[0]
                start = next((t for t in before if t.word.startswith(first.split("-")[0])), None)
                if start is not None:
                    return self._perturbed(start.start, start.start + len(words_), kind)
        return None


LOWERING: Final = frozenset(
    {
        PerturbationType.INHIBITION,
        PerturbationType.KNOCKDOWN,
        PerturbationType.KNOCKOUT,
        PerturbationType.DOMINANT_NEGATIVE,
        PerturbationType.BLOCKADE,
        PerturbationType.WITHDRAWAL,
        PerturbationType.LOSS,
    }
)
_CARRIED: Final = {
    "knockout": PerturbationType.KNOCKOUT,
    "knockdown": PerturbationType.KNOCKDOWN,
    "overexpression": PerturbationType.OVEREXPRESSION,
    "treated": PerturbationType.TREATMENT,
    "inhibition": PerturbationType.INHIBITION,
}
_CLAUSES: Final = {
    "lacking": PerturbationType.KNOCKOUT,
    "deficient": PerturbationType.KNOCKOUT,
    "null": PerturbationType.KNOCKOUT,
    "overexpressing": PerturbationType.OVEREXPRESSION,
    "over-expressing": PerturbationType.OVEREXPRESSION,
    "transfected": PerturbationType.OVEREXPRESSION,
    "treated": PerturbationType.TREATMENT,
    "exposed": PerturbationType.TREATMENT,
    "pretreated": PerturbationType.TREATMENT,
    "injected": PerturbationType.TREATMENT,
    "depleted": PerturbationType.KNOCKDOWN,
}


def _with_shared_change(things: list[Thing]) -> list[Thing]:
    """Let "overexpression of JNK1 or p38" speak of both, however it was parsed."""
    if len(things) < 2 or not things[0].changes or things[0].changes[0].adjective:
        return things
    first = things[0]
    outer = first.changes[0]
    if outer.perturbation is None or outer.start > first.start:
        return things
    return [
        thing
        if thing.changes or thing.measure is not None or not thing.whole or thing.carrier
        else replace(thing, changes=(outer,))
        for thing in things
    ]


def _perturbation_of(thing: Thing) -> PerturbationType | None:
    return thing.changes[0].perturbation if thing.changes else None
