"""How the searches of a question are told to stop: at a deadline, or when nobody waits any more."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.model.errors import Unavailable
from app.reasoning.engine import Stop

_GIVEN: ContextVar[Stop | None] = ContextVar("stop", default=None)


@contextmanager
def stopped_by(stop: Stop) -> Iterator[None]:
    """Let ``stop`` end every search that is made in the block, also in threads that it waits for.

    Whoever gives it sets it: no deadline is added.
    """
    token = _GIVEN.set(stop)
    try:
        yield
    finally:
        _GIVEN.reset(token)


@contextmanager
def stopping(deadline: float) -> Iterator[Stop]:
    """Lend the stop of :func:`stopped_by`, else one that is set after ``deadline`` seconds.

    Raises :class:`~app.model.errors.Unavailable` at the end where the question was given up, so
    that half an answer to nobody is kept nowhere.
    """
    given = _GIVEN.get()
    if given is None:
        with Stop().after(deadline) as stop:
            yield stop
    else:
        yield given
        need_asker(given)


def was_stopped() -> bool:
    """Tell whether searches of this block of :func:`stopped_by` were told to end."""
    return bool(_GIVEN.get())


def need_asker(stop: Stop) -> None:
    """Raise :class:`~app.model.errors.Unavailable` where nobody waits for the answer any more."""
    if stop.given_up:
        raise Unavailable("reasoning", "the question was given up before it was answered")
