"""The index: what the kernel searches, built from a snapshot of the store.

Edges of several claims between the same two canonical entities, with the same sign, side and
aspect, are one *link* of the index. A :class:`Lens` is the index as one kind of question sees it:
with or without candidates, with or without background.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from app.model.article import ArticleFacts
from app.model.edge import StoredEdge
from app.model.entity import EntityRelation
from app.model.vocabulary import Aspect, Category, Epistemic, Side, Status
from app.reasoning.belief import against, combine, independent_groups, reliability
from app.reasoning.canon import OPPOSITE_ASPECT, OPPOSITE_SIDE, Canon
from app.reasoning.kinship import KinHop, kin_hops
from app.reasoning.signs import number

T = TypeVar("T")

BESIDE = frozenset({Epistemic.BACKGROUND, Epistemic.HYPOTHESIS})
"""What is shown beside an answer and carries no path unless asked for."""


@dataclass(frozen=True, slots=True)
class LinkKey:
    """What makes edges one link."""

    subject: str
    object: str
    sign: int
    side: Side | None
    aspect: Aspect | None

    @property
    def order(self) -> tuple[str, str, int, str, str]:
        """A total order that does not depend on the order of ingestion."""
        return (self.subject, self.object, self.sign, self.side or "", self.aspect or "")


@dataclass(frozen=True, slots=True, eq=False)
class LinkEdge:
    """A signed link of the index, with the edges that carry it, most reliable first.

    A lens holds one object for each key, so that identity is equality.
    """

    key: LinkKey
    edges: tuple[StoredEdge, ...]
    belief: float

    @property
    def claims(self) -> tuple[str, ...]:
        """All claims that carry the link, most reliable first."""
        return tuple(dict.fromkeys(edge.claim for edge in self.edges))


@dataclass(frozen=True)
class Lens:
    """The index as one kind of question sees it."""

    canon: Canon
    links: Mapping[LinkKey, LinkEdge]
    kin: tuple[KinHop, ...]

    @cached_property
    def outgoing(self) -> dict[str, tuple[LinkEdge, ...]]:
        """Signed links by subject; self-loops and unsigned links are on no signed path."""
        return _grouped(self._searched, lambda link: link.key.subject)

    @cached_property
    def incoming(self) -> dict[str, tuple[LinkEdge, ...]]:
        """The same, by object."""
        return _grouped(self._searched, lambda link: link.key.object)

    @cached_property
    def kin_from(self) -> dict[str, tuple[KinHop, ...]]:
        """Hops of kinship by subject."""
        return _grouped(self.kin, lambda hop: hop.subject)

    @cached_property
    def kin_to(self) -> dict[str, tuple[KinHop, ...]]:
        """Hops of kinship by object."""
        return _grouped(self.kin, lambda hop: hop.object)

    @property
    def _searched(self) -> list[LinkEdge]:
        return [
            link
            for link in self.links.values()
            if link.key.sign != 0 and link.key.subject != link.key.object
        ]


def _grouped(items: Iterable[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return {name: tuple(group) for name, group in found.items()}


@dataclass(frozen=True)
class Index:
    """All that reasoning reads of one snapshot, but for the claims themselves."""

    canon: Canon
    kin: tuple[KinHop, ...]
    edges: tuple[StoredEdge, ...]
    groups: Mapping[str, str]
    _lenses: dict[tuple[bool, bool], Lens] = field(default_factory=dict)

    def lens(self, *, candidates: bool, background: bool) -> Lens:
        """Return the index as a question with these settings sees it."""
        wanted = (candidates, background)
        lens = self._lenses.get(wanted)
        if lens is None:
            statuses = {Status.ACCEPTED, Status.CANDIDATE} if candidates else {Status.ACCEPTED}
            seen = [
                edge
                for edge in self.edges
                if edge.status in statuses and (background or edge.epistemic not in BESIDE)
            ]
            lens = Lens(self.canon, _links(seen, self.canon, self.groups), self.kin)
            self._lenses[wanted] = lens
        return lens


def build_index(
    edges: Iterable[StoredEdge],
    relations: Iterable[EntityRelation],
    categories: Mapping[str, Category],
    articles: Mapping[str, ArticleFacts],
) -> Index:
    """Build the index of a snapshot; edges of retracted articles are left out."""
    relations = tuple(relations)
    canon = Canon(relations)
    kept = tuple(
        edge
        for edge in edges
        if edge.article_id is None
        or edge.article_id not in articles
        or not articles[edge.article_id].retracted
    )
    groups = independent_groups({facts.id: facts.authors for facts in articles.values()})
    return Index(canon, kin_hops(relations, categories, canon), kept, groups)


def canonical_key(edge: StoredEdge, canon: Canon) -> LinkKey:
    """Return an edge in canonical terms: opposites turn signs and map sides and aspects."""
    subject, target = canon.meaning(edge.edge.subject), canon.meaning(edge.edge.object)
    aspect = edge.edge.aspect
    side = edge.edge.side
    return LinkKey(
        subject=subject.id,
        object=target.id,
        sign=number(edge.edge.sign) * subject.sign * target.sign,
        side=OPPOSITE_SIDE[side] if subject.sign < 0 else side,
        aspect=OPPOSITE_ASPECT[aspect] if target.opposite else aspect,
    )


def _links(
    edges: Iterable[StoredEdge], canon: Canon, groups: Mapping[str, str]
) -> dict[LinkKey, LinkEdge]:
    by_key: dict[LinkKey, list[StoredEdge]] = defaultdict(list)
    for edge in edges:
        by_key[canonical_key(edge, canon)].append(edge)
    strength = {
        key: combine(_best_by_group(members, groups))
        for key, members in sorted(by_key.items(), key=lambda item: item[0].order)
    }
    opposite: dict[tuple[str, str, int], float] = defaultdict(float)
    for key, belief in strength.items():
        pair = (key.subject, key.object, key.sign)
        opposite[pair] = max(opposite[pair], belief)
    return {
        key: LinkEdge(
            key=key,
            edges=tuple(sorted(by_key[key], key=lambda e: (-reliability(e), e.claim))),
            belief=against(
                strength[key],
                opposite.get((key.subject, key.object, -key.sign), 0.0) if key.sign else 0.0,
            ),
        )
        for key in strength
    }


def _best_by_group(edges: Iterable[StoredEdge], groups: Mapping[str, str]) -> dict[str, float]:
    """Return for each group of papers its best reliability; an edge without paper is its own."""
    best: dict[str, float] = {}
    for edge in edges:
        paper = edge.article_id or edge.claim
        group = groups.get(paper, paper)
        best[group] = max(best.get(group, 0.0), reliability(edge))
    return best
