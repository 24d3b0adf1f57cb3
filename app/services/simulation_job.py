"""A long simulation as a job."""

from datetime import UTC, datetime
from typing import Final

from app.graph.port import AccountStore
from app.model.account import Job, JobStatus, User
from app.model.errors import Unavailable
from app.model.simulation import SimulationQuestion
from app.reasoning.engine import Stop
from app.services.job_runner import STOPPED, Done, RunningJob, Work
from app.services.jobs import submit, waiting_jobs
from app.services.reasoning import Reasoner
from app.services.stopping import stopped_by

SIMULATE: Final = "simulate"

MOST_WAITING: Final = 20
"""Simulations that may wait for a worker: anybody who may read can ask for one."""

NOBODY: Final = "reader"
"""Who owns a simulation that nobody signed for."""

STEP: Final = 10
"""Networks after which a job tells how far it is."""


def submit_simulation(accounts: AccountStore, question: SimulationQuestion, owner: str) -> Job:
    """Queue a simulation of resolved names, of the revision that ``as_of`` names.

    Raises :class:`~app.model.errors.Unavailable` where too many wait.
    """
    waiting = [each for each in waiting_jobs(accounts, datetime.now(UTC)) if each.kind == SIMULATE]
    if len(waiting) >= MOST_WAITING:
        raise Unavailable("jobs", f"{len(waiting)} simulations wait already")
    payload = question.model_dump_json().encode()
    return submit(accounts, SIMULATE, payload, owner=owner, total=question.networks)


def is_own(job: Job, user: User | None) -> bool:
    """Tell whether a simulation is the caller's own; one that nobody signed for is everybody's."""
    owner = NOBODY if user is None else user.name
    return job.kind == SIMULATE and job.owner in (NOBODY, owner)


def simulation_work(reasoner: Reasoner) -> Work:
    """Return what runs a job's simulation; a simulation that is stopped begins anew."""

    def work(running: RunningJob, payload: bytes) -> Done:
        question, stop = SimulationQuestion.model_validate_json(payload), Stop()

        def progress(done: int) -> None:
            if done % STEP == 0:
                running.advance(lambda _: {"stage": "simulating", "done": done}, kept=False)
            if running.stopped:
                stop.give_up()

        try:
            with stopped_by(stop):
                answer = reasoner.simulate(question, progress=progress)
        except Unavailable:
            if running.stopped:
                return STOPPED
            raise
        running.advance(
            lambda _: {"done": question.networks, "answer": answer.model_dump(mode="json")}
        )
        return Done(JobStatus.SUCCEEDED, f"{answer.model.asked} networks could be asked")

    return work
