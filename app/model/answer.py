"""Questions to the reasoning kernel and its answers.

The shapes are those of every door; ``claims.md`` of the design and ``docs/reference/reasoning.md``
say how they come about.
"""

from enum import StrEnum

from pydantic import Field

from app.model.base import Frozen
from app.model.history import Snapshot
from app.model.vocabulary import (
    Agreement,
    Aspect,
    Category,
    ContextType,
    Effect,
    Epistemic,
    PerturbationType,
    Side,
    Sign,
    Status,
    Tier,
)

MAX_HOPS_LIMIT = 6


class AnswerOrder(StrEnum):
    """By what interventions of the same tier are ordered, where the tier is *predicted*: by
    where they stand by all rules, or by net influence alone.
    """

    STANDING = "standing"
    INFLUENCE = "influence"


class NamedEntity(Frozen):
    """An entity as answers show it."""

    id: str
    name: str
    category: Category | None = None


class AskedContext(Frozen):
    """A context that the question asks for; a setting is named by its value."""

    type: ContextType
    id: str


class SideEffect(Frozen):
    """An effect on another outcome, which an intervention shall not have."""

    outcome: NamedEntity
    effect: Effect


class InterventionQuestion(Frozen):
    """Which interventions have ``effect`` on ``outcome``?

    ``simulate`` also runs an ensemble of networks and lets its effects order the predicted tier.
    ``excluding`` asks of each whether it also has these effects; it drops and moves none.
    """

    outcome: NamedEntity
    effect: Effect
    context: tuple[AskedContext, ...] = ()
    max_hops: int = Field(default=3, ge=1, le=MAX_HOPS_LIMIT)
    include_candidates: bool = False
    include_background: bool = False
    matched_only: bool = False
    order: AnswerOrder = AnswerOrder.STANDING
    simulate: bool = False
    excluding: tuple[SideEffect, ...] = ()
    as_of: str | None = None


class PathQuestion(Frozen):
    """Which signed paths lead from one of ``sources`` to one of ``targets``?

    ``direction`` is the change made at the source; it decides which hops are matched. ``sign`` is
    the wished product of the edges; null asks for both.
    """

    sources: tuple[NamedEntity, ...] = Field(min_length=1)
    targets: tuple[NamedEntity, ...] = Field(min_length=1)
    direction: Sign = Sign.NEGATIVE
    sign: Sign | None = None
    max_hops: int = Field(default=3, ge=1, le=MAX_HOPS_LIMIT)
    k: int = Field(default=25, ge=1, le=1000)
    via: tuple[NamedEntity, ...] = ()
    avoid: tuple[NamedEntity, ...] = ()
    categories: tuple[Category, ...] = ()
    context: tuple[AskedContext, ...] = ()
    min_belief: float = Field(default=0.0, ge=0.0, le=1.0)
    matched_only: bool = False
    include_candidates: bool = False
    include_background: bool = False
    as_of: str | None = None


class ContextFinding(Frozen):
    """How what was found answers what was asked, for one kind of context.

    ``inferred`` where what was found is concluded and not said: by the reader, or from a cell line
    to its organism.
    """

    asked: str | None
    found: str | None
    agreement: Agreement
    inferred: bool = False


class ContextFailure(Frozen):
    """A hop that does not answer the asked context: *mismatch* or *unstated*.

    ``hop`` counts from 1, ``slot`` is the kind of context.
    """

    hop: int = Field(ge=1)
    slot: ContextType
    asked: str
    found: str | None
    agreement: Agreement


class Step(Frozen):
    """One hop of a path.

    ``kinship`` names the membership that a hop of kinship goes by (``member_of``); such a hop has
    no claims. ``matched`` says whether the change that arrives at the subject is the change that
    the experiment made. ``candidates`` are those of ``claims`` that no curator has judged.
    """

    subject: str
    subject_name: str
    sign: Sign
    object: str
    object_name: str
    aspect: Aspect | None
    rule: str
    side: Side | None
    matched: bool
    belief: float
    claims: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    kinship: str | None = None
    condition: tuple[str, ...] = ()
    context: dict[ContextType, ContextFinding] = Field(default_factory=dict)
    sentence_missing: bool = False


class Path(Frozen):
    """A signed path with its arithmetic in words.

    ``belief`` is the product of the steps' beliefs and the cost of each extrapolated hop;
    ``weakest`` the belief of the weakest step. ``context`` has the worst finding of each kind over
    all hops, ``failures`` name the hops that do not answer what was asked.
    """

    steps: tuple[Step, ...]
    tier: Tier | None = None
    matched: bool
    sign: Sign
    arithmetic: str
    belief: float
    weakest: float
    agreement: Agreement = Agreement.UNASKED
    context: dict[ContextType, ContextFinding] = Field(default_factory=dict)
    failures: tuple[ContextFailure, ...] = ()


class AnswerEvidence(Frozen):
    """A quote that an answer rests on, or that stands beside it.

    ``pmid`` is the article that the claim is from, else the first publication that its import
    names; ``publications`` are all of them. ``role`` is ``ground`` where the answer's belief comes
    from the claim and ``beside`` where the claim only says the same (a title, an interpretation
    drawn from a ground, background).
    """

    claim: str
    statement: str
    pmid: str | None
    publications: tuple[str, ...] = ()
    quote: str | None
    start: int | None
    end: int | None
    verified: bool | None
    epistemic: Epistemic
    status: Status
    role: str = Field(pattern="^(ground|beside)$")


class CounterEvidence(Frozen):
    """A claim that speaks against an answer.

    ``kind`` is ``opposite_sign``, ``null_result`` or ``retracted``; ``relation`` is
    ``contradicts`` or ``differs_in_scope``, then ``scope`` names the slots that differ.
    """

    claim: str
    statement: str
    kind: str = Field(pattern="^(opposite_sign|null_result|retracted)$")
    relation: str = Field(pattern="^(contradicts|differs_in_scope)$")
    scope: tuple[str, ...] = ()
    pmid: str | None
    quote: str | None
    start: int | None
    end: int | None
    verified: bool | None


class ExclusionVerdict(StrEnum):
    """Whether an intervention has a side effect: shown that it has, or not, or never measured."""

    EXCLUDED = "excluded"
    CLEAR = "clear"
    NEVER_MEASURED = "never_measured"


class Exclusion(Frozen):
    """What is known of one side effect of one intervention.

    ``evidence`` are experiments in the intervention's own direction that showed the effect,
    ``against`` those that showed none of it, or the opposite: *excluded* with both is in dispute.
    ``predicted`` is the best path that leads to an effect nobody measured. ``simulated_effect`` is
    read from a simulation of the side effect, where one was asked for; ``note`` says why there is
    none, or what the search could not tell.
    """

    outcome: NamedEntity
    effect: Effect
    verdict: ExclusionVerdict
    evidence: tuple[AnswerEvidence, ...] = ()
    against: tuple[AnswerEvidence, ...] = ()
    predicted: Path | None = None
    simulated_effect: float | None = None
    simulated_error: float | None = None
    note: str | None = None


class InterventionPerturbation(Frozen):
    """What is done to the target."""

    type: PerturbationType
    direction: Sign


class Intervention(Frozen):
    """One answer: a target, what is done to it, and why that should have the effect.

    ``influence`` is the net influence of a prediction, the damped sum over all signed walks to the
    outcome: above 0 it works towards the effect, below 0 against it. ``competing`` says which share
    of the walks' weight has the other sign than the most of it. ``simulated_effect`` is there where
    a simulation was asked for and the target took part in it; ``simulated_error`` is its standard
    error.

    ``sign_chance`` is how likely the sign of a prediction by a chain is right, by the walks of two
    to four hops, as found on curated graphs from which links were held out. An answer ``commits``
    to its sign from 0.85, where no hop of its best path was tried in the opposite direction alone;
    otherwise it leaves it open. Null where a link leads straight to the
    outcome, and on other tiers.
    """

    target: NamedEntity
    perturbation: InterventionPerturbation
    tier: Tier
    matched: bool
    contradicted: bool = False
    belief: float
    weakest: float
    agreement: Agreement
    paths: tuple[Path, ...]
    evidence: tuple[AnswerEvidence, ...]
    claim_count: int
    papers: int
    independent_papers: int
    candidates_used: tuple[str, ...] = ()
    influence: float | None = None
    competing: float | None = None
    sign_chance: float | None = None
    commits: bool | None = None
    simulated_effect: float | None = None
    simulated_error: float | None = None
    counter_evidence: tuple[CounterEvidence, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()


class InterventionAnswer(Frozen):
    """All interventions that answer a question, best first; a page of them.

    ``complete`` is false where the search was stopped or cut short: then ``note`` says what holds.
    """

    query: InterventionQuestion
    snapshot: Snapshot
    interventions: tuple[Intervention, ...]
    total: int
    complete: bool = True
    note: str | None = None
    next: str | None = None


class PathAnswer(Frozen):
    """The best paths that answer a path question, best first.

    ``complete`` is false where the search was stopped: the paths are the first ones all the same,
    but more may follow.
    """

    query: PathQuestion
    snapshot: Snapshot
    paths: tuple[Path, ...]
    total: int
    complete: bool = True
