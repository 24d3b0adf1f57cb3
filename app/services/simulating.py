"""What the whole network does with an intervention: the graph is read, the ensemble is asked."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.graph.port import GraphView
from app.model.answer import InterventionQuestion, NamedEntity
from app.model.claim import ClaimView
from app.model.errors import BadInput, FieldError
from app.model.simulation import SIMULATED, SimulationQuestion
from app.model.vocabulary import Effect, Strength
from app.reasoning.effects import WISHED
from app.reasoning.hops import CAUSAL
from app.reasoning.interventions import canonical_question
from app.reasoning.lens import Lens, LinkEdge
from app.reasoning.signs import number
from app.reasoning.simulation.answer import Prepared
from app.reasoning.simulation.subgraph import Fact, Subgraph, subgraph
from app.reasoning.simulation.trial import Changes, Experiment
from app.services.claims import claim_views

CLAIMS_READ = 3
"""Claims of a link, the most reliable first, that are asked whether they are partial and what
they require.
"""

DIRECT = 3_000_000
"""The greatest :func:`cost` of a question that is answered at once: some three seconds."""


def cost(question: SimulationQuestion) -> int:
    """Return what a question costs: networks times the square of nodes, twice with pairs."""
    return question.networks * question.nodes**2 * (2 if question.pairs else 1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question in the terms of an index; places are those of its entities."""

    outcome: int
    effect: Effect
    targets: tuple[int, ...]
    hold: Mapping[int, int]
    inducer: tuple[int, ...]

    @property
    def always(self) -> frozenset[int]:
        """The entities that belong to the subgraph whatever their influence."""
        return frozenset({*self.targets, *self.hold, *self.inducer})


def prepared(view: GraphView, lens: Lens, question: SimulationQuestion) -> Prepared:
    """Read what a question with resolved names needs; what is returned runs the ensemble.

    Raises :class:`~app.model.errors.BadInput` for an effect that can't be simulated, and where the
    outcome itself is held, tried or taken for its inducer.
    """
    asked = _asked(lens, question)
    graph = subgraph(lens, asked.outcome, asked.effect, asked.always, question.nodes)
    _need_ways(lens, graph, asked, question)
    links = {
        hop: LinkEdge(lens, hop).claims
        for hop in graph.hops.tolist()
        if lens.index.hops.role[hop] == CAUSAL
    }
    needed = sorted({claim for claims in links.values() for claim in claims[:CLAIMS_READ]})
    claims = claim_views(view, needed)
    wiring = graph.wiring({hop: _fact(lens, ids, claims) for hop, ids in links.items()})
    return Prepared(
        question=question,
        graph=graph,
        wiring=wiring,
        experiment=_experiment(graph, asked),
        named=_named(view, graph),
        claims=_claims_of_arcs(graph, links),
    )


def _asked(lens: Lens, question: SimulationQuestion) -> _Asked:
    plain = InterventionQuestion(outcome=question.outcome, effect=question.effect)
    outcome, effect = canonical_question(plain, lens.canon)
    if effect not in SIMULATED:
        known = ", ".join(sorted(SIMULATED))
        raise BadInput(
            f"{question.effect} can't be simulated for {question.outcome.name}; {known} can.",
            [FieldError("/effect", f"is none of {known}")],
        )
    place = lens.index.entities.place(outcome)
    if place is None:
        raise _unregulated(question)

    def placed(entity: NamedEntity, field: str) -> int:
        found = lens.index.entities.place(lens.canon.canonical(entity.id))
        if found is None or found == place:
            reason = "is the outcome itself" if found == place else "has no signed link"
            raise BadInput(f"{entity.name} {reason}.", [FieldError(f"/{field}", reason)])
        return found

    return _Asked(
        outcome=place,
        effect=effect,
        targets=tuple(dict.fromkeys(placed(each, "targets") for each in question.targets)),
        hold={placed(each.entity, "hold"): number(each.direction) for each in question.hold},
        inducer=tuple(dict.fromkeys(placed(each, "inducer") for each in question.inducer)),
    )


def _need_ways(lens: Lens, graph: Subgraph, asked: _Asked, question: SimulationQuestion) -> None:
    """Refuse what would be a zero without a reason: no regulator, or no way from a target."""
    if not (lens.index.hops.object[graph.hops] == asked.outcome).any():
        raise _unregulated(question)
    lost = [place for place in asked.targets if graph.lean[graph.at(place)] == 0]
    if lost:
        names = ", ".join(lens.index.entities[place] for place in lost)
        reason = f"no signed way leads from {names} to {question.outcome.name}"
        raise BadInput(f"{reason[0].upper()}{reason[1:]}.", [FieldError("/targets", reason)])


def _unregulated(question: SimulationQuestion) -> BadInput:
    return BadInput(
        f"No signed link leads to {question.outcome.name}: there is no network to run.",
        [FieldError("/outcome", "has no regulator in this graph")],
    )


def _experiment(graph: Subgraph, asked: _Asked) -> Experiment:
    hold = np.zeros(len(graph.places), dtype=np.int8)
    for place, direction in asked.hold.items():
        hold[graph.at(place)] = direction
    inducer = tuple((graph.at(place), 1) for place in asked.inducer)
    tried = [graph.at(place) for place in asked.targets] or [
        node
        for node in range(len(graph.places))
        if node != graph.outcome and not hold[node] and (node, 1) not in inducer
    ]
    if not tried:
        reason = "leaves nothing to try"
        raise BadInput(f"What is held or induces {reason}.", [FieldError("/hold", reason)])
    interventions: tuple[Changes, ...] = tuple(
        ((node, change),) for node in tried for change in (-1, 1)
    )
    return Experiment(
        watched=graph.outcome,
        wished=WISHED[asked.effect],
        induced=asked.effect is Effect.PREVENTS,
        interventions=interventions,
        hold=hold,
        lean=graph.lean,
        inducer=inducer if asked.effect is Effect.PREVENTS else (),
    )


def _fact(lens: Lens, ids: tuple[str, ...], claims: Mapping[str, ClaimView]) -> Fact:
    """Return what the claims of a link say: whether it decides, and what it is required for."""
    read = [claims[one] for one in ids[:CLAIMS_READ] if one in claims]
    required = [
        edge.condition[0].entity
        for claim in read
        if claim.outcome.relation is not None
        for edge in claim.edges[:1]
        if edge.condition
    ]
    cause = next((one for one in required if one is not None), None)
    return Fact(
        decides=any(claim.strength is not Strength.PARTIAL for claim in read) or not read,
        required_by=None
        if cause is None
        else lens.index.entities.place(lens.canon.canonical(cause)),
    )


def _named(view: GraphView, graph: Subgraph) -> dict[int, NamedEntity]:
    names = graph.names
    known = view.entities(list(names))
    return {
        node: NamedEntity(
            id=name,
            name=known[name].name if name in known else name,
            category=known[name].category if name in known else None,
        )
        for node, name in enumerate(names)
    }


def _claims_of_arcs(
    graph: Subgraph, links: Mapping[int, tuple[str, ...]]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Return the claims between each two nodes."""
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for hop, ids in links.items():
        ends = graph.ends(hop)
        found[ends] = (*found.get(ends, ()), *ids[:CLAIMS_READ])
    return found
