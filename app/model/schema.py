"""The typed graph as a document, and which edges it allows."""

from functools import lru_cache
from importlib import resources
from typing import TypedDict

import orjson


class _EdgeType(TypedDict):
    name: str
    subject: str
    object: str
    domain: list[str]
    range: list[str]
    same_kind: bool


class _Category(TypedDict):
    name: str
    kind: str


class _Document(TypedDict):
    categories: list[_Category]
    edge_types: list[_EdgeType]


@lru_cache(maxsize=1)
def schema_json() -> bytes:
    """Return the document as it was generated, in UTF-8."""
    return resources.files("app.model").joinpath("schema.json").read_bytes()


def schema_document() -> dict[str, object]:
    """Return what ``GET /api/v1/schema`` serves.

    It holds version, kinds, categories, types with their slots, edge types with domain and range,
    vocabularies with a definition of every value, evidence codes and mappings. The caller owns
    what it gets.
    """
    document: dict[str, object] = orjson.loads(schema_json())
    return document


def edge_allowed(subject: str, edge: str, object_: str) -> bool:
    """Tell whether the schema allows an edge of this type between these two.

    An end is the category of an entity (``Gene``) or another node type (``Claim``). Things of
    unspecified kind (``NamedThing``) may stand at either end of a relation.
    """
    return (subject, edge, object_) in _allowed_edges()


@lru_cache(maxsize=1)
def _allowed_edges() -> frozenset[tuple[str, str, str]]:
    document: _Document = orjson.loads(schema_json())
    kinds = {each["name"]: each["kind"] for each in document["categories"]}
    return frozenset(
        (subject, edge["name"], object_)
        for edge in document["edge_types"]
        for subject in edge["domain"] or [edge["subject"]]
        for object_ in edge["range"] or [edge["object"]]
        if not edge["same_kind"]
        or kinds[subject] == kinds[object_]
        or "unspecified" in (kinds[subject], kinds[object_])
    )
