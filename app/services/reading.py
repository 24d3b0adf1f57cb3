"""Sources read one after the other, or several at the same time in bounded memory."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from app.ingest import Item, Source, read
from app.ingest.item import Place
from app.model.vocabulary import DocumentFormat
from app.services.collecting import rare_collection
from app.services.reading_pool import begin_alone

if TYPE_CHECKING:
    from multiprocessing.queues import Queue as ProcessQueue

CHUNK: Final = 50
"""Documents that a reader hands over at once."""

AHEAD: Final = 4
"""Chunks that wait for each source."""

LARGE: Final = 2 * 1024 * 1024
"""Bytes of a file that is worth a process of its own."""

_WAIT = 0.2
ENDED = "reading the file ended the process that read it"


def read_sources(
    sources: Iterable[Source],
    *,
    format: DocumentFormat | None = None,  # noqa: A002  the word of the command line and REST
    pmid: str | None = None,
    jobs: int = 1,
    ended: Callable[[Source, bool], None] = lambda _, __: None,
) -> Generator[Item, None, None]:
    """Yield the documents of all sources in order, whatever ``jobs``.

    ``jobs`` is how many sources are read at the same time: large files by a process each, others
    by a thread. ``ended`` is told of each source whose documents were all yielded, and whether
    every one could be read.
    """
    with ExitStack() as stack:
        for source, items in _opened(sources, format, pmid, jobs, stack):
            whole = True
            for item in items:
                whole = whole and item.error is None
                yield item
            ended(source, whole)


def _opened(
    sources: Iterable[Source],
    kind: DocumentFormat | None,
    pmid: str | None,
    jobs: int,
    stack: ExitStack,
) -> Iterator[tuple[Source, Iterator[Item]]]:
    """Yield each source with its documents; up to ``jobs`` are read ahead."""
    if jobs == 1:
        yield from ((source, _read(source, kind, pmid)) for source in sources)
        return
    readers = ((source, stack.enter_context(_reader(source, kind, pmid))) for source in sources)
    running = list(islice(readers, jobs))
    while running:
        source, reader = running.pop(0)
        yield source, reader.items()
        reader.close()
        running += islice(readers, 1)


def fitting_jobs(sources: Sequence[Source]) -> int:
    """Return how many sources are best read at the same time: one for each processor, if large."""
    large = sum(map(_is_large, sources))
    return max(1, min(large, len(os.sched_getaffinity(0)))) if large > 1 else 1


def _is_large(source: Source) -> bool:
    try:
        return source.path is not None and source.path.stat().st_size >= LARGE
    except OSError:
        return False


def _reader(source: Source, kind: DocumentFormat | None, pmid: str | None) -> "_Reader":
    if _is_large(source):
        return _ProcessReader(source, kind, pmid)
    return _Reader(_read(source, kind, pmid))


def _read(
    source: Source,
    kind: DocumentFormat | None,
    pmid: str | None,
) -> Iterator[Item]:
    if source.skipped is not None:
        yield Item(source.name, 0, None, error=source.skipped)
        return
    opened = source.path if source.path is not None else sys.stdin.buffer
    yield from read(opened, name=source.name, format=kind, pmid=pmid)


class _Reader:
    """A thread that reads a source ahead of whoever wants its documents."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self._ready: Queue[list[Item] | BaseException | None] = Queue(AHEAD)
        self._stop = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> "_Reader":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the reading."""
        self._stop.set()
        self._thread.join()

    def items(self) -> Iterator[Item]:
        """Yield the documents; what went wrong in the thread is raised here."""
        while True:
            try:
                chunk = self._ready.get(timeout=_WAIT)
            except Empty:
                continue
            if chunk is None:
                return
            if isinstance(chunk, BaseException):
                raise chunk
            yield from chunk

    def _run(self) -> None:
        try:
            while chunk := list(islice(self._items, CHUNK)):
                self._put(chunk)
                if self._stop.is_set():
                    return
            self._put(None)
        except BaseException as error:  # noqa: BLE001  it is raised again by whoever waits
            self._put(error)

    def _put(self, what: list[Item] | BaseException | None) -> None:
        while not self._stop.is_set():
            try:
                self._ready.put(what, timeout=_WAIT)
            except Full:
                continue
            return


class _ProcessReader(_Reader):
    """The same in a process of its own: reading large files is bound by the processor."""

    def __init__(self, source: Source, kind: DocumentFormat | None, pmid: str | None) -> None:
        context = multiprocessing.get_context("spawn")
        self._name = source.name
        self._handed: ProcessQueue[list[Item] | None] = context.Queue(AHEAD)
        self._process = context.Process(
            target=_hand_over, args=(source, kind, pmid, self._handed), daemon=True
        )
        self._ended = False

    def __enter__(self) -> "_ProcessReader":
        self._process.start()
        return self

    def close(self) -> None:
        """End the process."""
        if not self._ended:
            self._ended = True
            self._process.kill()
            self._process.join()
            self._process.close()
            self._handed.close()

    def items(self) -> Iterator[Item]:
        """Yield the documents; a process that ends before it is through is the file's fault."""
        number = 0
        while True:
            try:
                chunk = self._handed.get(timeout=_WAIT)
            except Empty:
                if self._process.exitcode:
                    yield Place(self._name, number + 1).fault(ENDED)
                    return
                continue
            if chunk is None:
                return
            yield from chunk
            number = chunk[-1].number


def _hand_over(
    source: Source,
    kind: DocumentFormat | None,
    pmid: str | None,
    handed: "ProcessQueue[list[Item] | None]",
) -> None:
    begin_alone()
    items = _read(source, kind, pmid)
    with rare_collection():
        while chunk := list(islice(items, CHUNK)):
            handed.put(chunk)
    handed.put(None)
