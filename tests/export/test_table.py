"""The table of an answer."""

import csv
import io
from datetime import UTC, datetime

from app.export.table import COLUMNS, answer_table
from app.model.answer import (
    AnswerEvidence,
    CounterEvidence,
    Intervention,
    InterventionAnswer,
    InterventionPerturbation,
    InterventionQuestion,
    NamedEntity,
)
from app.model.history import Snapshot
from app.model.vocabulary import Agreement, Effect, Epistemic, PerturbationType, Sign, Status, Tier

EMT = NamedEntity(id="GO:0001837", name="EMT")
QUOTE = '=HYPERLINK("x") was, "so to say", reversed\nby it'


def _answer(*found: Intervention) -> InterventionAnswer:
    return InterventionAnswer(
        query=InterventionQuestion(outcome=EMT, effect=Effect.REVERSES),
        snapshot=Snapshot(
            id="s", revision=7, created_at=datetime(2026, 1, 2, tzinfo=UTC), version="1"
        ),
        interventions=found,
        total=len(found),
    )


def _found(
    evidence: tuple[AnswerEvidence, ...], counter: tuple[CounterEvidence, ...]
) -> Intervention:
    return Intervention(
        target=NamedEntity(id="HGNC:1", name="ABC"),
        perturbation=InterventionPerturbation(
            type=PerturbationType.INHIBITION, direction=Sign.NEGATIVE
        ),
        tier=Tier.OBSERVED,
        matched=True,
        belief=0.9,
        weakest=0.9,
        agreement=Agreement.UNASKED,
        paths=(),
        evidence=evidence,
        claim_count=1,
        papers=1,
        independent_papers=1,
        counter_evidence=counter,
    )


def _rows(answer: InterventionAnswer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer_table(answer), newline="")))


def test_each_quote_has_a_row_that_says_what_it_is_to_the_answer() -> None:
    place = {"statement": "s", "pmid": "PMID:1", "start": 3, "end": 9, "verified": True}
    ground = AnswerEvidence.model_validate(
        {**place, "claim": "a", "quote": QUOTE, "epistemic": Epistemic.DEMONSTRATED,
         "status": Status.ACCEPTED, "role": "ground"}
    )  # fmt: skip
    against = CounterEvidence.model_validate(
        {**place, "claim": "b", "quote": "not so", "kind": "null_result",
         "relation": "differs_in_scope", "scope": ["cell", "organism"]}
    )  # fmt: skip
    rows = _rows(_answer(_found((ground,), (against,))))
    assert [row["role"] for row in rows] == ["ground", "differs_in_scope"]
    assert rows[1]["differs_in"] == "cell, organism"
    assert rows[0]["quote"] == "'" + QUOTE
    assert {row["change"] for row in rows} == {"lowered"}
    assert {row["revision"] for row in rows} == {"7"}
    assert rows[0]["verified"] == "true"


def test_an_answer_without_quotes_still_has_its_row() -> None:
    rows = _rows(_answer(_found((), ())))
    assert [(row["target"], row["quote"]) for row in rows] == [("HGNC:1", "")]


def test_an_empty_answer_has_its_heading() -> None:
    assert answer_table(_answer()).splitlines() == [",".join(COLUMNS)]
