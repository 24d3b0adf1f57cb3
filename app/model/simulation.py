"""Questions to an ensemble of simulated networks, and their answers."""

from typing import Final

from pydantic import Field

from app.model.answer import InterventionPerturbation, NamedEntity
from app.model.base import Frozen
from app.model.history import Snapshot
from app.model.limits import MOST_NETWORKS, MOST_NODES, MOST_TARGETS
from app.model.vocabulary import Effect, Side, Sign

SIMULATED: Final = frozenset(
    {Effect.REVERSES, Effect.PREVENTS, Effect.LOWERS, Effect.INDUCES, Effect.PROMOTES}
)
"""The effects that a network of on and off can show."""


class HeldEntity(Frozen):
    """An entity that is held up (``+``) or down (``-``) in every run."""

    entity: NamedEntity
    direction: Sign


class SimulationQuestion(Frozen):
    """What does the whole network do with an intervention?

    ``targets`` are those that are tried, both lowered and raised; none given: every entity of the
    subgraph. ``pairs`` also tries the strongest interventions two by two. ``hold`` fixes the
    context. ``inducer`` is switched on in *prevents*; none given: what brings the phenotype is
    looked for among the entities that nothing regulates. ``nodes`` bounds the subgraph.
    """

    outcome: NamedEntity
    effect: Effect
    targets: tuple[NamedEntity, ...] = Field(default=(), max_length=MOST_TARGETS)
    pairs: bool = False
    hold: tuple[HeldEntity, ...] = Field(default=(), max_length=MOST_TARGETS)
    inducer: tuple[NamedEntity, ...] = Field(default=(), max_length=MOST_TARGETS)
    networks: int = Field(default=200, ge=10, le=MOST_NETWORKS)
    nodes: int = Field(default=100, ge=2, le=MOST_NODES)
    seed: int = Field(default=1, ge=0, le=2**32 - 1)
    include_candidates: bool = False
    include_background: bool = False
    as_of: str | None = None


class SimulatedTarget(Frozen):
    """A target and what is done to it."""

    target: NamedEntity
    perturbation: InterventionPerturbation


class SimulatedIntervention(Frozen):
    """What an intervention did in the ensemble.

    ``effect`` is the share of the phenotype that is lost, or that comes: 1 is all of it in every
    network, below 0 it worked the other way. ``standard_error`` comes from the spread among
    networks. Of a pair, ``gain`` is by how much it exceeds the better of its two.
    """

    targets: tuple[SimulatedTarget, ...]
    effect: float
    standard_error: float | None
    gain: float | None = None


class SimulatedModel(Frozen):
    """What was simulated: the subgraph, and how many networks could be asked.

    ``sided`` counts the links with a side known by experiment, ``contradicted`` the pairs of
    entities with links of both signs, of which each network follows one. ``left_out`` entities
    also reach the outcome, ``cut`` links come from those. In ``networks - asked`` networks the
    phenotype can't be shown, or can't be brought about.
    """

    entities: int
    links: int
    sided: int
    memberships: int
    contradicted: int
    left_out: int
    cut: int
    networks: int
    asked: int


class DecidingExperiment(Frozen):
    """The experiment whose outcome would change a simulated effect most.

    ``words`` says what to do. The effect is ``if_decides`` in the networks in which this side of
    the link decides alone, ``if_not`` in the others; ``claims`` carry the link.
    """

    intervention: SimulatedTarget
    subject: NamedEntity
    object: NamedEntity
    sign: Sign
    side: Side
    words: str
    if_decides: float
    if_not: float
    standard_error: float
    claims: tuple[str, ...]


class SimulationAnswer(Frozen):
    """Interventions by their simulated effect, strongest first. It is a model and no finding."""

    query: SimulationQuestion
    snapshot: Snapshot
    interventions: tuple[SimulatedIntervention, ...]
    model: SimulatedModel
    deciding: DecidingExperiment | None = None
    note: str | None = None
