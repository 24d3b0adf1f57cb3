"""What has an effect in one place and not in another: claims are read, reasoning compares them."""

from collections.abc import Mapping, Sequence

from app.graph.port import GraphStore, GraphView
from app.model.answer import AskedContext, InterventionQuestion
from app.model.contrast import (
    Contrast,
    ContrastCell,
    ContrastKind,
    ContrastQuestion,
    ContrastRow,
    Place,
)
from app.model.entity import Entity
from app.model.errors import BadInput, FieldError
from app.model.matrix import ContextPart
from app.model.vocabulary import ContextType, Effect, Presence, Side
from app.reasoning import contrast as reasoning
from app.reasoning.context import Asked
from app.reasoning.effects import INTO
from app.reasoning.grounds import evidence_item
from app.reasoning.interventions import canonical_question, is_substance, perturbation
from app.reasoning.lens import Lens
from app.reasoning.steps import Reading
from app.reasoning.words import experiment_in_words
from app.services import revisions
from app.services.conflicts import named
from app.services.reasoning import Reasoner, claims_about, read_claims

CLAIMS_SHOWN = 10
"""How many claims of a cell are shown; ``total`` counts all."""

_NOTHING_TO_COMPARE = "name another context in versus, or another outcome in versus_outcome"


def contrast(
    store: GraphStore,
    reasoner: Reasoner,
    question: ContrastQuestion,
    *,
    limit: int = 25,
    offset: int = 0,
) -> Contrast:
    """Return what has the effect here, and what is known of it there; names are resolved.

    Raises :class:`~app.model.errors.BadInput` where both places are one, or *no effect* is asked
    for.
    """
    _check(question)
    revision = revisions.resolve(store, question.as_of)
    with store.view(revision.number) as view:
        lens = reasoner.index_of(view).lens(
            candidates=question.include_candidates, background=False
        )
        here = _spot(view, reasoner, lens, question.here)
        same = _canonical(question.here, lens) == _canonical(question.there, lens)
        there = _spot(view, reasoner, lens, question.there, here if same else None)
        found = reasoning.rows(here, there, candidates=question.include_candidates)
        page = found[offset : offset + limit]
        asked = (*question.here.context, *question.there.context)
        ids = {row.doer[0] for row in page} | {one.id for one in asked}
        entities = view.entities(sorted({*ids, here.outcome, there.outcome}))
    shown = Reading({}, entities, here.reading.asked)
    return Contrast(
        query=question.model_copy(
            update={
                "here": _place(question.here, here, entities),
                "there": _place(question.there, there, entities),
            }
        ),
        snapshot=revisions.snapshot_of(revision),
        rows=tuple(_row(row, question.there, there, shown) for row in page),
        total=len(found),
    )


def _check(question: ContrastQuestion) -> None:
    here, there = question.here, question.there
    if Effect.NO_EFFECT in (here.effect, there.effect):
        hint = "ask for an effect; a null result stands against it where it was one"
        raise BadInput(f"No contrast of no_effect: {hint}.", [FieldError("/query/effect", hint)])
    if (here.outcome.id, here.effect, here.context) == (
        there.outcome.id,
        there.effect,
        there.context,
    ):
        raise BadInput(
            f"Both sides of the contrast are the same: {_NOTHING_TO_COMPARE}.",
            [FieldError("/query/versus", _NOTHING_TO_COMPARE)],
        )


def _canonical(place: Place, lens: Lens) -> tuple[str, Effect]:
    question = InterventionQuestion(outcome=place.outcome, effect=place.effect)
    return canonical_question(question, lens.canon)


def _spot(
    view: GraphView,
    reasoner: Reasoner,
    lens: Lens,
    place: Place,
    same: reasoning.Spot | None = None,
) -> reasoning.Spot:
    """Read all that was said of a place's outcome; ``same`` has read it already."""
    outcome, effect = _canonical(place, lens)
    asked = Asked(place.context, lens.canon, reasoner.known_of(view, place.context))
    if same is not None:
        reading = Reading(same.reading.claims, same.reading.entities, asked)
        return reasoning.Spot(outcome, effect, same.claims, reading)
    about = claims_about(view, lens.canon.named_by(outcome))
    claims = {claim.id: claim for claim in about}
    # Of a summary it is asked whether what it sums up was demonstrated.
    read_claims(view, list(claims), claims)
    by_subject = reasoning.by_subject(about, outcome, lens.canon)
    return reasoning.Spot(outcome, effect, by_subject, Reading(claims, {}, asked))


def _place(place: Place, spot: reasoning.Spot, entities: Mapping[str, Entity]) -> Place:
    return Place(outcome=named(spot.outcome, entities), effect=spot.effect, context=place.context)


def _row(row: reasoning.Row, place: Place, there: reasoning.Spot, reading: Reading) -> ContrastRow:
    target, change = row.doer
    words = None
    if row.kind in (ContrastKind.UNTESTED, ContrastKind.CONFLICTING):
        context = _parts(place.context, reading.entities)
        words = experiment_in_words(
            Side.LOSS if change < 0 else Side.GAIN,
            reading.name(target),
            INTO[there.effect],
            context,
            reading.name(there.outcome),
            substance=is_substance(target, reading),
        )
    return ContrastRow(
        target=named(target, reading.entities),
        perturbation=perturbation(target, change, reading),
        kind=row.kind,
        here=_cell(row.here),
        there=_cell(row.there),
        words=words,
    )


def _cell(found: reasoning.Found) -> ContrastCell:
    return ContrastCell(
        result=found.result,
        opposite=found.opposite,
        claims=tuple(evidence_item(one, "ground") for one in found.shown[:CLAIMS_SHOWN]),
        against=tuple(evidence_item(one, "ground") for one in found.against[:CLAIMS_SHOWN]),
        total=len(found.shown) + len(found.against),
        unplaced=found.unplaced,
    )


def _parts(
    context: Sequence[AskedContext], entities: Mapping[str, Entity]
) -> tuple[ContextPart, ...]:
    return tuple(
        ContextPart(
            type=one.type,
            id=one.id,
            name=one.id.replace("_", " ")
            if one.type is ContextType.SETTING
            else named(one.id, entities).name,
            state=Presence.PRESENT if one.type is ContextType.CO_STIMULUS else None,
        )
        for one in context
    )
