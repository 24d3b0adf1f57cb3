"""The tool that writes: a curator's verdict on a candidate claim."""

from typing import Annotated, Literal

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

from app.mcp import shown
from app.mcp.arguments import ClaimId
from app.mcp.parts import Parts
from app.mcp.registering import DECIDING, tool
from app.mcp.shown import Cited
from app.model.base import Frozen
from app.model.decision import DecisionRequest
from app.model.errors import Conflict
from app.model.history import Snapshot
from app.model.vocabulary import DecisionType, Status
from app.services import revisions
from app.services.claims import claim_view
from app.services.curation import decide

SOURCE = "mcp"
"""What a decision that came this way is marked with."""


class Decided(Frozen):
    """The claim as it stands after the decision, and in whose name it was made."""

    snapshot: Snapshot
    claim: Cited
    actor: str


def deciding_tool(parts: Parts) -> Tool:
    """Return the tool that decides on candidates."""

    def decide_on_claim(
        claim: ClaimId,
        decision: Literal["accept", "reject"],
        revision: Annotated[
            int, Field(ge=0, description="The claim's revision, as read_claims showed it.")
        ],
        context: Context,
        reason: Annotated[
            str | None, Field(max_length=4000, description="Why; needed to reject.")
        ] = None,
    ) -> Decided:
        """Accept or reject a candidate claim in the name of the curator whose token was given.

        Needs a curator's token. Accept only what the quote says in so many words. A decision can
        be undone on the page or by the command line.
        """
        curator = parts.curator(context)
        with parts.store.view() as view:
            status = claim_view(view, claim).status
        if status is not Status.CANDIDATE:
            raise Conflict(
                f"Claim {claim} is {status}: only candidates are decided here. Use the page or "
                "`evipath curate` for others."
            )
        made = decide(
            parts.store,
            claim,
            DecisionRequest(type=DecisionType(decision), reason=reason),
            actor=curator.name,
            expected_revision=revision,
            source=SOURCE,
            quorum=parts.quorum,
        )
        snapshot = revisions.snapshot_of(parts.store.head())
        return Decided(snapshot=snapshot, claim=shown.cited(made), actor=curator.name)

    return tool(decide_on_claim, title="Decide on a candidate claim", annotations=DECIDING)
