"""MEDLINE, PubMed's tagged format (``.nbib``), read as a stream of records.

The scanner is our own: the libraries at hand either need the whole file, lose the lines' numbers
or the order of authors and their affiliations (which is all that ties one to the other), or bring
a toolkit along. ``rispy`` reads RIS, another format.

Limits of the format: superscripts and subscripts are plain or in parentheses, a structured
abstract is one running text (see ``abstracts``), and there are no MeSH identifiers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from app.ingest.item import Item, Limits, Place, Unreadable, read_as, record_of
from app.ingest.medline_fields import Tagged, citation_fields
from app.ingest.source import Line, decoded, lines
from app.model.vocabulary import DocumentFormat


@dataclass(slots=True)
class _Block:
    """The lines of one record; ``cut`` when there are more bytes than allowed."""

    lines: list[Line] = field(default_factory=list)
    size: int = 0
    cut: bool = False

    def add(self, line: Line, limit: int) -> None:
        self.size += len(line.data) + 1
        self.cut = self.size > limit
        if not self.cut or not self.lines:
            self.lines.append(line)


def read(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Item]:
    """Yield an item for each record; records end at a blank line or at the next ``PMID-``."""
    for number, block in enumerate(_blocks(lines(stream, limits.record_bytes), limits), 1):
        place = Place(name, number, block.lines[0].number)
        if block.cut:
            yield place.fault(f"the record is longer than the {limits.record_bytes} bytes allowed")
            continue
        try:
            fields, revised = citation_fields(list(_tagged(block.lines)))
            yield read_as(place, record_of(DocumentFormat.MEDLINE, fields, limits, revised=revised))
        except Unreadable as error:
            yield place.fault(str(error), error.line)


def _blocks(source: Iterator[Line], limits: Limits) -> Iterator[_Block]:
    block = _Block()
    for line in source:
        blank = not line.data.strip()
        if block.lines and (blank or line.data.startswith(b"PMID-")):
            yield block
            block = _Block()
        if not blank:
            block.add(line, limits.record_bytes)
    if block.lines:
        yield block


def _tagged(block: list[Line]) -> Iterator[Tagged]:
    tag, first, words = "", 0, [""]
    for line in block:
        text = decoded(line)
        head = text[:4].rstrip()
        if text[4:5] == "-" and head.isascii() and head.isalnum() and head.isupper():
            if tag:
                yield Tagged(tag, " ".join(" ".join(words).split()), first)
            tag, first, words = head, line.number, [text[5:]]
        elif tag and text[:1].isspace():
            words.append(text)
        else:
            raise Unreadable(
                f"expected a tag such as 'TI  - ' or an indented line that goes on, "
                f"found {text[:40]!r}",
                line.number,
            )
    if tag:
        yield Tagged(tag, " ".join(" ".join(words).split()), first)
