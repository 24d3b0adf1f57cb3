"""Questions for what follows from an intervention, and their answers."""

from pydantic import Field

from app.model.answer import (
    MAX_HOPS_LIMIT,
    AnswerOrder,
    AskedContext,
    Intervention,
    InterventionPerturbation,
    InterventionQuestion,
    NamedEntity,
)
from app.model.base import Frozen
from app.model.history import Snapshot
from app.model.vocabulary import Category, Effect, Sign, Tier


class ConsequenceQuestion(Frozen):
    """What follows from lowering (``-``) or raising (``+``) ``target``?

    Without ``effect`` everything that falls (*lowers*) or rises (*promotes*) is asked for, with one
    what it is had on. ``categories`` restricts the outcomes; none given: all.
    """

    target: NamedEntity
    direction: Sign
    effect: Effect | None = None
    categories: tuple[Category, ...] = ()
    context: tuple[AskedContext, ...] = ()
    max_hops: int = Field(default=3, ge=1, le=MAX_HOPS_LIMIT)
    include_candidates: bool = False
    include_background: bool = False
    matched_only: bool = False
    order: AnswerOrder = AnswerOrder.STANDING
    as_of: str | None = None

    def about(self, outcome: NamedEntity, effect: Effect) -> InterventionQuestion:
        """Return the question for interventions that has the same answer on one outcome."""
        shared = self.model_dump(exclude={"target", "direction", "effect", "categories"})
        return InterventionQuestion(outcome=outcome, effect=effect, **shared)


class GroundedEffect(Frozen):
    """An effect that a direct link grounds: *observed* or *entailed*."""

    effect: Effect
    tier: Tier


class Consequence(Intervention):
    """One outcome of the intervention: everything that the intervention's answer to it shows.

    ``direction`` is how the outcome changes, ``effect`` the effect that the row is about; ``also``
    are those which a direct link grounds besides.
    """

    outcome: NamedEntity
    direction: Sign
    effect: Effect
    also: tuple[GroundedEffect, ...] = ()


class ConsequenceAnswer(Frozen):
    """All that follows from an intervention, best first; a page of it.

    ``target`` and ``perturbation`` are in canonical terms: inhibiting what is the opposite of EMT
    is activating EMT. ``complete`` is false where the search was stopped or cut short: then
    ``note`` says what holds. ``note`` also says why nothing follows.
    """

    query: ConsequenceQuestion
    target: NamedEntity
    perturbation: InterventionPerturbation
    snapshot: Snapshot
    consequences: tuple[Consequence, ...]
    total: int
    complete: bool = True
    note: str | None = None
    next: str | None = None
