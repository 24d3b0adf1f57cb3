"""Signatures, and the interventions that explain or reverse them."""

from enum import StrEnum

from pydantic import Field

from app.model.answer import AnswerEvidence, InterventionPerturbation, NamedEntity, Path
from app.model.base import Frozen
from app.model.history import Snapshot
from app.model.limits import MOST_SIGNATURE


class SignatureGoal(StrEnum):
    """What the intervention shall do: what the signature shows, or its opposite."""

    REVERSE = "reverse"
    EXPLAIN = "explain"


class SignatureQuestion(Frozen):
    """Which interventions are predicted to do what a signature shows, or its opposite?

    ``weights`` are by identifier or name as given: above 0 is up, below 0 down, 0 measured and
    unchanged. ``background`` entities of the graph, drawn by chance, count as measured and
    unchanged besides; 0 where the signature names all that was measured.
    """

    weights: dict[str, float] = Field(min_length=1, max_length=MOST_SIGNATURE)
    goal: SignatureGoal = SignatureGoal.REVERSE
    max_hops: int = Field(default=4, ge=1, le=6)
    background: int = Field(default=200, ge=0, le=2000)
    permutations: int = Field(default=1000, ge=100, le=10_000)
    seed: int = Field(default=1, ge=0, le=2**32 - 1)
    include_candidates: bool = False
    include_background: bool = False
    as_of: str | None = None


class SignatureHit(Frozen):
    """A measured entity that the intervention is predicted to change.

    ``predicted`` is the net influence, above 0 where it rises; ``path`` the best one that changes
    it so.
    """

    entity: NamedEntity
    weight: float
    predicted: float
    path: Path | None = None


class SignatureMatch(Frozen):
    """A target, the change of it that fits, and how well.

    ``correlation`` is that of its predicted consequences with the weights (*explain*), or with
    their opposite (*reverse*). ``p`` is by permutation, ``adjusted_p`` corrected for all tested
    targets. Of the entities with a weight ``agreeing`` go the asked way and ``opposing`` the
    other; ``hits`` are the agreeing ones that count most, ``evidence`` the quotes of their paths.
    """

    target: NamedEntity
    perturbation: InterventionPerturbation
    correlation: float
    p: float
    adjusted_p: float
    agreeing: int
    opposing: int
    hits: tuple[SignatureHit, ...]
    evidence: tuple[AnswerEvidence, ...]


class UnusedReason(StrEnum):
    """Why an entity of a signature was not used."""

    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    CONTRADICTORY = "contradictory"
    UNLINKED = "unlinked"


class UnusedEntity(Frozen):
    """An entity of the signature that was not used, and why; ``note`` says what to do."""

    name: str
    reason: UnusedReason
    note: str


class SignatureSummary(Frozen):
    """What was asked, but for the weights: how many were ``given`` and ``used``.

    ``merged`` names were further ones of the same entity: the mean of their weights counts.
    ``background`` entities were drawn besides.
    """

    goal: SignatureGoal
    max_hops: int
    permutations: int
    seed: int
    given: int
    used: int
    merged: int
    background: int
    include_candidates: bool
    include_background: bool
    as_of: str | None


class SignatureAnswer(Frozen):
    """Interventions that fit a signature, best first. They are predictions and no findings.

    ``tested`` targets are predicted to change something that was measured; ``p`` values are
    corrected for them. ``method`` says how.
    """

    query: SignatureSummary
    snapshot: Snapshot
    matches: tuple[SignatureMatch, ...]
    tested: int
    unused: tuple[UnusedEntity, ...]
    method: str
    note: str | None = None
