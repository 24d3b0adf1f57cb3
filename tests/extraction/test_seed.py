"""The seed abstract: every gold claim is read, each span verbatim, each grounding the gold one."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from app.curation.validation import misplaced, verify
from app.extraction.rules import RulesReader
from app.grounding import Grounder
from app.model.claim import Claim
from app.model.reading import Document
from app.reasoning.linking import PROPOSED, propose_links

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"
GOLD: Final = json.loads((SEEDS / "claims" / "15314694.json").read_text("utf-8"))["claims"]


@pytest.fixture(scope="module")
def document() -> Document:
    record = json.loads((SEEDS / "articles" / "15314694.json").read_text("utf-8"))["record"]
    title = record["citation"]["title"]
    abstract = " ".join(part["text"] for part in record["citation"]["abstract"])
    text = f"{title}\n{abstract}"
    return Document(text=text, title_end=len(title), mentions=Grounder.load().mentions(text))


@pytest.fixture(scope="module")
def found(document: Document) -> list[Claim]:
    return [c.claim for c in RulesReader(ground=Grounder.load().ground).read(document)]


def test_the_text_is_the_one_that_the_gold_claims_quote(document: Document) -> None:
    assert document.sha256 == GOLD[0]["claim"]["text_sha256"]


@pytest.mark.parametrize("gold", GOLD, ids=[gold["name"] for gold in GOLD])
def test_gold_claim_is_read(gold: dict[str, Any], found: list[Claim]) -> None:
    wanted = Claim.model_validate(gold["claim"])
    same = [claim for claim in found if _reads(claim) == _reads(wanted)]
    assert any(_meant(claim, wanted) for claim in same)


def test_nothing_else_is_read(found: list[Claim]) -> None:
    assert len(found) == len(GOLD)


def test_every_span_is_verbatim(document: Document, found: list[Claim]) -> None:
    for claim in found:
        assert list(misplaced(claim, document.text)) == []
        assert verify(claim, document.text).quotes == claim.quotes


def test_the_proposed_links_are_gold_ones(found: list[Claim]) -> None:
    """All but C9's: that breast cancer progression needs NF-kappaB follows from all of it."""
    name = {gold["id"]: gold["name"] for gold in GOLD}
    wanted = {
        (gold["name"], link["type"], name[link["claim"]])
        for gold in GOLD
        for link in gold.get("links", ())
        if link["type"] in PROPOSED
    }
    by_id = {claim.id: _named(claim) for claim in found}
    proposed = [
        (by_id[e.claim], e.link.type.value, by_id[e.link.claim]) for e in propose_links(found)
    ]
    assert len(proposed) == len(set(proposed))
    assert set(proposed) == {each for each in wanted if each[0] != "C9"}


def _named(claim: Claim) -> str:
    """Return the name of the gold claim that a claim is."""
    (name,) = (
        gold["name"]
        for gold in GOLD
        if _reads(wanted := Claim.model_validate(gold["claim"])) == _reads(claim)
        and wanted.outcome.mention
        and claim.outcome.mention
        and wanted.outcome.mention.start < claim.outcome.mention.end
        and claim.outcome.mention.start < wanted.outcome.mention.end
    )
    return str(name)


def _reads(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says and where, apart from the edges of its spans."""
    outcome, trigger = claim.outcome, claim.predicate.trigger
    return (
        trigger.start if trigger else None,
        claim.perturbation.type,
        claim.predicate.type,
        outcome.direction,
        outcome.aspect,
        claim.negated,
        outcome.relation is not None,
    )


def _meant(claim: Claim, wanted: Claim) -> bool:
    """Tell whether agent and outcome ground to what the gold claim's do."""
    outcome = _ids(claim.outcome) & _ids(wanted.outcome)
    return bool(outcome) and bool(_ids(claim.agent) & _ids(wanted.agent))


def _ids(participant: Any) -> set[str]:
    found = {grounding.id for grounding in participant.groundings}
    if participant.composition is not None:
        found |= {g.id for m in participant.composition.members for g in m.groundings}
    if getattr(participant, "relation", None) is not None:
        found |= _ids(participant.relation.object)
    return found
