"""Which entities a claim names, and in which slot: what every engine filters claims by."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.model.claim import Claim, Participant
from app.model.text import Grounding

SLOTS: Final = ("agent", "outcome", "means", "context", "member")


def slot_entities(claim: Claim) -> frozenset[tuple[str, str]]:
    """Return the pairs (entity id, slot) of a claim, in every grounding.

    ``agent`` and ``outcome`` are the participant itself, and for an outcome that is a relation
    its two ends; the members of a composite stand under ``member``; ``context`` holds context
    items and their backgrounds.
    """
    return frozenset(_pairs(claim))


def _pairs(claim: Claim) -> Iterator[tuple[str, str]]:
    yield from _participant("agent", claim.agent)
    yield from _participant("outcome", claim.outcome)
    if claim.outcome.relation is not None:
        yield from _participant("outcome", claim.outcome.relation.subject)
        yield from _participant("outcome", claim.outcome.relation.object)
    if claim.perturbation.means is not None:
        yield from _grounded("means", claim.perturbation.means.groundings)
    for item in claim.context:
        yield from _grounded("context", item.groundings)
        for background in item.background:
            yield from _grounded("context", background.groundings)


def _participant(slot: str, participant: Participant) -> Iterator[tuple[str, str]]:
    yield from _grounded(slot, participant.groundings)
    if participant.composition is not None:
        for member in participant.composition.members:
            yield from _grounded("member", member.groundings)


def _grounded(slot: str, groundings: Iterable[Grounding]) -> Iterator[tuple[str, str]]:
    for grounding in groundings:
        yield grounding.id, slot
