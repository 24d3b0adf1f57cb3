"""What was tried on the seed, by golden answers written from its claims."""

from app.graph.port import GraphStore
from app.model.answer import NamedEntity
from app.model.matrix import CellResult, DecidingReason, Matrix, MatrixContext, MatrixQuestion
from app.services.matrix import matrix
from app.services.reasoning import Reasoner
from tests.services.test_curation import C5, do
from tests.support.seeded import seed_claim

NFKB, PATHWAY, EMT = "FPLX:NFkappaB", "GO:0007249", "GO:0001837"
CARCINOGENESIS, APOPTOSIS, METASTASIS = "MESH:D063646", "GO:0006915", "MESH:D009362"
MET = "GO:0060231"

Tried = dict[tuple[str | None, str | None], tuple[str, frozenset[str]]]


def ask(store: GraphStore, target: str = NFKB, outcome: str = EMT, **page: int) -> Matrix:
    question = MatrixQuestion(
        target=NamedEntity(id=target, name=target), outcome=NamedEntity(id=outcome, name=outcome)
    )
    return matrix(store, Reasoner(store), question, **page)


def where(context: MatrixContext) -> tuple[tuple[str, str], ...]:
    return tuple((part.id, part.state or "") for part in context.parts)


def tried(context: MatrixContext) -> Tried:
    return {
        (cell.side, cell.aspect): (cell.result.value, frozenset(one.claim for one in cell.claims))
        for cell in context.cells
        if cell.result is not CellResult.UNTESTED
    }


def claims(*names: str) -> frozenset[str]:
    return frozenset(seed_claim(name).id for name in names)


def test_each_experiment_on_nf_kappa_b_and_emt_stands_in_its_own_cell(seeded: GraphStore) -> None:
    found = ask(seeded)
    by_context = {where(each): tried(each) for each in found.contexts}
    assert by_context == {
        (("CL:0000066", ""),): {("loss", "induction"): ("positive", claims("C3"))},
        (("CL:0000066", ""), ("FPLX:TGFB", "absent")): {("gain", None): ("positive", claims("C4"))},
        (("CL:0008019", ""),): {("loss", "maintenance"): ("positive", claims("C5"))},
        (("MESH:D001943", ""), ("MESH:D018450", "")): {("loss", None): ("positive", claims("T1"))},
        (): {
            ("loss", "induction"): ("positive", claims("C6")),
            ("loss", "maintenance"): ("positive", claims("C7")),
        },
    }
    assert where(found.contexts[-1]) == ()
    assert found.total == 5


def test_what_can_be_tried_and_was_not_is_untested(seeded: GraphStore) -> None:
    mesenchymal = next(c for c in ask(seeded).contexts if where(c) == (("CL:0008019", ""),))
    cells = mesenchymal.cells
    assert [(each.side, each.aspect, each.result.value, each.total) for each in cells] == [
        ("loss", "induction", "untested", 0),
        ("loss", "maintenance", "positive", 1),
        ("gain", "induction", "untested", 0),
        ("gain", "maintenance", "untested", 0),
    ]  # fmt: skip
    (claim,) = cells[1].claims
    assert claim.quote == (
        "inhibition of NF-kappaB activity in mesenchymal cells caused a reversal of EMT"
    )
    assert (claim.sign, claim.pmid, claim.verified) == ("+", "PMID:15314694", True)


def test_nothing_is_left_to_decide_where_both_sides_were_shown(seeded: GraphStore) -> None:
    assert ask(seeded).deciding == ()


def test_the_opposite_of_what_was_tried_would_make_the_hop_matched(seeded: GraphStore) -> None:
    found = ask(seeded, PATHWAY)
    assert [(d.reason.value, d.side.value, d.aspect, d.filled) for d in found.deciding] == [
        ("makes_matched", "gain", "induction", False),
        ("makes_matched", "gain", "maintenance", False),
    ]
    assert found.deciding[1].words == (
        "raise canonical NF-kappaB signal transduction once it is there and look at epithelial to "
        "mesenchymal transition"
    )
    assert [set(d.claims) for d in found.deciding] == [claims("C1"), claims("C2")]


def test_a_demonstrated_ground_comes_before_a_summary(seeded: GraphStore) -> None:
    first, second = ask(seeded, NFKB, METASTASIS).deciding
    assert [frozenset(one.claims) for one in (first, second)] == [claims("C8"), claims("T2")]
    assert [part.id for part in first.context] == ["NCBITaxon:10090", "CL:0002327", "in_vivo"]


def test_a_requirement_of_a_relation_was_tried_and_background_was_not(seeded: GraphStore) -> None:
    found = ask(seeded, NFKB, CARCINOGENESIS)
    assert tried(found.contexts[0]) == {("loss", None): ("positive", claims("C10"))}
    assert [one.statement for one in found.beside] == ["NF-kappaB promotes tumorigenesis"]


def test_what_is_only_background_leaves_every_cell_untested(seeded: GraphStore) -> None:
    found = ask(seeded, NFKB, APOPTOSIS)
    assert [tried(each) for each in found.contexts] == [{}]
    assert len(found.beside) == 1
    assert found.deciding == ()


def test_an_opposite_outcome_is_laid_out_as_its_own(seeded: GraphStore) -> None:
    assert ask(seeded, NFKB, MET) == ask(seeded)


def test_pages_of_contexts_make_the_whole(seeded: GraphStore) -> None:
    whole = ask(seeded)
    pages = [ask(seeded, limit=2, offset=at) for at in (0, 2, 4)]
    assert tuple(each for page in pages for each in page.contexts) == whole.contexts
    assert {page.total for page in pages} == {5}


def test_a_rejected_claim_leaves_its_cell(seeded: GraphStore) -> None:
    do(seeded, C5, "reject", reason="not shown")
    do(seeded, C5, "reject", actor="seed", reason="not shown")
    assert all(where(each) != (("CL:0008019", ""),) for each in ask(seeded).contexts)
    lacking = [d for d in ask(seeded, PATHWAY).deciding if d.reason is DecidingReason.MAKES_MATCHED]
    assert len(lacking) == 2
