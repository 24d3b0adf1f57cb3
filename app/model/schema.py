"""The typed graph as a document: what ``GET /api/v1/schema`` serves."""

from functools import lru_cache
from importlib import resources

import orjson


@lru_cache(maxsize=1)
def schema_json() -> bytes:
    """Return the document as it was generated, in UTF-8."""
    return resources.files("app.model").joinpath("schema.json").read_bytes()


def schema_document() -> dict[str, object]:
    """Return the document: version, kinds, categories, types with their slots, edge types with
    domain and range, vocabularies with a definition of every value, evidence codes, mappings.

    The caller owns what it gets.
    """
    document: dict[str, object] = orjson.loads(schema_json())
    return document
