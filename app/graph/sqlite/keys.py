"""The whole numbers that stand for identifiers in the tables that name them often."""

import sqlite3


def entity(connection: sqlite3.Connection, entity_id: str) -> int:
    """Return the key of an entity, made where it has none."""
    row = connection.execute("SELECT key FROM entity_key WHERE id = ?", (entity_id,)).fetchone()
    if row is None:
        made = connection.execute("INSERT INTO entity_key (id) VALUES (?)", (entity_id,))
        return int(made.lastrowid or 0)
    return int(row[0])


def paper(connection: sqlite3.Connection, text: str) -> int:
    """Return the key of what claims were published in, made where it has none."""
    row = connection.execute("SELECT key FROM paper_key WHERE id = ?", (text,)).fetchone()
    if row is None:
        made = connection.execute("INSERT INTO paper_key (id) VALUES (?)", (text,))
        return int(made.lastrowid or 0)
    return int(row[0])


def claim(connection: sqlite3.Connection, claim_id: str) -> int:
    """Return the key of a claim, made where it has none."""
    key = known_claim(connection, claim_id)
    if key is None:
        made = connection.execute("INSERT INTO claim_key (id) VALUES (?)", (claim_id,))
        return int(made.lastrowid or 0)
    return key


def known_claim(connection: sqlite3.Connection, claim_id: str) -> int | None:
    """Return the key of a claim; None where no such claim was ever put."""
    row = connection.execute("SELECT key FROM claim_key WHERE id = ?", (claim_id,)).fetchone()
    return None if row is None else int(row[0])
