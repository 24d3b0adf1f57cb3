"""Revisions of the graph and what changed in them."""

from datetime import datetime

from pydantic import Field

from app.model.base import Frozen


class Revision(Frozen):
    """One committed write.

    ``number`` counts from 1 without gaps; 0 is the empty graph. ``id`` is unique to the write and
    goes along when a graph is copied, so equal ids mean equal graphs.
    """

    number: int = Field(ge=0)
    id: str
    created_at: datetime
    actor: str
    message: str


class Change(Frozen):
    """One thing that a revision opened or closed; ``kind`` is one of the kinds of a dump.

    ``key`` identifies the thing within its kind.
    """

    revision: int
    kind: str
    key: str
    action: str = Field(pattern="^(opened|closed|purged)$")


class Snapshot(Frozen):
    """The graph at one revision, as answers name it; ``version`` is the code that answered."""

    id: str
    revision: int
    created_at: datetime
    version: str
