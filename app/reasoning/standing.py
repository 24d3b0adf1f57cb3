"""Where interventions stand, as far as it is known before any claim is read.

What is direct has the tier of its links, what a path leads to is predicted; predictions are ordered
by what all walks carry. The same rules hold for the interventions on an outcome and for the
outcomes of an intervention.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.model.answer import AnswerOrder, InterventionQuestion
from app.model.edge_columns import ASPECTS, EPISTEMICS, NO_PAPER
from app.model.vocabulary import Effect, Epistemic, Tier
from app.reasoning.columns import Flags, Floats, Rows
from app.reasoning.effects import admits_aspect, may_entail
from app.reasoning.engine import Stop
from app.reasoning.hops import CAUSAL
from app.reasoning.lens import UNSEARCHED, Lens
from app.reasoning.names import Names
from app.reasoning.papers import independent_count
from app.reasoning.search import Search, Start, Walk

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
    """A candidate and the walks by which changing ``target`` may have the effect on ``outcome``.

    ``name`` is the candidate's id: the target's, or the outcome's where that is what was asked for.
    """

    candidate: Candidate
    name: str
    target: str
    change: int
    outcome: str
    effect: Effect
    walks: tuple[Walk, ...]


class Standing(ABC):
    """Puts interventions into their order; what they are found by is for the subclass to say."""

    def __init__(
        self,
        lens: Lens,
        question: InterventionQuestion,
        stop: Stop | None = None,
        simulated: Simulated | None = None,
    ) -> None:
        self.lens = lens
        self.question = question
        self.stop = Stop() if stop is None else stop
        self.simulated = simulated
        self.is_known = True
        self.asked: Flags = np.ones((1, 2), dtype=np.bool_)

    @abstractmethod
    def search(self, *, matched_only: bool, causal: bool = False) -> Search:
        """Return the search that tells, by its starts, what a path leads from, or to."""

    @property
    @abstractmethod
    def straight(self) -> Rows:
        """The places of the links that join what was asked with what it is answered by."""

    @abstractmethod
    def ends_at(self, place: int) -> tuple[Start, int, Effect] | None:
        """Return what such a link answers with, what is done at its subject, and the effect.

        None where the effect is not asked for.
        """

    @abstractmethod
    def opposed_at(self, place: int) -> Start | None:
        """Return the answer that such a link, tried in its own direction, speaks against."""

    @abstractmethod
    def walks(self, candidates: Sequence[Candidate]) -> list[Found]:
        """Return the best walks of each candidate: all direct ones, and the first of each kind."""

    @abstractmethod
    def worth(self, entity: int, change: int) -> float:
        """Return what a prediction is ordered by, the greater the better."""

    @abstractmethod
    def influence(self, candidate: Candidate) -> tuple[float, float]:
        """Return the net influence of an intervention, above 0 where it works towards the effect,
        and the share of the walks' weight that has the other sign than most.
        """

    @abstractmethod
    def sign_chance(self, candidate: Candidate) -> float:
        """Return how likely an intervention changes the outcome in the wished direction, by walks
        of two to four hops.
        """

    def candidates(self) -> list[Candidate]:
        """Return all that a path leads from, or to, in the order of their places.

        Where the search is stopped these are those that were found, and all direct ones.
        """
        if not self.is_known:
            return []
        direct = self._direct_places()
        there = self.every.leading_there & self.asked
        for start in direct if self.stop else ():
            there[start[0], int(start[1] > 0)] = True
        matched = self.matched.leading_there
        causal = self.causal.leading_there if self.has_kin else there
        chain = self.matched_causal.leading_there if self.has_kin else matched
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
        opposed[[number[start] for start in self._opposing() if start in number]] = True
        return self._ordered(entity, change, tier, opposed, is_matched, belief, papers)

    @cached_property
    def every(self) -> Search:
        """All paths."""
        return self.search(matched_only=False)

    @cached_property
    def matched(self) -> Search:
        """Paths that are matched all the way."""
        return self.every if self.question.matched_only else self.search(matched_only=True)

    @cached_property
    def causal(self) -> Search:
        """Paths without kinship."""
        return self.search(matched_only=False, causal=True)

    @cached_property
    def matched_causal(self) -> Search:
        """Matched paths without kinship."""
        return self.search(matched_only=True, causal=True)

    @cached_property
    def has_kin(self) -> bool:
        """Whether the lens has hops of kinship."""
        return len(self.lens.kin_places) > 0

    def _seen_straight(self) -> list[tuple[int, Start, int, Effect]]:
        """Return the searched links straight into the outcome, of an aspect that the effect admits:
        each with the intervention, or its outcome, with what is done, and with the effect.
        """
        hops, found = self.lens.index.hops, []
        for row in self.straight.tolist():
            end = self.ends_at(row) if self._is_searched(row) else None
            if end is not None and admits_aspect(end[2], ASPECTS[int(hops.aspect[row])]):
                found.append((row, *end))
        return found

    def _direct_places(self) -> dict[Start, Straight]:
        """Return for each that is direct the best that its links may come to."""
        best: dict[Start, Straight] = {}
        for row, start, change, effect in self._seen_straight():
            matched = int(self.lens.index.hops.matched_for[row]) == change
            if self.question.matched_only and not matched:
                continue
            link = self._at_best(row, matched, effect)
            held = best.get(start, link)
            best[start] = replace(
                min(held, link, key=lambda one: one.order), papers=max(held.papers, link.papers)
            )
        return best

    def _is_searched(self, place: int) -> bool:
        causal = self.lens.index.hops.role[place] == CAUSAL
        return bool(causal and self.lens.cost[place] != UNSEARCHED)

    def _opposing(self) -> frozenset[Start]:
        """Return what an experiment in its own direction showed to do the opposite."""
        return frozenset(
            start
            for place in self.straight.tolist()
            if self._is_searched(place) and (start := self.opposed_at(place)) is not None
        )

    def place(
        self, candidate: Candidate, tier: Tier, matched: bool, agreement: int, belief: float
    ) -> Place:
        """Return the final place of a candidate, from its best path."""
        predicted = tier is Tier.PREDICTED
        return (
            TIER_ORDER[tier],
            candidate.contradicted and predicted and not self.by_influence,
            not matched and not (predicted and self._by_figure),
            agreement,
            -self.worth(candidate.entity, candidate.change) if predicted else 0.0,
            -belief,
        )

    @property
    def _by_figure(self) -> bool:
        """Whether predictions are ordered by one figure, a matched chain or not."""
        return self.simulated is not None or self.by_influence

    @property
    def by_influence(self) -> bool:
        """Whether predictions are ordered by their net influence alone."""
        return self.question.order is AnswerOrder.INFLUENCE

    def _ordered(
        self, entity: Rows, change: Rows, tier: Rows, opposed: Flags, matched: Flags,
        belief: Floats, papers: Rows,
    ) -> list[Candidate]:  # fmt: skip
        predicted = tier == TIER_ORDER[Tier.PREDICTED]
        starts = zip(entity.tolist(), change.tolist(), strict=True)
        weight = np.where(predicted, [-self.worth(*start) for start in starts], 0.0)
        contradicted = opposed & predicted & (not self.by_influence)
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

    def _at_best(self, row: int, matched: bool, effect: Effect) -> Straight:
        """Return the best that a link straight into the outcome may come to."""
        edges = self.lens.index.edges
        rows = self.lens.edges_of(row)
        named = np.unique(edges.paper[rows])
        papers = independent_count(named[named != NO_PAPER], self.lens.index.bylines)
        tier = Tier.PREDICTED
        if matched:
            aspect = ASPECTS[int(self.lens.index.hops.aspect[row])]
            tier = Tier.ENTAILED if may_entail(effect, aspect) else Tier.PREDICTED
            if np.isin(edges.epistemic[rows], _MAY_BE_OBSERVED).any():
                tier = Tier.OBSERVED
        return Straight(tier, matched, round(float(self.lens.belief[row]), 6), papers)


def six_digits(values: Floats) -> Floats:
    """Return numbers with six digits that count, so that the same sum in another order ties."""
    size = np.zeros_like(values)
    there = values != 0
    size[there] = 10.0 ** (5 - np.floor(np.log10(np.abs(values[there]))))
    rounded = values.copy()
    rounded[there] = np.rint(values[there] * size[there]) / size[there]
    return rounded
