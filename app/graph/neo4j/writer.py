"""A write transaction: what it puts, and the one revision that it makes."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

from neo4j import ManagedTransaction

from app.graph.neo4j import bulk, elements, history
from app.graph.neo4j.connection import AnyTransaction, rows, values
from app.graph.neo4j.edges import EdgeVersions
from app.graph.neo4j.elements import SLOT, Element
from app.graph.neo4j.reads.base import Found
from app.graph.neo4j.versions import Versions, Wanted
from app.graph.neo4j.view import AllReads
from app.graph.port import WholeClaim
from app.graph.rows import utc_text
from app.model.article import Record
from app.model.claim import Claim, ClaimState, Extraction, Link
from app.model.decision import ArticleDecision, Decision
from app.model.edge import Edge
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput, Conflict, NotFound
from app.model.history import Revision
from app.model.text import sha256_of
from app.model.vocabulary import DocumentFormat

BUFFER = 5000
"""How many elements wait before they are sent."""


class Neo4jWriter(AllReads):
    """The writer of one transaction.

    What is put waits, and goes to the server in batches before the next read and at the end; a
    later put of the same thing takes the place of one that still waits.
    """

    def __init__(self, transaction: ManagedTransaction) -> None:
        self._transaction = transaction
        self._revision = lock(transaction)
        self._at = self._revision.number + 1
        self._versions = Versions(transaction, self._at)
        self._edges = EdgeVersions(transaction, self._at)
        self._wanted: defaultdict[str, Wanted] = defaultdict(Wanted)
        self._wanted_edges: dict[str, list[tuple[Edge, int]]] = {}
        self._new_articles: set[str] = set()
        self._needed_articles: set[str] = set()
        self._needed_claims: set[str] = set()

    @property
    def next_revision(self) -> int:
        """The number that the transaction's revision will have."""
        return self._at

    def finish(self, actor: str, message: str) -> bool:
        """Send what waits and make the revision; False when the transaction changed nothing."""
        self._send()
        self._check_whole()
        if not (self._versions.changed or self._edges.changed):
            return False
        make_revision(self._transaction, self._revision, actor, message)
        return True

    # Articles

    def add_article(self, article_id: str) -> None:
        """Make a new article; its records, text and aliases follow."""
        self._want(elements.article(article_id))

    def put_alias(self, alias: str, article_id: str) -> None:
        """Let an identifier mean this article from here on."""
        self._needed_articles.add(article_id)
        self._want(elements.alias(alias, article_id))

    def close_alias(self, alias: str) -> None:
        """Let an identifier mean no article, or an article's own id that article again."""
        self._wanted["alias"].elements[alias] = None

    def close_article(self, article_id: str) -> None:
        """End an article's open records and text; an alias of its id says where it went."""
        for record in self.article_records(article_id):
            self.close_record(article_id, record.format)
        self._wanted["text"].elements[article_id] = None

    def close_record(self, article_id: str, record_format: DocumentFormat) -> None:
        """End the article's open record of a format."""
        key = elements.joined(article_id, record_format.value)
        self._wanted["record"].elements[key] = None

    def add_article_decision(self, decision: ArticleDecision) -> None:
        """Record a decision on an article."""
        self._needed_articles.add(decision.article)
        self._want(elements.article_decision(decision))

    def put_record(self, article_id: str, record: Record, citation_key: str | None) -> None:
        """Put a record in the place of the article's open record of the same format."""
        self._needed_articles.add(article_id)
        self._want(elements.record(article_id, record, citation_key))

    def put_text(self, article_id: str, text: str, text_sha256: str) -> None:
        """Make this the article's present text."""
        if sha256_of(text) != text_sha256:
            raise BadInput(f"the text of article {article_id} does not have hash {text_sha256}")
        self._needed_articles.add(article_id)
        self._want(elements.text(article_id, text, text_sha256))

    # Entities

    def put_entity(self, entity: Entity) -> None:
        """Put an entity."""
        self._want(elements.entity(entity))

    def put_relation(self, relation: EntityRelation) -> None:
        """Put a relation between two entities."""
        self._want(elements.relation(relation))

    def close_relation(self, key: tuple[str, str, str]) -> None:
        """End a relation."""
        self._wanted["relation"].elements[elements.joined(*key)] = None

    # Claims

    def put_claim(self, article_id: str | None, claim: Claim) -> None:
        """Put a claim; a new one starts as a candidate with its own quotes."""
        if article_id is not None:
            self._needed_articles.add(article_id)
        self._want(elements.claim(article_id, claim))
        self._want_all(SLOT, claim.id, elements.slots(article_id, claim))
        self._wanted["first state"].elements[claim.id] = elements.state(
            claim.id, ClaimState(quotes=claim.quotes)
        )

    def put_state(self, claim_id: str, state: ClaimState) -> None:
        """Put where curation stands on a claim and how its quotes are anchored."""
        self._needed_claims.add(claim_id)
        self._want(elements.state(claim_id, state))

    def add_extraction(self, claim_id: str, extraction: Extraction) -> None:
        """Record a reading; its revision is set to this transaction's."""
        self._needed_claims.add(claim_id)
        self._want(elements.extraction(claim_id, extraction))

    def add_decision(self, decision: Decision) -> None:
        """Record a decision."""
        self._needed_claims.add(decision.claim)
        element = elements.decision(decision)
        waiting = self._wanted["decision"].elements.get(element.key)
        if waiting is not None and not element.same_as(waiting.properties):
            raise Conflict(f"another decision has the id {decision.id}")
        self._want(element)

    def put_link(self, claim_id: str, link: Link) -> None:
        """Put a link from a claim."""
        self._needed_claims.update((claim_id, link.claim))
        self._want(elements.link(claim_id, link))

    def close_link(self, claim_id: str, link: Link) -> None:
        """End a link from a claim."""
        self._wanted["link"].elements[elements.link(claim_id, link).key] = None

    def put_edges(self, claim_id: str, edges: Sequence[Edge], rule_version: int) -> None:
        """Make these the edges that the claim carries; an empty list ends them all."""
        self._needed_claims.add(claim_id)
        self._wanted_edges[claim_id] = [(edge, rule_version) for edge in edges]

    # Many at once

    def put_many(
        self,
        claims: Sequence[WholeClaim] = (),
        entities: Sequence[Entity] = (),
        relations: Sequence[EntityRelation] = (),
    ) -> frozenset[str]:
        """Put much at once, in a few statements; return the ids of the claims that were known."""
        for entity in entities:
            self.put_entity(entity)
        for relation in relations:
            self.put_relation(relation)
        whole = {each.claim.id: each for each in reversed(claims)}
        self._needed_articles.update(each.article_id for each in claims if each.article_id)
        self._send()
        known = bulk.known_claims(self._transaction, list(whole))
        new = [each for each in reversed(whole.values()) if each.claim.id not in known]
        if new:
            numbers = bulk.open_claims(self._transaction, new, self._at)
            for kind, made in bulk.elements_of(new).items():
                self._versions.open(kind, made)
            self._edges.open_new(bulk.edge_rows(new, self._at), numbers)
            self._versions.opened(len(new))
        return known

    # How it is sent

    def _read(self, query: LiteralString, **parameters: object) -> list[Found]:
        self._send()
        return list(rows(self._transaction, query, at=self._at, **parameters))

    def _values(self, query: LiteralString, **parameters: object) -> list[list[Any]]:
        self._send()
        return values(self._transaction, query, at=self._at, **parameters)

    def _want(self, element: Element) -> None:
        self._wanted[element.kind].elements[element.key] = element
        if sum(map(len, self._wanted.values())) + len(self._wanted_edges) > BUFFER:
            self._send()

    def _want_all(self, kind: str, claim_id: str, made: Iterable[Element]) -> None:
        """Want these elements of a claim and no others of the kind."""
        wanted = self._wanted[kind]
        if claim_id in wanted.owners:
            for key in [key for key in wanted.elements if key.startswith(claim_id)]:
                del wanted.elements[key]
        wanted.owners.add(claim_id)
        wanted.elements.update((element.key, element) for element in made)

    def _send(self) -> None:
        """Send what waits, in an order in which everything finds what it hangs on."""
        if not (self._wanted or self._wanted_edges or self._needed_articles):
            return
        wanted, self._wanted = self._wanted, defaultdict(Wanted)
        edges, self._wanted_edges = self._wanted_edges, {}
        first_states = wanted.pop("first state", Wanted()).elements
        self._new_articles.update(
            element.key for element in self._versions.settle("article", wanted["article"])
        )
        self._need_articles()
        for kind in ("alias", "record", "text", "entity", "relation"):
            self._versions.settle(kind, wanted[kind])
        for claim in self._versions.settle("claim", wanted["claim"]):
            wanted["state"].elements.setdefault(claim.key, first_states[claim.key])
        self._need_claims()
        for kind in (SLOT, "extraction", "state", "decision", "article_decision", "link"):
            self._versions.settle(kind, wanted[kind])
        # What an edge copies from its claim is renewed with it.
        renewed = dict.fromkeys(_claims_of(wanted))
        self._edges.settle({**renewed, **edges})

    # What must be there

    def _need_articles(self) -> None:
        asked, self._needed_articles = self._needed_articles, set()
        if not asked:
            return
        for row in rows(
            self._transaction,
            """UNWIND $ids AS id WITH id WHERE NOT EXISTS { MATCH (:Article {id: id}) }
            RETURN id ORDER BY id LIMIT 1""",
            ids=list(asked),
        ):
            raise NotFound(f"there is no article {row['id']}")

    def _need_claims(self) -> None:
        asked, self._needed_claims = self._needed_claims, set()
        if not asked:
            return
        for row in rows(
            self._transaction,
            """UNWIND $ids AS id WITH id WHERE NOT EXISTS { MATCH (:Claim {id: id}) }
            RETURN id ORDER BY id LIMIT 1""",
            ids=list(asked),
        ):
            raise NotFound(f"there is no claim {row['id']}")

    def _check_whole(self) -> None:
        if not self._new_articles:
            return
        for row in rows(
            self._transaction,
            """MATCH (a:Article) WHERE a.id IN $ids AND NOT (
                EXISTS { MATCH (a)<-[:OF]-(v:Record) WHERE v.rev_to IS NULL }
                AND EXISTS { MATCH (a)<-[:OF]-(v:TextVersion) WHERE v.rev_to IS NULL })
            RETURN a.id AS id ORDER BY id LIMIT 1""",
            ids=list(self._new_articles),
        ):
            raise Conflict(f"article {row['id']} needs a record and a text to be stored")


def _claims_of(wanted: Mapping[str, Wanted]) -> Iterator[str]:
    """Yield the claims of which something is wanted that edges copy."""
    yield from wanted["claim"].elements
    for kind in ("state", "extraction"):
        for element in wanted[kind].elements.values():
            if element is not None:
                yield str(element.properties["claim"])


def lock(transaction: AnyTransaction) -> Revision:
    """Wait for other writers, keep them waiting, and return the last revision."""
    transaction.run("MATCH (s:Store) SET s.writer = randomUUID()").consume()
    return history.last_written(transaction)


def make_revision(
    transaction: AnyTransaction, last: Revision, actor: str, message: str
) -> Revision:
    """Make the revision after ``last``; its time is after every earlier one's."""
    revision = Revision(
        number=last.number + 1,
        id=uuid.uuid4().hex,
        created_at=max(datetime.now(UTC), last.created_at + timedelta(microseconds=1)),
        actor=actor,
        message=message,
    )
    write_revision(transaction, revision)
    return revision


def write_revision(transaction: AnyTransaction, revision: Revision) -> None:
    """Write a revision; it is the head once it is published."""
    transaction.run(
        """CREATE (:Revision {number: $number, id: $id, created_at: $created_at, actor: $actor,
            message: $message})""",
        number=revision.number,
        id=revision.id,
        created_at=utc_text(revision.created_at),
        actor=revision.actor,
        message=revision.message,
    ).consume()
