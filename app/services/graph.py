"""A part of the graph for drawing: around an entity, or of an answer; bounded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.graph.port import GraphView
from app.model.answer import InterventionAnswer, Step
from app.model.base import Frozen
from app.model.history import Snapshot
from app.model.vocabulary import Aspect, Category, Side, Sign, Status
from app.reasoning.kinship import KinHop
from app.reasoning.lens import Lens, Lenses, LinkEdge
from app.reasoning.signs import number
from app.services import revisions
from app.services.reasoning import Reasoner

MAX_NODES = 500
MAX_EDGES = 2000
MAX_HOPS = 4

_SIGNS = {1: Sign.POSITIVE, -1: Sign.NEGATIVE, 0: Sign.UNSIGNED}


class GraphNode(Frozen):
    """An entity of the drawing; ``distance`` counts hops from the centre, null in an answer."""

    id: str
    name: str
    category: Category
    distance: int | None = None


class GraphEdge(Frozen):
    """A signed link of the drawing with the claims that carry it.

    ``kinship`` names the membership of a link that no claim carries. ``statuses`` are those of
    the claims, each once.
    """

    id: str
    subject: str
    object: str
    sign: Sign
    aspect: Aspect | None = None
    side: Side | None = None
    belief: float
    claims: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    kinship: str | None = None


class Subgraph(Frozen):
    """Nodes and edges for drawing; ``cut`` says that bounds left some out, ``note`` which."""

    center: str | None
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    cut: bool
    note: str | None
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class GraphFilter:
    """Which links are drawn; an empty part does not restrict.

    Kinship is drawn unless signs, statuses or a belief are asked for that it has not.
    """

    signs: tuple[Sign, ...] = ()
    categories: tuple[Category, ...] = ()
    statuses: tuple[Status, ...] = (Status.ACCEPTED,)
    min_belief: float = 0.0
    limit: int = 100


def around(
    reasoner: Reasoner, view: GraphView, center: str, hops: int, which: GraphFilter
) -> Subgraph:
    """Return what lies within ``hops`` links of an entity, in either direction, nearest first.

    ``center`` must be known; it is drawn by its canonical id.
    """
    index = reasoner.index_of(view)
    lens = _lens(index, which.statuses)
    start = lens.canon.canonical(center)
    drawable = _Drawable(lens, which)
    wanted = frozenset(which.categories)
    known = view.entities([start])
    distance = {start: 0}
    cut = False
    frontier = [start]
    for step in range(1, hops + 1):
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
        cut = cut or len(reached) > room
        frontier = list(reached)[:room]
        distance |= dict.fromkeys(frontier, step)
    shown = drawable.among(distance)
    return Subgraph(
        center=start,
        nodes=tuple(
            GraphNode(
                id=node,
                name=known[node].name if node in known else node,
                category=known[node].category if node in known else Category.NAMED_THING,
                distance=away,
            )
            for node, away in distance.items()
        ),
        edges=tuple(shown[:MAX_EDGES]),
        cut=cut or len(shown) > MAX_EDGES,
        note=_note(cut, len(shown), which.limit),
        snapshot=revisions.snapshot_of(view.revision),
    )


def of_answer(view: GraphView, answer: InterventionAnswer, which: GraphFilter) -> Subgraph:
    """Return the paths of an answer as a graph, best intervention first."""
    steps = [
        step
        for intervention in answer.interventions
        for path in intervention.paths
        for step in path.steps
    ]
    edges: dict[str, GraphEdge] = {}
    nodes: dict[str, str] = {answer.query.outcome.id: answer.query.outcome.name}
    statuses = _statuses(view, steps)
    cut = answer.total > len(answer.interventions)
    for step in steps:
        edge = _of_step(step, statuses)
        if not _wanted(edge, which):
            continue
        new = {step.subject: step.subject_name, step.object: step.object_name}
        if len(nodes.keys() | new.keys()) > which.limit or len(edges) >= MAX_EDGES:
            cut = True
            continue
        nodes = new | nodes
        edges.setdefault(edge.id, edge)
    known = view.entities(sorted(nodes))
    categories = {
        node: known[node].category if node in known else Category.NAMED_THING for node in nodes
    }
    kept = {n for n in nodes if not which.categories or categories[n] in which.categories}
    kept.add(answer.query.outcome.id)
    return Subgraph(
        center=answer.query.outcome.id,
        nodes=tuple(
            GraphNode(id=node, name=name, category=categories[node])
            for node, name in sorted(nodes.items())
            if node in kept
        ),
        edges=tuple(e for e in edges.values() if e.subject in kept and e.object in kept),
        cut=cut,
        note=_note(cut, len(edges), which.limit),
        snapshot=answer.snapshot,
    )


def _lens(index: Lenses, statuses: Sequence[Status]) -> Lens:
    return index.lens(candidates=not statuses or Status.CANDIDATE in statuses, background=True)


class _Drawable:
    """The links and hops of kinship that a filter lets through, by the entities they touch."""

    def __init__(self, lens: Lens, which: GraphFilter) -> None:
        self._lens = lens
        self._which = which
        self._touching: dict[str, list[GraphEdge]] = {}

    def touching(self, node: str) -> list[GraphEdge]:
        """Return the edges at a node: links first, the surest before the others."""
        found = self._touching.get(node)
        if found is None:
            edges = [_of_link(link) for link in self._lens.touching(node)]
            edges += [_of_kin(hop) for hop in self._lens.kin_at(node)]
            found = [
                edge for edge in sorted(edges, key=_surest_first) if _wanted(edge, self._which)
            ]
            self._touching[node] = found
        return found

    def others(self, node: str) -> list[str]:
        """Return the other ends of the edges at a node, in their order."""
        return [e.object if e.subject == node else e.subject for e in self.touching(node)]

    def among(self, nodes: Iterable[str]) -> list[GraphEdge]:
        """Return the edges that have both ends among ``nodes``, in their order."""
        inside = set(nodes)
        found = {
            edge.id: edge
            for node in inside
            for edge in self.touching(node)
            if edge.subject in inside and edge.object in inside
        }
        return sorted(found.values(), key=_surest_first)


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


def _wanted(edge: GraphEdge, which: GraphFilter) -> bool:
    if which.signs and edge.sign not in which.signs:
        return False
    if edge.belief < which.min_belief:
        return False
    if edge.kinship is not None:
        return True
    return not which.statuses or bool(set(edge.statuses) & set(which.statuses))


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


def _of_step(step: Step, statuses: Mapping[str, Status]) -> GraphEdge:
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
    )


def _statuses(view: GraphView, steps: Iterable[Step]) -> dict[str, Status]:
    ids = sorted({claim for step in steps for claim in step.claims})
    return {key: stored.state.status for key, stored in view.claims(ids).items()}


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


def _note(cut: bool, edges: int, limit: int) -> str | None:
    if edges > MAX_EDGES:
        return f"Only the {MAX_EDGES} links of the highest belief are drawn, of {edges}."
    if cut:
        return f"Only {limit} nodes are drawn; ask for more with limit, or filter."
    return None
