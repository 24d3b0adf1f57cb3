"""From an ensemble that was run to an answer: figures, the model, what would decide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from app.model.answer import InterventionPerturbation, NamedEntity
from app.model.history import Snapshot
from app.model.simulation import (
    DecidingExperiment,
    SimulatedIntervention,
    SimulatedModel,
    SimulatedTarget,
    SimulationAnswer,
    SimulationQuestion,
)
from app.model.vocabulary import Category, Side, Sign
from app.reasoning.engine import Stop
from app.reasoning.hops import CAUSAL
from app.reasoning.signs import sign_of
from app.reasoning.simulation.ensemble import Ensemble, simulate
from app.reasoning.simulation.sides import DecidingSide, deciding_side
from app.reasoning.simulation.subgraph import Subgraph
from app.reasoning.simulation.trial import Changes, Experiment
from app.reasoning.simulation.wiring import Wiring
from app.reasoning.words import SUBSTANCES, intervention_type

STRONGEST = 12
"""Interventions whose pairs are tried."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with all that was read for it."""

    question: SimulationQuestion
    graph: Subgraph
    wiring: Wiring
    experiment: Experiment
    named: Mapping[int, NamedEntity]
    claims: Mapping[tuple[int, int], tuple[str, ...]]

    def answer(
        self, snapshot: Snapshot, stop: Stop, progress: Callable[[int], None] | None = None
    ) -> SimulationAnswer:
        """Run the ensemble, and once more for pairs.

        ``progress`` is told how many networks are done. Raises
        :class:`~app.reasoning.simulation.ensemble.Stopped` when ``stop`` is set.
        """
        singles = self._run(self.experiment, stop, progress)
        found = self._shown(self.experiment, singles)
        if self.question.pairs and len(singles.effects):
            found += self._pairs(singles, stop)
        found.sort(key=lambda one: (-one.effect, [t.target.id for t in one.targets]))
        return SimulationAnswer(
            query=self.question,
            snapshot=snapshot,
            interventions=tuple(found),
            model=self._model(singles),
            deciding=self._deciding(singles),
            note=self._note(singles),
        )

    def _run(
        self, experiment: Experiment, stop: Stop, progress: Callable[[int], None] | None = None
    ) -> Ensemble:
        return simulate(
            self.wiring,
            experiment,
            networks=self.question.networks,
            seed=self.question.seed,
            stop=stop,
            progress=progress,
        )

    def _shown(self, experiment: Experiment, ensemble: Ensemble) -> list[SimulatedIntervention]:
        if not len(ensemble.effects):
            return []
        figures = zip(ensemble.mean.tolist(), ensemble.standard_error.tolist(), strict=True)
        return [
            SimulatedIntervention(
                targets=self._targets(changes),
                effect=round(effect, 4) + 0.0,
                standard_error=None if np.isnan(error) else round(error, 4),
            )
            for changes, (effect, error) in zip(experiment.interventions, figures, strict=True)
        ]

    def _targets(self, changes: Changes) -> tuple[SimulatedTarget, ...]:
        return tuple(
            SimulatedTarget(
                target=self.named[node],
                perturbation=InterventionPerturbation(
                    type=intervention_type(change, self.named[node].category in SUBSTANCES),
                    direction=sign_of(change),
                ),
            )
            for node, change in changes
        )

    def _pairs(self, singles: Ensemble, stop: Stop) -> list[SimulatedIntervention]:
        """Try the strongest interventions two by two, in the same networks."""
        means = singles.mean
        order = np.argsort(-means, kind="stable")[:STRONGEST].tolist()
        couples = [
            (one, other)
            for one, other in combinations([at for at in order if means[at] > 0], 2)
            if self._node(one) != self._node(other)
        ]
        if not couples:
            return []
        every = self.experiment.interventions
        both = tuple((*every[one], *every[other]) for one, other in couples)
        experiment = replace(self.experiment, interventions=both)
        shown = self._shown(experiment, self._run(experiment, stop))
        return [
            pair.model_copy(
                update={"gain": round(pair.effect - float(max(means[one], means[other])), 4) + 0.0}
            )
            for pair, (one, other) in zip(shown, couples, strict=True)
        ]

    def _node(self, intervention: int) -> int:
        return self.experiment.interventions[intervention][0][0]

    def _model(self, ensemble: Ensemble) -> SimulatedModel:
        roles = self.graph.lens.index.hops.role[self.graph.hops]
        return SimulatedModel(
            entities=len(self.graph.places),
            links=len(self.wiring.source),
            sided=int(np.count_nonzero(self.wiring.needed | self.wiring.enough)),
            memberships=int(np.count_nonzero(roles != CAUSAL)),
            contradicted=int(np.count_nonzero(self.wiring.rival >= 0)) // 2,
            left_out=self.graph.left_out,
            cut=self.graph.cut,
            networks=ensemble.drawn,
            asked=len(ensemble.effects),
        )

    def _deciding(self, singles: Ensemble) -> DecidingExperiment | None:
        """Return what would change the effect of the strongest intervention most."""
        if not len(singles.effects):
            return None
        best = int(np.argmax(singles.mean))
        found = deciding_side(self.wiring, singles.effects[:, best], singles.loss, singles.gain)
        return None if found is None else self._experiment(best, found)

    def _experiment(self, intervention: int, found: DecidingSide) -> DecidingExperiment:
        source = int(self.wiring.source[found.arc])
        target = int(self.wiring.target[found.arc])
        subject, end = self.named[source], self.named[target]
        return DecidingExperiment(
            intervention=self._targets(self.experiment.interventions[intervention])[0],
            subject=subject,
            object=end,
            sign=Sign.NEGATIVE if self.wiring.negative[found.arc] else Sign.POSITIVE,
            side=found.side,
            words=self._words(subject, end.name, found.side),
            if_decides=round(found.if_decides, 4),
            if_not=round(found.if_not, 4),
            standard_error=round(found.error, 4),
            claims=self.claims.get((source, target), ()),
        )

    def _words(self, subject: NamedEntity, end: str, side: Side) -> str:
        deed = _deed(subject, side)
        outcome = self.question.outcome.name
        if self.experiment.wished > 0:
            cells = f"in cells without {outcome}"
        elif self.experiment.induced:
            cells = f"in cells in which {outcome} is being induced"
        else:
            cells = f"in cells with {outcome}"
        return f"{deed} {cells} and look at {end}"

    def _note(self, ensemble: Ensemble) -> str | None:
        outcome = self.question.outcome.name
        if len(ensemble.effects):
            return None
        missing = "can be brought about" if self.experiment.induced else "can be shown"
        if self.experiment.wished > 0:
            missing = "can be absent"
        return (
            f"In none of {ensemble.drawn} networks {outcome} {missing}: nothing can be said of "
            "interventions. Try more entities, or hold what fixes the context."
        )


def _deed(subject: NamedEntity, side: Side) -> str:
    """Return what an experiment does to an entity, by what kind of thing it is."""
    lost = side is Side.LOSS
    if subject.category in SUBSTANCES:
        return f"{'withdraw' if lost else 'give'} {subject.name}"
    if subject.category in (Category.GENE, Category.PROTEIN):
        return f"{'knock down' if lost else 'overexpress'} {subject.name}"
    return f"{'block' if lost else 'activate'} {subject.name}"
