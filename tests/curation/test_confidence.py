"""How sure a claim is that several readings found."""

import pytest

from app.curation.confidence import AGREEMENT_CAP, confidence_of
from app.model.claim import Extraction


def read(reader: str, confidence: float, version: str = "1") -> Extraction:
    return Extraction(reader=reader, version=version, confidence=confidence)


def test_no_reading_is_certain_as_before() -> None:
    assert confidence_of(()) == 1.0


def test_one_reader_counts_as_it_last_read() -> None:
    assert confidence_of([read("rules", 0.9), read("rules", 0.6, "2")]) == 0.6


def test_two_readers_who_agree_are_surer() -> None:
    assert confidence_of([read("rules", 0.7), read("model", 0.5)]) == pytest.approx(0.85)


def test_agreement_is_never_certain_but_a_curator_is() -> None:
    assert confidence_of([read("rules", 0.95), read("model", 0.95)]) == AGREEMENT_CAP
    assert confidence_of([read("rules", 0.3), read("curation", 1.0)]) == 1.0
    assert confidence_of([read("curation", 1.0), read("rules", 0.3)]) == 1.0
