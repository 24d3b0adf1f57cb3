"""Claims and what hangs on them: states, edges, links, readings, decisions."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import orjson

from app.graph.neo4j.edges import edge_of
from app.graph.neo4j.reads.base import Found, Reads, page_of
from app.graph.port import ClaimDocument, ClaimFilter, ClaimOrder, Page
from app.model.claim import Claim, ClaimState, Extraction, Link, StoredClaim
from app.model.decision import Decision
from app.model.edge import Edge
from app.model.vocabulary import LinkType

Item = TypeVar("Item")

_NEGATED = '"negated":true'
"""What the body of a negated claim holds; in its texts, as in all JSON, quotes are escaped."""


class ClaimReads(Reads):
    """Reads of claims, their edges, links, readings and decisions."""

    def claims(self, ids: Sequence[str]) -> dict[str, StoredClaim]:
        """Return the claims with these ids, whatever their status; unknown ids are left out."""
        return {row["id"]: _stored_claim(row) for row in self._rows(ids)}

    def claim_page(
        self,
        which: ClaimFilter,
        after: str | None,
        limit: int,
        order: ClaimOrder = ClaimOrder.ID,
    ) -> Page[StoredClaim]:
        """Return claims in an order that each of them has a key in."""
        asked = _asked(which)
        [counted] = self._read(
            """CALL () {
                WITH * WHERE $drive = 'all' MATCH (c:Claim) RETURN c
              UNION
                WITH * WHERE $drive = 'article'
                MATCH (a:Article)<-[:FROM]-(c:Claim) WHERE a.id IN $article RETURN c
              UNION
                WITH * WHERE $drive = 'entity'
                MATCH (e:Entity)<-[:AGENT|OUTCOME|MEANS|IN_CONTEXT|MEMBER]-(c:Claim)
                WHERE e.id IN $driving RETURN c
            }
            WITH c WHERE (size($predicate) = 0 OR c.predicate IN $predicate)
                AND (size($epistemic) = 0 OR c.epistemic IN $epistemic)
                AND (size($evidence) = 0 OR c.evidence IN $evidence)
            MATCH (c)<-[:OF]-(d:ClaimVersion)
            WHERE d.rev_from <= $at AND (d.rev_to IS NULL OR d.rev_to > $at)
                AND (size($article) = 0 OR d.article_id IN $article)
                AND (NOT $denied OR c.predicate = 'no_effect' OR d.body CONTAINS $negated)
            MATCH (c)<-[:OF]-(s:State)
            WHERE s.rev_from <= $at AND (s.rev_to IS NULL OR s.rev_to > $at)
                AND (size($status) = 0 OR s.status IN $status)
            WITH c WHERE (size($agent) = 0 OR EXISTS {
                    MATCH (c)-[v:AGENT]->(e:Entity) WHERE e.id IN $agent
                        AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) })
                AND (size($outcome) = 0 OR EXISTS {
                    MATCH (c)-[v:OUTCOME]->(e:Entity) WHERE e.id IN $outcome
                        AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) })
                AND (size($context) = 0 OR EXISTS {
                    MATCH (c)-[v:IN_CONTEXT]->(e:Entity) WHERE e.id IN $context
                        AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) })
                AND (size($entity) = 0 OR EXISTS {
                    MATCH (c)-[v:AGENT|OUTCOME|MEANS|IN_CONTEXT|MEMBER]->(e:Entity)
                    WHERE e.id IN $entity
                        AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) })
            WITH DISTINCT c
            // Ids are read in their own way below: they need not all be held to be sorted.
            WITH count(c) AS total, collect(CASE WHEN $order = 'id' THEN NULL ELSE c END) AS held
            CALL (held) {
                UNWIND held AS c
                OPTIONAL MATCH (c)<-[:OF]-(x:Extraction) WHERE x.rev_from <= $at
                WITH c, coalesce(max(x.confidence), 1.0) AS sure
                OPTIONAL MATCH (c)<-[:OF]-(d:ClaimVersion)
                WHERE d.rev_from <= $at AND (d.rev_to IS NULL OR d.rev_to > $at)
                WITH c, CASE $order WHEN 'article' THEN coalesce(d.article_id, '')
                    ELSE right('000000' + toString(toInteger(
                        abs($surest - round(1000000 * sure)))), 7) END + ' ' + c.id AS place
                WHERE place > $after
                WITH place, c.id AS id ORDER BY place LIMIT $limit + 1
                RETURN collect([place, id]) AS page
            }
            RETURN total, page""",
            **asked,
            order=order.value,
            surest=1_000_000 if order is ClaimOrder.SUREST else 0,
            after=after or "",
            limit=limit,
        )
        if order is not ClaimOrder.ID:
            places = page_of(
                [(each[0], each[1]) for each in counted["page"]], counted["total"], limit
            )
            held = self.claims(places.items)
            return Page(tuple(held[each] for each in places.items), places.total, places.next_after)
        found = self._read(
            """CALL () {
                WITH * WHERE $drive = 'all' MATCH (c:Claim) WHERE c.id > $after RETURN c
              UNION
                WITH * WHERE $drive = 'article'
                MATCH (a:Article)<-[:FROM]-(c:Claim) WHERE a.id IN $article RETURN c
              UNION
                WITH * WHERE $drive = 'entity'
                MATCH (e:Entity)<-[:AGENT|OUTCOME|MEANS|IN_CONTEXT|MEMBER]-(c:Claim)
                WHERE e.id IN $driving RETURN c
            }
            WITH c WHERE c.id > $after
                AND (size($predicate) = 0 OR c.predicate IN $predicate)
                AND (size($epistemic) = 0 OR c.epistemic IN $epistemic)
                AND (size($evidence) = 0 OR c.evidence IN $evidence)
            MATCH (c)<-[:OF]-(d:ClaimVersion)
            WHERE d.rev_from <= $at AND (d.rev_to IS NULL OR d.rev_to > $at)
                AND (size($article) = 0 OR d.article_id IN $article)
                AND (NOT $denied OR c.predicate = 'no_effect' OR d.body CONTAINS $negated)
            MATCH (c)<-[:OF]-(s:State)
            WHERE s.rev_from <= $at AND (s.rev_to IS NULL OR s.rev_to > $at)
                AND (size($status) = 0 OR s.status IN $status)
            WITH c WHERE (size($agent) = 0 OR EXISTS {
                    MATCH (c)-[v:AGENT]->(e:Entity) WHERE e.id IN $agent
                        AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) })
                AND (size($outcome) = 0 OR EXISTS {
                    MATCH (c)-[v:OUTCOME]->(e:Entity) WHERE e.id IN $outcome
                        AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) })
                AND (size($context) = 0 OR EXISTS {
                    MATCH (c)-[v:IN_CONTEXT]->(e:Entity) WHERE e.id IN $context
                        AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) })
                AND (size($entity) = 0 OR EXISTS {
                    MATCH (c)-[v:AGENT|OUTCOME|MEANS|IN_CONTEXT|MEMBER]->(e:Entity)
                    WHERE e.id IN $entity
                        AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at) })
            RETURN DISTINCT c.id AS id ORDER BY id LIMIT $limit + 1""",
            **asked,
            after=after or "",
            limit=limit,
        )
        keys = page_of([(row["id"], row["id"]) for row in found], counted["total"], limit)
        return Page(tuple(self.claims(keys.items).values()), keys.total, keys.next_after)

    def claim_documents(
        self, which: ClaimFilter, after: str | None, limit: int
    ) -> tuple[ClaimDocument, ...]:
        """Return the next claims in the order of their ids, not counted; fewer are the last."""
        asked = _asked(which)
        if asked["drive"] != "all":
            page = self.claim_page(which, after, limit)
            return tuple(_document(row) for row in self._rows([each.id for each in page.items]))
        found = self._read(
            """MATCH (c:Claim) WHERE c.id > $after
                AND (size($predicate) = 0 OR c.predicate IN $predicate)
                AND (size($epistemic) = 0 OR c.epistemic IN $epistemic)
                AND (size($evidence) = 0 OR c.evidence IN $evidence)
            MATCH (c)<-[:OF]-(d:ClaimVersion)
            WHERE d.rev_from <= $at AND (d.rev_to IS NULL OR d.rev_to > $at)
                AND (NOT $denied OR c.predicate = 'no_effect' OR d.body CONTAINS $negated)
            MATCH (c)<-[:OF]-(s:State)
            WHERE s.rev_from <= $at AND (s.rev_to IS NULL OR s.rev_to > $at)
                AND (size($status) = 0 OR s.status IN $status)
            RETURN c.id AS id, d.article_id AS article_id, d.body AS claim, s.body AS state,
                CASE WHEN d.rev_from > s.rev_from THEN d.rev_from ELSE s.rev_from END AS revision
            ORDER BY c.id LIMIT $limit""",
            **asked,
            after=after or "",
            limit=limit,
        )
        return tuple(_document(row) for row in found)

    def _rows(self, ids: Sequence[str]) -> Iterable[Found]:
        return self._read(
            """MATCH (c:Claim)<-[:OF]-(d:ClaimVersion) WHERE c.id IN $ids
                AND d.rev_from <= $at AND (d.rev_to IS NULL OR d.rev_to > $at)
            MATCH (c)<-[:OF]-(s:State)
            WHERE s.rev_from <= $at AND (s.rev_to IS NULL OR s.rev_to > $at)
            RETURN c.id AS id, d.article_id AS article_id, d.body AS claim, s.body AS state,
                CASE WHEN d.rev_from > s.rev_from THEN d.rev_from ELSE s.rev_from END AS revision
            ORDER BY id""",
            ids=list(ids),
        )

    def claims_of_text(self, text_sha256: str) -> tuple[str, ...]:
        """Return the ids of the claims that were read from this text, sorted."""
        found = self._read(
            """MATCH (c:Claim {text_sha256: $sha256})<-[:OF]-(d:ClaimVersion)
            WHERE d.rev_from <= $at AND (d.rev_to IS NULL OR d.rev_to > $at)
            RETURN c.id AS id ORDER BY id""",
            sha256=text_sha256,
        )
        return tuple(row["id"] for row in found)

    def edges_of(self, claims: Sequence[str]) -> dict[str, tuple[Edge, ...]]:
        """Return the signed edges that each of these claims carries, in their order."""
        found = self._read(
            """UNWIND $claims AS claim
            MATCH (s)-[v:REGULATES]->(o) USING INDEX SEEK v:REGULATES(claim) WHERE v.claim = claim
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.claim AS claim, s.id AS subject, o.id AS object, properties(v) AS stored
            ORDER BY claim, v.position""",
            claims=list(dict.fromkeys(claims)),
        )
        edges = (
            (row["claim"], edge_of(row["subject"], row["object"], row["stored"])) for row in found
        )
        return _grouped(claims, edges)

    def links_of(self, claims: Sequence[str]) -> dict[str, tuple[Link, ...]]:
        """Return the links that go out from each of these claims, sorted by type and target."""
        found = self._read(
            """MATCH (c:Claim)-[v:LINKED]->() WHERE c.id IN $claims
                AND v.rev_from <= $at AND (v.rev_to IS NULL OR v.rev_to > $at)
            RETURN v.claim AS claim, v.type AS type, v.target AS target
            ORDER BY claim, type, target""",
            claims=list(claims),
        )
        links = (
            (row["claim"], Link(type=LinkType(row["type"]), claim=row["target"])) for row in found
        )
        return _grouped(claims, links)

    def extractions_of(self, claims: Sequence[str]) -> dict[str, tuple[Extraction, ...]]:
        """Return the readings that found each of these claims, oldest first."""
        found = self._read(
            """MATCH (c:Claim)<-[:OF]-(v:Extraction) WHERE c.id IN $claims AND v.rev_from <= $at
            RETURN v.claim AS claim, v.body AS body, v.rev_from AS revision
            ORDER BY claim, revision, body""",
            claims=list(claims),
        )
        return _grouped(
            claims,
            ((row["claim"], Extraction.model_validate(_dated(row))) for row in found),
        )

    def decisions_on(self, claims: Sequence[str]) -> dict[str, tuple[Decision, ...]]:
        """Return all decisions on each of these claims, oldest first."""
        found = self._read(
            """MATCH (c:Claim)<-[:ON]-(v:Decision) WHERE c.id IN $claims AND v.rev_from <= $at
            RETURN v.claim AS claim, v.body AS body, v.rev_from AS revision
            ORDER BY claim, revision, v.created_at, v.id""",
            claims=list(claims),
        )
        return _grouped(
            claims, ((row["claim"], Decision.model_validate(_dated(row))) for row in found)
        )

    def decision(self, decision_id: str) -> Decision | None:
        """Return one decision."""
        found = self._read(
            """MATCH (v:Decision {id: $id}) WHERE v.rev_from <= $at
            RETURN v.body AS body, v.rev_from AS revision""",
            id=decision_id,
        )
        return Decision.model_validate(_dated(found[0])) if found else None


def _asked(which: ClaimFilter) -> dict[str, object]:
    """Return the filter's parameters, with the list that finds the fewest claims first."""
    named = which.agent or which.outcome or which.context or which.entity
    return {
        "drive": "entity" if named else "article" if which.article else "all",
        "driving": list(named),
        "agent": list(which.agent),
        "outcome": list(which.outcome),
        "context": list(which.context),
        "entity": list(which.entity),
        "predicate": list(which.predicate),
        "status": list(which.status),
        "epistemic": list(which.epistemic),
        "evidence": list(which.evidence),
        "article": list(which.article),
        "denied": which.denied,
        "negated": _NEGATED,
    }


def _document(row: Found) -> ClaimDocument:
    claim, state = orjson.loads(row["claim"]), orjson.loads(row["state"])
    return ClaimDocument(row["id"], row["article_id"], claim, state, row["revision"])


def _stored_claim(row: Found) -> StoredClaim:
    return StoredClaim(
        id=row["id"],
        article_id=row["article_id"],
        claim=Claim.model_validate_json(row["claim"]),
        state=ClaimState.model_validate_json(row["state"]),
        revision=row["revision"],
    )


def _dated(row: Found) -> Mapping[str, object]:
    """Return the fields of a stored value whose revision stands beside its body."""
    fields: dict[str, object] = orjson.loads(row["body"])
    return {**fields, "revision": row["revision"]}


def _grouped(
    claims: Sequence[str], pairs: Iterable[tuple[str, Item]]
) -> dict[str, tuple[Item, ...]]:
    """Collect what each claim has; a claim that has nothing is there with an empty tuple."""
    found: dict[str, list[Item]] = {claim: [] for claim in claims}
    for claim, item in pairs:
        found[claim].append(item)
    return {claim: tuple(items) for claim, items in found.items()}
