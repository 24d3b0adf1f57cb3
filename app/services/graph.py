"""A part of the graph for drawing: around an entity, among some, or of an answer; bounded."""

from collections.abc import Iterable, Mapping, Sequence

from app.graph.port import GraphView
from app.model.answer import (
    Intervention,
    InterventionAnswer,
    InterventionPerturbation,
    NamedEntity,
    Step,
)
from app.model.consequence import ConsequenceAnswer
from app.model.entity import Entity
from app.model.vocabulary import Aspect, Category, Side, Sign, Status, Tier
from app.reasoning.kinship import KinHop
from app.reasoning.lens import Lens, LinkEdge
from app.reasoning.signs import number
from app.services import revisions
from app.services.conflicts import Conflicts
from app.services.drawing import ClaimFacts, GraphEdge, GraphFilter, GraphNode, Subgraph, with_facts
from app.services.reasoning import Reasoner

MAX_NODES = 2000
MAX_EDGES = 5000
MAX_HOPS = 4

_SIGNS = {1: Sign.POSITIVE, -1: Sign.NEGATIVE, 0: Sign.UNSIGNED}


class Drawer:
    """Draws parts of snapshots; safe to share between threads."""

    def __init__(self, reasoner: Reasoner, conflicts: Conflicts) -> None:
        self._reasoner = reasoner
        self._conflicts = conflicts

    def around(self, view: GraphView, center: str, hops: int, which: GraphFilter) -> Subgraph:
        """Return what lies within ``hops`` links of an entity, nearest first.

        ``center`` must be known; it is drawn by its canonical id.
        """
        drawable = self._drawable(view, which)
        start = drawable.lens.canon.canonical(center)
        wanted = frozenset(which.categories)
        known = view.entities([start])
        distance = {start: 0}
        frontier, not_shown = [start], 0
        for step in range(1, hops + 1):
            drawable.read(frontier)
            others = {other for node in frontier for other in drawable.others(node)}
            known |= view.entities(sorted(others - known.keys()))
            reached: dict[str, None] = {}
            for node in frontier:
                for other in drawable.others(node):
                    if other in distance or other not in known:
                        continue
                    if not wanted or known[other].category in wanted:
                        reached[other] = None
            room = which.limit - len(distance)
            not_shown += max(0, len(reached) - room)
            frontier = list(reached)[:room]
            distance |= dict.fromkeys(frontier, step)
        return self._drawn(view, drawable, distance, known, not_shown, center=start)

    def among(self, view: GraphView, entities: Sequence[str], which: GraphFilter) -> Subgraph:
        """Return the links that these entities have with each other; unknown ids are left out."""
        drawable = self._drawable(view, which)
        ids = dict.fromkeys(drawable.lens.canon.canonical(entity) for entity in entities)
        known = view.entities(sorted(ids))
        nodes: dict[str, int | None] = {entity: None for entity in ids if entity in known}
        drawable.read(nodes)
        return self._drawn(view, drawable, nodes, known, 0, center=None)

    def of_answer(
        self, view: GraphView, answer: InterventionAnswer | ConsequenceAnswer, which: GraphFilter
    ) -> Subgraph:
        """Return the paths of an answer as a graph, best row first; in the middle is what the rows
        have in common: the outcome of interventions, the target of consequences.
        """
        lens = self._lens(view, answer.query.include_candidates)
        rows, middle = _rows(answer)
        shown = [i for i in rows if not which.tiers or i.tier in which.tiers]
        facts = ClaimFacts(view)
        nodes: dict[str, str] = {middle.id: middle.name}
        edges: dict[str, GraphEdge] = {}
        cut = answer.total > len(rows)
        for step, edge in _edges_of(view, shown, which, facts):
            new = {step.subject: step.subject_name, step.object: step.object_name}
            if len(nodes.keys() | new.keys()) > which.limit or (
                edge.id not in edges and len(edges) >= MAX_EDGES
            ):
                cut = True
                continue
            nodes = new | nodes
            edges[edge.id] = _joined(edges.get(edge.id), edge)
        known = view.entities(sorted(nodes))
        kept = {
            node
            for node in nodes
            if not which.categories or _category(known.get(node)) in which.categories
        }
        kept.add(middle.id)
        inside = [e for e in edges.values() if e.subject in kept and e.object in kept]
        conflicts = self._conflicts.of_pairs(
            view, _pairs(inside), candidates=answer.query.include_candidates
        )
        done = {target: _perturbations(shown, target) for target in kept}
        return Subgraph(
            center=middle.id,
            nodes=tuple(
                GraphNode(
                    id=node,
                    name=name,
                    category=_category(known.get(node)),
                    neighbours=lens.neighbour_count(node),
                    perturbations=done[node],
                )
                for node, name in sorted(nodes.items())
                if node in kept
            ),
            edges=(drawn := with_facts(inside, facts, conflicts)),
            organisms=_organisms(view, drawn),
            cut=cut,
            note=_note_of(answer, which) if cut else None,
            snapshot=answer.snapshot,
        )

    def _lens(self, view: GraphView, candidates: bool) -> Lens:
        return self._reasoner.index_of(view).lens(candidates=candidates, background=True)

    def _drawable(self, view: GraphView, which: GraphFilter) -> "_Drawable":
        lens = self._lens(view, _asks_candidates(which))
        return _Drawable(lens, which, ClaimFacts(view))

    def _drawn(
        self,
        view: GraphView,
        drawable: "_Drawable",
        nodes: Mapping[str, int | None],
        known: Mapping[str, Entity],
        not_shown: int,
        *,
        center: str | None,
    ) -> Subgraph:
        which, facts = drawable.which, drawable.facts
        drawable.read(nodes)
        found = drawable.among(nodes)
        if center is not None and which.outgoing is not None:
            found = [e for e in found if which.outgoing == (e.subject == center)]
        shown = found[:MAX_EDGES]
        conflicts = self._conflicts.of_pairs(
            view, _pairs(shown), candidates=_asks_candidates(which)
        )
        edges = with_facts(shown, facts, conflicts)
        return Subgraph(
            center=center,
            nodes=tuple(
                GraphNode(
                    id=node,
                    name=known[node].name if node in known else node,
                    category=_category(known.get(node)),
                    distance=away,
                    neighbours=drawable.lens.neighbour_count(node),
                )
                for node, away in nodes.items()
            ),
            edges=edges,
            organisms=_organisms(view, edges),
            cut=not_shown > 0 or len(found) > MAX_EDGES,
            not_shown=not_shown,
            note=_note(not_shown > 0, len(found), which.limit),
            snapshot=revisions.snapshot_of(view.revision),
        )


class _Drawable:
    """The links and hops of kinship that a filter lets through, by the entities they touch."""

    def __init__(self, lens: Lens, which: GraphFilter, facts: ClaimFacts) -> None:
        self.lens = lens
        self.which = which
        self.facts = facts
        self._touching: dict[str, list[GraphEdge]] = {}

    def read(self, nodes: Iterable[str]) -> None:
        """Find the edges at some nodes, surest first; claims are read where the filter asks."""
        new = [node for node in nodes if node not in self._touching]
        for node in new:
            edges = [_of_link(link) for link in self.lens.touching(node)]
            edges += [_of_kin(hop) for hop in self.lens.kin_at(node)]
            self._touching[node] = sorted(filter(self.which.lets_through, edges), key=_surest_first)
        if self.which.asks_facts:
            found = {node: self._touching[node] for node in new}
            self.facts.read(c for edges in found.values() for e in edges for c in e.claims)
            for node, edges in found.items():
                self._touching[node] = [
                    edge for edge in edges if self.which.lets_facts_through(edge, self.facts)
                ]

    def others(self, node: str) -> list[str]:
        """Return the other ends of the edges at a node, in their order."""
        outgoing = self.which.outgoing
        return [
            e.object if e.subject == node else e.subject
            for e in self._touching[node]
            if outgoing is None or outgoing == (e.subject == node)
        ]

    def among(self, nodes: Iterable[str]) -> list[GraphEdge]:
        """Return the edges that have both ends among ``nodes``, in their order."""
        inside = set(nodes)
        found = {
            edge.id: edge
            for node in inside
            for edge in self._touching[node]
            if edge.subject in inside and edge.object in inside
        }
        return sorted(found.values(), key=_surest_first)


def _asks_candidates(which: GraphFilter) -> bool:
    return not which.statuses or Status.CANDIDATE in which.statuses


def _edges_of(
    view: GraphView,
    interventions: Sequence[Intervention],
    which: GraphFilter,
    facts: ClaimFacts,
) -> list[tuple[Step, GraphEdge]]:
    """Return the steps of an answer's paths that the filter lets through, with their edges."""
    tiered = [
        (step, path.tier or found.tier)
        for found in interventions
        for path in found.paths
        for step in path.steps
    ]
    ids = sorted({claim for step, _ in tiered for claim in step.claims})
    statuses = {key: stored.state.status for key, stored in view.claims(ids).items()}
    if which.asks_facts:
        facts.read(ids)
    found = [(step, _of_step(step, tier, statuses)) for step, tier in tiered]
    return [
        (step, edge)
        for step, edge in found
        if which.lets_through(edge) and which.lets_facts_through(edge, facts)
    ]


def _joined(held: GraphEdge | None, edge: GraphEdge) -> GraphEdge:
    """Return an edge with the tiers of all paths that go by it."""
    if held is None:
        return edge
    tiers = [tier for tier in Tier if tier in (*held.tiers, *edge.tiers)]
    return held.model_copy(
        update={"tiers": tuple(tiers), "matched": bool(held.matched or edge.matched)}
    )


def _perturbations(
    interventions: Iterable[Intervention], target: str
) -> tuple[InterventionPerturbation, ...]:
    each = {
        (one.perturbation.type, one.perturbation.direction): one.perturbation
        for one in interventions
        if one.target.id == target
    }
    return tuple(each.values())


def _pairs(edges: Iterable[GraphEdge]) -> set[tuple[str, str]]:
    return {(edge.subject, edge.object) for edge in edges if edge.kinship is None}


def _category(entity: Entity | None) -> Category:
    return entity.category if entity else Category.NAMED_THING


def _organisms(view: GraphView, edges: Iterable[GraphEdge]) -> tuple[NamedEntity, ...]:
    ids = sorted({organism for edge in edges for organism in edge.organisms})
    known = view.entities(ids)
    return tuple(NamedEntity(id=one, name=known[one].name if one in known else one) for one in ids)


def _surest_first(edge: GraphEdge) -> tuple[object, ...]:
    ends = (edge.subject, edge.object, number(edge.sign))
    kin = edge.kinship or ""
    return (bool(kin), -edge.belief, *ends, edge.side or "", edge.aspect or "", kin)


def _of_kin(hop: KinHop) -> GraphEdge:
    return GraphEdge(
        id=_edge_id(hop.subject, hop.object, _SIGNS[hop.sign], None, None, hop.name),
        subject=hop.subject,
        object=hop.object,
        sign=_SIGNS[hop.sign],
        belief=1.0,
        kinship=hop.name,
    )


def _of_link(link: LinkEdge) -> GraphEdge:
    key = link.key
    sign = _SIGNS[key.sign]
    return GraphEdge(
        id=_edge_id(key.subject, key.object, sign, key.aspect, key.side, None),
        subject=key.subject,
        object=key.object,
        sign=sign,
        aspect=key.aspect,
        side=key.side,
        belief=link.belief,
        claims=link.claims,
        statuses=link.statuses,
    )


def _of_step(step: Step, tier: Tier, statuses: Mapping[str, Status]) -> GraphEdge:
    return GraphEdge(
        id=_edge_id(step.subject, step.object, step.sign, step.aspect, step.side, step.kinship),
        subject=step.subject,
        object=step.object,
        sign=step.sign,
        aspect=step.aspect,
        side=step.side,
        belief=step.belief,
        claims=step.claims,
        statuses=_each_once(statuses[claim] for claim in step.claims if claim in statuses),
        kinship=step.kinship,
        tiers=(tier,),
        matched=step.matched,
    )


def _each_once(statuses: Iterable[Status]) -> tuple[Status, ...]:
    return tuple(dict.fromkeys(sorted(statuses)))


def _edge_id(
    subject: str,
    target: str,
    sign: Sign,
    aspect: Aspect | None,
    side: Side | None,
    kinship: str | None,
) -> str:
    return "|".join((subject, sign, target, aspect or "", side or "", kinship or ""))


def _rows(
    answer: InterventionAnswer | ConsequenceAnswer,
) -> tuple[Sequence[Intervention], NamedEntity]:
    if isinstance(answer, ConsequenceAnswer):
        return answer.consequences, answer.target
    return answer.interventions, answer.query.outcome


def _note_of(answer: InterventionAnswer | ConsequenceAnswer, which: GraphFilter) -> str:
    shown = len(_rows(answer)[0])
    what = "consequences" if isinstance(answer, ConsequenceAnswer) else "interventions"
    if answer.total > shown:
        return f"The paths of the first {shown} {what} are drawn, of {answer.total}."
    return f"Only {which.limit} nodes are drawn; ask for more with limit, or filter."


def _note(cut: bool, edges: int, limit: int) -> str | None:
    if edges > MAX_EDGES:
        return f"Only the {MAX_EDGES} links of the highest belief are drawn, of {edges}."
    if cut:
        return f"Only {limit} nodes are drawn; ask for more with limit, or filter."
    return None
