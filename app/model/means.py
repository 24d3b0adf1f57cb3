"""Compounds and constructs in place of targets: which of them has an effect on an outcome."""

from enum import StrEnum

from app.model.answer import (
    AnswerEvidence,
    Exclusion,
    Intervention,
    InterventionPerturbation,
    InterventionQuestion,
    NamedEntity,
)
from app.model.base import Frozen
from app.model.history import Snapshot
from app.model.vocabulary import Measure, Sign, Tier


class Selectivity(StrEnum):
    """On how many genes and proteins a means is known to act.

    *not_known* is not *selective*, nor is *one_known*: what nobody looked at is on no list.
    """

    SEVERAL = "several"
    ONE_KNOWN = "one_known"
    NOT_KNOWN = "not_known"


class ActedOn(Frozen):
    """Something that a means is known to change.

    ``directions`` are the changes that claims report, ``0`` where one tells none. ``named`` says
    that a claim names the means as what the target was changed with; otherwise it is told by an
    effect of the means on the target, which may be an indirect one. ``measures`` are those that
    the claims shown speak of; ``evidence`` are the first of ``claim_count`` claims.
    """

    target: NamedEntity
    directions: tuple[Sign, ...]
    named: bool
    measures: tuple[Measure, ...]
    evidence: tuple[AnswerEvidence, ...]
    claim_count: int


class Means(Frozen):
    """A compound or construct that would have the effect.

    ``means`` is null where only the text's words (``name``) are known of it. ``intervention`` is
    what is done with it: the compound is given, or the target changed that claims name it for; its
    paths and quotes lead on to the outcome. ``through`` is what its paths lead over first, none
    where claims only report its own effect on the outcome. ``shown`` are claims that report the
    effect of changing a target with this very means. ``tier`` and ``belief`` are those of the
    means: over a target it is *predicted*, unless the effect was shown with it.

    ``acts_on`` are the first of ``acts_on_total`` genes and proteins that it is known to act on.
    """

    means: NamedEntity | None
    name: str
    tier: Tier
    matched: bool
    belief: float
    intervention: Intervention
    through: tuple[ActedOn, ...] = ()
    shown: tuple[AnswerEvidence, ...] = ()
    selectivity: Selectivity
    acts_on: tuple[ActedOn, ...] = ()
    acts_on_total: int = 0
    exclusions: tuple[Exclusion, ...] = ()


class WithoutMeans(Frozen):
    """A target that answers the question, and for which no means is known."""

    target: NamedEntity
    perturbation: InterventionPerturbation
    tier: Tier


class MeansAnswer(Frozen):
    """The compounds and constructs that answer a question, best first; a page of them.

    ``without_means`` are those of the first targets for which no means is known. ``complete`` is
    false where the search was stopped or cut short: then ``note`` says what holds.
    """

    query: InterventionQuestion
    snapshot: Snapshot
    means: tuple[Means, ...]
    without_means: tuple[WithoutMeans, ...]
    total: int
    complete: bool = True
    note: str | None = None
    next: str | None = None
