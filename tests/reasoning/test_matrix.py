"""Cells in conflict, and the experiment that would decide."""

from app.model.claim import Claim, ClaimView, ContextItem, Link
from app.model.matrix import CellResult, DecidingReason
from app.model.vocabulary import Aspect, LinkType, Side, Status
from app.reasoning.canon import Canon
from app.reasoning.deciding import Decision, deciding_cells
from app.reasoning.matrix import Layout, lay_out, result_of
from tests.reasoning.claims import claim, context, view

CANON = Canon(())
HUMAN, MOUSE = context("organism", "NCBITaxon:9606"), context("organism", "NCBITaxon:10090")
A549 = context("cell", "CVCL:0023")


def shown(
    perturbation: str, direction: str, *items: ContextItem, aspect: Aspect | None = None
) -> Claim:
    """Return a claim that X was perturbed and EMT went up, down, or did not change."""
    verb = {"up": "increases", "down": "decreases", "none": "no_effect"}[direction]
    return claim(
        "X", verb, "EMT", direction, perturbation=perturbation, aspect=aspect, context=items
    )


def layout(*claims: Claim | ClaimView, candidates: bool = False) -> Layout:
    views = [each if isinstance(each, ClaimView) else view(each) for each in claims]
    return lay_out(views, ("X", "EMT"), CANON, candidates=candidates)


def results(found: Layout) -> list[CellResult]:
    cells = found.by_cell()
    return [result_of(cells[cell]) for cell in sorted(cells, key=lambda one: one.order)]


def cells(decisions: list[Decision]) -> list[tuple[Side, Aspect | None, list[str], bool]]:
    return [
        (d.side, d.cell.aspect, sorted(e for each in d.cell.scope for e in each), d.filled)
        for d in decisions
    ]


def test_a_null_result_alone_is_null() -> None:
    found = layout(shown("knockdown", "none"))
    assert results(found) == [CellResult.NULL]
    assert deciding_cells(found) == []


def test_a_null_result_beside_an_effect_of_the_same_experiment_is_in_conflict() -> None:
    found = layout(
        shown("knockdown", "none", MOUSE, aspect=Aspect.INDUCTION),
        shown("knockdown", "down", MOUSE, aspect=Aspect.INDUCTION),
    )
    assert results(found) == [CellResult.CONFLICTING]
    first = deciding_cells(found)[0]
    assert first.reason is DecidingReason.RESOLVES_CONFLICT
    assert cells([first]) == [(Side.LOSS, Aspect.INDUCTION, ["NCBITaxon:10090"], True)]


def test_what_is_separated_is_in_no_conflict() -> None:
    found = layout(shown("knockdown", "none", MOUSE), shown("knockdown", "down", HUMAN))
    assert results(found) == [CellResult.NULL, CellResult.POSITIVE]
    assert all(d.reason is DecidingReason.MAKES_MATCHED for d in deciding_cells(found))


def test_cells_that_nothing_separates_are_both_in_conflict_and_one_thing_is_changed() -> None:
    found = layout(
        shown("knockdown", "down", MOUSE), shown("knockdown", "up", A549),
    )  # fmt: skip
    assert results(found) == [CellResult.CONFLICTING] * 2
    # Both contexts are filled, on the same side: each is to be repeated.
    first = deciding_cells(found)[0]
    assert first.filled
    other = layout(shown("knockdown", "down", MOUSE), shown("overexpression", "down", A549))
    assert cells([d for d in deciding_cells(other) if not d.filled][:4]) == [
        (Side.LOSS, None, ["CVCL:0023"], False),
        (Side.GAIN, None, ["NCBITaxon:10090"], False),
    ]


def test_a_stated_sign_lacks_both_sides() -> None:
    found = layout(claim("X", "promotes", "EMT", "up", context=(MOUSE,)))
    assert cells(deciding_cells(found)) == [
        (Side.LOSS, None, ["NCBITaxon:10090"], False),
        (Side.GAIN, None, ["NCBITaxon:10090"], False),
    ]


def test_only_the_aspect_that_was_not_shown_is_lacking() -> None:
    found = layout(
        shown("knockdown", "down"), shown("overexpression", "up", aspect=Aspect.INDUCTION)
    )
    assert cells(deciding_cells(found)) == [(Side.GAIN, Aspect.MAINTENANCE, [], False)]


def test_an_effect_of_the_other_sign_makes_no_hop_matched() -> None:
    found = layout(
        shown("knockdown", "down", MOUSE, aspect=Aspect.INDUCTION),
        shown("overexpression", "down", HUMAN, aspect=Aspect.INDUCTION),
    )
    assert results(found) == [CellResult.POSITIVE] * 2
    assert cells(deciding_cells(found)) == [
        (Side.LOSS, Aspect.INDUCTION, ["NCBITaxon:9606"], False),
        (Side.GAIN, Aspect.INDUCTION, ["NCBITaxon:10090"], False),
    ]


def test_what_counts_is_told_apart() -> None:
    retracted = view(shown("knockdown", "down"), retracted=True)
    rejected = view(shown("knockdown", "down"), status=Status.REJECTED)
    candidate = view(shown("knockdown", "down"), status=Status.CANDIDATE)
    assert layout(retracted, rejected, candidate).findings == []
    assert len(layout(retracted, rejected, candidate, candidates=True).findings) == 1
    associated = claim("X", "associated_with", "EMT", "none")
    assert layout(associated).findings == []
    assert len(layout(associated).beside) == 1
    assert layout(claim("X", "increases", "Y", "up")).findings == []


def test_the_order_in_which_claims_come_changes_nothing() -> None:
    made = [
        view(shown("knockdown", "down", MOUSE)),
        view(shown("knockdown", "none")),
        view(shown("overexpression", "down", A549)),
    ]
    one, other = layout(*made), layout(*reversed(made))
    assert one == other
    assert deciding_cells(one) == deciding_cells(other)


def test_the_nearest_conflict_is_that_of_the_same_context() -> None:
    null = view(shown("knockdown", "none", MOUSE))
    elsewhere = view(shown("knockdown", "down", A549))
    here = view(shown("knockdown", "down", MOUSE))
    for claims in ((null, elsewhere, here), (here, elsewhere, null)):
        found = {each.claim.id: each.conflict for each in layout(*claims).findings}
        met = found[null.id]
        assert met is not None
        assert met.against.claim == here.id


def test_a_linked_contradiction_holds_though_contexts_separate() -> None:
    here = view(shown("knockdown", "down", MOUSE))
    judged = view(
        shown("knockdown", "up", HUMAN), links=(Link(type=LinkType.CONTRADICTS, claim=here.id),)
    )
    assert results(layout(here, judged)) == [CellResult.CONFLICTING] * 2
    apart = view(shown("knockdown", "up", HUMAN))
    assert results(layout(here, apart)) == [CellResult.POSITIVE] * 2
