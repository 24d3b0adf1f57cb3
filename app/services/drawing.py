"""What a drawing of the graph is made of, and which links a filter lets into it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.graph.port import GraphView
from app.model.answer import InterventionPerturbation, NamedEntity
from app.model.base import Frozen
from app.model.conflict import EdgeConflict
from app.model.history import Snapshot
from app.model.vocabulary import (
    Aspect,
    Category,
    ContextType,
    Side,
    Sign,
    Status,
    Tier,
)


class GraphNode(Frozen):
    """An entity of the drawing.

    ``distance`` counts hops from the centre, null where there is none. ``neighbours`` counts the
    entities that stand next to it in the whole graph, before signs, categories and the like are
    filtered. In an answer ``perturbations`` are what its interventions do to the entity.
    """

    id: str
    name: str
    category: Category
    distance: int | None = None
    neighbours: int = 0
    perturbations: tuple[InterventionPerturbation, ...] = ()


class GraphEdge(Frozen):
    """A signed link of the drawing with the claims that carry it.

    ``kinship`` names the membership of a link that no claim carries. ``statuses`` are those of
    the claims, each once; ``years`` those in which their articles appeared, ``organisms`` the ids
    of those that they were shown in. In an answer ``tiers`` are those of the paths that go by the
    edge, and ``matched`` says whether one of them goes by it without extrapolating.
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
    years: tuple[int, ...] = ()
    organisms: tuple[str, ...] = ()
    conflict: EdgeConflict | None = None
    tiers: tuple[Tier, ...] = ()
    matched: bool | None = None


class Subgraph(Frozen):
    """Nodes and edges for drawing.

    ``cut`` says that bounds left some out, ``note`` which, ``not_shown`` how many neighbours that
    pass the filters. ``organisms`` names those of the edges.
    """

    center: str | None
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    organisms: tuple[NamedEntity, ...] = ()
    cut: bool
    not_shown: int = 0
    note: str | None
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class GraphFilter:
    """Which links are drawn; an empty part does not restrict.

    A link passes if any of its claims is of the statuses, any appeared within the years, and any
    was shown in the organisms. Kinship is drawn unless signs or a belief are asked for that it has
    not. ``outgoing`` asks for links from the centre (true) or to it (false), ``tiers`` for the
    paths of an answer of these.
    """

    signs: tuple[Sign, ...] = ()
    categories: tuple[Category, ...] = ()
    statuses: tuple[Status, ...] = (Status.ACCEPTED,)
    min_belief: float = 0.0
    years: tuple[int | None, int | None] = (None, None)
    organisms: tuple[str, ...] = ()
    outgoing: bool | None = None
    tiers: tuple[Tier, ...] = ()
    limit: int = 100

    @property
    def asks_facts(self) -> bool:
        """Whether claims must be read to tell which links pass."""
        return self.years != (None, None) or bool(self.organisms)

    def lets_through(self, edge: GraphEdge) -> bool:
        """Tell whether an edge passes by what it says itself: sign, belief, statuses."""
        if self.signs and edge.sign not in self.signs:
            return False
        if edge.belief < self.min_belief:
            return False
        if edge.kinship is not None:
            return True
        return not self.statuses or bool(set(edge.statuses) & set(self.statuses))

    def lets_facts_through(self, edge: GraphEdge, facts: "ClaimFacts") -> bool:
        """Tell whether an edge passes by what its claims say of year and organism."""
        if edge.kinship is not None or not self.asks_facts:
            return True
        first, last = self.years
        years = facts.years(edge.claims)
        if first is not None:
            years = tuple(year for year in years if year >= first)
        if last is not None:
            years = tuple(year for year in years if year <= last)
        if self.years != (None, None) and not years:
            return False
        return not self.organisms or bool(set(self.organisms) & set(facts.organisms(edge.claims)))


@dataclass(slots=True)
class ClaimFacts:
    """When the articles of claims appeared, and in which organisms claims were shown.

    Claims are read once, many at a time; what was not read has neither.
    """

    view: GraphView
    _of: dict[str, tuple[int | None, tuple[str, ...]]] = field(default_factory=dict)

    def read(self, claims: Iterable[str]) -> None:
        """Read those of these claims that are not there yet."""
        wanted = sorted(set(claims) - self._of.keys())
        if not wanted:
            return
        stored = self.view.claims(wanted)
        articles = sorted({one.article_id for one in stored.values() if one.article_id})
        facts = self.view.article_facts(articles)
        for key, one in stored.items():
            article = facts.get(one.article_id or "")
            shown_in = {
                item.groundings[0].id
                for item in one.claim.context
                if item.type is ContextType.ORGANISM and item.groundings
            }
            self._of[key] = (article.year if article else None, tuple(sorted(shown_in)))

    def years(self, claims: Sequence[str]) -> tuple[int, ...]:
        """Return the years of the claims' articles, sorted, each once."""
        found = {self._of[one][0] for one in claims if one in self._of}
        return tuple(sorted(year for year in found if year is not None))

    def organisms(self, claims: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of the organisms that the claims were shown in, sorted, each once."""
        return tuple(sorted({name for c in claims if c in self._of for name in self._of[c][1]}))


def with_facts(
    edges: Iterable[GraphEdge],
    facts: ClaimFacts,
    conflicts: Mapping[tuple[str, str], EdgeConflict],
) -> tuple[GraphEdge, ...]:
    """Return edges with the years and organisms of their claims and what is in conflict on them."""
    edges = tuple(edges)
    facts.read(claim for edge in edges for claim in edge.claims)
    return tuple(
        edge.model_copy(
            update={
                "years": facts.years(edge.claims),
                "organisms": facts.organisms(edge.claims),
                "conflict": None
                if edge.sign is Sign.UNSIGNED
                else conflicts.get((edge.subject, edge.object)),
            }
        )
        if edge.kinship is None
        else edge
        for edge in edges
    )
