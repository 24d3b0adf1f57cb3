"""From a question to the interventions that a path leads from, in the order of what is known of
them before any claim is read.

Reading claims is what costs; so candidates come in an order that is never worse than the final
one, and the caller looks at as many as it needs to be sure of the first ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.model.answer import AnswerOrder, InterventionQuestion
from app.model.edge_columns import ASPECTS, EPISTEMICS, NO_PAPER
from app.model.vocabulary import Aspect, Effect, Epistemic, Tier
from app.reasoning.columns import Flags, Floats, Rows
from app.reasoning.effects import WISHED, admits_aspect, may_entail
from app.reasoning.engine import Stop
from app.reasoning.flow import Flow, chance_of, leaning_to
from app.reasoning.hops import CAUSAL
from app.reasoning.lens import UNSEARCHED, Lens
from app.reasoning.names import Names
from app.reasoning.papers import independent_count
from app.reasoning.search import Search, Walk

PATHS_SHOWN = 5
"""How many paths an answer shows for each intervention."""

MOST_PARALLEL = 9
"""The greatest number of links of one sign between two entities: each side with each aspect."""

MANY = 2**31
"""More papers than there are."""

_MAY_BE_OBSERVED = [EPISTEMICS.index(one) for one in (Epistemic.DEMONSTRATED, Epistemic.SUMMARY)]

TIER_ORDER = {tier: position for position, tier in enumerate(Tier)}

Simulated = Mapping[tuple[str, int], tuple[float, float | None]]
"""The simulated effect of interventions, by entity and change, each with its standard error."""

Place = tuple[int, bool, bool, int, float, float]
"""Where an intervention stands: tier, contradicted, not matched, context, minus the strength of its
flow or its simulated effect (of a prediction), minus belief. Smaller is better."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intervention that a path leads from.

    ``place`` is never worse than its final place, ``papers`` never fewer than the independent
    papers of its best path.
    """

    entity: int
    change: int
    contradicted: bool
    place: Place
    papers: int

    def order(self, names: Names) -> tuple[Place, int, str, int]:
        """Return an order that is never worse than that of the ranked intervention."""
        return (self.place, -self.papers, names[self.entity], self.change)


@dataclass(frozen=True, slots=True)
class Straight:
    """The best that a link straight into the outcome may come to, before its claims are read."""

    tier: Tier
    matched: bool
    belief: float
    papers: int

    @property
    def order(self) -> tuple[int, bool, float]:
        """Smaller is better."""
        return (TIER_ORDER[self.tier], not self.matched, -self.belief)


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate and the walks by which it may have the effect."""

    candidate: Candidate
    target: str
    walks: tuple[Walk, ...]

    @property
    def change(self) -> int:
        """What is done to the target: +1 or -1."""
        return self.candidate.change


class Finder:
    """Finds the interventions that may have ``effect`` on ``outcome``, both in canonical terms."""

    def __init__(
        self,
        lens: Lens,
        outcome: str,
        effect: Effect,
        question: InterventionQuestion,
        stop: Stop | None = None,
        simulated: Simulated | None = None,
    ) -> None:
        self.lens = lens
        self.outcome = lens.index.entities.place(outcome)
        self.effect = effect
        self.question = question
        self.stop = Stop() if stop is None else stop
        self.simulated = simulated

    @cached_property
    def flow(self) -> Flow:
        """What walks of any length carry to the outcome."""
        if self.outcome is None:
            none = np.zeros(len(self.lens.index.entities))
            return Flow(none, none)
        return self.lens.flow_to(self.outcome)

    def influence(self, candidate: Candidate) -> tuple[float, float]:
        """Return the net influence of an intervention, above 0 where it works towards the effect,
        and the share of the walks' weight that has the other sign than most.
        """
        net = WISHED[self.effect] * self.flow.influence(candidate.entity, candidate.change)
        total = float(self.flow.total[candidate.entity])
        competing = (1.0 - abs(net) / total) / 2.0 if total > 0 else 0.0
        return net, max(competing, 0.0)

    def sign_chance(self, candidate: Candidate) -> float:
        """Return how likely an intervention changes the outcome in the wished direction, by walks
        of two to four hops.
        """
        towards = WISHED[self.effect] * candidate.change * self._leaning[candidate.entity]
        return chance_of(float(towards))

    def candidates(self) -> list[Candidate]:
        """Return every intervention from which a path leads, in the order of their places.

        Where the search is stopped these are those that were found, and all direct ones.
        """
        if self.outcome is None or self.effect is Effect.NO_EFFECT:
            return []
        direct = self._direct_places()
        there = self._every.leading_there
        for start in direct if self.stop else ():
            there[start[0], int(start[1] > 0)] = True
        matched = self._matched.leading_there
        causal = self._causal.leading_there if self._has_kin else there
        chain = self._matched_causal.leading_there if self._has_kin else matched
        entity, raised = np.nonzero(there)
        only_kin = ~causal[entity, raised]
        tier = np.where(only_kin, TIER_ORDER[Tier.KINSHIP], TIER_ORDER[Tier.PREDICTED])
        is_matched = np.where(only_kin, matched[entity, raised], chain[entity, raised])
        belief, papers = np.ones(len(entity)), np.full(len(entity), MANY)
        change = 2 * raised - 1
        starts = zip(entity.tolist(), change.tolist(), strict=True)
        number = {start: at for at, start in enumerate(starts)}
        for start, best in direct.items():
            at = number[start]
            tier[at], is_matched[at] = TIER_ORDER[best.tier], best.matched
            belief[at], papers[at] = best.belief, best.papers
        opposed = np.zeros(len(entity), dtype=bool)
        opposed[[number[start] for start in self._opposing if start in number]] = True
        return self._ordered(entity, change, tier, opposed, is_matched, belief, papers)

    def _ordered(
        self, entity: Rows, change: Rows, tier: Rows, opposed: Flags, matched: Flags,
        belief: Floats, papers: Rows,
    ) -> list[Candidate]:  # fmt: skip
        predicted = tier == TIER_ORDER[Tier.PREDICTED]
        starts = zip(entity.tolist(), change.tolist(), strict=True)
        weight = np.where(predicted, [-self._worth(*start) for start in starts], 0.0)
        contradicted = opposed & predicted & (self.question.order is not AnswerOrder.INFLUENCE)
        extrapolated = ~matched & ~(predicted & self._by_figure)
        order = np.lexsort(
            (change, entity, -papers, -belief, weight, extrapolated, contradicted, tier)
        )
        columns = (
            tier,
            contradicted,
            extrapolated,
            weight,
            belief,
            entity,
            change,
            opposed,
            papers,
        )
        return [
            Candidate(e, c, o, (t, d, x, 0, w, -b), p)
            for t, d, x, w, b, e, c, o, p in zip(
                *(column[order].tolist() for column in columns), strict=True
            )
        ]

    def walks(self, candidates: Sequence[Candidate]) -> list[Found]:
        """Return the best walks of each candidate: all direct ones, and the first of each kind."""
        starts = [(one.entity, one.change) for one in candidates]
        searches = [(self._direct, MOST_PARALLEL), (self._matched, PATHS_SHOWN)]
        searches += [(self._every, PATHS_SHOWN)]
        if self._has_kin:
            searches += [(self._matched_causal, 1), (self._causal, 1)]
        kinds = [search.walks_each(starts, k) for search, k in searches]
        found = []
        for one, kinds_of_one in zip(candidates, zip(*kinds, strict=True), strict=True):
            walks = {walk.places: walk for kind in kinds_of_one for walk in kind.walks}
            name = self.lens.index.entities[one.entity]
            found.append(Found(one, name, tuple(walks.values())))
        return found

    def place(
        self, candidate: Candidate, tier: Tier, matched: bool, agreement: int, belief: float
    ) -> Place:
        """Return the final place of a candidate, from its best path."""
        predicted = tier is Tier.PREDICTED
        by_influence = self.question.order is AnswerOrder.INFLUENCE
        return (
            TIER_ORDER[tier],
            candidate.contradicted and predicted and not by_influence,
            not matched and not (predicted and self._by_figure),
            agreement,
            -self._worth(candidate.entity, candidate.change) if predicted else 0.0,
            -belief,
        )

    @property
    def _by_figure(self) -> bool:
        """Whether predictions are ordered by one figure, a matched chain or not."""
        return self.simulated is not None or self.question.order is AnswerOrder.INFLUENCE

    def _worth(self, entity: int, change: int) -> float:
        """Return what a prediction is ordered by, the greater the better."""
        if self.simulated is None:
            return change * float(self._weight[entity])
        effect, _ = self.simulated.get((self.lens.index.entities[entity], change), (0.0, None))
        return effect

    @cached_property
    def _leaning(self) -> Floats:
        return leaning_to(self.lens.influences, self._target)

    @cached_property
    def _weight(self) -> Floats:
        """What predictions are ordered by: for each entity, what raising it does for the effect."""
        by_influence = self.question.order is AnswerOrder.INFLUENCE
        weight = WISHED[self.effect] * (self.flow.net if by_influence else self.flow.strength)
        return _six_digits(weight)

    @property
    def _target(self) -> int:
        """The outcome's place; only asked for where there is one."""
        if self.outcome is None:
            raise ValueError("the index does not know the outcome")
        return self.outcome

    @cached_property
    def _has_kin(self) -> bool:
        return len(self.lens.kin_places) > 0

    def _search(
        self, *, matched_only: bool, causal: bool = False, hops: int | None = None
    ) -> Search:
        admitted: list[Aspect | None] = [a for a in ASPECTS if admits_aspect(self.effect, a)]
        return Search(
            self.lens,
            [self._target],
            [WISHED[self.effect]],
            hops or self.question.max_hops,
            matched_only or self.question.matched_only,
            aspects=admitted,
            causal=causal,
            stop=self.stop,
        )

    @cached_property
    def _every(self) -> Search:
        return self._search(matched_only=False)

    @cached_property
    def _matched(self) -> Search:
        return self._every if self.question.matched_only else self._search(matched_only=True)

    @cached_property
    def _causal(self) -> Search:
        return self._search(matched_only=False, causal=True)

    @cached_property
    def _matched_causal(self) -> Search:
        return self._search(matched_only=True, causal=True)

    @cached_property
    def _direct(self) -> Search:
        # One hop takes no time, so that a question that is stopped has these answers at least.
        return replace(self._search(matched_only=False, causal=True, hops=1), stop=Stop())

    @cached_property
    def _straight(self) -> Rows:
        """The searched links straight into the outcome, of an aspect that the effect admits."""
        index = self.lens.index
        outcome = self._target
        rows = index.coming[index.into[outcome] : index.into[outcome + 1]]
        aspects = [i for i, aspect in enumerate(ASPECTS) if admits_aspect(self.effect, aspect)]
        hops = index.hops
        seen: Flags = (
            (hops.role[rows] == CAUSAL)
            & (self.lens.cost[rows] != UNSEARCHED)
            & np.isin(hops.aspect[rows], aspects)
        )
        return rows[seen].astype(np.intp)

    def _direct_places(self) -> dict[tuple[int, int], "Straight"]:
        """Return for each direct intervention the best that its links may come to."""
        best: dict[tuple[int, int], Straight] = {}
        hops = self.lens.index.hops
        for row in self._straight.tolist():
            change = WISHED[self.effect] * int(hops.sign[row])
            matched = int(hops.matched_for[row]) == change
            if self.question.matched_only and not matched:
                continue
            start = (int(hops.subject[row]), change)
            link = self._at_best(row, matched)
            held = best.get(start, link)
            best[start] = replace(
                min(held, link, key=lambda one: one.order), papers=max(held.papers, link.papers)
            )
        return best

    def _at_best(self, row: int, matched: bool) -> "Straight":
        edges = self.lens.index.edges
        rows = self.lens.edges_of(row)
        named = np.unique(edges.paper[rows])
        papers = independent_count(named[named != NO_PAPER], self.lens.index.bylines)
        tier = Tier.PREDICTED
        if matched:
            aspect = ASPECTS[int(self.lens.index.hops.aspect[row])]
            tier = Tier.ENTAILED if may_entail(self.effect, aspect) else Tier.PREDICTED
            if np.isin(edges.epistemic[rows], _MAY_BE_OBSERVED).any():
                tier = Tier.OBSERVED
        return Straight(tier, matched, round(float(self.lens.belief[row]), 6), papers)

    @cached_property
    def _opposing(self) -> frozenset[tuple[int, int]]:
        """Interventions that an experiment in their own direction showed to do the opposite."""
        hops = self.lens.index.hops
        changes = -WISHED[self.effect] * hops.sign[self._straight]
        matched = hops.matched_for[self._straight] == changes
        subjects = hops.subject[self._straight[matched]].tolist()
        return frozenset(zip(subjects, changes[matched].tolist(), strict=True))


def _six_digits(values: Floats) -> Floats:
    """Return numbers with six digits that count, so that the same sum in another order ties."""
    size = np.zeros_like(values)
    there = values != 0
    size[there] = 10.0 ** (5 - np.floor(np.log10(np.abs(values[there]))))
    rounded = values.copy()
    rounded[there] = np.rint(values[there] * size[there]) / size[there]
    return rounded
