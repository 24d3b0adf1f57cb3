"""Nouns and adjectives that say that something changed, was measured or was given."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.extraction.rules.phrases import names
from app.extraction.rules.things import Change, Means, Thing
from app.extraction.rules.tokens import Token
from app.extraction.rules.words import ChangeNoun
from app.model.vocabulary import Category, Measure, PerturbationType

if TYPE_CHECKING:
    from app.extraction.rules.phrases.core import Phrases

_NO: Final = frozenset({"no", "neither"})
_TREATMENT_PREPOSITIONS: Final = ("with", "of", "to")
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


def perturbed(phrases: "Phrases", start: int, end: int, perturbation: PerturbationType) -> Change:
    down = perturbation in LOWERING
    return Change(start, end, end, -1 if down else 1, None, perturbation)


def tied(phrases: "Phrases", token: Token, perturbation: PerturbationType) -> list[Thing]:
    mention = token.mentions[-1]
    change = perturbed(phrases, token.start, token.end, perturbation)
    return [
        Thing(
            token, (mention,), mention.start, mention.end, token.start, token.end,
            changes=(change,),
        )
    ]  # fmt: skip


def changed(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    noun = phrases.words.changes[head.word]
    scope = scope_of(phrases, head)
    near = tuple(sorted(noun.prepositions - {"in"}, reverse=True))
    found = phrases.targets(head, near, depth)
    if not found and left:
        found = phrases.before(left, depth)
        scope = head.end if found else scope
    if not found and "in" in noun.prepositions:
        found = phrases.targets(head, ("in",), depth)
    if head.word == "resistance" and any(_is_drug(thing) for thing in found):
        # Resistance to a drug is no change of the drug.
        end = max(thing.end for thing in found)
        return [Thing(head, (), head.start, end, head.start, end, whole=False)]
    change = change_of(phrases, head, noun, scope)
    if head.word == "stimulation" and phrases.prepositions(head, ("with",)):
        change = replace(change, perturbation=PerturbationType.TREATMENT)
    means = by(phrases, head)
    return [replace(thing.under(change), means=thing.means or means) for thing in found]


def change_of(phrases: "Phrases", head: Token, noun: ChangeNoun, scope: int) -> Change:
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
    measure = phrases.words.measures[head.word]
    found = phrases.before(left, depth) if left else []
    if found:
        return [with_measure(phrases, thing, measure, thing.start, head) for thing in found]
    return [
        with_measure(phrases, thing, measure, head.start, head)
        for thing in phrases.targets(head, ("of", "for"), depth)
    ]


def with_measure(
    phrases: "Phrases", thing: Thing, measure: Measure, start: int, head: Token
) -> Thing:
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
    found = phrases.targets(head, _TREATMENT_PREPOSITIONS, depth)
    if not found and left:
        found = phrases.before(left, depth)
    change = perturbed(phrases, head.start, head.end, PerturbationType.TREATMENT)
    return [
        thing if perturbation_of(thing) else thing.under(change)
        for thing in found
        if thing.mention is None or thing.mention.category not in (Category.DISEASE,)
    ]


def transparent(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    found = phrases.before(left, depth) if left else []
    tied = [token for token in left if token.compound == "induced"]
    if not found and tied and head.word in phrases.words.lists.pathway:
        mentions = tuple(mention for token in tied for mention in token.mentions)
        start = tied[0].start
        return [Thing(head, mentions, start, head.end, start, head.end, joint=len(tied) > 1)]
    if not found:
        if any(token.tag in ("JJ", "NN", "NNS", "NNP") for token in left):
            return names.other(phrases, head, left)
        found = phrases.targets(head, names.OF, depth)
        return [
            replace(
                thing,
                start=min(head.start, thing.start),
                phrase_start=min(head.start, thing.phrase_start),
            )
            for thing in found
        ]
    pathway = head.word in phrases.words.lists.pathway
    return [
        replace(
            thing,
            head=head,
            end=max(thing.end, head.end),
            pathway=pathway or thing.pathway,
            phrase_end=max(thing.phrase_end, head.end),
        )  # fmt: skip
        for thing in found
    ]


def vaguely(
    phrases: "Phrases", head: Token, left: list[Token], depth: int
) -> list[Thing]:
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
    change = perturbed(phrases, head.start, head.end, kind)
    return [thing.under(change) for thing in found]


def modified(phrases: "Phrases", thing: Thing, head: Token, left: list[Token]) -> Thing:
    """Add what adjectives and ties before the head say."""
    vocabulary = phrases.words
    for token in reversed(left):
        named = thing.mention is not None and thing.mention.category in names.GENES
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
        elif (
            token.word in phrases.words.lists.ectopic
            and head.word == "expression"
            and not thing.changes
        ):
            change_ = perturbed(phrases, token.start, head.end, PerturbationType.OVEREXPRESSION)
            thing = replace(thing.under(change_), measure=None)
    formed = form(phrases, head, left)
    if formed is not None and not thing.changes:
        thing = thing.under(formed)
    denied = phrases.sentence.children(head, "det", "neg", "preconj")
    # Nitric oxide is NO, too.
    if any(child.word in _NO and child.text != "NO" for child in denied):
        thing = replace(thing, none=True)
    return thing


def form(phrases: "Phrases", head: Token, left: list[Token]) -> Change | None:
    """Return what "dominant-negative" or "constitutively active" says was done."""
    if not left:
        return None
    begin = max(0, left[0].i - 2)
    before = phrases.sentence.tokens[begin : head.i + 1]
    spoken = " ".join(token.word for token in before)
    for words_, kind in phrases.words.forms.items():
        if words_ in spoken:
            first = words_.split()[0]
            start = next((t for t in before if t.word.startswith(first.split("-")[0])), None)
            if start is not None:
                return perturbed(phrases, start.start, start.start + len(words_), kind)
    return None


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
    return thing.changes[0].perturbation if thing.changes else None


def _is_drug(thing: Thing) -> bool:
    mention = thing.mention
    return mention is None or not thing.whole or mention.category in names.DRUGS
