"""What speaks against an answer: opposite signs, null results, retracted papers (rule 11)."""

from collections.abc import Iterable, Sequence

from app.model.answer import CounterEvidence
from app.model.claim import ClaimView
from app.model.vocabulary import Status
from app.reasoning.canon import Canon
from app.reasoning.conflicts import (
    Pair,
    Saying,
    grounds_of_pair,
    nearest,
    null_saying,
    said_of,
)
from app.reasoning.lens import BESIDE

SETTLED = frozenset({Status.REJECTED, Status.SUPERSEDED, Status.DISPUTED})


def is_standing(claim: ClaimView, *, candidates: bool) -> bool:
    """Tell whether a claim may be used: accepted, or a candidate where asked for, of a paper that
    was not retracted.
    """
    judged = claim.status is Status.ACCEPTED or (candidates and claim.status not in SETTLED)
    return judged and not claim.retracted


def counter_evidence(
    pair: Pair,
    needed_sign: int,
    grounds: Sequence[ClaimView],
    about: Iterable[ClaimView],
    canon: Canon,
    *,
    candidates: bool,
) -> tuple[CounterEvidence, ...]:
    """Return what speaks against ``pair`` (subject, outcome) having ``needed_sign``.

    ``about`` are the claims on the outcome, ``grounds`` those that the answer rests on. Whether a
    finding contradicts or differs in scope is told by the ground that it comes nearest to (see
    :mod:`app.reasoning.conflicts`). Of a retracted paper only what would have supported the answer
    is named: it speaks against nothing any more. One whose record PubMed withdrew is not named.
    """
    found = []
    ground_ids = {claim.id for claim in grounds}
    rested = grounds_of_pair(grounds, pair, needed_sign, canon)
    for claim in sorted(about, key=lambda c: c.id):
        usable = claim.status is Status.ACCEPTED or (candidates and claim.status not in SETTLED)
        if claim.id in ground_ids or not usable or claim.epistemic in BESIDE:
            continue
        speaks = _against(claim, pair, needed_sign, canon)
        if speaks is not None:
            found.append(_shown(claim, *speaks, rested))
    return tuple(found)


def _against(claim: ClaimView, pair: Pair, needed: int, canon: Canon) -> tuple[str, Saying] | None:
    """Return the kind of counter-evidence that a claim is, and what it says of the pair."""
    if claim.withdrawn:
        return None
    if claim.retracted:
        said = said_of(claim, pair, needed, canon)
        return None if said is None else ("retracted", said)
    null = null_saying(claim.id, claim, claim.links, canon)
    if null is not None:
        return ("null_result", null[1]) if null[0] == pair else None
    said = said_of(claim, pair, -needed, canon)
    return None if said is None else ("opposite_sign", said)


def _shown(claim: ClaimView, kind: str, said: Saying, rested: Sequence[Saying]) -> CounterEvidence:
    met = nearest(said, rested)
    scope = met.scope if met else ()
    quote = claim.quotes[0] if claim.quotes else None
    return CounterEvidence(
        claim=claim.id,
        statement=claim.statement,
        kind=kind,
        relation="differs_in_scope" if scope else "contradicts",
        scope=scope,
        pmid=claim.paper,
        quote=quote.text if quote else None,
        start=quote.start if quote else None,
        end=quote.end if quote else None,
        verified=quote.verified if quote else None,
    )
