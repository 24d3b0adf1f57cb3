"""Which form of the kernel serves, and how a running search is told to stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread, Timer
from types import ModuleType

import numpy as np

from app.reasoning import kernel

PLAIN_UP_TO = 10_000
"""Hops up to which the plain form serves until the compiled one is ready, so that no first answer
waits for a compilation.
"""

_READY = Event()


class Stop:
    """A flag that a running search looks at; set it, from any thread, and the search ends.

    ``given_up`` tells that nobody waits for what it proved.
    """

    def __init__(self) -> None:
        self.flag = np.zeros(1, dtype=np.uint8)
        self.given_up = False

    def set(self) -> None:
        """Tell the search to end with what it proved."""
        self.flag[0] = 1

    def give_up(self) -> None:
        """Tell the search to end, as nobody waits for it."""
        self.given_up = True
        self.set()

    def __bool__(self) -> bool:
        return bool(self.flag[0])

    @contextmanager
    def after(self, seconds: float) -> Iterator["Stop"]:
        """Set the flag when ``seconds`` have passed, unless the block is left before."""
        timer = Timer(seconds, self.set)
        timer.daemon = True
        timer.start()
        try:
            yield self
        finally:
            timer.cancel()


def form_for(hops: int) -> ModuleType:
    """Return the form of the kernel that serves a table of so many hops."""
    if hops <= PLAIN_UP_TO and not _READY.is_set():
        return kernel
    from app.reasoning import compiled

    return compiled


def compile_ahead() -> Thread:
    """Compile what needs it, or load what was compiled before, in a thread of its own.

    First the simulation's runs, which have no plain form that could serve meanwhile: only one
    function is compiled or loaded at a time, and the kernel's take half a minute.
    """
    thread = Thread(target=_compile, name="compile-ahead", daemon=True)
    thread.start()
    return thread


def _compile() -> None:
    from app.reasoning.simulation import ensemble

    ensemble.make_ready()
    _compile_kernel()


def _compile_kernel() -> None:
    from app.reasoning import compiled

    none = np.zeros(0, dtype=np.int32)
    codes = np.zeros(0, dtype=np.int8)
    two = np.zeros(2, dtype=np.int32)
    graph = kernel.Graph(two, two, none, none, none, codes, codes, codes, codes, none, none)
    there = np.ones((1, 2), dtype=np.bool_)
    every = np.ones(3, dtype=np.bool_)
    away = compiled.hops_to(graph, none, 0)
    aim = kernel.Aim(there, there[0, :1], every, none, away, False, 1, False, 1, every, False)
    starts = np.zeros((1, 2), dtype=np.int32)
    found, counts, progress = kernel.new_found(1), np.zeros(1, dtype=np.int32), new_progress()
    stop = Stop().flag
    ending = compiled.kin_ends(graph, aim)
    rests, choices = compiled.fill_rests(graph, aim, ending, starts, stop, progress)
    compiled.which_lead_there(graph, aim, rests, choices, ending, stop, progress)
    pool = kernel.new_pool(8, 1)
    compiled.best_paths(graph, aim, rests, starts, pool, found, 0, stop, progress)
    compiled.paths_each(graph, aim, rests, starts, pool, found, counts, stop, progress)
    _READY.set()


def new_progress() -> kernel.Longs:
    """Return room for a search's progress."""
    return np.zeros(3, dtype=np.int64)
