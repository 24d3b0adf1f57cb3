import math

import pytest

from benchmarks.extraction.intervals import Counts, f_score, wilson


def test_wilson_agrees_with_published_values() -> None:
    # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
    for hits, total, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)):
        found = wilson(hits, total)
        assert (found.low, found.high) == (
            pytest.approx(low, abs=5e-5),
            pytest.approx(high, abs=5e-5),
        )
    assert wilson(0, 20).high == pytest.approx(0.1611, abs=5e-5)


def test_nothing_counted_is_no_figure() -> None:
    assert math.isnan(wilson(0, 0).value)
    assert math.isnan(f_score([]).value)
    assert math.isnan(f_score([Counts()]).value)


def test_f_is_that_of_the_sums() -> None:
    documents = [Counts(3, 4, 3, 6), Counts(1, 1, 1, 2)]
    assert f_score(documents).value == pytest.approx(2 * 0.8 * 0.5 / 1.3)


def test_the_bootstrap_draws_documents_and_is_the_same_each_time() -> None:
    good, bad = Counts(9, 10, 9, 10), Counts(1, 10, 1, 10)
    mixed = f_score([good, bad] * 10)
    assert mixed == f_score([good, bad] * 10)
    assert mixed.low < 0.45 < 0.55 < mixed.high
    alike = f_score([Counts(5, 10, 5, 10)] * 20)
    assert alike.low == alike.high == pytest.approx(0.5)


def test_silence_where_something_was_wanted_scores_nothing() -> None:
    assert f_score([Counts(wanted=3)]).value == 0
