"""The readings that a transaction needs: made before it, so that no writer waits for a reader."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeVar

from app.model.reading import ReaderReport, Reading, Usage
from app.model.text import sha256_of
from app.services.candidates import Taken
from app.services.pipeline import Start

T = TypeVar("T")

NOTES: Final = 20
"""Failures of one reader that are told one by one; the account counts all."""


class Unread(Exception):
    """A transaction met texts that were not read before it; it is undone and run again."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(f"{len(texts)} texts are not read yet")
        self.texts = tuple(texts)


@dataclass(slots=True)
class Extracted:
    """What readers found in some articles, what became of it, and what it took.

    ``readers`` holds the version of each reader by its name, ``failed`` the articles that it could
    not read, ``dropped`` its proposals that could not be used, by reason.
    """

    articles: int = 0
    taken: Taken = field(default_factory=Taken)
    readers: dict[str, str] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    usage: Usage = field(default_factory=Usage)

    def count(
        self, reading: Reading, taken: Taken, told: Mapping[str, int] = MappingProxyType({})
    ) -> list[ReaderReport]:
        """Count one article; return the reports of failures that are worth telling one by one.

        ``told`` counts each reader's failures that this account does not hold.
        """
        self.articles += 1
        self.taken += taken
        worth: list[ReaderReport] = []
        for report in reading.reports:
            self.readers[report.reader] = report.version
            self.dropped.update(report.dropped)
            self.usage += report.usage or Usage()
            if report.failure is not None:
                self.failed[report.reader] += 1
                if told.get(report.reader, 0) + self.failed[report.reader] <= NOTES:
                    worth.append(report)
        return worth

    def add(self, other: "Extracted") -> None:
        """Add the account of other articles."""
        self.articles += other.articles
        self.taken += other.taken
        self.readers |= other.readers
        self.failed += other.failed
        self.dropped += other.dropped
        self.usage += other.usage


class Readings:
    """The readings of a batch of texts, by their hash; those that lack are read when they do."""

    def __init__(self, start: Start | None, texts: Iterable[str]) -> None:
        self._start = start
        self._known: dict[str, Reading] = {}
        wanted = list(dict.fromkeys(texts))
        self._begun = start(wanted) if start is not None and wanted else None

    @property
    def wanted(self) -> bool:
        """Whether articles are read at all."""
        return self._start is not None

    def of(self, text_sha256: str) -> Reading | None:
        """Return the reading of a text, or None where it was not read."""
        return self._known.get(text_sha256)

    def run(self, work: Callable[[], T]) -> T:
        """Run a transaction; as often as it raises :class:`Unread`, read what it lacks first.

        Another writer, or another record of the same article in the batch, may have given an
        article another text than was foreseen.
        """
        self._wait()
        while True:
            try:
                return work()
            except Unread as unread:
                if self._start is None:
                    raise
                self._begun = self._start(unread.texts)
                self._wait()

    def _wait(self) -> None:
        if self._begun is None:
            return
        for reading in self._begun():
            self._known[sha256_of(reading.text)] = reading
        self._begun = None
