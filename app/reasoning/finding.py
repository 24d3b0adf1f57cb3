"""From a question to the interventions that a path leads from, in the order of what is known of
them before any claim is read.

Reading claims is what costs; so candidates come in an order that is never worse than the final
one, and the caller looks at as many as it needs to be sure of the first ones.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from app.model.answer import InterventionQuestion
from app.model.edge_columns import ASPECTS
from app.model.vocabulary import Aspect, Effect
from app.reasoning.columns import Floats, Rows
from app.reasoning.effects import WISHED, admits_aspect
from app.reasoning.engine import Stop
from app.reasoning.flow import Flow, chance_of, leaning_to
from app.reasoning.lens import Lens
from app.reasoning.search import Search, Start
from app.reasoning.standing import Candidate, Found, Simulated, Standing, six_digits

PATHS_SHOWN = 5
"""How many paths an answer shows for each intervention."""

MOST_PARALLEL = 9
"""The greatest number of links of one sign between two entities: each side with each aspect."""


class Finder(Standing):
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
        super().__init__(lens, question, stop, simulated)
        self.outcome = lens.index.entities.place(outcome)
        self.effect = effect
        self.is_known = self.outcome is not None and effect is not Effect.NO_EFFECT

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

    def walks(self, candidates: Sequence[Candidate]) -> list[Found]:
        """Return the best walks of each candidate: all direct ones, and the first of each kind."""
        starts = [(one.entity, one.change) for one in candidates]
        searches = [(self._direct, MOST_PARALLEL), (self.matched, PATHS_SHOWN)]
        searches += [(self.every, PATHS_SHOWN)]
        if self.has_kin:
            searches += [(self.matched_causal, 1), (self.causal, 1)]
        kinds = [search.walks_each(starts, k) for search, k in searches]
        found = []
        for one, kinds_of_one in zip(candidates, zip(*kinds, strict=True), strict=True):
            walks = {walk.places: walk for kind in kinds_of_one for walk in kind.walks}
            name = self.lens.index.entities[one.entity]
            outcome = self.lens.index.entities[self._target]
            found.append(
                Found(one, name, name, one.change, outcome, self.effect, tuple(walks.values()))
            )
        return found

    def worth(self, entity: int, change: int) -> float:
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
        carried = self.flow.net if self.by_influence else self.flow.strength
        weight = WISHED[self.effect] * carried
        return six_digits(weight)

    @property
    def _target(self) -> int:
        """The outcome's place; only asked for where there is one."""
        if self.outcome is None:
            raise ValueError("the index does not know the outcome")
        return self.outcome

    def search(
        self, *, matched_only: bool, causal: bool = False, hops: int | None = None
    ) -> Search:
        """Return the search for paths into the outcome."""
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
    def _direct(self) -> Search:
        # One hop takes no time, so that a question that is stopped has these answers at least.
        return replace(self.search(matched_only=False, causal=True, hops=1), stop=Stop())

    def ends_at(self, place: int) -> tuple[Start, int, Effect] | None:
        """Return the intervention by a link into the outcome, what is done, and the effect."""
        hops = self.lens.index.hops
        change = WISHED[self.effect] * int(hops.sign[place])
        return (int(hops.subject[place]), change), change, self.effect

    @property
    def straight(self) -> Rows:
        """The links straight into the outcome."""
        index, outcome = self.lens.index, self._target
        return index.coming[index.into[outcome] : index.into[outcome + 1]].astype(np.intp)

    def opposed_at(self, place: int) -> Start | None:
        """Return the intervention that such a link, tried in its own direction, speaks against."""
        hops = self.lens.index.hops
        change = -WISHED[self.effect] * int(hops.sign[place])
        if not admits_aspect(self.effect, ASPECTS[int(hops.aspect[place])]):
            return None
        return (int(hops.subject[place]), change) if hops.matched_for[place] == change else None
