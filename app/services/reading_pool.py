"""Texts read in processes of their own: reading is bound by the processor.

The processes are spawned, so that they share no lock and no connection with the one that asks, and
they end with it, however it ends.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Final

from app.model.reading import ReaderReport, Reading
from app.services.pipeline import Pipeline

CHUNK: Final = 10
"""Texts that a process is handed at once."""

ENDED = "reading it ended the process that read it"

_pipelines: list[Pipeline] = []
"""In a process that reads: its pipeline."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """Some texts in the hands of a process."""

    texts: list[str]
    model: bool
    executor: ProcessPoolExecutor
    future: Future[list[Reading]]


class ReadingPool:
    """Processes that read texts; they start with the first text. Safe among threads.

    Args:
        make: makes a process its pipeline; picklable, so a function of a module.
        jobs: how many processes read at the same time.

    """

    def __init__(self, make: Callable[[], Pipeline], jobs: int) -> None:
        self._make = make
        self._jobs = jobs
        self._lock = Lock()
        self._executor: ProcessPoolExecutor | None = None

    def start(self, texts: Sequence[str], *, model: bool = False) -> Callable[[], list[Reading]]:
        """Begin to read texts; the function that is returned waits for their readings.

        A text that ends the process that reads it is reported so, and the others are read.
        """
        size = max(1, min(CHUNK, -(-len(texts) // self._jobs)))
        chunks = [list(texts[at : at + size]) for at in range(0, len(texts), size)]
        begun = [self._submit(chunk, model) for chunk in chunks]
        return lambda: [reading for each in begun for reading in self._waited(each)]

    def close(self) -> None:
        """End the processes; what was begun and not waited for is left."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def _submit(self, texts: list[str], model: bool) -> "_Begun":
        with self._lock:
            while True:
                if self._executor is None:
                    self._executor = ProcessPoolExecutor(
                        self._jobs,
                        mp_context=multiprocessing.get_context("spawn"),
                        initializer=_begin,
                        initargs=(self._make,),
                    )
                try:
                    future = self._executor.submit(_read, texts, model)
                except BrokenProcessPool:
                    self._executor = None
                else:
                    return _Begun(texts, model, self._executor, future)

    def _waited(self, begun: "_Begun") -> list[Reading]:
        try:
            return begun.future.result()
        except BrokenProcessPool:
            self._forget(begun.executor)
        if len(begun.texts) == 1:
            # It may have been another's fault; alone in a process it is its own.
            return [self._alone(begun)]
        again = [self._submit([text], begun.model) for text in begun.texts]
        return [reading for each in again for reading in self._waited(each)]

    def _alone(self, begun: "_Begun") -> Reading:
        pool = ReadingPool(self._make, 1)
        try:
            return pool._submit(begun.texts, begun.model).future.result()[0]
        except BrokenProcessPool:
            report = ReaderReport(reader="readers", version="", failure=ENDED)
            return Reading(text=begun.texts[0], reports=(report,))
        finally:
            pool.close()

    def _forget(self, executor: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._executor is executor:
                self._executor = None


def begin_alone() -> None:
    """Make ready a process that works for another: it ends with that, and on its word alone."""
    # An interrupt goes to the whole group; whoever asked ends these processes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True, name="parent-watch").start()


def _begin(make: Callable[[], Pipeline]) -> None:
    """Make ready a process that reads."""
    begin_alone()
    _pipelines[:] = [make()]


def _end_with_parent() -> None:
    """Wait until the process that asked is gone, and go as well: its queue would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(texts: Sequence[str], model: bool) -> list[Reading]:
    return [_pipelines[0].read(text, model=model) for text in texts]
