"""Articles: the fold of their open records, and their texts."""

from collections.abc import Iterator, Sequence

import orjson

from app.graph.neo4j.reads.base import Reads, page_of
from app.graph.port import Page
from app.graph.rows import facts_of
from app.model.article import Article, ArticleFacts, Record, fold
from app.model.decision import ArticleDecision
from app.model.errors import Corrupt


class ArticleReads(Reads):
    """Reads of articles, their records, aliases and texts."""

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        """Return the articles with these internal ids; unknown ids are left out."""
        return {article.id: article for article in self._folded(ids)}

    def article_ids(self, aliases: Sequence[str]) -> dict[str, str]:
        """Return the internal id of each identifier that is known (an internal id is its own)."""
        found = self._read(
            """UNWIND $aliases AS alias
            OPTIONAL MATCH (a:Article {id: alias}) WHERE a.rev_from <= $at
            OPTIONAL MATCH (:Alias {alias: alias})<-[:OF]-(v:AliasVersion)
            WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            WITH alias, coalesce(v.article_id, a.id) AS id WHERE id IS NOT NULL
            RETURN alias, id""",
            aliases=list(aliases),
        )
        return {row["alias"]: row["id"] for row in found}

    def articles_with_text(self, text_sha256: str) -> tuple[str, ...]:
        """Return the ids of the articles whose present text has this hash, sorted."""
        found = self._read(
            """MATCH (:Text {sha256: $sha256})<-[:IS]-(v:TextVersion)
            WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.article_id AS id ORDER BY id""",
            sha256=text_sha256,
        )
        return tuple(row["id"] for row in found)

    def articles_merged_with_text(self, text_sha256: str) -> tuple[str, ...]:
        """Return the ids of the articles into which one with this text was merged, sorted."""
        found = self._read(
            """MATCH (:Text {sha256: $sha256})<-[:IS]-(v:TextVersion) WHERE v.rev_from <= $at
            MATCH (:Alias {alias: v.article_id})<-[:OF]-(m:AliasVersion)
            WHERE m.rev_from <= $at AND (m.rev_to IS NULL OR m.rev_to > $at)
            RETURN DISTINCT m.article_id AS id ORDER BY id""",
            sha256=text_sha256,
        )
        return tuple(row["id"] for row in found)

    def articles_with_citation(self, key: str) -> tuple[str, ...]:
        """Return the ids of the articles that were stored under this citation key, sorted."""
        found = self._read(
            """MATCH (v:Record {citation_key: $key}) WHERE v.rev_from <= $at
            OPTIONAL MATCH (:Alias {alias: v.article_id})<-[:OF]-(m:AliasVersion)
            WHERE m.rev_from <= $at AND (m.rev_to IS NULL OR m.rev_to > $at)
            RETURN DISTINCT coalesce(m.article_id, v.article_id) AS id ORDER BY id""",
            key=key,
        )
        return tuple(row["id"] for row in found)

    def article_page(self, after: str | None, limit: int) -> Page[Article]:
        """Return articles in the order of their internal ids."""
        [counted] = self._read(
            """MATCH (a:Article) WHERE a.rev_from <= $at
                AND NOT EXISTS { MATCH (:Alias {alias: a.id})<-[:OF]-(m:AliasVersion)
                    WHERE m.rev_from <= $at AND (m.rev_to IS NULL OR m.rev_to > $at) }
            RETURN count(a) AS total"""
        )
        found = self._read(
            """MATCH (a:Article) WHERE a.id > $after AND a.rev_from <= $at
                AND NOT EXISTS { MATCH (:Alias {alias: a.id})<-[:OF]-(m:AliasVersion)
                    WHERE m.rev_from <= $at AND (m.rev_to IS NULL OR m.rev_to > $at) }
            RETURN a.id AS id ORDER BY id LIMIT $limit + 1""",
            after=after or "",
            limit=limit,
        )
        keys = page_of([(row["id"], row["id"]) for row in found], counted["total"], limit)
        return Page(tuple(self._folded(keys.items)), keys.total, keys.next_after)

    def aliases_of(self, article_id: str) -> tuple[str, ...]:
        """Return the identifiers that mean this article, and articles merged into it, sorted."""
        found = self._read(
            """MATCH (:Article {id: $id})<-[:NAMES]-(v:AliasVersion)
            WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.alias AS alias ORDER BY alias""",
            id=article_id,
        )
        return tuple(row["alias"] for row in found)

    def article_decisions_on(self, article_id: str) -> tuple[ArticleDecision, ...]:
        """Return all decisions on an article and on those merged into it, oldest first."""
        found = self._read(
            """MATCH (:Article {id: $id})<-[:NAMES]-(v:AliasVersion) WHERE v.rev_from <= $at
            WITH collect(v.alias) + [$id] AS ids
            MATCH (a:Article)<-[:OF]-(d:ArticleDecision) WHERE a.id IN ids AND d.rev_from <= $at
            RETURN DISTINCT d.body AS body, d.rev_from AS revision, d.created_at AS made, d.id AS id
            ORDER BY revision, made, id""",
            id=article_id,
        )
        return tuple(
            ArticleDecision.model_validate(
                {**orjson.loads(row["body"]), "revision": row["revision"]}
            )
            for row in found
        )

    def article_records(self, article_id: str) -> tuple[Record, ...]:
        """Return the records that make up an article, sorted by format."""
        found = self._read(
            """MATCH (:Article {id: $id})<-[:OF]-(v:Record)
            WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.body AS body ORDER BY v.format""",
            id=article_id,
        )
        return tuple(Record.model_validate_json(row["body"]) for row in found)

    def article_facts(self, ids: Sequence[str]) -> dict[str, ArticleFacts]:
        """Return what reasoning needs of these articles."""
        return {article.id: facts_of(article) for article in self._folded(ids)}

    def text(self, text_sha256: str) -> str | None:
        """Return the text with this hash, present or past."""
        found = self._read(
            """MATCH (t:Text {sha256: $sha256})
            WHERE EXISTS { MATCH (t)<-[:IS]-(v:TextVersion) WHERE v.rev_from <= $at }
            RETURN t.text AS text""",
            sha256=text_sha256,
        )
        return str(found[0]["text"]) if found else None

    def _folded(self, ids: Sequence[str]) -> Iterator[Article]:
        found = self._read(
            """MATCH (a:Article) WHERE a.id IN $ids AND a.rev_from <= $at
                AND NOT EXISTS { MATCH (:Alias {alias: a.id})<-[:OF]-(m:AliasVersion)
                    WHERE m.rev_from <= $at AND (m.rev_to IS NULL OR m.rev_to > $at) }
            OPTIONAL MATCH (a)<-[:OF]-(v:Record)
            WHERE v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN a.id AS id, collect(v.body) AS records ORDER BY id""",
            ids=list(ids),
        )
        for row in found:
            if not row["records"]:
                raise Corrupt(f"article {row['id']} has no record at revision {self._at}")
            records = (Record.model_validate_json(body) for body in row["records"])
            yield fold(row["id"], tuple(records))
