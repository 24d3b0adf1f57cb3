"""Which experiments claims report on a pair of entities, laid out by side, aspect and context.

Two claims stand in one cell where they tried the same side, in the same aspect, and state the same
context. Whether claims contradict each other is told by :mod:`app.reasoning.conflicts`, so that a
cell may be in conflict with another one: what a claim leaves unstated separates nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.model.claim import ClaimView
from app.model.matrix import CellResult
from app.model.vocabulary import Aspect, Side
from app.reasoning.belief import reported_reliability
from app.reasoning.canon import Canon
from app.reasoning.conflicts import Opposition, Pair, Saying, nearest, null_saying, signed_saying
from app.reasoning.context import Scope, separating_slots
from app.reasoning.counter import is_standing
from app.reasoning.engine import Stop
from app.reasoning.hops import LinkKey, canonical_key
from app.reasoning.lens import BESIDE

SIDES = (Side.LOSS, Side.GAIN)
"""What can be done to a target: the rows that every context has."""

ASPECTS = (Aspect.INDUCTION, Aspect.MAINTENANCE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the matrix."""

    side: Side | None
    aspect: Aspect | None
    scope: Scope

    @property
    def order(self) -> tuple[object, ...]:
        """A total order: stated sides and aspects first."""
        return (
            self.side is None,
            -(self.side is Side.LOSS),
            self.aspect is None,
            self.aspect or "",
            scope_order(self.scope),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim in a cell, with what it says of the pair; its conflict is the nearest one."""

    cell: Cell
    claim: ClaimView
    said: Saying
    conflict: Opposition | None


@dataclass(frozen=True)
class Layout:
    """All findings on a pair, most reliable first, and the claims that tried nothing."""

    findings: Sequence[Finding]
    beside: Sequence[tuple[ClaimView, Saying]]

    def by_cell(self) -> dict[Cell, list[Finding]]:
        """Return the findings of each cell that has any."""
        cells: dict[Cell, list[Finding]] = {}
        for each in self.findings:
            cells.setdefault(each.cell, []).append(each)
        return cells


def result_of(findings: Sequence[Finding]) -> CellResult:
    """Return what was found in a cell."""
    if not findings:
        return CellResult.UNTESTED
    signs = {each.said.sign for each in findings}
    if len(signs) > 1 or any(each.conflict for each in findings):
        return CellResult.CONFLICTING
    return CellResult.NULL if signs == {0} else CellResult.POSITIVE


def lay_out(
    claims: Iterable[ClaimView],
    pair: Pair,
    canon: Canon,
    *,
    candidates: bool,
    stop: Stop | None = None,
) -> Layout:
    """Lay out what claims say of a pair (subject, object), both canonical.

    Retracted, rejected, disputed and superseded claims take no part, candidates where asked for.
    Where ``stop`` was set meanwhile, conflicts may be missing.
    """
    usable = [claim for claim in claims if is_standing(claim, candidates=candidates)]
    usable.sort(key=lambda claim: (-reported_reliability(claim), claim.id))
    tried: list[tuple[Cell, ClaimView, Saying]] = []
    beside: list[tuple[ClaimView, Saying]] = []
    for claim in usable:
        for said, cells in _said(claim, pair, canon):
            null = null_saying(claim.id, claim, (), canon) is not None
            if claim.epistemic in BESIDE or (said.sign == 0 and not null):
                beside.append((claim, said))
            else:
                tried += [(cell, claim, said) for cell in cells]
    against = _Against([said for _, _, said in tried], Stop() if stop is None else stop)
    return Layout(
        [Finding(cell, claim, said, against.of(said)) for cell, claim, said in tried], beside
    )


def _said(claim: ClaimView, pair: Pair, canon: Canon) -> Iterable[tuple[Saying, Sequence[Cell]]]:
    """Yield what a claim says of the pair by each sign, and the cells that it stands in."""
    null = null_saying(claim.id, claim, claim.links, canon)
    if null is not None:
        if null[0] == pair:
            said = null[1]
            side, aspect = next(iter(said.sides), None), next(iter(said.aspects), None)
            yield said, [Cell(side, aspect, said.scope)]
        return
    by_sign: dict[int, list[LinkKey]] = {}
    for key in dict.fromkeys(canonical_key(edge, canon) for edge in claim.edges):
        if (key.subject, key.object) == pair:
            by_sign.setdefault(key.sign, []).append(key)
    for sign, keys in sorted(by_sign.items()):
        said = signed_saying(claim.id, claim, sign, keys, claim.links, canon)
        yield said, [Cell(key.side, key.aspect, said.scope) for key in keys]


class _Against:
    """Finds the claim that each saying contradicts; those that say alike are compared once."""

    def __init__(self, sayings: Iterable[Saying], stop: Stop) -> None:
        every = {(said.claim, said.sign): said for said in sayings}
        self._linked = frozenset[str]().union(*(said.contradicts for said in every.values()))
        distinct = {self._kind(said): said for said in reversed(every.values())}
        self._by_scope: dict[Scope, list[Saying]] = {}
        for said in reversed(distinct.values()):
            self._by_scope.setdefault(said.scope, []).append(said)
        self._judged = [said for said in distinct.values() if self._is_linked(said)]
        self._agreeing: dict[Scope, list[Saying]] = {}
        self._known: dict[object, Opposition | None] = {}
        self._stop = stop

    def of(self, said: Saying) -> Opposition | None:
        """Return the nearest contradiction; None where something separates all others."""
        if self._stop:
            return None
        kind = self._kind(said)
        if kind not in self._known:
            others = (*self._judged, *self._in_like_scope(said.scope))
            met = nearest(said, (one for one in others if one.sign != said.sign))
            self._known[kind] = met if met is not None and not met.scope else None
        met = self._known[kind]
        return None if met is None else Opposition(said, met.against, met.scope, met.judged)

    def _in_like_scope(self, scope: Scope) -> list[Saying]:
        """Return what was said where nothing separates it from ``scope``, in ``scope`` first."""
        found = self._agreeing.get(scope)
        if found is None:
            found = self._agreeing[scope] = [
                said
                for other, there in self._by_scope.items()
                if not separating_slots(scope, other)
                for said in there
            ]
            found.sort(key=lambda said: said.scope != scope)
        return found

    def _is_linked(self, said: Saying) -> bool:
        return bool(said.contradicts) or said.claim in self._linked

    def _kind(self, said: Saying) -> object:
        judged = said.claim if self._is_linked(said) else None
        return (said.sign, said.sides, said.aspects, said.scope, judged)


def scope_order(scope: Scope) -> tuple[tuple[str, ...], ...]:
    """Return a total order of scopes."""
    return tuple(tuple(sorted(each)) for each in scope)


def states_nothing(scope: Scope) -> bool:
    """Tell whether a context states nothing."""
    return not any(scope)
