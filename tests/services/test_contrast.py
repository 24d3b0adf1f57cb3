"""What has an effect here and not there, on the seed and on claims added to it."""

import pytest

from app.graph.port import GraphStore
from app.model.answer import AskedContext, NamedEntity
from app.model.contrast import Contrast, ContrastKind, ContrastQuestion, ContrastRow, Place
from app.model.errors import BadInput
from app.model.vocabulary import ContextType, Effect
from app.services import curated
from app.services.contrast import contrast
from app.services.reasoning import Reasoner
from tests.services.test_curation import do
from tests.support.seeded import changed, seed_claim

EMT, NFKB, PATHWAY, METASTASIS = "GO:0001837", "FPLX:NFkappaB", "GO:0007249", "MESH:D009362"
EPITHELIAL, MESENCHYMAL = "CL:0000066", "CL:0008019"


def place(effect: str = "reverses", cell: str | None = None, outcome: str = EMT) -> Place:
    context = () if cell is None else (AskedContext(type=ContextType.CELL, id=cell),)
    named = NamedEntity(id=outcome, name=outcome)
    return Place(outcome=named, effect=Effect(effect), context=context)


def ask(store: GraphStore, here: Place, there: Place, **page: int) -> Contrast:
    question = ContrastQuestion(here=here, there=there)
    return contrast(store, Reasoner(store), question, **page)


def of(found: Contrast, target: str) -> ContrastRow:
    (row,) = [row for row in found.rows if row.target.id == target]
    return row


def add_null(store: GraphStore, name: str, **more: object) -> str:
    claim = changed(
        seed_claim(name), predicate__type="no_effect", outcome__direction="none", **more
    )
    return curated.add_claim(store, claim, actor="ada").id


def test_what_nobody_tried_there_is_untested_and_says_what_to_try(seeded: GraphStore) -> None:
    found = ask(seeded, place(cell=MESENCHYMAL), place(cell=EPITHELIAL))
    (row,) = found.rows
    assert (row.target.id, row.perturbation.direction) == (NFKB, "-")
    assert (row.kind, row.here.result, row.there.result) == (
        ContrastKind.UNTESTED, "positive", "untested",
    )  # fmt: skip
    assert [one.claim for one in row.here.claims] == [seed_claim("C5").id]
    assert (row.there.total, row.there.unplaced) == (0, 1)
    assert row.words is not None
    assert row.words.startswith("lower NF-kappaB once it is there in epithelial cell")


def test_a_null_result_of_that_aspect_there_makes_the_contrast(seeded: GraphStore) -> None:
    null = add_null(seeded, "C3", outcome__aspect="maintenance")
    row = of(ask(seeded, place(cell=MESENCHYMAL), place(cell=EPITHELIAL)), NFKB)
    assert (row.kind, row.there.result) == (ContrastKind.ONLY_HERE, "null")
    assert [one.claim for one in row.there.against] == [null]
    assert row.there.against[0].quote
    assert row.words is None


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"outcome__aspect": "induction"},
        {"perturbation__type": "activation", "perturbation__direction": "+"},
    ],
)
def test_a_null_result_of_another_aspect_or_side_counts_for_nothing(
    seeded: GraphStore, elsewhere: dict[str, object]
) -> None:
    add_null(seeded, "C3", **{"outcome__aspect": "maintenance", **elsewhere})
    row = of(ask(seeded, place(cell=MESENCHYMAL), place(cell=EPITHELIAL)), NFKB)
    assert (row.kind, row.there.result, row.there.total) == (ContrastKind.UNTESTED, "untested", 0)


def test_a_null_result_here_is_in_conflict_with_what_was_shown_here(seeded: GraphStore) -> None:
    add_null(seeded, "C5")
    row = of(ask(seeded, place(cell=MESENCHYMAL), place(cell=EPITHELIAL)), NFKB)
    assert (row.kind, row.here.result) == (ContrastKind.CONFLICTING, "conflicting")
    assert (len(row.here.claims), len(row.here.against)) == (1, 1)


def test_an_opposite_effect_there_is_told_as_one(seeded: GraphStore) -> None:
    claim = changed(
        seed_claim("C3"), predicate__type="promotes", outcome__direction="up",
        outcome__aspect="maintenance",
    )  # fmt: skip
    curated.add_claim(seeded, claim, actor="ada")
    row = of(ask(seeded, place(cell=MESENCHYMAL), place(cell=EPITHELIAL)), NFKB)
    assert (row.kind, row.there.result, row.there.opposite) == (
        ContrastKind.OPPOSITE, "positive", True,
    )  # fmt: skip


def test_two_outcomes_and_two_effects_are_compared(seeded: GraphStore) -> None:
    lowered = ask(seeded, place("lowers"), place("lowers", outcome=METASTASIS))
    assert of(lowered, NFKB).kind is ContrastKind.BOTH
    assert of(lowered, PATHWAY).kind is ContrastKind.UNTESTED
    assert [row.target.id for row in lowered.rows] == [PATHWAY, NFKB]
    staged = ask(seeded, place("prevents"), place("reverses"))
    assert {row.kind for row in staged.rows} == {ContrastKind.BOTH}


def test_a_rejected_claim_shows_nothing_and_pages_make_the_whole(seeded: GraphStore) -> None:
    asked = place("lowers"), place("lowers", outcome=METASTASIS)
    whole = ask(seeded, *asked)
    pages = [ask(seeded, *asked, limit=1, offset=at) for at in (0, 1)]
    assert tuple(row for page in pages for row in page.rows) == whole.rows
    for name in ("C5", "C7"):
        do(seeded, seed_claim(name).id, "reject", actor="evipath-seed", reason="not shown")
    assert ask(seeded, place(cell=MESENCHYMAL), place(cell=EPITHELIAL)).rows == ()


def test_equivalents_and_opposites_are_the_same_question(seeded: GraphStore) -> None:
    one = ask(seeded, place(cell=MESENCHYMAL), place(cell=EPITHELIAL))
    other = ask(
        seeded, place(cell=MESENCHYMAL, outcome="MESH:D058750"), place(cell=EPITHELIAL)
    )  # fmt: skip
    assert one == other


def test_what_cannot_be_contrasted_is_refused(seeded: GraphStore) -> None:
    with pytest.raises(BadInput, match="the same"):
        ask(seeded, place(), place())
    with pytest.raises(BadInput, match="no_effect"):
        ask(seeded, place("no_effect"), place())
