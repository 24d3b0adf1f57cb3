"""What a service answers and takes; generated from its OpenAPI document by `make generate`.

A model keeps the fields that it does not know. A vocabulary lists the terms that were known when
this version was made; a newer service may answer others, which stay plain text.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, TypeAlias

from pydantic import Field

from evipath_client._base import Model, Networked, Request, Tabular

Agreement: TypeAlias = Literal["match", "broader", "narrower", "unstated", "mismatch", "unasked"]
"""How a found context answers the asked one."""

AnswerKind: TypeAlias = Literal["targets", "means"]
"""What a question for interventions lists: targets, or the means that act on them."""

AnswerOrder: TypeAlias = Literal["standing", "influence"]
"""By what interventions of the same tier are ordered, where the tier is *predicted*: by where they
stand by all rules, or by net influence alone.
"""

ArticleDecisionType: TypeAlias = Literal["merge", "undo"]
"""What a curator decided on an article."""

AskedChange: TypeAlias = Literal["negative", "positive"]
"""A change in a URL, where a bare ``+`` would arrive as a blank."""

AskedDirection: TypeAlias = Literal["outgoing", "incoming"]
"""Which links of the entity in the middle are drawn."""

AskedEffect: TypeAlias = Literal[
    "prevents",
    "reverses",
    "lowers",
    "induces",
    "promotes",
    "maintains",
    "worsens",
    "no_effect",
    "attenuates",
    "abrogates",
]
"""The effects that can be asked; ``attenuates`` and ``abrogates`` are read as ``lowers``."""

AskedSign: TypeAlias = Literal["positive", "negative", "unsigned"]
"""A sign in a URL, where a bare ``+`` would arrive as a blank."""

Aspect: TypeAlias = Literal["induction", "maintenance"]
"""Whether the outcome is coming about or already there."""

BundleForm: TypeAlias = Literal["json", "csv", "ris", "bibtex", "zip"]
"""The whole as JSON; its table; its citations; or all of them as files of one archive."""

Category: TypeAlias = Literal[
    "Gene",
    "Protein",
    "GeneFamily",
    "MacromolecularComplex",
    "Pathway",
    "BiologicalProcess",
    "PhenotypicFeature",
    "Disease",
    "ChemicalEntity",
    "SmallMolecule",
    "Cell",
    "CellLine",
    "AnatomicalEntity",
    "OrganismTaxon",
    "NamedThing",
]
"""What kind of thing an entity is; the names are Biolink's classes."""

CellResult: TypeAlias = Literal["positive", "null", "conflicting", "untested"]
"""What was found in a cell: an effect of either sign, none, both, or nothing was tried."""

ClaimOrder: TypeAlias = Literal["id", "article", "confidence", "-confidence"]
"""In which order claims come: within equals, by their ids.

``confidence`` is that of the surest reading of a claim, surest first; ``-confidence`` begins
with the least sure.
"""

CompositionOp: TypeAlias = Literal["and", "or", "pathway", "complex"]
"""How the members of a composite mention act together."""

ConflictKind: TypeAlias = Literal["contradicts", "scope"]
"""What a conflict is: claims that contradict each other, or that only differ in scope."""

ContextType: TypeAlias = Literal[
    "organism", "cell", "disease", "co_stimulus", "co_perturbation", "setting", "document_model"
]
"""The kind of a context item."""

ContrastKind: TypeAlias = Literal["only_here", "opposite", "conflicting", "untested", "both"]
"""What sets a row apart: of what was shown here, what is known of there.

*only_here*: it was tried there, without effect; *opposite*: it did the opposite there;
*conflicting*: claims contradict each other on either side; *untested*: nobody tried it there,
which says nothing of its effect; *both*: it was shown there, too.
"""

DecidingReason: TypeAlias = Literal["resolves_conflict", "makes_matched"]
"""What filling a cell would do."""

DecisionType: TypeAlias = Literal[
    "accept", "reject", "correct", "split", "merge", "link", "unlink", "undo"
]
"""What a curator decided."""

DocumentFormat: TypeAlias = Literal["pubmed_xml", "medline", "pubmed_text", "json"]
"""The formats that ingest reads."""

Effect: TypeAlias = Literal[
    "prevents", "reverses", "lowers", "induces", "promotes", "maintains", "worsens", "no_effect"
]
"""What an intervention does to an outcome."""

Epistemic: TypeAlias = Literal[
    "demonstrated", "summary", "interpretation", "background", "hypothesis", "unstated"
]
"""How strongly the article says it."""

EvidenceType: TypeAlias = Literal[
    "loss_of_function",
    "gain_of_function",
    "rescue",
    "observational",
    "summary",
    "none_in_this_study",
]
"""How the claim was shown."""

ExclusionVerdict: TypeAlias = Literal["excluded", "clear", "never_measured"]
"""Whether an intervention has a side effect: shown that it has, or not, or never measured."""

JobStatus: TypeAlias = Literal[
    "queued", "running", "succeeded", "failed", "cancelled", "interrupted"
]
"""Where a job stands; *interrupted* means that its worker's lease ran out."""

Lack: TypeAlias = Literal[
    "unmatched",
    "wrong_aspect",
    "wrong_sign",
    "too_long",
    "only_candidates",
    "only_background",
    "unknown_role",
    "no_path",
    "other_direction",
    "no_null_result",
]
"""What keeps a target from being an answer; with that alone otherwise it would be one."""

LinkType: TypeAlias = Literal[
    "supports", "summarises", "inferred_from", "explains", "contradicts", "refines", "epistatic_to"
]
"""How one claim bears on another."""

Measure: TypeAlias = Literal[
    "activity",
    "abundance",
    "expression",
    "synthesis",
    "stability",
    "degradation",
    "phosphorylation",
    "acetylation",
    "methylation",
    "ubiquitination",
    "sumoylation",
    "glycosylation",
    "cleavage",
    "localisation",
    "binding",
    "secretion",
]
"""Which property of an entity was acted upon or measured."""

OutcomeDirection: TypeAlias = Literal["up", "down", "none"]
"""The net change of the outcome's entity."""

PerturbationType: TypeAlias = Literal[
    "none",
    "inhibition",
    "knockdown",
    "knockout",
    "dominant_negative",
    "blockade",
    "overexpression",
    "activation",
    "constitutive_activation",
    "treatment",
    "withdrawal",
    "mutation",
    "loss",
    "gain",
]
"""What was done to the agent, or observed of it."""

PredicateType: TypeAlias = Literal[
    "induces",
    "promotes",
    "increases",
    "maintains",
    "required_for",
    "sufficient_for",
    "prevents",
    "reverses",
    "abrogates",
    "attenuates",
    "restores",
    "inhibits",
    "decreases",
    "worsens",
    "no_effect",
    "active_in",
    "associated_with",
]
"""The author's verb, normalised."""

Presence: TypeAlias = Literal["present", "absent"]
"""Whether a co-stimulus was there."""

RelationType: TypeAlias = Literal[
    "same_as",
    "opposite_of",
    "is_a",
    "member_of",
    "subunit_of",
    "part_of",
    "positively_regulates",
    "negatively_regulates",
]
"""A stable relation between two entities, as curated resources hold it."""

RequirementSource: TypeAlias = Literal[
    "relation", "loss_with_cause", "effect_without", "background", "outcome"
]
"""How a need is told: of the relation itself (rule 6), by a loss while the cause was there, by the
cause having its effect without it, or as a background in which the cause was tried.
"""

Role: TypeAlias = Literal["reader", "curator", "admin"]
"""What a user may do."""

Selectivity: TypeAlias = Literal["several", "one_known", "not_known"]
"""On how many genes and proteins a means is known to act.

*not_known* is not *selective*, nor is *one_known*: what nobody looked at is on no list.
"""

Setting: TypeAlias = Literal["in_vitro", "in_vivo", "both"]
"""Where the experiment was made."""

Side: TypeAlias = Literal["loss", "gain"]
"""The side of function on which an edge was shown."""

Sign: TypeAlias = Literal["+", "-", "0"]
"""The sign of a perturbation's direction or of an edge; ``0`` is unsigned."""

SignatureGoal: TypeAlias = Literal["reverse", "explain"]
"""What the intervention shall do: what the signature shows, or its opposite."""

Status: TypeAlias = Literal["candidate", "accepted", "rejected", "disputed", "superseded"]
"""Where curation stands, computed from the decisions that stand."""

Strength: TypeAlias = Literal["complete", "partial"]
"""How much of the effect was seen."""

Supports: TypeAlias = Literal[
    "necessity", "sufficiency", "contribution", "rescue", "association", "none"
]
"""What kind of causal statement the evidence supports."""

Tier: TypeAlias = Literal["observed", "entailed", "predicted", "kinship"]
"""How directly an answer rests on an experiment, strongest first."""

Timing: TypeAlias = Literal["before", "with", "after"]
"""When the perturbation was made, relative to the inducer of the outcome."""

UnusedReason: TypeAlias = Literal["unknown", "ambiguous", "contradictory", "unlinked"]
"""Why an entity of a signature was not used."""


class AbstractPart(Model):
    """One paragraph of an abstract; a structured abstract has a label for each."""

    text: str
    label: str | None = None
    category: str | None = None


class ActedOn(Model):
    """Something that a means is known to change.

    ``directions`` are the changes that claims report, ``0`` where one tells none. ``named``
    says that a claim names the means as what the target was changed with; otherwise it is told
    by an effect of the means on the target, which may be an indirect one. ``measures`` are
    those that the claims shown speak of; ``evidence`` are the first of ``claim_count`` claims.
    """

    target: NamedEntity
    directions: tuple[Sign | str, ...]
    named: bool
    measures: tuple[Measure | str, ...]
    evidence: tuple[AnswerEvidence, ...]
    claim_count: int


class AnswerEvidence(Model):
    """A quote that an answer rests on, or that stands beside it.

    ``pmid`` is the article that the claim is from, else the first publication that its import
    names; ``publications`` are all of them. ``role`` is ``ground`` where the answer's belief
    comes from the claim and ``beside`` where the claim only says the same (a title, an
    interpretation drawn from a ground, background).
    """

    claim: str
    statement: str
    pmid: str | None
    publications: tuple[str, ...] = ()
    quote: str | None
    start: int | None
    end: int | None
    verified: bool | None
    epistemic: Epistemic | str
    status: Status | str
    role: str


class ArticleDecision(Model):
    """A recorded decision on an article: that it is one with ``into``, or that it is not."""

    id: str
    type: ArticleDecisionType | str
    article: str
    into: str | None = None
    actor: str
    reason: str | None = None
    undoes: str | None = None
    revision: int
    created_at: dt.datetime


class ArticleDecisionList(Model):
    """All decisions on an article, oldest first."""

    items: tuple[ArticleDecision, ...]
    total: int


class ArticleDecisionRequest(Request):
    """What a curator asks for on an article.

    ``into`` names the article to merge into, by any identifier; to merge needs it and a
    ``reason``. ``decision`` is the merge to undo.
    """

    type: ArticleDecisionType
    reason: str | None = None
    into: str | None = None
    decision: str | None = None


class ArticleDetail(Model):
    """An article with its text, the mentions in it, and its claims."""

    id: str
    curie: str
    citation: Citation
    retracted: bool
    records: tuple[DocumentFormat | str, ...]
    version: int
    revised: dt.date | None = None
    text: str
    text_sha256: str
    mentions: tuple[Mention, ...]
    claims: tuple[ClaimView, ...]
    snapshot: Snapshot


class ArticleSummary(Model):
    """An article in a list; ``curie`` is the identifier that answers show."""

    id: str
    curie: str
    citation: Citation
    retracted: bool
    records: tuple[DocumentFormat | str, ...]
    version: int
    revised: dt.date | None = None


class AskAnswer(Model):
    """A question in words: what it was read as, the call that asks the same, and its answer."""

    question: str
    query: InterventionQuestion
    path: str
    next: str | None = None
    answer: InterventionAnswer


class AskedContext(Model):
    """A context that the question asks for; a setting is named by its value."""

    type: ContextType | str
    id: str


class Author(Model):
    """A person or a group (``collective``) that wrote the article, in the order of the source.

    ``affiliation_ids`` are the identifiers of the institutions in ``affiliations``, as
    ``GRID:grid.6582.9``.
    """

    last_name: str | None = None
    fore_name: str | None = None
    initials: str | None = None
    suffix: str | None = None
    collective: str | None = None
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()
    affiliation_ids: tuple[str, ...] = ()
    equal_contribution: bool = False


class Background(Model):
    """A lasting modification of a cell or organism (``Ras-transformed``): never an agent."""

    mention: Span
    groundings: tuple[Grounding, ...] = ()
    modification: str | None = None


class BatchAnswer(Model):
    """A result for each question, in the order of the questions."""

    results: tuple[BatchResult, ...]


class BatchRequest(Request):
    """Many questions, all answered from one snapshot."""

    questions: tuple[InterventionRequest, ...]
    as_of: str | None = None


class BatchResult(Model):
    """The answer to one question of a batch, or why there is none."""

    answer: InterventionAnswer | None = None
    problem: Problem | None = None


class Bundle(Model):
    """An answer with all it rests on."""

    answer: InterventionAnswer
    claims: tuple[ClaimView, ...]
    quotes: tuple[CheckedQuote, ...]
    quotes_verified: int
    quotes_failed: int
    citations: Citations


class Bypass(Model):
    """The strongest routes that an intervention leaves open, and what would close most of them.

    ``closed`` are the target, its kin, and what else was asked to be taken for closed.
    ``strength`` is the summed belief of the routes shown; ``more`` where further ones are open.
    ``complete`` is false where the search was stopped. ``note`` says why there are no routes or
    no simulation.
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


class BypassSimulation(Model):
    """What the first target does by itself in the ensemble, and the strongest pair with it.

    ``best`` is the second target whose pair has the greatest effect; null where none exceeds
    the better of its two. Of ``networks`` drawn, ``asked`` could show the phenotype.
    """

    effect: float
    standard_error: float | None
    best: NamedEntity | None
    entities: int
    networks: int
    asked: int


class Change(Model):
    """One thing that a revision opened or closed; ``kind`` is one of the kinds of a dump.

    ``key`` identifies the thing within its kind.
    """

    revision: int
    kind: str
    key: str
    action: str


class CheckedQuote(Model):
    """A quote of a claim, looked up in its article's text at the time of asking.

    ``verified`` is true when the words stand there, false when they do not, and null when the
    source gave no place for them.
    """

    claim: str
    article: str | None
    text: str
    start: int | None
    end: int | None
    text_sha256: str | None
    verified: bool | None


class Chemical(Model):
    """A substance of a record's chemical list; ``registry_number`` is CAS, UNII or EC, or null."""

    id: str | None = None
    name: str
    registry_number: str | None = None


class Citation(Model):
    """All that a record says of an article.

    A field that the source does not hold is null or empty. ``identifiers`` are CURIEs:
    ``PMID:15314694``, ``PMC:503772`` (digits only) and ``doi:10.1172/…`` (in lower case);
    ``elocation_ids`` and ``other_ids`` bear their type the same way (``pii:…``, ``KIE:31840``),
    ``data_banks`` as ``ClinicalTrials.gov/NCT01973101``. ``withdrawn`` says that PubMed deleted
    the record since.
    """

    identifiers: tuple[str, ...] = ()
    title: str
    vernacular_title: str | None = None
    abstract: tuple[AbstractPart, ...] = ()
    other_abstracts: tuple[OtherAbstract, ...] = ()
    copyright: str | None = None
    languages: tuple[str, ...] = ()
    journal: Journal = Field(default_factory=lambda: Journal.model_validate({}))
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    elocation_ids: tuple[str, ...] = ()
    published: PartialDate | None = None
    published_electronic: PartialDate | None = None
    authors: tuple[Author, ...] = ()
    authors_complete: bool | None = None
    investigators: tuple[Author, ...] = ()
    affiliations: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    mesh_headings: tuple[MeshHeading, ...] = ()
    supplementary_mesh: tuple[MeshHeading, ...] = ()
    chemicals: tuple[Chemical, ...] = ()
    gene_symbols: tuple[str, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    personal_subjects: tuple[Author, ...] = ()
    grants: tuple[Grant, ...] = ()
    data_banks: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    references: tuple[Reference, ...] = ()
    citation_subsets: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reference_count: int | None = None
    conflict_of_interest: str | None = None
    status: str | None = None
    owner: str | None = None
    indexing_method: str | None = None
    publication_model: str | None = None
    publication_status: str | None = None
    cited_medium: str | None = None
    completed: dt.date | None = None
    history: tuple[HistoryDate, ...] = ()
    flags: tuple[str, ...] = ()
    withdrawn: bool = False


class Citations(Model):
    """The articles of a bundle in the forms of reference managers."""

    csl_json: tuple[dict[str, Any], ...]
    ris: str
    bibtex: str


class Claim(Request):
    """One statement by one article, in one context.

    ``text_sha256`` names the text that every span counts in; it is null for an import without
    text, which then has a ``source``.
    """

    text_sha256: str | None
    agent: Participant
    perturbation: Perturbation = Field(
        default_factory=lambda: Perturbation.model_validate({"type": "none", "direction": "0"})
    )
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


class ClaimConflict(Model):
    """One claim against another, of the same pair.

    ``kind`` and ``relation`` are those of counter-evidence; ``scope`` names the slots that
    separate the two. ``judged`` says that a *contradicts* link between them makes it so.
    """

    claim: str
    against: str
    kind: str
    relation: str
    scope: tuple[str, ...] = ()
    judged: bool = False


class ClaimView(Model):
    """A claim as every door shows it: the same shape in REST, command line and exports.

    ``revision`` is the last one in which the claim or the decisions on it changed. ``verdicts``
    are those that stand, oldest first: where curators differ, the claim is *disputed*.
    """

    id: str
    status: Status | str
    article: str | None
    agent: Participant
    perturbation: Perturbation
    predicate: Predicate
    outcome: Outcome
    negated: bool
    strength: Strength | str | None
    timing: Timing | str | None
    context: tuple[ContextItem, ...]
    evidence: Evidence
    epistemic: Epistemic | str
    epistemic_cue: Span | None
    quotes: tuple[Quote, ...]
    source: ImportSource | None
    edges: tuple[Edge, ...]
    links: tuple[Link, ...]
    superseded_by: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    confidence: float
    extractions: tuple[Extraction, ...]
    statement: str
    retracted: bool = False
    withdrawn: bool = False
    revision: int


class ClaimWorth(Model):
    """What one claim adds to a link.

    ``reliability`` is that of the claim by itself. It ``counts`` where it speaks for its paper
    and the paper is of the strongest set of which no two share an author; otherwise ``instead``
    is a claim that does, of the same paper or of one that shares an author. ``share`` is 1
    where it counts and 0 where not, and between them only where shared authors entangle too
    many papers.
    """

    claim: str
    reliability: float
    counts: bool
    share: float
    instead: str | None = None


class Composition(Model):
    """How a mention that names several is made up."""

    op: CompositionOp | str
    members: tuple[Member, ...]


class Condition(Model):
    """What must be present, absent or changed for the edge to hold (rules 6, 9 and 10)."""

    entity: str | None = None
    name: str
    state: Presence | str | None = None
    direction: Sign | str | None = None


class Conflict(Model):
    """All that is in conflict about one subject and one object.

    ``kind`` is *contradicts* where any of its claims contradict each other; otherwise ``scope``
    names the slots by which the nearest two differ. ``answers`` counts the pairs of a target
    and an outcome that signed links join, over this pair, in at most three hops. ``raising``,
    ``lowering`` and ``null_results`` count claims. ``conflicts`` are the first of ``total``,
    contradictions first; ``claims`` are those that they name.
    """

    subject: NamedEntity
    object: NamedEntity
    kind: ConflictKind | str
    scope: tuple[str, ...] = ()
    judged: bool = False
    answers: int
    raising: int
    lowering: int
    null_results: int
    conflicts: tuple[ClaimConflict, ...]
    total: int
    claims: tuple[ConflictClaim, ...]


class ConflictClaim(Model):
    """A claim in a conflict, by its first quote.

    ``sign`` is what it says of the pair, ``0`` for a null result; ``sides`` and ``aspects`` are
    those it was shown for, empty where they are unstated.
    """

    claim: str
    statement: str
    sign: Sign | str
    sides: tuple[Side | str, ...] = ()
    aspects: tuple[Aspect | str, ...] = ()
    status: Status | str
    epistemic: Epistemic | str
    pmid: str | None
    quote: str | None
    start: int | None
    end: int | None
    verified: bool | None


class Consequence(Model):
    """One outcome of the intervention: everything that the intervention's answer to it shows.

    ``direction`` is how the outcome changes, ``effect`` the effect that the row is about;
    ``also`` are those which a direct link grounds besides.
    """

    target: NamedEntity
    perturbation: InterventionPerturbation
    tier: Tier | str
    matched: bool
    contradicted: bool = False
    belief: float
    weakest: float
    agreement: Agreement | str
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
    outcome: NamedEntity
    direction: Sign | str
    effect: Effect | str
    also: tuple[GroundedEffect, ...] = ()


class ConsequenceAnswer(Tabular, Networked):
    """All that follows from an intervention, best first; a page of it.

    ``target`` and ``perturbation`` are in canonical terms: inhibiting what is the opposite of
    EMT is activating EMT. ``complete`` is false where the search was stopped or cut short: then
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


class ConsequenceQuestion(Model):
    """What follows from lowering (``-``) or raising (``+``) ``target``?

    Without ``effect`` everything that falls (*lowers*) or rises (*promotes*) is asked for, with
    one what it is had on. ``categories`` restricts the outcomes; none given: all.
    """

    target: NamedEntity
    direction: Sign | str
    effect: Effect | str | None = None
    categories: tuple[Category | str, ...] = ()
    context: tuple[AskedContext, ...] = ()
    max_hops: int = 3
    include_candidates: bool = False
    include_background: bool = False
    matched_only: bool = False
    order: AnswerOrder | str = "standing"
    as_of: str | None = None


class ContextFailure(Model):
    """A hop that does not answer the asked context: *mismatch* or *unstated*.

    ``hop`` counts from 1, ``slot`` is the kind of context.
    """

    hop: int
    slot: ContextType | str
    asked: str
    found: str | None
    agreement: Agreement | str


class ContextFinding(Model):
    """How what was found answers what was asked, for one kind of context.

    ``inferred`` where what was found is concluded and not said: by the reader, or from a cell
    line to its organism.
    """

    asked: str | None
    found: str | None
    agreement: Agreement | str
    inferred: bool = False


class ContextItem(Model):
    """One thing that the claim holds under.

    ``state`` says whether a co-stimulus was there, ``direction`` what a co-perturbation did,
    and ``value`` holds a setting. ``inferred`` marks what a reader concluded and the sentence
    does not say.
    """

    type: ContextType | str
    mention: Span | None = None
    groundings: tuple[Grounding, ...] = ()
    value: Setting | str | None = None
    name: str | None = None
    state: Presence | str | None = None
    direction: Sign | str | None = None
    background: tuple[Background, ...] = ()
    inferred: bool = False


class ContextPart(Model):
    """One thing that a context states; a setting's ``id`` is its value."""

    type: ContextType | str
    id: str
    name: str
    state: Presence | str | None = None


class Contrast(Model):
    """What has the effect here, those first for which it is known that it has not there."""

    query: ContrastQuestion
    snapshot: Snapshot
    rows: tuple[ContrastRow, ...]
    total: int
    next: str | None = None


class ContrastCell(Model):
    """What experiments in the intervention's own direction found on one side of a contrast.

    ``result`` is that of the matrix; ``opposite`` marks an effect that is the opposite of what
    was asked. ``claims`` showed the effect, ``against`` are null results of that very change
    and aspect, and opposite effects. ``unplaced`` counts claims that would stand here or there
    if they stated the context that is asked for.
    """

    result: CellResult | str
    opposite: bool = False
    claims: tuple[AnswerEvidence, ...] = ()
    against: tuple[AnswerEvidence, ...] = ()
    total: int = 0
    unplaced: int = 0


class ContrastQuestion(Model):
    """Which interventions have an effect ``here``, and what is known of them ``there``?"""

    here: Place
    there: Place
    include_candidates: bool = False
    as_of: str | None = None


class ContrastRow(Model):
    """An intervention that was shown to have the effect here, and what is known of it there.

    ``words`` is the experiment that would tell, where there was none or claims contradict each
    other there.
    """

    target: NamedEntity
    perturbation: InterventionPerturbation
    kind: ContrastKind | str
    here: ContrastCell
    there: ContrastCell
    words: str | None = None


class Correction(Model):
    """A link to a notice or to the article a notice is about (``RetractionIn``, ``ErratumFor``)."""

    type: str
    source: str | None = None
    pmid: str | None = None
    note: str | None = None


class CounterEvidence(Model):
    """A claim that speaks against an answer.

    ``kind`` is ``opposite_sign``, ``null_result`` or ``retracted``; ``relation`` is
    ``contradicts`` or ``differs_in_scope``, then ``scope`` names the slots that differ.
    """

    claim: str
    statement: str
    kind: str
    relation: str
    scope: tuple[str, ...] = ()
    pmid: str | None
    quote: str | None
    start: int | None
    end: int | None
    verified: bool | None


class DecidingCell(Model):
    """A cell whose filling would decide something, as an experiment in ``words``.

    ``filled`` tells that it was tried already and is to be repeated. ``claims`` are those in
    conflict, or those that carry the hop which would become matched.
    """

    reason: DecidingReason | str
    side: Side | str
    aspect: Aspect | str | None
    context: tuple[ContextPart, ...]
    filled: bool
    words: str
    claims: tuple[str, ...]


class DecidingExperiment(Model):
    """The experiment whose outcome would change a simulated effect most.

    ``words`` says what to do. The effect is ``if_decides`` in the networks in which this side
    of the link decides alone, ``if_not`` in the others; ``claims`` carry the link.
    """

    intervention: SimulatedTarget
    subject: NamedEntity
    object: NamedEntity
    sign: Sign | str
    side: Side | str
    words: str
    if_decides: float
    if_not: float
    standard_error: float
    claims: tuple[str, ...]


class Decision(Model):
    """A recorded decision on a claim.

    ``replacements`` are the ids of the claims that stand in its place after ``correct``,
    ``split`` or ``merge``. ``quorum`` is how many agreeing curators the instance asked for when
    a verdict was given; one that rests on a file or resource has 1, since it was agreed on
    there.
    """

    id: str
    type: DecisionType | str
    claim: str
    actor: str
    reason: str | None = None
    replacements: tuple[str, ...] = ()
    link: Link | None = None
    undoes: str | None = None
    source: str | None = None
    quorum: int = 1
    revision: int
    created_at: dt.datetime


class DecisionList(Model):
    """All decisions on a claim, oldest first."""

    items: tuple[Decision, ...]
    total: int


class DecisionRequest(Request):
    """What a curator asks for.

    ``reason`` is needed to reject; ``claims`` holds the new claims of ``correct`` (one) and
    ``split`` (two or more); ``into`` the claim to merge into; ``link`` the link to add or take
    away; ``decision`` the decision to undo.
    """

    type: DecisionType
    reason: str | None = None
    claims: tuple[Claim, ...] = ()
    into: str | None = None
    link: Link | None = None
    decision: str | None = None


class Edge(Model):
    """A signed relation between two entities, carried by one claim.

    ``sign`` is ``+`` when more of the subject means more of the object, ``-`` for the opposite
    and ``0`` when the claim does not say. ``side`` is the side of function that the experiment
    (or the author's word) took; null where only the sign is known. ``rule`` names the rule that
    gave it.
    """

    subject: str
    object: str
    sign: Sign | str
    aspect: Aspect | str | None = None
    side: Side | str | None = None
    condition: tuple[Condition, ...] = ()
    rule: str


class EdgeConflict(Model):
    """What is in conflict about the two ends of an edge, contradictions first.

    ``scope`` names the slots by which findings differ where none contradicts; ``claims`` are
    those in conflict, ``total`` counts the oppositions.
    """

    kind: ConflictKind | str
    scope: tuple[str, ...] = ()
    claims: tuple[str, ...]
    total: int


class Entity(Model):
    """A gene, process, phenotype or other thing that claims are about.

    ``abbreviation`` is the short form that arithmetic and drawings use (``EMT``).
    ``imported_categories`` keeps categories of an import that the schema does not know.
    """

    id: str
    name: str
    abbreviation: str | None = None
    category: Category | str
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    description: str | None = None
    taxon: str | None = None
    imported_categories: tuple[str, ...] = ()
    source: str | None = None


class EntityDetail(Model):
    """An entity with the identifiers that mean the same."""

    id: str
    name: str
    abbreviation: str | None = None
    category: Category | str
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    description: str | None = None
    taxon: str | None = None
    imported_categories: tuple[str, ...] = ()
    source: str | None = None
    canonical: str
    equivalents: tuple[str, ...]
    snapshot: Snapshot


class EntityHit(Model):
    """An entity that a search found, the name that it was found by, and its score of 100."""

    entity: Entity
    matched: str
    score: float


class Evidence(Model):
    """How the claim was shown; ``eco`` is a CURIE of the Evidence & Conclusion Ontology.

    ``stated`` is false where the kind of experiment is concluded from other sentences.
    """

    type: EvidenceType | str
    eco: tuple[str, ...] = ()
    supports: Supports | str = "none"
    cue: Span | None = None
    stated: bool = True


class Exclusion(Model):
    """What is known of one side effect of one intervention.

    ``evidence`` are experiments in the intervention's own direction that showed the effect,
    ``against`` those that showed none of it, or the opposite: *excluded* with both is in
    dispute. ``predicted`` is the best path that leads to an effect nobody measured.
    ``simulated_effect`` is read from a simulation of the side effect, where one was asked for;
    ``note`` says why there is none, or what the search could not tell.
    """

    outcome: NamedEntity
    effect: Effect | str
    verdict: ExclusionVerdict | str
    evidence: tuple[AnswerEvidence, ...] = ()
    against: tuple[AnswerEvidence, ...] = ()
    predicted: Path | None = None
    simulated_effect: float | None = None
    simulated_error: float | None = None
    note: str | None = None


class Explained(Model):
    """An answer with what its figures were computed from.

    ``net`` and ``total`` are the damped sums over all walks to the outcome, signed and
    unsigned; predictions are ordered by ``strength``, net * |net| / total.
    """

    intervention: Intervention
    links: tuple[LinkWorth, ...]
    net: float
    total: float
    strength: float


class ExtractedDocument(Model):
    """A document as readers read it; offsets count code points of ``text``, end-exclusive.

    ``id`` is the identifier that answers would show. ``claims`` have the form of any claim,
    with the edges that they would carry as candidates; their ``revision`` is 0: they are in no
    store.
    """

    id: str
    text: str
    mentions: tuple[TextMention, ...]
    claims: tuple[ClaimView, ...]


class ExtractedDocuments(Model):
    """Documents read for claims and stored nowhere.

    `dropped` counts what readers proposed and the text does not bear out, by reason; `usage` is
    what the language model took.
    """

    documents: tuple[ExtractedDocument, ...]
    errors: tuple[JobError, ...]
    readers: tuple[ReaderAccount, ...]
    dropped: dict[str, int]
    usage: Usage


class Extraction(Model):
    """One reading that found the claim: by which reader, version and rule, and how surely.

    ``revision`` is the store's revision at which the reading was recorded; null before that.
    """

    reader: str
    version: str
    rule: str | None = None
    confidence: float
    revision: int | None = None


class FetchRequest(Request):
    """Articles to fetch from PubMed: by ``pmids``, or those that a ``query`` finds.

    ``limit`` is how many hits of the query are fetched at most, the newest PMIDs; without it a
    query with more hits than the service allows unasked is refused. What is in the graph and
    unrevised is left as it is, unless ``again`` asks for it. ``model`` lets the language model
    read as well.
    """

    pmids: tuple[str, ...] = ()
    query: str | None = None
    limit: int | None = None
    again: bool = False
    model: bool = False


class Grant(Model):
    """A grant that paid for the work."""

    id: str | None = None
    acronym: str | None = None
    agency: str | None = None
    country: str | None = None


class GraphEdge(Model):
    """A signed link of the drawing with the claims that carry it.

    ``kinship`` names the membership of a link that no claim carries. ``statuses`` are those of
    the claims, each once; ``years`` those in which their articles appeared, ``organisms`` the
    ids of those that they were shown in. In an answer ``tiers`` are those of the paths that go
    by the edge, and ``matched`` says whether one of them goes by it without extrapolating.
    """

    id: str
    subject: str
    object: str
    sign: Sign | str
    aspect: Aspect | str | None = None
    side: Side | str | None = None
    belief: float
    claims: tuple[str, ...] = ()
    statuses: tuple[Status | str, ...] = ()
    kinship: str | None = None
    years: tuple[int, ...] = ()
    organisms: tuple[str, ...] = ()
    conflict: EdgeConflict | None = None
    tiers: tuple[Tier | str, ...] = ()
    matched: bool | None = None


class GraphNode(Model):
    """An entity of the drawing.

    ``distance`` counts hops from the centre, null where there is none. ``neighbours`` counts
    the entities that stand next to it in the whole graph, before signs, categories and the like
    are filtered. In an answer ``perturbations`` are what its interventions do to the entity.
    """

    id: str
    name: str
    category: Category | str
    distance: int | None = None
    neighbours: int = 0
    perturbations: tuple[InterventionPerturbation, ...] = ()


class GroundAnswer(Model):
    """The entities meant: `items` answers the names, `texts` the texts, in the order given.

    Offsets of mentions count the code points of their text.
    """

    items: tuple[GroundedName, ...]
    texts: tuple[GroundedText, ...]
    snapshot: Snapshot


class GroundRequest(Request):
    """Names and texts to look up at once; give at least one of them."""

    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    limit: int = 5
    as_of: str | None = None


class GroundedEffect(Model):
    """An effect that a direct link grounds: *observed* or *entailed*."""

    effect: Effect | str
    tier: Tier | str


class GroundedName(Model):
    """A name with the entities that it may mean, best first; scores are of 1."""

    text: str
    groundings: tuple[Grounding, ...]


class GroundedText(Model):
    """What a text mentions: spans of it with what they may mean, in the order of the text."""

    mentions: tuple[TextMention, ...]


class Grounding(Model):
    """One entity that a mention may mean; lists of them are ranked, best first."""

    id: str
    name: str
    score: float = 1.0


class Health(Model):
    """The process is alive."""

    status: str
    version: str


class HeldEntity(Model):
    """An entity that is held up (``+``) or down (``-``) in every run."""

    entity: NamedEntity
    direction: Sign | str


class HeldRequest(Request):
    """An entity that is held up or down throughout."""

    entity: str
    direction: Literal["+", "-"]


class HistoryDate(Model):
    """A date in the life of the record (``received``, ``accepted``, ``pubmed``, ``entrez``).

    ``time`` is the source's hour and minute, ``06:00``, where it has them.
    """

    status: str
    date: PartialDate
    time: str | None = None


class ImportSource(Model):
    """Where an imported claim comes from; it takes the text's place in the claim's id.

    ``columns`` keeps what the source says beside, as ``name=value``; it is no part of the id.
    """

    resource: str
    edge: str
    qualifiers: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class Intervention(Model):
    """One answer: a target, what is done to it, and why that should have the effect.

    ``influence`` is the net influence of a prediction, the damped sum over all signed walks to
    the outcome: above 0 it works towards the effect, below 0 against it. ``competing`` says
    which share of the walks' weight has the other sign than the most of it.
    ``simulated_effect`` is there where a simulation was asked for and the target took part in
    it; ``simulated_error`` is its standard error.

    ``sign_chance`` is how likely the sign of a prediction by a chain is right, by the walks of
    two to four hops, as found on curated graphs from which links were held out. An answer
    ``commits`` to its sign from 0.85, where no hop of its best path was tried in the opposite
    direction alone; otherwise it leaves it open. Null where a link leads straight to the
    outcome, and on other tiers.
    """

    target: NamedEntity
    perturbation: InterventionPerturbation
    tier: Tier | str
    matched: bool
    contradicted: bool = False
    belief: float
    weakest: float
    agreement: Agreement | str
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


class InterventionAnswer(Tabular, Networked):
    """All interventions that answer a question, best first; a page of them.

    ``complete`` is false where the search was stopped or cut short: then ``note`` says what
    holds.
    """

    query: InterventionQuestion
    snapshot: Snapshot
    interventions: tuple[Intervention, ...]
    total: int
    complete: bool = True
    note: str | None = None
    next: str | None = None


class InterventionPerturbation(Model):
    """What is done to the target."""

    type: PerturbationType | str
    direction: Sign | str


class InterventionQuestion(Model):
    """Which interventions have ``effect`` on ``outcome``?

    ``simulate`` also runs an ensemble of networks and lets its effects order the predicted
    tier. ``excluding`` asks of each whether it also has these effects; it drops and moves none.
    """

    outcome: NamedEntity
    effect: Effect | str
    context: tuple[AskedContext, ...] = ()
    max_hops: int = 3
    include_candidates: bool = False
    include_background: bool = False
    matched_only: bool = False
    order: AnswerOrder | str = "standing"
    simulate: bool = False
    excluding: tuple[SideEffect, ...] = ()
    as_of: str | None = None


class InterventionRequest(Request):
    """One question of a batch; a name or context that can't be read is a problem of it alone."""

    outcome: str
    effect: AskedEffect
    context: tuple[str, ...] = ()
    max_hops: int = 3
    include_candidates: bool = False
    include_background: bool = False
    matched_only: bool = False
    order: AnswerOrder = "standing"
    excluding: tuple[str, ...] = ()
    limit: int = 25


class Job(Model):
    """Long work and how far it is.

    ``done`` and ``total`` count documents; ``total`` is null while unknown. ``counts`` says
    what became of them (``created``, ``updated``, ``unchanged``, ``failed``). ``payload`` names
    the stored input, so that any worker can resume it. ``answer`` is what a computation found.
    """

    id: str
    kind: str
    status: JobStatus | str
    owner: str
    stage: str | None = None
    done: int = 0
    total: int | None = None
    counts: dict[str, int] = Field(default_factory=dict)
    errors: tuple[JobError, ...] = ()
    result: tuple[str, ...] = ()
    answer: Any
    detail: str | None = None
    parameters: dict[str, str] = Field(default_factory=dict)
    worker: str | None = None
    lease_until: dt.datetime | None = None
    created_at: dt.datetime
    updated_at: dt.datetime


class JobError(Model):
    """A document that could not go in, with its place in the input."""

    source: str
    record: int | None = None
    line: int | None = None
    reason: str


class Journal(Model):
    """Where the article appeared."""

    title: str | None = None
    iso_abbreviation: str | None = None
    medline_ta: str | None = None
    nlm_id: str | None = None
    issn: str | None = None
    issn_electronic: str | None = None
    issn_linking: str | None = None
    country: str | None = None


class Keyword(Model):
    """A keyword; ``owner`` tells who gave it (``NOTNLM``: the author)."""

    name: str
    major: bool = False
    owner: str | None = None


class Lacking(Model):
    """One thing that is missing, and the path that there would be with it."""

    direction: Sign | str
    reason: Lack | str
    note: str
    path: Path | None = None


class Link(Model):
    """A link from one claim to another."""

    type: LinkType | str
    claim: str


class LinkWorth(Model):
    """How a link's belief comes about: ``belief = together * (1 - weight * opposite)``.

    ``together`` is what independent papers give, 1 - prod((1 - reliability) ** share);
    ``opposite`` that of the surest link of the other sign between the same ends, ``weight`` how
    much it takes away.
    """

    subject: str
    object: str
    sign: Sign | str
    side: Side | str | None
    aspect: Aspect | str | None
    claims: tuple[ClaimWorth, ...]
    together: float
    opposite: float
    weight: float
    belief: float


class Matrix(Model):
    """All that was tried, by side, aspect and context; a page of contexts, fullest first.

    ``total`` counts contexts. ``beside`` are claims that tried nothing: of background,
    hypotheses and bare associations. ``deciding`` are the cells to fill next, the most telling
    first.
    """

    query: MatrixQuestion
    snapshot: Snapshot
    contexts: tuple[MatrixContext, ...]
    deciding: tuple[DecidingCell, ...]
    beside: tuple[ConflictClaim, ...]
    total: int
    next: str | None = None


class MatrixCell(Model):
    """One cell: what was done to the target, at which stage of the outcome, and what was found.

    ``side`` is null where the text only states a sign, ``aspect`` where it names no stage.
    ``claims`` are the first of ``total``, most reliable first. ``conflicts`` are the first of
    those that these claims have with others of this cell or of another one that nothing
    separates.
    """

    side: Side | str | None
    aspect: Aspect | str | None
    result: CellResult | str
    claims: tuple[ConflictClaim, ...] = ()
    total: int = 0
    conflicts: tuple[ClaimConflict, ...] = ()


class MatrixContext(Model):
    """One context and its cells; without ``parts`` the claims state none."""

    parts: tuple[ContextPart, ...]
    cells: tuple[MatrixCell, ...]


class MatrixQuestion(Model):
    """What was tried with ``target`` on ``outcome``?"""

    target: NamedEntity
    outcome: NamedEntity
    include_candidates: bool = False
    as_of: str | None = None


class Me(Model):
    """Who asks: without a token, anybody, who may read."""

    name: str | None
    role: Role | str
    authenticated: bool


class Means(Model):
    """A compound or construct that would have the effect.

    ``means`` is null where only the text's words (``name``) are known of it. ``intervention``
    is what is done with it: the compound is given, or the target changed that claims name it
    for; its paths and quotes lead on to the outcome. ``through`` is what its paths lead over
    first, none where claims only report its own effect on the outcome. ``shown`` are claims
    that report the effect of changing a target with this very means. ``tier`` and ``belief``
    are those of the means: over a target it is *predicted*, unless the effect was shown with
    it.

    ``acts_on`` are the first of ``acts_on_total`` genes and proteins that it is known to act
    on.
    """

    means: NamedEntity | None
    name: str
    tier: Tier | str
    matched: bool
    belief: float
    intervention: Intervention
    through: tuple[ActedOn, ...] = ()
    shown: tuple[AnswerEvidence, ...] = ()
    selectivity: Selectivity | str
    acts_on: tuple[ActedOn, ...] = ()
    acts_on_total: int = 0
    exclusions: tuple[Exclusion, ...] = ()


class MeansAnswer(Model):
    """The compounds and constructs that answer a question, best first; a page of them.

    ``without_means`` are those of the first targets for which no means is known. ``complete``
    is false where the search was stopped or cut short: then ``note`` says what holds.
    """

    query: InterventionQuestion
    snapshot: Snapshot
    means: tuple[Means, ...]
    without_means: tuple[WithoutMeans, ...]
    total: int
    complete: bool = True
    note: str | None = None
    next: str | None = None


class Member(Model):
    """One member of a composite mention; ``mention`` is null where only an import names it."""

    mention: Span | None = None
    groundings: tuple[Grounding, ...] = ()


class Mention(Model):
    """A span that names an entity, with its ranked groundings."""

    mention: Span
    groundings: tuple[Grounding, ...] = ()


class MeshHeading(Model):
    """A MeSH descriptor with its qualifiers; ``type`` is the DTD's, such as ``Geographic``."""

    id: str | None = None
    name: str
    type: str | None = None
    major: bool = False
    qualifiers: tuple[MeshQualifier, ...] = ()


class MeshQualifier(Model):
    """A qualifier of a MeSH heading."""

    id: str | None = None
    name: str
    major: bool = False


class NamedEntity(Model):
    """An entity as answers show it."""

    id: str
    name: str
    category: Category | str | None = None


class Neighbour(Model):
    """One typed link of an entity.

    ``outgoing`` tells whether the entity is its subject. A signed link has ``sign``, ``belief``
    and the ``claims`` that carry it; a relation has ``relation``, ``role`` and ``source``.
    """

    neighbour: NamedEntity
    outgoing: bool
    sign: Sign | str | None = None
    aspect: Aspect | str | None = None
    side: Side | str | None = None
    belief: float | None = None
    claims: tuple[str, ...] = ()
    relation: RelationType | str | None = None
    role: Sign | str | None = None
    source: str | None = None


class OpenRoute(Model):
    """A path into the outcome that passes neither the target nor its kin.

    It is shown as the intervention that would close it at its source: ``perturbation`` is what
    is done to ``source``. ``evidence`` are the claims that the path rests on.
    """

    source: NamedEntity
    perturbation: InterventionPerturbation
    path: Path
    evidence: tuple[AnswerEvidence, ...]


class OtherAbstract(Model):
    """An abstract in another language or of another kind (for patients, for instance)."""

    parts: tuple[AbstractPart, ...]
    language: str | None = None
    type: str | None = None


class Outcome(Model):
    """What changed, in which direction, and whether it was coming about or already there.

    With ``relation`` the outcome is that relation, and the direction is the change of its
    effect.
    """

    mention: Span | None = None
    antecedent: Span | None = None
    groundings: tuple[Grounding, ...] = ()
    composition: Composition | None = None
    measure: Measure | str | None = None
    direction: OutcomeDirection | str
    aspect: Aspect | str | None = None
    aspect_mention: Span | None = None
    relation: Relation | None = None


class PartialDate(Model):
    """A date as precise as its source: a year, a year and month, or a day.

    ``source`` keeps the source's own words where they say more or other (``2004 Jul-Aug``,
    ``Winter 1998``).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    source: str | None = None


class Participant(Model):
    """An entity as the text names it; an anaphor keeps its own span and adds its antecedent.

    ``mention`` is null only in imports, which have no text to point into.
    """

    mention: Span | None = None
    antecedent: Span | None = None
    groundings: tuple[Grounding, ...] = ()
    composition: Composition | None = None
    measure: Measure | str | None = None


class Path(Model):
    """A signed path with its arithmetic in words.

    ``belief`` is the product of the steps' beliefs and the cost of each extrapolated hop;
    ``weakest`` the belief of the weakest step. ``context`` has the worst finding of each kind
    over all hops, ``failures`` name the hops that do not answer what was asked.
    """

    steps: tuple[Step, ...]
    tier: Tier | str | None = None
    matched: bool
    sign: Sign | str
    arithmetic: str
    belief: float
    weakest: float
    agreement: Agreement | str = "unasked"
    context: dict[str, ContextFinding] = Field(default_factory=dict)
    failures: tuple[ContextFailure, ...] = ()


class PathAnswer(Tabular, Networked):
    """The best paths that answer a path question, best first.

    ``complete`` is false where the search was stopped: the paths are the first ones all the
    same, but more may follow.
    """

    query: PathQuestion
    snapshot: Snapshot
    paths: tuple[Path, ...]
    total: int
    complete: bool = True


class PathQuestion(Model):
    """Which signed paths lead from one of ``sources`` to one of ``targets``?

    ``direction`` is the change made at the source; it decides which hops are matched. ``sign``
    is the wished product of the edges; null asks for both.
    """

    sources: tuple[NamedEntity, ...]
    targets: tuple[NamedEntity, ...]
    direction: Sign | str = "-"
    sign: Sign | str | None = None
    max_hops: int = 3
    k: int = 25
    via: tuple[NamedEntity, ...] = ()
    avoid: tuple[NamedEntity, ...] = ()
    categories: tuple[Category | str, ...] = ()
    context: tuple[AskedContext, ...] = ()
    min_belief: float = 0.0
    matched_only: bool = False
    include_candidates: bool = False
    include_background: bool = False
    as_of: str | None = None


class PathRequest(Request):
    """Signed paths between sets of entities, each given as a CURIE or a name."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    direction: Literal["+", "-"] = "-"
    sign: Literal["+", "-"] | None = None
    max_hops: int = 3
    k: int = 25
    via: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    context: tuple[str, ...] = ()
    min_belief: float = 0.0
    matched_only: bool = False
    include_candidates: bool = False
    include_background: bool = False
    as_of: str | None = None


class Perturbation(Model):
    """What was done to the agent, by which means, in which words."""

    type: PerturbationType | str = "none"
    direction: Sign | str = "0"
    means: Mention | None = None
    trigger: Span | None = None


class Place(Model):
    """One side of a contrast: an outcome in a context; without ``context`` any."""

    outcome: NamedEntity
    effect: Effect | str
    context: tuple[AskedContext, ...] = ()


class Predicate(Model):
    """The author's verb, normalised, and its words."""

    type: PredicateType | str
    trigger: Span | None = None


class Problem(Model):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str | None = None
    name: str | None = None
    errors: tuple[ProblemField, ...] | None = ()
    candidates: tuple[ProblemEntity, ...] | None = ()
    nearest: tuple[ProblemEntity, ...] | None = ()
    can_be_asked: tuple[str, ...] | None = ()
    claim: ClaimView | None = None
    decisions: tuple[Decision, ...] | None = ()


class ProblemEntity(Model):
    """An entity that may be meant."""

    id: str
    name: str


class ProblemField(Model):
    """One wrong field: where it stands in the body or among the parameters, and what is wrong."""

    pointer: str
    detail: str


class Quote(Model):
    """A verbatim span of a claim's evidence.

    ``sha256`` is the hash of the article's text that the offsets count in. ``verified`` is true
    when the span stands there verbatim, false when it does not, and null when a source gave
    words without a place; such a quote has no offsets.
    """

    text: str
    start: int | None = None
    end: int | None = None
    sha256: str | None = None
    verified: bool | None = None


class ReaderAccount(Model):
    """A reader that read some documents, and how many it failed on."""

    reader: str
    version: str
    failed: int


class Readiness(Model):
    """The service can answer: each part with its state."""

    status: str
    parts: dict[str, str]


class Reference(Model):
    """A cited work as the source prints it, with the identifiers it names."""

    section: str | None = None
    citation: str | None = None
    ids: tuple[str, ...] = ()


class Relation(Model):
    """A relation that is itself an outcome: "A is required for B's effect on C" (rule 6)."""

    subject: Participant
    sign: Sign | str
    object: Participant


class Requirement(Model):
    """One thing that a cause may need; all that are needed are needed together.

    With several ``entities`` any one of them will do: only their joint loss was shown to
    matter. ``entities`` are empty where only the text's words (``name``) are known. ``partial``
    says that no claim shows more than a part of the effect to be lost, which makes no
    necessity. ``words`` is the experiment that would tell where nobody took it away.
    """

    entities: tuple[NamedEntity, ...]
    name: str
    result: CellResult | str
    partial: bool = False
    cells: tuple[RequirementCell, ...]
    words: str | None = None


class RequirementCell(Model):
    """What was found of a need, in one aspect and context.

    ``positive``: it is needed; ``null``: the effect came without it. ``opposite`` marks that
    its loss worked the other way.
    """

    aspect: Aspect | str | None
    context: tuple[ContextPart, ...]
    result: CellResult | str
    opposite: bool = False
    sources: tuple[RequirementSource | str, ...]
    claims: tuple[AnswerEvidence, ...]
    total: int


class RequirementQuestion(Model):
    """What does ``cause`` need in order to have its effect on ``outcome``?"""

    cause: NamedEntity
    outcome: NamedEntity
    include_candidates: bool = False
    as_of: str | None = None


class Requirements(Model):
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
    of_outcome_total: int
    beside: tuple[AnswerEvidence, ...] = ()
    total: int
    next: str | None = None


class Revision(Model):
    """One committed write.

    ``number`` counts from 1 without gaps; 0 is the empty graph. ``id`` is unique to the write
    and goes along when a graph is copied, so equal ids mean equal graphs.
    """

    number: int
    id: str
    created_at: dt.datetime
    actor: str
    message: str


class SecondTarget(Model):
    """A further target that lies on open routes, or starts them.

    ``routes`` are the numbers of the routes that it closes, counted from 1; ``share`` is the
    part of the summed belief of all routes shown that these have. On ``against`` further routes
    the same change would work the other way. ``words`` say it in a sentence.
    """

    target: NamedEntity
    perturbation: InterventionPerturbation
    routes: tuple[int, ...]
    closes: int
    share: float
    against: int
    words: str
    simulated: SimulatedPair | None = None


class SideEffect(Model):
    """An effect on another outcome, which an intervention shall not have."""

    outcome: NamedEntity
    effect: Effect | str


class SignatureAnswer(Tabular):
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


class SignatureHit(Model):
    """A measured entity that the intervention is predicted to change.

    ``predicted`` is the net influence, above 0 where it rises; ``path`` the best one that
    changes it so.
    """

    entity: NamedEntity
    weight: float
    predicted: float
    path: Path | None = None


class SignatureMatch(Model):
    """A target, the change of it that fits, and how well.

    ``correlation`` is that of its predicted consequences with the weights (*explain*), or with
    their opposite (*reverse*). ``p`` is by permutation, ``adjusted_p`` corrected for all tested
    targets. Of the entities with a weight ``agreeing`` go the asked way and ``opposing`` the
    other; ``hits`` are the agreeing ones that count most, ``evidence`` the quotes of their
    paths.
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


class SignatureRequest(Request):
    """A signature: what is up and what is down, or weights; CURIEs of any prefix, or names."""

    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    weights: dict[str, Any] = Field(default_factory=dict)
    goal: SignatureGoal = "reverse"
    max_hops: int = 4
    background: int = 200
    permutations: int = 1000
    seed: int = 1
    include_candidates: bool = False
    include_background: bool = False
    limit: int = 10
    as_of: str | None = None


class SignatureSummary(Model):
    """What was asked, but for the weights: how many were ``given`` and ``used``.

    ``merged`` names were further ones of the same entity: the mean of their weights counts.
    ``background`` entities were drawn besides.
    """

    goal: SignatureGoal | str
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


class SimulatedIntervention(Model):
    """What an intervention did in the ensemble.

    ``effect`` is the share of the phenotype that is lost, or that comes: 1 is all of it in
    every network, below 0 it worked the other way. ``standard_error`` comes from the spread
    among networks. Of a pair, ``gain`` is by how much it exceeds the better of its two.
    """

    targets: tuple[SimulatedTarget, ...]
    effect: float
    standard_error: float | None
    gain: float | None = None


class SimulatedModel(Model):
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


class SimulatedPair(Model):
    """What the second target does in the ensemble: by itself, and with the first one.

    ``gain`` is by how much the pair exceeds the better of its two.
    """

    alone: float
    together: float
    standard_error: float | None
    gain: float


class SimulatedTarget(Model):
    """A target and what is done to it."""

    target: NamedEntity
    perturbation: InterventionPerturbation


class SimulationAnswer(Tabular):
    """Interventions by their simulated effect, strongest first. It is a model and no finding."""

    query: SimulationQuestion
    snapshot: Snapshot
    interventions: tuple[SimulatedIntervention, ...]
    model: SimulatedModel
    deciding: DecidingExperiment | None = None
    note: str | None = None


class SimulationQuestion(Model):
    """What does the whole network do with an intervention?

    ``targets`` are those that are tried, both lowered and raised; none given: every entity of
    the subgraph. ``pairs`` also tries the strongest interventions two by two. ``hold`` fixes
    the context. ``inducer`` is switched on in *prevents*; none given: what brings the phenotype
    is looked for among the entities that nothing regulates. ``nodes`` bounds the subgraph.
    """

    outcome: NamedEntity
    effect: Effect | str
    targets: tuple[NamedEntity, ...] = ()
    pairs: bool = False
    hold: tuple[HeldEntity, ...] = ()
    inducer: tuple[NamedEntity, ...] = ()
    networks: int = 200
    nodes: int = 100
    seed: int = 1
    include_candidates: bool = False
    include_background: bool = False
    as_of: str | None = None


class SimulationRequest(Request):
    """What to simulate; entities are CURIEs or names."""

    outcome: str
    effect: AskedEffect
    targets: tuple[str, ...] = ()
    pairs: bool = False
    hold: tuple[HeldRequest, ...] = ()
    inducer: tuple[str, ...] = ()
    networks: int = 200
    nodes: int = 100
    seed: int = 1
    include_candidates: bool = False
    include_background: bool = False
    as_of: str | None = None


class Snapshot(Model):
    """The graph at one revision, as answers name it; ``version`` is the code that answered."""

    id: str
    revision: int
    created_at: dt.datetime
    version: str


class Span(Model):
    """A verbatim piece of an article's text."""

    start: int
    end: int
    text: str


class Stats(Model):
    """How many of each thing a snapshot holds."""

    articles: int
    entities: int
    relations: int
    claims: int
    claims_by_status: dict[str, int]
    edges: int
    decisions: int
    revisions: int
    snapshot: Snapshot


class Step(Model):
    """One hop of a path.

    ``kinship`` names the membership that a hop of kinship goes by (``member_of``); such a hop
    has no claims. ``matched`` says whether the change that arrives at the subject is the change
    that the experiment made. ``candidates`` are those of ``claims`` that no curator has judged.
    """

    subject: str
    subject_name: str
    sign: Sign | str
    object: str
    object_name: str
    aspect: Aspect | str | None
    rule: str
    side: Side | str | None
    matched: bool
    belief: float
    claims: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    kinship: str | None = None
    condition: tuple[str, ...] = ()
    context: dict[str, ContextFinding] = Field(default_factory=dict)
    sentence_missing: bool = False


class Subgraph(Networked):
    """Nodes and edges for drawing.

    ``cut`` says that bounds left some out, ``note`` which, ``not_shown`` how many neighbours
    that pass the filters. ``organisms`` names those of the edges.
    """

    center: str | None
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    organisms: tuple[NamedEntity, ...] = ()
    cut: bool
    not_shown: int = 0
    note: str | None
    snapshot: Snapshot


class TextMention(Model):
    """A span of a text that names an entity, as grounding found it.

    ``groundings`` are ranked, best first, and never empty; ``category`` is that of the best
    one. ``abbreviation`` tells that the span is a short form which the same text defines.
    """

    mention: Span
    groundings: tuple[Grounding, ...]
    category: Category | str
    abbreviation: bool = False


class UnusedEntity(Model):
    """An entity of the signature that was not used, and why; ``note`` says what to do."""

    name: str
    reason: UnusedReason | str
    note: str


class Usage(Model):
    """What a reading by a language model took.

    ``cost`` is in the currency of the prices that were set, and null where none were;
    ``retries`` counts requests that were sent again.
    """

    requests: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None


class Verdict(Model):
    """What a curator says of a claim at last: that it is right, or that it is not.

    ``decision`` is the decision that says so; ``needed`` how many must agree for it to count.
    """

    actor: str
    verdict: DecisionType | str
    decision: str
    reason: str | None = None
    needed: int = 1
    created_at: dt.datetime


class Why(Model):
    """Why a target answers a question (``answers``), or what is missing (``lacking``)."""

    query: InterventionQuestion
    target: NamedEntity
    snapshot: Snapshot
    answers: tuple[Explained, ...]
    lacking: tuple[Lacking, ...]


class WithoutMeans(Model):
    """A target that answers the question, and for which no means is known."""

    target: NamedEntity
    perturbation: InterventionPerturbation
    tier: Tier | str
