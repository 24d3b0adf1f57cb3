"""Counts of what the graph holds."""

from app.graph.port import GraphView
from app.model.base import Frozen
from app.model.history import Snapshot
from app.model.vocabulary import Status
from app.services import revisions


class Stats(Frozen):
    """How many of each thing a snapshot holds."""

    articles: int
    entities: int
    relations: int
    claims: int
    claims_by_status: dict[Status, int]
    edges: int
    decisions: int
    revisions: int
    snapshot: Snapshot


def stats(view: GraphView) -> Stats:
    """Count what a view holds."""
    counts = view.counts()
    return Stats(
        articles=counts.articles,
        entities=counts.entities,
        relations=counts.relations,
        claims=sum(counts.claims.values()),
        claims_by_status={status: counts.claims.get(status, 0) for status in Status},
        edges=counts.edges,
        decisions=counts.decisions,
        revisions=counts.revisions,
        snapshot=revisions.snapshot_of(view.revision),
    )
