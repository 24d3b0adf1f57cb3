import dataclasses

import pytest

from app.model.reading import Document, TextMention
from app.model.text import Grounding, Span
from app.model.vocabulary import Category
from benchmarks.extraction.levels import Level, agrees
from benchmarks.extraction.scoring import (
    Judged,
    Verdict,
    by_rule,
    inversions,
    judge,
    mentions,
    null_told_as_effect,
    participants,
    score,
    told_as_finding,
)
from benchmarks.extraction.units import Entity, Said, Unit
from tests.benchmarks.said import claimed, labels, place

TEXT = "SNAI1 lowers E-cadherin and raises vimentin while ZEB1 is linked to metastasis."
LOWERS = claimed(TEXT, "SNAI1", "E-cadherin", "-", labels=labels(predicate="decreases"))
RAISES = claimed(TEXT, "SNAI1", "vimentin", labels=labels())
LINKED = claimed(TEXT, "ZEB1", "metastasis", "0", unsigned=True, labels=labels())


def unit(*golds: Said, **more: object) -> Unit:
    return Unit(id="1", document="1", text=TEXT, golds=golds, **more)


def verdicts(judged: list[Judged]) -> list[Verdict]:
    return sorted(one.verdict for one in judged)


def test_right_inverted_spurious_and_missed_are_told_apart() -> None:
    inverted = dataclasses.replace(LOWERS, sign="+")
    spurious = claimed(TEXT, "ZEB1", "vimentin")
    judged = judge(unit(LOWERS, RAISES, LINKED), [inverted, RAISES, spurious])
    assert verdicts(judged) == ["inverted", "missed", "right", "spurious"]
    assert (inversions(judged).hits, inversions(judged).total) == (1, 2)


def test_precision_and_recall_of_a_level() -> None:
    judged = judge(unit(LOWERS, RAISES), [dataclasses.replace(LOWERS, sign="+")])
    pair, sign = score(judged, Level.PAIR), score(judged, Level.SIGN)
    assert (pair.precision.value, pair.recall.value) == (1.0, 0.5)
    assert (sign.precision.value, sign.recall.value) == (0.0, 0.0)
    assert pair.f.value == pytest.approx(2 / 3)


def test_unsigned_claims_stand_in_a_row_of_their_own() -> None:
    judged = judge(unit(LOWERS, LINKED), [LOWERS, LINKED])
    assert score(judged, Level.SIGN).counts.wanted == 1
    assert score(judged, Level.PAIR, unsigned=True).counts.wanted == 1
    assert score(judged, Level.PAIR, unsigned=None).counts.wanted == 2


def test_a_signed_reading_of_an_unsigned_link_is_wrong() -> None:
    judged = judge(unit(LINKED), [dataclasses.replace(LINKED, sign="+", unsigned=False)])
    assert verdicts(judged) == ["wrong sign"]
    assert score(judged, Level.SIGN).precision.value == 0


def test_a_doubtful_claim_is_neither_demanded_nor_counted_wrong() -> None:
    doubtful = dataclasses.replace(RAISES, doubtful=True)
    silent, told = judge(unit(doubtful), []), judge(unit(doubtful), [RAISES])
    assert score(silent, Level.PAIR).counts.wanted == 0
    assert verdicts(told) == ["unjudged"]
    assert score(told, Level.PAIR).counts.read == 0


def test_a_null_result_is_not_an_unsigned_link() -> None:
    null = dataclasses.replace(RAISES, sign="0", null=True)
    judged = judge(unit(null), [dataclasses.replace(null, null=False, unsigned=True)])
    assert verdicts(judged) == ["wrong sign"]
    read_as_effect = null_told_as_effect(judge(unit(null), [RAISES]))
    assert (read_as_effect.hits, read_as_effect.total) == (1, 1)


def test_a_claim_outside_of_the_window_is_not_looked_at() -> None:
    start = place(TEXT, "ZEB1")[0]
    assert judge(unit(window=(start, len(TEXT))), [LOWERS]) == []


def test_only_claims_between_gold_entities_are_judged_where_a_corpus_is_closed() -> None:
    entities = tuple(Entity(place(TEXT, word), "gene") for word in ("SNAI1", "vimentin"))
    closed = unit(entities=entities, closed=True)
    assert verdicts(judge(closed, [RAISES])) == ["spurious"]
    assert verdicts(judge(closed, [LOWERS])) == ["unjudged"]


def test_one_claim_found_in_two_places_is_wanted_once() -> None:
    twice = unit(RAISES, repeats=True)
    found = score(judge(twice, [RAISES, RAISES]), Level.PAIR).counts
    assert (found.right, found.read, found.found, found.wanted) == (2, 2, 1, 1)


def test_background_told_as_finding_is_counted_apart() -> None:
    background = dataclasses.replace(RAISES, labels=labels(epistemic="background"))
    judged = judge(unit(background, LOWERS), [RAISES, LOWERS])
    assert (told_as_finding(judged).hits, told_as_finding(judged).total) == (1, 2)
    assert score(judged, Level.FULL).counts.right == 1


@pytest.mark.parametrize(
    ("slot", "value", "same"),
    [
        ("predicate", "induces", True),
        ("predicate", "required_for", False),
        ("predicate", "prevents", False),
        ("perturbation", "treatment", False),
        ("aspect", "maintenance", False),
        ("epistemic", "summary", True),
        ("epistemic", "interpretation", False),
    ],
)
def test_a_full_claim_asks_for_effect_and_not_for_word(slot: str, value: str, same: bool) -> None:
    read = dataclasses.replace(RAISES, labels=labels(**{slot: value}))
    assert agrees(Level.FULL, RAISES, read) is same
    assert agrees(Level.SIGN, RAISES, read)


def test_context_must_be_met_both_ways() -> None:
    span = place(TEXT, "metastasis")
    with_context = dataclasses.replace(RAISES, context=frozenset({("disease", span)}))
    bare = dataclasses.replace(RAISES, context=frozenset())
    assert agrees(Level.CONTEXT, with_context, with_context)
    assert not agrees(Level.CONTEXT, with_context, bare)
    assert not agrees(Level.CONTEXT, bare, with_context)


def test_rules_are_counted_by_what_their_claims_were() -> None:
    fired = [
        dataclasses.replace(LOWERS, rule="verb"),
        claimed(TEXT, "ZEB1", "vimentin", rule="verb"),
    ]
    assert by_rule(judge(unit(LOWERS), fired)) == {"verb": {"right": 1, "spurious": 1}}


def test_participants_are_scored_without_their_claims() -> None:
    crossed = claimed(TEXT, "E-cadherin", "SNAI1")
    found = participants(judge(unit(LOWERS), [crossed])).counts
    assert (found.right, found.read, found.found, found.wanted) == (2, 2, 2, 2)


def test_mentions_are_scored_by_kind_and_span() -> None:
    start, end = place(TEXT, "SNAI1 lowers")
    mention = TextMention(
        mention=Span(start=start, end=end, text=TEXT[start:end]),
        groundings=(Grounding(id="HGNC:11128", name="SNAI1"),),
        category=Category.PROTEIN,
    )
    document = Document(text=TEXT, title_end=0, mentions=(mention,))
    gold = unit(entities=(Entity(place(TEXT, "SNAI1"), "gene"),))
    assert mentions([(gold, document)], "gene").f.value == 1
    assert mentions([(gold, document)], "gene", exact=True).f.value == 0
    assert mentions([(gold, document)], "disease").counts.wanted == 0
