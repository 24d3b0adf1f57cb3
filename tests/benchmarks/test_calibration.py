import math
import tomllib

import numpy as np
import pytest

from app.extraction.rules.confidence import NAMES, Features, checked, weights
from app.extraction.rules.reader import RulesReader
from app.model.reading import Document, TextMention
from app.model.text import Grounding, Span
from app.model.vocabulary import Category
from benchmarks.extraction import calibrate, fitting, gathering
from benchmarks.extraction.calibration import (
    bins,
    calibration_error,
    difference,
    losses,
    ranking,
    scores,
)
from benchmarks.extraction.corpora import Corpus
from benchmarks.extraction.fitting import MODEL, OWN, Row, Setting
from benchmarks.extraction.scoring import Judged, Verdict
from benchmarks.extraction.units import Said, Unit
from tests.benchmarks.said import claimed

FEW = (Setting(1.0, ()), Setting(10.0, ("hbp",)))


def row(number: int, right: bool, source: str = OWN, **slots: float | str) -> Row:
    rule = str(slots.pop("rule", "transitive"))
    features = Features(**slots)  # type: ignore[arg-type]
    return Row(source, source, str(number), rule, "verb", features, right)


def sentences(number: int = 200, source: str = OWN) -> list[Row]:
    """Return claims of which the far ones are mostly wrong, as the seed of a generator has it."""
    generator = np.random.default_rng(7)
    found = []
    for n in range(number):
        far = bool(generator.random() < 0.4)
        right = bool(generator.random() < (0.5 if far else 0.95))
        found.append(row(n, right, source, distance=2.0 * far))
    return found


def test_bins_hold_every_claim_once_and_never_part_equal_confidences() -> None:
    told = np.array([0.5] * 30 + [0.7] * 5 + [0.9] * 15)
    right = np.array([1.0] * 15 + [0.0] * 15 + [1.0] * 20)
    found = bins(told, right)
    assert [one.number for one in found] == [30, 5, 15]
    assert [one.right for one in found] == [15, 5, 15]
    assert found[0].promised == pytest.approx(0.5)
    assert found[0].kept.low == pytest.approx(0.3315, abs=1e-4)


def test_the_calibration_error_weighs_bins_by_their_claims() -> None:
    told = np.array([0.5] * 30 + [0.9] * 20)
    right = np.array([1.0] * 15 + [0.0] * 15 + [1.0] * 13 + [0.0] * 7)
    assert calibration_error(told, right) == pytest.approx(0.25 * 20 / 50)


def test_scores_of_known_confidences() -> None:
    told, right = np.array([0.8, 0.6]), np.array([1.0, 0.0])
    one = scores(told, right)
    assert one.brier == pytest.approx((0.04 + 0.36) / 2)
    assert one.log_loss == pytest.approx(-(math.log(0.8) + math.log(0.4)) / 2)
    assert one == scores(told, right)


def test_ranking_compares_within_a_fold_only_and_counts_ties_half() -> None:
    told = np.array([0.9, 0.8, 0.1, 0.1])
    right = np.array([1.0, 0.0, 1.0, 0.0])
    assert ranking(told, right, np.array([0, 0, 1, 1])) == 0.75
    assert math.isnan(ranking(told, right, np.array([0, 1, 2, 3])))


def test_a_difference_between_equals_is_none() -> None:
    ones = np.array([0.1, 0.5, 0.2])
    gap = difference(ones, ones, ["a", "a", "b"])
    assert (gap.value, gap.low, gap.high) == (0.0, 0.0, 0.0)
    assert difference(ones + 1, ones, ["a", "a", "b"]).low == pytest.approx(1.0)


def test_the_fit_finds_what_lowers_confidence_and_keeps_to_the_level() -> None:
    rows = sentences()
    found = fitting.fit(rows, Setting(1.0, ()))
    assert found.features["distance"] < -0.5
    told, right = fitting.told_by(found, rows), fitting.right_of(rows)
    assert told.mean() == pytest.approx(right.mean(), abs=0.02)
    assert found == fitting.fit(rows, Setting(1.0, ()))


def test_a_strong_penalty_leaves_the_level_and_draws_all_confidences_together() -> None:
    rows = sentences()
    told = fitting.told_by(fitting.fit(rows, Setting(1e4, ())), rows)
    assert told.mean() == pytest.approx(fitting.right_of(rows).mean(), abs=0.01)
    assert np.ptp(told) <= 0.02


def test_what_makes_a_reading_harder_is_never_fitted_to_raise_confidence() -> None:
    rows = [row(n, right=n % 4 > 0, distance=float(n % 4 > 0)) for n in range(80)]
    rows += [row(n, right=n % 4 > 0, title=float(n % 4 > 0)) for n in range(80)]
    found = fitting.fit(rows, Setting(1.0, ()))
    assert found.features["distance"] == 0.0
    assert found.features["title"] > 0.5


def test_a_rare_rule_shrinks_to_its_group() -> None:
    often = [row(n, right=False, rule="often") for n in range(40)]
    once = [row(100, right=False, rule="once")]
    rest = [row(200 + n, right=True) for n in range(200)]
    found = fitting.fit([*often, *once, *rest], Setting(3.0, ()))
    assert found.rules["often"] < found.rules["once"] < 0


def test_another_corpus_has_a_level_of_its_own() -> None:
    own = sentences()
    worse = [row(1000 + n, right=n % 5 == 0, source="hbp") for n in range(300)]
    alone = fitting.fit(own, Setting(3.0, ()))
    beside = fitting.fit([*own, *worse], Setting(3.0, ("hbp",)))
    told = [fitting.told_by(found, own).mean() for found in (alone, beside)]
    assert told[1] == pytest.approx(told[0], abs=0.02)


def test_a_document_is_never_in_training_and_test_alike() -> None:
    rows = [*sentences(), *sentences(source="hbp")]
    fold = fitting.folds(rows)
    assert fold == fitting.folds(rows)
    for number in range(fitting.FOLDS):
        training, test = fitting._split(rows, fold, number)
        assert test
        assert not {one.document for one in training} & {one.document for one in test}


def test_left_out_documents_are_ranked_better_than_by_a_constant() -> None:
    tried = fitting.cross_validated(sentences(), FEW)
    right = fitting.right_of(tried.rows)
    gap = {name: losses(told, right).mean() for name, told in tried.told.items()}
    assert gap[MODEL] < gap[fitting.CONSTANT]
    assert ranking(tried.told[MODEL], right, tried.folds) > 0.6
    again = fitting.cross_validated(sentences(), FEW)
    assert all((again.told[name] == tried.told[name]).all() for name in tried.told)


def test_what_is_stored_reads_as_what_was_fitted() -> None:
    rows = sentences()
    setting = Setting(3.0, ())
    found = fitting.fit(rows, setting)
    stored = tomllib.loads(calibrate.as_toml(found, setting, rows, "2030-01-02"))
    assert checked(stored) == found
    assert set(stored["features"]) == set(NAMES)
    assert str(stored["date"]) == "2030-01-02"
    assert "passive" in stored["unmeasured"]


UNIT = Unit(id="1", document="1", text="A raises B.")
READ = Said(((0, 1),), ((9, 10),), "+")


@pytest.mark.parametrize(
    ("sign", "verdict", "trap", "expected"),
    [
        ("+", Verdict.RIGHT, False, True),
        ("-", Verdict.INVERTED, False, False),
        ("0", Verdict.WRONG_SIGN, False, False),
        (None, Verdict.RIGHT, False, None),
        ("+", Verdict.UNJUDGED, False, None),
        ("+", Verdict.RIGHT, True, False),
        ("-", Verdict.INVERTED, True, None),
    ],
)
def test_what_counts_as_right(
    sign: str | None, verdict: Verdict, trap: bool, expected: bool | None
) -> None:
    gold = Said(READ.agent, READ.outcome, sign)
    assert gathering.verdict(Judged(UNIT, gold, READ, verdict), trap) is expected


def test_a_claim_that_no_gold_claim_answers_is_wrong_and_a_missed_one_judges_nothing() -> None:
    assert gathering.verdict(Judged(UNIT, None, READ, Verdict.SPURIOUS)) is False
    assert gathering.verdict(Judged(UNIT, READ, None, Verdict.MISSED)) is None


TEXTS = ("GATA9 represses ABC77.", "ABC77 is required for GATA9.", "GATA9 activates ABC77.")


def grounded(text: str, title_end: int) -> Document:
    """Return a text with its two genes as mentions."""
    found = [
        TextMention(
            mention=Span(start=text.index(name), end=text.index(name) + 5, text=name),
            groundings=(Grounding(id=f"TEST:{name}", name=name),),
            category=Category.GENE,
        )
        for name in ("GATA9", "ABC77")
    ]
    mentions = tuple(sorted(found, key=lambda one: one.start))
    return Document(text=text, title_end=title_end, mentions=mentions)


def three(unseen: bool) -> list[Unit]:
    golds = (
        claimed(TEXTS[0], "GATA9", "ABC77", "-"),
        claimed(TEXTS[1], "ABC77", "GATA9", "+"),
        claimed(TEXTS[2], "GATA9", "ABC77", "-"),
    )
    return [
        Unit(id=text, document=str(n), text=text, golds=(gold,))
        for n, (text, gold) in enumerate(zip(TEXTS, golds, strict=True))
    ]


def test_gathered_claims_are_as_sure_as_the_reader_says() -> None:
    rows = gathering.judged_rows(Corpus("three", "Three sentences", three), grounded)
    assert [(one.rule, one.group, one.right) for one in rows] == [
        ("transitive", "verb", True),
        ("state-required-for", "verb", True),
        ("transitive", "verb", False),
    ]
    said = [RulesReader().read(grounded(text, 0))[0].extraction.confidence for text in TEXTS]
    assert fitting.told_by(weights(), rows).tolist() == said


def test_the_unseen_table_counts_every_claim() -> None:
    rows = sentences(50)
    shown = calibrate.unseen_tables(weights(), rows)
    right = sum(one.right for one in rows)
    assert f"**50 claims, {right} right**" in shown


def test_the_table_tells_how_many_settings_were_tried() -> None:
    shown = calibrate.tables(fitting.cross_validated(sentences(60), FEW[:1]))
    assert f"Settings tried in each fold: {len(fitting.SETTINGS)}." in shown
    assert "penalty 1 with nothing beside our own (folds: 5)" in shown
