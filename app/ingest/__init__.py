"""Bytes to records: one reader a format, all of them streams of items.

:func:`read` is the door. It raises nothing for bad input: what can't be read is an
:class:`Item` with an error that says where and why, and the records beside it go in.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from app.ingest import article_json, medline, pubmed_text, pubmed_xml
from app.ingest.citation import citation_key, normalise_pages
from app.ingest.identifiers import pmid_curie
from app.ingest.item import Deletion, Item, Limits, Place, Unreadable
from app.ingest.source import HEAD, Source, detect, files, opened
from app.model.errors import ParseError
from app.model.vocabulary import DocumentFormat

__all__ = [
    "Deletion",
    "Item",
    "Limits",
    "Source",
    "citation_key",
    "detect",
    "files",
    "normalise_pages",
    "read",
]

_Reader = Callable[[BinaryIO, str, Limits], Iterator[Item]]

_READERS: dict[DocumentFormat, _Reader] = {
    DocumentFormat.PUBMED_XML: pubmed_xml.read,
    DocumentFormat.MEDLINE: medline.read,
    DocumentFormat.PUBMED_TEXT: pubmed_text.read,
    DocumentFormat.JSON: article_json.read,
}
_DEFAULTS = Limits()


def read(
    source: BinaryIO | Path | bytes,
    *,
    name: str,
    format: DocumentFormat | None = None,  # noqa: A002  the word of the command line and REST
    pmid: str | None = None,
    limits: Limits = _DEFAULTS,
) -> Iterator[Item]:
    """Read a source, gzip or not, and yield one item for each document in it.

    Args:
        source: the bytes, a path to them, or a binary stream, which is not closed.
        name: what the source is called in errors; its suffix helps where the content is unclear.
        format: the format, where it is not to be detected.
        pmid: the PMID of a source of one record that does not name its own.
        limits: what one record may hold.

    """
    number = 0
    with ExitStack() as stack:
        try:
            for item in _items(_stream(source, stack), name, format, pmid, limits):
                number = item.number
                yield item
            if not number:
                yield Place(name, 1).fault("the document holds no record", 1)
        except ParseError as error:
            yield Place(name, number + 1).fault(error.reason, error.line)
        except Unreadable as error:
            yield Place(name, number + 1).fault(str(error), error.line)
        except OSError as error:
            yield Place(name, number + 1).fault(f"can't be read: {error.strerror or error}")


def _stream(source: BinaryIO | Path | bytes, stack: ExitStack) -> BinaryIO:
    if isinstance(source, bytes):
        return BytesIO(source)
    return stack.enter_context(source.open("rb")) if isinstance(source, Path) else source


def _items(
    stream: BinaryIO, name: str, kind: DocumentFormat | None, pmid: str | None, limits: Limits
) -> Iterator[Item]:
    buffered = opened(stream)
    if kind is None or not buffered.peek(1):
        kind = detect(buffered.peek(HEAD), name)
    items = _READERS[kind](buffered, name, limits)
    if pmid is None:
        return items
    return _named(items, pmid_curie(pmid), name)


def _named(items: Iterator[Item], curie: str, name: str) -> Iterator[Item]:
    """Give the one record of a source its PMID."""
    found = list(islice(items, 2))
    if len(found) > 1:
        raise Unreadable(f"{curie} was given for a source that holds more than one record")
    for item in found:
        if item.record is None:
            yield item
            continue
        citation = item.record.citation
        held = [known for known in citation.identifiers if known.startswith("PMID:")]
        if held and curie not in held:
            yield Place(name, item.number, item.line).fault(
                f"the record is {held[0]}, not the {curie} that was given"
            )
            continue
        identifiers = tuple(dict.fromkeys((curie, *citation.identifiers)))
        citation = citation.model_copy(update={"identifiers": identifiers})
        record = item.record.model_copy(update={"citation": citation})
        yield Item(item.source, item.number, item.line, record=record)
