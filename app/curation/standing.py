"""Which decisions stand, and what they make of a claim.

An undo takes away the decision that it names, which may itself be an undo: then what that one
took away stands again. Nothing else removes a decision.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from app.model.claim import ClaimId, ClaimState, Link
from app.model.decision import Decision
from app.model.vocabulary import DecisionType, Status

REPLACING: Final = frozenset({DecisionType.CORRECT, DecisionType.SPLIT, DecisionType.MERGE})
"""Decisions that put other claims in a claim's place."""

VERDICTS: Final = frozenset({DecisionType.ACCEPT, DecisionType.REJECT})


def standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that stand, without undos; ``decisions`` are oldest first."""
    undone: set[str] = set()
    kept: list[Decision] = []
    # An undo is always later than what it undoes, so backwards each is settled when it is met.
    for decision in reversed(decisions):
        if decision.id in undone:
            continue
        if decision.type is DecisionType.UNDO:
            undone.add(decision.undoes or "")
        else:
            kept.append(decision)
    return tuple(reversed(kept))


def stands(decision_id: str, decisions: Sequence[Decision]) -> bool:
    """Tell whether a decision, of any type, stands."""
    undone: set[str] = set()
    for decision in reversed(decisions):
        if decision.type is DecisionType.UNDO and decision.id not in undone:
            undone.add(decision.undoes or "")
    return decision_id not in undone


def verdicts(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """Return each curator's last standing verdict, by name."""
    return {each.actor: each for each in standing(decisions) if each.type in VERDICTS}


def replacing(decisions: Sequence[Decision]) -> Decision | None:
    """Return the standing decision that put other claims in the claim's place, if any."""
    found = [each for each in standing(decisions) if each.type in REPLACING]
    return found[-1] if found else None


def status_of(decisions: Sequence[Decision]) -> tuple[Status, tuple[ClaimId, ...]]:
    """Return a claim's status, and the claims that supersede it.

    A standing replacement outranks verdicts. Curators whose last verdicts differ dispute the
    claim; a curator's later verdict takes the place of the earlier one. Where a verdict was given
    under a quorum, the claim stays a candidate until that many curators agree.
    """
    replacement = replacing(decisions)
    if replacement is not None:
        return Status.SUPERSEDED, replacement.replacements
    held = verdicts(decisions).values()
    given = {each.type for each in held}
    if len(given) > 1:
        return Status.DISPUTED, ()
    if len(held) < max((each.quorum for each in held), default=1):
        return Status.CANDIDATE, ()
    if DecisionType.ACCEPT in given:
        return Status.ACCEPTED, ()
    if DecisionType.REJECT in given:
        return Status.REJECTED, ()
    return Status.CANDIDATE, ()


def state_after(state: ClaimState, decisions: Sequence[Decision]) -> ClaimState:
    """Return a claim's state with the status that its decisions give it.

    A claim that its readers no longer find (``dropped``) is superseded for as long as no curator
    judges it; the candidate that took its place is named until a curator decides anything.
    """
    status, superseded_by = status_of(decisions)
    if status is Status.CANDIDATE and state.dropped:
        status, superseded_by = Status.SUPERSEDED, () if decisions else state.superseded_by
    return state.model_copy(update={"status": status, "superseded_by": superseded_by})


def link_stands(link: Link, decisions: Sequence[Decision], now: bool) -> bool:
    """Tell whether the decisions leave the claim with this link.

    ``now`` is whether the link is there; it counts where no decision ever spoke of the link.
    """
    spoken = [each for each in decisions if each.link == link]
    if not spoken:
        return now
    last = next((each for each in reversed(standing(decisions)) if each.link == link), None)
    if last is not None:
        return last.type is DecisionType.LINK
    # All were undone: it is as before the first, which could only unlink what was there.
    return spoken[0].type is DecisionType.UNLINK


def undone_at_last(decision: Decision, decisions: Iterable[Decision]) -> Decision:
    """Return the decision that an undo, or a chain of them, is about in the end."""
    known = {each.id: each for each in decisions}
    while decision.type is DecisionType.UNDO and decision.undoes in known:
        decision = known[decision.undoes]
    return decision
