"""Random small graphs, and every signed path in them by brute force."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

import numpy as np
from hypothesis import strategies as st

from app.model.edge import Edge, StoredEdge
from app.model.entity import EntityRelation
from app.model.vocabulary import (
    Aspect,
    Category,
    Epistemic,
    EvidenceType,
    RelationType,
    Side,
    Sign,
    Status,
)
from app.reasoning.belief import KINSHIP_BELIEF
from app.reasoning.index import build_index
from app.reasoning.lens import Lens, Lenses, LinkEdge
from app.reasoning.search import Hop, Search, Walk
from app.reasoning.signs import is_matched
from tests.reasoning.columns import columns_of

NODES = "ABCDEF"

stored_edges = st.builds(
    lambda claim, article, epistemic, subject, object_, sign, side, aspect: StoredEdge(
        claim=f"{claim:064x}",
        paper=f"ART:{article}",
        status=Status.ACCEPTED,
        epistemic=epistemic,
        evidence=EvidenceType.LOSS_OF_FUNCTION,
        confidence=1.0,
        edge=Edge(
            subject=subject, object=object_, sign=sign, side=side, aspect=aspect, rule="test"
        ),
        rule_version=1,
    ),
    st.integers(0, 1 << 30),
    st.integers(1, 4),
    st.sampled_from([Epistemic.DEMONSTRATED, Epistemic.SUMMARY, Epistemic.INTERPRETATION]),
    st.sampled_from(NODES),
    st.sampled_from(NODES),
    st.sampled_from(list(Sign)),
    st.sampled_from([None, *Side]),
    st.sampled_from([None, *Aspect]),
)

kinships = st.builds(
    lambda subject, object_, type_, role: EntityRelation(
        subject=subject, type=type_, object=object_, role=role, source="test"
    ),
    st.sampled_from(NODES),
    st.sampled_from("AAAF" + NODES),
    st.sampled_from([RelationType.MEMBER_OF, RelationType.IS_A]),
    st.sampled_from([None, Sign.POSITIVE, Sign.NEGATIVE]),
)

graphs = st.tuples(st.lists(stored_edges, min_size=2, max_size=16), st.lists(kinships, max_size=5))


def index_of(edges: list[StoredEdge], relations: list[EntityRelation] | None = None) -> Lenses:
    """Build an index; ``F`` is a gene family, everything else a pathway."""
    categories = dict.fromkeys(NODES, Category.PATHWAY) | {"F": Category.GENE_FAMILY}
    return Lenses(build_index(columns_of(edges), relations or [], categories, {}))


@dataclass(frozen=True)
class Wish:
    """What a search is for, in names."""

    targets: frozenset[str]
    arriving: frozenset[int]
    max_hops: int
    matched_only: bool = False
    aspects: tuple[Aspect | None, ...] = (None, *Aspect)
    avoid: frozenset[str] = frozenset()
    via: frozenset[str] = frozenset()
    min_belief: float = 0.0

    def search(self, lens: Lens) -> Search:
        """Return the search for it."""
        entities = lens.index.entities
        allowed = np.array([name not in self.avoid for name in entities], dtype=np.bool_)
        return Search(
            lens,
            [place for place, name in enumerate(entities) if name in self.targets],
            sorted(self.arriving),
            self.max_hops,
            self.matched_only,
            self.aspects,
            allowed,
            [place for place, name in enumerate(entities) if name in self.via],
            self.min_belief,
        )


Taken = tuple[tuple[str, ...], int]
"""A hop as the oracle names it: what breaks ties, and its cost."""


Path = tuple[int, int, list[tuple[str, ...]]]
"""A path as the oracle names it: cost, number of hops, and its hops' names."""


def brute_force(lens: Lens, wish: Wish, source: str, change: int) -> list[Path]:
    """Find every path by trying everything, in the kernel's order."""
    oracle = _Oracle(lens, wish)
    if source not in wish.targets or len(wish.targets) > 1:
        oracle.walk(source, change, [], [source], may_end=False)
    return sorted(oracle.found)


class _Oracle:
    def __init__(self, lens: Lens, wish: Wish) -> None:
        self.wish = wish
        self.found: list[Path] = []
        self.links = [(link.key, link.belief) for link in lens.links() if link.key.sign != 0]
        self.kin = {hop for node in NODES for hop in lens.kin_at(node)}

    def walk(self, at: str, now: int, path: list[Taken], seen: list[str], *, may_end: bool) -> None:
        """Try every hop; ``may_end``: the last one was causal and of an admitted aspect."""
        if len(path) == self.wish.max_hops:
            return
        for key, belief in self.links:
            cost = _cost(belief, is_matched(now, key.side), self.wish)
            if key.subject == at and key.object not in seen and cost is not None:
                taken = [*path, (tuple(str(part) for part in key.order), cost)]
                admitted = key.aspect in self.wish.aspects
                if admitted:
                    self.end(key.object, now * key.sign, taken, seen)
                self.go_on(key.object, now * key.sign, taken, seen, may_end=admitted)
        for hop in self.kin:
            cost = _cost(KINSHIP_BELIEF, hop.is_matched(now), self.wish)
            if hop.subject == at and hop.object not in seen and cost is not None:
                taken = [*path, ((hop.subject, hop.object, str(hop.sign), hop.name, ""), cost)]
                if may_end:
                    self.end(hop.object, now * hop.sign, taken, seen)
                if not path and not hop.outcome_side:
                    self.go_on(hop.object, now * hop.sign, taken, seen, may_end=False)

    def end(self, at: str, now: int, path: list[Taken], seen: list[str]) -> None:
        """Note a path that arrives, if it does."""
        wish = self.wish
        if at in wish.targets and now in wish.arriving and wish.via <= set(seen[1:]):
            names = [name for name, _ in path]
            self.found.append((sum(cost for _, cost in path), len(path), names))

    def go_on(
        self, at: str, now: int, path: list[Taken], seen: list[str], *, may_end: bool
    ) -> None:
        """Walk on from an entity that may lie between the ends."""
        wish = self.wish
        if at not in wish.avoid and (at not in wish.targets or len(wish.targets) > 1):
            self.walk(at, now, path, [*seen, at], may_end=may_end)


def _cost(belief: float, matched: bool, wish: Wish) -> int | None:
    if belief < wish.min_belief or (wish.matched_only and not matched):
        return None
    return round(-log(belief) * 1e6) + (0 if matched else round(log(2) * 1e6))


def named(walks: Iterable[Walk]) -> list[Path]:
    """Return walks as the oracle names them."""
    return [(w.cost, len(w.hops), [_name(hop) for hop in w.hops]) for w in walks]


def _name(hop: Hop) -> tuple[str, ...]:
    via = hop.via
    if isinstance(via, LinkEdge):
        return tuple(str(part) for part in via.key.order)
    return (via.subject, via.object, str(via.sign), via.name, "")
