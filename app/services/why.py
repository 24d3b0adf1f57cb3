"""Why a target is an answer to a question, and what is missing where it is none."""

from collections.abc import Iterable
from dataclasses import replace

from app.graph.port import GraphStore, GraphView
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.errors import Unavailable
from app.model.history import Revision
from app.model.vocabulary import Effect
from app.model.why import Explained, Lack, Lacking, Why
from app.reasoning import interventions as reasoning
from app.reasoning.finding import Finder
from app.reasoning.null_results import without_effect
from app.reasoning.signs import number, sign_of
from app.reasoning.standing import Candidate
from app.reasoning.steps import build_path
from app.reasoning.why import NOTES, Nearest, kin_of_unknown_role, lacking, links_behind
from app.reasoning.words import path_in_words
from app.services import revisions
from app.services.reasoning import Reasoner, read_for_page, reader, with_all_about

_ONLY_CANDIDATES = "Only null results that no curator has judged are known of this intervention."

_TOO_LONG = "the search took too long to tell why; ask for fewer hops"


def why(
    store: GraphStore, reasoner: Reasoner, question: InterventionQuestion, target: NamedEntity
) -> Why:
    """Explain both interventions on a resolved target: lowering and raising it.

    An intervention that is an answer is explained; of one that is none it is said what is missing.
    Raises :class:`~app.model.errors.Unavailable` where the search did not end in time: of half a
    search nothing can be said.
    """
    revision = revisions.resolve(store, question.as_of)
    simulated = reasoner.simulated_effects(question, revision) if question.simulate else None
    with store.view(revision.number) as view, reasoner.stopping() as stop:
        lenses = reasoner.index_of(view)
        lens = lenses.lens(
            candidates=question.include_candidates, background=question.include_background
        )
        outcome, effect = reasoning.canonical_question(question, lens.canon)
        entity = lens.canon.canonical(target.id)
        known = reasoner.known_of(view, question.context)
        base = reasoning.unread(outcome, effect, question, lens, known)
        if effect is Effect.NO_EFFECT:
            answers, missing = _of_null_results(view, base, entity)
            return _answer(question, target, revision, answers, missing)
        finder = Finder(lens, outcome, effect, question, stop, simulated)
        candidates = [
            one for one in finder.candidates() if lens.index.entities[one.entity] == entity
        ]
        answers = _explained(view, finder, base, candidates)
        answered = {one.change for one in candidates}
        unknown = kin_of_unknown_role(entity, view.relations([entity]))
        missing = [
            _shown(view, base, change, nearest)
            for change in (-1, 1)
            if change not in answered
            for nearest in lacking(lenses, entity, change, outcome, effect, question, unknown, stop)
        ]
        if stop:
            raise Unavailable("reasoning", _TOO_LONG)
    return _answer(question, target, revision, answers, missing)


def _answer(
    question: InterventionQuestion,
    target: NamedEntity,
    revision: Revision,
    answers: Iterable[Explained],
    missing: Iterable[Lacking],
) -> Why:
    return Why(
        query=question,
        target=target,
        snapshot=revisions.snapshot_of(revision),
        answers=tuple(answers),
        lacking=tuple(missing),
    )


def _of_null_results(
    view: GraphView, base: reasoning.Assembly, entity: str
) -> tuple[list[Explained], list[Lacking]]:
    """Return the null results of an intervention, and what is missing where there is none."""
    wider = replace(base, question=base.question.model_copy(update={"include_candidates": True}))
    known, with_candidates = (
        {
            number(each.perturbation.direction): each
            for each in without_effect(with_all_about(view, asked))
            if each.target.id == entity
        }
        for asked in (base, wider)
    )
    answers = [
        Explained(intervention=each, links=(), net=0.0, total=0.0, strength=0.0)
        for each in known.values()
    ]
    missing = []
    for change in {-1, 1} - known.keys():
        reasons = [Lack.CANDIDATES] * (change in with_candidates)
        reasons += [Lack.DIRECTION] * (-change in known)
        for reason in reasons or [Lack.NULL]:
            note = _ONLY_CANDIDATES if reason is Lack.CANDIDATES else NOTES[reason]
            missing.append(Lacking(direction=sign_of(change), reason=reason, note=note))
    return answers, missing


def _explained(
    view: GraphView,
    finder: Finder,
    base: reasoning.Assembly,
    candidates: list[Candidate],
) -> list[Explained]:
    found = finder.walks(candidates)
    read = reader(view, base)([walk for one in found for walk in one.walks])
    ranked = [reasoning.rank(one, finder, read) for one in found]
    about = read_for_page(view, base, ranked)
    return [
        Explained(
            intervention=reasoning.show(one, finder, about),
            links=links_behind(walk for walk, _ in one.paths),
            net=float(finder.flow.net[one.found.candidate.entity]),
            total=float(finder.flow.total[one.found.candidate.entity]),
            strength=float(finder.flow.strength[one.found.candidate.entity]),
        )
        for one in ranked
    ]


def _shown(view: GraphView, base: reasoning.Assembly, change: int, nearest: Nearest) -> Lacking:
    path = None
    if nearest.walk is not None:
        read = reader(view, base)([nearest.walk]).reading
        path = build_path(nearest.walk, path_in_words(nearest.walk, read.labels), read)
    return Lacking(
        direction=sign_of(change), reason=nearest.reason, note=NOTES[nearest.reason], path=path
    )
