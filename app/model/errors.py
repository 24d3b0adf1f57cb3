"""Every error that the application raises on purpose.

EviPathError
├── BadInput              the request or document can't be used as it is
│   ├── ParseError        a document can't be read; knows its place
│   ├── QuoteMismatch     a quote does not stand in the text
│   └── TooLarge          over a stated limit
├── NotFound              no such thing; may know the nearest
├── Ambiguous             a name that means several entities
├── Conflict              the present state does not allow it
│   ├── PreconditionFailed    the thing changed since it was read
│   └── PreconditionRequired  a write without If-Match
├── Unauthorized          no valid token
├── Forbidden             a valid token without the right
├── Gone                  a cursor or snapshot that no longer answers
├── Unavailable           a part of the service can't be reached
└── StoreError            the store itself is wrong
├── SchemaTooNew      written by a newer version
└── Corrupt           contents contradict each other
"""

from collections.abc import Iterator, Sequence
from functools import partial


class EviPathError(Exception):
    """Base of all errors raised on purpose; ``str()`` of it may be shown to a user."""


class FieldError:
    """One wrong field: a JSON pointer and what is wrong with it."""

    __slots__ = ("detail", "pointer")

    def __init__(self, pointer: str, detail: str) -> None:
        self.pointer = pointer
        self.detail = detail


class BadInput(EviPathError):
    """The request or document can't be used as it is."""

    def __init__(self, detail: str, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(detail)
        self.errors = tuple(errors)


class ParseError(BadInput):
    """A document or one of its records can't be read.

    ``record`` counts from 1 within the source; ``line`` is the 1-based line where it starts.
    """

    def __init__(
        self, reason: str, *, source: str = "-", record: int | None = None, line: int | None = None
    ) -> None:
        place = [source]
        if record is not None:
            place.append(f"record {record}")
        if line is not None:
            place.append(f"line {line}")
        super().__init__(f"{', '.join(place)}: {reason}")
        self.reason = reason
        self.source = source
        self.record = record
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process makes the same error."""
        make = partial(type(self), source=self.source, record=self.record, line=self.line)
        return make, (self.reason,)


class QuoteMismatch(BadInput):
    """A quote does not stand verbatim in the text at its offsets."""


class TooLarge(BadInput):
    """Over a stated limit."""


class NotFound(EviPathError):
    """No such thing; ``nearest`` holds (id, name) pairs that may be meant.

    ``name`` is the name or identifier that nothing has, as it was given; None where the error is
    about something that has no name.
    """

    def __init__(
        self, detail: str, nearest: Sequence[tuple[str, str]] = (), *, name: str | None = None
    ) -> None:
        super().__init__(detail)
        self.nearest = tuple(nearest)
        self.name = name


class Ambiguous(EviPathError):
    """A ``name`` that means several entities; ``candidates`` holds their (id, name) pairs."""

    def __init__(self, detail: str, candidates: Sequence[tuple[str, str]], *, name: str) -> None:
        super().__init__(detail)
        self.candidates = tuple(candidates)
        self.name = name


class Conflict(EviPathError):
    """The present state does not allow it."""


class PreconditionFailed(Conflict):
    """The thing changed since it was read."""


class PreconditionRequired(Conflict):
    """A write that must name the version it changes does not."""


class Unauthorized(EviPathError):
    """No valid token."""


class Forbidden(EviPathError):
    """A valid token without the right."""


class Gone(EviPathError):
    """A cursor or snapshot that no longer answers."""


class Unavailable(EviPathError):
    """A part of the service can't be reached; ``part`` names it, ``retry_after`` is in seconds."""

    def __init__(self, part: str, detail: str, retry_after: int = 5) -> None:
        super().__init__(f"{part}: {detail}")
        self.part = part
        self.retry_after = retry_after


class StoreError(EviPathError):
    """The store itself is wrong."""


class SchemaTooNew(StoreError):
    """The store was written by a newer version of the application."""


class Corrupt(StoreError):
    """The store's contents contradict each other."""


def hints(error: EviPathError) -> Iterator[str]:
    """Yield, line by line, what may be meant or asked instead of what met the error."""
    pairs: tuple[tuple[str, str], ...] = ()
    if isinstance(error, Ambiguous):
        pairs = error.candidates
    elif isinstance(error, NotFound):
        pairs = error.nearest
    if pairs:
        yield "may be meant:" if isinstance(error, Ambiguous) else "nearest:"
        yield from (f"  {key}  {name}" for key, name in pairs)
    can_be_asked: tuple[str, ...] = getattr(error, "can_be_asked", ())
    if can_be_asked:
        yield "can be asked:"
        yield from (f"  {question}" for question in can_be_asked)
