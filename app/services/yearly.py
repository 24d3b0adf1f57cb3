"""PubMed's yearly and daily files: checked against their md5, and taken once.

Which of them a store took whole stands in jobs of the kind ``files``, outside of revisions, so that
a run that was cut off goes on where it was, and a daily one reads what is new.
"""

import hashlib
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app.graph.port import AccountStore
from app.ingest import Item, Source
from app.model.account import Job, JobStatus
from app.model.errors import ParseError
from app.services.ingest import Progress
from app.services.jobs import submit

FILES: Final = "files"
LEASE: Final = timedelta(minutes=2)
_RENEWED: Final = timedelta(seconds=20)
_PAGE: Final = 200
_YEARLY: Final = re.compile(r"pubmed\d\dn\d{4}\.xml(?:\.gz)?")
_MD5: Final = re.compile(r"\b[0-9a-fA-F]{32}\b")


def is_yearly(source: Source) -> bool:
    """Tell whether a source is named as a file of PubMed's yearly baseline or daily updates."""
    return source.path is not None and _YEARLY.fullmatch(source.path.name) is not None


@dataclass(slots=True)
class YearlyFiles:
    """The yearly and daily files of one run.

    ``before`` counts those that were taken whole before, ``taken`` those of this run. ``again``
    takes all. Sources of other kinds pass through.
    """

    accounts: AccountStore
    owner: str
    again: bool = False
    before: int = 0
    taken: int = 0
    _job: Job | None = None
    _known: set[str] = field(default_factory=set)
    _digests: dict[str, str] = field(default_factory=dict)
    _ends: deque[tuple[int, str]] = field(default_factory=deque)
    _given: int = 0
    _lost: bool = False

    def sources(self, sources: Iterable[Source]) -> Iterator[Source]:
        """Yield the sources to be read; one whose md5 is another is skipped, and says so."""
        given = list(sources)
        yearly = sum(map(is_yearly, given))
        if yearly:
            self._known = set() if self.again else set(_taken(self.accounts))
            self._begin(yearly)
        for source in given:
            if source.path is None or not is_yearly(source):
                yield source
                continue
            try:
                digest = _digest(source.path)
                wanted = _beside(source.path)
            except OSError:
                yield source
                continue
            if wanted not in (None, digest):
                yield replace(source, skipped=ParseError(_OTHER, source=source.name))
            elif digest in self._known:
                self.before += 1
            else:
                self._digests[source.name] = digest
                yield source

    def counted(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the documents, and count them."""
        for item in items:
            self._given += 1
            yield item

    def ended(self, source: Source, whole: bool) -> None:
        """Hear that all documents of a source were given out, and whether each could be read."""
        digest = self._digests.pop(source.name, None)
        if digest is not None and whole:
            self._ends.append((self._given, digest))

    def watching(self, progress: Callable[[Progress], None]) -> Callable[[Progress], None]:
        """Return what passes progress on, and remembers the files that are stored by then."""

        def stored(made: Progress) -> None:
            self._stored(made.done)
            progress(made)

        return stored

    @property
    def stopped(self) -> bool:
        """Whether the run's job was cancelled."""
        return self._lost

    def _stored(self, done: int) -> None:
        """Remember the files all of whose documents are among the first ``done``."""
        digests = []
        while self._ends and self._ends[0][0] <= done:
            digests.append(self._ends.popleft()[1])
        self.taken += len(digests)
        if self._job is None:
            return
        if digests or datetime.now(UTC) - self._job.updated_at > _RENEWED:
            self._put(JobStatus.RUNNING, result=(*self._job.result, *digests), done=self.taken)

    def account(self, done: int) -> dict[str, int]:
        """Return how many files were taken, and how many before; nothing where there were none.

        ``done`` is how many documents are stored.
        """
        self._stored(done)
        if self._job is None:
            return {}
        return {"files_taken": self.taken, "files_before": self.before}

    def __enter__(self) -> "YearlyFiles":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """End the run's job; after a fault it can be seen to be cut off."""
        if self._job is not None:
            status = JobStatus.SUCCEEDED if kind is None else JobStatus.INTERRUPTED
            self._put(status, stage=None, detail=f"{self.taken} taken, {self.before} before")

    def _begin(self, total: int) -> None:
        self._job = submit(self.accounts, FILES, b"", owner=self.owner, total=total)
        self._put(JobStatus.RUNNING, stage="reading files")

    def _put(self, status: JobStatus, **changes: object) -> None:
        if self._job is None or self._lost:
            return
        now = datetime.now(UTC)
        running = status is JobStatus.RUNNING
        self._job = self._job.model_copy(
            update={
                "status": status,
                "worker": "command line" if running else None,
                "lease_until": now + LEASE if running else None,
                "updated_at": now,
                **changes,
            }
        )
        self._lost = not self.accounts.put_job(self._job)


_OTHER: Final = (
    "not read: its md5 is not the one that the .md5 file beside it names; download it again"
)


def _taken(accounts: AccountStore) -> Iterator[str]:
    after: str | None = None
    while True:
        page = accounts.job_page(after, _PAGE)
        for job in page.items:
            if job.kind == FILES:
                yield from job.result
        after = page.next_after
        if after is None:
            return


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        # NLM publishes md5 sums; they guard against bad downloads, not against people.
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _beside(path: Path) -> str | None:
    """Return the md5 that the file beside a file names, if there is one."""
    beside = path.with_name(f"{path.name}.md5")
    if not beside.is_file():
        return None
    found = _MD5.search(beside.read_text("utf-8", errors="replace"))
    return found[0].lower() if found else ""
