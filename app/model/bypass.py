"""What an intervention leaves open, and the second target that closes most of it."""

from pydantic import Field

from app.model.answer import (
    AnswerEvidence,
    InterventionPerturbation,
    InterventionQuestion,
    NamedEntity,
    Path,
)
from app.model.base import Frozen
from app.model.history import Snapshot


class OpenRoute(Frozen):
    """A path into the outcome that passes neither the target nor its kin.

    It is shown as the intervention that would close it at its source: ``perturbation`` is what is
    done to ``source``. ``evidence`` are the claims that the path rests on.
    """

    source: NamedEntity
    perturbation: InterventionPerturbation
    path: Path
    evidence: tuple[AnswerEvidence, ...]


class SimulatedPair(Frozen):
    """What the second target does in the ensemble: by itself, and with the first one.

    ``gain`` is by how much the pair exceeds the better of its two.
    """

    alone: float
    together: float
    standard_error: float | None
    gain: float


class SecondTarget(Frozen):
    """A further target that lies on open routes, or starts them.

    ``routes`` are the numbers of the routes that it closes, counted from 1; ``share`` is the part
    of the summed belief of all routes shown that these have. On ``against`` further routes the
    same change would work the other way. ``words`` say it in a sentence.
    """

    target: NamedEntity
    perturbation: InterventionPerturbation
    routes: tuple[int, ...]
    closes: int = Field(ge=1)
    share: float = Field(ge=0.0, le=1.0)
    against: int = Field(ge=0)
    words: str
    simulated: SimulatedPair | None = None


class BypassSimulation(Frozen):
    """What the first target does by itself in the ensemble, and the strongest pair with it.

    ``best`` is the second target whose pair has the greatest effect; null where none exceeds the
    better of its two. Of ``networks`` drawn, ``asked`` could show the phenotype.
    """

    effect: float
    standard_error: float | None
    best: NamedEntity | None
    entities: int
    networks: int
    asked: int


class Bypass(Frozen):
    """The strongest routes that an intervention leaves open, and what would close most of them.

    ``closed`` are the target, its kin, and what else was asked to be taken for closed. ``strength``
    is the summed belief of the routes shown; ``more`` where further ones are open. ``complete`` is
    false where the search was stopped. ``note`` says why there are no routes or no simulation.
    """

    query: InterventionQuestion
    target: NamedEntity
    perturbation: InterventionPerturbation
    snapshot: Snapshot
    closed: tuple[NamedEntity, ...]
    routes: tuple[OpenRoute, ...]
    strength: float
    more: bool
    seconds: tuple[SecondTarget, ...]
    simulation: BypassSimulation | None = None
    complete: bool = True
    note: str | None = None
