"""Articles from PubMed."""

from fastapi import APIRouter, Request, Response

from app.api import answers, idempotency
from app.api.auth import Curator, Parts
from app.api.openapi import problems
from app.api.routes import jobs as job_routes
from app.api.routes.articles import BASE, need_model
from app.model.account import Job
from app.model.fetch import FetchRequest
from app.services.fetch_job import submit_fetch

router = APIRouter(prefix=BASE, tags=["articles"])


@router.post(
    ":fetch",
    operation_id="fetch_articles",
    summary="Ingest articles from PubMed",
    status_code=202,
    response_model=Job,
    responses=problems(401, 403, 413, 415),
)
def fetch_articles(
    request: Request,
    parts: Parts,
    user: Curator,
    body: FetchRequest,
    key: idempotency.Key = None,
) -> Response:
    """By `pmids`, or those that a `query` in PubMed's own language finds; `Location` is the job.

    A query that finds more than the service fetches unasked fails unless `limit` says how many.
    What is in the graph and was not revised since is not fetched again (`unrevised` in the job's
    counts), unless `again` is true. A PMID that PubMed does not have is an error of the job.
    """
    need_model(parts, body.model, "/model")

    def act() -> Response:
        job = submit_fetch(parts.store.accounts, body, owner=user.name)
        parts.jobs.notify()
        location = f"{job_routes.BASE}/{job.id}"
        return answers.plain(job, status=202, headers={"Location": location})

    return idempotency.once(parts, request, user, key, body.model_dump_json().encode(), act)
