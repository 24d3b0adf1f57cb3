"""Sources read one after the other, or several at the same time in bounded memory."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import Final

from app.ingest import Item, Source, read
from app.model.vocabulary import DocumentFormat

CHUNK: Final = 50
"""Documents that a reader hands over at once."""

AHEAD: Final = 4
"""Chunks that wait for each source."""

_WAIT = 0.2


def read_sources(
    sources: Iterable[Source],
    *,
    format: DocumentFormat | None = None,  # noqa: A002  the word of the command line and REST
    pmid: str | None = None,
    jobs: int = 1,
) -> Iterator[Item]:
    """Yield the documents of all sources in order, whatever ``jobs``.

    ``jobs`` is how many sources are read at the same time, by a thread each.
    """
    each = (_read(source, format, pmid) for source in sources)
    if jobs == 1:
        for items in each:
            yield from items
        return
    with ExitStack() as stack:
        readers = (stack.enter_context(_Reader(items)) for items in each)
        running = list(islice(readers, jobs))
        while running:
            first = running.pop(0)
            yield from first.items()
            running += islice(readers, 1)


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
