"""Which entities a claim names, and in which of its slots."""

from collections.abc import Iterable, Iterator

from app.model.claim import Claim, ContextItem, Participant
from app.model.text import Grounding

SLOTS: tuple[str, ...] = ("agent", "outcome", "means", "context", "member")
"""The slots by which claims are found; ``member`` is a member of a composite."""


def slot_entities(claim: Claim) -> frozenset[tuple[str, str]]:
    """Return every (entity id, slot) that the claim names in any grounding.

    The ends of a relation stand in the slot ``outcome``.
    """
    means = claim.perturbation.means
    relation = claim.outcome.relation
    ends = (relation.subject, relation.object) if relation else ()
    whole = (claim.agent, claim.outcome, *ends)
    slots: tuple[tuple[str, Iterable[Grounding]], ...] = (
        ("agent", claim.agent.groundings),
        ("outcome", (found for end in (claim.outcome, *ends) for found in end.groundings)),
        ("means", means.groundings if means else ()),
        ("context", _context(claim.context)),
        ("member", _members(whole)),
    )
    return frozenset((found.id, slot) for slot, groundings in slots for found in groundings)


def _members(participants: Iterable[Participant]) -> Iterator[Grounding]:
    for participant in participants:
        for member in participant.composition.members if participant.composition else ():
            yield from member.groundings


def _context(items: Iterable[ContextItem]) -> Iterator[Grounding]:
    for item in items:
        yield from item.groundings
        for background in item.background:
            yield from background.groundings
