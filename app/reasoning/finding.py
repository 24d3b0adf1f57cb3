"""From a question to the interventions that a path leads from, in the order of what is known of
them before any claim is read.

Reading claims is what costs; so candidates come in an order that is never worse than the final
one, and the caller looks at as many as it needs to be sure of the first ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.model.answer import AnswerOrder, InterventionQuestion
from app.model.edge_columns import ASPECTS
from app.model.vocabulary import Aspect, Effect, Tier
from app.reasoning.columns import Flags, Floats, Rows
from app.reasoning.effects import WISHED, admits_aspect
from app.reasoning.engine import Stop
from app.reasoning.flow import Flow
from app.reasoning.hops import CAUSAL
from app.reasoning.lens import UNSEARCHED, Lens
from app.reasoning.search import Search, Walk

PATHS_SHOWN = 5
"""How many paths an answer shows for each intervention."""

MOST_PARALLEL = 9
"""The greatest number of links of one sign between two entities: each side with each aspect."""

TIER_ORDER = {tier: position for position, tier in enumerate(Tier)}

Place = tuple[int, bool, bool, int, float, float]
"""Where an intervention stands: tier, contradicted, not matched, context, minus the strength of its
flow (of a prediction), minus belief. Smaller is better."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intervention that a path leads from; ``place`` is never worse than its final place."""

    entity: int
    change: int
    contradicted: bool
    place: Place


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
    ) -> None:
        self.lens = lens
        self.outcome = lens.index.entities.place(outcome)
        self.effect = effect
        self.question = question
        self.stop = stop or Stop()

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

    def candidates(self) -> list[Candidate]:
        """Return every intervention from which a path leads, in the order of their places."""
        if self.outcome is None or self.effect is Effect.NO_EFFECT:
            return []
        there = self._every.leading_there
        matched = self._matched.leading_there
        causal = self._causal.leading_there if self._has_kin else there
        chain = self._matched_causal.leading_there if self._has_kin else matched
        direct = self._direct_places()
        found = []
        for entity, change in zip(*(axis.tolist() for axis in np.nonzero(there)), strict=True):
            change_made = 1 if change else -1
            contradicted = (entity, change_made) in self._opposing
            if (entity, change_made) in direct:
                is_matched, belief = direct[entity, change_made]
                tier = Tier.OBSERVED if is_matched else Tier.PREDICTED
            else:
                tier = Tier.PREDICTED if causal[entity, change] else Tier.KINSHIP
                is_matched = bool((chain if causal[entity, change] else matched)[entity, change])
                belief = 1.0
            place = self._place(entity, change_made, tier, contradicted, is_matched, belief)
            found.append(Candidate(entity, change_made, contradicted, place))
        names = self.lens.index.entities
        return sorted(found, key=lambda c: (c.place, names[c.entity], c.change))

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
        contradicted = candidate.contradicted and tier is Tier.PREDICTED
        best = self._place(candidate.entity, candidate.change, tier, contradicted, matched, belief)
        return (*best[:3], agreement, *best[4:])

    def _place(
        self, entity: int, change: int, tier: Tier, contradicted: bool, matched: bool, belief: float
    ) -> Place:
        predicted = tier is Tier.PREDICTED
        strength = 0.0
        if predicted:
            strength = WISHED[self.effect] * change * float(self._strength[entity])
        if self.question.order is AnswerOrder.INFLUENCE and predicted:
            influence = WISHED[self.effect] * self.flow.influence(entity, change)
            return (TIER_ORDER[tier], False, False, 0, -influence, 0.0)
        return (
            TIER_ORDER[tier],
            contradicted and predicted,
            not matched,
            0,
            -float(f"{strength:.6g}"),
            -belief,
        )

    @property
    def _target(self) -> int:
        """The outcome's place; only asked for where there is one."""
        if self.outcome is None:
            raise ValueError("the index does not know the outcome")
        return self.outcome

    @cached_property
    def _strength(self) -> Floats:
        return self.flow.strength

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
        return self._search(matched_only=False, causal=True, hops=1)

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

    def _direct_places(self) -> dict[tuple[int, int], tuple[bool, float]]:
        """Return for each direct intervention whether a link is matched, and the best belief."""
        best: dict[tuple[int, int], tuple[bool, float]] = {}
        hops = self.lens.index.hops
        for row in self._straight.tolist():
            change = WISHED[self.effect] * int(hops.sign[row])
            matched = int(hops.matched_for[row]) == change
            if self.question.matched_only and not matched:
                continue
            start = (int(hops.subject[row]), change)
            held = best.get(start, (False, 0.0))
            belief = round(float(self.lens.belief[row]), 6) if matched else 1.0
            best[start] = (held[0] or matched, max(held[1], belief))
        return best

    @cached_property
    def _opposing(self) -> frozenset[tuple[int, int]]:
        """Interventions that an experiment in their own direction showed to do the opposite."""
        hops = self.lens.index.hops
        changes = -WISHED[self.effect] * hops.sign[self._straight]
        matched = hops.matched_for[self._straight] == changes
        subjects = hops.subject[self._straight[matched]].tolist()
        return frozenset(zip(subjects, changes[matched].tolist(), strict=True))
