"""What experiments found of an intervention in one place, and in another.

A place is an outcome, in a context or in any. Only an experiment in the intervention's own
direction, in a context that answers the asked one, counts there (see
:mod:`app.reasoning.excluding`): what leaves the context open is counted beside, and what nobody
tried is *untested*, never without effect.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.model.claim import ClaimView
from app.model.contrast import ContrastKind
from app.model.matrix import CellResult
from app.model.vocabulary import Agreement, Effect
from app.reasoning.belief import reported_reliability
from app.reasoning.canon import Canon
from app.reasoning.conflicts import Saying, null_saying, oppose, said_of
from app.reasoning.context import agreement_of, findings
from app.reasoning.effects import WISHED
from app.reasoning.excluding import Doing, measured
from app.reasoning.hops import canonical_key
from app.reasoning.steps import Reading

HERE = frozenset({Agreement.MATCH, Agreement.NARROWER, Agreement.UNASKED})
"""The agreements by which a claim holds in the asked context."""

OPEN = frozenset({Agreement.UNSTATED, Agreement.BROADER})
"""Those by which it may hold there."""

KIND_ORDER = {kind: position for position, kind in enumerate(ContrastKind)}

Doer = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """An outcome, an effect on it, and all claims about it by what was acted upon."""

    outcome: str
    effect: Effect
    claims: Mapping[str, Sequence[ClaimView]]
    reading: Reading


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of an intervention in one place."""

    result: CellResult
    opposite: bool
    shown: Sequence[ClaimView]
    against: Sequence[ClaimView]
    unplaced: int


@dataclass(frozen=True, slots=True)
class Row:
    """An intervention with what was found of it in both places."""

    doer: Doer
    kind: ContrastKind
    here: Found
    there: Found

    @property
    def order(self) -> tuple[object, ...]:
        """What differs first, then the surest."""
        best = max(map(reported_reliability, self.here.shown))
        return (KIND_ORDER[self.kind], -best, -len(self.here.shown), *self.doer)


def by_subject(
    claims: Iterable[ClaimView], outcome: str, canon: Canon
) -> dict[str, list[ClaimView]]:
    """Return the claims on an outcome by what was acted upon, in canonical terms."""
    found: dict[str, list[ClaimView]] = {}
    for claim in sorted(claims, key=lambda one: (-reported_reliability(one), one.id)):
        keys = [canonical_key(edge, canon) for edge in claim.edges]
        subjects = {key.subject for key in keys if key.object == outcome}
        null = null_saying(claim.id, claim, (), canon)
        if null is not None and null[0][1] == outcome:
            subjects.add(null[0][0])
        for subject in sorted(subjects):
            found.setdefault(subject, []).append(claim)
    return found


def rows(here: Spot, there: Spot, *, candidates: bool) -> list[Row]:
    """Return every intervention that was shown to have the effect here, best contrast first."""
    made = []
    for subject in here.claims:
        for change in (-1, 1):
            one = found_in(here, (subject, change), candidates=candidates)
            if one.shown:
                other = found_in(there, (subject, change), candidates=candidates)
                made.append(Row((subject, change), _kind(one, other), one, other))
    return sorted(made, key=lambda row: row.order)


def found_in(spot: Spot, doer: Doer, *, candidates: bool) -> Found:
    """Return what experiments found of an intervention in one place."""
    doing = Doing(*doer, spot.outcome, spot.effect)
    tried = measured(spot.claims.get(doer[0], ()), doing, spot.reading, candidates=candidates)
    shown = [one for one in tried.shown if _agreement(one, spot) in HERE]
    against = [one for one in tried.denied if _agreement(one, spot) in HERE]
    unplaced = sum(_agreement(one, spot) in OPEN for one in (*tried.shown, *tried.denied))
    result, opposite = _result(shown, against, doing, spot.reading.canon)
    return Found(result, opposite, _surest(shown), _surest(against), unplaced)


def _agreement(claim: ClaimView, spot: Spot) -> Agreement:
    return agreement_of(findings(claim, spot.reading.asked))


def _surest(claims: Sequence[ClaimView]) -> list[ClaimView]:
    return sorted(claims, key=lambda one: (-reported_reliability(one), one.id))


def _result(
    shown: Sequence[ClaimView], against: Sequence[ClaimView], doing: Doing, canon: Canon
) -> tuple[CellResult, bool]:
    """Return the result, and whether it is the opposite of the effect."""
    needed = WISHED[doing.effect] * doing.change
    sayings = [_said(one, doing, sign, canon) for one, sign in
               (*((c, needed) for c in shown), *((c, -needed) for c in against))]  # fmt: skip
    if contradictory([one for one in sayings if one is not None]):
        return CellResult.CONFLICTING, False
    if shown:
        return CellResult.POSITIVE, False
    signs = {one.sign for one in sayings if one is not None}
    if signs - {0}:
        return CellResult.POSITIVE, True
    return (CellResult.NULL if against else CellResult.UNTESTED), False


def _said(claim: ClaimView, doing: Doing, sign: int, canon: Canon) -> Saying | None:
    pair = (doing.target, doing.outcome)
    null = null_saying(claim.id, claim, claim.links, canon)
    return null[1] if null is not None and null[0] == pair else said_of(claim, pair, sign, canon)


def contradictory(sayings: Sequence[Saying]) -> bool:
    """Tell whether any two of them contradict each other: nothing separates their scopes."""
    return any(
        one.sign != other.sign and not oppose(one, other).scope
        for position, one in enumerate(sayings)
        for other in sayings[:position]
    )


def _kind(here: Found, there: Found) -> ContrastKind:
    if CellResult.CONFLICTING in (here.result, there.result):
        return ContrastKind.CONFLICTING
    if there.opposite:
        return ContrastKind.OPPOSITE
    return {
        CellResult.UNTESTED: ContrastKind.UNTESTED,
        CellResult.NULL: ContrastKind.ONLY_HERE,
    }.get(there.result, ContrastKind.BOTH)
