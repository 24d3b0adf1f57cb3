"""Entities, the search by name, and relations between entities."""

from collections.abc import Sequence

from app.graph.names import MAX_QUERY, fold_name, trigrams
from app.graph.neo4j.elements import plain_words, terms
from app.graph.neo4j.reads.base import Found, Reads, page_of
from app.graph.port import NameHit, Page
from app.model.entity import Entity, EntityRelation
from app.model.vocabulary import Category, RelationType


class EntityReads(Reads):
    """Reads of entities, names and relations."""

    def entities(self, ids: Sequence[str]) -> dict[str, Entity]:
        """Return the entities with these ids; unknown ids are left out."""
        found = self._read(
            """MATCH (e:Entity)<-[:OF]-(v:EntityVersion) WHERE e.id IN $ids
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.id AS id, v.body AS body ORDER BY id""",
            ids=list(ids),
        )
        return {row["id"]: Entity.model_validate_json(row["body"]) for row in found}

    def entity_page(self, category: Category | None, after: str | None, limit: int) -> Page[Entity]:
        """Return entities in the order of their ids."""
        [counted] = self._read(
            """MATCH (v:EntityVersion) WHERE ($category IS NULL OR v.category = $category)
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN count(v) AS total""",
            category=category,
        )
        found = self._read(
            """MATCH (e:Entity)<-[:OF]-(v:EntityVersion) WHERE e.id > $after
                AND ($category IS NULL OR v.category = $category)
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN e.id AS id, v.body AS body ORDER BY id LIMIT $limit + 1""",
            category=category,
            after=after or "",
            limit=limit,
        )
        items = [(row["id"], Entity.model_validate_json(row["body"])) for row in found]
        return page_of(items, counted["total"], limit)

    def name_hits(self, query: str, category: Category | None, limit: int) -> tuple[NameHit, ...]:
        """Return names that may match: equal, by prefix, by trigram; unranked, sorted by entity.

        Where more names match than ``limit``, equal ones stay before those with a prefix, and
        these before those that share trigrams.
        """
        folded = fold_name(query)[:MAX_QUERY]
        found: dict[tuple[str, str], NameHit] = {}
        for search in (self._equal_or_begun, self._with_words, self._with_trigrams):
            for row in search(folded, category, limit):
                if len(found) < limit:
                    found.setdefault((row["entity"], row["name"]), _hit(row))
        return tuple(found[key] for key in sorted(found))

    def relations(
        self,
        entities: Sequence[str] | None = None,
        types: Sequence[RelationType] | None = None,
    ) -> tuple[EntityRelation, ...]:
        """Return the relations that have one of ``entities`` at either end (None: all), sorted."""
        if entities is None:
            found = self._read(
                """MATCH ()-[v:RELATED]->() WHERE ($types IS NULL OR v.type IN $types)
                    AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
                RETURN v.body AS body ORDER BY v.subject, v.type, v.object""",
                types=_plain(types),
            )
        else:
            found = self._read(
                """MATCH (e:Entity)-[v:RELATED]-() WHERE e.id IN $entities
                    AND ($types IS NULL OR v.type IN $types)
                    AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
                WITH DISTINCT v
                RETURN v.body AS body ORDER BY v.subject, v.type, v.object""",
                entities=list(entities),
                types=_plain(types),
            )
        return tuple(EntityRelation.model_validate_json(row["body"]) for row in found)

    def _equal_or_begun(self, folded: str, category: Category | None, limit: int) -> list[Found]:
        if not folded:
            return []
        return self._read(
            """MATCH (n:Name)-[:OF]->(v:EntityVersion) WHERE n.folded STARTS WITH $folded
                AND ($category IS NULL OR v.category = $category)
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.id AS entity, v.category AS category, n.name AS name,
                n.preferred AS preferred
            ORDER BY size(n.folded), n.folded, v.id, n.name LIMIT $limit""",
            folded=folded,
            category=category,
            limit=limit,
        )

    def _with_words(self, folded: str, category: Category | None, limit: int) -> list[Found]:
        """Find names with all these words, the last one begun."""
        words = terms(plain_words(folded))
        if not words:
            return []
        return self._read(
            """CALL db.index.fulltext.queryNodes('name_words', $words) YIELD node AS n
            MATCH (n)-[:OF]->(v:EntityVersion)
            WHERE ($category IS NULL OR v.category = $category)
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.id AS entity, v.category AS category, n.name AS name,
                n.preferred AS preferred
            ORDER BY size(n.folded), n.folded, v.id, n.name LIMIT $limit""",
            words=" AND ".join(words) + "*",
            category=category,
            limit=limit,
        )

    def _with_trigrams(self, folded: str, category: Category | None, limit: int) -> list[Found]:
        grams = terms(trigrams(folded))
        if not grams:
            return []
        return self._read(
            """CALL db.index.fulltext.queryNodes('name_trigrams', $grams) YIELD node AS n, score
            MATCH (n)-[:OF]->(v:EntityVersion)
            WHERE ($category IS NULL OR v.category = $category)
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.id AS entity, v.category AS category, n.name AS name,
                n.preferred AS preferred
            ORDER BY score DESC, n.folded, v.id, n.name LIMIT $limit""",
            grams=" OR ".join(grams),
            category=category,
            limit=limit,
        )


def _hit(row: Found) -> NameHit:
    return NameHit(
        entity=row["entity"],
        category=Category(row["category"]),
        name=row["name"],
        preferred=row["preferred"],
    )


def _plain(types: Sequence[RelationType] | None) -> list[str] | None:
    return None if types is None else [each.value for each in types]
