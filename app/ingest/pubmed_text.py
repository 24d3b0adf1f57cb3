"""The text of a PubMed page, and PubMed's numbered export ``Abstract (text)``.

Page text is one record between navigation: the citation line is the anchor, what stands above it
is dropped, and the record ends at its flags or at the first line that belongs to the page. The
export is many records, ``1. J Clin Invest. 2004 Aug;114(4):569-81. doi: …``, wrapped at blanks.
A paragraph ends at a blank line. What can't be told to be title or abstract is an error, never a
guess: a wrong title would be quoted for ever.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from app.ingest.abstracts import Part, is_heading, label_of, split_labelled
from app.ingest.item import Item, Limits, Place, Unreadable, read_as, record_of
from app.ingest.pubmed_text_parts import (
    Fields,
    Paragraph,
    citation_line,
    correction,
    credit,
    identifiers,
    is_authors,
)
from app.ingest.source import decoded, lines
from app.model.vocabulary import DocumentFormat

_NUMBERED = re.compile(r"(\d+)[.:]\s+(.+)")
_HEADING = re.compile(
    r"(Author information|Abstract|Collaborators|Conflict of interest statement):?"
)
_FLAGS = {
    "[indexed for medline]": "MEDLINE",
    "[pubmed - indexed for medline]": "MEDLINE",
    "[pubmed - in process]": "In-Process",
    "[pubmed - as supplied by publisher]": "Publisher",
    "[pubmed]": None,
    "free pmc article": None,
    "free article": None,
    "free full text": None,
    "pmcid": None,
}
_NAVIGATION = re.compile(
    r"(?:PubMed Commons.*|How to join PubMed Commons|Supplemental Content|Full text links|"
    r"Similar articles.*|Cited by.*|Publication types?|MeSH terms|Substances|Grant support.*|"
    r"LinkOut - more resources|Images from this publication.*|Icon for .*|Loading ?\.\.\.|"
    r"Support Center|Send to|Recent Activity|Secondary source ID|References|Save items)",
    re.IGNORECASE,
)
_NO_ABSTRACT = re.compile(
    r"\[?(?:No abstract available|Abstract available from the publisher)\.?\]?"
)
_COPYRIGHT = re.compile(
    r"(?:Copyright|\(c\)|©|Published by|This article is protected)", re.IGNORECASE
)
_LONGEST_TITLE = 1500


def read(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Item]:
    """Yield an item for each record; a source without a citation line gives one error."""
    paragraphs, faults = _paragraphs(stream, limits)
    starts = _starts(paragraphs)
    if not starts:
        if faults:
            raise faults[min(faults)]
        raise Unreadable(
            "expected a citation line such as 'J Clin Invest. 2004 Aug;114(4):569-81.'", 1
        )
    ends = [start for start, _ in starts[1:]] + [len(paragraphs)]
    for number, ((start, at), end) in enumerate(zip(starts, ends, strict=True), 1):
        block = paragraphs[start:end]
        place = Place(name, number, block[0][at][0])
        last = block[-1][-1][0]
        try:
            for line, fault in faults.items():
                if block[0][0][0] <= line <= last:
                    raise fault
            fields = _fields(block, at, numbered=at == 0 and _numbered(block[0]) is not None)
            yield read_as(place, record_of(DocumentFormat.PUBMED_TEXT, fields, limits))
        except Unreadable as error:
            yield place.fault(str(error), error.line)


def _paragraphs(stream: BinaryIO, limits: Limits) -> tuple[list[Paragraph], dict[int, Unreadable]]:
    paragraphs: list[Paragraph] = [[]]
    faults: dict[int, Unreadable] = {}
    size = 0
    for line in lines(stream, limits.record_bytes):
        size += len(line.data) + 1
        if size > limits.document_bytes:
            raise Unreadable(f"the text is longer than the {limits.document_bytes} bytes allowed")
        try:
            text = decoded(line).strip()
        except Unreadable as error:
            faults[line.number] = error
            text = line.data.decode("utf-8", errors="replace").strip()
        if not text:
            paragraphs.append([])
        elif _alone(text):
            paragraphs += [[(line.number, text)], []]
        else:
            paragraphs[-1].append((line.number, text))
    return [paragraph for paragraph in paragraphs if paragraph], faults


def _alone(text: str) -> bool:
    return bool(text.lower() in _FLAGS or text == "Author information" or text == "Abstract")


def _starts(paragraphs: list[Paragraph]) -> list[tuple[int, int]]:
    """Return where records start: paragraph and line in it; page text holds only one."""
    found: list[tuple[int, int]] = []
    for index, paragraph in enumerate(paragraphs):
        number = _numbered(paragraph)
        if number is not None and (not found or number == len(found) + 1):
            found.append((index, 0))
        elif not found:
            for at, (_, text) in enumerate(paragraph):
                if citation_line(text, strict=True):
                    return [(index, at)]
    return found


def _numbered(paragraph: Paragraph) -> int | None:
    match = _NUMBERED.fullmatch(_joined(paragraph))
    return int(match[1]) if match and citation_line(match[2], strict=False) else None


def _joined(paragraph: Paragraph) -> str:
    return " ".join(" ".join(text for _, text in paragraph).split())


def _fields(block: list[Paragraph], at: int, *, numbered: bool) -> Fields:
    cited = _joined(block[0]) if numbered else block[0][at][1]
    fields = citation_line(cited.split(None, 1)[1] if numbered else cited, strict=not numbered)
    if fields is None:
        raise Unreadable("expected a citation line", block[0][at][0])
    rest = [] if numbered else [block[0][at + 1 :]]
    page = _Page(fields, [paragraph for paragraph in rest + block[1:] if paragraph])
    page.read(block[0][at][0], numbered=numbered)
    return page.fields


class _Page:
    """The paragraphs after a citation line, taken one by one."""

    def __init__(self, fields: Fields, paragraphs: list[Paragraph]) -> None:
        self.fields = fields
        self.queue = paragraphs
        self.abstract: list[Part] = []
        self.label: str | None = None
        self.flags: list[str] = []
        self.names: str | None = None
        self.places: list[str] = []
        self.none_stated = False
        self.identified = False
        self.over = False

    def read(self, line: int, *, numbered: bool) -> None:
        self._title(line)
        while self.queue:
            self._take(self.queue.pop(0))
        if not self.abstract and not self.none_stated and not (numbered and self.identified):
            raise Unreadable("expected an abstract after title and authors, found none", line)
        self.fields.update(credit(self.names, self.places))
        self.fields["abstract"] = self.abstract
        self.fields["flags"] = self.flags

    def _title(self, line: int) -> None:
        if not self.queue:
            raise Unreadable("expected the title after the citation line, found nothing", line)
        paragraph = self.queue.pop(0)
        title = _joined(paragraph)
        if (
            _alone(title)
            or _HEADING.match(title)
            or _NAVIGATION.fullmatch(title)
            or len(title) > _LONGEST_TITLE
            or is_authors(title)
        ):
            raise Unreadable(f"expected the title, found {title[:60]!r}", paragraph[0][0])
        self.fields["title"] = title
        if self.queue and is_authors(_joined(self.queue[0])):
            self.names = _joined(self.queue.pop(0))

    def _take(self, paragraph: Paragraph) -> None:
        text = _joined(paragraph)
        found = identifiers(paragraph)
        if found is not None:
            self._identified(found)
        elif text.lower() in _FLAGS:
            self._flag(text)
        elif _NAVIGATION.fullmatch(paragraph[0][1]):
            self.over = True
        elif not self.over:
            self._body(paragraph, text)

    def _identified(self, found: tuple[list[str], list[str]]) -> None:
        held = self.fields.setdefault("identifiers", [])
        if isinstance(held, list):
            held += found[0]
        self.identified = True
        self.over = True
        for flag in found[1]:
            self._flag(flag)

    def _flag(self, text: str) -> None:
        self.flags.append(text.strip("[]"))
        status = _FLAGS.get(text.lower())
        if status is not None:
            self.fields["status"] = status
        self.over = True

    def _body(self, paragraph: Paragraph, text: str) -> None:
        heading = _HEADING.match(paragraph[0][1])
        fixed = correction(text)
        if heading is not None and (heading[1] != "Abstract" or text == heading[0]):
            self._headed(heading[1], heading.end(), paragraph, text)
        elif _NO_ABSTRACT.fullmatch(text):
            self.none_stated = True
        elif fixed is not None:
            self._add("corrections", fixed)
        elif _COPYRIGHT.match(text) and self.abstract:
            self.fields["copyright"] = text
        elif re.match(r"keywords?:", text, re.IGNORECASE) and self.abstract:
            for name in text.partition(":")[2].rstrip(".").split(";"):
                self._add("keywords", {"name": name.strip(), "owner": "NOTNLM"})
        elif re.fullmatch(r"\[Article in [^\]]+\]", text):
            self._add("notes", text.strip("[]"))
        else:
            self._prose(paragraph, text)

    def _headed(self, name: str, end: int, paragraph: Paragraph, text: str) -> None:
        if name == "Author information":
            places = paragraph[1:]
            if not places:
                places = self._places()
            self.places = _entries(places)
        elif name == "Conflict of interest statement":
            self.fields["conflict_of_interest"] = text[end:].strip()
        elif name == "Collaborators":
            self._add("notes", text)

    def _places(self) -> Paragraph:
        places = list(self.queue.pop(0)) if self.queue else []
        marked = bool(places) and re.match(r"\(?\d", places[0][1])
        while marked and self.queue and re.match(r"\(?\d+\)?\s*\D", self.queue[0][0][1]):
            places += self.queue.pop(0)
        return places

    def _prose(self, paragraph: Paragraph, text: str) -> None:
        if text.endswith(":") and is_heading(text.rstrip(":").upper()):
            self.label = label_of(text)
            return
        if not re.search(r"[.?!]", text):
            raise Unreadable(f"expected the abstract, found {text[:60]!r}", paragraph[0][0])
        parts = split_labelled(text)
        if self.label is not None and parts and parts[0]["label"] is None:
            parts[0]["label"] = self.label
        self.label = None
        self.abstract += parts

    def _add(self, name: str, value: object) -> None:
        held = self.fields.setdefault(name, [])
        if isinstance(held, list):
            held.append(value)


def _entries(places: Paragraph) -> list[str]:
    """Join wrapped lines; a line that bears a number starts the next affiliation."""
    entries: list[str] = []
    for _, text in places:
        if entries and not re.match(r"\(?\d+\)?\s*[^\d\s,.]", text):
            entries[-1] += f" {text}"
        else:
            entries.append(text)
    return entries
