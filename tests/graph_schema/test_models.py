"""The stored types of the model and of the schema are the same, slot by slot.

What the port stores is what can be reached from the models that it takes.
"""

import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

import pytest
from pydantic import BaseModel

from app.model.article import Article, Record
from app.model.base import Frozen
from app.model.claim import Claim, ClaimState, Extraction, Link
from app.model.decision import ArticleDecision, Decision
from app.model.edge import Edge
from app.model.entity import Entity, EntityRelation
from app.model.history import Revision
from graph_schema.schema import Slot, Type, load

STORED: tuple[type[Frozen], ...] = (
    Article,
    Record,
    Entity,
    EntityRelation,
    Claim,
    ClaimState,
    Extraction,
    Link,
    Edge,
    Decision,
    ArticleDecision,
    Revision,
)
ROWS_WITHOUT_MODEL = {"Alias", "ArticleText", "EdgeType"}
SCALARS = {
    str: "string",
    int: "integer",
    float: "float",
    bool: "boolean",
    date: "date",
    datetime: "datetime",
}
IDS_OF_ENTITIES = {("EntityRelation", "subject"), ("EntityRelation", "object")} | {
    ("Edge", "subject"),
    ("Edge", "object"),
}


class Field(typing.NamedTuple):
    range: str
    multivalued: bool
    required: bool


def unwrap(hint: object) -> tuple[object, bool, bool]:
    """Return the bare type of a field's annotation, whether it is a tuple, whether nullable."""
    multivalued = nullable = False
    while True:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            nullable = True
            hint = next(each for each in arguments if each is not type(None))
        elif origin is tuple:
            multivalued, hint = True, arguments[0]
        elif origin is typing.Annotated:
            hint = arguments[0]
        else:
            return hint, multivalued, nullable


def fields_of(model: type[BaseModel]) -> dict[str, Field]:
    hints = typing.get_type_hints(model)
    found = {}
    for name, field in model.model_fields.items():
        bare, multivalued, nullable = unwrap(hints[name])
        assert isinstance(bare, type)
        entity = (model.__name__, name) in IDS_OF_ENTITIES
        found[name] = Field(
            "Entity" if entity else SCALARS.get(bare, bare.__name__),
            multivalued,
            field.is_required() and not nullable,
        )
    return found


def reached(model: type[Frozen], seen: set[type[Frozen]]) -> Iterator[type[Frozen]]:
    if model in seen:
        return
    seen.add(model)
    yield model
    hints = typing.get_type_hints(model)
    for name in model.model_fields:
        bare, _, _ = unwrap(hints[name])
        if isinstance(bare, type) and issubclass(bare, Frozen):
            yield from reached(bare, seen)


def models() -> list[type[Frozen]]:
    seen: set[type[Frozen]] = set()
    return [each for root in STORED for each in reached(root, seen)]


@cache
def schema_types() -> dict[str, Type]:
    return {each.name: each for each in load().types}


def as_field(slot: Slot) -> Field:
    return Field(slot.range, slot.multivalued, slot.required)


def test_the_schema_knows_every_stored_type_and_no_other() -> None:
    # Participant is reached through Claim; Outcome inherits from it.
    assert {each.__name__ for each in models()} == schema_types().keys() - ROWS_WITHOUT_MODEL


@pytest.mark.parametrize("model", models(), ids=lambda each: each.__name__)
def test_every_field_is_a_slot_and_every_slot_a_field(model: type[Frozen]) -> None:
    slots = {slot.name: as_field(slot) for slot in schema_types()[model.__name__].slots}
    assert fields_of(model) == slots
