"""The one text of an article, spans in it, and what they are grounded to.

Offsets count Unicode code points and are end-exclusive. A text's hash is the sha256 of its UTF-8
bytes in lower-case hex.
"""

import hashlib
from typing import Self

from pydantic import Field, model_validator

from app.model.base import Frozen


def one_space(text: str) -> str:
    """Return ``text`` stripped, with every run of white space made one space."""
    return " ".join(text.split())


def sha256_of(text: str) -> str:
    """Return the sha256 of the UTF-8 bytes of ``text``, in lower-case hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Span(Frozen):
    """A verbatim piece of an article's text."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str = Field(min_length=1)

    @model_validator(mode="after")
    def _length_agrees(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"span {self.start}:{self.end} is {self.end - self.start} code points long, "
                f"its text {len(self.text)}"
            )
        return self

    def matches(self, text: str) -> bool:
        """Tell whether the span stands verbatim at its offsets in ``text``."""
        return text[self.start : self.end] == self.text


class Grounding(Frozen):
    """One entity that a mention may mean; lists of them are ranked, best first."""

    id: str
    name: str
    score: float = Field(default=1.0, ge=0.0, le=1.0)


class Mention(Frozen):
    """A span that names an entity, with its ranked groundings."""

    mention: Span
    groundings: tuple[Grounding, ...] = ()


class Quote(Frozen):
    """A verbatim span of a claim's evidence.

    ``sha256`` is the hash of the article's text that the offsets count in. ``verified`` is true
    when the span stands there verbatim, false when it does not, and null when a source gave words
    without a place; such a quote has no offsets.
    """

    text: str = Field(min_length=1)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, gt=0)
    sha256: str | None = None
    verified: bool | None = None

    @property
    def span(self) -> Span | None:
        """The quote as a span, or None where the source gave no offsets."""
        if self.start is None or self.end is None:
            return None
        return Span(start=self.start, end=self.end, text=self.text)
