"""What follows from an intervention: the store is read, reasoning is asked."""

import numpy as np

from app.graph.port import GraphStore, GraphView
from app.model.consequence import (
    Consequence,
    ConsequenceAnswer,
    ConsequenceQuestion,
    GroundedEffect,
)
from app.model.errors import BadInput, FieldError
from app.model.vocabulary import Effect, Tier
from app.reasoning import interventions as reasoning
from app.reasoning.columns import Flags
from app.reasoning.effects import WISHED
from app.reasoning.following import Follower
from app.reasoning.lens import Lens
from app.reasoning.signs import number, sign_of
from app.reasoning.steps import tier_of
from app.services import revisions
from app.services.reasoning import Reasoner, assembled, read_for_page, reader
from app.services.stopping import need_asker

_CUT_SHORT = (
    "The search was cut short: what is listed holds, but a consequence that is not listed may "
    "come before the last of them."
)
_NO_LINK = "No signed link or membership leads from {name}: nothing is known to follow from it."
_NO_PATH = "No path of at most {hops} hops leads from {name} to what was asked for."


def consequences(
    store: GraphStore,
    reasoner: Reasoner,
    question: ConsequenceQuestion,
    *,
    limit: int = 25,
    offset: int = 0,
) -> ConsequenceAnswer:
    """Return what follows from an intervention on a resolved target, best first.

    Each row is what the question for the interventions on its outcome answers for this target.
    ``next`` is left null. Raises BadInput for *no effect*, which never follows.
    """
    revision = revisions.resolve(store, question.as_of)
    with store.view(revision.number) as view, reasoner.stopping() as stop:
        lens = reasoner.index_of(view).lens(
            candidates=question.include_candidates, background=question.include_background
        )
        meaning = lens.canon.meaning(question.target.id)
        change = number(question.direction) * meaning.sign
        plain = question.about(question.target, Effect.LOWERS)
        follower = Follower(
            lens, meaning.id, change, _effects(question), plain, stop, _kept(view, lens, question)
        )
        known = reasoner.known_of(view, question.context)
        base = reasoning.unread(meaning.id, Effect.LOWERS, plain, lens, known)
        first = reasoning.first(follower, reader(view, base), offset + limit)
        need_asker(stop)
        page = first.ranked[offset : offset + limit]
        read = read_for_page(view, base, page)
        read = assembled(view, read, read.reading.claims, _ends(page, meaning.id))
        rows = [_shown(one, follower, read) for one in page]
    note = None if first.complete else _CUT_SHORT
    return ConsequenceAnswer(
        query=question,
        target=reasoning.named(meaning.id, read.reading),
        perturbation=reasoning.perturbation(meaning.id, change, read.reading),
        snapshot=revisions.snapshot_of(revision),
        consequences=tuple(rows),
        total=first.total,
        complete=first.complete,
        note=note or (None if first.total else _nothing(lens, question)),
    )


def _effects(question: ConsequenceQuestion) -> dict[int, Effect]:
    """Return the asked effects, each by how the outcome changes."""
    if question.effect is None:
        return {-1: Effect.LOWERS, 1: Effect.PROMOTES}
    if question.effect is Effect.NO_EFFECT:
        raise BadInput(
            "That something has no effect never follows; the matrix shows null results.",
            [FieldError("/query/effect", "no_effect is never inferred")],
        )
    return {WISHED[question.effect]: question.effect}


def _kept(view: GraphView, lens: Lens, question: ConsequenceQuestion) -> Flags | None:
    """Return which entities are of the asked categories; None where all are."""
    if not question.categories:
        return None
    names = list(lens.index.entities)
    known = view.entities(names)
    wanted = set(question.categories)
    return np.array([name in known and known[name].category in wanted for name in names])


def _ends(page: tuple[reasoning.Ranked, ...], target: str) -> set[str]:
    walks = [walk for one in page for walk, _ in one.paths]
    ends = {end for walk in walks for hop in walk.hops for end in (hop.subject, hop.object)}
    return {*ends, target}


def _shown(one: reasoning.Ranked, follower: Follower, read: reasoning.Assembly) -> Consequence:
    row = reasoning.show(one, follower, read)
    arriving = one.found.candidate.change
    return Consequence(
        **{name: getattr(row, name) for name in type(row).model_fields},
        outcome=reasoning.named(one.found.outcome, read.reading),
        direction=sign_of(arriving),
        effect=one.found.effect,
        also=tuple(_also(one, arriving, read)),
    )


def _also(one: reasoning.Ranked, arriving: int, read: reasoning.Assembly) -> list[GroundedEffect]:
    """Return the other effects that a direct link grounds, each on its best tier."""
    direct = [walk for walk, _ in one.paths if len(walk.hops) == 1 and walk.causal]
    found = []
    for effect in Effect:
        if WISHED.get(effect) != arriving or effect is one.found.effect:
            continue
        tiers = {tier_of(walk, one.found.change, effect, read.reading)[0] for walk in direct}
        for tier in (Tier.OBSERVED, Tier.ENTAILED):
            if tier in tiers:
                found.append(GroundedEffect(effect=effect, tier=tier))
                break
    return found


def _nothing(lens: Lens, question: ConsequenceQuestion) -> str:
    place = lens.index.entities.place(lens.canon.canonical(question.target.id))
    if place is None or lens.index.out[place] == lens.index.out[place + 1]:
        return _NO_LINK.format(name=question.target.name)
    return _NO_PATH.format(name=question.target.name, hops=question.max_hops)
