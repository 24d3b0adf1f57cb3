"""What acts on an entity or carries its change: inhibitors, antibodies, knockout mice."""

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from app.extraction.rules.phrases import changes, names
from app.extraction.rules.things import Means, Thing
from app.extraction.rules.tokens import Token
from app.model.vocabulary import PerturbationType

if TYPE_CHECKING:
    from app.extraction.rules.phrases.core import Phrases

_TOOL_PREPOSITIONS: Final = ("of", "for", "against", "to", "targeting")


def tool(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Read "an inhibitor of X" and "X siRNA" as what they do to X."""
    perturbation = phrases.words.tools[head.word]
    if any(token.word in phrases.words.lists.naming for token in left):
        return names.other(phrases, head, left)
    means = named_means(phrases, head)
    if means is not None and means.mention is not None and means.mention.category in names.GENES:
        # "the NF-kappaB inhibitor A20" names a protein: it is the agent itself.
        return names.name(next(t for t in phrases.sentence.tokens if means.mention in t.mentions))
    anti = next((token for token in left if token.compound == "anti"), None)
    if anti is not None:
        return antibody(phrases, anti, head, left)
    found = phrases.targets(head, _TOOL_PREPOSITIONS, depth)
    if not found and any(token.is_name for token in left):
        found = phrases.before(left, depth)
    change = changes.perturbed(head.start, head.end, perturbation)
    return [
        replace(thing.under(change), means=means or Means(thing.phrase_start, head.end, None))
        for thing in found
        if not thing.changes
    ]


def targeted(phrases: "Phrases", head: Token) -> Thing | None:
    """Return the calcium channel of "calcium channel blockers", a class that is one mention."""
    mention = head.mention
    named, _, last = mention.mention.text.rpartition(" ") if mention is not None else ("", "", "")
    kind = phrases.words.tools.get(last.lower())
    if mention is None or kind is None or not named or mention.category not in names.DRUGS:
        return None
    end = mention.start + len(named)
    change = changes.perturbed(end + 1, mention.end, kind)
    means = Means(mention.start, mention.end, mention)
    return Thing(
        head, (), mention.start, end, mention.start, mention.end, changes=(change,), means=means
    )


def antibody(phrases: "Phrases", anti: Token, head: Token, left: list[Token]) -> list[Thing]:
    """Read "neutralizing anti-TNF antibodies" as blockade of TNF.

    Many antibodies stimulate what they bind, so that one that is not said to block is an
    agent of its own, which nothing grounds.
    """
    before = left or phrases.sentence.tokens[max(0, anti.i - 2) : anti.i]
    blocking = next((token for token in before if token.word in phrases.words.lists.blocking), None)
    if blocking is not None:
        change = changes.perturbed(blocking.start, head.end, PerturbationType.BLOCKADE)
        mention = anti.mentions[-1]
        start, end = min(blocking.start, anti.start), max(anti.end, head.end)
        return [
            Thing(
                head, (mention,), mention.start, mention.end, start, end, changes=(change,)
            )
        ]  # fmt: skip
    change = changes.perturbed(anti.start, head.end, PerturbationType.TREATMENT)
    return [
        Thing(
            head, anti.mentions, anti.start, head.end, anti.start, head.end,
            changes=(change,), whole=False,
        )
    ]  # fmt: skip


def named_means(phrases: "Phrases", head: Token) -> Means | None:
    """Return Y of "the X inhibitor Y" or "the X inhibitor, Y"."""
    tokens = phrases.sentence.tokens
    if head.aside and head.aside[0].category in names.DRUGS:
        return Means(head.aside[0].start, head.aside[0].end, head.aside[0])
    for token in tokens[head.i + 1 : head.i + 3]:
        if token.is_name and token.mention is not None:
            return Means(token.start, token.end, token.mention)
        if token.text != ",":
            break
    return None


def carried(phrases: "Phrases", head: Token, left: list[Token], depth: int) -> list[Thing]:
    """Return what was done to the cells or animals that the phrase names."""
    found: list[Thing] = []
    for token in left:
        kind = phrases.words.carried.get(token.compound or "")
        if kind is not None:
            found += [replace(t, carrier=head) for t in changes.tied(token, kind)]
    if not found:
        found = spaced_knockout(phrases, head, left)
    for clause in phrases.sentence.children(head, "acl", "relcl", "amod"):
        found += clause_done(phrases, clause, head, depth)
    return found


def spaced_knockout(phrases: "Phrases", head: Token, left: list[Token]) -> list[Thing]:
    """Read "p53 null mice" and "Il6 knockout mice"."""
    for before, token in pairwise(left):
        kind = phrases.words.carried.get(phrases.words.compounds.get(token.word, ""))
        if before.is_name and kind is not None and token.word != "treated":
            [thing] = changes.tied(before, kind)
            change = replace(thing.changes[0], start=token.start, end=token.end, scope=token.end)
            return [replace(thing, changes=(change,), phrase_end=token.end, carrier=head)]
    return []


def clause_done(phrases: "Phrases", clause: Token, head: Token, depth: int) -> list[Thing]:
    """Read "mice lacking X", "cells overexpressing X", "cells treated with X"."""
    kind = phrases.words.done.get(clause.word)
    if kind is None:
        return []
    nouns = phrases.sentence.children(clause, "dobj")
    for preposition in phrases.prepositions(clause, ("with", "in", "for", "to", "by")):
        nouns += phrases.sentence.children(preposition, "pobj")
    change = changes.perturbed(clause.start, clause.end, kind)
    return [
        replace(thing.under(change), carrier=head)
        for noun in nouns
        for thing in phrases.things(noun, depth + 1)
        if thing.whole and thing.mention is not None and not changes.perturbation_of(thing)
    ]
