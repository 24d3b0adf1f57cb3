"""Why a target is an answer, or what is missing that it is none."""

from enum import StrEnum

from app.model.answer import Intervention, InterventionQuestion, NamedEntity, Path
from app.model.base import Frozen
from app.model.history import Snapshot
from app.model.vocabulary import Aspect, Side, Sign


class Lack(StrEnum):
    """What keeps a target from being an answer; with that alone otherwise it would be one."""

    MATCHED = "unmatched"
    ASPECT = "wrong_aspect"
    SIGN = "wrong_sign"
    HOPS = "too_long"
    CANDIDATES = "only_candidates"
    BACKGROUND = "only_background"
    ROLE = "unknown_role"
    PATH = "no_path"
    DIRECTION = "other_direction"
    NULL = "no_null_result"


class ClaimWorth(Frozen):
    """What one claim adds to a link.

    ``reliability`` is that of the claim by itself. It ``counts`` where it speaks for its paper and
    the paper is of the strongest set of which no two share an author; otherwise ``instead`` is a
    claim that does, of the same paper or of one that shares an author. ``share`` is 1 where it
    counts and 0 where not, and between them only where shared authors entangle too many papers.
    """

    claim: str
    reliability: float
    counts: bool
    share: float
    instead: str | None = None


class LinkWorth(Frozen):
    """How a link's belief comes about: ``belief = together * (1 - weight * opposite)``.

    ``together`` is what independent papers give, 1 - prod((1 - reliability) ** share); ``opposite``
    that of the surest link of the other sign between the same ends, ``weight`` how much it takes
    away.
    """

    subject: str
    object: str
    sign: Sign
    side: Side | None
    aspect: Aspect | None
    claims: tuple[ClaimWorth, ...]
    together: float
    opposite: float
    weight: float
    belief: float


class Explained(Frozen):
    """An answer with what its figures were computed from.

    ``net`` and ``total`` are the damped sums over all walks to the outcome, signed and unsigned;
    predictions are ordered by ``strength``, net * |net| / total.
    """

    intervention: Intervention
    links: tuple[LinkWorth, ...]
    net: float
    total: float
    strength: float


class Lacking(Frozen):
    """One thing that is missing, and the path that there would be with it."""

    direction: Sign
    reason: Lack
    note: str
    path: Path | None = None


class Why(Frozen):
    """Why a target answers a question (``answers``), or what is missing (``lacking``)."""

    query: InterventionQuestion
    target: NamedEntity
    snapshot: Snapshot
    answers: tuple[Explained, ...]
    lacking: tuple[Lacking, ...]
