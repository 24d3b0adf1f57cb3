"""All signed edges derived again, after the rules of reasoning changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.graph.port import ClaimFilter, GraphStore, GraphView, GraphWriter
from app.reasoning.rules import RULE_VERSION
from app.services.edges import canonical_of, edges_of

BATCH: Final = 500
"""Claims a transaction."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many claims were looked at, how many carry other edges from here on, and the edges."""

    claims: int = 0
    changed: int = 0
    edges: int = 0


def rebuild(store: GraphStore, actor: str, *, batch: int = BATCH) -> Rebuilt:
    """Derive the edges of every claim again, some claims a transaction.

    A claim whose edges and rule version are as they should be stays as it is, so a second run
    changes nothing; one that was cut off is completed by running it again.
    """
    with store.view() as view:
        ids = _claim_ids(view)
        stale = {edge.claim for edge in view.edges() if edge.rule_version != RULE_VERSION}
    claims = changed = edges = 0
    for start in range(0, len(ids), batch):
        part = ids[start : start + batch]
        message = f"derive edges again (rule version {RULE_VERSION})"
        done = store.write(actor, message, partial(_derive, ids=part, stale=stale))
        claims, changed, edges = claims + done.claims, changed + done.changed, edges + done.edges
    return Rebuilt(claims, changed, edges)


def _derive(writer: GraphWriter, ids: Sequence[str], stale: set[str]) -> Rebuilt:
    canonical = canonical_of(writer)
    held = writer.edges_of(ids)
    found = writer.claims(ids).values()
    changed = edges = 0
    for stored in found:
        wanted = edges_of(stored.claim, stored.state.status, canonical)
        edges += len(wanted)
        if stored.id in stale or held.get(stored.id, ()) != wanted:
            writer.put_edges(stored.id, wanted, RULE_VERSION)
            changed += 1
    return Rebuilt(len(found), changed, edges)


def _claim_ids(view: GraphView) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = view.claim_page(ClaimFilter(), after, BATCH)
        found += [stored.id for stored in page.items]
        after = page.next_after
        if after is None:
            return found
