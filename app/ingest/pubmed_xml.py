"""PubMed XML: a ``PubmedArticleSet`` or a single ``PubmedArticle``, read as a stream.

Memory is bounded by one record: each element is dropped with what stands before it as soon as it
is read. No DTD is loaded, nothing is fetched, no entity is expanded, and a document that declares
or uses one is refused.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from app.ingest.item import Item, Limits, Place, Unreadable, read_as, record_of
from app.ingest.pubmed_fields import citation_fields
from app.model.errors import ParseError
from app.model.vocabulary import DocumentFormat

_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ROOTS = ("PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet", "PubmedBookArticle")
_DOCUMENTS = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation", "DeleteDocument")


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
    try:
        for _, element in context:
            if number == 0:
                _refuse_entities(element)
            number += 1
            yield _item(element, Place(name, number, element.sourceline), limits)
            guard.since_record = 0
            _drop(element)
    except etree.XMLSyntaxError as error:
        reason = error.msg or "no element found"
        if guard.ended:
            reason += " (the document ends here: is it cut off?)"
        yield Place(name, number + 1).fault(f"the XML is broken: {reason}", error.lineno or None)
        return
    except Unreadable as error:
        yield Place(name, number + 1).fault(str(error), error.line)
        return
    if number == 0:
        yield Place(name, 1, 1).fault(_nothing_in(context.root))


def _item(element: etree._Element, place: Place, limits: Limits) -> Item:
    try:
        if element.tag != "PubmedArticle":
            return place.fault(_refusal(element))
        if next(element.iter(etree.Entity), None) is not None:
            return place.fault("the record uses an entity that is not one of XML's own five")
        fields, version, revised = citation_fields(element)
        record = record_of(
            DocumentFormat.PUBMED_XML, fields, limits, version=version, revised=revised
        )
        return read_as(place, record)
    except Unreadable as error:
        pmid = element.findtext("MedlineCitation/PMID")
        return place.fault(f"PMID {pmid}: {error}" if pmid else str(error))


def _refusal(element: etree._Element) -> str:
    pmids = ", ".join((entry.text or "") for entry in element.iter("PMID"))
    if element.tag == "PubmedBookArticle":
        return f"book articles (PubmedBookArticle) are not read: PMID {pmids}"
    return f"{element.tag}: deletions are not applied; PMIDs listed: {pmids or 'none'}"


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
    """The stream that the parser reads: bounds a record's size and places a wrong byte.

    A fault is raised only when everything before it was handed over, so that the records before
    it still go in.
    """

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._stream = stream
        self._limit = limits.record_bytes
        self._decoder: codecs.IncrementalDecoder | None = None
        self._first = True
        self._fault: Unreadable | None = None
        self._passed = 0
        self._line = 1
        self.since_record = 0
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes; raise :class:`Unreadable` at a fault of the stream."""
        if self._fault is not None:
            raise self._fault
        try:
            chunk = self._stream.read(size)
        except ParseError as error:
            raise Unreadable(error.reason) from None
        self.ended = not chunk
        self.since_record += len(chunk)
        if self.since_record > self._limit + size:
            raise Unreadable(f"a record is longer than the {self._limit} bytes allowed", self._line)
        if self._first and chunk:
            self._first = False
            self._start(chunk)
        if self._decoder is not None:
            chunk = self._checked(chunk, self._decoder)
        self._passed += len(chunk)
        self._line += chunk.count(b"\n")
        return chunk

    def _start(self, chunk: bytes) -> None:
        if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return
        declared = _DECLARED.search(chunk[:200])
        if declared is None or declared[1].lower() in {b"utf-8", b"utf8", b"us-ascii"}:
            self._decoder = codecs.getincrementaldecoder("utf-8")()

    def _checked(self, chunk: bytes, decoder: codecs.IncrementalDecoder) -> bytes:
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            good = max(error.start - held, 0)
            line = self._line + chunk[:good].count(b"\n")
            offset = self._passed - held + error.start
            byte = f"0x{error.object[error.start]:02x}" if error.object else "none"
            self._fault = Unreadable(f"byte {offset} ({byte}) is not UTF-8", line)
            if not good:
                raise self._fault from None
            return chunk[:good]
        return chunk
