"""How values are written in a store and in a dump: the same on every engine.

A value is stored as the JSON of its fields that differ from their defaults, so that a later
version of a model that gains a field with a default still finds stored values equal. A dump holds
that JSON as plain objects; written with sorted keys, equal graphs give equal bytes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeVar

import orjson
from pydantic import BaseModel

from app.graph.port import Row
from app.model.article import Article, ArticleFacts
from app.model.claim import Extraction
from app.model.history import Revision

Model = TypeVar("Model", bound=BaseModel)

EMPTY_REVISION = Revision(
    number=0,
    id="0" * 32,
    created_at=datetime(1970, 1, 1, tzinfo=UTC),
    actor="evipath",
    message="the empty graph",
)
"""What ``head`` gives on an empty store."""


def stored_json(value: BaseModel) -> str:
    """Return the canonical JSON of a value: its fields that differ from their defaults."""
    return value.model_dump_json(exclude_defaults=True)


@lru_cache(256)
def extraction_json(extraction: Extraction) -> str:
    """Return the canonical JSON of a reading without its revision, which its row holds."""
    return extraction.model_dump_json(exclude_defaults=True, exclude={"revision"})


def plain(text: str | bytes) -> object:
    """Return stored JSON as plain objects, as a dump's row holds it."""
    return orjson.loads(text)


@lru_cache(256)
def utc_text(time: datetime) -> str:
    """Return a time as RFC 3339 in UTC with six decimals: text order is time order."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def utc_time(text: str) -> datetime:
    """Return the time that :func:`utc_text` wrote."""
    return datetime.fromisoformat(text)


def row_line(row: Row) -> bytes:
    """Return a row as one line of JSON with sorted keys, without the newline."""
    fields: Mapping[str, object] = {"kind": row.kind, **row.fields}
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)


def row_of_line(line: bytes) -> Row:
    """Return the row that :func:`row_line` wrote."""
    fields = orjson.loads(line)
    kind = fields.pop("kind")
    return Row(kind=kind, fields=fields)


def facts_of(article: Article) -> ArticleFacts:
    """Return what reasoning needs of an article."""
    citation = article.citation
    dates = (citation.published, citation.published_electronic)
    years = [date.year for date in dates if date is not None and date.year is not None]
    return ArticleFacts(
        id=article.id,
        curie=article.curie,
        retracted=citation.retracted or citation.withdrawn,
        withdrawn=citation.withdrawn,
        authors=tuple(author.name for author in citation.authors if author.name),
        year=years[0] if years else None,
    )
