"""What was tried with a target and an outcome: the claims are read, reasoning lays them out."""

from collections.abc import Iterable, Mapping, Sequence

from app.graph.port import GraphStore, GraphView
from app.model.answer import NamedEntity
from app.model.claim import ClaimView
from app.model.conflict import ClaimConflict
from app.model.entity import Entity
from app.model.errors import Unavailable
from app.model.matrix import (
    ContextPart,
    DecidingCell,
    Matrix,
    MatrixCell,
    MatrixContext,
    MatrixQuestion,
)
from app.model.vocabulary import ContextType, Presence
from app.reasoning.context import SCOPE_TYPES, Scope
from app.reasoning.deciding import Decision, deciding_cells
from app.reasoning.lens import Lens
from app.reasoning.matrix import (
    ASPECTS,
    SIDES,
    Cell,
    Finding,
    lay_out,
    result_of,
    scope_order,
    states_nothing,
)
from app.reasoning.words import SUBSTANCES, experiment_in_words
from app.services import revisions
from app.services.claims import claim_views
from app.services.conflicts import claim_conflict, conflict_claim, named
from app.services.reasoning import Reasoner, claims_about

CLAIMS_SHOWN = 25
"""How many claims of a cell are shown; ``total`` counts all."""

DECIDING_SHOWN = 10

_TOO_LONG = "the claims on the two could not be compared in time"


def matrix(
    store: GraphStore,
    reasoner: Reasoner,
    question: MatrixQuestion,
    *,
    limit: int = 25,
    offset: int = 0,
) -> Matrix:
    """Return what was tried with resolved entities, in their canonical terms.

    ``limit`` and ``offset`` page through the contexts; the cells to fill come of all of them.
    Raises :class:`~app.model.errors.Unavailable` where the claims could not be compared in time.
    """
    revision = revisions.resolve(store, question.as_of)
    with store.view(revision.number) as view, reasoner.stopping() as stop:
        lens = reasoner.index_of(view).lens(candidates=question.include_candidates, background=True)
        pair = (lens.canon.canonical(question.target.id), lens.canon.canonical(question.outcome.id))
        claims = _claims_on(view, lens, pair)
        layout = lay_out(
            claims, pair, lens.canon, candidates=question.include_candidates, stop=stop
        )
        if stop:
            raise Unavailable("reasoning", _TOO_LONG)
        cells = layout.by_cell()
        scopes = _scopes(cells)
        shown = scopes[offset : offset + limit]
        decisions = deciding_cells(layout)[:DECIDING_SHOWN]
        named_in = {
            one
            for scope in (*shown, *(d.cell.scope for d in decisions))
            for one in scope_ids(scope)
        }
        entities = view.entities(sorted({*pair, *named_in}))
    target, outcome = (named(end, entities) for end in pair)
    return Matrix(
        query=question.model_copy(update={"target": target, "outcome": outcome}),
        snapshot=revisions.snapshot_of(revision),
        contexts=tuple(
            MatrixContext(parts=context_parts(scope, entities), cells=_cells(scope, cells))
            for scope in shown
        ),
        deciding=tuple(_deciding(one, target, outcome, entities) for one in decisions),
        beside=tuple(conflict_claim(claim, said) for claim, said in layout.beside[:CLAIMS_SHOWN]),
        total=len(scopes),
    )


def _claims_on(view: GraphView, lens: Lens, pair: tuple[str, str]) -> list[ClaimView]:
    """Return every claim with a link between the pair, and every null result on it."""
    subject, target = pair
    carried = {
        claim
        for link in lens.touching(subject)
        if (link.key.subject, link.key.object) == pair
        for claim in link.claims
    }
    denied = claims_about(
        view, lens.canon.named_by(target), lens.canon.named_by(subject), denied=True
    )
    found = {claim.id: claim for claim in denied} | claim_views(view, sorted(carried))
    return list(found.values())


def _scopes(cells: Mapping[Cell, Sequence[Finding]]) -> list[Scope]:
    """Return the contexts, those of most claims first and the unstated one last."""
    claims: dict[Scope, set[str]] = {}
    for cell, findings in cells.items():
        claims.setdefault(cell.scope, set()).update(each.claim.id for each in findings)
    if not claims:
        return [tuple(frozenset[str]() for _ in SCOPE_TYPES)]
    return sorted(
        claims, key=lambda one: (states_nothing(one), -len(claims[one]), scope_order(one))
    )


def _cells(scope: Scope, cells: Mapping[Cell, Sequence[Finding]]) -> tuple[MatrixCell, ...]:
    """Return the cells of a context: all that can be tried, and what else was said."""
    there = {cell for cell in cells if cell.scope == scope}
    there |= {Cell(side, aspect, scope) for side in SIDES for aspect in ASPECTS}
    return tuple(
        _cell(cell, cells.get(cell, ())) for cell in sorted(there, key=lambda one: one.order)
    )


def _cell(cell: Cell, findings: Sequence[Finding]) -> MatrixCell:
    conflicts: tuple[ClaimConflict, ...] = tuple(
        claim_conflict(each.conflict) for each in findings if each.conflict
    )
    return MatrixCell(
        side=cell.side,
        aspect=cell.aspect,
        result=result_of(findings),
        claims=tuple(conflict_claim(each.claim, each.said) for each in findings[:CLAIMS_SHOWN]),
        total=len(findings),
        conflicts=conflicts[:CLAIMS_SHOWN],
    )


def _deciding(
    one: Decision, target: NamedEntity, outcome: NamedEntity, entities: Mapping[str, Entity]
) -> DecidingCell:
    context = context_parts(one.cell.scope, entities)
    words = experiment_in_words(
        one.side, target.name, one.cell.aspect, context, outcome.name,
        substance=target.category in SUBSTANCES,
    )  # fmt: skip
    return DecidingCell(
        reason=one.reason,
        side=one.side,
        aspect=one.cell.aspect,
        context=context,
        filled=one.filled,
        words=f"repeat: {words}" if one.filled else words,
        claims=tuple(one.claims),
    )


def context_parts(scope: Scope, entities: Mapping[str, Entity]) -> tuple[ContextPart, ...]:
    """Return what a context states, by its names."""
    return tuple(
        _part(kind, entry, entities)
        for kind, entries in zip(SCOPE_TYPES, scope, strict=True)
        for entry in sorted(entries)
    )


def _part(kind: ContextType, entry: str, entities: Mapping[str, Entity]) -> ContextPart:
    entity, _, state = entry.partition("|")
    name = entity.replace("_", " ") if kind is ContextType.SETTING else named(entity, entities).name
    return ContextPart(type=kind, id=entity, name=name, state=Presence(state) if state else None)


def scope_ids(scope: Scope) -> Iterable[str]:
    """Return the entities and settings that a context states."""
    return (entry.partition("|")[0] for entries in scope for entry in entries)
