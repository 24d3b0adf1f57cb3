"""The reader and the grounding that are measured, each named as ``module:attribute``.

What is named may be the thing itself, or a class or function without arguments that makes it.
"""

import importlib
from collections.abc import Callable
from typing import Any, Protocol

from app.model.reading import ClaimReader, Document, TextMention

GROUNDING = "app.grounding:Grounder.load"
READER = "app.extraction.rules.reader:RulesReader"
Ground = Callable[[str, int], Document]
"""From a text and the end of its title to the document that a reader reads."""


class Grounder(Protocol):
    """Finds the mentions of a text."""

    def mentions(self, text: str) -> tuple[TextMention, ...]:
        """Return the mentions, sorted, none overlapping another."""
        ...


class Nothing:
    """A grounder and reader that finds nothing: the floor, and what is timed without reading."""

    name = "nothing"
    version = "1"

    def mentions(self, text: str) -> tuple[TextMention, ...]:
        """Return no mentions."""
        del text
        return ()

    def read(self, document: Document) -> tuple[()]:
        """Return no claims."""
        del document
        return ()


def load_reader(name: str = READER) -> ClaimReader:
    """Return the reader of that name."""
    reader: ClaimReader = _made(name, "read")
    return reader


def load_ground(name: str = GROUNDING) -> Ground:
    """Return a function that grounds a text with the grounder of that name."""
    grounder: Grounder = _made(name, "mentions")

    def ground(text: str, title_end: int) -> Document:
        return Document(text=text, title_end=title_end, mentions=grounder.mentions(text))

    return ground


def _made(name: str, method: str) -> Any:
    module, _, path = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    ready = hasattr(found, method) and not isinstance(found, type)
    return found if ready else found()
