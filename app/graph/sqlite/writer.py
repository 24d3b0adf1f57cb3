"""A write transaction: what it puts, and the one revision that it makes."""

import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from app.graph.port import WholeClaim
from app.graph.rows import extraction_json, stored_json
from app.graph.sqlite import bulk, history, keys, tables
from app.graph.sqlite.edges import Content, EdgeVersions
from app.graph.sqlite.tables import Span, Versioned
from app.graph.sqlite.view import SqliteView
from app.model.article import Record
from app.model.claim import Claim, ClaimState, Extraction, Link
from app.model.decision import ArticleDecision, Decision
from app.model.edge import Edge
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput, Conflict, NotFound
from app.model.history import Revision
from app.model.text import sha256_of
from app.model.vocabulary import DocumentFormat

_Key = dict[str, str | int]


class SqliteWriter(SqliteView):
    """The writer of one transaction; its revision is made with its first change."""

    def __init__(self, connection: sqlite3.Connection, actor: str, message: str) -> None:
        last = history.head(connection)
        super().__init__(connection, last.number + 1, last)
        self._actor = actor
        self._message = message
        self._begun = False
        self._taken_back = False
        self._new_articles: list[str] = []
        self._known_articles: set[str] = set()
        self._edges = EdgeVersions(connection, self._at)

    @property
    def next_revision(self) -> int:
        """The number that the transaction's revision will have."""
        return self._at

    def finish(self) -> bool:
        """Check what was written as a whole; False when the transaction changed nothing."""
        for article_id in self._new_articles:
            self._check_whole(article_id)
        if self._taken_back:
            return history.changes(self._connection, self._at - 1, self._at, None, 1).total > 0
        return self._begun

    # Articles

    def add_article(self, article_id: str) -> None:
        """Make a new article; its records, text and aliases follow."""
        if self._has_article(article_id):
            return
        self.begin_revision()
        tables.insert_article(self._connection, article_id, self._at)
        self._new_articles.append(article_id)

    def put_alias(self, alias: str, article_id: str) -> None:
        """Let an identifier mean this article from here on."""
        self._need_article(article_id)
        if self._make_room(tables.ALIAS, {"alias": alias}, (article_id,)):
            tables.insert_alias(self._connection, alias, article_id, self._open)

    def close_alias(self, alias: str) -> None:
        """Let an identifier mean no article, or an article's own id that article again."""
        self._end(tables.ALIAS, {"alias": alias})

    def close_article(self, article_id: str) -> None:
        """End an article's open records and text; an alias of its id says where it went."""
        for record in self.article_records(article_id):
            self.close_record(article_id, record.format)
        self._end(tables.TEXT, {"article_id": article_id})

    def close_record(self, article_id: str, record_format: DocumentFormat) -> None:
        """End the article's open record of a format."""
        self._end(tables.RECORD, {"article_id": article_id, "format": record_format})

    def add_article_decision(self, decision: ArticleDecision) -> None:
        """Record a decision on an article."""
        self._need_article(decision.article)
        self.begin_revision()
        dated = decision.model_copy(update={"revision": self._at})
        tables.insert_article_decision(self._connection, dated)

    def put_record(self, article_id: str, record: Record, citation_key: str | None) -> None:
        """Put a record in the place of the article's open record of the same format."""
        self._need_article(article_id)
        key: _Key = {"article_id": article_id, "format": record.format}
        if self._make_room(tables.RECORD, key, (stored_json(record), citation_key)):
            tables.insert_record(self._connection, article_id, record, citation_key, self._open)

    def put_text(self, article_id: str, text: str, text_sha256: str) -> None:
        """Make this the article's present text."""
        self._need_article(article_id)
        if sha256_of(text) != text_sha256:
            raise BadInput(f"the text of article {article_id} does not have hash {text_sha256}")
        if self._make_room(tables.TEXT, {"article_id": article_id}, (text_sha256,)):
            tables.insert_text(self._connection, article_id, text, text_sha256, self._open)

    # Entities

    def put_entity(self, entity: Entity) -> None:
        """Put an entity."""
        if self._make_room(tables.ENTITY, {"id": entity.id}, (stored_json(entity),)):
            tables.insert_entity(self._connection, entity, self._open)

    def put_relation(self, relation: EntityRelation) -> None:
        """Put a relation between two entities."""
        if self._make_room(tables.RELATION, _relation_key(relation.key), (stored_json(relation),)):
            tables.insert_relation(self._connection, relation, self._open)

    def close_relation(self, key: tuple[str, str, str]) -> None:
        """End a relation."""
        self._end(tables.RELATION, _relation_key(key))

    # Claims

    def put_claim(self, article_id: str | None, claim: Claim) -> None:
        """Put a claim; a new one starts as a candidate with its own quotes."""
        if article_id is not None:
            self._need_article(article_id)
        key = keys.claim(self._connection, claim.id)
        if self._make_room(tables.CLAIM, {"key": key}, (article_id, stored_json(claim))):
            tables.insert_claim(self._connection, article_id, claim, self._open)
            self._renew_edges(key)
        known = self._connection.execute(tables.STATE.current, {"claim": key}).fetchone()
        if known is None:
            self.put_state(claim.id, ClaimState(quotes=claim.quotes))

    def put_state(self, claim_id: str, state: ClaimState) -> None:
        """Put where curation stands on a claim and how its quotes are anchored."""
        claim = self._need_claim(claim_id)
        if self._make_room(tables.STATE, {"claim": claim}, (stored_json(state),)):
            tables.insert_state(self._connection, claim, state, self._open)
        self._renew_edges(claim)

    def add_extraction(self, claim_id: str, extraction: Extraction) -> None:
        """Record a reading; its revision is set to this transaction's."""
        claim = self._need_claim(claim_id)
        known = self._connection.execute(
            "SELECT 1 FROM extraction WHERE claim = ? AND extraction = ?",
            (claim, extraction_json(extraction)),
        ).fetchone()
        if known is None:
            self.begin_revision()
            tables.insert_extraction(self._connection, claim, extraction, self._at)
            self._renew_edges(claim)

    def add_decision(self, decision: Decision) -> None:
        """Record a decision."""
        claim = self._need_claim(decision.claim)
        known = self.decision(decision.id)
        if known is not None:
            if known != decision.model_copy(update={"revision": known.revision}):
                raise Conflict(f"another decision has the id {decision.id}")
            return
        self.begin_revision()
        dated = decision.model_copy(update={"revision": self._at})
        tables.insert_decision(self._connection, claim, dated)

    def put_link(self, claim_id: str, link: Link) -> None:
        """Put a link from a claim."""
        key = self._link_key(claim_id, link)
        if self._make_room(tables.LINK, key, (key["target"],)):
            claim, target = self._need_claim(claim_id), self._need_claim(link.claim)
            tables.insert_link(self._connection, claim, link.type, target, self._open)

    def close_link(self, claim_id: str, link: Link) -> None:
        """End a link from a claim."""
        self._end(tables.LINK, self._link_key(claim_id, link))

    def put_edges(self, claim_id: str, edges: Sequence[Edge], rule_version: int) -> None:
        """Make these the edges that the claim carries; an empty list ends them all."""
        claim = self._need_claim(claim_id)
        contents = self._edges.contents(edges, rule_version)
        if contents != self._edges.present(claim):
            self.begin_revision()
            self._settle_edges(claim, contents)

    # Many at once

    def put_many(
        self,
        claims: Sequence[WholeClaim] = (),
        entities: Sequence[Entity] = (),
        relations: Sequence[EntityRelation] = (),
    ) -> frozenset[str]:
        """Put much at once, in a few statements; return the ids of the claims that were known."""
        self._put_entities({each.id: each for each in entities})
        self._put_relations({each.key: each for each in relations})
        ids = list(dict.fromkeys(each.claim.id for each in claims))
        known = bulk.known_claims(self._connection, ids)
        new = {each.claim.id: each for each in reversed(claims) if each.claim.id not in known}
        named = {each.article_id for each in new.values() if each.article_id is not None}
        missing = bulk.missing_article(self._connection, sorted(named))
        if missing is not None:
            raise NotFound(f"there is no article {missing}")
        if new:
            self.begin_revision()
            bulk.insert_claims(self._connection, list(reversed(new.values())), self._at)
        return known

    def _put_entities(self, entities: Mapping[str, Entity]) -> None:
        stored = bulk.stored_entities(self._connection, list(entities))
        for identifier in stored:
            self.put_entity(entities[identifier])
        new = [each for identifier, each in entities.items() if identifier not in stored]
        if new:
            self.begin_revision()
            bulk.insert_entities(self._connection, new, self._at)

    def _put_relations(self, relations: Mapping[tuple[str, str, str], EntityRelation]) -> None:
        stored = bulk.stored_relations(self._connection, relations.values())
        for key, relation in relations.items():
            if stored.get(key) != stored_json(relation):
                self.put_relation(relation)

    # Edges

    def _renew_edges(self, claim: int) -> None:
        """Let the edges of a claim copy what has become of it."""
        present = self._edges.present(claim)
        if present:
            self._settle_edges(claim, present)

    def _settle_edges(self, claim: int, contents: Sequence[Content]) -> None:
        self._taken_back |= self._edges.settle(claim, contents)

    # How versions give way

    def begin_revision(self) -> None:
        """Make the transaction's revision, once; its time is after every earlier one's."""
        if self._begun:
            return
        made = datetime.now(UTC)
        last = self._revision.created_at
        revision = Revision(
            number=self._at,
            id=uuid.uuid4().hex,
            created_at=max(made, last + timedelta(microseconds=1)),
            actor=self._actor,
            message=self._message,
        )
        tables.insert_revision(self._connection, revision)
        self._begun = True

    @property
    def _open(self) -> Span:
        return Span(self._at)

    def _make_room(self, table: Versioned, key: _Key, value: tuple[object, ...]) -> bool:
        """End the open version where it differs; False when ``value`` is open already.

        A version that this transaction opened was never seen and is forgotten, so that a value
        put back leaves no trace.
        """
        row = self._connection.execute(table.current, key).fetchone()
        if row is not None and row[1:] == value:
            return False
        self.begin_revision()
        if row is not None:
            self._give_way(table, key, row[0])
        named = {**key, "revision": self._at}
        closed = self._connection.execute(table.closed, named).fetchone()
        if closed == value:
            self._connection.execute(table.reopen, named)
            self._taken_back = True
            return False
        return True

    def _end(self, table: Versioned, key: _Key) -> None:
        row = self._connection.execute(table.current, key).fetchone()
        if row is not None:
            self.begin_revision()
            self._give_way(table, key, row[0])

    def _give_way(self, table: Versioned, key: _Key, rev_from: int) -> None:
        if rev_from == self._at:
            self._connection.execute(table.forget, key)
            self._taken_back = True
        else:
            self._connection.execute(table.close, {**key, "revision": self._at})

    # What must be there

    def _has_article(self, article_id: str) -> bool:
        if article_id in self._known_articles:
            return True
        row = self._connection.execute("SELECT 1 FROM article WHERE id = ?", (article_id,))
        if row.fetchone() is None:
            return False
        self._known_articles.add(article_id)
        return True

    def _need_article(self, article_id: str) -> None:
        if not self._has_article(article_id):
            raise NotFound(f"there is no article {article_id}")

    def _need_claim(self, claim_id: str) -> int:
        key = keys.known_claim(self._connection, claim_id)
        if key is None:
            raise NotFound(f"there is no claim {claim_id}")
        return key

    def _link_key(self, claim_id: str, link: Link) -> _Key:
        claim, target = self._need_claim(claim_id), self._need_claim(link.claim)
        return {"claim": claim, "type": link.type, "target": target}

    def _check_whole(self, article_id: str) -> None:
        row = self._connection.execute(
            """SELECT 1 FROM record r JOIN article_text t ON t.article_id = r.article_id
            WHERE r.article_id = ? AND r.rev_to IS NULL AND t.rev_to IS NULL LIMIT 1""",
            (article_id,),
        ).fetchone()
        if row is None:
            raise Conflict(f"article {article_id} needs a record and a text to be stored")


def _relation_key(key: tuple[str, str, str]) -> _Key:
    return {"subject": key[0], "type": key[1], "object": key[2]}
