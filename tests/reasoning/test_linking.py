"""Which links a reading proposes between the claims of one text, and which it must not."""

import pytest

from app.model.claim import Claim, ContextItem
from app.model.entity import EntityRelation
from app.model.text import Grounding, Quote, Span
from app.model.vocabulary import (
    Aspect,
    CompositionOp,
    ContextType,
    Epistemic,
    LinkType,
    Measure,
    Presence,
    RelationType,
    Sign,
    Strength,
)
from app.reasoning.linking import propose_links
from tests.reasoning.claims import claim, context

SUMMARY, MEANT = Epistemic.SUMMARY, Epistemic.INTERPRETATION
TNF = context("co_stimulus", "HGNC:11892", state=Presence.PRESENT)
PMA = context("co_stimulus", "CHEBI:37537", state=Presence.PRESENT)
MOUSE, HUMAN = context("organism", "NCBITaxon:10090"), context("organism", "NCBITaxon:9606")
LOST_A = ContextItem(
    type=ContextType.CO_PERTURBATION,
    groundings=(Grounding(id="A", name="A"),),
    direction=Sign.NEGATIVE,
)


def told(*claims: Claim) -> list[Claim]:
    """Return the claims as if each were a sentence, one after the other."""
    return [
        each.model_copy(
            update={
                "quotes": (Quote(text="…" * 9, start=10 * n, end=10 * n + 9, verified=True),),
                "text_sha256": "0" * 64,
            }
        )
        for n, each in enumerate(claims)
    ]


def links(*claims: Claim, relations: tuple[EntityRelation, ...] = ()) -> list[tuple[int, str, int]]:
    """Return the proposed links by the places of the claims."""
    all_told = told(*claims)
    place = {each.id: n for n, each in enumerate(all_told)}
    assert len(place) == len(all_told)
    found = propose_links(all_told, relations)
    assert {each.link.type for each in found} <= {LinkType.SUMMARISES, LinkType.INFERRED_FROM}
    return [(place[e.claim], e.link.type.value, place[e.link.claim]) for e in found]


def needed(**more: object) -> Claim:
    return claim("X", "required_for", "EMT", **more)  # type: ignore[arg-type]


def lost(direction: str = "down", **more: object) -> Claim:
    """X was knocked down and EMT fell, unless said otherwise."""
    verb = "prevents" if direction == "down" else "increases"
    return claim("X", verb, "EMT", direction, perturbation="knockdown", **more)  # type: ignore[arg-type]


def test_a_title_sums_up_the_experiment_that_says_so_much() -> None:
    assert links(needed(epistemic=SUMMARY), lost()) == [(0, "summarises", 1)]
    assert links(lost(), claim("X", "promotes", "EMT", epistemic=SUMMARY)) == [(1, "summarises", 0)]


def test_a_stated_need_sums_up_what_states_it_before_the_experiments() -> None:
    found = links(needed(epistemic=SUMMARY), needed(), lost(), needed(epistemic=MEANT))
    assert [each for each in found if each[0] == 0] == [(0, "summarises", 1), (0, "summarises", 3)]


def test_a_conclusion_follows_from_the_experiment_before_it() -> None:
    assert links(lost(), needed(epistemic=MEANT)) == [(1, "inferred_from", 0)]
    # What comes later, or states the need itself, is not what it was concluded from.
    assert links(needed(epistemic=MEANT), lost()) == []
    assert links(needed(), needed(epistemic=MEANT)) == []


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lost("up"), id="opposite sign"),
        pytest.param(claim("X", "promotes", "EMT", perturbation="overexpression"), id="other side"),
        pytest.param(claim("X", "promotes", "EMT"), id="side untold"),
        pytest.param(claim("Z", "prevents", "EMT", "down", perturbation="knockdown"), id="agent"),
        pytest.param(
            claim("X", "prevents", "apoptosis", "down", perturbation="knockdown"), id="outcome"
        ),
        pytest.param(lost(negated=True), id="denied"),
        pytest.param(
            claim("X", "no_effect", "EMT", "none", perturbation="knockdown"), id="null result"
        ),
        pytest.param(claim("X", "associated_with", "EMT", "none"), id="unsigned"),
        pytest.param(lost(epistemic=Epistemic.BACKGROUND), id="background"),
        pytest.param(lost(epistemic=Epistemic.HYPOTHESIS), id="hypothesis"),
        pytest.param(lost(strength=Strength.PARTIAL), id="only in part"),
        pytest.param(lost(outcome_measure=Measure.PHOSPHORYLATION), id="a state of it"),
        pytest.param(lost(context=(LOST_A,)), id="in cells without A"),
        pytest.param(
            claim("X+Z", "prevents", "EMT", "down", perturbation="knockdown", op=CompositionOp.AND),
            id="together with Z",
        ),
    ],
)
def test_what_says_something_else_is_not_linked(other: Claim) -> None:
    assert links(needed(epistemic=SUMMARY), other) == []
    assert links(other, needed(epistemic=MEANT)) == []


def test_an_aspect_is_matched_where_the_summary_names_one() -> None:
    came, stayed = lost(aspect=Aspect.INDUCTION), lost(aspect=Aspect.MAINTENANCE)
    summary = needed(epistemic=SUMMARY, aspect=Aspect.MAINTENANCE)
    assert links(summary, came, stayed, lost()) == [(0, "summarises", 2)]
    assert links(needed(epistemic=SUMMARY), came) == [(0, "summarises", 1)]


def test_stated_contexts_that_exclude_each_other_separate() -> None:
    summary = needed(epistemic=SUMMARY, context=(TNF, MOUSE))
    assert links(summary, lost(context=(PMA,))) == []
    assert links(summary, lost(context=(HUMAN,))) == []
    assert links(summary, lost(context=(TNF,)), lost()) == [
        (0, "summarises", 1),
        (0, "summarises", 2),
    ]


def test_null_results_are_summed_up_by_null_results() -> None:
    none = claim("X", "no_effect", "EMT", "none", perturbation="knockdown", epistemic=SUMMARY)
    assert links(none, lost("up", negated=True)) == [(0, "summarises", 1)]
    gained = claim("X", "increases", "EMT", perturbation="overexpression", negated=True)
    assert links(none, gained) == []
    # That it did not prevent all of it is no null result.
    assert links(none, lost(negated=True)) == []


def test_equivalents_are_one_and_opposites_turn() -> None:
    same = EntityRelation(subject="W", type=RelationType.SAME_AS, object="EMT", source="test")
    turned = EntityRelation(subject="MET", type=RelationType.OPPOSITE_OF, object="EMT", source="t")
    falls = claim("X", "prevents", "W", "down", perturbation="knockdown")
    rises = claim("X", "induces", "MET", "up", perturbation="knockdown")
    summary = needed(epistemic=SUMMARY)
    assert links(summary, falls, relations=(same,)) == [(0, "summarises", 1)]
    assert links(summary, rises, relations=(turned,)) == [(0, "summarises", 1)]
    assert links(summary, falls) == links(summary, rises) == []


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("Notch signaling pathway", True),
        ("NOTCH", True),
        ("Notch receptor", False),
        ("Notch-deficient", False),
    ],
)
def test_a_pathway_is_what_it_is_named_after(name: str, alike: bool) -> None:
    def by(words: str, curie: str) -> Claim:
        made = lost()
        agent = made.agent.model_copy(
            update={
                "mention": Span(start=0, end=len(words), text=words),
                "groundings": (Grounding(id=curie, name=words),),
            }
        )
        return made.model_copy(update={"agent": agent})

    summary = by("Notch", "FPLX:Notch").model_copy(update={"epistemic": SUMMARY})
    assert links(summary, by(name, "GO:0007219")) == ([(0, "summarises", 1)] if alike else [])


def test_one_sentence_does_not_sum_up_itself() -> None:
    one, other = told(needed(epistemic=SUMMARY), lost())
    assert propose_links([one, other.model_copy(update={"quotes": one.quotes})]) == ()
