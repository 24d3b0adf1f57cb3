"""What follows from an intervention on the seed, and on graphs that have little to say."""

import pytest

from app.graph.port import GraphStore
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.consequence import ConsequenceAnswer, ConsequenceQuestion
from app.model.errors import BadInput
from app.model.vocabulary import Category, Effect, Sign
from app.reasoning.effects import WISHED
from app.services.consequences import consequences
from app.services.reasoning import Reasoner

NFKB, PATHWAY, IKK2, EMT, MET = (
    "FPLX:NFkappaB", "GO:0007249", "HGNC:5960", "GO:0001837", "GO:0060231",
)  # fmt: skip


def ask(store: GraphStore, target: str, direction: str = "-", **more: object) -> ConsequenceAnswer:
    page = {name: more.pop(name) for name in ("limit", "offset") if name in more}
    question = ConsequenceQuestion.model_validate(
        {"target": NamedEntity(id=target, name=target), "direction": direction, **more}
    )
    return consequences(store, Reasoner(store), question, **page)  # type: ignore[arg-type]


def rows(answer: ConsequenceAnswer) -> list[tuple[str, str, str, bool]]:
    return [
        (one.outcome.id, one.direction.value, one.tier.value, one.matched)
        for one in answer.consequences
    ]


GOLDEN = {
    (NFKB, "-"): [
        (EMT, "-", "observed", True),
        ("MESH:D009362", "-", "observed", True),
        ("MESH:D018450", "-", "entailed", True),
        ("MESH:D063646", "-", "entailed", True),
    ],
    (NFKB, "+"): [
        (EMT, "+", "observed", True),
        ("MESH:D009362", "+", "predicted", False),
        ("MESH:D018450", "+", "predicted", False),
        ("MESH:D063646", "+", "predicted", False),
    ],
    (IKK2, "-"): [(EMT, "-", "kinship", False)],
    (IKK2, "+"): [(EMT, "+", "kinship", False)],
    (EMT, "-"): [],
}


@pytest.mark.parametrize(("target", "direction"), GOLDEN)
def test_what_follows_on_the_seed(seeded: GraphStore, target: str, direction: str) -> None:
    assert rows(ask(seeded, target, direction)) == GOLDEN[target, direction]


def test_each_row_is_the_answer_to_the_question_turned_round(seeded: GraphStore) -> None:
    reasoner, seen = Reasoner(seeded), 0
    for effect in WISHED:
        for target in (NFKB, PATHWAY, IKK2, EMT):
            for direction in Sign.NEGATIVE, Sign.POSITIVE:
                found = ask(seeded, target, direction.value, effect=effect)
                assert found.total == len(found.consequences)
                for one in found.consequences:
                    question = InterventionQuestion(outcome=one.outcome, effect=effect)
                    ahead = reasoner.interventions(question, limit=100).interventions
                    (same,) = [
                        each for each in ahead
                        if (each.target.id, each.perturbation.direction) == (target, direction)
                    ]  # fmt: skip
                    assert same.model_dump() == {
                        name: value for name, value in one.model_dump().items()
                        if name in type(same).model_fields
                    }  # fmt: skip
                    seen += 1
    assert seen > 20


def test_each_effect_that_an_experiment_states_is_named(seeded: GraphStore) -> None:
    first = ask(seeded, NFKB).consequences[0]
    assert [(one.effect.value, one.tier.value) for one in first.also] == [
        ("prevents", "observed"), ("reverses", "observed"),
    ]  # fmt: skip
    assert first.evidence[0].verified is True


def test_changing_the_opposite_is_changing_the_thing_the_other_way(seeded: GraphStore) -> None:
    answer = ask(seeded, MET, "+")
    assert (answer.target.id, answer.perturbation.direction) == (EMT, "-")
    assert answer.query.target.id == MET


def test_nothing_follows_and_the_answer_says_why(seeded: GraphStore) -> None:
    unknown = ask(seeded, "HGNC:0")
    assert (unknown.total, unknown.consequences) == (0, ())
    assert "No signed link" in (unknown.note or "")
    short = ask(seeded, IKK2, max_hops=1)
    assert "at most 1 hops" in (short.note or "")


def test_no_effect_never_follows(seeded: GraphStore) -> None:
    with pytest.raises(BadInput):
        ask(seeded, NFKB, effect=Effect.NO_EFFECT)


def test_categories_and_pages(seeded: GraphStore) -> None:
    only = ask(seeded, NFKB, categories=[Category.BIOLOGICAL_PROCESS])
    assert [one.outcome.id for one in only.consequences] == [EMT, "MESH:D063646"]
    pages = [ask(seeded, NFKB, limit=1, offset=at) for at in range(4)]
    assert [row for page in pages for row in rows(page)] == GOLDEN[NFKB, "-"]
    assert {page.total for page in pages} == {4}


def test_an_earlier_revision_had_nothing(seeded: GraphStore) -> None:
    with pytest.raises(Exception, match="revision"):
        ask(seeded, NFKB, as_of="100000")
    assert ask(seeded, NFKB, as_of="0").total == 0
