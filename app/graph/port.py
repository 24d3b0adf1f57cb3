"""The port of the graph store: what the services ask of an engine, in the domain's words.

Whatever reasoning reads is *versioned*: a put opens a version at the transaction's revision and
closes the one before, nothing is changed in place or deleted. A view shows the graph at one
revision. Putting what is already there changes nothing. A transaction that changes nothing makes
no revision.

Engines raise :class:`~app.model.errors.Unavailable` when they can't be reached,
:class:`~app.model.errors.SchemaTooNew` for a store from a newer version, and
:class:`~app.model.errors.Corrupt` when stored contents contradict each other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from app.model.account import IdempotencyRecord, Job, Token, User
from app.model.article import Article, ArticleFacts, Record
from app.model.claim import Claim, ClaimState, Extraction, Link, StoredClaim
from app.model.decision import ArticleDecision, Decision
from app.model.edge import Edge, StoredEdge
from app.model.edge_columns import EdgeChanges, EdgeColumns
from app.model.entity import Entity, EntityRelation
from app.model.history import Change, Revision
from app.model.vocabulary import (
    Category,
    DocumentFormat,
    Epistemic,
    EvidenceType,
    PredicateType,
    RelationType,
    Status,
)

T = TypeVar("T")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Part of a list: its items, how many there are in all, and the key to go on after.

    ``next_after`` is None on the last page.
    """

    items: tuple[Item, ...]
    total: int
    next_after: str | None


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims; an empty part does not restrict, a tuple means *any of these*.

    ``agent``, ``outcome``, ``context`` and ``entity`` (any slot) take entity ids as claims name
    them in any grounding: the caller adds equivalents. ``denied`` asks only for claims that say
    ``no_effect``, and those that are negated.
    """

    agent: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    predicate: tuple[PredicateType, ...] = ()
    status: tuple[Status, ...] = ()
    epistemic: tuple[Epistemic, ...] = ()
    evidence: tuple[EvidenceType, ...] = ()
    article: tuple[str, ...] = ()
    denied: bool = False


class ClaimOrder(StrEnum):
    """In which order claims come: within equals, by their ids.

    ``confidence`` is that of the surest reading of a claim, surest first; ``-confidence`` begins
    with the least sure.
    """

    ID = "id"
    ARTICLE = "article"
    SUREST = "confidence"
    LEAST_SURE = "-confidence"


class ClaimDocument(NamedTuple):
    """A claim as it is stored, for readers of very many: plain JSON without what is at its default.

    ``claim`` has the fields of :class:`~app.model.claim.Claim` and ``state`` those of
    :class:`~app.model.claim.ClaimState`.
    """

    id: str
    article_id: str | None
    claim: dict[str, Any]
    state: dict[str, Any]
    revision: int


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name that may answer a search: the entity, its category, and the name that was found."""

    entity: str
    category: Category
    name: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One stored thing as it is copied and exported: its kind and its fields as plain JSON.

    The kinds, their fields and their order are the same on every engine (see ``ROW_KINDS``).
    """

    kind: str
    fields: Mapping[str, object]


ROW_KINDS: tuple[str, ...] = (
    "revision",
    "article",
    "alias",
    "record",
    "text",
    "entity",
    "relation",
    "claim",
    "extraction",
    "state",
    "decision",
    "article_decision",
    "link",
    "edge",
    "tombstone",
)
"""The order of a dump. Within a kind, rows are sorted by key, then by ``rev_from``.

Fields, beside ``rev_from`` and ``rev_to`` (null while open) on versioned kinds:

======== =====================================================================
revision number, id, created_at, actor, message
article  id, rev_from
alias    alias, article_id, rev_from, rev_to
record   article_id, format, record (JSON of Record), citation_key, rev_from, rev_to
text     article_id, sha256, text, rev_from, rev_to
entity   id, entity (JSON of Entity), rev_from, rev_to
relation subject, type, object, relation (JSON of EntityRelation), rev_from, rev_to
claim    id, article_id, claim (JSON of Claim), rev_from, rev_to
extraction claim, extraction (JSON of Extraction), rev_from
state    claim, state (JSON of ClaimState), rev_from, rev_to
decision id, decision (JSON of Decision), rev_from
article_decision id, decision (JSON of ArticleDecision), rev_from
link     claim, type, target, rev_from, rev_to
edge     claim, position, edge (JSON of Edge), rule_version, rev_from, rev_to
tombstone kind, key, reason, actor, rev_from
======== =====================================================================
"""


@dataclass(frozen=True, slots=True)
class WholeClaim:
    """A claim with all that is put beside it when it is new (see ``put_many``)."""

    claim: Claim
    article_id: str | None
    state: ClaimState
    edges: tuple[Edge, ...] = ()
    rule_version: int = 1
    extractions: tuple[Extraction, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each thing a view holds."""

    articles: int = 0
    entities: int = 0
    relations: int = 0
    claims: Mapping[Status, int] = field(default_factory=dict)
    edges: int = 0
    decisions: int = 0
    revisions: int = 0


class GraphView(Protocol):
    """The graph at one revision. All reads of one view agree with each other."""

    @property
    def revision(self) -> Revision:
        """The revision that this view shows; inside a write, the one before it."""
        ...

    # Articles

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles with these internal ids.

        Unknown ids are left out, and ids of articles merged into others (see ``article_ids``).
        """
        ...

    def article_ids(self, aliases: Sequence[str]) -> dict[str, str]:
        """Return the internal id of each identifier that is known.

        An internal id is its own, until its article is merged: then it is the other's.
        """
        ...

    def articles_with_text(self, text_sha256: str) -> tuple[str, ...]:
        """Return the ids of the articles whose present text has this hash, sorted."""
        ...

    def articles_merged_with_text(self, text_sha256: str) -> tuple[str, ...]:
        """Return the ids of the articles into which one with this text was merged, sorted."""
        ...

    def articles_with_citation(self, key: str) -> tuple[str, ...]:
        """Return the ids of the articles that were stored under this citation key, sorted.

        For an article merged into another stands the other.
        """
        ...

    def article_page(self, after: str | None, limit: int) -> Page[Article]:
        """Return articles in the order of their internal ids."""
        ...

    def aliases_of(self, article_id: str) -> tuple[str, ...]:
        """Return the identifiers that mean this article, and articles merged into it, sorted."""
        ...

    def article_decisions_on(self, article_id: str) -> tuple[ArticleDecision, ...]:
        """Return all decisions on an article and on those merged into it, oldest first."""
        ...

    def article_records(self, article_id: str) -> tuple[Record, ...]:
        """Return the records that make up an article, sorted by format."""
        ...

    def article_facts(self, ids: Sequence[str]) -> dict[str, ArticleFacts]:
        """Return what reasoning needs of these articles."""
        ...

    def text(self, text_sha256: str) -> str | None:
        """Return the text with this hash, present or past."""
        ...

    # Entities

    def entities(self, ids: Sequence[str]) -> dict[str, Entity]:
        """Return the entities with these ids; unknown ids are left out."""
        ...

    def entity_page(self, category: Category | None, after: str | None, limit: int) -> Page[Entity]:
        """Return entities in the order of their ids."""
        ...

    def name_hits(self, query: str, category: Category | None, limit: int) -> tuple[NameHit, ...]:
        """Return names that may match: equal, by prefix, by trigram; unranked, sorted by entity."""
        ...

    def relations(
        self,
        entities: Sequence[str] | None = None,
        types: Sequence[RelationType] | None = None,
    ) -> tuple[EntityRelation, ...]:
        """Return the relations that have one of ``entities`` at either end (None: all), sorted."""
        ...

    # Claims

    def claims(self, ids: Sequence[str]) -> dict[str, StoredClaim]:
        """Return the claims with these ids, whatever their status; unknown ids are left out."""
        ...

    def claim_page(
        self,
        which: ClaimFilter,
        after: str | None,
        limit: int,
        order: ClaimOrder = ClaimOrder.ID,
    ) -> Page[StoredClaim]:
        """Return claims in the order of their ids."""
        ...

    def claim_documents(
        self, which: ClaimFilter, after: str | None, limit: int
    ) -> tuple[ClaimDocument, ...]:
        """Return the next claims in the order of their ids, not counted; fewer are the last."""
        ...

    def claims_of_text(self, text_sha256: str) -> tuple[str, ...]:
        """Return the ids of the claims that were read from this text, sorted."""
        ...

    def edges_of(self, claims: Sequence[str]) -> dict[str, tuple[Edge, ...]]:
        """Return the signed edges that each of these claims carries, in their order."""
        ...

    def links_of(self, claims: Sequence[str]) -> dict[str, tuple[Link, ...]]:
        """Return the links that go out from each of these claims, sorted by type and target."""
        ...

    def extractions_of(self, claims: Sequence[str]) -> dict[str, tuple[Extraction, ...]]:
        """Return the readings that found each of these claims, oldest first."""
        ...

    def decisions_on(self, claims: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
        """Return all decisions on each of these claims, oldest first."""
        ...

    def decision(self, decision_id: str) -> Decision | None:
        """Return one decision."""
        ...

    # What the index is built from

    def edges(self) -> Iterator[StoredEdge]:
        """Stream every signed edge, sorted by claim and position."""
        ...

    def neighbour_edges(self, entity_ids: Sequence[str], limit: int) -> tuple[StoredEdge, ...]:
        """Return the edges that touch one of these entities, at most ``limit``, sorted as above."""
        ...

    def edge_columns(self) -> EdgeColumns:
        """Return every signed edge as columns of numbers, sorted as above.

        Equal graphs give equal columns on every engine.
        """
        ...

    def edge_changes(self, since: int) -> EdgeChanges | None:
        """Return what became of the edges between revision ``since`` and this view's.

        None where a purge lies between, which deletes without a trace: read them all again.
        """
        ...

    # The whole

    def counts(self) -> Counts:
        """Count what the view holds."""
        ...


class GraphWriter(GraphView, Protocol):
    """A transaction. Its reads see what it wrote.

    Every ``put`` is idempotent; a versioned thing that differs from its open version closes it.
    """

    @property
    def next_revision(self) -> int:
        """The number that the transaction's revision will have."""
        ...

    def add_article(self, article_id: str) -> None:
        """Make a new article; its records, text and aliases follow."""
        ...

    def put_alias(self, alias: str, article_id: str) -> None:
        """Let an identifier mean this article from here on."""
        ...

    def close_alias(self, alias: str) -> None:
        """Let an identifier mean no article, or an article's own id that article again."""
        ...

    def close_article(self, article_id: str) -> None:
        """End an article's open records and text; an alias of its id says where it went."""
        ...

    def close_record(self, article_id: str, record_format: DocumentFormat) -> None:
        """End the article's open record of a format."""
        ...

    def add_article_decision(self, decision: ArticleDecision) -> None:
        """Record a decision on an article."""
        ...

    def put_record(self, article_id: str, record: Record, citation_key: str | None) -> None:
        """Put a record in the place of the article's open record of the same format."""
        ...

    def put_text(self, article_id: str, text: str, text_sha256: str) -> None:
        """Make this the article's present text."""
        ...

    def put_entity(self, entity: Entity) -> None:
        """Put an entity."""
        ...

    def put_relation(self, relation: EntityRelation) -> None:
        """Put a relation between two entities."""
        ...

    def close_relation(self, key: tuple[str, str, str]) -> None:
        """End a relation."""
        ...

    def put_claim(self, article_id: str | None, claim: Claim) -> None:
        """Put a claim; a new one starts as a candidate with its own quotes."""
        ...

    def put_state(self, claim_id: str, state: ClaimState) -> None:
        """Put where curation stands on a claim and how its quotes are anchored."""
        ...

    def add_extraction(self, claim_id: str, extraction: Extraction) -> None:
        """Record a reading; its revision is set to this transaction's."""
        ...

    def add_decision(self, decision: Decision) -> None:
        """Record a decision."""
        ...

    def put_link(self, claim_id: str, link: Link) -> None:
        """Put a link from a claim."""
        ...

    def close_link(self, claim_id: str, link: Link) -> None:
        """End a link from a claim."""
        ...

    def put_edges(self, claim_id: str, edges: Sequence[Edge], rule_version: int) -> None:
        """Make these the edges that the claim carries; an empty list ends them all."""
        ...

    def put_many(
        self,
        claims: Sequence[WholeClaim] = (),
        entities: Sequence[Entity] = (),
        relations: Sequence[EntityRelation] = (),
    ) -> frozenset[str]:
        """Put much at once, in a few statements; return the ids of the claims that were known.

        Entities and relations are put as one by one. A claim that was never put before is put
        with all that it brings; a known one is left as it is, whatever became of it since. Some
        ten thousand of each are a good measure for one transaction.
        """
        ...


class AccountStore(Protocol):
    """Users, tokens, jobs and idempotency keys; outside of revisions."""

    def user(self, name: str) -> User | None:
        """Return the user of this name, revoked or not."""
        ...

    def users(self) -> tuple[User, ...]:
        """Return all users, sorted by name."""
        ...

    def put_user(self, user: User) -> None:
        """Put a user, by name."""
        ...

    def token(self, sha256: str) -> Token | None:
        """Return the token with this hash, ended or not."""
        ...

    def tokens(self, user: str) -> tuple[Token, ...]:
        """Return the tokens of a user, ended ones too, oldest first."""
        ...

    def add_token(self, token: Token) -> None:
        """Add a token. Raises Conflict where its id or hash is there already."""
        ...

    def use_token(self, token_id: str, time: datetime) -> None:
        """Record when a token was last used."""
        ...

    def end_token(self, token_id: str, time: datetime) -> bool:
        """End a token from here on; False when it was ended already, or is not there."""
        ...

    def forget_tokens(self, before: datetime) -> None:
        """Drop the sessions and codes that expired before a time."""
        ...

    def put_job(self, job: Job, payload: bytes | None = None) -> bool:
        """Put a job; ``payload`` is the input it works on, kept until the job ends.

        False, and nothing changed, when the stored job was cancelled meanwhile.
        """
        ...

    def job(self, job_id: str) -> Job | None:
        """Return a job."""
        ...

    def job_payload(self, job_id: str) -> bytes | None:
        """Return the input of a job that has not ended."""
        ...

    def job_page(self, after: str | None, limit: int) -> Page[Job]:
        """Return jobs, newest first (ids sort by time)."""
        ...

    def claim_job(self, job_id: str, worker: str, now: datetime, lease_until: datetime) -> bool:
        """Take a queued job, or one whose lease ran out; False when another worker holds it."""
        ...

    def idempotency(self, key: str, owner: str) -> IdempotencyRecord | None:
        """Return the first answer under this key."""
        ...

    def put_idempotency(self, record: IdempotencyRecord) -> bool:
        """Keep an answer; False when another one was first."""
        ...


class GraphStore(Protocol):
    """One graph in one engine."""

    @property
    def url(self) -> str:
        """The store's address, without credentials."""
        ...

    @property
    def accounts(self) -> AccountStore:
        """Users, jobs and idempotency keys."""
        ...

    def head(self) -> Revision:
        """Return the last revision; number 0 on an empty graph."""
        ...

    def revision(self, number: int) -> Revision | None:
        """Return a revision."""
        ...

    def revision_at(self, time: datetime) -> Revision | None:
        """Return the last revision made at or before ``time``."""
        ...

    def revisions(self, after: int, limit: int) -> tuple[Revision, ...]:
        """Return revisions after a number, oldest first."""
        ...

    def changes(self, since: int, until: int, after: str | None, limit: int) -> Page[Change]:
        """Return what revisions ``since`` < r <= ``until`` opened and closed, in dump order."""
        ...

    def view(self, revision: int | None = None) -> AbstractContextManager[GraphView]:
        """Open a view of the graph at a revision (None: the head)."""
        ...

    def write(self, actor: str, message: str, work: Callable[[GraphWriter], T]) -> T:
        """Run ``work`` in one transaction that makes one revision, and return what it returns.

        Writers wait for each other. ``work`` may be run again after a passing fault, so it has no
        effect of its own but through the writer. An exception undoes everything.
        """
        ...

    def dump(self) -> Iterator[Row]:
        """Stream the whole graph, in the order of ``ROW_KINDS``; equal graphs give equal rows."""
        ...

    def load(self, rows: Iterable[Row]) -> int:
        """Fill an empty store from a dump, in one go or not at all; return the number of rows.

        Raises :class:`~app.model.errors.Conflict` when the store is not empty.
        """
        ...

    def backup(self, target: Path) -> None:
        """Write a consistent copy of the graph to a file, which ``restore`` reads."""
        ...

    def restore(self, source: Path) -> None:
        """Fill an empty store from a backup, or leave it as it is."""
        ...

    def purge(self, kind: str, key: str, actor: str, reason: str) -> int:
        """Delete an article or claim with all its versions; leave a tombstone; count rows."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
