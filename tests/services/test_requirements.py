"""What a cause needs for its effect, on the seed and on claims added to it."""

import pytest

from app.graph.port import GraphStore
from app.model.answer import NamedEntity
from app.model.claim import Claim
from app.model.contrast import Requirement, RequirementQuestion, Requirements
from app.services import curated
from app.services.reasoning import Reasoner
from app.services.requirements import requirements
from tests.support.seeded import changed, seed_claim

EMT, NFKB, PATHWAY = "GO:0001837", "FPLX:NFkappaB", "GO:0007249"
RAS, TGFB, CARCINOGENESIS = "FPLX:RAS", "FPLX:TGFB", "MESH:D063646"
WITH_TGFB = {"type": "co_stimulus", "groundings": [{"id": TGFB, "name": "TGF-beta"}],
             "name": "TGF-beta", "state": "present"}  # fmt: skip

SHOWN = changed(
    seed_claim("C5"), context=[WITH_TGFB], predicate__type="decreases", outcome__aspect="induction"
)
"""Inhibition of NF-kappaB lowered the induction of EMT while TGF-beta was there."""


def ask(store: GraphStore, cause: str, outcome: str = EMT, **page: int) -> Requirements:
    question = RequirementQuestion(
        cause=NamedEntity(id=cause, name=cause), outcome=NamedEntity(id=outcome, name=outcome)
    )
    return requirements(store, Reasoner(store), question, **page)


def of(found: Requirements, entity: str) -> Requirement:
    (need,) = [
        one for one in (*found.requirements, *found.of_outcome) if entity in _ids(one)
    ]  # fmt: skip
    return need


def _ids(need: Requirement) -> list[str]:
    return [one.id for one in need.entities]


def add(store: GraphStore, *claims: Claim) -> list[str]:
    return [curated.add_claim(store, claim, actor="ada").id for claim in claims]


def told(need: Requirement) -> list[tuple[str | None, str, tuple[str, ...]]]:
    return [(cell.aspect, cell.result.value, cell.sources) for cell in need.cells]


@pytest.mark.parametrize("cause", [RAS, TGFB])
def test_a_requirement_of_the_relation_is_one_of_each_cause(seeded: GraphStore, cause: str) -> None:
    found = ask(seeded, cause, CARCINOGENESIS)
    need = of(found, NFKB)
    assert (found.total, need.result, need.partial) == (1, "positive", False)
    assert told(need) == [(None, "positive", ("relation",))]
    claim = need.cells[0].claims[0]
    assert claim.claim == seed_claim("C10").id
    assert claim.quote is not None
    assert claim.quote.endswith("depends critically on NF-kappaB activity")


def test_nothing_else_is_a_cause_of_that_relation(seeded: GraphStore) -> None:
    assert ask(seeded, PATHWAY, CARCINOGENESIS).total == 0


def test_an_input_that_was_absent_is_not_needed_and_a_background_is_untested(
    seeded: GraphStore,
) -> None:
    found = ask(seeded, NFKB)
    assert [(_ids(one), one.result) for one in found.requirements] == [
        ([TGFB], "null"), ([RAS], "untested"),
    ]  # fmt: skip
    assert told(of(found, TGFB)) == [(None, "null", ("effect_without",))]
    assert of(found, TGFB).cells[0].claims[0].claim == seed_claim("C4").id
    words = of(found, RAS).words
    assert words is not None
    assert words.startswith("lower Ras")
    assert "with NF-kappaB and look at" in words


def test_needs_of_the_outcome_alone_stand_apart(seeded: GraphStore) -> None:
    found = ask(seeded, TGFB)
    assert found.requirements == ()
    assert {one for need in found.of_outcome for one in _ids(need)} == {NFKB, PATHWAY}
    assert found.of_outcome_total == 2


def test_a_loss_while_the_cause_was_there_shows_a_need(seeded: GraphStore) -> None:
    (added,) = add(seeded, SHOWN)
    need = of(ask(seeded, TGFB), NFKB)
    assert told(need) == [("induction", "positive", ("loss_with_cause",))]
    assert need.cells[0].claims[0].claim == added


def test_a_null_result_counts_in_its_own_aspect_and_side_alone(seeded: GraphStore) -> None:
    def null(**more: object) -> Claim:
        return changed(SHOWN, predicate__type="no_effect", outcome__direction="none", **more)

    add(seeded, SHOWN)
    add(seeded, null(outcome__aspect="maintenance"))
    need = of(ask(seeded, TGFB), NFKB)
    assert {(cell.aspect, cell.result.value) for cell in need.cells} == {
        ("induction", "positive"), ("maintenance", "null"),
    }  # fmt: skip
    assert need.result == "positive"
    add(seeded, null(perturbation__type="activation", perturbation__direction="+"))
    assert of(ask(seeded, TGFB), NFKB).result == "positive"
    add(seeded, null())
    assert of(ask(seeded, TGFB), NFKB).result == "conflicting"


def test_part_of_the_effect_makes_no_necessity(seeded: GraphStore) -> None:
    add(seeded, changed(SHOWN, strength="partial", evidence__supports="contribution"))
    assert of(ask(seeded, TGFB), NFKB).partial


def test_not_required_denies_the_totality_alone(seeded: GraphStore) -> None:
    (added,) = add(seeded, changed(seed_claim("C10"), negated=True))
    found = ask(seeded, RAS, CARCINOGENESIS)
    assert of(found, NFKB).result == "positive"
    assert [one.claim for one in found.beside] == [added]


def test_alternatives_are_needed_together(seeded: GraphStore) -> None:
    composition = {
        "op": "or",
        "members": [
            {"groundings": [{"id": one, "name": one}]} for one in (PATHWAY, NFKB)
        ],
    }  # fmt: skip
    add(seeded, changed(seed_claim("C10"), agent__composition=composition, agent__groundings=[]))
    need = next(one for one in ask(seeded, RAS, CARCINOGENESIS).requirements if len(_ids(one)) > 1)
    assert (sorted(_ids(need)), need.result) == (sorted([NFKB, PATHWAY]), "positive")
    assert " or " in need.name


def test_pages_make_the_whole(seeded: GraphStore) -> None:
    whole = ask(seeded, NFKB)
    pages = [ask(seeded, NFKB, limit=1, offset=at) for at in (0, 1)]
    assert tuple(one for page in pages for one in page.requirements) == whole.requirements
