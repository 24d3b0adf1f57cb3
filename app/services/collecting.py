"""Collecting cycles seldom, while much is read that has none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def rare_collection() -> Iterator[None]:
    """Let the collector of cycles look seldom, and not at what was there before.

    A batch is many small objects without a cycle, and a lexicon is large.
    """
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 50)
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
