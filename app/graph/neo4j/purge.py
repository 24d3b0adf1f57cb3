"""The one true deletion."""

from typing import Final

from neo4j import ManagedTransaction

from app.graph.neo4j import edges, elements
from app.graph.neo4j.connection import rows
from app.graph.neo4j.versions import open_elements
from app.graph.neo4j.writer import lock, make_revision
from app.model.errors import BadInput, NotFound
from app.model.paper import paper_of, parts_of

KINDS: Final = ("article", "claim")


def purge(
    transaction: ManagedTransaction, kind: str, key: str, actor: str, reason: str
) -> tuple[int, int]:
    """Delete an article with its claims, or a claim, with all versions.

    Returns how many rows were deleted, as a dump has them, and the number of the revision. A
    tombstone stands for each deleted article and claim.
    """
    if kind not in KINDS:
        raise BadInput(f"{kind!r} can't be purged; what can be is {' or '.join(KINDS)}")
    if not reason.strip():
        raise BadInput("a purge needs a reason")
    last = lock(transaction)
    articles = _articles(transaction, key) if kind == "article" else []
    claims = _claims(transaction, key, articles)
    revision = make_revision(transaction, last, actor, f"purge {kind} {key}: {reason}")
    deleted = _delete_claims(transaction, claims)
    stones = [elements.tombstone("claim", claim, reason, actor) for claim in claims]
    for article in articles:
        _forget_article(transaction, article)
        deleted += _delete_article(transaction, article)
        stones.append(elements.tombstone(kind, article, reason, actor))
    open_elements(transaction, "tombstone", (stone.row(revision.number) for stone in stones))
    return deleted, revision.number


def _articles(transaction: ManagedTransaction, key: str) -> list[str]:
    """Return an article and those that are merged into it, these first."""
    if not list(rows(transaction, "MATCH (a:Article {id: $key}) RETURN a.id AS id", key=key)):
        raise NotFound(f"there is no article {key}")
    merged = rows(
        transaction,
        """MATCH (:Article {id: $key})<-[:NAMES]-(v:AliasVersion) WHERE v.rev_to IS NULL
        MATCH (a:Article {id: v.alias}) RETURN a.id AS id ORDER BY id""",
        key=key,
    )
    return [*(row["id"] for row in merged), key]


def _claims(transaction: ManagedTransaction, key: str, articles: list[str]) -> list[str]:
    """Return the ids of the claims that go."""
    if not articles:
        found = rows(transaction, "MATCH (c:Claim {id: $key}) RETURN c.id AS id", key=key)
        claims = [row["id"] for row in found]
        if not claims:
            raise NotFound(f"there is no claim {key}")
        return claims
    found = rows(
        transaction,
        """MATCH (a:Article)<-[v:FROM]-(c:Claim) WHERE a.id IN $articles AND v.rev_to IS NULL
        RETURN DISTINCT c.id AS id ORDER BY id""",
        articles=articles,
    )
    return [row["id"] for row in found]


def _forget_article(transaction: ManagedTransaction, article_id: str) -> None:
    """Let the past of claims that left the article name none."""
    transaction.run(
        """MATCH (a:Article {id: $id})<-[:FROM]-(c:Claim)
        MATCH (c)<-[:OF]-(d:ClaimVersion) WHERE d.article_id = $id
        REMOVE d.article_id""",
        id=article_id,
    ).consume()
    for row in rows(
        transaction,
        """MATCH (p:Paper) WHERE p.id = $id OR p.id STARTS WITH $id + '\u001f'
        RETURN p.id AS text, p.number AS number""",
        id=article_id,
    ):
        left = paper_of(None, parts_of(row["text"])[1:])
        transaction.run(
            """MATCH (:Article {id: $id})<-[:FROM]-(c:Claim) WITH DISTINCT c
            MATCH ()-[v:REGULATES]->() USING INDEX SEEK v:REGULATES(claim)
            WHERE v.claim = c.id AND v.row[2] = $gone
            SET v.row = v.row[..2] + [$left] + v.row[3..]""",
            id=article_id,
            gone=row["number"],
            left=0 if left is None else edges.paper_number(transaction, left),
        ).consume()
        transaction.run("MATCH (p:Paper {id: $text}) DELETE p", text=row["text"]).consume()
    transaction.run(
        "MATCH (d:ArticleDecision {into: $id}) DETACH DELETE d", id=article_id
    ).consume()


def _delete_claims(transaction: ManagedTransaction, claims: list[str]) -> int:
    [signed] = rows(
        transaction,
        """UNWIND $claims AS claim
        MATCH ()-[v:REGULATES]->() USING INDEX SEEK v:REGULATES(claim) WHERE v.claim = claim
        WITH v, v.claim AS owner, v.position AS position, v.opened AS opened
        DELETE v RETURN count(DISTINCT [owner, position, opened]) AS deleted""",
        claims=claims,
    )
    [links] = rows(
        transaction,
        """MATCH (c:Claim)-[v:LINKED]-() WHERE c.id IN $claims
        WITH DISTINCT v DELETE v RETURN count(v) AS deleted""",
        claims=claims,
    )
    [hanging] = rows(
        transaction,
        """MATCH (c:Claim)<-[:OF|ON]-(v:Version) WHERE c.id IN $claims
        DETACH DELETE v RETURN count(v) AS deleted""",
        claims=claims,
    )
    transaction.run(
        "MATCH (c:Claim) WHERE c.id IN $claims DETACH DELETE c", claims=claims
    ).consume()
    return int(signed["deleted"] + links["deleted"] + hanging["deleted"])


def _delete_article(transaction: ManagedTransaction, article_id: str) -> int:
    [texts] = rows(
        transaction,
        """MATCH (:Article {id: $id})<-[:OF]-(v:TextVersion)-[:IS]->(t:Text)
        RETURN collect(DISTINCT t.sha256) AS hashes""",
        id=article_id,
    )
    [hanging] = rows(
        transaction,
        """MATCH (:Article {id: $id})<-[:OF|NAMES]-(v:Version)
        DETACH DELETE v RETURN count(v) AS deleted""",
        id=article_id,
    )
    transaction.run(
        """MATCH (t:Text) WHERE t.sha256 IN $hashes AND NOT EXISTS { (t)<-[:IS]-() } DELETE t""",
        hashes=texts["hashes"],
    ).consume()
    transaction.run("MATCH (n:Alias) WHERE NOT EXISTS { (n)<-[:OF]-() } DELETE n").consume()
    transaction.run("MATCH (a:Article {id: $id}) DETACH DELETE a", id=article_id).consume()
    return int(hanging["deleted"]) + 1
