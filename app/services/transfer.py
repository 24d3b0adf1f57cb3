"""A graph as a whole: copied between stores, backed up, restored; and the one true deletion."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.graph.port import GraphStore, Row
from app.graph.rows import row_line
from app.model.errors import BadInput, StoreError
from app.model.history import Revision
from app.services.articles import article_id
from app.services.claims import stored_claim

_CLAIM_ID: Final = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows a copy has, its last revision, and the sha256 of its dump's lines."""

    rows: int
    head: Revision
    sha256: str


@dataclass(frozen=True, slots=True)
class Purged:
    """What was deleted: an ``article`` or ``claim``, its id, and how many rows went with it."""

    kind: str
    key: str
    rows: int


class _Digest:
    """The sha256 of the rows that passed by, and how many there were."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self.rows = 0

    @property
    def hex(self) -> str:
        """The sha256 so far, in lower-case hex."""
        return self._sha256.hexdigest()

    def over(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows, adding each."""
        for row in rows:
            self._sha256.update(row_line(row) + b"\n")
            self.rows += 1
            yield row


def copy(source: GraphStore, target: GraphStore) -> Copied:
    """Copy a whole graph, revisions and decisions too, into an empty store, and compare both.

    Users, tokens and jobs stay behind. Raises Conflict where the target is not empty, and
    StoreError where what was written does not read as what was sent.
    """
    sent, held = _Digest(), _Digest()
    target.load(sent.over(source.dump()))
    for _ in held.over(target.dump()):
        pass
    if (sent.rows, sent.hex) != (held.rows, held.hex):
        raise StoreError(
            f"The copy in {target.url} differs from {source.url}: {held.rows} rows of "
            f"{sent.rows}, sha256 {held.hex} and not {sent.hex}. Delete it and copy again."
        )
    return Copied(held.rows, target.head(), held.hex)


def backup(store: GraphStore, target: Path) -> Revision:
    """Write a consistent copy to a new file; return the store's last revision before it."""
    head = store.head()
    store.backup(target)
    return head


def restore(store: GraphStore, source: Path) -> Revision:
    """Fill an empty store from a backup; return its last revision."""
    store.restore(source)
    return store.head()


def purge(store: GraphStore, identifier: str, *, actor: str, reason: str) -> Purged:
    """Delete an article or a claim with its whole history; a tombstone names who and why.

    ``identifier`` is a claim's id, or any identifier of an article. Raises NotFound, and BadInput
    without a reason.
    """
    if not reason.strip():
        raise BadInput("A purge needs a reason.")
    with store.view() as view:
        if _CLAIM_ID.fullmatch(identifier):
            kind, key = "claim", stored_claim(view, identifier.lower()).id
        else:
            kind, key = "article", article_id(view, identifier)
    return Purged(kind, key, store.purge(kind, key, actor, reason.strip()))
