"""Which decisions are legal, and what to do where one is not."""

from collections.abc import Callable, Sequence
from typing import Final

from app.curation.standing import replacing, stands, verdicts
from app.model.claim import Link
from app.model.decision import Decision, DecisionRequest
from app.model.errors import BadInput, Conflict, FieldError, NotFound
from app.model.vocabulary import DecisionType

_FIELDS: Final[dict[DecisionType, frozenset[str]]] = {
    DecisionType.ACCEPT: frozenset(),
    DecisionType.REJECT: frozenset({"reason"}),
    DecisionType.CORRECT: frozenset({"claims"}),
    DecisionType.SPLIT: frozenset({"claims"}),
    DecisionType.MERGE: frozenset({"into"}),
    DecisionType.LINK: frozenset({"link"}),
    DecisionType.UNLINK: frozenset({"link"}),
    DecisionType.UNDO: frozenset({"decision"}),
}
"""What each decision needs; a reason may always be given, nothing else."""

_NEEDS: Final[dict[str, str]] = {
    "reason": "say why, in 'reason'",
    "claims": "give the new claims in 'claims'",
    "into": "name the claim to merge into in 'into'",
    "link": "give the link's type and claim in 'link'",
    "decision": "name the decision to undo in 'decision'",
}
_LEAST_PARTS: Final = 2


def check_request(request: DecisionRequest, claim_id: str) -> None:
    """Raise BadInput where a request lacks what its type needs, or holds what it has no use for."""
    needed = _FIELDS[request.type]
    for field in ("reason", "claims", "into", "link", "decision"):
        value = getattr(request, field)
        given = bool(value.strip()) if isinstance(value, str) else bool(value)
        if field in needed and not given:
            _refuse(field, f"to {request.type}, {_NEEDS[field]}")
        if given and field not in needed and field != "reason":
            _refuse(field, f"{request.type} has no use for '{field}'; leave it out")
    if request.type is DecisionType.CORRECT and len(request.claims) != 1:
        _refuse("claims", "correct takes one new claim; use split for several")
    if request.type is DecisionType.SPLIT and len(request.claims) < _LEAST_PARTS:
        _refuse("claims", "split takes two new claims or more; use correct for one")
    ids = [claim.id for claim in request.claims]
    if len(set(ids)) < len(ids):
        _refuse("claims", "two of the new claims are the same")
    if claim_id in ids:
        _refuse("claims", "a new claim is the same as the one that it is to replace")
    if request.into == claim_id:
        _refuse("into", "a claim can't be merged into itself")
    if request.link is not None and request.link.claim == claim_id:
        _refuse("link", "a claim can't be linked to itself")


def check_legal(
    request: DecisionRequest,
    claim_id: str,
    decisions: Sequence[Decision],
    links: Sequence[Link],
    actor: str,
) -> None:
    """Raise Conflict or NotFound where the claim's state does not allow the decision.

    ``decisions`` are those on the claim, oldest first; ``links`` those that it has.
    """
    if request.type is DecisionType.UNDO:
        _check_undo(request.decision or "", claim_id, decisions)
        return
    replaced = replacing(decisions)
    if replaced is not None:
        others = ", ".join(replaced.replacements)
        raise Conflict(
            f"Claim {claim_id} was superseded by {others}: decide on that, or undo "
            f"decision {replaced.id} ({replaced.type}) first."
        )
    if request.type in (DecisionType.ACCEPT, DecisionType.REJECT):
        held = verdicts(decisions).get(actor)
        if held is not None and held.type is request.type:
            raise Conflict(
                f"Decision {held.id} of {actor} says {held.type} already; nothing to do."
            )
    if request.link is not None:
        _check_link(request.type, request.link, links)


def check_replacements(
    claim_id: str,
    replacements: Sequence[str],
    superseded_by: Callable[[str], Sequence[str]],
) -> None:
    """Raise Conflict where a claim that is to stand in another's place is superseded itself."""
    for other in replacements:
        later = superseded_by(other)
        if later:
            raise Conflict(
                f"Claim {other} can't stand in the place of {claim_id}: it was superseded by "
                f"{', '.join(later)}. Use that one."
            )


def _check_undo(wanted: str, claim_id: str, decisions: Sequence[Decision]) -> None:
    known = {each.id: each for each in decisions}
    target = known.get(wanted)
    if target is None:
        raise NotFound(
            f"There is no decision {wanted[:80]} on claim {claim_id}.",
            [(each.id, f"{each.type} by {each.actor}") for each in decisions[-5:]],
        )
    if not stands(wanted, decisions):
        undo = next(
            each for each in decisions if each.undoes == wanted and stands(each.id, decisions)
        )
        raise Conflict(
            f"Decision {wanted} was undone by {undo.id} already; to let it stand again, "
            f"undo {undo.id}."
        )


def _check_link(kind: DecisionType, link: Link, links: Sequence[Link]) -> None:
    there = link in links
    if kind is DecisionType.LINK and there:
        raise Conflict(f"The claim has the link {link.type} to {link.claim} already.")
    if kind is DecisionType.UNLINK and not there:
        raise Conflict(f"The claim has no link {link.type} to {link.claim} that could be removed.")


def _refuse(field: str, why: str) -> None:
    raise BadInput(f"{why[0].upper()}{why[1:]}.", [FieldError(f"/{field}", why)])
