"""What the REST interface is given; the composition root fills it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from app.graph.port import GraphStore
from app.services.kept import Kept

if TYPE_CHECKING:
    from app.api.rates import Rates
    from app.model.reading import TextMention
    from app.services.conflicts import Conflicts
    from app.services.job_runner import JobRunner
    from app.services.oidc import Provider
    from app.services.pipeline import Reads
    from app.services.reasoning import Reasoner

MAX_CACHED_BYTES = 4 * 1024 * 1024

MAX_EXTRACTING = 4
"""Requests whose documents are read at the same time; more are asked to come again."""


@dataclass(frozen=True, slots=True)
class ApiConfig:
    """The settings that the REST interface obeys; sizes in bytes, times in seconds."""

    version: str
    body_limit: int = 32 * 1024 * 1024
    require_token: bool = False
    retry_after: int = 5
    deadline: float = 20.0
    searches: int = 4
    searches_waiting: int = 64
    has_model: bool = False
    quorum: int = 1
    public_url: str | None = None
    session_hours: int = 12


@dataclass(frozen=True, slots=True)
class Held:
    """An answer as it is sent: its body, and the headers that belong to it alone."""

    body: bytes
    headers: dict[str, str]


class AnswerCache(Kept[Held]):
    """The last answers, by their entity tag; huge ones are not held."""

    def put(self, key: str, head: str, answer: Held) -> None:
        """Hold an answer of no more than :data:`MAX_CACHED_BYTES`."""
        if len(answer.body) <= MAX_CACHED_BYTES:
            super().put(key, head, answer)


@dataclass(slots=True)
class Container:
    """The parts of one running service.

    ``reads`` reads documents for claims; ``mentions`` grounds a text, None where articles show
    only the mentions of their claims; ``provider`` signs people in by OpenID Connect, where one
    is set up.
    """

    config: ApiConfig
    store: GraphStore
    reasoner: "Reasoner"
    conflicts: "Conflicts"
    jobs: "JobRunner"
    reads: "Reads"
    rates: "Rates"
    provider: "Provider | None" = None
    mentions: "Callable[[str], tuple[TextMention, ...]] | None" = None
    extracting: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MAX_EXTRACTING))
    cache: AnswerCache = field(default_factory=lambda: AnswerCache(256))

    def start(self) -> None:
        """Begin to work on jobs, and make ready to answer."""
        self.jobs.start()
        self.reasoner.prepare()

    def close(self) -> None:
        """Stop the jobs, which can be resumed, and let go of the store."""
        self.jobs.stop()
        self.reads.close()
        self.store.close()
