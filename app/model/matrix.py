"""The matrix of evidence: what was tried with a target and an outcome, and what was not."""

from enum import StrEnum

from app.model.answer import NamedEntity
from app.model.base import Frozen
from app.model.conflict import ClaimConflict, ConflictClaim
from app.model.history import Snapshot
from app.model.vocabulary import Aspect, ContextType, Presence, Side


class CellResult(StrEnum):
    """What was found in a cell: an effect of either sign, none, both, or nothing was tried."""

    POSITIVE = "positive"
    NULL = "null"
    CONFLICTING = "conflicting"
    UNTESTED = "untested"


class DecidingReason(StrEnum):
    """What filling a cell would do."""

    RESOLVES_CONFLICT = "resolves_conflict"
    MAKES_MATCHED = "makes_matched"


class MatrixQuestion(Frozen):
    """What was tried with ``target`` on ``outcome``?"""

    target: NamedEntity
    outcome: NamedEntity
    include_candidates: bool = False
    as_of: str | None = None


class ContextPart(Frozen):
    """One thing that a context states; a setting's ``id`` is its value."""

    type: ContextType
    id: str
    name: str
    state: Presence | None = None


class MatrixCell(Frozen):
    """One cell: what was done to the target, at which stage of the outcome, and what was found.

    ``side`` is null where the text only states a sign, ``aspect`` where it names no stage.
    ``claims`` are the first of ``total``, most reliable first. ``conflicts`` are the first of those
    that these claims have with others of this cell or of another one that nothing separates.
    """

    side: Side | None
    aspect: Aspect | None
    result: CellResult
    claims: tuple[ConflictClaim, ...] = ()
    total: int = 0
    conflicts: tuple[ClaimConflict, ...] = ()


class MatrixContext(Frozen):
    """One context and its cells; without ``parts`` the claims state none."""

    parts: tuple[ContextPart, ...]
    cells: tuple[MatrixCell, ...]


class DecidingCell(Frozen):
    """A cell whose filling would decide something, as an experiment in ``words``.

    ``filled`` tells that it was tried already and is to be repeated. ``claims`` are those in
    conflict, or those that carry the hop which would become matched.
    """

    reason: DecidingReason
    side: Side
    aspect: Aspect | None
    context: tuple[ContextPart, ...]
    filled: bool
    words: str
    claims: tuple[str, ...]


class Matrix(Frozen):
    """All that was tried, by side, aspect and context; a page of contexts, fullest first.

    ``total`` counts contexts. ``beside`` are claims that tried nothing: of background, hypotheses
    and bare associations. ``deciding`` are the cells to fill next, the most telling first.
    """

    query: MatrixQuestion
    snapshot: Snapshot
    contexts: tuple[MatrixContext, ...]
    deciding: tuple[DecidingCell, ...]
    beside: tuple[ConflictClaim, ...]
    total: int
    next: str | None = None
