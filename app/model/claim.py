"""A claim: one statement by one article, in one context.

The slots are those of the typed graph (``graph_schema/evipath.yaml``). A :class:`Claim` is what a
reader or curator says; a :class:`ClaimView` is a claim as it stands in the store, with its status,
edges, links and readings.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Self, cast

import orjson
from pydantic import Field, model_validator

from app.model.base import Frozen
from app.model.edge import Edge
from app.model.text import Grounding, Mention, Quote, Span, sha256_of
from app.model.vocabulary import (
    Aspect,
    CompositionOp,
    ContextType,
    DecisionType,
    Epistemic,
    EvidenceType,
    LinkType,
    Measure,
    OutcomeDirection,
    PerturbationType,
    PredicateType,
    Presence,
    Setting,
    Sign,
    Status,
    Strength,
    Supports,
    Timing,
)

PERTURBATION_DIRECTION: dict[PerturbationType, Sign | None] = {
    PerturbationType.NONE: Sign.UNSIGNED,
    PerturbationType.INHIBITION: Sign.NEGATIVE,
    PerturbationType.KNOCKDOWN: Sign.NEGATIVE,
    PerturbationType.KNOCKOUT: Sign.NEGATIVE,
    PerturbationType.DOMINANT_NEGATIVE: Sign.NEGATIVE,
    PerturbationType.BLOCKADE: Sign.NEGATIVE,
    PerturbationType.OVEREXPRESSION: Sign.POSITIVE,
    PerturbationType.ACTIVATION: Sign.POSITIVE,
    PerturbationType.CONSTITUTIVE_ACTIVATION: Sign.POSITIVE,
    PerturbationType.TREATMENT: Sign.POSITIVE,
    PerturbationType.WITHDRAWAL: Sign.NEGATIVE,
    PerturbationType.MUTATION: None,
    PerturbationType.LOSS: Sign.NEGATIVE,
    PerturbationType.GAIN: Sign.POSITIVE,
}
"""The direction that each perturbation has; None where the claim itself must say it."""


class Composition(Frozen):
    """How a mention that names several is made up."""

    op: CompositionOp
    members: tuple["Member", ...] = Field(min_length=1)


class Member(Frozen):
    """One member of a composite mention; ``mention`` is null where only an import names it."""

    mention: Span | None = None
    groundings: tuple[Grounding, ...] = ()


class Participant(Frozen):
    """An entity as the text names it; an anaphor keeps its own span and adds its antecedent.

    ``mention`` is null only in imports, which have no text to point into.
    """

    mention: Span | None = None
    antecedent: Span | None = None
    groundings: tuple[Grounding, ...] = ()
    composition: Composition | None = None
    measure: Measure | None = None

    @property
    def top(self) -> Grounding | None:
        """The best grounding, or None."""
        return self.groundings[0] if self.groundings else None


class Perturbation(Frozen):
    """What was done to the agent, by which means, in which words."""

    type: PerturbationType = PerturbationType.NONE
    direction: Sign = Sign.UNSIGNED
    means: Mention | None = None
    trigger: Span | None = None

    @model_validator(mode="after")
    def _direction_agrees(self) -> Self:
        fixed = PERTURBATION_DIRECTION[self.type]
        if fixed is not None and self.direction is not fixed:
            raise ValueError(
                f"perturbation {self.type} has direction {fixed}, not {self.direction}"
            )
        return self


class Predicate(Frozen):
    """The author's verb, normalised, and its words."""

    type: PredicateType
    trigger: Span | None = None


class Relation(Frozen):
    """A relation that is itself an outcome: "A is required for B's effect on C" (rule 6)."""

    subject: Participant
    sign: Sign
    object: Participant


class Outcome(Participant):
    """What changed, in which direction, and whether it was coming about or already there.

    With ``relation`` the outcome is that relation, and the direction is the change of its effect.
    """

    direction: OutcomeDirection
    aspect: Aspect | None = None
    aspect_mention: Span | None = None
    relation: Relation | None = None


class Background(Frozen):
    """A lasting modification of a cell or organism (``Ras-transformed``): never an agent."""

    mention: Span
    groundings: tuple[Grounding, ...] = ()
    modification: str | None = None


class ContextItem(Frozen):
    """One thing that the claim holds under.

    ``state`` says whether a co-stimulus was there, ``direction`` what a co-perturbation did, and
    ``value`` holds a setting. ``inferred`` marks what a reader concluded and the sentence does
    not say.
    """

    type: ContextType
    mention: Span | None = None
    groundings: tuple[Grounding, ...] = ()
    value: Setting | None = None
    name: str | None = None
    state: Presence | None = None
    direction: Sign | None = None
    background: tuple[Background, ...] = ()
    inferred: bool = False

    @model_validator(mode="after")
    def _setting_has_value(self) -> Self:
        if (self.type is ContextType.SETTING) != (self.value is not None):
            raise ValueError("a context item has a value if, and only if, it is a setting")
        return self


class Evidence(Frozen):
    """How the claim was shown; ``eco`` is a CURIE of the Evidence & Conclusion Ontology.

    ``stated`` is false where the kind of experiment is concluded from other sentences.
    """

    type: EvidenceType
    eco: tuple[str, ...] = ()
    supports: Supports = Supports.NONE
    cue: Span | None = None
    stated: bool = True


class ImportSource(Frozen):
    """Where an imported claim comes from; it takes the text's place in the claim's id.

    ``columns`` keeps what the source says beside, as ``name=value``; it is no part of the id.
    """

    resource: str
    edge: str
    qualifiers: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


ClaimId = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Claim(Frozen):
    """One statement by one article, in one context.

    ``text_sha256`` names the text that every span counts in; it is null for an import without
    text, which then has a ``source``.
    """

    text_sha256: str | None
    agent: Participant
    perturbation: Perturbation = Perturbation()
    predicate: Predicate
    outcome: Outcome
    negated: bool = False
    strength: Strength | None = None
    timing: Timing | None = None
    context: tuple[ContextItem, ...] = ()
    evidence: Evidence
    epistemic: Epistemic
    epistemic_cue: Span | None = None
    quotes: tuple[Quote, ...] = ()
    source: ImportSource | None = None

    @model_validator(mode="after")
    def _anchored(self) -> Self:
        if self.text_sha256 is None and self.source is None:
            raise ValueError("a claim needs the hash of its text or the source of its import")
        if self.source is None and not any(quote.span for quote in self.quotes):
            raise ValueError("a claim that is not imported needs at least one verbatim quote")
        return self

    @property
    def publications(self) -> tuple[str, ...]:
        """The publications that the claim's import names; none for one that was read."""
        return self.source.publications if self.source is not None else ()

    @cached_property
    def id(self) -> str:
        """The sha256 over text hash, slot spans and normalised slot values.

        Article, groundings, confidence, reader and status take no part, so that reading the same
        text again anywhere gives the same claim.
        """
        return sha256_of(orjson.dumps(_identity(self), option=orjson.OPT_SORT_KEYS).decode())

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields replaced, unvalidated; its id is its own."""
        copy = super().model_copy(update=update, deep=deep)
        copy.__dict__.pop("id", None)
        return copy

    def spans(self) -> tuple[Span, ...]:
        """Return every span of the claim but its quotes, in the order of the slots."""
        return tuple(_spans(self.model_dump(exclude={"quotes"})))

    def entity_ids(self) -> tuple[str, ...]:
        """Return the ids of the entities that the claim names in any grounding, each once."""
        return tuple(dict.fromkeys(grounding.id for grounding in _groundings(self)))


_NOT_IDENTITY = frozenset(
    {"groundings", "verified", "score", "name", "inferred", "stated", "columns"}
)
_OF_ITS_OWN = frozenset({"quotes", "id"})
_LEAVES = (str, int, float)


def _identity(claim: Claim) -> dict[str, object]:
    body = _said(claim, _OF_ITS_OWN)
    if claim.source is not None:
        # An import has no spans, so the entities of its triple tell it from its neighbours.
        body["entities"] = claim.entity_ids()
    body["quotes"] = sorted((q.start or 0, q.end or 0, q.text) for q in claim.quotes)
    return body


def _said(value: Frozen, other: frozenset[str] = frozenset()) -> dict[str, object]:
    """Return the slots that are part of the identity, without all that is null or empty.

    It goes through the values themselves, as every claim that comes in needs its id: dumping
    them first takes five times as long.
    """
    kept: dict[str, object] = {}
    for slot, held in value.__dict__.items():
        if held is None or slot in _NOT_IDENTITY or slot in other:
            continue
        if isinstance(held, _LEAVES):
            kept[slot] = held
        elif held and (plain := _plain(held)):
            kept[slot] = plain
    return kept


def _plain(held: object) -> object:
    if isinstance(held, tuple):
        return [_plain(item) for item in held]
    return held if isinstance(held, _LEAVES) else _said(cast("Frozen", held))


def _spans(value: object) -> list[Span]:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "text"}:
            return [Span.model_validate(value)]
        return [span for item in value.values() for span in _spans(item)]
    if isinstance(value, list | tuple):
        return [span for item in value for span in _spans(item)]
    return []


def _groundings(claim: Claim) -> Iterator[Grounding]:
    """Yield every grounding in the order of the slots; this order is part of imports' ids."""
    yield from _groundings_of(claim.agent)
    if claim.perturbation.means is not None:
        yield from claim.perturbation.means.groundings
    yield from _groundings_of(claim.outcome)
    if claim.outcome.relation is not None:
        yield from _groundings_of(claim.outcome.relation.subject)
        yield from _groundings_of(claim.outcome.relation.object)
    for item in claim.context:
        yield from item.groundings
        for background in item.background:
            yield from background.groundings


def _groundings_of(participant: Participant) -> Iterator[Grounding]:
    yield from participant.groundings
    if participant.composition is not None:
        for member in participant.composition.members:
            yield from member.groundings


class Extraction(Frozen):
    """One reading that found the claim: by which reader, version and rule, and how surely.

    ``revision`` is the store's revision at which the reading was recorded; null before that.
    """

    reader: str
    version: str
    rule: str | None = None
    confidence: float = Field(ge=0.0, le=1.0)
    revision: int | None = None


class Link(Frozen):
    """A link from one claim to another."""

    type: LinkType
    claim: ClaimId


class ClaimState(Frozen):
    """What curation and new texts have made of a claim, as of one revision.

    ``quotes`` are the claim's quotes as anchored in the article's present text. ``dropped`` says
    that its readers read the article again and no longer found it; ``superseded_by`` then names
    the candidate that says the same, if there is one.
    """

    status: Status = Status.CANDIDATE
    quotes: tuple[Quote, ...] = ()
    superseded_by: tuple[ClaimId, ...] = ()
    dropped: bool = False


class StoredClaim(Frozen):
    """A claim with what the store knows of it."""

    id: ClaimId
    article_id: str | None
    claim: Claim
    state: ClaimState
    revision: int


class Verdict(Frozen):
    """What a curator says of a claim at last: that it is right, or that it is not.

    ``decision`` is the decision that says so; ``needed`` how many must agree for it to count.
    """

    actor: str
    verdict: DecisionType
    decision: str
    reason: str | None = None
    needed: int = Field(default=1, ge=1)
    created_at: datetime


class ClaimView(Frozen):
    """A claim as every door shows it: the same shape in REST, command line and exports.

    ``revision`` is the last one in which the claim or the decisions on it changed. ``verdicts``
    are those that stand, oldest first: where curators differ, the claim is *disputed*.
    """

    id: ClaimId
    status: Status
    article: str | None
    agent: Participant
    perturbation: Perturbation
    predicate: Predicate
    outcome: Outcome
    negated: bool
    strength: Strength | None
    timing: Timing | None
    context: tuple[ContextItem, ...]
    evidence: Evidence
    epistemic: Epistemic
    epistemic_cue: Span | None
    quotes: tuple[Quote, ...]
    source: ImportSource | None
    edges: tuple[Edge, ...]
    links: tuple[Link, ...]
    superseded_by: tuple[ClaimId, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    confidence: float
    extractions: tuple[Extraction, ...]
    statement: str
    retracted: bool = False
    withdrawn: bool = False
    revision: int

    @property
    def publications(self) -> tuple[str, ...]:
        """The publications that the claim's import names, after the article that it is from."""
        named = self.source.publications if self.source is not None else ()
        return tuple(dict.fromkeys((self.article, *named) if self.article else named))

    @property
    def paper(self) -> str | None:
        """The article that the claim is from; else the first publication that its import names."""
        return next(iter(self.publications), None)
