"""Where bytes come from: opening, recognising and listing sources, and reading them by line."""

import codecs
import gzip
import io
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from app.ingest.item import Unreadable
from app.model.errors import ParseError
from app.model.vocabulary import DocumentFormat

HEAD = 65536
_GZIP = b"\x1f\x8b"
_SUM = ".md5"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_JSON = re.compile(rb"[\[{]\s*(?:[\"{\[\]}]|\Z)")
_TAG = re.compile(rb"(?:PMID|[A-Z]{4}|[A-Z]{3} |[A-Z]{2}  )- ")
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SUFFIXES = {
    ".xml": DocumentFormat.PUBMED_XML,
    ".nbib": DocumentFormat.MEDLINE,
    ".medline": DocumentFormat.MEDLINE,
    ".json": DocumentFormat.JSON,
    ".jsonl": DocumentFormat.JSON,
    ".ndjson": DocumentFormat.JSON,
    ".txt": DocumentFormat.PUBMED_TEXT,
}


@dataclass(frozen=True, slots=True)
class Source:
    """A source to read: its name, its path (None: standard input), or why it is skipped."""

    name: str
    path: Path | None
    skipped: ParseError | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end; ``number`` counts from 1, ``offset`` is its first byte's place."""

    number: int
    offset: int
    data: bytes


def files(paths: Iterable[str | Path]) -> Iterator[Source]:
    """Expand paths in the order given: ``-``, files as they are, directories sorted and whole.

    In a directory a file whose name has no suffix of a known format (``.gz`` after it or not) is
    yielded with the reason why it is skipped, as is a path that does not exist. The ``.md5`` of a
    file beside it is no source.
    """
    for given in paths:
        path = Path(given)
        if str(given) == "-":
            yield Source("-", None)
        elif path.is_dir():
            yield from _directory(path)
        elif path.exists():
            yield Source(str(path), path)
        else:
            yield _skip(path, "no such file or directory")


def _directory(root: Path) -> Iterator[Source]:
    for folder, names, entries in os.walk(root):
        names.sort()
        for entry in sorted(entries):
            path = Path(folder) / entry
            if path.suffix == _SUM and entry.removesuffix(_SUM) in entries:
                continue
            if _suffix(path.name) in _SUFFIXES:
                yield Source(str(path), path)
            else:
                known = " ".join(_SUFFIXES)
                yield _skip(path, f"skipped: not one of {known} (or .gz of it); name it to read it")


def _skip(path: Path, reason: str) -> Source:
    return Source(str(path), path, ParseError(reason, source=str(path)))


def _suffix(name: str) -> str:
    lower = name.lower()
    return Path(lower.removesuffix(".gz")).suffix


def detect(head: bytes, name: str) -> DocumentFormat:
    """Tell the format from a document's first bytes, and from its name where they leave it open.

    Raises:
        ParseError: the bytes are empty, binary or HTML.

    """
    if head.startswith(_GZIP):
        head = _inflated(head, name)
    if head.startswith(_UTF16):
        head = head.decode("utf-16", errors="ignore").encode()
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start:
        raise ParseError("the document is empty", source=name)
    if _HTML.match(start):
        raise ParseError(
            "the document is HTML; save the record as PubMed XML, MEDLINE or text", source=name
        )
    if start.startswith(b"<"):
        return DocumentFormat.PUBMED_XML
    if _BINARY.search(start):
        raise ParseError("the document is binary, not text", source=name)
    if _JSON.match(start):
        return DocumentFormat.JSON
    if _TAG.match(start):
        return DocumentFormat.MEDLINE
    return _SUFFIXES.get(_suffix(name), DocumentFormat.PUBMED_TEXT)


def _inflated(head: bytes, name: str) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error as error:
        raise ParseError(f"broken gzip: {error}", source=name) from None


class _Chained(io.RawIOBase):
    """Bytes that were read already, then the rest of their stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        chunk, self._head = self._head[: len(view)], self._head[len(view) :]
        if len(chunk) < len(view):
            chunk += self._rest.read(len(view) - len(chunk)) or b""
        view[: len(chunk)] = chunk
        return len(chunk)


class _Inflating(io.RawIOBase):
    """A gzip stream whose faults are :class:`Unreadable`."""

    def __init__(self, stream: BinaryIO) -> None:
        self._gzip = gzip.GzipFile(fileobj=stream)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        try:
            view = memoryview(buffer)  # type: ignore[arg-type]
            # No more than is there at once: what was inflated before a fault still counts.
            chunk = self._gzip.read1(len(view))
            view[: len(chunk)] = chunk
            return len(chunk)
        except EOFError:
            raise Unreadable("the gzip file is cut off") from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise Unreadable(f"broken gzip: {error}") from None


def opened(stream: BinaryIO) -> "io.BufferedReader[io.RawIOBase]":
    """Return a stream that can be peeked into, inflated when it is gzip."""
    head = stream.read(2)
    raw: io.RawIOBase = _Chained(head, stream)
    if stream.seekable():
        stream.seek(-len(head), os.SEEK_CUR)
        raw = cast("io.RawIOBase", stream)
    if head == _GZIP:
        raw = _Inflating(io.BufferedReader(raw, HEAD))
    return io.BufferedReader(raw, HEAD)


def lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    r"""Yield the lines of a stream, ended by ``\n``, ``\r\n`` or ``\r``; a UTF-8 BOM is dropped.

    Raises:
        Unreadable: a line is longer than ``limit`` bytes, or the stream is UTF-16.

    """
    rest, number, offset = b"", 1, 0
    while True:
        chunk = stream.read(1 << 20)
        if number == 1 and not offset and not rest:
            if chunk.startswith(_UTF16):
                raise Unreadable("the document is UTF-16; save it as UTF-8", 1)
            if chunk.startswith(codecs.BOM_UTF8):
                chunk, offset = chunk[3:], 3
        rest += chunk
        pieces = rest.splitlines(keepends=True)
        # A last piece may go on in the next chunk, as may a line end of two bytes.
        rest = pieces.pop() if pieces and chunk else b""
        for piece in pieces:
            yield Line(number, offset, piece.rstrip(b"\r\n"))
            number += 1
            offset += len(piece)
        if not chunk:
            return
        if len(rest) > limit:
            raise Unreadable(f"a line is longer than the {limit} bytes allowed", number)


def decoded(line: Line) -> str:
    """Return a line's text.

    Raises:
        Unreadable: a byte of it is not UTF-8 or is NUL; names the byte's offset in the document.

    """
    nul = line.data.find(b"\0")
    if nul >= 0:
        raise Unreadable(f"byte {line.offset + nul} is NUL: this is not text", line.number)
    try:
        return line.data.decode("utf-8")
    except UnicodeDecodeError as error:
        place, byte = line.offset + error.start, line.data[error.start]
        raise Unreadable(
            f"byte {place} (0x{byte:02x}) is not UTF-8; convert the document", line.number
        ) from None
