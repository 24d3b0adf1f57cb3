"""How each kind of row is written; the writer and ``load`` share it.

Every function inserts one version that opens at ``rev_from`` and, where given, has closed at
``rev_to``, with what is kept beside it for searching.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, LiteralString

import orjson

from app.graph.names import fold_name
from app.graph.rows import extraction_json, stored_json, utc_text
from app.graph.slots import slot_entities
from app.graph.sqlite import keys
from app.model.article import Record
from app.model.claim import Claim, ClaimState, Extraction
from app.model.decision import ArticleDecision, Decision
from app.model.entity import Entity, EntityRelation
from app.model.errors import BadInput
from app.model.history import Revision
from app.model.vocabulary import LinkType


@dataclass(frozen=True, slots=True)
class Span:
    """The revisions in which a version stands."""

    rev_from: int
    rev_to: int | None = None


@dataclass(frozen=True, slots=True)
class Versioned:
    """The statements that end versions of one table.

    All take the key's parts by name. ``current`` gives ``rev_from`` and the value's columns of
    the open version, ``closed`` the value's columns of the version that closed at ``:revision``.
    ``forget`` deletes an open version that no committed revision has seen.
    """

    current: LiteralString
    closed: LiteralString
    close: LiteralString
    reopen: LiteralString
    forget: LiteralString


ALIAS: Final = Versioned(
    current="SELECT rev_from, article_id FROM alias WHERE alias = :alias AND rev_to IS NULL",
    closed="SELECT article_id FROM alias WHERE alias = :alias AND rev_to = :revision",
    close="UPDATE alias SET rev_to = :revision WHERE alias = :alias AND rev_to IS NULL",
    reopen="UPDATE alias SET rev_to = NULL WHERE alias = :alias AND rev_to = :revision",
    forget="DELETE FROM alias WHERE alias = :alias AND rev_to IS NULL",
)
RECORD: Final = Versioned(
    current="""SELECT rev_from, record, citation_key FROM record
        WHERE article_id = :article_id AND format = :format AND rev_to IS NULL""",
    closed="""SELECT record, citation_key FROM record
        WHERE article_id = :article_id AND format = :format AND rev_to = :revision""",
    close="""UPDATE record SET rev_to = :revision
        WHERE article_id = :article_id AND format = :format AND rev_to IS NULL""",
    reopen="""UPDATE record SET rev_to = NULL
        WHERE article_id = :article_id AND format = :format AND rev_to = :revision""",
    forget="""DELETE FROM record
        WHERE article_id = :article_id AND format = :format AND rev_to IS NULL""",
)
TEXT: Final = Versioned(
    current="""SELECT rev_from, sha256 FROM article_text
        WHERE article_id = :article_id AND rev_to IS NULL""",
    closed="""SELECT sha256 FROM article_text
        WHERE article_id = :article_id AND rev_to = :revision""",
    close="""UPDATE article_text SET rev_to = :revision
        WHERE article_id = :article_id AND rev_to IS NULL""",
    reopen="""UPDATE article_text SET rev_to = NULL
        WHERE article_id = :article_id AND rev_to = :revision""",
    forget="DELETE FROM article_text WHERE article_id = :article_id AND rev_to IS NULL",
)
ENTITY: Final = Versioned(
    current="SELECT rev_from, entity FROM entity WHERE id = :id AND rev_to IS NULL",
    closed="SELECT entity FROM entity WHERE id = :id AND rev_to = :revision",
    close="UPDATE entity SET rev_to = :revision WHERE id = :id AND rev_to IS NULL",
    reopen="UPDATE entity SET rev_to = NULL WHERE id = :id AND rev_to = :revision",
    forget="DELETE FROM entity WHERE id = :id AND rev_to IS NULL",
)
RELATION: Final = Versioned(
    current="""SELECT rev_from, relation FROM relation
        WHERE subject = :subject AND type = :type AND object = :object AND rev_to IS NULL""",
    closed="""SELECT relation FROM relation
        WHERE subject = :subject AND type = :type AND object = :object AND rev_to = :revision""",
    close="""UPDATE relation SET rev_to = :revision
        WHERE subject = :subject AND type = :type AND object = :object AND rev_to IS NULL""",
    reopen="""UPDATE relation SET rev_to = NULL
        WHERE subject = :subject AND type = :type AND object = :object AND rev_to = :revision""",
    forget="""DELETE FROM relation
        WHERE subject = :subject AND type = :type AND object = :object AND rev_to IS NULL""",
)
CLAIM: Final = Versioned(
    current="SELECT rev_from, article_id, claim FROM claim WHERE key = :key AND rev_to IS NULL",
    closed="SELECT article_id, claim FROM claim WHERE key = :key AND rev_to = :revision",
    close="UPDATE claim SET rev_to = :revision WHERE key = :key AND rev_to IS NULL",
    reopen="UPDATE claim SET rev_to = NULL WHERE key = :key AND rev_to = :revision",
    forget="DELETE FROM claim WHERE key = :key AND rev_to IS NULL",
)
STATE: Final = Versioned(
    current="SELECT rev_from, state FROM claim_state WHERE claim = :claim AND rev_to IS NULL",
    closed="SELECT state FROM claim_state WHERE claim = :claim AND rev_to = :revision",
    close="UPDATE claim_state SET rev_to = :revision WHERE claim = :claim AND rev_to IS NULL",
    reopen="UPDATE claim_state SET rev_to = NULL WHERE claim = :claim AND rev_to = :revision",
    forget="DELETE FROM claim_state WHERE claim = :claim AND rev_to IS NULL",
)
LINK: Final = Versioned(
    current="""SELECT rev_from, target FROM link
        WHERE claim = :claim AND type = :type AND target = :target AND rev_to IS NULL""",
    closed="""SELECT target FROM link
        WHERE claim = :claim AND type = :type AND target = :target AND rev_to = :revision""",
    close="""UPDATE link SET rev_to = :revision
        WHERE claim = :claim AND type = :type AND target = :target AND rev_to IS NULL""",
    reopen="""UPDATE link SET rev_to = NULL
        WHERE claim = :claim AND type = :type AND target = :target AND rev_to = :revision""",
    forget="""DELETE FROM link
        WHERE claim = :claim AND type = :type AND target = :target AND rev_to IS NULL""",
)


def insert_revision(connection: sqlite3.Connection, revision: Revision) -> None:
    """Write a revision."""
    connection.execute(
        "INSERT INTO revision (number, id, created_at, actor, message) VALUES (?, ?, ?, ?, ?)",
        (
            revision.number,
            revision.id,
            utc_text(revision.created_at),
            revision.actor,
            revision.message,
        ),
    )


def insert_article(connection: sqlite3.Connection, article_id: str, rev_from: int) -> None:
    """Write an article's id."""
    connection.execute("INSERT INTO article (id, rev_from) VALUES (?, ?)", (article_id, rev_from))


def insert_alias(connection: sqlite3.Connection, alias: str, article_id: str, span: Span) -> None:
    """Write a version of an alias."""
    connection.execute(
        "INSERT INTO alias (alias, article_id, rev_from, rev_to) VALUES (?, ?, ?, ?)",
        (alias, article_id, span.rev_from, span.rev_to),
    )


def insert_record(
    connection: sqlite3.Connection,
    article_id: str,
    record: Record,
    citation_key: str | None,
    span: Span,
) -> None:
    """Write a version of a record."""
    connection.execute(
        """INSERT INTO record (article_id, format, record, citation_key, rev_from, rev_to)
        VALUES (?, ?, ?, ?, ?, ?)""",
        (article_id, record.format, stored_json(record), citation_key, span.rev_from, span.rev_to),
    )


def insert_text(
    connection: sqlite3.Connection, article_id: str, text: str, text_sha256: str, span: Span
) -> None:
    """Write a version of an article's text; equal texts are kept once."""
    connection.execute(
        "INSERT INTO text_body (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (text_sha256, text),
    )
    connection.execute(
        "INSERT INTO article_text (article_id, sha256, rev_from, rev_to) VALUES (?, ?, ?, ?)",
        (article_id, text_sha256, span.rev_from, span.rev_to),
    )


def insert_entity(connection: sqlite3.Connection, entity: Entity, span: Span) -> None:
    """Write a version of an entity with its names."""
    cursor = connection.execute(
        """INSERT INTO entity (id, category, entity, rev_from, rev_to)
        VALUES (?, ?, ?, ?, ?)""",
        (entity.id, entity.category, stored_json(entity), span.rev_from, span.rev_to),
    )
    names = dict.fromkeys((entity.name, *entity.synonyms))
    connection.executemany(
        "INSERT INTO entity_name (version, name, folded, preferred) VALUES (?, ?, ?, ?)",
        [(cursor.lastrowid, name, fold_name(name), name == entity.name) for name in names],
    )


def insert_relation(connection: sqlite3.Connection, relation: EntityRelation, span: Span) -> None:
    """Write a version of a relation."""
    connection.execute(
        """INSERT INTO relation (subject, type, object, role, relation, rev_from, rev_to)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (*relation.key, relation.role, stored_json(relation), span.rev_from, span.rev_to),
    )


def insert_claim(
    connection: sqlite3.Connection, article_id: str | None, claim: Claim, span: Span
) -> None:
    """Write a version of a claim with the entities that its slots name."""
    cursor = connection.execute(
        """INSERT INTO claim (key, article_id, text_sha256, predicate, epistemic, evidence, claim,
            rev_from, rev_to)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            keys.claim(connection, claim.id),
            article_id,
            claim.text_sha256,
            claim.predicate.type,
            claim.epistemic,
            claim.evidence.type,
            stored_json(claim),
            span.rev_from,
            span.rev_to,
        ),
    )
    connection.executemany(
        "INSERT INTO claim_entity (entity, slot, version) VALUES (?, ?, ?)",
        [
            (keys.entity(connection, entity), slot, cursor.lastrowid)
            for entity, slot in sorted(slot_entities(claim))
        ],
    )


def insert_extraction(
    connection: sqlite3.Connection, claim: int, extraction: Extraction, rev_from: int
) -> None:
    """Write a reading of the claim with this key."""
    connection.execute(
        "INSERT INTO extraction (claim, rev_from, extraction, confidence) VALUES (?, ?, ?, ?)",
        (claim, rev_from, extraction_json(extraction), extraction.confidence),
    )


def insert_state(connection: sqlite3.Connection, claim: int, state: ClaimState, span: Span) -> None:
    """Write a version of the state of the claim with this key."""
    connection.execute(
        """INSERT INTO claim_state (claim, status, state, rev_from, rev_to)
        VALUES (?, ?, ?, ?, ?)""",
        (claim, state.status, stored_json(state), span.rev_from, span.rev_to),
    )


def insert_decision(connection: sqlite3.Connection, claim: int, decision: Decision) -> None:
    """Write a decision on the claim with this key; its revision is its own."""
    connection.execute(
        """INSERT INTO decision (id, claim, type, created_at, decision, rev_from)
        VALUES (?, ?, ?, ?, ?, ?)""",
        (
            decision.id,
            claim,
            decision.type,
            utc_text(decision.created_at),
            stored_json(decision),
            decision.revision,
        ),
    )


def insert_article_decision(connection: sqlite3.Connection, decision: ArticleDecision) -> None:
    """Write a decision on an article; its revision is its own."""
    connection.execute(
        """INSERT INTO article_decision (id, article_id, type, created_at, decision, rev_from)
        VALUES (?, ?, ?, ?, ?, ?)""",
        (
            decision.id,
            decision.article,
            decision.type,
            utc_text(decision.created_at),
            stored_json(decision),
            decision.revision,
        ),
    )


def insert_link(
    connection: sqlite3.Connection, claim: int, kind: LinkType, target: int, span: Span
) -> None:
    """Write a version of a link between the claims with these keys."""
    connection.execute(
        "INSERT INTO link (claim, type, target, rev_from, rev_to) VALUES (?, ?, ?, ?, ?)",
        (claim, kind, target, span.rev_from, span.rev_to),
    )


def insert_tombstone(
    connection: sqlite3.Connection, kind: str, key: str, reason: str, actor: str, rev_from: int
) -> None:
    """Write what stands in the place of a purged thing."""
    connection.execute(
        "INSERT INTO tombstone (kind, key, reason, actor, rev_from) VALUES (?, ?, ?, ?, ?)",
        (kind, key, reason, actor, rev_from),
    )


def json_list(values: Sequence[str]) -> str:
    """Return texts as the JSON array that ``json_each`` unfolds."""
    try:
        return orjson.dumps(values).decode()
    except orjson.JSONEncodeError as error:
        raise BadInput(f"not a list of texts: {error}") from error
