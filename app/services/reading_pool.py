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
from threading import Lock, Thread
from typing import Final

from app.model.reading import ReaderReport, Reading
from app.services.pipeline import Pipeline

CHUNK: Final = 10
"""Texts that a process is handed at once."""

ENDED = "reading it ended the process that read it"

_pipelines: list[Pipeline] = []
"""In a process that reads: its pipeline."""


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

    def start(self, texts: Sequence[str]) -> Callable[[], list[Reading]]:
        """Begin to read texts; the function that is returned waits for their readings.

        A text that ends the process that reads it is reported so, and the others are read.
        """
        size = max(1, min(CHUNK, -(-len(texts) // self._jobs)))
        chunks = [list(texts[at : at + size]) for at in range(0, len(texts), size)]
        begun = [(chunk, *self._submit(chunk)) for chunk in chunks]
        return lambda: [
            reading
            for chunk, executor, future in begun
            for reading in self._waited(chunk, executor, future)
        ]

    def close(self) -> None:
        """End the processes; what was begun and not waited for is left."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def _submit(self, texts: list[str]) -> "tuple[ProcessPoolExecutor, Future[list[Reading]]]":
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
                    return self._executor, self._executor.submit(_read, texts)
                except BrokenProcessPool:
                    self._executor = None

    def _waited(
        self, texts: list[str], executor: ProcessPoolExecutor, future: "Future[list[Reading]]"
    ) -> list[Reading]:
        try:
            return future.result()
        except BrokenProcessPool:
            self._forget(executor)
        if len(texts) == 1:
            # It may have been another's fault; alone in the process it is its own.
            return [self._alone(texts[0])]
        return [
            reading for text in texts for reading in self._waited([text], *self._submit([text]))
        ]

    def _alone(self, text: str) -> Reading:
        pool = ReadingPool(self._make, 1)
        try:
            return pool._submit([text])[1].result()[0]
        except BrokenProcessPool:
            report = ReaderReport(reader="readers", version="", failure=ENDED)
            return Reading(text=text, reports=(report,))
        finally:
            pool.close()

    def _forget(self, executor: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._executor is executor:
                self._executor = None


def _begin(make: Callable[[], Pipeline]) -> None:
    """Make ready a process that reads."""
    # An interrupt goes to the whole group; whoever asked ends these processes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True, name="parent-watch").start()
    _pipelines[:] = [make()]


def _end_with_parent() -> None:
    """Wait until the process that asked is gone, and go as well: its queue would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(texts: Sequence[str]) -> list[Reading]:
    return [_pipelines[0].read(text) for text in texts]
