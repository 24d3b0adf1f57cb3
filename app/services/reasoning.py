"""Questions to the reasoning kernel: the store is read, reasoning is asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from app.graph.port import ClaimFilter, GraphStore, GraphView
from app.model.answer import (
    AskedContext,
    InterventionAnswer,
    InterventionQuestion,
    PathAnswer,
    PathQuestion,
)
from app.model.claim import ClaimView
from app.model.entity import Entity
from app.model.errors import TooLarge
from app.model.history import Revision
from app.model.simulation import SimulationAnswer, SimulationQuestion
from app.model.vocabulary import Category, Effect
from app.reasoning import interventions as reasoning
from app.reasoning.context import Asked
from app.reasoning.engine import Stop, compile_ahead
from app.reasoning.finding import Finder
from app.reasoning.hierarchy import Hierarchy
from app.reasoning.lens import Lens, Lenses
from app.reasoning.null_results import without_effect
from app.reasoning.paths import find_paths, show_paths
from app.reasoning.search import Walk
from app.reasoning.signs import number
from app.reasoning.simulation.ensemble import Stopped
from app.reasoning.standing import Simulated
from app.reasoning.steps import Reading, agreement_order
from app.services import revisions
from app.services.claims import claim_views
from app.services.contexts import Contexts
from app.services.indexes import Indexes
from app.services.kept import Kept
from app.services.simulating import prepared
from app.services.stopping import need_asker, stopping

_PAGE = 500


_CUT_SHORT = (
    "The search was cut short: what is listed holds, but an intervention that is not listed may "
    "come before the last of them."
)

_TOO_LONG = (
    "The simulation was not done in time. Ask for fewer networks or entities, or for it as a job."
)

SIMULATIONS_KEPT = 32
"""How many simulations' answers are kept."""
AHEAD_FOR_CONTEXT = 4
MOST_PATHS = 1000

DEADLINE = 20.0
"""Seconds after which a search ends with what it proved."""


class Reasoner:
    """Answers questions over the store; safe to share between threads.

    Every question compares the store's revision first, so that a decision shows in the next
    answer, whoever made it.
    """

    def __init__(
        self, store: GraphStore, *, cache: Path | None = None, deadline: float = DEADLINE
    ) -> None:
        self._store = store
        self._indexes = Indexes(store, cache)
        self._contexts = Contexts(store)
        self._deadline = deadline
        self._simulations: Kept[SimulationAnswer] = Kept(SIMULATIONS_KEPT)

    def prepare(self) -> None:
        """Make ready for large graphs, in the background."""
        compile_ahead()

    def interventions(
        self, question: InterventionQuestion, *, limit: int = 25, offset: int = 0
    ) -> InterventionAnswer:
        """Return the interventions that have the asked effect, best first.

        ``next`` is left null: doors page by ``offset`` and ``total``. The outcome must be
        resolved. An outcome without any path gives an empty answer.
        """
        revision = revisions.resolve(self._store, question.as_of)
        simulated = self.simulated_effects(question, revision) if question.simulate else None
        with self._store.view(revision.number) as view, self.stopping() as stop:
            lens = self._lens(view, revision, question)
            outcome, effect = reasoning.canonical_question(question, lens.canon)
            known = self._contexts.known(view, question.context)
            base = reasoning.unread(outcome, effect, question, lens, known)
            if effect is Effect.NO_EFFECT:
                read = with_all_about(view, base)
                tried = without_effect(read)
                shown, total, complete = tried[offset : offset + limit], len(tried), True
            else:
                finder = Finder(lens, outcome, effect, question, stop, simulated)
                first = reasoning.first(finder, reader(view, base), offset + limit)
                need_asker(stop)
                page = first.ranked[offset : offset + limit]
                read = read_for_page(view, base, page)
                shown = [reasoning.show(one, finder, read) for one in page]
                total, complete = first.total, first.complete
        return InterventionAnswer(
            query=question.model_copy(
                update={"outcome": reasoning.named(outcome, read.reading), "effect": effect}
            ),
            snapshot=revisions.snapshot_of(revision),
            interventions=tuple(shown),
            total=total,
            complete=complete,
            note=None if complete else _CUT_SHORT,
        )

    def simulate(
        self, question: SimulationQuestion, *, progress: Callable[[int], None] | None = None
    ) -> SimulationAnswer:
        """Return what the whole network does with interventions; all names are resolved.

        The same question on the same snapshot has the same answer, and the last few are kept.
        ``progress`` is told how many networks are done. Raises
        :class:`~app.model.errors.TooLarge` where it was stopped at its deadline: half an ensemble
        is no answer.
        """
        revision = revisions.resolve(self._store, question.as_of)
        head, key = self._store.head().id, f"{revision.id} {question.model_dump_json()}"
        held = self._simulations.get(key, head)
        if held is not None:
            return held
        with self._store.view(revision.number) as view, self.stopping() as stop:
            ready = prepared(view, self._lens(view, revision, question), question)
            try:
                answer = ready.answer(revisions.snapshot_of(revision), stop, progress)
            except Stopped:
                need_asker(stop)
                raise TooLarge(_TOO_LONG) from None
        self._simulations.put(key, head, answer)
        return answer

    def paths(self, question: PathQuestion) -> PathAnswer:
        """Return the best signed paths between two sets of resolved entities.

        Where a context is asked for, of the :data:`AHEAD_FOR_CONTEXT` times as many best ones those
        that answer it best, and of equals the surest first.
        """
        revision = revisions.resolve(self._store, question.as_of)
        # Paths that answer the asked context better may come a little later by belief.
        wider = {"k": min(question.k * AHEAD_FOR_CONTEXT, MOST_PATHS)} if question.context else {}
        with self._store.view(revision.number) as view, self.stopping() as stop:
            lens = self._lens(view, revision, question)
            categories = _categories_of(view, lens) if question.categories else None
            found = find_paths(lens, question.model_copy(update=wider), categories, stop)
            need_asker(stop)
            claims = claim_views(view, reasoning.claims_needed(found.walks))
            named = (*_ends_of(found.walks), *(each.id for each in question.context))
            entities = _entities_of(view, lens, claims.values(), named)
            known = self._contexts.known(view, question.context)
        reading = Reading(claims, entities, Asked(question.context, lens.canon, known))
        shown = sorted(
            show_paths(found.walks, reading), key=lambda path: agreement_order(path.agreement)
        )[: question.k]
        return PathAnswer(
            query=question,
            snapshot=revisions.snapshot_of(revision),
            paths=tuple(shown),
            total=len(shown),
            complete=found.complete,
        )

    def simulated_effects(self, question: InterventionQuestion, revision: Revision) -> Simulated:
        """Simulate every intervention near the outcome of a question."""
        answer = self.simulate(
            SimulationQuestion(
                outcome=question.outcome,
                effect=question.effect,
                include_candidates=question.include_candidates,
                include_background=question.include_background,
                as_of=str(revision.number),
            )
        )
        return {
            (one.targets[0].target.id, number(one.targets[0].perturbation.direction)): (
                one.effect,
                one.standard_error,
            )
            for one in answer.interventions
        }

    def known_of(self, view: GraphView, asked: Sequence[AskedContext]) -> Hierarchy:
        """Return what is known to compare contexts with those that are asked for."""
        return self._contexts.known(view, asked)

    def index_of(self, view: GraphView) -> Lenses:
        """Return the index of the snapshot that ``view`` shows."""
        return self._indexes.of(view, view.revision)

    def _lens(
        self,
        view: GraphView,
        revision: Revision,
        question: InterventionQuestion | PathQuestion | SimulationQuestion,
    ) -> Lens:
        return self._indexes.of(view, revision).lens(
            candidates=question.include_candidates, background=question.include_background
        )

    def stopping(self) -> AbstractContextManager[Stop]:
        """Lend what tells the searches of one question to stop."""
        return stopping(self._deadline)


def reader(
    view: GraphView, base: reasoning.Assembly
) -> Callable[[Sequence[Walk]], reasoning.Assembly]:
    """Return what reads the claims and entities on walks, each once."""
    claims: dict[str, ClaimView] = {}

    def read(walks: Sequence[Walk]) -> reasoning.Assembly:
        needed = [one for one in reasoning.claims_needed(walks) if one not in claims]
        read_claims(view, needed, claims)
        return assembled(view, base, claims, _ends_of(walks))

    return read


def read_for_page(
    view: GraphView, base: reasoning.Assembly, page: Sequence[reasoning.Ranked]
) -> reasoning.Assembly:
    """Return all that is needed to show a page: also what else was said of targets and outcome."""
    walks = [walk for one in page for walk, _ in one.paths]
    claims: dict[str, ClaimView] = {}
    read_claims(view, reasoning.claims_needed(walks), claims)
    about: list[ClaimView] = []
    canon = base.lens.canon
    targets = {name for one in page for name in canon.named_by(one.found.target)}
    outcomes = {name for one in page for name in canon.named_by(one.found.outcome)}
    if targets:
        about = claims_about(view, sorted(outcomes), sorted(targets))
        read_claims(view, [claim.id for claim in about], claims)
    read = assembled(view, base, claims, _ends_of(walks))
    return replace(read, about=about)


def with_all_about(view: GraphView, base: reasoning.Assembly) -> reasoning.Assembly:
    """Return all that was said of the outcome, and of which articles."""
    about = claims_about(view, base.lens.canon.named_by(base.outcome))
    claims = {claim.id: claim for claim in about}
    shown = view.article_ids(sorted({name for claim in about for name in claim.publications}))
    facts = view.article_facts(sorted(set(shown.values())))
    read = assembled(view, base, claims, ())
    return replace(
        read, about=about, articles={name: facts[known] for name, known in shown.items()}
    )


def read_claims(view: GraphView, ids: Sequence[str], claims: dict[str, ClaimView]) -> None:
    """Read claims that are not there yet, and those that they are linked to."""
    claims |= claim_views(view, [one for one in ids if one not in claims])
    linked = {link.claim for one in ids if one in claims for link in claims[one].links}
    claims |= claim_views(view, sorted(linked - claims.keys()))


def assembled(
    view: GraphView,
    base: reasoning.Assembly,
    claims: Mapping[str, ClaimView],
    ends: Iterable[str],
) -> reasoning.Assembly:
    """Return an assembly with claims and the entities that they and ``ends`` name."""
    named = (base.outcome, *ends, *(each.id for each in base.question.context))
    entities = _entities_of(view, base.lens, claims.values(), named)
    return replace(base, reading=replace(base.reading, claims=claims, entities=entities))


def _ends_of(walks: Iterable[Walk]) -> set[str]:
    return {end for walk in walks for hop in walk.hops for end in (hop.subject, hop.object)}


def claims_about(
    view: GraphView,
    outcome: Sequence[str],
    entities: Sequence[str] = (),
    *,
    denied: bool = False,
) -> list[ClaimView]:
    """Return every claim on an outcome, under any of its equivalent ids.

    Where ``entities`` are given, only those that name one of them in some slot; ``denied`` asks
    for those alone that deny something.
    """
    which = ClaimFilter(outcome=tuple(outcome), entity=tuple(entities), denied=denied)
    found: list[str] = []
    after: str | None = None
    while True:
        page = view.claim_page(which, after, _PAGE)
        found.extend(claim.id for claim in page.items)
        if page.next_after is None:
            break
        after = page.next_after
    return list(claim_views(view, found).values())


def _entities_of(
    view: GraphView, lens: Lens, claims: Iterable[ClaimView], more: Iterable[str] = ()
) -> dict[str, Entity]:
    """Return the entities that edges and kinship name, in their own and in canonical ids."""
    ids = set(more)
    for claim in claims:
        for edge in claim.edges:
            ids |= {edge.subject, edge.object}
            ids |= {condition.entity for condition in edge.condition if condition.entity}
        for top in (claim.agent.top, claim.outcome.top):
            if top is not None:
                ids.add(top.id)
    ids |= {lens.canon.canonical(entity) for entity in ids}
    return view.entities(sorted(ids))


def _categories_of(view: GraphView, lens: Lens) -> dict[str, Category]:
    known = view.entities(list(lens.index.entities))
    return {entity.id: entity.category for entity in known.values()}
