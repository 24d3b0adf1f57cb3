"""JSON of our own: a ``Citation``, a ``Record`` or a whole ``Article``; one, an array, or lines.

Only JSON lines are a stream; an object or array is read whole and bounded for that.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

import orjson
from pydantic import ValidationError

from app.ingest.item import (
    Item,
    Limits,
    Place,
    Unreadable,
    check_text,
    first_fault,
    read_as,
    record_of,
)
from app.ingest.source import Line, decoded, lines
from app.model.article import Article, Record, text_of
from app.model.text import sha256_of
from app.model.vocabulary import DocumentFormat

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read(stream: BinaryIO, name: str, limits: Limits) -> Iterator[Item]:
    """Yield an item for each object; its errors name the field by JSON pointer."""
    source = lines(stream, limits.record_bytes)
    head: list[Line] = []
    for line in source:
        if line.data.strip():
            head.append(line)
        if len(head) == 2:
            break
    if not head:
        raise Unreadable("the document is empty", 1)
    rest = chain(head, source)
    if _by_line(head):
        yield from _lines(rest, name, limits)
    else:
        yield from _whole(rest, name, limits)


def _by_line(head: list[Line]) -> bool:
    """Tell JSON lines from one object: an object's second line can't start with a brace."""
    first = head[0].data.strip()
    if not first.startswith(b"{"):
        return False
    if len(head) == 2 and head[1].data.lstrip().startswith(b"{"):
        return True
    try:
        orjson.loads(first)
    except orjson.JSONDecodeError:
        return False
    return True


def _lines(source: Iterator[Line], name: str, limits: Limits) -> Iterator[Item]:
    number = 0
    for line in source:
        if not line.data.strip():
            continue
        number += 1
        place = Place(name, number, line.number)
        try:
            yield read_as(place, _record(_loaded(decoded(line), line.number), limits))
        except Unreadable as error:
            yield place.fault(str(error), error.line)


def _whole(source: Iterator[Line], name: str, limits: Limits) -> Iterator[Item]:
    texts: list[str] = []
    size = start = last = 0
    for line in source:
        start = start or line.number
        texts += [""] * (line.number - last - 1) if last else []
        last = line.number
        size += len(line.data) + 1
        if size > limits.document_bytes:
            raise Unreadable(
                f"the JSON is longer than {limits.document_bytes} bytes; use JSON lines", last
            )
        texts.append(decoded(line))
    found = _loaded("\n".join(texts), start)
    many = isinstance(found, list)
    if many and not found:
        raise Unreadable("the array holds no record", start)
    for number, value in enumerate(found if isinstance(found, list) else [found], 1):
        place = Place(name, number, None if many else start)
        try:
            yield read_as(place, _record(value, limits))
        except Unreadable as error:
            pointer = f"/{number - 1}" if many else ""
            yield place.fault(f"{pointer}{error}")


def _loaded(text: str, line: int) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Unreadable(
            f"broken JSON at column {error.colno}: {error.msg}", line + error.lineno - 1
        ) from None


def _record(value: object, limits: Limits) -> Record:
    if not isinstance(value, dict):
        raise Unreadable(f"/: expected an object, found {type(value).__name__}")
    _refuse_control(value, "")
    if "text" in value and "citation" in value:
        return _of_article(value, limits)
    if "citation" not in value:
        return record_of(DocumentFormat.JSON, dict(value), limits)
    try:
        record = Record.model_validate(value)
    except ValidationError as error:
        raise Unreadable(first_fault(error)) from None
    check_text(record.citation, limits)
    return record


def _of_article(value: dict[str, object], limits: Limits) -> Record:
    """Return the record of a whole article; its text and hash must be those of its citation."""
    # An export may show properties beside the fields; they follow from the fields.
    fields = {name: value[name] for name in Article.model_fields if name in value}
    extra = sorted(set(value) - set(Article.model_fields) - {"curie", "retracted"})
    if extra:
        raise Unreadable(f"/{extra[0]}: unknown field")
    try:
        article = Article.model_validate(fields)
    except ValidationError as error:
        raise Unreadable(first_fault(error)) from None
    check_text(article.citation, limits)
    if article.text != text_of(article.citation):
        raise Unreadable("/text: is not the title and abstract of /citation")
    if article.text_sha256 != sha256_of(article.text):
        raise Unreadable("/text_sha256: is not the sha256 of /text")
    return Record(
        format=DocumentFormat.JSON,
        citation=article.citation,
        version=article.version,
        revised=article.revised,
    )


def _refuse_control(value: object, pointer: str) -> None:
    if isinstance(value, str):
        if _CONTROL.search(value):
            raise Unreadable(f"{pointer or '/'}: holds a control character")
    elif isinstance(value, dict):
        for name, child in value.items():
            _refuse_control(child, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            _refuse_control(child, f"{pointer}/{index}")
