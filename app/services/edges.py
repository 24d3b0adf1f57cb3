"""The signed edges that a claim carries in the store, by the rules of reasoning."""

from collections.abc import Callable
from functools import cache, partial

from app.graph.port import GraphView, GraphWriter
from app.model.claim import Claim, ClaimState
from app.model.edge import Edge
from app.model.vocabulary import RelationType, Status
from app.reasoning.canon import Canon
from app.reasoning.rules import RULE_VERSION, derive_edges
from app.services.entities import canonical_id

_MEANING = (RelationType.SAME_AS,)
_NO_EDGES = frozenset({Status.REJECTED, Status.SUPERSEDED})


def edges_of(claim: Claim, status: Status, canonical: Callable[[str], str]) -> tuple[Edge, ...]:
    """Return the edges of a claim of this status.

    A claim that was rejected or superseded carries none; of one that a curator judged the first
    grounding counts.
    """
    if status in _NO_EDGES:
        return ()
    return derive_edges(claim, judged=status is not Status.CANDIDATE, canonical=canonical)


def canonical_of(view: GraphView) -> Callable[[str], str]:
    """Return the function that maps an entity to the canonical one of its equivalents.

    It reads all equivalents at once; for a few entities :func:`canonical_in` asks less.
    """
    return Canon(view.relations(None, _MEANING)).canonical


def canonical_in(view: GraphView) -> Callable[[str], str]:
    """Return the same function, which asks the view for each entity that it is asked for."""
    return cache(partial(canonical_id, view))


def put_state_and_edges(
    writer: GraphWriter, claim: Claim, state: ClaimState, canonical: Callable[[str], str]
) -> None:
    """Put a claim's state and the edges that follow from it."""
    writer.put_state(claim.id, state)
    writer.put_edges(claim.id, edges_of(claim, state.status, canonical), RULE_VERSION)
