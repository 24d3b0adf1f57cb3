"""PubMed XML: a ``PubmedArticleSet`` or a single ``PubmedArticle``, read as a stream.

Memory is bounded by one record: each element is dropped with what stands before it as soon as it
is read. No DTD is loaded, nothing is fetched, no entity is expanded, and a document that declares
or uses one is refused.
"""

import codecs
import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from lxml import etree

from app.ingest.identifiers import pmid_curie
from app.ingest.item import Deletion, Item, Limits, Place, Unreadable, read_as, record_of
from app.ingest.pubmed_fields import citation_fields
from app.model.errors import ParseError
from app.model.vocabulary import DocumentFormat

_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ENTITY = re.compile(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)")
_ROOTS = ("PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet", "PubmedBookArticle")
_DELETIONS = ("DeleteCitation", "DeleteDocument")
_DOCUMENTS = ("PubmedArticle", "PubmedBookArticle", *_DELETIONS)


def read(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Item]:
    """Yield an item for each record of the document; its first fault as a whole ends it."""
    guard = _Guard(stream, limits)
    context = etree.iterparse(
        guard,
        events=("end",),
        tag=_DOCUMENTS,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    number = 0
    day: date | None = None
    try:
        for _, element in context:
            if number == 0:
                _refuse_entities(element)
            place = Place(name, number + 1, element.sourceline)
            for item in _read(element, place, limits, day, entities=guard.entities):
                number = item.number
                if item.record is not None and item.record.revised is not None:
                    day = max(day or item.record.revised, item.record.revised)
                yield item
            guard.since_record = 0
            _drop(element)
    except etree.XMLSyntaxError as error:
        reason = guard.wrong_byte() or f"the XML is broken: {error.msg or 'no element found'}"
        if guard.ended:
            reason += " (the document ends here: is it cut off?)"
        yield _broken(name, number, reason, error.lineno or None)
        return
    except Unreadable as error:
        yield _broken(name, number, str(error), error.line)
        return
    if number == 0:
        yield Place(name, 1, 1).fault(_nothing_in(context.root))


def _broken(name: str, number: int, reason: str, line: int | None) -> Item:
    """Return the fault that ends a document, of which ``number`` records were given out."""
    before = "1 record" if number == 1 else f"{number} records"
    told = f"{reason}; the {before} before it were taken" if number else reason
    return Place(name, number + 1).fault(told, line)


def _read(
    element: etree._Element, place: Place, limits: Limits, day: date | None, *, entities: bool
) -> Iterator[Item]:
    if element.tag not in _DELETIONS:
        yield _item(element, place, limits, entities=entities)
        return
    for offset, each in enumerate(element.iter("PMID")):
        at = Place(place.source, place.number + offset, place.line)
        try:
            deletion = Deletion(pmid_curie(each.text or ""), _version(each), day)
        except Unreadable as error:
            yield at.fault(f"{element.tag}: {error}")
        else:
            yield Item(at.source, at.number, at.line, deletion=deletion)


def _item(element: etree._Element, place: Place, limits: Limits, *, entities: bool) -> Item:
    try:
        if element.tag != "PubmedArticle":
            return _book(element, place)
        if entities and next(element.iter(etree.Entity), None) is not None:
            return place.fault("the record uses an entity that is not one of XML's own five")
        fields, version, revised = citation_fields(element)
        record = record_of(
            DocumentFormat.PUBMED_XML, fields, limits, version=version, revised=revised
        )
        return read_as(place, record)
    except Unreadable as error:
        pmid = element.findtext("MedlineCitation/PMID")
        if not pmid:
            return place.fault(str(error))
        return place.fault(f"PMID {pmid}: {error}", pmids=(pmid.strip(),))


def _book(element: etree._Element, place: Place) -> Item:
    pmids = tuple(each.text.strip() for each in element.iter("PMID") if each.text)
    reason = "book articles (PubmedBookArticle) are not read"
    return place.fault(f"{reason}: PMID {', '.join(pmids)}", pmids=pmids)


def _version(pmid: etree._Element) -> int:
    version = pmid.get("Version", "1")
    return int(version) if version.isascii() and version.isdigit() else 1


def _refuse_entities(element: etree._Element) -> None:
    subset = element.getroottree().docinfo.internalDTD
    entities = subset.entities() if subset is not None else []  # type: ignore[attr-defined]
    if entities:
        raise Unreadable(
            f"the document declares an entity ({entities[0].name}); entities are not expanded: "
            "remove the declaration"
        )


def _nothing_in(root: etree._Element | None) -> str:
    if root is not None and root.tag in _ROOTS:
        return f"{root.tag} holds no record"
    found = "nothing" if root is None else f"<{root.tag}>"
    return f"expected PubMed XML with the root PubmedArticleSet, found {found}"


def _drop(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


class _Guard:
    """The stream that the parser reads: bounds a record's size and finds a wrong byte.

    A fault is raised only when everything before it was handed over, so that the records before
    it still go in. The two chunks read last are kept: a byte that the parser refuses is in them.
    """

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        # Piece by piece: a fault in the next one must not take along what is there already.
        self._read = getattr(stream, "read1", stream.read)
        self._limit = limits.record_bytes
        self._recent = (b"", b"")
        self._passed = 0
        self._utf8: bool | None = None
        self.since_record = 0
        self.ended = False
        # Whether the document may use an entity; looked for in its bytes, which is cheap.
        self.entities = False

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes; raise :class:`Unreadable` at a fault of the stream."""
        try:
            chunk: bytes = self._read(size)
        except ParseError as error:
            raise Unreadable(error.reason) from None
        self.ended = not chunk
        self.since_record += len(chunk)
        if self.since_record > self._limit + size:
            raise Unreadable(f"a record is longer than the {self._limit} bytes allowed")
        if self._utf8 is None:
            self._utf8 = _is_utf8(chunk)
        if not self.entities:
            self.entities = not self._utf8 or _ENTITY.search(chunk) is not None
        self._recent = (self._recent[1], chunk)
        self._passed += len(chunk)
        return chunk

    def wrong_byte(self) -> str | None:
        """Return which byte read last is not UTF-8, or None if the document is not or all are."""
        data = b"".join(self._recent)
        if not self._utf8:
            return None
        cut = 0
        while cut < 3 and data[cut : cut + 1] and data[cut] & 0xC0 == 0x80:
            cut += 1
        try:
            codecs.getincrementaldecoder("utf-8")().decode(data[cut:])
        except UnicodeDecodeError as error:
            place = cut + error.start
            offset = self._passed - len(data) + place
            return f"byte {offset} (0x{data[place]:02x}) is not UTF-8"
        return None


def _is_utf8(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    declared = _DECLARED.search(head[:200])
    return declared is None or declared[1].lower() in {b"utf-8", b"utf8", b"us-ascii"}
