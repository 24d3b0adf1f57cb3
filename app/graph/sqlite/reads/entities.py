"""Entities, the search by name, and relations between entities."""

from collections.abc import Mapping, Sequence

from app.graph.names import MAX_QUERY, fold_name, trigrams, words
from app.graph.port import NameHit, Page
from app.graph.sqlite.reads.base import Reads, page_of
from app.graph.sqlite.tables import json_list
from app.model.entity import Entity, EntityRelation
from app.model.vocabulary import Category, RelationType

_LAST = "\U0010ffff"
"""Sorts after every other character: the end of a range of names with one beginning."""


class EntityReads(Reads):
    """Reads of entities, names and relations."""

    def entities(self, ids: Sequence[str]) -> dict[str, Entity]:
        """Return the entities with these ids; unknown ids are left out."""
        rows = self._connection.execute(
            """SELECT entity FROM entity WHERE id IN (SELECT value FROM json_each(:ids))
                AND rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)
            ORDER BY id""",
            {"ids": json_list(list(ids)), "at": self._at},
        )
        found = (Entity.model_validate_json(row[0]) for row in rows)
        return {entity.id: entity for entity in found}

    def entity_page(self, category: Category | None, after: str | None, limit: int) -> Page[Entity]:
        """Return entities in the order of their ids."""
        asked = {"category": category, "after": after, "limit": limit, "at": self._at}
        (total,) = self._connection.execute(
            """SELECT count(*) FROM entity WHERE (:category IS NULL OR category = :category)
                AND rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)""",
            asked,
        ).fetchone()
        rows = self._connection.execute(
            """SELECT id, entity FROM entity WHERE (:category IS NULL OR category = :category)
                AND (:after IS NULL OR id > :after)
                AND rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)
            ORDER BY id LIMIT :limit + 1""",
            asked,
        )
        items = [(str(row[0]), Entity.model_validate_json(row[1])) for row in rows]
        return page_of(items, total, limit)

    def name_hits(self, query: str, category: Category | None, limit: int) -> tuple[NameHit, ...]:
        """Return names that may match: equal, by prefix, by trigram; unranked, sorted by entity.

        Where more names match than ``limit``, equal ones stay before those with a prefix, and
        these before those that share trigrams.
        """
        folded = fold_name(query)[:MAX_QUERY]
        asked = {
            "folded": folded,
            "end": folded + _LAST,
            "words": _words_match(folded),
            "trigrams": " OR ".join(_quoted(trigram) for trigram in trigrams(folded)),
            "category": category,
            "limit": limit,
            "at": self._at,
        }
        found: dict[tuple[str, str], NameHit] = {}
        searches = (self._equal_or_begun, self._with_words, self._with_trigrams)
        for search in searches:
            for hit in search(asked):
                if len(found) < limit:
                    found.setdefault((hit.entity, hit.name), hit)
        return tuple(found[key] for key in sorted(found))

    def relations(
        self,
        entities: Sequence[str] | None = None,
        types: Sequence[RelationType] | None = None,
    ) -> tuple[EntityRelation, ...]:
        """Return the relations that have one of ``entities`` at either end (None: all), sorted."""
        asked = {
            "entities": None if entities is None else json_list(list(entities)),
            "types": None if types is None else json_list(list(types)),
            "at": self._at,
        }
        rows = self._connection.execute(
            """SELECT relation FROM relation
            WHERE (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
                AND (:entities IS NULL
                    OR subject IN (SELECT value FROM json_each(:entities))
                    OR object IN (SELECT value FROM json_each(:entities)))
                AND rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)
            ORDER BY subject, type, object""",
            asked,
        )
        return tuple(EntityRelation.model_validate_json(row[0]) for row in rows)

    def _equal_or_begun(self, asked: Mapping[str, object]) -> list[NameHit]:
        if not asked["folded"]:
            return []
        rows = self._connection.execute(
            """SELECT e.id, e.category, n.name, n.preferred
            FROM entity_name n JOIN entity e ON e.version = n.version
            WHERE n.folded >= :folded AND n.folded < :end
                AND (:category IS NULL OR e.category = :category)
                AND e.rev_from <= :at AND (e.rev_to IS NULL OR e.rev_to > :at)
            ORDER BY length(n.folded), n.folded, e.id, n.name LIMIT :limit""",
            asked,
        )
        return [_hit(row) for row in rows]

    def _with_words(self, asked: Mapping[str, object]) -> list[NameHit]:
        if not asked["words"]:
            return []
        rows = self._connection.execute(
            """SELECT e.id, e.category, n.name, n.preferred
            FROM name_word w JOIN entity_name n ON n.number = w.rowid
            JOIN entity e ON e.version = n.version
            WHERE w.name_word MATCH :words AND (:category IS NULL OR e.category = :category)
                AND e.rev_from <= :at AND (e.rev_to IS NULL OR e.rev_to > :at)
            ORDER BY length(n.folded), n.folded, e.id, n.name LIMIT :limit""",
            asked,
        )
        return [_hit(row) for row in rows]

    def _with_trigrams(self, asked: Mapping[str, object]) -> list[NameHit]:
        if not asked["trigrams"]:
            return []
        rows = self._connection.execute(
            """SELECT e.id, e.category, n.name, n.preferred
            FROM name_trigram w JOIN entity_name n ON n.number = w.rowid
            JOIN entity e ON e.version = n.version
            WHERE w.name_trigram MATCH :trigrams
                AND (:category IS NULL OR e.category = :category)
                AND e.rev_from <= :at AND (e.rev_to IS NULL OR e.rev_to > :at)
            ORDER BY w.rank, n.folded, e.id, n.name LIMIT :limit""",
            asked,
        )
        return [_hit(row) for row in rows]


def _hit(row: tuple[str, str, str, int]) -> NameHit:
    return NameHit(entity=row[0], category=Category(row[1]), name=row[2], preferred=bool(row[3]))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _words_match(folded: str) -> str:
    """Return the full-text query for names with all these words, the last one begun."""
    found = words(folded)
    return " ".join(_quoted(word) for word in found) + "*" if found else ""
