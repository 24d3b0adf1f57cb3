"""From schema version 2 to 3: a user has any number of tokens, each in a node of its own."""

from typing import Final

import orjson
from neo4j import ManagedTransaction

from app.graph.neo4j.connection import rows

UNWANTED: Final = ("user_token",)


def run(transaction: ManagedTransaction) -> None:
    """Take each user's token out of the user."""
    made = []
    for row in rows(transaction, "MATCH (u:User) RETURN u.name AS name, u.body AS body"):
        body = orjson.loads(row["body"])
        sha256, used = body.pop("token_sha256"), body.pop("last_used_at", None)
        token = {
            "id": sha256[:16],
            "kind": "personal",
            "user": row["name"],
            "name": "first token",
            "sha256": sha256,
            "created_at": body["created_at"],
        }
        made.append(
            {
                "user": row["name"],
                "user_body": orjson.dumps(body).decode(),
                "id": token["id"],
                "sha256": sha256,
                "body": orjson.dumps(token).decode(),
                "created": body["created_at"],
                "ended": body.get("revoked_at"),
                "used": used,
            }
        )
    transaction.run(
        """UNWIND $rows AS row MATCH (u:User {name: row.user})
        SET u.body = row.user_body REMOVE u.token_sha256
        CREATE (:Token {id: row.id, kind: 'personal', owner: row.user, sha256: row.sha256,
            body: row.body, created_at: row.created, ended_at: row.ended, last_used_at: row.used})
        """,
        rows=made,
    ).consume()
