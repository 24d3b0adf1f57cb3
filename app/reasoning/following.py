"""What follows from an intervention: the outcomes that a path leads to, in the order of what is
known of them before any claim is read.

It is the question of :mod:`app.reasoning.finding` turned round. The same search tells, backwards,
what is reached; the walks to each outcome are those that the question for interventions finds.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from app.model.answer import InterventionQuestion
from app.model.edge_columns import ASPECTS
from app.model.vocabulary import Effect
from app.reasoning.columns import Flags, Floats, Rows
from app.reasoning.effects import WISHED, admits_aspect
from app.reasoning.engine import Stop
from app.reasoning.finding import Finder
from app.reasoning.flow import Flow, chance_of, leaning_to
from app.reasoning.lens import Lens
from app.reasoning.search import Search, Start
from app.reasoning.standing import Candidate, Found, Standing, six_digits


class Follower(Standing):
    """Finds the outcomes that changing ``source`` by ``change`` may have an effect on.

    ``effects`` are those that are asked for, by the change of the outcome. ``question`` says what
    else is asked; its own outcome and effect are not looked at. ``kept`` masks the outcomes, by
    their places in the index.
    """

    def __init__(
        self,
        lens: Lens,
        source: str,
        change: int,
        effects: Mapping[int, Effect],
        question: InterventionQuestion,
        stop: Stop | None = None,
        kept: Flags | None = None,
    ) -> None:
        super().__init__(lens, question, stop)
        self._source = lens.index.entities.place(source)
        self._change = change
        self._effects = effects
        self.is_known = self._source is not None
        self.asked = np.array([[-1 in effects, 1 in effects]])
        if kept is not None:
            self.asked = self.asked & kept[:, np.newaxis]

    @property
    def source(self) -> int:
        """The source's place; only asked for where there is one."""
        if self._source is None:
            raise ValueError("the index does not know the source")
        return self._source

    def search(self, *, matched_only: bool, causal: bool = False) -> Search:
        """Return the backward search, whose starts are outcomes and how they change."""
        admitted = [a for a in ASPECTS if any(admits_aspect(e, a) for e in self._effects.values())]
        return Search(
            self.lens,
            [self.source],
            [self._change],
            self.question.max_hops,
            matched_only or self.question.matched_only,
            aspects=admitted,
            causal=causal,
            backwards=True,
            stop=self.stop,
        )

    @property
    def straight(self) -> Rows:
        """The links straight from the source."""
        out = self.lens.index.out
        return np.arange(out[self.source], out[self.source + 1])

    def ends_at(self, place: int) -> tuple[Start, int, Effect] | None:
        """Return the outcome of a link and how it changes, what is done to the source, the effect.

        None where that change of the outcome is not asked for.
        """
        hops = self.lens.index.hops
        outcome, arriving = int(hops.object[place]), self._change * int(hops.sign[place])
        if not self.asked[outcome if len(self.asked) > 1 else 0, int(arriving > 0)]:
            return None
        return (outcome, arriving), self._change, self._effects[arriving]

    def opposed_at(self, place: int) -> Start | None:
        """Return the outcome that such a link says to change the other way."""
        hops = self.lens.index.hops
        against = -self._change * int(hops.sign[place])
        effect = self._effects.get(against)
        if effect is None or hops.matched_for[place] != self._change:
            return None
        if not admits_aspect(effect, ASPECTS[int(hops.aspect[place])]):
            return None
        return int(hops.object[place]), against

    def walks(self, candidates: Sequence[Candidate]) -> list[Found]:
        """Return the best walks to each outcome, as the question for interventions finds them."""
        names = self.lens.index.entities
        doing = Candidate(self.source, self._change, False, (0, False, False, 0, 0.0, 0.0), 0)
        found = []
        for one in candidates:
            outcome, effect = names[one.entity], self._effects[one.change]
            finder = Finder(self.lens, outcome, effect, self.question, self.stop)
            walks = finder.walks([doing])[0].walks
            source = names[self.source]
            found.append(Found(one, outcome, source, self._change, outcome, effect, walks))
        return found

    def influence(self, candidate: Candidate) -> tuple[float, float]:
        """Return the net influence on an outcome, above 0 where it works towards the effect, and
        the share of the walks' weight that has the other sign than most.
        """
        net = self._wished(candidate) * self._flow.influence(candidate.entity, self._change)
        total = float(self._flow.total[candidate.entity])
        competing = (1.0 - abs(net) / total) / 2.0 if total > 0 else 0.0
        return net, max(competing, 0.0)

    def sign_chance(self, candidate: Candidate) -> float:
        """Return how likely the outcome changes in this direction, by walks of two to four hops."""
        towards = self._wished(candidate) * self._change * self._leaning[candidate.entity]
        return chance_of(float(towards))

    def worth(self, entity: int, change: int) -> float:
        """Return what a prediction is ordered by, the greater the better."""
        return change * self._change * float(self._weight[entity])

    def _wished(self, candidate: Candidate) -> int:
        return WISHED[self._effects[candidate.change]]

    @cached_property
    def _flow(self) -> Flow:
        return self.lens.flow_from(self.source)

    @cached_property
    def _leaning(self) -> Floats:
        return leaning_to(self.lens.influences.turned, self.source)

    @cached_property
    def _weight(self) -> Floats:
        return six_digits(self._flow.net if self.by_influence else self._flow.strength)
