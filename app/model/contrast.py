"""What is shown in one place and not in another, and what a cause needs for its effect."""

from enum import StrEnum

from pydantic import Field

from app.model.answer import (
    AnswerEvidence,
    AskedContext,
    InterventionPerturbation,
    NamedEntity,
)
from app.model.base import Frozen
from app.model.history import Snapshot
from app.model.matrix import CellResult, ContextPart
from app.model.vocabulary import Aspect, Effect


class ContrastKind(StrEnum):
    """What sets a row apart: of what was shown here, what is known of there.

    *only_here*: it was tried there, without effect; *opposite*: it did the opposite there;
    *conflicting*: claims contradict each other on either side; *untested*: nobody tried it there,
    which says nothing of its effect; *both*: it was shown there, too.
    """

    ONLY_HERE = "only_here"
    OPPOSITE = "opposite"
    CONFLICTING = "conflicting"
    UNTESTED = "untested"
    BOTH = "both"


class Place(Frozen):
    """One side of a contrast: an outcome in a context; without ``context`` any."""

    outcome: NamedEntity
    effect: Effect
    context: tuple[AskedContext, ...] = ()


class ContrastQuestion(Frozen):
    """Which interventions have an effect ``here``, and what is known of them ``there``?"""

    here: Place
    there: Place
    include_candidates: bool = False
    as_of: str | None = None


class ContrastCell(Frozen):
    """What experiments in the intervention's own direction found on one side of a contrast.

    ``result`` is that of the matrix; ``opposite`` marks an effect that is the opposite of what was
    asked. ``claims`` showed the effect, ``against`` are null results of that very change and
    aspect, and opposite effects. ``unplaced`` counts claims that would stand here or there if they
    stated the context that is asked for.
    """

    result: CellResult
    opposite: bool = False
    claims: tuple[AnswerEvidence, ...] = ()
    against: tuple[AnswerEvidence, ...] = ()
    total: int = 0
    unplaced: int = 0


class ContrastRow(Frozen):
    """An intervention that was shown to have the effect here, and what is known of it there.

    ``words`` is the experiment that would tell, where there was none or claims contradict each
    other there.
    """

    target: NamedEntity
    perturbation: InterventionPerturbation
    kind: ContrastKind
    here: ContrastCell
    there: ContrastCell
    words: str | None = None


class Contrast(Frozen):
    """What has the effect here, those first for which it is known that it has not there."""

    query: ContrastQuestion
    snapshot: Snapshot
    rows: tuple[ContrastRow, ...]
    total: int
    next: str | None = None


class RequirementQuestion(Frozen):
    """What does ``cause`` need in order to have its effect on ``outcome``?"""

    cause: NamedEntity
    outcome: NamedEntity
    include_candidates: bool = False
    as_of: str | None = None


class RequirementSource(StrEnum):
    """How a need is told: of the relation itself (rule 6), by a loss while the cause was there,
    by the cause having its effect without it, or as a background in which the cause was tried.
    """

    RELATION = "relation"
    LOSS_WITH_CAUSE = "loss_with_cause"
    EFFECT_WITHOUT = "effect_without"
    BACKGROUND = "background"
    OUTCOME = "outcome"


class RequirementCell(Frozen):
    """What was found of a need, in one aspect and context.

    ``positive``: it is needed; ``null``: the effect came without it. ``opposite`` marks that its
    loss worked the other way.
    """

    aspect: Aspect | None
    context: tuple[ContextPart, ...]
    result: CellResult
    opposite: bool = False
    sources: tuple[RequirementSource, ...]
    claims: tuple[AnswerEvidence, ...]
    total: int


class Requirement(Frozen):
    """One thing that a cause may need; all that are needed are needed together.

    With several ``entities`` any one of them will do: only their joint loss was shown to matter.
    ``entities`` are empty where only the text's words (``name``) are known. ``partial`` says that
    no claim shows more than a part of the effect to be lost, which makes no necessity. ``words`` is
    the experiment that would tell where nobody took it away.
    """

    entities: tuple[NamedEntity, ...]
    name: str
    result: CellResult
    partial: bool = False
    cells: tuple[RequirementCell, ...]
    words: str | None = None


class Requirements(Frozen):
    """What a cause needs for its effect: shown needs first, then those in conflict, then what it
    does without, then what nobody took away.

    ``of_outcome`` are the first of ``of_outcome_total`` needs that claims state of the outcome
    alone: whether they hold for this cause they do not say. ``beside`` are claims that deny no
    more than the totality of a need ("not required").
    """

    query: RequirementQuestion
    snapshot: Snapshot
    requirements: tuple[Requirement, ...]
    of_outcome: tuple[Requirement, ...]
    of_outcome_total: int = Field(ge=0)
    beside: tuple[AnswerEvidence, ...] = ()
    total: int
    next: str | None = None
