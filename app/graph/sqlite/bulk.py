"""Many new things in a few statements: what an import of a whole graph is written with.

Words of a vocabulary are written as plain texts, as ``sqlite3`` looks for an adapter of any other.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from app.graph.edge_codes import claim_codes, content_codes, copied
from app.graph.names import fold_name
from app.graph.port import WholeClaim
from app.graph.rows import extraction_json, stored_json, utc_text
from app.graph.slots import slot_entities
from app.graph.sqlite.edges import condition_text
from app.graph.sqlite.tables import json_list
from app.model.decision import Decision
from app.model.entity import Entity, EntityRelation
from app.model.paper import paper_of

Keys = dict[str, int]


def stored_entities(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return the open version of each of these entities that there is, as stored."""
    rows = connection.execute(
        """SELECT id, entity FROM entity
        WHERE id IN (SELECT value FROM json_each(?)) AND rev_to IS NULL""",
        (json_list(ids),),
    )
    return dict(rows)


def known_claims(connection: sqlite3.Connection, ids: Sequence[str]) -> frozenset[str]:
    """Return those of these claims that were put before."""
    rows = connection.execute(
        "SELECT id FROM claim_key WHERE id IN (SELECT value FROM json_each(?))", (json_list(ids),)
    )
    return frozenset(row[0] for row in rows)


def missing_article(connection: sqlite3.Connection, ids: Sequence[str]) -> str | None:
    """Return one of these articles that there is not; None where all are there."""
    row = connection.execute(
        """SELECT value FROM json_each(?)
        WHERE NOT EXISTS (SELECT 1 FROM article WHERE id = value) ORDER BY value LIMIT 1""",
        (json_list(ids),),
    ).fetchone()
    return None if row is None else str(row[0])


def insert_entities(connection: sqlite3.Connection, entities: Sequence[Entity], at: int) -> None:
    """Write entities of which there is no version."""
    (last,) = connection.execute("SELECT ifnull(max(version), 0) FROM entity").fetchone()
    numbered = list(enumerate(entities, start=last + 1))
    connection.executemany(
        "INSERT INTO entity (version, id, category, entity, rev_from) VALUES (?, ?, ?, ?, ?)",
        (
            (version, entity.id, str(entity.category), stored_json(entity), at)
            for version, entity in numbered
        ),
    )
    connection.executemany(
        "INSERT INTO entity_name (version, name, folded, preferred) VALUES (?, ?, ?, ?)",
        (
            (version, name, fold_name(name), name == entity.name)
            for version, entity in numbered
            for name in dict.fromkeys((entity.name, *entity.synonyms))
        ),
    )


def stored_relations(
    connection: sqlite3.Connection, relations: Iterable[EntityRelation]
) -> dict[tuple[str, str, str], str]:
    """Return the open versions of relations with these subjects, as stored."""
    rows = connection.execute(
        """SELECT subject, type, object, relation FROM relation
        WHERE subject IN (SELECT value FROM json_each(?)) AND rev_to IS NULL""",
        (json_list(sorted({relation.subject for relation in relations})),),
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def insert_claims(connection: sqlite3.Connection, claims: Sequence[WholeClaim], at: int) -> None:
    """Write claims that were never put before, each with all that it brings."""
    (last,) = connection.execute("SELECT ifnull(max(version), 0) FROM claim").fetchone()
    keys = _new_claim_keys(connection, claims)
    slots = [sorted(slot_entities(each.claim)) for each in claims]
    entities = _entity_keys(connection, claims, slots)
    papers = _paper_keys(connection, claims)
    connection.executemany(
        """INSERT INTO claim (version, key, article_id, text_sha256, predicate, epistemic,
            evidence, claim, rev_from)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                version,
                key,
                each.article_id,
                each.claim.text_sha256,
                str(each.claim.predicate.type),
                str(each.claim.epistemic),
                str(each.claim.evidence.type),
                stored_json(each.claim),
                at,
            )
            for version, (key, each) in enumerate(zip(keys, claims, strict=True), start=last + 1)
        ),
    )
    connection.executemany(
        "INSERT INTO claim_entity (entity, slot, version) VALUES (?, ?, ?)",
        sorted(
            (entities[entity], slot, version)
            for version, named in enumerate(slots, start=last + 1)
            for entity, slot in named
        ),
    )
    _insert_beside(connection, keys, claims, at)
    _insert_edges(connection, keys, claims, entities, papers, at)


def _insert_beside(
    connection: sqlite3.Connection, keys: Sequence[int], claims: Sequence[WholeClaim], at: int
) -> None:
    """Write the states, readings and decisions of new claims."""
    # Most claims of an import share their state.
    states = {id(state): state for state in (each.state for each in claims)}
    written = {name: stored_json(state) for name, state in states.items()}
    connection.executemany(
        "INSERT INTO claim_state (claim, status, state, rev_from) VALUES (?, ?, ?, ?)",
        (
            (key, str(each.state.status), written[id(each.state)], at)
            for key, each in zip(keys, claims, strict=True)
        ),
    )
    connection.executemany(
        """INSERT INTO extraction (claim, rev_from, extraction, confidence) VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING""",
        (
            (key, at, extraction_json(reading), reading.confidence)
            for key, each in zip(keys, claims, strict=True)
            for reading in each.extractions
        ),
    )
    connection.executemany(
        """INSERT INTO decision (id, claim, type, created_at, decision, rev_from)
        VALUES (?, ?, ?, ?, ?, ?)""",
        (
            (
                made.id,
                key,
                str(made.type),
                utc_text(made.created_at),
                stored_json(_dated(made, at)),
                at,
            )
            for key, each in zip(keys, claims, strict=True)
            for made in each.decisions
        ),
    )


def _dated(decision: Decision, at: int) -> Decision:
    return decision if decision.revision == at else decision.model_copy(update={"revision": at})


def _insert_edges(
    connection: sqlite3.Connection,
    keys: Sequence[int],
    claims: Sequence[WholeClaim],
    entities: Keys,
    papers: Keys,
    at: int,
) -> None:
    connection.executemany(
        """INSERT INTO edge (claim, position, subject, object, paper, codes, confidence, rule,
            condition, rule_version, opened, rev_from)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                key,
                position,
                entities[edge.subject],
                entities[edge.object],
                None if facts.paper is None else papers[facts.paper],
                content_codes(edge) | codes,
                facts.confidence,
                edge.rule,
                condition_text(edge),
                each.rule_version,
                at,
                at,
            )
            for key, each in zip(keys, claims, strict=True)
            for facts in (copied(each),)
            for codes in (claim_codes(facts),)
            for position, edge in enumerate(each.edges)
        ),
    )


def _new_claim_keys(connection: sqlite3.Connection, claims: Sequence[WholeClaim]) -> list[int]:
    (last,) = connection.execute("SELECT ifnull(max(key), 0) FROM claim_key").fetchone()
    keys = list(range(last + 1, last + 1 + len(claims)))
    connection.executemany(
        "INSERT INTO claim_key (key, id) VALUES (?, ?)",
        zip(keys, (each.claim.id for each in claims), strict=True),
    )
    return keys


def _entity_keys(
    connection: sqlite3.Connection,
    claims: Sequence[WholeClaim],
    slots: Sequence[Sequence[tuple[str, str]]],
) -> Keys:
    named = {entity for each in slots for entity, _ in each}
    for each in claims:
        for edge in each.edges:
            named.add(edge.subject)
            named.add(edge.object)
    wanted = json_list(sorted(named))
    connection.execute(
        """INSERT INTO entity_key (id) SELECT value FROM json_each(?)
        WHERE NOT EXISTS (SELECT 1 FROM entity_key WHERE id = value)""",
        (wanted,),
    )
    rows = connection.execute(
        "SELECT id, key FROM entity_key WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return dict(rows)


def _paper_keys(connection: sqlite3.Connection, claims: Sequence[WholeClaim]) -> Keys:
    named = (paper_of(e.article_id, e.claim.publications) for e in claims if e.edges)
    wanted = json_list(sorted({each for each in named if each}))
    connection.execute(
        """INSERT INTO paper_key (id) SELECT value FROM json_each(?)
        WHERE NOT EXISTS (SELECT 1 FROM paper_key WHERE id = value)""",
        (wanted,),
    )
    rows = connection.execute(
        "SELECT id, key FROM paper_key WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return dict(rows)
