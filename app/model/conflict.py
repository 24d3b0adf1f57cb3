"""Conflicts: pairs of entities of which claims say opposite things, or the one and nothing."""

from pydantic import Field

from app.model.answer import NamedEntity
from app.model.base import Frozen
from app.model.conflict_kind import ConflictKind
from app.model.vocabulary import Aspect, Epistemic, Side, Sign, Status


class ConflictClaim(Frozen):
    """A claim in a conflict, by its first quote.

    ``sign`` is what it says of the pair, ``0`` for a null result; ``sides`` and ``aspects`` are
    those it was shown for, empty where they are unstated.
    """

    claim: str
    statement: str
    sign: Sign
    sides: tuple[Side, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    status: Status
    epistemic: Epistemic
    pmid: str | None
    quote: str | None
    start: int | None
    end: int | None
    verified: bool | None


class ClaimConflict(Frozen):
    """One claim against another, of the same pair.

    ``kind`` and ``relation`` are those of counter-evidence; ``scope`` names the slots that
    separate the two. ``judged`` says that a *contradicts* link between them makes it so.
    """

    claim: str
    against: str
    kind: str = Field(pattern="^(opposite_sign|null_result)$")
    relation: str = Field(pattern="^(contradicts|differs_in_scope)$")
    scope: tuple[str, ...] = ()
    judged: bool = False


class Conflict(Frozen):
    """All that is in conflict about one subject and one object.

    ``kind`` is *contradicts* where any of its claims contradict each other; otherwise ``scope``
    names the slots by which the nearest two differ. ``answers`` counts the pairs of a target and
    an outcome that signed links join, over this pair, in at most three hops. ``raising``,
    ``lowering`` and ``null_results`` count claims. ``conflicts`` are the first of ``total``,
    contradictions first; ``claims`` are those that they name.
    """

    subject: NamedEntity
    object: NamedEntity
    kind: ConflictKind
    scope: tuple[str, ...] = ()
    judged: bool = False
    answers: int = Field(ge=0)
    raising: int = Field(ge=0)
    lowering: int = Field(ge=0)
    null_results: int = Field(ge=0)
    conflicts: tuple[ClaimConflict, ...]
    total: int = Field(ge=1)
    claims: tuple[ConflictClaim, ...]


class EdgeConflict(Frozen):
    """What is in conflict about the two ends of an edge, contradictions first.

    ``scope`` names the slots by which findings differ where none contradicts; ``claims`` are those
    in conflict, ``total`` counts the oppositions.
    """

    kind: ConflictKind
    scope: tuple[str, ...] = ()
    claims: tuple[str, ...]
    total: int
