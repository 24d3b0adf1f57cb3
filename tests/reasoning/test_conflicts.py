"""Contradiction or difference of scope, and how many answers hang on a disputed pair."""

from itertools import product

import pytest
from hypothesis import given, settings

from app.model.claim import ClaimView, ContextItem, Link
from app.model.entity import EntityRelation
from app.model.vocabulary import (
    Aspect,
    ContextType,
    LinkType,
    Presence,
    RelationType,
    Setting,
    Status,
)
from app.reasoning.canon import Canon
from app.reasoning.conflicts import Saying, null_saying, oppose, oppositions, said_of, separation
from app.reasoning.counter import counter_evidence
from app.reasoning.disputes import claims_of, disputes_of
from tests.reasoning.claims import claim, context, stored, view
from tests.reasoning.graphs import graphs, index_of

PAIR = ("X", "EMT")
CANON = Canon(())
HUMAN, MOUSE = context("organism", "NCBITaxon:9606"), context("organism", "NCBITaxon:10090")
A549, HELA = context("cell", "CVCL:0023"), context("cell", "CVCL:0030")
LUNG, BREAST = context("disease", "MONDO:8903"), context("disease", "MONDO:7254")
WITH_TGF = context("co_stimulus", "HGNC:11766", state=Presence.PRESENT)
WITHOUT_TGF = context("co_stimulus", "HGNC:11766", state=Presence.ABSENT)
SOME_TGF = context("co_stimulus", "HGNC:11766")
IN_VITRO = ContextItem(type=ContextType.SETTING, value=Setting.IN_VITRO)
IN_VIVO = ContextItem(type=ContextType.SETTING, value=Setting.IN_VIVO)
BOTH = ContextItem(type=ContextType.SETTING, value=Setting.BOTH)


def rises(*items: ContextItem, aspect: Aspect | None = None, **more: object) -> ClaimView:
    """X lowers EMT: it rises when X is knocked down."""
    made = claim(
        "X", "increases", "EMT", "up", perturbation="knockdown", aspect=aspect, context=items
    )
    return view(made, **more)  # type: ignore[arg-type]


def falls(*items: ContextItem, aspect: Aspect | None = None, **more: object) -> ClaimView:
    """X raises EMT: it falls when X is knocked down."""
    made = claim(
        "X", "decreases", "EMT", "down", perturbation="knockdown", aspect=aspect, context=items
    )
    return view(made, **more)  # type: ignore[arg-type]


def nothing(*items: ContextItem, perturbation: str = "knockdown", **more: object) -> ClaimView:
    made = claim(
        "X",
        "no_effect",
        "EMT",
        "none",
        perturbation=perturbation,
        context=items,
        **more,  # type: ignore[arg-type]
    )
    return view(made)


def said(one: ClaimView, canon: Canon = CANON) -> Saying:
    null = null_saying(one.id, one, one.links, canon)
    if null is not None:
        assert null[0] == PAIR
        return null[1]
    found = [said_of(one, PAIR, sign, canon) for sign in (1, -1)]
    (only,) = [each for each in found if each is not None]
    return only


@pytest.mark.parametrize(
    ("mine", "theirs", "slots"),
    [
        ((), (), ()),
        ((HUMAN,), (), ()),
        ((HUMAN, A549), (HUMAN,), ()),
        ((HUMAN,), (MOUSE,), ("organism",)),
        ((HUMAN,), (MOUSE, HUMAN), ()),
        ((A549,), (HELA,), ("cell",)),
        ((LUNG,), (BREAST,), ("disease",)),
        ((WITH_TGF,), (WITHOUT_TGF,), ("co_stimulus",)),
        ((WITH_TGF,), (SOME_TGF,), ()),
        ((IN_VITRO,), (IN_VIVO,), ("setting",)),
        ((BOTH,), (IN_VIVO,), ()),
        ((HUMAN, IN_VITRO), (MOUSE, IN_VIVO), ("organism", "setting")),
        ((context("cell"),), (HELA,), ()),
    ],
)
def test_opposite_signs_are_separated_by_what_both_state(
    mine: tuple[ContextItem, ...], theirs: tuple[ContextItem, ...], slots: tuple[str, ...]
) -> None:
    one, other = said(rises(*mine)), said(falls(*theirs))
    assert (one.sign, other.sign) == (-1, 1)
    assert separation(one, other) == separation(other, one) == slots


def test_a_second_co_stimulus_separates_though_the_first_agrees() -> None:
    tnf = [context("co_stimulus", "HGNC:11892", state=state) for state in Presence]
    assert separation(said(rises(WITH_TGF, tnf[0])), said(falls(WITH_TGF, tnf[1]))) == (
        "co_stimulus",
    )


def test_side_and_aspect_do_not_separate_opposite_signs() -> None:
    raised = view(claim("X", "increases", "EMT", "up", perturbation="overexpression"))
    assert separation(said(raised), said(rises())) == ()
    assert (
        separation(said(rises(aspect=Aspect.INDUCTION)), said(falls(aspect=Aspect.MAINTENANCE)))
        == ()
    )


@pytest.mark.parametrize(
    ("null", "slots"),
    [
        (nothing(), ()),
        (nothing(perturbation="none"), ()),
        (nothing(perturbation="loss"), ()),
        (nothing(perturbation="overexpression"), ("side",)),
        (nothing(aspect=Aspect.MAINTENANCE), ()),
        (nothing(aspect=Aspect.INDUCTION), ("aspect",)),
        (nothing(HELA, perturbation="gain", aspect=Aspect.INDUCTION), ("aspect", "cell")),
        (
            nothing(HELA, perturbation="activation", aspect=Aspect.INDUCTION),
            ("side", "aspect", "cell"),
        ),
    ],
)
def test_rule_11_a_null_result_is_of_its_side_and_aspect(
    null: ClaimView, slots: tuple[str, ...]
) -> None:
    assert separation(said(null), said(falls(A549, aspect=Aspect.MAINTENANCE))) == slots


def test_a_null_result_agrees_with_what_states_neither_side_nor_aspect() -> None:
    stated = view(claim("X", "promotes", "EMT", "up"))
    assert separation(said(nothing(aspect=Aspect.INDUCTION)), said(stated)) == ()


def test_opposites_turn_side_and_aspect_of_null_results() -> None:
    def turned(subject: str, kind: RelationType, target: str) -> EntityRelation:
        return EntityRelation(subject=subject, type=kind, object=target, source="test")

    canon = Canon(
        [
            turned("MET", RelationType.OPPOSITE_OF, "EMT"),
            turned("anti-X", RelationType.NEGATIVELY_REGULATES, "X"),
        ]
    )
    null = claim(
        "anti-X", "no_effect", "MET", "none", perturbation="knockdown", aspect=Aspect.INDUCTION
    )
    found = said(view(null), canon)
    assert {*found.sides, *found.aspects} == {"gain", "maintenance"}


def test_denying_a_total_verb_is_no_null_result() -> None:
    denied = view(claim("X", "abrogates", "EMT", "down", perturbation="knockdown", negated=True))
    assert null_saying(denied.id, denied, (), CANON) is None


def test_what_a_curator_links_does_contradict() -> None:
    other = falls(MOUSE)
    link = Link(type=LinkType.CONTRADICTS, claim=other.id)
    one = rises(HUMAN, links=(link,))
    for met in (oppose(said(one), said(other)), oppose(said(other), said(one))):
        assert (met.scope, met.judged) == ((), True)
    many = [said(each) for each in (falls(MOUSE), falls(MOUSE), other, one)]
    (met,) = oppositions(many)
    assert (met.finding.claim, met.against.claim, met.judged) == (one.id, other.id, True)


def test_each_claim_of_the_fewer_is_set_against_the_nearest() -> None:
    many = [said(each) for each in (falls(MOUSE, A549), falls(HUMAN), rises(MOUSE, HELA))]
    null = said(nothing(MOUSE, A549))
    met = oppositions([*many, null])
    assert [(each.kind, each.scope) for each in met] == [
        ("null_result", ()),
        ("opposite_sign", ("cell",)),
    ]
    assert met[0].against is many[0]


def test_an_answer_and_the_list_say_the_same() -> None:
    contexts = [(), (HUMAN,), (MOUSE, A549), (WITH_TGF,), (WITHOUT_TGF, HUMAN)]
    for mine, theirs in product(contexts, repeat=2):
        ground = falls(*mine, aspect=Aspect.MAINTENANCE)
        for against in (rises(*theirs), nothing(*theirs, aspect=Aspect.INDUCTION)):
            (counter,) = counter_evidence(
                PAIR, 1, [ground], [ground, against], CANON, candidates=False
            )
            (met,) = oppositions([said(ground), said(against)])
            assert (counter.kind, counter.scope) == (met.kind, met.scope)


def test_what_is_retracted_speaks_against_nothing() -> None:
    about = [
        rises(retracted=True),
        falls(retracted=True),
        view(claim("Y", "promotes", "EMT", "up")),
    ]
    found = counter_evidence(PAIR, 1, [falls()], about, CANON, candidates=False)
    assert [each.kind for each in found] == ["retracted"]


def test_a_chain_is_tried_at_its_target_and_its_outcome() -> None:
    chain = [
        view(claim("X", "decreases", "M", "down", perturbation="knockdown")),
        view(claim("M", "decreases", "EMT", "down", perturbation="overexpression")),
    ]
    null = nothing(perturbation="overexpression")
    (found,) = counter_evidence(PAIR, 1, chain, [null], CANON, candidates=False)
    assert found.scope == ("side",)


@settings(max_examples=150, deadline=None)
@given(graphs)
def test_disputes_and_what_hangs_on_them_by_brute_force(graph: tuple[list, list]) -> None:  # type: ignore[type-arg]
    edges, relations = graph
    lens = index_of(edges, relations).lens(candidates=False, background=False)
    signs: dict[tuple[str, str], set[int]] = {}
    for link in lens.links():
        if link.key.sign:
            signs.setdefault((link.key.subject, link.key.object), set()).add(link.key.sign)
    nulls = [("A", "B"), ("B", "C"), ("A", "unknown")]
    expected = {
        pair: _chains(pair, set(signs))
        for pair, found in signs.items()
        if len(found) == 2 or pair in nulls
    }
    found = disputes_of(lens, nulls)
    names = lens.index.entities
    pairs = [
        (names[int(s)], names[int(o)]) for s, o in zip(found.subject, found.object, strict=True)
    ]
    assert dict(zip(pairs, found.answers.tolist(), strict=True)) == expected
    assert pairs == sorted(pairs, key=lambda pair: (-expected[pair], pair))
    for place, pair in enumerate(pairs):
        carried = claims_of(lens, found, place)
        assert {sign for by_sign in carried.values() for sign in by_sign} == signs[pair]


def _chains(pair: tuple[str, str], steps: set[tuple[str, str]]) -> int:
    """Count (target, outcome) joined over a pair in at most three hops, trying all."""

    def within(start: str, hops: int, *, back: bool) -> set[str]:
        found = {start}
        for _ in range(hops):
            found |= {(s if back else o) for s, o in steps if (o if back else s) in found}
        return found

    return len(
        {
            (target, outcome)
            for before in range(3)
            for target in within(pair[0], before, back=True)
            for outcome in within(pair[1], 2 - before, back=False)
        }
    )


def test_candidates_dispute_where_they_are_asked_for() -> None:
    edges = [*stored(rises()), *stored(falls(status=Status.CANDIDATE))]
    lenses = index_of(edges)
    assert len(disputes_of(lenses.lens(candidates=False, background=False), [])) == 0
    assert len(disputes_of(lenses.lens(candidates=True, background=False), [])) == 1
