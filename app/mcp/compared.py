"""What the tools that compare experiments answer, as agents read it."""

from app.mcp.shown import Cited, ShownExclusion, ShownPath
from app.model.answer import InterventionPerturbation, NamedEntity
from app.model.base import Frozen
from app.model.contrast import ContrastKind, RequirementSource
from app.model.history import Snapshot
from app.model.matrix import CellResult, ContextPart, DecidingCell
from app.model.means import Selectivity, WithoutMeans
from app.model.vocabulary import Aspect, Side, Sign, Tier


class Touched(Frozen):
    """Something that a means acts on; ``named`` where a text names it as the means' target."""

    target: NamedEntity
    directions: tuple[Sign, ...]
    named: bool
    claim_count: int
    evidence: tuple[Cited, ...]


class ShownMeans(Frozen):
    """A compound or construct. ``not_known`` and ``one_known`` do not mean selective."""

    means: NamedEntity | None
    name: str
    tier: Tier
    belief: float
    target: NamedEntity
    perturbation: InterventionPerturbation
    paths: tuple[ShownPath, ...]
    evidence: tuple[Cited, ...]
    through: tuple[Touched, ...]
    selectivity: Selectivity
    acts_on: tuple[Touched, ...]
    acts_on_total: int
    exclusions: tuple[ShownExclusion, ...] = ()


class MeansShown(Frozen):
    """Compounds and constructs, best first, and the targets for which none is known."""

    outcome: NamedEntity
    snapshot: Snapshot
    means: tuple[ShownMeans, ...]
    without_means: tuple[WithoutMeans, ...]
    total: int
    complete: bool
    cut: tuple[str, ...] = ()


class TriedCell(Frozen):
    """What was found by one change of the target, in one aspect and context."""

    context: tuple[ContextPart, ...]
    side: Side | None
    aspect: Aspect | None
    result: CellResult
    total: int
    evidence: tuple[Cited, ...]


class TriedShown(Frozen):
    """All that was tried; cells that are missing are untested."""

    target: NamedEntity
    outcome: NamedEntity
    snapshot: Snapshot
    cells: tuple[TriedCell, ...]
    deciding: tuple[DecidingCell, ...]
    cut: tuple[str, ...] = ()


class ShownCell(Frozen):
    """What was found on one side; ``unplaced`` claims do not say where they hold."""

    result: CellResult
    opposite: bool
    evidence: tuple[Cited, ...]
    against: tuple[Cited, ...]
    total: int
    unplaced: int


class ContrastRowShown(Frozen):
    """An intervention on both sides; ``words`` is the experiment that would tell."""

    target: NamedEntity
    perturbation: InterventionPerturbation
    kind: ContrastKind
    here: ShownCell
    there: ShownCell
    words: str | None


class ContrastShown(Frozen):
    """What has the effect here, those first that are known not to have it there."""

    snapshot: Snapshot
    rows: tuple[ContrastRowShown, ...]
    total: int
    cut: tuple[str, ...] = ()


class Told(Frozen):
    """What was found of a need, in one aspect and context."""

    aspect: Aspect | None
    context: tuple[ContextPart, ...]
    result: CellResult
    opposite: bool
    sources: tuple[RequirementSource, ...]
    evidence: tuple[Cited, ...]


class NeedShown(Frozen):
    """A need; of several ``entities`` any one will do."""

    entities: tuple[NamedEntity, ...]
    name: str
    result: CellResult
    partial: bool
    told: tuple[Told, ...]
    words: str | None


class NeedsShown(Frozen):
    """What a cause needs, and what claims state of the outcome alone."""

    cause: NamedEntity
    outcome: NamedEntity
    snapshot: Snapshot
    requirements: tuple[NeedShown, ...]
    of_outcome: tuple[NeedShown, ...]
    total: int
    cut: tuple[str, ...] = ()
