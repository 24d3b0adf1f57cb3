"""Interventions that have an effect, with what is known of those that they shall not have."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.graph.port import GraphStore, GraphView
from app.model.answer import (
    Exclusion,
    ExclusionVerdict,
    Intervention,
    InterventionAnswer,
    InterventionQuestion,
    Path,
    SideEffect,
)
from app.model.claim import ClaimView
from app.model.errors import BadInput
from app.model.history import Revision
from app.reasoning import interventions as reasoning
from app.reasoning.excluding import Doing, Measured, measured
from app.reasoning.finding import Finder
from app.reasoning.grounds import evidence_item
from app.reasoning.signs import number
from app.reasoning.standing import Simulated
from app.services import revisions
from app.services.reasoning import Reasoner, assembled, claims_about, read_claims, reader

_CUT_SHORT = "The search for a path was cut short: one that is not shown may be there."

Doer = tuple[str, int]
"""A target and what is done to it, +1 or -1."""


def selective(
    store: GraphStore,
    reasoner: Reasoner,
    question: InterventionQuestion,
    *,
    limit: int = 25,
    offset: int = 0,
) -> InterventionAnswer:
    """Answer a question, and say of each intervention whether it has what it excludes.

    Without ``excluding`` this is :meth:`~app.services.reasoning.Reasoner.interventions`.
    """
    answer = reasoner.interventions(question, limit=limit, offset=offset)
    if not question.excluding:
        return answer
    revision = revisions.resolve(store, question.as_of)
    doers = [doer_of(one) for one in answer.interventions]
    rows = exclusions(store, reasoner, question, revision, doers)
    return answer.model_copy(
        update={
            "interventions": tuple(
                one.model_copy(update={"exclusions": row})
                for one, row in zip(answer.interventions, rows, strict=True)
            )
        }
    )


def exclusions(
    store: GraphStore,
    reasoner: Reasoner,
    question: InterventionQuestion,
    revision: Revision,
    doers: Sequence[Doer],
) -> list[tuple[Exclusion, ...]]:
    """Return for each intervention what is known of each side effect that a question excludes."""
    columns = [
        _exclusions(store, reasoner, question, revision, each, doers) for each in question.excluding
    ]
    return list(zip(*columns, strict=True))


def doer_of(one: Intervention) -> Doer:
    """Return the target of an intervention and what is done to it."""
    return one.target.id, number(one.perturbation.direction)


def _exclusions(
    store: GraphStore,
    reasoner: Reasoner,
    question: InterventionQuestion,
    revision: Revision,
    side: SideEffect,
    doers: Sequence[Doer],
) -> list[Exclusion]:
    """Return for each intervention what is known of one side effect."""
    asked = question.model_copy(update={"outcome": side.outcome, "effect": side.effect})
    simulated, unsimulated = _simulated(reasoner, asked, revision)
    with store.view(revision.number) as view, reasoner.stopping() as stop:
        lens = reasoner.index_of(view).lens(
            candidates=asked.include_candidates, background=asked.include_background
        )
        outcome, effect = reasoning.canonical_question(asked, lens.canon)
        known = reasoner.known_of(view, asked.context)
        base = reasoning.unread(outcome, effect, asked, lens, known)
        finder = Finder(lens, outcome, effect, asked, stop)
        predicted = _predicted(view, finder, base, set(doers))
        read = _read_about(view, base, doers)
        notes = [unsimulated, _CUT_SHORT if stop else None]
    found = []
    for doer in doers:
        doing = Doing(*doer, outcome, effect)
        tried = measured(read.about, doing, read.reading, candidates=asked.include_candidates)
        value, error = simulated.get(doer, (None, None))
        verdict = _verdict(tried)
        open_ = verdict is ExclusionVerdict.NEVER_MEASURED
        found.append(
            Exclusion(
                outcome=reasoning.named(outcome, read.reading),
                effect=effect,
                verdict=verdict,
                evidence=tuple(evidence_item(one, "ground") for one in tried.shown),
                against=tuple(evidence_item(one, "ground") for one in tried.denied),
                predicted=predicted.get(doer) if open_ else None,
                simulated_effect=value,
                simulated_error=error,
                note=" ".join(filter(None, notes)) or None,
            )
        )
    return found


def _verdict(tried: Measured) -> ExclusionVerdict:
    if tried.shown:
        return ExclusionVerdict.EXCLUDED
    return ExclusionVerdict.CLEAR if tried.denied else ExclusionVerdict.NEVER_MEASURED


def _simulated(
    reasoner: Reasoner, asked: InterventionQuestion, revision: Revision
) -> tuple[Simulated, str | None]:
    """Return the simulated side effects; where there can be none, why."""
    if not asked.simulate:
        return {}, None
    try:
        return reasoner.simulated_effects(asked, revision), None
    except BadInput as error:
        return {}, str(error)


def _predicted(
    view: GraphView, finder: Finder, base: reasoning.Assembly, doers: set[Doer]
) -> Mapping[Doer, Path]:
    """Return the best path of each intervention that leads to the side effect."""
    names = finder.lens.index.entities
    wanted = [one for one in finder.candidates() if (names[one.entity], one.change) in doers]
    found = [one for one in finder.walks(wanted) if one.walks]
    read = reader(view, base)([walk for one in found for walk in one.walks])
    ranked = [reasoning.rank(one, finder, read) for one in found]
    return {(one.found.target, one.found.change): one.paths[0][1] for one in ranked}


def _read_about(
    view: GraphView, base: reasoning.Assembly, doers: Sequence[Doer]
) -> reasoning.Assembly:
    """Return all that was said of the side effect's outcome and the targets."""
    canon = base.lens.canon
    targets = sorted({name for target, _ in doers for name in canon.named_by(target)})
    about = claims_about(view, canon.named_by(base.outcome), targets) if targets else []
    claims: dict[str, ClaimView] = {}
    read_claims(view, [claim.id for claim in about], claims)
    return replace(assembled(view, base, claims, (base.outcome,)), about=about)
