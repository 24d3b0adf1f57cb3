"""Names in a noun phrase: mentions, abbreviations, anaphors, lists, and what nothing grounds."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from app.extraction.rules.phrases import carriers, changes
from app.extraction.rules.things import Change, Means, Thing
from app.extraction.rules.tokens import Token
from app.extraction.rules.words import words
from app.model.reading import TextMention
from app.model.vocabulary import Category

if TYPE_CHECKING:
    from app.extraction.rules.phrases.core import Phrases

NOUNS: Final = ("NN", "NNS", "NNP", "NNPS", "VBG", "CD", "FW")
OF: Final = ("of",)
DRUGS: Final = frozenset({Category.SMALL_MOLECULE, Category.CHEMICAL_ENTITY})
GENES: Final = frozenset(
    {
        Category.GENE,
        Category.PROTEIN,
        Category.GENE_FAMILY,
        Category.MACROMOLECULAR_COMPLEX,
    }
)
CARRIERS: Final = frozenset({Category.CELL, Category.CELL_LINE, Category.ORGANISM_TAXON})


@cache
def _anaphoric() -> Mapping[str, frozenset[Category]]:
    """Return what the head of an anaphor may stand for."""
    closed = words().closed
    return {
        **dict.fromkeys(closed.pathway_anaphors, GENES | {Category.PATHWAY}),
        **dict.fromkeys(closed.gene_anaphors, GENES),
        **dict.fromkeys(closed.drug_anaphors, DRUGS),
    }


def at_name(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read a mention: a word of the grammar that is one too, a carrier, or just a name."""
    vocabulary = phrases.words
    if head.word in vocabulary.changes:
        return changes.changed(phrases, head, left, depth) or name(head)
    if head.word in vocabulary.measures:
        return changes.measured(phrases, head, left, depth) or name(head)
    if head.word in vocabulary.treatment:
        return changes.treated(phrases, head, left, depth) or name(head)
    if head.word in vocabulary.tools:
        # What an siRNA or an inhibitor of nobody knows what does has no sign.
        return carriers.tool(phrases, head, left, depth)
    if (target := carriers.targeted(phrases, head)) is not None:
        return [target]
    behind = silenced(phrases, head)
    if behind is not None:
        return [thing.under(behind) for thing in name(head)]
    if head.mentions[-1].category in CARRIERS:
        return carriers.carried(phrases, head, left, depth) or name(head)
    if (named := appositive(phrases, head)) is not None and _is_class(head, named):
        return name(named)
    return by_tool(phrases, head, left, depth) or name(head)


def _is_class(head: Token, named: Token) -> bool:
    """Tell whether "the tumor suppressor gene ARHI" names a gene behind what kind it is."""
    gene = named.mention is not None and named.mention.category in GENES
    return gene and head.text.islower() and not named.text.islower()


def silenced(phrases: "Phrases", head: Token) -> Change | None:
    """Return the change of "BAG1 silencing" where the parser took it for a clause."""
    for child in phrases.sentence.children(head, "acl"):
        kind = phrases.words.gerunds.get(child.word)
        if (
            kind is not None
            and child.i == head.i + 1
            and not phrases.sentence.children(child, "dobj")
        ):
            return changes.perturbed(child.start, child.end, kind)
    return None


def by_tool(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "the MEK inhibitor U0126" as inhibition of MEK by U0126."""
    if not left or left[-1].word not in phrases.words.tools or head.mention is None:
        return []
    tool = left[-1]
    found = phrases.before(left[:-1], depth)
    change = changes.perturbed(tool.start, tool.end, phrases.words.tools[tool.word])
    means = Means(head.start, head.end, head.mention)
    named = [thing for thing in found if thing.whole and not thing.changes]
    if head.mention.category in GENES:
        return name(head)
    return [replace(thing.under(change), means=means, phrase_end=head.end) for thing in named]


def name(head: Token) -> list[Thing]:
    """Return the thing that a mention names, with its abbreviation behind it."""
    end = head.end
    if head.aside and head.aside_end is not None and same(head.mentions, head.aside):
        end = head.aside_end
    return [Thing(head, head.mentions, head.start, end, head.start, end)]


def same(mentions: Iterable[TextMention], aside: Iterable[TextMention]) -> bool:
    """Tell whether brackets only abbreviate what stands before them."""
    mine = {g.id for each in mentions for g in each.groundings[:1]}
    return any(each.abbreviation and each.groundings[0].id in mine for each in aside)


def abbreviated(head: Token, left: list[Token]) -> Thing | None:
    """Return BAD of "BCL2-antagonist of cell death (BAD)": the brackets name the entity."""
    if len(head.aside) != 1 or head.aside_end is None:
        return None
    [mention] = head.aside
    if not mention.abbreviation or mention.category not in GENES | DRUGS:
        return None
    start = left[0].start if left else head.start
    named = Thing.named(head, mention)
    return replace(named, phrase_start=start, phrase_end=head.aside_end)


def appositive(phrases: "Phrases", head: Token) -> Token | None:
    """Return NF-kappaB of "the transcription factor NF-kappaB", also behind a comma."""
    for child in phrases.sentence.children(head, "appos"):
        between = [token.text for token in phrases.sentence.tokens[head.i + 1 : child.i]]
        if child.is_name and child.i > head.i and between in ([], [","]):
            return child
    return None


def anaphor(phrases: "Phrases", head: Token, left: list[Token]) -> Thing | None:
    """Return "this pathway" with what it stands for, where that is plain."""
    kinds = _anaphoric().get(head.word)
    first = left[0] if left else phrases.sentence.tokens[head.i - 1] if head.i else None
    start = next(
        (c for c in phrases.sentence.children(head, "det") if c.word in ("this", "these")), None
    )
    if kinds is None or first is None or start is None or head.i - start.i > 1:
        return None
    return standing_for(phrases, head, start.start, head.end, kinds)


def standing_for(
    phrases: "Phrases", head: Token, start: int, end: int, kinds: frozenset[Category]
) -> Thing | None:
    """Return an anaphor with the nearest mention before it that it may stand for."""
    before = [m for t in phrases.sentence.tokens[: head.i] for m in t.mentions]
    for mention in (*reversed(before), *reversed(phrases.sentence.earlier)):
        if mention.category in kinds:
            return Thing(head, (), start, end, start, end, antecedent=mention)
    return None


def possessor(phrases: "Phrases", token: Token) -> Thing | None:
    """Return what "its" stands for: the only gene or drug named before it in the sentence."""
    before = [m for t in phrases.sentence.tokens[: token.i] for m in t.mentions]
    able = [m for m in before if m.category in GENES | DRUGS]
    ids = {mention.groundings[0].id for mention in able}
    if len(ids) != 1:
        return None
    return Thing(token, (), token.start, token.end, token.start, token.end, antecedent=able[-1])


def jointly(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "the cooperation of A and B" as one agent of both, "in C" as what they do."""
    del left
    parts = phrases.targets(head, ("of", "between"), depth)
    mentions = tuple(m for part in parts for m in part.mentions)
    if len(mentions) < 2:
        return []
    start = min(part.start for part in parts)
    end = max(part.end for part in parts)
    inner = Thing(head, mentions, start, end, start, end, joint=True)
    article = next((c for c in phrases.sentence.children(head, "det")), head)
    first = min(head.start, article.start)
    objects = [thing for thing in phrases.targets(head, ("in",), depth) if thing.whole]
    if not objects:
        begin = min(first, start)
        return [replace(inner, start=begin, phrase_start=begin)]
    target = objects[0]
    return [
        Thing(
            head, mentions, first, target.end, first, target.end,
            joint=True, effect=(inner, target),
        )
    ]  # fmt: skip


def opposes(phrases: "Phrases", left: list[Token]) -> bool:
    """Tell whether a word before a head turns what it names: "inhibitory function"."""
    opposing = phrases.words.lists.opposing
    return any(token.tie in opposing or token.word in opposing for token in left)


def other(phrases: "Phrases", head: Token, left: list[Token]) -> list[Thing]:
    """Read a phrase whose head is no word of the grammar: a name that nothing grounds."""
    closed = phrases.words.closed
    if opposes(phrases, left) or head.word in closed.finite | closed.denying_before:
        return []
    if found := listed(phrases, head):
        return found
    named = [token for token in left if token.is_name or token.compound == "other"]
    if head.tag not in NOUNS or (head.word in phrases.words.empty and not named):
        return []
    kept = [token for token in left if token.tag not in ("PRP$", "POS", "CD") or token.mentions]
    kept = [token for token in kept if token.word not in phrases.words.adjectives]
    start = kept[0].start if kept else head.start
    mentions = tuple(m for token in named for m in token.mentions)
    end = head.end
    if (noun := _said_of(phrases, head)) is not None:
        if noun.word in phrases.words.verbs and noun.word not in phrases.words.closed.plural_nouns:
            # A verb that was parsed as a noun: nothing of the phrase is sure.
            return []
        end = max(end, noun.aside_end or noun.end)
        mentions += noun.mentions
    return [Thing(head, mentions, start, end, start, end, whole=False)]


def _said_of(phrases: "Phrases", head: Token) -> Token | None:
    """Return Y of "the occupancy of Y", which belongs to the name."""
    for preposition in phrases.sentence.children(head, "prep"):
        if preposition.word == "of" and preposition.i == head.i + 1:
            for noun in phrases.sentence.children(preposition, "pobj"):
                if noun.tag.startswith(NOUNS) or noun.mentions:
                    return noun
    return None


def measured(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "X activity", and a property of nothing that is named as a name itself."""
    return changes.measured(phrases, head, left, depth) or other(phrases, head, left)


def listed(phrases: "Phrases", head: Token) -> list[Thing]:
    """Return what "toxicities such as X and Y" lists."""
    if phrases.prepositions(head, OF):
        return []
    return [
        thing
        for preposition in phrases.sentence.children(head, "prep")
        if preposition.word in phrases.words.lists.listing
        for noun in phrases.sentence.children(preposition, "pobj")
        for thing in phrases.things(noun, 1)
        if thing.whole and thing.mentions
    ]
