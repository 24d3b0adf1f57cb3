"""What interventions on the seed leave open, and on graphs with a second way round."""

from collections.abc import Iterable

import pytest

from app.graph.port import GraphStore, GraphView
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.bypass import Bypass
from app.model.errors import BadInput, Unavailable
from app.model.simulation import SimulationQuestion
from app.model.vocabulary import Sign
from app.reasoning.engine import Stop
from app.reasoning.lens import Lens
from app.reasoning.simulation.answer import Prepared
from app.services.bypass import bypass
from app.services.reasoning import Reasoner
from app.services.simulating import prepared
from app.services.stopping import stopped_by

NFKB, PATHWAY, IKK2, EMT, METASTASIS = (
    "FPLX:NFkappaB", "GO:0007249", "HGNC:5960", "GO:0001837", "MESH:D009362",
)  # fmt: skip


def ask(
    store: GraphStore,
    target: str,
    outcome: str = EMT,
    effect: str = "lowers",
    *,
    direction: Sign | None = None,
    closed: Iterable[str] = (),
    limit: int = 25,
    **more: object,
) -> Bypass:
    question = InterventionQuestion.model_validate(
        {"outcome": NamedEntity(id=outcome, name=outcome), "effect": effect, **more}
    )
    return bypass(
        store, Reasoner(store), question, NamedEntity(id=target, name=target),
        direction=direction, closed=[NamedEntity(id=one, name=one) for one in closed],
        limit=limit,
    )  # fmt: skip


def test_what_is_left_open_on_the_seed(seeded: GraphStore) -> None:
    found = ask(seeded, IKK2)
    assert (found.target.id, found.perturbation.direction) == (IKK2, "-")
    assert [one.id for one in found.closed] == [IKK2, PATHWAY]
    (route,) = found.routes
    assert (route.source.id, route.perturbation.direction, route.path.tier) == (
        NFKB, "-", "observed",
    )  # fmt: skip
    assert route.path.matched
    assert route.evidence[0].verified is True
    assert route.evidence[0].quote == (
        "Inhibition of NF-kappaB signaling prevented EMT in Ras-transformed epithelial cells"
    )
    (second,) = found.seconds
    assert (second.target.id, second.routes, second.share, second.against) == (NFKB, (1,), 1.0, 0)
    assert second.words == "inhibition of NF-kappaB closes 1 of 1 route, 1.00 of their strength"
    assert (found.strength, found.more, found.note, found.simulation) == (0.9, False, None, None)


def test_nothing_is_left_open_and_the_answer_says_so(seeded: GraphStore) -> None:
    for found in (ask(seeded, NFKB, METASTASIS), ask(seeded, IKK2, closed=[NFKB])):
        assert (found.routes, found.seconds, found.strength, found.more) == ((), (), 0.0, False)
        assert "is left open" in (found.note or "")
    assert [one.id for one in found.closed] == [IKK2, NFKB, PATHWAY]


def test_second_targets_are_tried_with_the_first(seeded: GraphStore) -> None:
    found = ask(seeded, IKK2, simulate=True)
    pair, ran = found.seconds[0].simulated, found.simulation
    assert pair is not None
    assert ran is not None
    assert pair.together > max(pair.alone, ran.effect)
    assert pair.gain == round(pair.together - max(pair.alone, ran.effect), 4)
    assert ran.best is not None
    assert (ran.best.id, ran.networks, ran.asked) == (NFKB, 200, 200)
    assert ask(seeded, IKK2, simulate=True) == found
    plain = ask(seeded, IKK2)
    assert plain.routes == found.routes


def test_what_can_not_be_simulated_is_told(seeded: GraphStore) -> None:
    found = ask(seeded, NFKB, effect="maintains", direction=Sign.POSITIVE, simulate=True)
    assert found.simulation is None
    assert "Not simulated: maintains can't be simulated" in (found.note or "")


def test_a_search_that_was_stopped_says_so(seeded: GraphStore) -> None:
    stop = Stop()
    stop.set()
    with stopped_by(stop):
        # That inhibiting NF-kappaB has the effect is direct; of IKK-2 nothing can be said.
        found = ask(seeded, NFKB)
        assert not found.complete
        assert "cut short" in (found.note or "")
        with pytest.raises(Unavailable, match="too long"):
            ask(seeded, IKK2)


def test_a_simulation_that_was_stopped_names_where_to_ask(
    seeded: GraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Stop()

    def late(view: GraphView, lens: Lens, question: SimulationQuestion) -> Prepared:
        # The deadline passes while the ensemble is made ready.
        stop.set()
        return prepared(view, lens, question)

    monkeypatch.setattr("app.services.bypass.prepared", late)
    with stopped_by(stop):
        found = ask(seeded, IKK2, simulate=True)
    assert found.simulation is None
    assert len(found.routes) == 1
    assert "POST /api/v1/reasoning/simulate with these targets and pairs=true" in (found.note or "")
    assert f"{IKK2}, {NFKB}" in (found.note or "")


@pytest.mark.parametrize(
    ("target", "outcome", "effect", "told"),
    [
        (EMT, EMT, "reverses", "intervention that reverses"),
        ("HGNC:0", EMT, "lowers", "at most 3 hops"),
        (NFKB, IKK2, "lowers", "no regulators"),
        (NFKB, "HGNC:0", "lowers", "no regulators"),
        (NFKB, EMT, "no_effect", "another effect"),
    ],
)
def test_what_is_no_intervention_is_refused(
    seeded: GraphStore, target: str, outcome: str, effect: str, told: str
) -> None:
    with pytest.raises(BadInput, match=told) as caught:
        ask(seeded, target, outcome, effect)
    assert caught.value.errors


def test_the_asked_direction_must_have_the_effect(seeded: GraphStore) -> None:
    assert ask(seeded, NFKB, direction=Sign.NEGATIVE).perturbation.direction == "-"
    with pytest.raises(BadInput, match=r"\(\+\) an intervention that lowers"):
        ask(seeded, NFKB, direction=Sign.POSITIVE)
    assert ask(seeded, NFKB, effect="promotes").perturbation.direction == "+"
    with pytest.raises(BadInput, match="the outcome itself"):
        ask(seeded, NFKB, closed=[EMT])


def test_an_earlier_revision_has_no_regulators(seeded: GraphStore) -> None:
    with pytest.raises(BadInput, match="no regulators"):
        ask(seeded, NFKB, as_of="0")
