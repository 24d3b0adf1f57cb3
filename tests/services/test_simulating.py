"""Simulations on the seed, and as a job."""

import pytest

from app.graph.port import GraphStore
from app.model.account import JobStatus
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.errors import BadInput
from app.model.simulation import SIMULATED, HeldEntity, SimulationAnswer, SimulationQuestion
from app.model.vocabulary import Effect, Side, Sign, Tier
from app.reasoning.engine import Stop
from app.services import jobs
from app.services.job_runner import STOPPED, Done, JobRunner, RunningJob
from app.services.reasoning import Reasoner
from app.services.simulation_job import SIMULATE, simulation_work, submit_simulation
from app.services.stopping import stopped_by

NFKB, PATHWAY, EMT, METASTASIS = "FPLX:NFkappaB", "GO:0007249", "GO:0001837", "MESH:D009362"
IKK2, IKBA = "HGNC:5960", "HGNC:7797"


def entity(curie: str) -> NamedEntity:
    return NamedEntity(id=curie, name=curie)


def question(
    effect: Effect = Effect.REVERSES, outcome: str = EMT, **more: object
) -> SimulationQuestion:
    return SimulationQuestion.model_validate(
        {"outcome": entity(outcome), "effect": effect, "networks": 100, **more}
    )


def effects(answer: SimulationAnswer) -> dict[str, float]:
    return {
        "&".join(f"{e.perturbation.direction}{e.target.id}" for e in one.targets): one.effect
        for one in answer.interventions
    }


def test_the_seed_gives_way_where_its_claims_say_so(seeded: GraphStore) -> None:
    found = effects(Reasoner(seeded).simulate(question()))
    best = max(found, key=found.__getitem__)
    assert best == f"-{NFKB}"
    assert found[f"+{IKBA}"] > 0.2
    assert found[f"-{IKBA}"] == found[f"+{NFKB}"] == 0.0
    assert effects(Reasoner(seeded).simulate(question(Effect.LOWERS, METASTASIS)))[f"-{NFKB}"] == 1


def test_the_model_and_what_would_decide_are_told(seeded: GraphStore) -> None:
    answer = Reasoner(seeded).simulate(question())
    assert answer.model.asked == answer.model.networks == 100
    assert (answer.model.entities, answer.model.memberships, answer.model.sided) == (5, 3, 2)
    decides = answer.deciding
    assert decides is not None
    # C2 says that the pathway is required; nothing says that raising it is enough.
    assert (decides.subject.id, decides.object.id, decides.side) == (PATHWAY, EMT, Side.GAIN)
    assert decides.words.startswith("activate canonical NF-kappaB")
    assert decides.claims
    assert decides.if_decides < decides.if_not


def test_an_equivalent_identifier_and_the_opposite_are_the_same_question(
    seeded: GraphStore,
) -> None:
    reasoner = Reasoner(seeded)
    by_go = effects(reasoner.simulate(question()))
    assert effects(reasoner.simulate(question(outcome="MESH:D058750"))) == by_go


def test_pairs_tell_what_they_gain(seeded: GraphStore) -> None:
    answer = Reasoner(seeded).simulate(question(pairs=True))
    pairs = [one for one in answer.interventions if len(one.targets) == 2]
    assert pairs
    single = effects(answer)
    for pair in pairs:
        better = max(single[f"{e.perturbation.direction}{e.target.id}"] for e in pair.targets)
        assert pair.gain == pytest.approx(pair.effect - better, abs=2e-4)


def test_what_is_held_is_not_tried(seeded: GraphStore) -> None:
    held = HeldEntity(entity=entity(IKK2), direction=Sign.POSITIVE)
    found = effects(Reasoner(seeded).simulate(question(hold=(held,))))
    assert not any(IKK2 in done for done in found)


@pytest.mark.parametrize("effect", sorted(set(Effect) - SIMULATED))
def test_effects_that_no_network_shows_are_refused(seeded: GraphStore, effect: Effect) -> None:
    with pytest.raises(BadInput, match="can't be simulated"):
        Reasoner(seeded).simulate(question(effect))


def test_the_outcome_itself_and_what_nothing_links_are_refused(seeded: GraphStore) -> None:
    reasoner = Reasoner(seeded)
    with pytest.raises(BadInput, match="outcome itself"):
        reasoner.simulate(question(targets=(entity(EMT),)))
    with pytest.raises(BadInput, match="No signed way"):
        reasoner.simulate(question(targets=(entity("HGNC:5173"),)))
    with pytest.raises(BadInput, match="no network to run"):
        reasoner.simulate(question(outcome="HGNC:5173"))


def test_an_outcome_that_can_never_be_there_is_told(seeded: GraphStore) -> None:
    held = HeldEntity(entity=entity(NFKB), direction=Sign.NEGATIVE)
    reasoner = Reasoner(seeded)
    with pytest.raises(BadInput, match="nothing to try"):
        reasoner.simulate(question(Effect.LOWERS, METASTASIS, hold=(held,)))
    asked = question(Effect.LOWERS, METASTASIS, hold=(held,), targets=(entity(NFKB),))
    answer = reasoner.simulate(asked)
    assert answer.interventions == ()
    assert answer.model.asked == 0
    assert "can be shown" in (answer.note or "")


def test_asking_to_simulate_orders_predictions_and_shows_the_figures(seeded: GraphStore) -> None:
    plain = InterventionQuestion(outcome=entity(EMT), effect=Effect.REVERSES)
    asked = plain.model_copy(update={"simulate": True})
    reasoner = Reasoner(seeded)
    without, with_figures = reasoner.interventions(plain), reasoner.interventions(asked)
    assert all(one.simulated_effect is None for one in without.interventions)
    first = with_figures.interventions[0]
    assert (first.target.id, first.tier) == (NFKB, Tier.OBSERVED)
    assert first.simulated_effect == effects(reasoner.simulate(question(networks=200)))[f"-{NFKB}"]
    assert first.simulated_error is not None


def test_a_long_simulation_runs_as_a_job(seeded: GraphStore) -> None:
    reasoner = Reasoner(seeded)
    queued = submit_simulation(seeded.accounts, question(), "ann")
    assert (queued.kind, queued.total) == (SIMULATE, 100)
    runner = JobRunner(seeded.accounts, {SIMULATE: simulation_work(reasoner)})
    assert runner.run_waiting() == 1
    done = jobs.job(seeded.accounts, queued.id)
    assert (done.status, done.done) == (JobStatus.SUCCEEDED, 100)
    answer = SimulationAnswer.model_validate(done.answer)
    assert answer == reasoner.simulate(question())


def test_a_cancelled_simulation_ends(seeded: GraphStore) -> None:
    queued = submit_simulation(seeded.accounts, question(networks=1000), "ann")
    work = simulation_work(Reasoner(seeded))

    ended: list[Done] = []

    def cancelled(running: RunningJob, payload: bytes) -> Done:
        jobs.cancel(seeded.accounts, queued.id)
        ended.append(work(running, payload))
        return ended[0]

    JobRunner(seeded.accounts, {SIMULATE: cancelled}).run_waiting()
    assert ended == [STOPPED]
    done = jobs.job(seeded.accounts, queued.id)
    assert (done.status, done.answer) == (JobStatus.CANCELLED, None)


def test_a_simulation_that_nobody_waits_for_is_given_up(seeded: GraphStore) -> None:
    stop = Stop()
    stop.set()
    with stopped_by(stop), pytest.raises(BadInput, match="not done in time"):
        Reasoner(seeded).simulate(question())
