"""Signed edges: what claims imply about who raises or lowers what."""

from pydantic import Field

from app.model.base import Frozen
from app.model.vocabulary import Aspect, Epistemic, EvidenceType, Presence, Side, Sign, Status


class Condition(Frozen):
    """What must be present, absent or changed for the edge to hold (rules 6, 9 and 10)."""

    entity: str | None = None
    name: str
    state: Presence | None = None
    direction: Sign | None = None


class Edge(Frozen):
    """A signed relation between two entities, carried by one claim.

    ``sign`` is ``+`` when more of the subject means more of the object, ``-`` for the opposite and
    ``0`` when the claim does not say. ``side`` is the side of function that the experiment (or the
    author's word) took; null where only the sign is known. ``rule`` names the rule that gave it.
    """

    subject: str
    object: str
    sign: Sign
    aspect: Aspect | None = None
    side: Side | None = None
    condition: tuple[Condition, ...] = ()
    rule: str


class StoredEdge(Frozen):
    """An edge as an index reads it: with its claim and what belief is computed from.

    ``paper`` is what the claim was published in (:mod:`app.model.paper`); null for an import that
    names nothing.
    """

    claim: str
    paper: str | None
    status: Status
    epistemic: Epistemic
    evidence: EvidenceType
    confidence: float = Field(ge=0.0, le=1.0)
    edge: Edge
    rule_version: int = Field(ge=1)
