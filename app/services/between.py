"""The claims between sets of entities, as a graph query asks for them."""

from collections.abc import Sequence
from typing import Final

from app.graph.port import ClaimFilter, GraphView
from app.model.claim import ClaimView
from app.model.errors import BadInput, TooLarge
from app.model.vocabulary import Epistemic, Status
from app.services.claims import claim_views

MOST_CLAIMS: Final = 10_000
"""How many claims one hop of a query may lead over."""

_AT_ONCE: Final = 400
_PAGE: Final = 500
_STATED: Final = tuple(
    each for each in Epistemic if each not in (Epistemic.BACKGROUND, Epistemic.HYPOTHESIS)
)


def claims_between(
    view: GraphView,
    agents: Sequence[str] | None,
    outcomes: Sequence[str] | None,
    *,
    candidates: bool = False,
) -> list[ClaimView]:
    """Return the claims whose agent and outcome are among these; None restricts nothing.

    Background, hypotheses and retracted papers are left out, and claims that no curator accepted
    unless ``candidates`` are asked for. Ends are compared with the top groundings. Raises
    TooLarge beyond :data:`MOST_CLAIMS`, and BadInput where neither end is given.
    """
    if agents is None and outcomes is None:
        raise BadInput("One end of a hop must be known.")
    statuses = (Status.ACCEPTED, Status.CANDIDATE) if candidates else (Status.ACCEPTED,)
    by_agent = agents is not None and (outcomes is None or len(agents) >= len(outcomes))
    many = (agents if by_agent else outcomes) or ()
    few = outcomes if by_agent else agents
    bound = tuple(few) if few is not None and len(few) <= _AT_ONCE else ()
    ids: dict[str, None] = {}
    for start in range(0, len(many), _AT_ONCE):
        part = tuple(many[start : start + _AT_ONCE])
        which = ClaimFilter(
            agent=part if by_agent else bound,
            outcome=bound if by_agent else part,
            status=statuses,
            epistemic=_STATED,
        )
        ids |= dict.fromkeys(_ids(view, which, MOST_CLAIMS - len(ids)))
    found: list[ClaimView] = []
    wanted = sorted(ids)
    for start in range(0, len(wanted), _PAGE):
        found += claim_views(view, wanted[start : start + _PAGE]).values()
    among = _Ends(agents, outcomes)
    return [each for each in found if among.has(each)]


def _ids(view: GraphView, which: ClaimFilter, room: int) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = view.claim_page(which, after, _PAGE)
        found += [stored.id for stored in page.items]
        if page.total > room or len(found) > room:
            raise TooLarge(
                f"More than {MOST_CLAIMS} claims answer one hop of the query; pin a node of it, or "
                "ask for fewer identifiers."
            )
        after = page.next_after
        if after is None:
            return found


class _Ends:
    """The ends that claims must have."""

    def __init__(self, agents: Sequence[str] | None, outcomes: Sequence[str] | None) -> None:
        self._agents = None if agents is None else frozenset(agents)
        self._outcomes = None if outcomes is None else frozenset(outcomes)

    def has(self, claim: ClaimView) -> bool:
        """Tell whether a claim of a paper that stands has these ends."""
        agent, outcome = claim.agent.top, claim.outcome.top
        if claim.retracted or agent is None or outcome is None:
            return False
        return (self._agents is None or agent.id in self._agents) and (
            self._outcomes is None or outcome.id in self._outcomes
        )
