"""What the REST interface is given; the composition root fills it."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from app.graph.port import GraphStore

if TYPE_CHECKING:
    from app.model.reading import TextMention
    from app.services.conflicts import Conflicts
    from app.services.job_runner import JobRunner
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


@dataclass(frozen=True, slots=True)
class Held:
    """An answer as it is sent: its body, and the headers that belong to it alone."""

    body: bytes
    headers: dict[str, str]


class AnswerCache:
    """The last answers, by their entity tag; safe among threads.

    They are held while the graph's last revision stays the same: a purge takes things out of the
    past, too, and no held answer may still quote them.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._head = ""
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str, head: str) -> Held | None:
        """Return the answer with this tag, if held; ``head`` is the last revision's id."""
        with self._lock:
            self._forget_unless(head)
            answer = self._held.get(tag)
            if answer is not None:
                self._held.move_to_end(tag)
            return answer

    def put(self, tag: str, head: str, answer: Held) -> None:
        """Hold an answer; the one asked for longest ago goes. Huge ones are not held."""
        if self._size == 0 or len(answer.body) > MAX_CACHED_BYTES:
            return
        with self._lock:
            self._forget_unless(head)
            self._held[tag] = answer
            self._held.move_to_end(tag)
            while len(self._held) > self._size:
                self._held.popitem(last=False)

    def _forget_unless(self, head: str) -> None:
        if head != self._head:
            self._held.clear()
            self._head = head


@dataclass(slots=True)
class Container:
    """The parts of one running service.

    ``reads`` reads documents for claims; ``mentions`` grounds a text, None where articles show
    only the mentions of their claims.
    """

    config: ApiConfig
    store: GraphStore
    reasoner: "Reasoner"
    conflicts: "Conflicts"
    jobs: "JobRunner"
    reads: "Reads"
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
