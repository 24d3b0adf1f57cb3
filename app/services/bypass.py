"""What an intervention leaves open: the store is read, reasoning finds the routes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.graph.port import GraphStore, GraphView
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.bypass import (
    Bypass,
    BypassSimulation,
    OpenRoute,
    SecondTarget,
    SimulatedPair,
)
from app.model.claim import ClaimView
from app.model.errors import BadInput, FieldError, Unavailable
from app.model.simulation import SimulatedIntervention, SimulationQuestion
from app.model.vocabulary import Effect, Sign
from app.reasoning import interventions as reasoning
from app.reasoning.bypass import Closing, Open, closing, kin_of, open_routes, stations
from app.reasoning.effects import WISHED
from app.reasoning.engine import Stop
from app.reasoning.finding import Finder
from app.reasoning.grounds import evidence_item, grounds_of
from app.reasoning.lens import Lens
from app.reasoning.search import Walk
from app.reasoning.signs import number
from app.reasoning.simulation.answer import Prepared
from app.reasoning.simulation.ensemble import Stopped
from app.reasoning.simulation.trial import Changes
from app.reasoning.steps import build_path, tier_of
from app.reasoning.words import intervention_in_words
from app.services import revisions
from app.services.reasoning import Reasoner, assembled, read_claims
from app.services.simulating import prepared
from app.services.stopping import need_asker

SECONDS_SHOWN = 25
SECONDS_SIMULATED = 20
"""How many second targets, those that close most first, are simulated with the first one."""

_CUT_SHORT = "The search was cut short: the routes shown are open, but stronger ones may be too."
_TOO_LONG = (
    "the search took too long to tell whether the target is an intervention; ask for fewer hops"
)
_NONE_OPEN = (
    "No path of at most {hops} hops into {outcome} is left open: every one passes {target}, or "
    "what is closed with it. What nobody wrote of may be open all the same."
)
_ASK_FOR_JOB = (
    "The simulation was not done in time: ask POST /api/v1/reasoning/simulate with these targets "
    "and pairs=true, which makes it a job when it is long: {targets}."
)
_NOT_SIMULATED = "Not simulated: {reason}"


def bypass(
    store: GraphStore,
    reasoner: Reasoner,
    question: InterventionQuestion,
    target: NamedEntity,
    *,
    direction: Sign | None = None,
    closed: Sequence[NamedEntity] = (),
    limit: int = 25,
) -> Bypass:
    """Return the ``limit`` strongest routes that an intervention on a target leaves open.

    Without ``direction`` the target is changed in the way that has the effect; where both have it,
    in the one that stands better. ``closed`` are further entities that no route may pass. With
    ``question.simulate`` the second targets are also tried with the first in an ensemble.

    Raises :class:`~app.model.errors.BadInput` where the outcome has no regulators, or the target
    is no intervention on it; :class:`~app.model.errors.Unavailable` where the search did not end
    in time to tell.
    """
    if question.effect is Effect.NO_EFFECT:
        raise BadInput(
            "What has no effect leaves everything open; ask for another effect.",
            [FieldError("/query/effect", "no_effect has no routes")],
        )
    revision = revisions.resolve(store, question.as_of)
    with store.view(revision.number) as view, reasoner.stopping() as stop:
        lens = reasoner.index_of(view).lens(
            candidates=question.include_candidates, background=question.include_background
        )
        outcome, effect = reasoning.canonical_question(question, lens.canon)
        known = reasoner.known_of(view, question.context)
        base = reasoning.unread(outcome, effect, question, lens, known)
        finder = Finder(lens, outcome, effect, question, stop)
        entity, change = _intervention(finder, question, target, direction)
        shut = {entity, *kin_of(lens, entity)}
        shut |= {_closed(lens, one, outcome) for one in closed}
        found = open_routes(finder, shut - {outcome}, limit)
        need_asker(stop)
        page = _Page(view, base, found, (entity, *sorted(shut - {entity, outcome})))
        answer = Bypass(
            query=question.model_copy(update={"outcome": page.named(outcome), "effect": effect}),
            target=page.named(entity),
            perturbation=reasoning.perturbation(entity, change, page.read.reading),
            snapshot=revisions.snapshot_of(revision),
            closed=tuple(page.named(one) for one in page.closed),
            routes=page.routes,
            strength=round(sum(page.beliefs), 6),
            more=found.more,
            seconds=page.seconds({}),
            complete=found.complete,
            note=_note(found, page, question),
        )
        if question.simulate:
            return _simulated(view, page, answer, (entity, change), stop)
    return answer


def _intervention(
    finder: Finder, question: InterventionQuestion, target: NamedEntity, direction: Sign | None
) -> tuple[str, int]:
    """Return the target in canonical terms and what is done to it."""
    meaning = finder.lens.canon.meaning(target.id)
    asked = None if direction is None else number(direction) * meaning.sign
    candidates = finder.candidates()
    what, hint = question.outcome.name, "why tells what is missing"
    if not candidates and not finder.stop:
        raise BadInput(
            f"No signed path leads to {what} with the effect {question.effect}: it has no "
            "regulators to bypass.",
            [FieldError("/query/outcome", "has no regulator in this graph")],
        )
    for one in candidates:
        named = finder.lens.index.entities[one.entity]
        if named == meaning.id and asked in (None, one.change):
            return named, one.change
    if finder.stop:
        raise Unavailable("reasoning", _TOO_LONG)
    how = "" if direction is None else f" ({direction})"
    raise BadInput(
        f"No path of at most {question.max_hops} hops makes {target.name}{how} an intervention "
        f"that {question.effect} {what}: {hint}.",
        [FieldError("/path/curie", "is no intervention on this outcome")],
    )


def _closed(lens: Lens, entity: NamedEntity, outcome: str) -> str:
    """Return what is closed besides, in canonical terms."""
    found = lens.canon.meaning(entity.id).id
    if found == outcome:
        raise BadInput(
            f"{entity.name} is the outcome itself: every route leads there.",
            [FieldError("/query/avoid", "is the outcome")],
        )
    return found


class _Page:
    """The routes with what was read for them."""

    def __init__(
        self, view: GraphView, base: reasoning.Assembly, found: Open, closed: Sequence[str]
    ) -> None:
        walks = found.walks
        claims: dict[str, ClaimView] = {}
        read_claims(view, reasoning.claims_needed(walks), claims)
        ends = {end for walk in walks for hop in walk.hops for end in (hop.subject, hop.object)}
        self.read = assembled(view, base, claims, {*ends, *closed})
        self.closed = closed
        self.wished = WISHED[base.effect]
        self._walks = walks
        self.routes = tuple(self._route(walk) for walk in walks)
        self.beliefs = [route.path.belief for route in self.routes]
        self.ranked = closing(walks, self.beliefs, self.wished)[:SECONDS_SHOWN]

    @property
    def lens(self) -> Lens:
        return self.read.lens

    def named(self, entity: str) -> NamedEntity:
        return reasoning.named(entity, self.read.reading)

    def _route(self, walk: Walk) -> OpenRoute:
        reading, effect = self.read.reading, self.read.effect
        source, change = stations(walk, self.wished)[0]
        labels = reading.labels
        outcome = labels.get(self.read.outcome, self.read.outcome)
        substance = reasoning.is_substance(source, reading)
        words = intervention_in_words(change, substance, walk, outcome, effect, labels)
        tier, leading = tier_of(walk, change, effect, reading)
        return OpenRoute(
            source=self.named(source),
            perturbation=reasoning.perturbation(source, change, reading),
            path=build_path(walk, words, reading, tier, leading),
            evidence=tuple(
                evidence_item(claim, "ground")
                for claim in grounds_of(walk, change, effect, reading)
            ),
        )

    def seconds(
        self, simulated: Mapping[tuple[str, int], SimulatedPair]
    ) -> tuple[SecondTarget, ...]:
        """Return the second targets, each with what was simulated of it."""
        return tuple(
            self._second(one, simulated.get((one.entity, one.change))) for one in self.ranked
        )

    def _second(self, one: Closing, simulated: SimulatedPair | None) -> SecondTarget:
        done = reasoning.perturbation(one.entity, one.change, self.read.reading)
        total = sum(self.beliefs)
        share = min(1.0, round(one.strength / total, 4))
        target, closes, every = self.named(one.entity), len(one.routes), len(self.routes)
        return SecondTarget(
            target=target,
            perturbation=done,
            routes=tuple(place + 1 for place in one.routes),
            closes=closes,
            share=share,
            against=one.against,
            words=f"{done.type} of {target.name} closes {closes} of {every} "
            f"route{'s' * (every != 1)}, {share:.2f} of their strength",
            simulated=simulated,
        )


def _note(found: Open, page: _Page, question: InterventionQuestion) -> str | None:
    if not found.complete:
        return _CUT_SHORT
    if found.walks:
        return None
    return _NONE_OPEN.format(
        hops=question.max_hops,
        outcome=page.named(page.read.outcome).name,
        target=page.named(page.closed[0]).name,
    )


def _simulated(
    view: GraphView, page: _Page, answer: Bypass, first: tuple[str, int], stop: Stop
) -> Bypass:
    """Add what each second target does with the first one; say so where it can't be told."""
    seconds = page.ranked[:SECONDS_SIMULATED]
    names = list(dict.fromkeys((first[0], *(one.entity for one in seconds))))
    asked = answer.query
    question = SimulationQuestion(
        outcome=asked.outcome,
        effect=asked.effect,
        targets=tuple(page.named(one) for one in names),
        include_candidates=asked.include_candidates,
        include_background=asked.include_background,
        as_of=str(answer.snapshot.revision),
    )
    try:
        ready = prepared(view, page.lens, question)
        run = _with_pairs(ready, first, [(one.entity, one.change) for one in seconds]).answer(
            answer.snapshot, stop
        )
    except BadInput as error:
        return _with_note(answer, _NOT_SIMULATED.format(reason=error))
    except Stopped:
        need_asker(stop)
        return _with_note(answer, _ASK_FOR_JOB.format(targets=", ".join(names)))
    if not run.interventions:
        return _with_note(answer, run.note or "")
    effects = {
        tuple((t.target.id, number(t.perturbation.direction)) for t in one.targets): one
        for one in run.interventions
    }
    alone = effects[(first,)]
    pairs = {
        (one.entity, one.change): _pair(alone, effects, first, (one.entity, one.change))
        for one in seconds
    }
    best = min(pairs, key=lambda one: (-pairs[one].together, one), default=None)
    helps = best is not None and pairs[best].gain > 0
    return answer.model_copy(
        update={
            "seconds": page.seconds(pairs),
            "simulation": BypassSimulation(
                effect=alone.effect,
                standard_error=alone.standard_error,
                best=page.named(best[0]) if best is not None and helps else None,
                entities=run.model.entities,
                networks=run.model.networks,
                asked=run.model.asked,
            ),
        }
    )


def _with_pairs(
    ready: Prepared, first: tuple[str, int], seconds: Sequence[tuple[str, int]]
) -> Prepared:
    """Return the ensemble with the first target, each second one, and each with the first."""
    node = {name: at for at, name in enumerate(ready.graph.names)}
    one = (node[first[0]], first[1])
    others = [(node[name], change) for name, change in seconds]
    tried: tuple[Changes, ...] = (
        (one,),
        *((other,) for other in others),
        *((one, other) for other in others),
    )
    return replace(ready, experiment=replace(ready.experiment, interventions=tried))


def _pair(
    alone: SimulatedIntervention,
    effects: Mapping[tuple[tuple[str, int], ...], SimulatedIntervention],
    first: tuple[str, int],
    second: tuple[str, int],
) -> SimulatedPair:
    other, both = effects[(second,)], effects[(first, second)]
    return SimulatedPair(
        alone=other.effect,
        together=both.effect,
        standard_error=both.standard_error,
        gain=round(both.effect - max(alone.effect, other.effect), 4) + 0.0,
    )


def _with_note(answer: Bypass, note: str) -> Bypass:
    notes = " ".join(filter(None, (answer.note, note)))
    return answer.model_copy(update={"note": notes})
