"""Which interventions have an effect on an outcome.

:class:`~app.reasoning.finding.Finder` finds them; the caller reads the claims on their walks from
the same snapshot; :func:`rank` says where each stands; the caller reads what else was said of the
ends of those it shows, and :func:`show` makes the answers. None of it touches a store.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.model.answer import (
    Intervention,
    InterventionPerturbation,
    InterventionQuestion,
    NamedEntity,
    Path,
)
from app.model.article import ArticleFacts
from app.model.claim import ClaimView
from app.model.vocabulary import Effect, Tier
from app.reasoning.canon import OPPOSITE_EFFECT, Canon
from app.reasoning.context import Asked
from app.reasoning.counter import counter_evidence
from app.reasoning.effects import WISHED
from app.reasoning.finding import PATHS_SHOWN
from app.reasoning.flow import COMMITS_FROM
from app.reasoning.grounds import evidence_of, grounds_of, papers_on
from app.reasoning.hierarchy import Hierarchy
from app.reasoning.lens import Lens, LinkEdge
from app.reasoning.search import Walk
from app.reasoning.signs import sign_of
from app.reasoning.standing import TIER_ORDER, Candidate, Found, Place, Standing
from app.reasoning.steps import Reading, agreement_order, build_path, tier_of
from app.reasoning.words import SUBSTANCES, intervention_in_words, intervention_type

AHEAD = 7
"""How many candidates more than are wanted are looked at together."""

MOST_LOOKED_AT = 5000
"""How many candidates are looked at; an answer that would need more is incomplete and says so."""


def canonical_question(question: InterventionQuestion, canon: Canon) -> tuple[str, Effect]:
    """Return the outcome and effect in canonical terms; an opposite's effect is mapped."""
    meaning = canon.meaning(question.outcome.id)
    effect = question.effect
    if meaning.opposite:
        effect = OPPOSITE_EFFECT[effect]
    elif meaning.sign < 0 and effect is not Effect.NO_EFFECT:
        effect = Effect.PROMOTES if WISHED[effect] < 0 else Effect.LOWERS
    return meaning.id, effect


def claims_needed(walks: Iterable[Walk]) -> tuple[str, ...]:
    """Return the ids of the claims on walks, sorted."""
    hops = {hop.place: hop for walk in walks for hop in walk.hops}
    links = [hop.via for hop in hops.values()]
    return tuple(
        sorted({claim for link in links if isinstance(link, LinkEdge) for claim in link.claims})
    )


@dataclass(frozen=True, slots=True)
class Assembly:
    """What an answer is made of: the question in canonical terms and what was read for it.

    ``articles`` are known by the identifier that claims show.
    """

    outcome: str
    effect: Effect
    question: InterventionQuestion
    lens: Lens
    reading: Reading
    about: Sequence[ClaimView] = ()
    articles: Mapping[str, ArticleFacts] | None = None


def unread(
    outcome: str,
    effect: Effect,
    question: InterventionQuestion,
    lens: Lens,
    hierarchy: Hierarchy,
) -> Assembly:
    """Return the assembly of an answer for which nothing was read yet."""
    asked = Asked(question.context, lens.canon, hierarchy)
    return Assembly(outcome, effect, question, lens, Reading({}, {}, asked))


@dataclass(frozen=True, slots=True)
class Ranked:
    """An intervention and where it stands; ``paths`` are its best ones, best first."""

    found: Found
    place: Place
    paths: tuple[tuple[Walk, Path], ...]
    papers: int
    independent_papers: int

    @property
    def order(self) -> tuple[Place, int, str, int]:
        """The place, then the number of independent papers, then the name and the change."""
        found = self.found
        return (self.place, -self.independent_papers, found.name, found.candidate.change)


@dataclass(frozen=True, slots=True)
class First:
    """The first interventions of an answer, best first, and how many there are in all.

    ``complete`` is false where no more were looked at although one of them could be better.
    """

    ranked: tuple[Ranked, ...]
    total: int
    complete: bool


def first(
    finder: Standing,
    read: Callable[[Sequence[Walk]], Assembly],
    wanted: int,
    candidates: Sequence[Candidate] | None = None,
) -> First:
    """Return at least the first ``wanted`` interventions, where there are as many.

    ``candidates`` are some of the finder's, in their order; by default all of them.

    ``read`` reads what is needed to rank by the walks that it is given. Candidates are looked at
    in an order that is never worse than the final one, until the rest can't be better. Where the
    search is stopped, the first ones are looked at all the same, for what is direct.
    """
    candidates = finder.candidates() if candidates is None else candidates
    names = finder.lens.index.entities
    ranked: list[Ranked] = []
    at = 0
    while at < len(candidates) and at < MOST_LOOKED_AT and not (finder.stop and at):
        found = finder.walks(candidates[at : at + wanted + AHEAD])
        assembly = read([walk for one in found for walk in one.walks])
        ranked += [rank(one, finder, assembly) for one in found if one.walks]
        ranked.sort(key=lambda one: one.order)
        at += len(found)
        if wanted > len(ranked) or at >= len(candidates):
            continue
        if ranked[wanted - 1].order < candidates[at].order(names):
            return First(tuple(ranked), len(candidates), complete=True)
    sure = at >= len(candidates) and not finder.stop
    return First(tuple(ranked), len(candidates), complete=sure)


def rank(found: Found, finder: Standing, assembly: Assembly) -> Ranked:
    """Return where an intervention stands: where its best path does."""
    paths = _ranked_paths(found, assembly)
    walk, best = paths[0]
    papers, independent = papers_on(walk)
    place = finder.place(
        found.candidate,
        best.tier or Tier.PREDICTED,
        best.matched,
        agreement_order(best.agreement),
        best.belief,
    )
    return Ranked(found, place, tuple(paths[:PATHS_SHOWN]), papers, independent)


def show(ranked: Ranked, finder: Standing, assembly: Assembly) -> Intervention:
    """Return an intervention as answers show it.

    ``assembly.about`` has what was said of its ends.
    """
    found, (best_walk, best) = ranked.found, ranked.paths[0]
    shown = [path for _, path in ranked.paths]
    grounds = grounds_of(best_walk, found.change, found.effect, assembly.reading)
    needed = WISHED[found.effect] * found.change
    tier = best.tier or Tier.PREDICTED
    influence, competing, chance = None, None, None
    if tier is Tier.PREDICTED:
        influence, competing = (_figure(each) for each in finder.influence(found.candidate))
        if len(best.steps) > 1:
            chance = round(finder.sign_chance(found.candidate), 3)
    effect, error = (finder.simulated or {}).get((found.target, found.change), (None, None))
    return Intervention(
        target=named(found.target, assembly.reading),
        perturbation=perturbation(found.target, found.change, assembly.reading),
        tier=tier,
        matched=best.matched,
        contradicted=ranked.place[1],
        belief=best.belief,
        weakest=best.weakest,
        agreement=best.agreement,
        paths=tuple(shown),
        evidence=evidence_of(
            grounds, (found.target, found.outcome), needed, found.effect, shown,
            assembly.about, assembly.reading,
        ),
        claim_count=len(grounds),
        papers=ranked.papers,
        independent_papers=ranked.independent_papers,
        candidates_used=tuple(
            sorted({claim for path in shown for step in path.steps for claim in step.candidates})
        ),
        influence=influence,
        competing=competing,
        simulated_effect=effect,
        simulated_error=error,
        sign_chance=chance,
        commits=None if chance is None else chance >= COMMITS_FROM and not _tried_otherwise(best),
        counter_evidence=counter_evidence(
            (found.target, found.outcome),
            needed,
            grounds,
            assembly.about,
            assembly.lens.canon,
            candidates=assembly.question.include_candidates,
        ),
    )  # fmt: skip


def _tried_otherwise(path: Path) -> bool:
    """Tell whether a hop of a path was tried in the opposite direction alone."""
    return any(step.side is not None and not step.matched for step in path.steps)


def _figure(value: float) -> float:
    """Return a figure as answers print it, with four digits that count."""
    return float(f"{value:.4g}") + 0.0


def _ranked_paths(found: Found, assembly: Assembly) -> list[tuple[Walk, Path]]:
    """Return the paths of one intervention, best first; a direct link precedes every detour."""
    reading = assembly.reading
    labels = reading.labels
    substance = is_substance(found.target, reading)
    outcome = labels.get(found.outcome, found.outcome)
    ranked = []
    for walk in found.walks:
        words = intervention_in_words(found.change, substance, walk, outcome, found.effect, labels)
        tier, leading = tier_of(walk, found.change, found.effect, reading)
        ranked.append((walk, build_path(walk, words, reading, tier, leading)))

    def place(pair: tuple[Walk, Path]) -> tuple[object, ...]:
        walk, path = pair
        return (
            len(walk.hops) > 1,
            TIER_ORDER[path.tier or Tier.PREDICTED],
            not path.matched,
            agreement_order(path.agreement),
            -path.belief,
            walk.order,
        )

    return sorted(ranked, key=place)


def perturbation(target: str, change: int, reading: Reading) -> InterventionPerturbation:
    """Return what is done to a target, as answers name it."""
    return InterventionPerturbation(
        type=intervention_type(change, is_substance(target, reading)), direction=sign_of(change)
    )


def named(entity: str, reading: Reading) -> NamedEntity:
    """Return an entity as answers show it."""
    known = reading.entities.get(entity)
    return NamedEntity(
        id=entity, name=known.name if known else entity, category=known.category if known else None
    )


def is_substance(entity: str, reading: Reading) -> bool:
    """Tell whether an entity is given or withdrawn rather than changed."""
    known = reading.entities.get(entity)
    return known is not None and known.category in SUBSTANCES
