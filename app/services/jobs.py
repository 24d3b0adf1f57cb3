"""Long work: jobs that live in the store with a lease, and the workers that run them."""

from app.graph.port import AccountStore, GraphStore, Page
from app.model.account import Job
from app.model.vocabulary import DocumentFormat


def submit_ingest(
    accounts: AccountStore,
    payload: bytes,
    *,
    owner: str,
    name: str = "-",
    format: DocumentFormat | None = None,  # noqa: A002  the word of the command line and REST
    pmid: str | None = None,
) -> Job:
    """Queue the ingest of a body of documents; the job keeps the body until it ends."""
    raise NotImplementedError


def job(accounts: AccountStore, job_id: str) -> Job:
    """Return a job as it stands: one whose worker died is *interrupted*; NotFound."""
    raise NotImplementedError


def job_page(accounts: AccountStore, after: str | None, limit: int) -> Page[Job]:
    """Return jobs as they stand, newest first."""
    raise NotImplementedError


def cancel(accounts: AccountStore, job_id: str) -> Job:
    """Cancel a job: what it has stored stays, the rest is not begun.

    Cancelling twice changes nothing. Raises NotFound, and Conflict for a job that has ended
    otherwise.
    """
    raise NotImplementedError


def resume(accounts: AccountStore, job_id: str) -> Job:
    """Queue an interrupted job again, to go on where it stopped; NotFound, Conflict."""
    raise NotImplementedError


class JobRunner:
    """Threads that take queued and interrupted jobs and run them."""

    def __init__(self, store: GraphStore, workers: int = 1, lease: float = 30.0) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Start the threads."""

    def notify(self) -> None:
        """Look for work at once."""

    def stop(self, timeout: float = 10.0) -> None:
        """Stop after the batch at hand; a job that is not done can be resumed."""
