"""Context, hop by hop: each agreement with its case, and the laws that agreement keeps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.answer import AskedContext, ContextFinding
from app.model.claim import ContextItem
from app.model.vocabulary import Agreement, ContextType, Presence, Setting
from app.reasoning.canon import Canon
from app.reasoning.context import ORDER, Asked, findings
from app.reasoning.hierarchy import NOTHING_KNOWN, Hierarchy
from tests.reasoning.asking import ask
from tests.reasoning.claims import claim, context, view
from tests.reasoning.contexts import FLY, HUMAN, MAMMAL, MOUSE, PLACES


def found(
    kind: str, asked: str | tuple[str, ...], *items: ContextItem, known: Hierarchy = PLACES
) -> ContextFinding:
    """Return how a claim with these context items answers what is asked."""
    several = (asked,) if isinstance(asked, str) else asked
    contexts = [AskedContext(type=ContextType(kind), id=one) for one in several]
    one = view(claim("X", "reverses", "EMT", "down", perturbation="inhibition", context=items))
    return findings(one, Asked(contexts, Canon(()), known))[ContextType(kind)]


@pytest.mark.parametrize(
    ("kind", "asked", "stated", "agreement"),
    [
        ("organism", HUMAN, HUMAN, "match"),
        ("organism", HUMAN, MAMMAL, "broader"),
        ("organism", MAMMAL, MOUSE, "narrower"),
        ("organism", HUMAN, MOUSE, "mismatch"),
        ("organism", HUMAN, FLY, "mismatch"),
        ("organism", HUMAN, "NCBITaxon:1", "unstated"),
        ("cell", "epithelial", "mammary", "narrower"),
        ("cell", "mammary", "epithelial", "broader"),
        ("cell", "epithelial of MeSH", "epithelial", "match"),
        ("cell", "epithelial of MeSH", "mammary", "narrower"),
        ("cell", "mesenchymal", "mammary", "mismatch"),
        ("cell", "lung", "mammary", "mismatch"),
        ("cell", "lung", "MCF-7", "mismatch"),
        # A breast is made of epithelium, too: what may overlap excludes nothing.
        ("cell", "epithelial", "breast", "unstated"),
        ("cell", "epithelial", "MCF-7", "unstated"),
        ("cell", "breast", "a line that nobody knows", "unstated"),
        ("cell", "a line that nobody knows", "a line that nobody knows", "match"),
        ("disease", "MONDO:1", "MONDO:2", "unstated"),
        ("co_stimulus", "TGFB", "EGF", "unstated"),
    ],
)
def test_each_agreement(kind: str, asked: str, stated: str, agreement: str) -> None:
    finding = found(kind, asked, context(kind, stated, name="as written"))
    assert (finding.agreement.value, finding.asked, finding.found) == (
        agreement, asked, "as written",
    )  # fmt: skip
    assert not finding.inferred


def test_nothing_said_is_unstated() -> None:
    finding = found("organism", HUMAN)
    assert (finding.agreement, finding.found) == (Agreement.UNSTATED, None)
    assert found("cell", "breast", context("cell", name="tumour")).agreement is Agreement.UNSTATED


def test_who_knows_nothing_finds_no_mismatch() -> None:
    item = context("organism", MOUSE)
    assert found("organism", HUMAN, item, known=NOTHING_KNOWN).agreement is Agreement.UNSTATED
    assert found("organism", MOUSE, item, known=NOTHING_KNOWN).agreement is Agreement.MATCH


def test_a_cell_line_implies_its_organism() -> None:
    line = context("cell", "MCF-7", name="MCF-7 cells")
    finding = found("organism", HUMAN, line)
    assert (finding.agreement, finding.found, finding.inferred) == (Agreement.MATCH, "human", True)
    finding = found("organism", MOUSE, line)
    assert (finding.agreement, finding.found, finding.inferred) == (
        Agreement.MISMATCH, "human", True,
    )  # fmt: skip
    assert found("organism", MAMMAL, line).agreement is Agreement.NARROWER


def test_human_cells_in_a_mouse_answer_for_both_and_what_is_said_comes_first() -> None:
    items = (context("cell", "MCF-7"), context("organism", MOUSE, name="nude mice"))
    mouse, human = found("organism", MOUSE, *items), found("organism", HUMAN, *items)
    assert (mouse.agreement, mouse.found, mouse.inferred) == (Agreement.MATCH, "nude mice", False)
    assert (human.agreement, human.found, human.inferred) == (
        Agreement.MATCH, "nude mice, human", True,
    )  # fmt: skip


def test_what_a_reader_concluded_is_marked() -> None:
    said = ContextItem(type=ContextType.SETTING, value=Setting.IN_VITRO)
    concluded = said.model_copy(update={"inferred": True})
    assert found("setting", "in_vitro", concluded).inferred
    assert not found("setting", "in_vitro", concluded, said).inferred


@pytest.mark.parametrize(
    ("asked", "value", "agreement"),
    [
        ("in_vivo", Setting.IN_VIVO, "match"),
        ("in_vivo", Setting.IN_VITRO, "mismatch"),
        ("in_vivo", Setting.BOTH, "match"),
        ("both", Setting.IN_VITRO, "narrower"),
        ("both", Setting.BOTH, "match"),
    ],
)
def test_settings(asked: str, value: Setting, agreement: str) -> None:
    item = ContextItem(type=ContextType.SETTING, value=value)
    assert found("setting", asked, item).agreement.value == agreement


def test_a_stimulus_that_was_absent_does_not_answer_for_its_presence() -> None:
    there = context("co_stimulus", "TGFB", state=Presence.PRESENT)
    absent = context("co_stimulus", "TGFB", state=Presence.ABSENT)
    assert found("co_stimulus", "TGFB", there).agreement is Agreement.MATCH
    assert found("co_stimulus", "TGFB", absent).agreement is Agreement.MISMATCH
    assert found("co_stimulus", "EGF", absent).agreement is Agreement.UNSTATED


def test_groundings_are_alternatives_and_what_is_asked_too() -> None:
    # "model of breast cancer progression": the second reading is a process that nobody placed.
    both = context("cell", "breast", "progression")
    assert found("cell", "breast", both).agreement is Agreement.MATCH
    assert found("cell", "lung", both).agreement is Agreement.MISMATCH
    assert found("organism", (HUMAN, MOUSE), context("organism", MOUSE)).agreement == "match"


def test_the_answer_names_the_hop_that_fails() -> None:
    answers = ask(
        [
            view(claim("X", "promotes", "Y", "up", perturbation="overexpression",
                       context=(context("organism", HUMAN, name="human"),))),
            view(claim("Y", "promotes", "EMT", "up", perturbation="overexpression",
                       context=(context("organism", MOUSE, name="mouse"),))),
        ],
        "promotes",
        context=(AskedContext(type=ContextType.ORGANISM, id=HUMAN),),
    )  # fmt: skip
    far = next(one for one in answers if one.target.id == "X")
    (path,) = far.paths
    assert [step.context[ContextType.ORGANISM].agreement for step in path.steps] == [
        Agreement.MATCH, Agreement.MISMATCH,
    ]  # fmt: skip
    (failure,) = path.failures
    assert failure.model_dump(mode="json") == {
        "hop": 2, "slot": "organism", "asked": HUMAN, "found": "mouse", "agreement": "mismatch",
    }  # fmt: skip
    assert path.arithmetic.endswith(f"; hop 2, organism: {HUMAN} asked, mouse found (mismatch)")
    assert path.agreement is far.agreement is Agreement.MISMATCH


def test_a_hop_has_the_agreement_of_its_best_claim() -> None:
    answers = ask(
        [
            view(claim("X", "reverses", "EMT", "down", perturbation="inhibition",
                       context=(context("organism", organism),)), article=paper)
            for paper, organism in (("PMID:1", MOUSE), ("PMID:2", MAMMAL))
        ],
        "reverses",
        context=(AskedContext(type=ContextType.ORGANISM, id=HUMAN),),
    )  # fmt: skip
    assert [(one.target.id, one.agreement.value) for one in answers] == [("X", "broader")]
    assert answers[0].paths[0].failures == ()


def test_what_is_not_asked_is_no_failure() -> None:
    (answer,) = ask(
        [view(claim("X", "reverses", "EMT", "down", perturbation="inhibition",
                    context=(context("organism", MOUSE, name="mouse"),)))],
        "reverses",
    )  # fmt: skip
    assert answer.agreement is Agreement.UNASKED
    assert answer.paths[0].failures == ()
    assert ";" not in answer.paths[0].arithmetic


ENTITIES = [f"E{number}" for number in range(7)]


@st.composite
def hierarchies(draw: st.DrawFn) -> Hierarchy:
    """Draw a hierarchy: what lies within what goes from lower to higher numbers."""
    pairs = [(a, b) for i, a in enumerate(ENTITIES) for b in ENTITIES[i + 1 :]]
    wider = draw(st.lists(st.sampled_from(pairs), max_size=9, unique=True))
    axes = draw(st.dictionaries(st.sampled_from(ENTITIES), st.sampled_from(["organ", "lineage"])))
    return Hierarchy(wider, axes=axes)


@given(hierarchies())
def test_everything_matches_itself_and_the_two_ways_mirror(known: Hierarchy) -> None:
    mirror = {Agreement.BROADER: Agreement.NARROWER, Agreement.NARROWER: Agreement.BROADER}
    for one in ENTITIES:
        assert known.compare(one, one) is Agreement.MATCH
        for other in ENTITIES:
            there, back = known.compare(one, other), known.compare(other, one)
            assert back is mirror.get(there, there)


@given(hierarchies())
def test_asking_for_more_never_makes_a_mismatch(known: Hierarchy) -> None:
    for asked in ENTITIES:
        for wider in known.above(asked):
            for stated in ENTITIES:
                if ORDER[known.compare(asked, stated)] <= ORDER[Agreement.NARROWER]:
                    assert known.compare(wider, stated) is not Agreement.MISMATCH
                if known.compare(asked, stated) is Agreement.MATCH:
                    assert known.compare(wider, stated) in (Agreement.MATCH, Agreement.NARROWER)
