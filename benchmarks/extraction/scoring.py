"""Scores of a reader on units: each claim judged, then counted at five levels.

A gold claim marked doubtful is neither demanded nor counted wrong. Unsigned claims
(``associated_with``, ``active_in``) are scored apart from those with a sign or a null result.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.model.reading import Document
from benchmarks.extraction.intervals import Counts, Figure, f_score, wilson
from benchmarks.extraction.levels import Level, agrees, applies, inverted, same_sign
from benchmarks.extraction.matching import assign, assign_repeated, closeness, shares_word
from benchmarks.extraction.units import FINDING, KIND_OF, Pair, Said, Spans, Unit


class Verdict(StrEnum):
    """What became of one read or gold claim."""

    RIGHT = "right"
    INVERTED = "inverted"
    WRONG_SIGN = "wrong sign"
    SPURIOUS = "spurious"
    MISSED = "missed"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True)
class Judged:
    """One read claim with its gold claim, or one of them alone where the other is missing."""

    unit: Unit
    gold: Said | None
    read: Said | None
    verdict: Verdict
    gold_index: int = -1


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F at one level, with the numbers that they come from."""

    counts: Counts
    precision: Figure
    recall: Figure
    f: Figure


@dataclass(frozen=True, slots=True)
class Share:
    """A number of faults among those claims that could have had it."""

    hits: int
    total: int

    @property
    def figure(self) -> Figure:
        """The share with its interval."""
        return wilson(self.hits, self.total)


def judge(unit: Unit, reads: Sequence[Said]) -> list[Judged]:
    """Return what became of every claim that was read in the unit's window, and of every gold."""
    inside = [read for read in reads if read.outcome and unit.holds(read.outcome[0])]
    matcher = assign_repeated if unit.repeats else assign
    matches = matcher(unit.text, unit.golds, inside)
    judged = []
    for match in matches:
        gold = unit.golds[match.gold]
        judged.append(Judged(unit, gold, match.read, _verdict(gold, match.read), match.gold))
    taken = {match.index for match in matches}
    judged += [
        Judged(unit, None, read, _alone(unit, read))
        for index, read in enumerate(inside)
        if index not in taken
    ]
    found = {match.gold for match in matches}
    judged += [
        Judged(unit, gold, None, Verdict.MISSED, index)
        for index, gold in enumerate(unit.golds)
        if index not in found and not gold.doubtful
    ]
    return judged


def _alone(unit: Unit, read: Said) -> Verdict:
    """Return the verdict on a claim that no gold claim answers."""
    if not unit.exhaustive:
        return Verdict.UNJUDGED
    if unit.closed and not all(_known(unit, spans) for spans in (read.agent, read.outcome)):
        return Verdict.UNJUDGED
    return Verdict.SPURIOUS


def _known(unit: Unit, spans: Spans) -> bool:
    return closeness(unit.text, spans, tuple(entity.span for entity in unit.entities)) > 0


def _verdict(gold: Said, read: Said) -> Verdict:
    if gold.doubtful:
        return Verdict.UNJUDGED
    if same_sign(gold, read):
        return Verdict.RIGHT
    return Verdict.INVERTED if inverted(gold, read) else Verdict.WRONG_SIGN


def score(judged: Iterable[Judged], level: Level, unsigned: bool | None = False) -> Score:
    """Return the score at a level over signed and null claims, unsigned ones, or all (None)."""
    documents: defaultdict[str, Counts] = defaultdict(Counts)
    found: dict[tuple[str, int], bool] = {}
    for one in judged:
        documents[one.unit.document] += _read_counts(one, level, unsigned)
        gold = one.gold
        if gold is None or gold.doubtful or not applies(level, gold):
            continue
        if unsigned is None or _is_unsigned(gold) is unsigned:
            key = one.unit.id, one.gold_index
            hit = one.read is not None and agrees(level, gold, one.read)
            if key not in found:
                documents[one.unit.document] += Counts(wanted=1)
            if hit and not found.get(key, False):
                documents[one.unit.document] += Counts(found=1)
            found[key] = found.get(key, False) or hit
    total = sum(documents.values(), Counts())
    return Score(
        total,
        wilson(total.right, total.read),
        wilson(total.found, total.wanted),
        f_score(list(documents.values())),
    )


def _read_counts(one: Judged, level: Level, unsigned: bool | None) -> Counts:
    read, gold = one.read, one.gold
    if read is None or one.verdict is Verdict.UNJUDGED:
        return Counts()
    if unsigned is not None and read.unsigned is not unsigned:
        return Counts()
    if gold is None:
        return Counts(read=1)
    if not applies(level, gold):
        return Counts()
    return Counts(read=1, right=int(agrees(level, gold, read)))


def _is_unsigned(gold: Said) -> bool:
    return gold.unsigned or (gold.sign == "0" and not gold.null)


def _matched(judged: Iterable[Judged]) -> Iterator[tuple[Said, Said]]:
    """Yield each gold claim that is not doubtful with the claim that was read for it."""
    for one in judged:
        if one.gold is not None and one.read is not None and not one.gold.doubtful:
            yield one.gold, one.read


def inversions(judged: Iterable[Judged]) -> Share:
    """Return how many matched claims have opposite signs, of those where both bear one."""
    signed = [
        inverted(gold, read)
        for gold, read in _matched(judged)
        if gold.sign in ("+", "-") and read.sign in ("+", "-")
    ]
    return Share(sum(signed), len(signed))


def told_as_finding(judged: Iterable[Judged]) -> Share:
    """Return how many matched claims told as findings are background or hypothesis in the gold."""
    told = [
        gold.labels.epistemic in ("background", "hypothesis")
        for gold, read in _matched(judged)
        if gold.labels.epistemic and read.labels.epistemic in FINDING
    ]
    return Share(sum(told), len(told))


def null_told_as_effect(judged: Iterable[Judged]) -> Share:
    """Return how many matched null results were read as an effect with a sign."""
    null = [read.sign in ("+", "-") for gold, read in _matched(judged) if gold.null]
    return Share(sum(null), len(null))


def exact_spans(judged: Iterable[Judged]) -> Share:
    """Return how many matched claims have an agent and an outcome with exactly the gold spans."""
    exact = [
        bool(set(gold.agent) & set(read.agent)) and bool(set(gold.outcome) & set(read.outcome))
        for gold, read in _matched(judged)
    ]
    return Share(sum(exact), len(exact))


def by_rule(judged: Iterable[Judged]) -> dict[str, Counter[Verdict]]:
    """Return how often each rule fired and what its claims were, busiest rule first."""
    table: defaultdict[str, Counter[Verdict]] = defaultdict(Counter)
    for one in judged:
        if one.read is not None:
            table[one.read.rule][one.verdict] += 1
    return dict(sorted(table.items(), key=lambda item: (-item[1].total(), item[0])))


def participants(judged: Sequence[Judged]) -> Score:
    """Return the score of the entities that claims name: agents and outcomes, by shared word."""
    units = {one.unit.id: one.unit for one in judged}
    gold: defaultdict[str, set[Pair]] = defaultdict(set)
    read: defaultdict[str, set[Pair]] = defaultdict(set)
    free: defaultdict[str, set[Pair]] = defaultdict(set)
    for one in judged:
        key = one.unit.id
        if one.gold:
            (free if one.gold.doubtful else gold)[key] |= {one.gold.agent[0], one.gold.outcome[0]}
        if one.read and one.verdict is not Verdict.UNJUDGED:
            read[key] |= {*one.read.agent[:1], *one.read.outcome[:1]}
    documents: defaultdict[str, Counts] = defaultdict(Counts)
    for key, unit in units.items():
        documents[unit.document] += _spans_counts(unit.text, gold[key], read[key], free[key])
    return _span_score(documents)


def _spans_counts(text: str, gold: set[Pair], read: set[Pair], free: set[Pair]) -> Counts:
    def met(span: Pair, others: set[Pair]) -> bool:
        return any(shares_word(text, span, other) for other in others)

    asked = {span for span in read if met(span, gold) or not met(span, free)}
    return Counts(
        right=sum(met(span, gold) for span in asked),
        read=len(asked),
        found=sum(met(span, read) for span in gold),
        wanted=len(gold),
    )


def mentions(units: Iterable[tuple[Unit, Document]], kind: str, exact: bool = False) -> Score:
    """Return the score of the mentions that grounding found for gold entities of one kind.

    A mention counts as found where it overlaps a gold entity in a word, or, with ``exact``, has
    its very span; the kind of a mention is that of its best grounding.
    """
    documents: defaultdict[str, Counts] = defaultdict(Counts)
    for unit, document in units:
        gold = {entity.span for entity in unit.entities if entity.kind == kind}
        read = {
            (mention.start, mention.end)
            for mention in document.mentions
            if KIND_OF.get(mention.category) == kind and unit.holds((mention.start, mention.end))
        }
        if exact:
            both = len(gold & read)
            counts = Counts(both, len(read), both, len(gold))
        else:
            counts = _spans_counts(unit.text, gold, read, set())
        documents[unit.document] += counts
    return _span_score(documents)


def _span_score(documents: dict[str, Counts]) -> Score:
    total = sum(documents.values(), Counts())
    return Score(
        total,
        wilson(total.right, total.read),
        wilson(total.found, total.wanted),
        f_score(list(documents.values())),
    )
