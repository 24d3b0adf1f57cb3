"""What a model proposes becomes a claim only where the text bears it out."""

from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from app.curation.validation import verify
from app.extraction.language_model.claims import (
    CONTRADICTORY,
    MENTION_ELSEWHERE,
    NO_MENTION,
    NOT_VERBATIM,
    Refused,
    claim_of,
)
from app.extraction.language_model.places import find
from app.extraction.language_model.wire import Proposal, answer_schema
from app.model.claim import Claim
from tests.extraction.language_model.proposals import (
    DOCUMENT,
    TEXT,
    answer,
    named,
    proposal,
    words,
)


def made(**more: Any) -> Claim:
    return claim_of(Proposal.model_validate(proposal(**more)), DOCUMENT)


def test_a_true_proposal_is_a_claim_with_true_spans() -> None:
    claim = made()
    assert verify(claim, TEXT) == claim
    assert claim.agent.top is not None
    assert claim.agent.top.id == "FPLX:NFkappaB"
    assert [span.text for span in claim.spans()] == [
        "NF-kappaB activity",
        "Inhibition",
        "caused a reversal of",
        "EMT",
        "mesenchymal cells",
    ]
    assert claim.outcome.mention == DOCUMENT.mentions[3].mention


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"quote": words("Inhibition of NF-kB caused a reversal of EMT")}, NOT_VERBATIM),
        ({"quote": words(TEXT, 2)}, NOT_VERBATIM),
        ({"quote": words("  ")}, NOT_VERBATIM),
        ({"predicate_words": words("reverses")}, NOT_VERBATIM),
        ({"agent": named("Curcumin", 4)}, NOT_VERBATIM),
        ({"agent": named("NF-kappaB activity", 17)}, NO_MENTION),
        ({"agent": named("NF-kappaB activity", -1)}, NO_MENTION),
        ({"agent": named("NF-kappaB activity", 4)}, MENTION_ELSEWHERE),
        ({"agent": named("NF-kappaB activity", 0)}, MENTION_ELSEWHERE),
        ({"means": 99}, NO_MENTION),
        ({"agent": named("NF-kappaB activity", 2, op="and", members=[2, 4])}, MENTION_ELSEWHERE),
        ({"agent": named("NF-kappaB activity", 2, op="and", members=[])}, CONTRADICTORY),
    ],
)
def test_what_the_text_does_not_hold_is_refused(more: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused) as refused:
        made(**more)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    "more",
    [
        {"predicate": "cures"},
        {"epistemic": "unstated"},
        {"eco": ["ECO:9999999"]},
        {"quote": {"words": "x", "occurrence": 0}},
        {"confidence": 1.0},
        {"agent": "NF-kappaB"},
    ],
)
def test_vocabularies_are_closed(more: dict[str, Any]) -> None:
    body = proposal(**more)
    with pytest.raises(ValidationError):
        Proposal.model_validate(body)
    if "quote" not in more:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(answer(body), answer_schema())


def test_the_direction_of_a_perturbation_is_its_own() -> None:
    assert made(perturbation_direction="+").perturbation.direction == "-"


def test_the_schema_is_strict_everywhere() -> None:
    def objects(schema: object) -> Any:
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                yield schema
            for value in schema.values():
                yield from objects(value)
        elif isinstance(schema, list):
            for value in schema:
                yield from objects(value)

    found = list(objects(answer_schema()))
    assert len(found) >= 6
    for each in found:
        assert each["additionalProperties"] is False
        assert sorted(each["required"]) == sorted(each["properties"])
    jsonschema.validate(answer(proposal()), answer_schema())


def test_words_never_stand_inside_of_a_word() -> None:
    text = "KRAS and RAS; RAS1 and RAS"
    second = find(text, "RAS", 2)
    assert second is not None
    assert (second.start, second.end) == (23, 26)
    assert find(text, "RAS", 3) is None
    assert find("ααα", "α", 1) is None
    assert find("a😀b a", "a", 2) is not None
