"""What a cause needs for its effect: the claims on the outcome are read, reasoning sorts them."""

from collections.abc import Mapping

from app.graph.port import GraphStore
from app.model.contrast import (
    Requirement,
    RequirementCell,
    RequirementQuestion,
    Requirements,
)
from app.model.entity import Entity
from app.model.matrix import CellResult, ContextPart
from app.model.vocabulary import ContextType, Presence, Side
from app.reasoning.counter import is_standing
from app.reasoning.grounds import evidence_item
from app.reasoning.lens import BESIDE, Lens
from app.reasoning.requirements import Asked, Need, NeedCell, needs_of
from app.reasoning.words import experiment_in_words
from app.services import revisions
from app.services.conflicts import named
from app.services.matrix import context_parts, scope_ids
from app.services.reasoning import Reasoner, claims_about

CLAIMS_SHOWN = 10
"""How many claims of a cell are shown; ``total`` counts all."""

OF_OUTCOME_SHOWN = 25
BESIDE_SHOWN = 25


def requirements(
    store: GraphStore,
    reasoner: Reasoner,
    question: RequirementQuestion,
    *,
    limit: int = 25,
    offset: int = 0,
) -> Requirements:
    """Return what a cause needs for its effect on an outcome; names are resolved.

    The sign of the effect is that of the surest link between the two; without any the cause is
    taken to raise the outcome.
    """
    revision = revisions.resolve(store, question.as_of)
    with store.view(revision.number) as view:
        lens = reasoner.index_of(view).lens(
            candidates=question.include_candidates, background=False
        )
        cause, outcome = (
            lens.canon.canonical(one.id) for one in (question.cause, question.outcome)
        )
        asked = Asked(cause, outcome, _sign_between(lens, cause, outcome), lens.canon)
        claims = [
            claim
            for claim in claims_about(view, lens.canon.named_by(outcome))
            if is_standing(claim, candidates=question.include_candidates)
            and claim.epistemic not in BESIDE
        ]
        needs = needs_of(claims, asked)
        page = needs.of_cause[offset : offset + limit]
        general = needs.of_outcome[:OF_OUTCOME_SHOWN]
        ids = {one for need in (*page, *general) for one in _ids(need)}
        entities = view.entities(sorted({cause, outcome, *ids}))
    return Requirements(
        query=question.model_copy(
            update={"cause": named(cause, entities), "outcome": named(outcome, entities)}
        ),
        snapshot=revisions.snapshot_of(revision),
        requirements=tuple(_shown(need, asked, entities, of_cause=True) for need in page),
        of_outcome=tuple(_shown(need, asked, entities, of_cause=False) for need in general),
        of_outcome_total=len(needs.of_outcome),
        beside=tuple(evidence_item(one, "beside") for one in needs.beside[:BESIDE_SHOWN]),
        total=len(needs.of_cause),
    )


def _sign_between(lens: Lens, cause: str, outcome: str) -> int:
    links = [
        link
        for link in lens.touching(cause)
        if (link.key.subject, link.key.object) == (cause, outcome) and link.key.sign
    ]
    surest = max(links, key=lambda link: (link.belief, link.key.sign), default=None)
    return 1 if surest is None else surest.key.sign


def _ids(need: Need) -> set[str]:
    told = next(one for cell in need.cells for one in cell.told)
    return {*told.entities, *(one for cell in need.cells for one in scope_ids(cell.scope))}


def _shown(
    need: Need, asked: Asked, entities: Mapping[str, Entity], *, of_cause: bool
) -> Requirement:
    first = next(one for cell in need.cells for one in cell.told)
    ends = tuple(named(one, entities) for one in first.entities)
    name = " or ".join(one.name for one in ends) or first.name
    words = None
    if need.result in (CellResult.UNTESTED, CellResult.CONFLICTING) and of_cause:
        cause = ContextPart(
            type=ContextType.CO_STIMULUS,
            id=asked.cause,
            name=named(asked.cause, entities).name,
            state=Presence.PRESENT,
        )
        cell = need.cells[0]
        context = (*context_parts(cell.scope, entities), cause)
        outcome = named(asked.outcome, entities).name
        words = experiment_in_words(Side.LOSS, name, cell.aspect, context, outcome)
    return Requirement(
        entities=ends,
        name=name,
        result=need.result,
        partial=need.partial,
        cells=tuple(_cell(cell, entities) for cell in need.cells),
        words=words,
    )


def _cell(cell: NeedCell, entities: Mapping[str, Entity]) -> RequirementCell:
    told = {one.claim.id: one.claim for one in cell.told}
    return RequirementCell(
        aspect=cell.aspect,
        context=context_parts(cell.scope, entities),
        result=cell.result,
        opposite=cell.opposite,
        sources=tuple(dict.fromkeys(one.source for one in cell.told)),
        claims=tuple(evidence_item(one, "ground") for one in list(told.values())[:CLAIMS_SHOWN]),
        total=len(told),
    )
