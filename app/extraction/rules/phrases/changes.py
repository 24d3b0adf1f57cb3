"""Nouns and adjectives that say that something changed, was measured or was given."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.extraction.rules.phrases import modifiers, names
from app.extraction.rules.things import Change, Means, Thing, united
from app.extraction.rules.tokens import Token
from app.extraction.rules.words import ChangeNoun, words
from app.model.vocabulary import Category, Measure, PerturbationType

if TYPE_CHECKING:
    from app.extraction.rules.phrases.core import Phrases

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


def perturbed(start: int, end: int, perturbation: PerturbationType) -> Change:
    """Return the change that a perturbation makes of its target."""
    down = perturbation in LOWERING
    return Change(start, end, end, -1 if down else 1, None, perturbation)


def tied(token: Token, perturbation: PerturbationType) -> list[Thing]:
    """Return what a compound says was done to the mention it holds."""
    mention = token.mentions[-1]
    change = perturbed(token.start, token.end, perturbation)
    return [
        Thing(
            token, (mention,), mention.start, mention.end, token.start, token.end,
            changes=(change,),
        )
    ]  # fmt: skip


def changed(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "inhibition of X", "X inhibition" and "decrease in X"."""
    noun = phrases.words.changes[head.word]
    scope = scope_of(phrases, head)
    near = tuple(sorted(noun.prepositions - {"in"}, reverse=True))
    found = _transferred(phrases, head, noun, depth) or phrases.targets(head, near, depth)
    if not found and left:
        found = phrases.before(left, depth)
        scope = head.end if found else scope
    if not found and "in" in noun.prepositions:
        found = phrases.targets(head, ("in",), depth)
    if head.word == "resistance" and any(_is_trait(thing, head) for thing in found):
        # Resistance to a drug and "apoptosis resistance" are traits, no change of what it is to.
        start = min(head.start, *(thing.start for thing in found))
        end = max(head.end, *(thing.end for thing in found))
        named = found[-1].mentions
        return [Thing(head, named, start, end, start, end, whole=False)]
    if any(token.word in phrases.words.closed.joint_kinds for token in left) or _lost_together(
        phrases, head, noun
    ):
        # "combined loss of X and Y" tells nothing of either alone (rule 5).
        found = united(found)
    change = change_of(head, noun, scope)
    if head.word in phrases.words.closed.defects and any(map(_is_gene, found)):
        # A defect in a gene is a mutation of unknown sense.
        change = replace(change, change=0, perturbation=PerturbationType.MUTATION)
    if head.word == "stimulation" and phrases.prepositions(head, ("with",)):
        change = replace(change, perturbation=PerturbationType.TREATMENT)
    means = by(phrases, head)
    return [replace(thing.under(change), means=thing.means or means) for thing in found]


def _transferred(phrases: "Phrases", head: Token, noun: ChangeNoun, depth: int) -> list[Thing]:
    """Return X of "cotransfection of X with a reporter"; of cells, what they were given counts."""
    given = phrases.prepositions(head, ("with",)) if "with" in noun.prepositions else []
    if not given:
        return []
    between = phrases.sentence.tokens[head.i + 1 : given[0].i]
    if any(t.word in phrases.words.cells | phrases.words.organisms for t in between):
        return []
    found = phrases.targets(head, names.OF, depth)
    genes = [t for t in found if t.mention is not None and t.mention.category in names.GENES]
    return [thing for thing in genes if thing.whole]


def _lost_together(phrases: "Phrases", head: Token, noun: ChangeNoun) -> bool:
    """Tell whether "loss of both X and Y" says that they were lost together (rule 5)."""
    return noun.change < 0 and any(
        phrases.sentence.tokens[preposition.i + 1].word == "both"
        for preposition in phrases.prepositions(head, names.OF)
        if preposition.i + 1 < len(phrases.sentence.tokens)
    )


def _is_gene(thing: Thing) -> bool:
    return thing.mention is not None and thing.head.word in words().closed.genes


def change_of(head: Token, noun: ChangeNoun, scope: int) -> Change:
    """Return the change that a noun says, up to ``scope``."""
    return Change(
        head.start, head.end, max(head.end, scope), noun.change, noun.predicate,
        noun.perturbation, noun.aspect,
    )  # fmt: skip


def scope_of(phrases: "Phrases", head: Token) -> int:
    """Return where "reversal of" ends."""
    tokens = phrases.sentence.tokens
    after = tokens[head.i + 1] if head.i + 1 < len(tokens) else None
    return after.end if after is not None and after.word in ("of", "in", "for") else head.end


def by(phrases: "Phrases", head: Token) -> Means | None:
    """Return the named means of "inhibition of X by U0126"."""
    for preposition in phrases.prepositions(head, ("by", "with", "using")):
        for noun in phrases.sentence.children(preposition, "pobj"):
            mention = noun.mention
            if mention is not None and noun.is_name:
                return Means(mention.start, mention.end, mention)
    return None


def measured(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "X activity" and "expression of X"."""
    measure = phrases.words.measures[head.word]
    found = phrases.before(left, depth) if left else []
    targets = phrases.targets(head, ("of", "for"), depth)
    if found and (found[0].mention is not None or not targets):
        return [with_measure(thing, measure, thing.start, head) for thing in found]
    return [with_measure(thing, measure, head.start, head) for thing in targets]


def with_measure(thing: Thing, measure: Measure, start: int, head: Token) -> Thing:
    """Return a thing of which a property is meant; a nested change keeps its own."""
    if thing.changes and not thing.changes[0].adjective:
        return thing
    # "IL-6 mRNA expression" and "promoter activity": the inner word says what is measured.
    kept = thing.measure if thing.measure in (Measure.EXPRESSION, Measure.SYNTHESIS) else measure
    begin, end = min(start, thing.start), max(thing.end, head.end)
    return replace(
        thing, head=head, measure=kept, start=begin, end=end,
        phrase_start=min(begin, thing.phrase_start), phrase_end=max(end, thing.phrase_end),
    )  # fmt: skip


def treated(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "treatment with X" and "X administration"; what treats a disease is no treatment."""
    received = head.word in phrases.words.closed.received
    prepositions = ("with", "of", "to") if received else ("with", "of")
    found = phrases.targets(head, prepositions, depth)
    if not found and left:
        found = phrases.before(left, depth)
    change = perturbed(head.start, head.end, PerturbationType.TREATMENT)
    return [
        thing if perturbation_of(thing) else thing.under(change)
        for thing in found
        if thing.mention is None or thing.mention.category is not Category.DISEASE
    ]


def transparent(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "the X pathway" and "levels of the X protein": the head adds nothing to X."""
    if names.opposes(phrases, left):
        return []
    found = phrases.before(left, depth) if left else []
    pathway = head.word in phrases.words.lists.pathway
    if found:
        return [
            replace(
                thing,
                head=head,
                end=max(thing.end, head.end),
                pathway=pathway or thing.pathway,
                phrase_end=max(thing.phrase_end, head.end),
            )
            for thing in found
        ]
    inducers = [token for token in left if token.compound == "induced"]
    if inducers and pathway:
        # "the Ras-dependent pathway" is named by what drives it.
        mentions = tuple(mention for token in inducers for mention in token.mentions)
        start, joint = inducers[0].start, len(inducers) > 1
        return [Thing(head, mentions, start, head.end, start, head.end, joint=joint)]
    if any(token.tag in ("JJ", "NN", "NNS", "NNP") for token in left):
        return names.other(phrases, head, left)
    return [
        replace(
            thing,
            start=min(head.start, thing.start),
            phrase_start=min(head.start, thing.phrase_start),
        )
        for thing in phrases.targets(head, names.OF, depth)
    ]


def construct(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "the X super-repressor" as a form of X that is always active."""
    found = phrases.before(left, depth)
    change = perturbed(head.start, head.end, phrases.words.constructs[head.word])
    plain = [thing.under(change) for thing in found if thing.whole and not thing.changes]
    return plain or names.other(phrases, head, left)


def formed(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "a dominant-negative mutant of X" as what its form says was done to X (rule 3)."""
    if head.word not in phrases.words.closed.formed or not phrases.prepositions(head, names.OF):
        return []
    change = modifiers.form(phrases, head, left)
    if change is None:
        return []
    found = phrases.targets(head, names.OF, depth) or phrases.before(left, depth)
    return [modifiers.under_form(thing, change) for thing in found if not thing.changes]


def effect_of(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "the inhibitory effect of B on C" as C that B changes; untold which way, as B to C."""
    raising, lowering = phrases.words.lists.raising_effects, phrases.words.lists.lowering_effects
    signs = [1 if t.word in raising else -1 for t in left if t.word in raising | lowering]
    causes = [t for t in phrases.targets(head, names.OF, depth) if t.whole and not t.changes]
    joined = [p for p in phrases.sentence.children(head, "prep") if p.word in ("on", "upon")]
    found = phrases.targets(head, ("on", "upon"), depth)
    if causes and not joined and not signs:
        # "antagonises the effects of X" says of X's effects, whatever they are on, that they go.
        cause = causes[0]
        named = Thing(head, cause.mentions, head.start, cause.end, head.start, cause.end)
        return [replace(named, whole=False)] if cause.mentions else []
    if not causes or not joined:
        return []
    if not signs:
        # Of two the order is plain only where each is one.
        single = len(causes) == 1 and len(found) == 1 and found[0].whole
        return [_relation(head, causes[0], found[0])] if single else []
    first = left[0].start if left else head.start
    change = Change(first, head.end, joined[0].end, signs[0])
    inducers = tuple(t.head for t in causes[:1] if t.head.is_name)
    return [replace(thing.under(change), inducers=inducers) for thing in found]


def _relation(head: Token, cause: Thing, target: Thing) -> Thing:
    mentions = (*cause.mentions, *target.mentions)
    start, end = head.start, max(cause.end, target.end)
    return Thing(
        head, mentions, start, end, start, end,
        joint=True, vague=True, effect=(cause, target),
    )  # fmt: skip


def counted(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "a variety of X" as X."""
    del left
    return phrases.targets(head, names.OF, depth)


def vaguely(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "regulation of X" as X that changes, one way or the other."""
    found = phrases.targets(head, names.OF, depth) or (phrases.before(left, depth) if left else [])
    return [
        replace(
            thing,
            vague=True,
            phrase_start=min(head.start, thing.phrase_start),
            phrase_end=max(head.end, thing.phrase_end),
        )
        for thing in found
    ]


def gerund(phrases: "Phrases", head: Token, depth: int) -> list[Thing]:
    """Read "silencing X" as what was done to X."""
    kind = phrases.words.gerunds.get(head.word)
    if kind is None:
        return []
    found = [
        thing
        for noun in phrases.sentence.children(head, "dobj", "pobj")
        for thing in phrases.things(noun, depth + 1)
    ]
    change = perturbed(head.start, head.end, kind)
    return [thing.under(change) for thing in found]


def with_shared_change(things: list[Thing]) -> list[Thing]:
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


def perturbation_of(thing: Thing) -> PerturbationType | None:
    """Return what is said to have been done to a thing."""
    return thing.changes[0].perturbation if thing.changes else None


def _is_trait(thing: Thing, resistance: Token) -> bool:
    """Tell whether it is resistance to a drug, or named as one word with what it is to."""
    mention = thing.mention
    drug = mention is None or not thing.whole or mention.category in names.DRUGS
    return drug or thing.start < resistance.start
