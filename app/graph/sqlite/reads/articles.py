"""Articles: the fold of their open records, and their texts."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.graph.port import Page
from app.graph.rows import facts_of
from app.graph.sqlite.reads.base import Reads, page_of
from app.graph.sqlite.tables import json_list
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
        rows = self._connection.execute(
            """SELECT w.value, ifnull(l.article_id, a.id) FROM json_each(:aliases) w
            LEFT JOIN article a ON a.id = w.value AND a.rev_from <= :at
            LEFT JOIN alias l ON l.alias = w.value
                AND l.rev_from <= :at AND (l.rev_to IS NULL OR l.rev_to > :at)
            WHERE a.id IS NOT NULL OR l.alias IS NOT NULL""",
            {"aliases": json_list(list(aliases)), "at": self._at},
        )
        return dict(rows)

    def articles_with_text(self, text_sha256: str) -> tuple[str, ...]:
        """Return the ids of the articles whose present text has this hash, sorted."""
        rows = self._connection.execute(
            """SELECT article_id FROM article_text WHERE sha256 = :sha256
                AND rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)
            ORDER BY article_id""",
            {"sha256": text_sha256, "at": self._at},
        )
        return tuple(row[0] for row in rows)

    def articles_merged_with_text(self, text_sha256: str) -> tuple[str, ...]:
        """Return the ids of the articles into which one with this text was merged, sorted."""
        rows = self._connection.execute(
            """SELECT DISTINCT l.article_id FROM article_text t JOIN alias l
                ON l.alias = t.article_id
                AND l.rev_from <= :at AND (l.rev_to IS NULL OR l.rev_to > :at)
            WHERE t.sha256 = :sha256 AND t.rev_from <= :at ORDER BY l.article_id""",
            {"sha256": text_sha256, "at": self._at},
        )
        return tuple(row[0] for row in rows)

    def articles_with_citation(self, key: str) -> tuple[str, ...]:
        """Return the ids of the articles that were stored under this citation key, sorted."""
        rows = self._connection.execute(
            """SELECT DISTINCT ifnull(l.article_id, r.article_id) AS article FROM record r
            LEFT JOIN alias l ON l.alias = r.article_id
                AND l.rev_from <= :at AND (l.rev_to IS NULL OR l.rev_to > :at)
            WHERE r.citation_key = :key AND r.rev_from <= :at ORDER BY article""",
            {"key": key, "at": self._at},
        )
        return tuple(row[0] for row in rows)

    def article_page(self, after: str | None, limit: int) -> Page[Article]:
        """Return articles in the order of their internal ids."""
        (total,) = self._connection.execute(
            """SELECT count(*) FROM article a WHERE a.rev_from <= :at
                AND NOT EXISTS (SELECT 1 FROM alias l WHERE l.alias = a.id
                    AND l.rev_from <= :at AND (l.rev_to IS NULL OR l.rev_to > :at))""",
            {"at": self._at},
        ).fetchone()
        rows = self._connection.execute(
            """SELECT a.id FROM article a
            WHERE a.rev_from <= :at AND (:after IS NULL OR a.id > :after)
                AND NOT EXISTS (SELECT 1 FROM alias l WHERE l.alias = a.id
                    AND l.rev_from <= :at AND (l.rev_to IS NULL OR l.rev_to > :at))
            ORDER BY a.id LIMIT :limit + 1""",
            {"at": self._at, "after": after, "limit": limit},
        )
        ids = [(row[0], row[0]) for row in rows]
        keys = page_of(ids, total, limit)
        return Page(tuple(self._folded(keys.items)), total, keys.next_after)

    def aliases_of(self, article_id: str) -> tuple[str, ...]:
        """Return the identifiers that mean this article, and articles merged into it, sorted."""
        rows = self._connection.execute(
            """SELECT alias FROM alias WHERE article_id = :id
                AND rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)
            ORDER BY alias""",
            {"id": article_id, "at": self._at},
        )
        return tuple(row[0] for row in rows)

    def article_decisions_on(self, article_id: str) -> tuple[ArticleDecision, ...]:
        """Return all decisions on an article and on those merged into it, oldest first."""
        rows = self._connection.execute(
            """SELECT decision FROM article_decision
            WHERE (article_id = :id OR article_id IN (
                SELECT alias FROM alias WHERE article_id = :id AND rev_from <= :at))
                AND rev_from <= :at
            ORDER BY rev_from, created_at, id""",
            {"id": article_id, "at": self._at},
        )
        return tuple(ArticleDecision.model_validate_json(row[0]) for row in rows)

    def article_records(self, article_id: str) -> tuple[Record, ...]:
        """Return the records that make up an article, sorted by format."""
        rows = self._connection.execute(
            """SELECT record FROM record WHERE article_id = :id
                AND rev_from <= :at AND (rev_to IS NULL OR rev_to > :at)
            ORDER BY format""",
            {"id": article_id, "at": self._at},
        )
        return tuple(Record.model_validate_json(row[0]) for row in rows)

    def article_facts(self, ids: Sequence[str]) -> dict[str, ArticleFacts]:
        """Return what reasoning needs of these articles."""
        return {article.id: facts_of(article) for article in self._folded(ids)}

    def text(self, text_sha256: str) -> str | None:
        """Return the text with this hash, present or past."""
        row = self._connection.execute(
            """SELECT text FROM text_body WHERE sha256 = :sha256 AND EXISTS (
                SELECT 1 FROM article_text WHERE sha256 = :sha256 AND rev_from <= :at)""",
            {"sha256": text_sha256, "at": self._at},
        ).fetchone()
        return None if row is None else str(row[0])

    def _folded(self, ids: Sequence[str]) -> Iterator[Article]:
        rows = self._connection.execute(
            """SELECT a.id, r.record FROM article a LEFT JOIN record r ON r.article_id = a.id
                AND r.rev_from <= :at AND (r.rev_to IS NULL OR r.rev_to > :at)
            WHERE a.id IN (SELECT value FROM json_each(:ids)) AND a.rev_from <= :at
                AND NOT EXISTS (SELECT 1 FROM alias l WHERE l.alias = a.id
                    AND l.rev_from <= :at AND (l.rev_to IS NULL OR l.rev_to > :at))
            ORDER BY a.id""",
            {"ids": json_list(list(ids)), "at": self._at},
        )
        for article_id, group in groupby(rows, key=lambda row: str(row[0])):
            records = [row[1] for row in group]
            if None in records:
                raise Corrupt(f"article {article_id} has no record at revision {self._at}")
            yield fold(article_id, tuple(Record.model_validate_json(text) for text in records))
