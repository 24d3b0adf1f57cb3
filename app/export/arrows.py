"""What a claim draws between two entities: its signed edges, or that something is denied.

Signs are those of the edges that reasoning derives from the claim, so that an export can say
nothing that an answer would not. A denied claim has no such edge; it is drawn as *denied*.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Final

from app.export.record import ClaimRecord, Exported, top
from app.model.edge import Condition, Edge
from app.model.vocabulary import Sign

RELATION: Final = {
    Sign.POSITIVE: "raises",
    Sign.NEGATIVE: "lowers",
    Sign.UNSIGNED: "unsigned",
}
"""How a signed edge is called: more of the one means more of the other, less, or not told."""

DENIED: Final = "denied"
_NUMBER: Final = {Sign.POSITIVE: 1, Sign.NEGATIVE: -1, Sign.UNSIGNED: 0}


@dataclass(slots=True)
class Arrow:
    """One thing drawn; ``edge`` is None for what is denied."""

    subject: str
    object: str
    relation: str
    sign: int
    edge: Edge | None

    @property
    def condition(self) -> list[str]:
        """What must hold for the edge, in words."""
        return [condition_text(each) for each in self.edge.condition] if self.edge else []


def arrows(claim: ClaimRecord, known: Container[str], exported: Exported) -> Iterator[Arrow]:
    """Yield what a claim draws between ``known`` entities; count it where that is nothing."""
    drawn = False
    for arrow in _drawn(claim):
        if arrow.subject in known and arrow.object in known:
            drawn = True
            yield arrow
    if not drawn:
        exported.left_out[_reason(claim)] += 1


def _drawn(claim: ClaimRecord) -> Iterator[Arrow]:
    if claim.denied:
        subject, target = top(claim.said["agent"]), top(claim.said["outcome"])
        if subject is not None and target is not None:
            yield Arrow(subject["id"], target["id"], DENIED, 0, None)
        return
    for edge in claim.edges:
        yield Arrow(edge.subject, edge.object, RELATION[edge.sign], _NUMBER[edge.sign], edge)


def _reason(claim: ClaimRecord) -> str:
    if claim.edges:
        return "an end is no entity of the graph"
    if claim.denied:
        return "denied, and an end is not grounded to one entity"
    if "composition" in claim.said["agent"] or "composition" in claim.said["outcome"]:
        return "said of several together, and of none of them alone"
    return "an end is not grounded, or not clearly"


def condition_text(condition: Condition) -> str:
    """Return a condition in short: ``TGF-beta (HGNC:11766), absent``."""
    named = f"{condition.name} ({condition.entity})" if condition.entity else condition.name
    change = {Sign.POSITIVE: "raised", Sign.NEGATIVE: "lowered"}.get(
        condition.direction or Sign.UNSIGNED
    )
    state = condition.state or change
    return f"{named}, {state}" if state else named
