"""Simulated interventions."""

from fastapi import APIRouter, Request, Response

from app.api import answers
from app.api.auth import Parts, Reader
from app.api.openapi import problems
from app.api.routes import jobs as job_routes
from app.api.searches import SEARCHING
from app.api.wire.questions import SimulationRequest
from app.graph.port import GraphView
from app.model.answer import NamedEntity
from app.model.simulation import HeldEntity, SimulationAnswer, SimulationQuestion
from app.model.vocabulary import Sign
from app.services import questions, revisions
from app.services.simulating import DIRECT, cost
from app.services.simulation_job import NOBODY, submit_simulation

router = APIRouter(prefix="/api/v1/reasoning", tags=["reasoning"])


@router.post(
    "/simulate",
    operation_id="simulate_interventions",
    summary="What does the whole network do with an intervention?",
    response_model=SimulationAnswer,
    responses={
        202: {"description": "It takes long: `Location` is the job that answers it."},
        **problems(404, 409, 413, 415),
    },
    dependencies=[SEARCHING],
)
def simulate_interventions(
    request: Request, parts: Parts, body: SimulationRequest, user: Reader
) -> Response:
    """Run an ensemble of Boolean networks that agree with every sign and with each known side.

    The answer says how many networks there were, which part of the graph they hold, and which
    experiment would change it most. It is a model and no finding. What takes longer than a few
    seconds is answered by a job, whose `answer` it becomes.
    """
    revision = revisions.resolve(parts.store, body.as_of)
    with parts.store.view(revision.number) as view:
        question = _question(view, body)
    fixed = question.model_copy(update={"as_of": str(revision.number)})
    if cost(question) > DIRECT:
        owner = NOBODY if user is None else user.name
        job = submit_simulation(parts.store.accounts, fixed, owner)
        parts.jobs.notify()
        location = f"{job_routes.BASE}/{job.id}"
        return answers.plain(job, status=202, headers={"Location": location})

    def compute() -> SimulationAnswer:
        return parts.reasoner.simulate(fixed).model_copy(update={"query": question})

    snapshot = revisions.snapshot_of(revision)
    return answers.answer(parts, request, snapshot, compute, body=body.model_dump_json())


def _question(view: GraphView, body: SimulationRequest) -> SimulationQuestion:
    def all_resolved(names: tuple[str, ...]) -> tuple[NamedEntity, ...]:
        return tuple(questions.resolved(view, name) for name in names)

    return SimulationQuestion(
        outcome=questions.resolved(view, body.outcome),
        effect=body.effect.effect,
        targets=all_resolved(body.targets),
        pairs=body.pairs,
        hold=tuple(
            HeldEntity(entity=questions.resolved(view, each.entity), direction=Sign(each.direction))
            for each in body.hold
        ),
        inducer=all_resolved(body.inducer),
        networks=body.networks,
        nodes=body.nodes,
        seed=body.seed,
        include_candidates=body.include_candidates,
        include_background=body.include_background,
        as_of=body.as_of,
    )
