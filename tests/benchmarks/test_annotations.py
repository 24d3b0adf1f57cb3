from pathlib import Path

import pytest
from pydantic import ValidationError

from app.model.text import sha256_of
from benchmarks.extraction.abstracts import NoData
from benchmarks.extraction.agreement import adjudicated, agreement, kappa, same
from benchmarks.extraction.annotations import (
    Misplaced,
    SentencePlace,
    placed,
    read,
    write,
)
from benchmarks.extraction.corpora import annotated
from benchmarks.extraction.draw import PARTS, draw

NUMBERS = {"dev": 210, "former": 210, "more": 640, "latter": 300, "heldout": 200}
TEXT = "On SNAI1.\nSNAI1 is a factor. Its loss raised E-cadherin, and its loss lowered vimentin."
START = TEXT.index("Its")
DRAWN = {
    "n": 7,
    "pmid": "1",
    "sha256": sha256_of(TEXT),
    "start": START,
    "end": len(TEXT),
    "sentence": TEXT[START:],
    "text": TEXT,
}
CLAIM = {
    "agent": "Its",
    "agent_antecedent": "SNAI1",
    "perturbation": "loss",
    "trigger": "loss",
    "means": None,
    "predicate": "increases",
    "outcome": "E-cadherin",
    "direction": "up",
    "sign": "-",
    "aspect": None,
    "epistemic": "demonstrated",
    "context": [],
}


def row(*claims: dict, bearing: bool = True) -> dict:
    return {"n": 7, "bearing": bearing, "claims": claims}


def words(sentence: SentencePlace, span: tuple[int, int]) -> str:
    assert sentence.start <= span[0]
    return TEXT[slice(*span)]


def test_words_become_places_and_are_found_again() -> None:
    second = {**CLAIM, "agent": "its", "trigger": None, "outcome": "loss", "outcome_n": 2}
    sentence = placed(row(CLAIM, second), DRAWN)
    one, other = sentence.claims
    assert words(sentence, one.outcome) == "E-cadherin"
    assert TEXT[slice(*one.agent_antecedent)] == "SNAI1"
    assert one.agent_antecedent[0] == TEXT.rindex("SNAI1")
    assert other.outcome[0] == TEXT.rindex("loss")
    assert one.said().agent == (one.agent, one.agent_antecedent)


def test_what_is_written_holds_no_words_and_reads_back(tmp_path: Path) -> None:
    sentence = placed(row(CLAIM), DRAWN)
    write(tmp_path / "part.jsonl", [sentence])
    stored = (tmp_path / "part.jsonl").read_text()
    assert "SNAI1" not in stored
    assert "cadherin" not in stored
    assert read(tmp_path / "part.jsonl") == [sentence]


@pytest.mark.parametrize(
    "wrong", [{"outcome": "N-cadherin"}, {"outcome_n": 2}, {"trigger": "knockdown"}]
)
def test_words_that_are_not_there_are_refused(wrong: dict) -> None:
    with pytest.raises(Misplaced, match="sentence 7"):
        placed(row({**CLAIM, **wrong}), DRAWN)


@pytest.mark.parametrize(
    "wrong",
    [{"sign": "+"}, {"predicate": "raises"}, {"negated": True}, {"direction": "none", "sign": "-"}],
)
def test_labels_that_contradict_each_other_are_refused(wrong: dict) -> None:
    with pytest.raises(ValidationError):
        placed(row({**CLAIM, **wrong}), DRAWN)


def test_a_sentence_that_bears_no_claim_has_none() -> None:
    with pytest.raises(ValidationError, match="bears no claim"):
        placed(row(CLAIM, bearing=False), DRAWN)


def test_kappa_takes_chance_away() -> None:
    assert kappa([True, False] * 5, [True, False] * 5) == 1
    assert kappa([True, True, False, False], [True, False, True, False]) == 0
    # 20 yes-yes, 5 and 10 that differ, 15 no-no: the textbook case.
    ones = [True] * 25 + [False] * 25
    others = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert kappa(ones, others) == pytest.approx(0.4)


def test_agreement_is_by_level_and_symmetric() -> None:
    other = {**CLAIM, "perturbation": "knockdown"}
    ones, others = [placed(row(CLAIM), DRAWN)], [placed(row(other), DRAWN)]
    there, back = agreement(ones, others, [TEXT]), agreement(others, ones, [TEXT])
    assert {level: f.value for level, f in there.f.items()} == {
        level: f.value for level, f in back.f.items()
    }
    assert [f.value for f in there.f.values()] == [1, 1, 0, 0]


def test_the_third_pass_decides_where_the_annotators_differ() -> None:
    one, other = placed(row(CLAIM), DRAWN), placed(row(bearing=False), DRAWN)
    assert same(one, one, TEXT)
    assert not same(one, other, TEXT)
    assert adjudicated([one], [one], [TEXT], {}) == [one]
    assert adjudicated([one], [other], [TEXT], {0: other}) == [other]
    with pytest.raises(KeyError, match="third pass"):
        adjudicated([one], [other], [TEXT], {})


@pytest.mark.parametrize(("part", "number"), NUMBERS.items())
def test_the_repository_holds_enough_sentences_of_each_part(part: str, number: int) -> None:
    sentences = annotated.annotated(part)
    assert len(sentences) == len({sentence.pmid for sentence in sentences}) == number
    assert sum(sentence.bearing for sentence in sentences) >= 120
    for sentence in sentences:
        for claim in sentence.claims:
            for span in (claim.agent, claim.outcome):
                assert sentence.start <= span[0] < span[1] <= sentence.end


def test_the_parts_share_no_abstract() -> None:
    pmids = [s.pmid for part in NUMBERS for s in annotated.annotated(part)]
    assert len(pmids) == len(set(pmids))


@pytest.mark.usefixtures("shared_dir")
def test_drawing_again_gives_the_annotated_sentences() -> None:
    drawn = draw()
    assert set(PARTS) == set(NUMBERS)
    for part, place in PARTS.items():
        again = [(row["pmid"], row["sha256"], row["start"], row["end"]) for row in drawn[place]]
        kept = [(s.pmid, s.sha256, s.start, s.end) for s in annotated.annotated(part)]
        assert again == kept


def test_a_part_without_annotations_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(annotated, "DATA", tmp_path)
    assert annotated.load_heldout(False) == []
    assert annotated.load_heldout(True) == []
    assert annotated.held_out() == frozenset()
    with pytest.raises(NoData, match="'latter' is not annotated yet"):
        annotated.load_latter(False)
    (tmp_path / "former.jsonl").touch()
    with pytest.raises(NoData, match="'former' is not annotated yet"):
        annotated.load_former(False)


@pytest.mark.usefixtures("shared_dir")
def test_every_annotated_sentence_stands_in_its_abstract() -> None:
    seen = annotated.load_dev(False) + annotated.load_former(False) + annotated.load_more(False)
    for unit in seen + annotated.load_latter(False) + annotated.load_heldout(True):
        start, end = unit.window
        assert unit.text[start:end] == unit.text[start:end].strip()
        for gold in unit.golds:
            for span in (gold.agent[0], gold.outcome[0]):
                assert unit.text[slice(*span)].strip()
