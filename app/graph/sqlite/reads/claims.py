"""Claims and what hangs on them: states, edges, links, readings, decisions."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import orjson

from app.graph.port import ClaimDocument, ClaimFilter, ClaimOrder, Page
from app.graph.sqlite.edges import edge_of
from app.graph.sqlite.reads.base import Reads, page_of
from app.graph.sqlite.tables import json_list
from app.model.claim import Claim, ClaimState, Extraction, Link, StoredClaim
from app.model.decision import Decision
from app.model.edge import Edge
from app.model.vocabulary import LinkType

Item = TypeVar("Item")


class ClaimReads(Reads):
    """Reads of claims, their edges, links, readings and decisions."""

    def claims(self, ids: Sequence[str]) -> dict[str, StoredClaim]:
        """Return the claims with these ids, whatever their status; unknown ids are left out."""
        return {row[0]: _stored_claim(row) for row in self._rows(ids)}

    def claim_page(
        self,
        which: ClaimFilter,
        after: str | None,
        limit: int,
        order: ClaimOrder = ClaimOrder.ID,
    ) -> Page[StoredClaim]:
        """Return claims in an order that each of them has a key in."""
        rows = self._connection.execute(
            """WITH candidate (version) AS (
                SELECT version FROM claim WHERE :drive = 'all'
                UNION ALL SELECT version FROM claim
                    WHERE :drive = 'article'
                        AND article_id IN (SELECT value FROM json_each(:article))
                UNION ALL SELECT DISTINCT version FROM claim_entity
                    WHERE :drive = 'entity' AND entity IN (
                        SELECT key FROM entity_key
                        WHERE id IN (SELECT value FROM json_each(:driving)))
            ), matching (id, place) AS MATERIALIZED (
                SELECT k.id, CASE :order
                    WHEN 'id' THEN k.id
                    WHEN 'article' THEN ifnull(c.article_id, '') || ' ' || k.id
                    ELSE printf('%07d ', abs(:surest - round(1000000 * ifnull((
                        SELECT max(x.confidence) FROM extraction x
                        WHERE x.claim = c.key AND x.rev_from <= :at), 1.0)))) || k.id
                    END
                FROM candidate CROSS JOIN claim c ON c.version = candidate.version
                CROSS JOIN claim_key k ON k.key = c.key
                CROSS JOIN claim_state s ON s.claim = c.key
                    AND s.rev_from <= :at AND (s.rev_to IS NULL OR s.rev_to > :at)
                WHERE c.rev_from <= :at AND (c.rev_to IS NULL OR c.rev_to > :at)
                AND (:status = '[]' OR s.status IN (SELECT value FROM json_each(:status)))
                AND (:predicate = '[]'
                    OR c.predicate IN (SELECT value FROM json_each(:predicate)))
                AND (NOT :denied OR c.predicate = 'no_effect'
                    OR json_extract(c.claim, '$.negated'))
                AND (:epistemic = '[]'
                    OR c.epistemic IN (SELECT value FROM json_each(:epistemic)))
                AND (:evidence = '[]' OR c.evidence IN (SELECT value FROM json_each(:evidence)))
                AND (:article = '[]' OR c.article_id IN (SELECT value FROM json_each(:article)))
                AND (:agent = '[]' OR EXISTS (SELECT 1 FROM claim_entity n
                    JOIN entity_key y ON y.key = n.entity
                    WHERE n.version = c.version AND n.slot = 'agent'
                        AND y.id IN (SELECT value FROM json_each(:agent))))
                AND (:outcome = '[]' OR EXISTS (SELECT 1 FROM claim_entity n
                    JOIN entity_key y ON y.key = n.entity
                    WHERE n.version = c.version AND n.slot = 'outcome'
                        AND y.id IN (SELECT value FROM json_each(:outcome))))
                AND (:context = '[]' OR EXISTS (SELECT 1 FROM claim_entity n
                    JOIN entity_key y ON y.key = n.entity
                    WHERE n.version = c.version AND n.slot = 'context'
                        AND y.id IN (SELECT value FROM json_each(:context))))
                AND (:entity = '[]' OR EXISTS (SELECT 1 FROM claim_entity n
                    JOIN entity_key y ON y.key = n.entity
                    WHERE n.version = c.version
                        AND y.id IN (SELECT value FROM json_each(:entity))))
            )
            SELECT counted.total, shown.place, shown.id
            FROM (SELECT count(*) AS total FROM matching) counted
            LEFT JOIN (
                SELECT id, place FROM matching WHERE :after IS NULL OR place > :after
                ORDER BY place LIMIT :limit + 1
            ) shown ORDER BY shown.place""",
            {
                **_asked(which),
                "order": order,
                "surest": 1_000_000 if order is ClaimOrder.SUREST else 0,
                "after": after,
                "limit": limit,
                "at": self._at,
            },
        ).fetchall()
        places = [(str(row[1]), str(row[2])) for row in rows if row[1] is not None]
        found = self.claims([claim for _, claim in places[:limit]])
        # One place beyond the limit tells that there is more; its claim is not needed.
        pairs = [(place, found.get(claim, None)) for place, claim in places]
        page = page_of(pairs, int(rows[0][0]), limit)
        items = tuple(item for item in page.items if item is not None)
        return Page(items, page.total, page.next_after)

    def claim_documents(
        self, which: ClaimFilter, after: str | None, limit: int
    ) -> tuple[ClaimDocument, ...]:
        """Return the next claims in the order of their ids, not counted; fewer are the last."""
        asked = _asked(which)
        if asked["drive"] != "all":
            page = self.claim_page(which, after, limit)
            return tuple(_document(row) for row in self._rows([each.id for each in page.items]))
        rows = self._connection.execute(
            """SELECT k.id, c.article_id, c.claim, s.state, max(c.rev_from, s.rev_from)
            FROM claim_key k CROSS JOIN claim c ON c.key = k.key
            CROSS JOIN claim_state s ON s.claim = k.key
                AND s.rev_from <= :at AND (s.rev_to IS NULL OR s.rev_to > :at)
            WHERE k.id > :after AND c.rev_from <= :at AND (c.rev_to IS NULL OR c.rev_to > :at)
                AND (:status = '[]' OR s.status IN (SELECT value FROM json_each(:status)))
                AND (:predicate = '[]'
                    OR c.predicate IN (SELECT value FROM json_each(:predicate)))
                AND (NOT :denied OR c.predicate = 'no_effect'
                    OR json_extract(c.claim, '$.negated'))
                AND (:epistemic = '[]'
                    OR c.epistemic IN (SELECT value FROM json_each(:epistemic)))
                AND (:evidence = '[]' OR c.evidence IN (SELECT value FROM json_each(:evidence)))
            ORDER BY k.id LIMIT :limit""",
            {**asked, "after": after or "", "limit": limit, "at": self._at},
        )
        return tuple(_document(row) for row in rows)

    def _rows(self, ids: Sequence[str]) -> Iterable[tuple[str, str | None, str, str, int]]:
        return self._connection.execute(
            """SELECT k.id, c.article_id, c.claim, s.state, max(c.rev_from, s.rev_from)
            FROM claim_key k JOIN claim c ON c.key = k.key
            JOIN claim_state s ON s.claim = k.key
                AND s.rev_from <= :at AND (s.rev_to IS NULL OR s.rev_to > :at)
            WHERE k.id IN (SELECT value FROM json_each(:ids))
                AND c.rev_from <= :at AND (c.rev_to IS NULL OR c.rev_to > :at)
            ORDER BY k.id""",
            {"ids": json_list(list(ids)), "at": self._at},
        )

    def claims_of_text(self, text_sha256: str) -> tuple[str, ...]:
        """Return the ids of the claims that were read from this text, sorted."""
        rows = self._connection.execute(
            """SELECT k.id FROM claim c JOIN claim_key k ON k.key = c.key
            WHERE c.text_sha256 = :sha256
                AND c.rev_from <= :at AND (c.rev_to IS NULL OR c.rev_to > :at)
            ORDER BY k.id""",
            {"sha256": text_sha256, "at": self._at},
        )
        return tuple(row[0] for row in rows)

    def edges_of(self, claims: Sequence[str]) -> dict[str, tuple[Edge, ...]]:
        """Return the signed edges that each of these claims carries, in their order."""
        rows = self._connection.execute(
            """SELECT k.id, s.id, o.id, e.codes, e.rule, e.condition
            FROM claim_key k JOIN edge e ON e.claim = k.key
            JOIN entity_key s ON s.key = e.subject JOIN entity_key o ON o.key = e.object
            WHERE k.id IN (SELECT value FROM json_each(:claims))
                AND e.rev_from <= :at AND (e.rev_to IS NULL OR e.rev_to > :at)
            ORDER BY k.id, e.position""",
            {"claims": json_list(list(claims)), "at": self._at},
        )
        return _grouped(claims, ((row[0], edge_of(*row[1:])) for row in rows))

    def links_of(self, claims: Sequence[str]) -> dict[str, tuple[Link, ...]]:
        """Return the links that go out from each of these claims, sorted by type and target."""
        rows = self._connection.execute(
            """SELECT k.id, l.type, t.id FROM claim_key k JOIN link l ON l.claim = k.key
            JOIN claim_key t ON t.key = l.target
            WHERE k.id IN (SELECT value FROM json_each(:claims))
                AND l.rev_from <= :at AND (l.rev_to IS NULL OR l.rev_to > :at)
            ORDER BY k.id, l.type, t.id""",
            {"claims": json_list(list(claims)), "at": self._at},
        )
        links = ((row[0], Link(type=LinkType(row[1]), claim=row[2])) for row in rows)
        return _grouped(claims, links)

    def extractions_of(self, claims: Sequence[str]) -> dict[str, tuple[Extraction, ...]]:
        """Return the readings that found each of these claims, oldest first."""
        rows = self._connection.execute(
            """SELECT k.id, x.extraction, x.rev_from
            FROM claim_key k JOIN extraction x ON x.claim = k.key
            WHERE k.id IN (SELECT value FROM json_each(:claims)) AND x.rev_from <= :at
            ORDER BY k.id, x.rev_from, x.extraction""",
            {"claims": json_list(list(claims)), "at": self._at},
        )
        return _grouped(claims, ((row[0], _extraction(row[1], row[2])) for row in rows))

    def decisions_on(self, claims: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
        """Return all decisions on each of these claims, oldest first."""
        rows = self._connection.execute(
            """SELECT k.id, d.decision FROM claim_key k JOIN decision d ON d.claim = k.key
            WHERE k.id IN (SELECT value FROM json_each(:claims)) AND d.rev_from <= :at
            ORDER BY k.id, d.rev_from, d.created_at, d.id""",
            {"claims": json_list(list(claims)), "at": self._at},
        )
        return _grouped(claims, ((row[0], Decision.model_validate_json(row[1])) for row in rows))

    def decision(self, decision_id: str) -> Decision | None:
        """Return one decision."""
        row = self._connection.execute(
            "SELECT decision FROM decision WHERE id = ? AND rev_from <= ?",
            (decision_id, self._at),
        ).fetchone()
        return None if row is None else Decision.model_validate_json(row[0])


def _asked(which: ClaimFilter) -> dict[str, str | int]:
    """Return the filter as JSON lists, with the list that finds the fewest claims first."""
    named = which.agent or which.outcome or which.context or which.entity
    drive = "entity" if named else "article" if which.article else "all"
    return {
        "drive": drive,
        "driving": json_list(list(named)),
        "agent": json_list(list(which.agent)),
        "outcome": json_list(list(which.outcome)),
        "context": json_list(list(which.context)),
        "entity": json_list(list(which.entity)),
        "predicate": json_list(list(which.predicate)),
        "status": json_list(list(which.status)),
        "epistemic": json_list(list(which.epistemic)),
        "evidence": json_list(list(which.evidence)),
        "article": json_list(list(which.article)),
        "denied": int(which.denied),
    }


def _document(row: tuple[str, str | None, str, str, int]) -> ClaimDocument:
    return ClaimDocument(row[0], row[1], orjson.loads(row[2]), orjson.loads(row[3]), row[4])


def _stored_claim(row: tuple[str, str | None, str, str, int]) -> StoredClaim:
    return StoredClaim(
        id=row[0],
        article_id=row[1],
        claim=Claim.model_validate_json(row[2]),
        state=ClaimState.model_validate_json(row[3]),
        revision=row[4],
    )


def _extraction(text: str, revision: int) -> Extraction:
    return Extraction.model_validate_json(text).model_copy(update={"revision": revision})


def _grouped(
    claims: Sequence[str], pairs: Iterable[tuple[str, Item]]
) -> dict[str, tuple[Item, ...]]:
    """Collect what each claim has; a claim that has nothing is there with an empty tuple."""
    found: dict[str, list[Item]] = {claim: [] for claim in claims}
    for claim, item in pairs:
        found[claim].append(item)
    return {claim: tuple(items) for claim, items in found.items()}
