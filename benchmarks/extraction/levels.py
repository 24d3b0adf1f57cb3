"""When a read claim says what the gold claim says: pair, sign, full claim, with context."""

from collections.abc import Callable
from enum import StrEnum

from benchmarks.extraction.units import Labels, Pair, Said


class Level(StrEnum):
    """How much of a claim must agree; each level asks for what the one before it asks."""

    PAIR = "pair"
    SIGN = "pair + sign + negation"
    FULL = "full claim"
    CONTEXT = "with context"


CLASS_OF = {
    "induces": "raises",
    "promotes": "raises",
    "increases": "raises",
    "restores": "raises",
    "inhibits": "lowers",
    "decreases": "lowers",
    "attenuates": "lowers",
    "abrogates": "lowers",
    "associated_with": "unsigned",
    "active_in": "unsigned",
}
"""Predicates that differ in word and not in effect; others stand for themselves."""

SAME_PERTURBATION = {"blockade": "inhibition"}
"""Blockade of a receptor and its inhibition are told apart by the word only."""


def same_sign(gold: Said, read: Said) -> bool:
    """Tell whether sign and negation agree; a gold claim without a sign agrees with any."""
    if gold.sign is None:
        return True
    return gold.sign == read.sign and gold.null == read.null


def inverted(gold: Said, read: Said) -> bool:
    """Tell whether both claims bear a sign and the signs are opposite."""
    return {gold.sign, read.sign} == {"+", "-"}


def same_full(gold: Said, read: Said) -> bool:
    """Tell whether sign, perturbation, effect, direction, aspect and epistemic status agree."""
    return same_sign(gold, read) and _slots(gold) == _slots(read)


def _slots(said: Said) -> tuple[str | None, ...]:
    labels: Labels = said.labels
    effect = "null" if said.null else CLASS_OF.get(labels.predicate or "", labels.predicate)
    return (
        SAME_PERTURBATION.get(labels.perturbation or "", labels.perturbation),
        effect,
        None if said.null else labels.direction,
        labels.aspect,
        said.told,
    )


def same_context(gold: Said, read: Said) -> bool:
    """Tell whether each context item of either claim meets one of the same type in the other."""
    ones, others = gold.context or frozenset(), read.context or frozenset()
    return _within(ones, others) and _within(others, ones)


def _within(ones: frozenset[tuple[str, Pair]], others: frozenset[tuple[str, Pair]]) -> bool:
    return all(
        any(kind == other and a[0] < b[1] and b[0] < a[1] for other, b in others)
        for kind, a in ones
    )


def applies(level: Level, gold: Said) -> bool:
    """Tell whether a gold claim states enough to be scored at a level."""
    if level is Level.PAIR:
        return True
    if level is Level.SIGN:
        return gold.sign is not None
    if level is Level.FULL:
        return gold.labels.stated
    return gold.labels.stated and gold.context is not None


def agrees(level: Level, gold: Said, read: Said) -> bool:
    """Tell whether a matched pair of claims agrees at a level."""
    return all(test(gold, read) for test in _TESTS[level])


_TESTS: dict[Level, tuple[Callable[[Said, Said], bool], ...]] = {
    Level.PAIR: (),
    Level.SIGN: (same_sign,),
    Level.FULL: (same_full,),
    Level.CONTEXT: (same_full, same_context),
}
