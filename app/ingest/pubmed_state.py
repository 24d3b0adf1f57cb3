"""What the readers of XML fields share: the record being gathered, and how an element is read."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import cast

from lxml import etree

Fields = dict[str, object]
Element = etree._Element


def one_line(raw: str) -> str | None:
    """Return ``raw`` with white space made single; None if nothing is left.

    The blank is the only white space that is printable, so most strings need no rebuilding.
    """
    if raw.isprintable() and raw[0] != " " != raw[-1] and "  " not in raw:
        return raw
    return " ".join(raw.split()) or None


def text(element: Element) -> str | None:
    """Return an element's text with tags dropped and white space made single; None if empty."""
    raw = "".join(cast("Iterator[str]", element.itertext())) if len(element) else element.text
    return one_line(raw) if raw else None


def word(element: Element) -> str | None:
    """Return the text of an element that the DTD allows no markup in; None if empty."""
    raw = element.text
    if raw and raw.isprintable() and raw[0] != " " != raw[-1] and "  " not in raw:
        return raw
    return " ".join(raw.split()) or None if raw else None


class State:
    """What is gathered from one record: single fields, lists, the journal's fields, CURIEs."""

    __slots__ = ("ids", "journal", "lists", "out", "revised", "version")

    def __init__(self) -> None:
        self.out: Fields = {}
        self.lists: defaultdict[str, list[object]] = defaultdict(list)
        self.journal: Fields = {}
        self.ids: list[str] = []
        self.version = 1
        self.revised: date | None = None


Handler = Callable[[Element, State], None]


def walk(element: Element, state: State, handlers: dict[str, Handler]) -> None:
    """Hand each child to the handler of its tag."""
    for child in element:
        handler = handlers.get(child.tag)
        if handler is not None:
            handler(child, state)


def plain(name: str) -> Handler:
    """Return a handler that stores the element's text as the field ``name``."""

    def handle(element: Element, state: State) -> None:
        value = text(element)
        if value is not None:
            state.out[name] = value

    return handle


def repeated(name: str) -> Handler:
    """Return a handler that appends the element's text to the field ``name``."""

    def handle(element: Element, state: State) -> None:
        value = text(element)
        if value is not None:
            state.lists[name].append(value)

    return handle


def each(name: str) -> Handler:
    """Return a handler that appends the text of each child to the field ``name``."""

    def handle(element: Element, state: State) -> None:
        for child in element:
            value = text(child)
            if value is not None:
                state.lists[name].append(value)

    return handle


def of_journal(name: str) -> Handler:
    """Return a handler that stores the element's text as the journal's field ``name``."""

    def handle(element: Element, state: State) -> None:
        state.journal[name] = text(element)

    return handle


def within(handlers: dict[str, Handler]) -> Handler:
    """Return a handler that walks the element's children."""

    def handle(element: Element, state: State) -> None:
        walk(element, state, handlers)

    return handle


def children(element: Element) -> dict[str, str | None]:
    """Return the text of each child by its tag."""
    return {child.tag: word(child) for child in element}


def numbers(element: Element) -> dict[str, str | None]:
    """Return the text of each child by its tag, for children that hold a number or one word."""
    return {child.tag: child.text for child in element}
