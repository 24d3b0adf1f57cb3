"""Entities as REST shows them, and signs as a URL bears them."""

from enum import StrEnum

from pydantic import Field

from app.model.entity import Entity
from app.model.history import Snapshot
from app.model.vocabulary import Sign


class AskedSign(StrEnum):
    """A sign in a URL, where a bare ``+`` would arrive as a blank."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSIGNED = "unsigned"


ASKED_SIGNS: dict[AskedSign, Sign] = {
    AskedSign.POSITIVE: Sign.POSITIVE,
    AskedSign.NEGATIVE: Sign.NEGATIVE,
    AskedSign.UNSIGNED: Sign.UNSIGNED,
}


class EntityDetail(Entity):
    """An entity with the identifiers that mean the same."""

    canonical: str = Field(description="the id that stands for it in answers")
    equivalents: tuple[str, ...]
    snapshot: Snapshot
