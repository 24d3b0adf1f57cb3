"""Which untested cells of a matrix would decide something.

A conflict is resolved by an experiment that differs from one of the two in one thing alone, in
which it is like the other: what was done, the aspect, or the context. Where all of those were made,
it is repeated. An extrapolated hop becomes matched by the same experiment with the opposite change.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.model.matrix import DecidingReason
from app.model.vocabulary import Aspect, Side
from app.reasoning.belief import EPISTEMIC_RELIABILITY
from app.reasoning.canon import OPPOSITE_SIDE
from app.reasoning.matrix import ASPECTS, SIDES, Cell, Finding, Layout, states_nothing


@dataclass(slots=True)
class Decision:
    """A cell to fill, and the claims for whose sake; ``weight`` orders those of one reason."""

    reason: DecidingReason
    cell: Cell
    filled: bool
    claims: list[str]
    weight: float

    @property
    def side(self) -> Side:
        """What is to be done; a cell to fill always says it."""
        if self.cell.side is None:
            raise ValueError("an experiment loses or gains the target")
        return self.cell.side

    @property
    def order(self) -> tuple[object, ...]:
        """Conflicts first, those that most claims are in; then what rests on the best claims."""
        conflict = self.reason is DecidingReason.RESOLVES_CONFLICT
        return (not conflict, self.filled, -self.weight, self.cell.order)


def deciding_cells(layout: Layout) -> list[Decision]:
    """Return the cells to fill, the most telling first, each once."""
    filled = layout.by_cell()
    found: dict[Cell, Decision] = {}
    for decision in (*_of_conflicts(layout, filled), *_of_extrapolations(filled)):
        held = found.setdefault(decision.cell, decision)
        if held is not decision and held.reason is decision.reason:
            held.claims = list(dict.fromkeys((*held.claims, *decision.claims)))
            held.weight = max(held.weight, decision.weight)
            if held.reason is DecidingReason.RESOLVES_CONFLICT:
                held.weight = float(len(held.claims))
    return sorted(found.values(), key=lambda one: one.order)


def _of_conflicts(layout: Layout, filled: Mapping[Cell, Sequence[Finding]]) -> Iterator[Decision]:
    cells: dict[tuple[str, int], list[Cell]] = {}
    for each in layout.findings:
        cells.setdefault((each.claim.id, each.said.sign), []).append(each.cell)
    seen: set[frozenset[Cell]] = set()
    for each in layout.findings:
        if each.conflict is None:
            continue
        other = each.conflict.against
        claims = [each.claim.id, other.claim]
        for cell in cells[other.claim, other.sign]:
            if frozenset((each.cell, cell)) in seen:
                continue
            seen.add(frozenset((each.cell, cell)))
            between = sorted(set(_between(each.cell, cell)), key=lambda one: one.order)
            new = [one for one in between if one not in filled]
            for one in new or _repeated(each.cell, cell):
                yield Decision(
                    DecidingReason.RESOLVES_CONFLICT, one, one in filled, claims, len(claims)
                )


def _between(one: Cell, other: Cell) -> Iterator[Cell]:
    """Yield the cells that are like one of the two but for one thing, in which like the other."""
    for mine, theirs in ((one, other), (other, one)):
        if theirs.side not in (None, mine.side):
            yield replace(mine, side=theirs.side)
        if mine.side is None:
            continue
        if theirs.aspect not in (None, mine.aspect):
            yield replace(mine, aspect=theirs.aspect)
        if theirs.scope != mine.scope and not states_nothing(theirs.scope):
            yield replace(mine, scope=theirs.scope)


def _repeated(one: Cell, other: Cell) -> Sequence[Cell]:
    """Return the cell of a conflict to repeat; where no side is known, both sides have to be."""
    sided = [cell for cell in (one, other) if cell.side is not None]
    if sided:
        return [min(sided, key=lambda each: each.order)]
    return [replace(one, side=side) for side in SIDES]


def _of_extrapolations(filled: Mapping[Cell, Sequence[Finding]]) -> Iterator[Decision]:
    """Yield the cells that lack where only the opposite change was tried, or a sign is stated."""
    shown = {
        (cell.side, cell.aspect, finding.said.sign)
        for cell, findings in filled.items()
        for finding in findings
        if finding.said.sign
    }
    for cell, findings in filled.items():
        for finding in findings:
            sign = finding.said.sign
            wanted = SIDES if cell.side is None else (OPPOSITE_SIDE[cell.side],)
            for side in wanted if sign else ():
                for aspect in _lacking(
                    cell.aspect, {a for s, a, n in shown if (s, n) == (side, sign)}
                ):
                    lacking = Cell(side, aspect, cell.scope)
                    if lacking not in filled:
                        yield Decision(
                            DecidingReason.MAKES_MATCHED,
                            lacking,
                            False,
                            [finding.claim.id],
                            EPISTEMIC_RELIABILITY[finding.claim.epistemic],
                        )


def _lacking(aspect: Aspect | None, shown: set[Aspect | None]) -> Sequence[Aspect | None]:
    """Return the aspects to try, where a hop of ``aspect`` was shown on that side in ``shown``.

    A link of a stated aspect stands in for one without, and the other way round, as paths take it.
    """
    if None in shown:
        return ()
    if aspect is not None:
        return () if aspect in shown else (aspect,)
    lacking = [one for one in ASPECTS if one not in shown]
    return (None,) if len(lacking) == len(ASPECTS) else lacking
