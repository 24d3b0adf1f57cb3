"""Decisions on claims: accept, reject, correct, split, merge, link, unlink, undo."""

from app.graph.port import GraphStore
from app.model.claim import ClaimView
from app.model.decision import DecisionRequest


def decide(
    store: GraphStore,
    claim_id: str,
    request: DecisionRequest,
    *,
    actor: str,
    expected_revision: int | None = None,
    source: str | None = None,
) -> ClaimView:
    """Record a decision on a claim and all that follows from it; return the claim's new view.

    ``expected_revision`` is the ``revision`` of the view that the curator saw; None asks for no
    check. ``source`` names the file or resource that the decision rests on.

    Raises:
        PreconditionFailed: the claim changed since ``expected_revision``.
        NotFound: no such claim, decision, or claim to link to or merge into.
        BadInput, QuoteMismatch: the request, or a new claim in it, can't be used as it is.
        Conflict: the claim's state does not allow the decision.
    """
    raise NotImplementedError
