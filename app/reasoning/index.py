"""The index: what the kernel searches, built from a snapshot of the store.

Edges of several claims between the same two canonical entities, with the same sign, side and
aspect, are one *link* of the index. All of it is arrays, so that a file can hold it and many
processes share it. :mod:`app.reasoning.lens` shows it as one kind of question sees it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.model.article import ArticleFacts
from app.model.edge_columns import ASPECTS, NO_ARTICLE, SIDES, EdgeColumns
from app.model.entity import EntityRelation
from app.model.vocabulary import Category
from app.reasoning.belief import independent_groups, reliabilities
from app.reasoning.canon import OPPOSITE_ASPECT, OPPOSITE_SIDE, Canon
from app.reasoning.columns import Bytes, Floats, Ints, Rows, joined, taken
from app.reasoning.hops import Hops, kin_table, links_table, sort_keys
from app.reasoning.kinship import KinHop, kin_hops
from app.reasoning.names import Names

_SIDE_OF_OPPOSITE = np.array([SIDES.index(OPPOSITE_SIDE[side]) for side in SIDES], dtype=np.int8)
_ASPECT_OF_OPPOSITE = np.array(
    [ASPECTS.index(OPPOSITE_ASPECT[aspect]) for aspect in ASPECTS], dtype=np.int8
)


@dataclass(frozen=True, slots=True)
class IndexEdges:
    """The edges of the index, sorted by hop, within a hop the most reliable first.

    ``claim`` is a place in the index's claims, ``article`` in its articles
    (:data:`NO_ARTICLE` where there is none), and ``group`` the number of the independent group of
    papers that the claim counts in. The rest are codes of :mod:`app.model.edge_columns`.
    """

    hop: Ints
    claim: Ints
    article: Ints
    group: Ints
    status: Bytes
    epistemic: Bytes
    evidence: Bytes
    confidence: Floats

    @property
    def reliability(self) -> Floats:
        """How reliable the claim of each edge is by itself."""
        return reliabilities(self.status, self.epistemic, self.evidence, self.confidence)


@dataclass(frozen=True, slots=True)
class Index:
    """All that reasoning reads of one snapshot, but for the claims themselves.

    ``out`` and ``into`` delimit the hops from and to each entity: those from entity ``e`` are
    ``out[e]`` up to ``out[e + 1]``, those to it stand in ``coming`` from ``into[e]`` up to
    ``into[e + 1]``. ``first_edge`` delimits the edges of each hop in the same way.
    """

    canon: Canon
    entities: Names
    claims: NDArray[np.uint8]
    hops: Hops
    edges: IndexEdges
    out: Ints
    into: Ints
    coming: Ints
    first_edge: Ints

    def claim_id(self, place: int) -> str:
        """Return the id of the claim at a place."""
        return self.claims[place].tobytes().hex()


def build_index(
    columns: EdgeColumns,
    relations: Iterable[EntityRelation],
    categories: Mapping[str, Category],
    articles: Mapping[str, ArticleFacts],
) -> Index:
    """Build the index of a snapshot; edges of retracted articles are left out.

    ``categories`` are those of the objects of ``relations``; ``articles`` has the facts of the
    articles that edges name, by internal id.
    """
    relations = tuple(relations)
    canon = Canon(relations)
    kin = kin_hops(relations, categories, canon)
    kept = _standing(columns, articles)
    links, entities = _canonical_links(columns, kept, canon, kin)
    place = {end: entities.at(end) for hop in kin for end in (hop.subject, hop.object)}
    edges = IndexEdges(
        hop=np.zeros(len(kept), dtype=np.int32),
        claim=columns.claim[kept],
        article=columns.article[kept],
        group=_groups(columns, kept, articles),
        status=columns.status[kept],
        epistemic=columns.epistemic[kept],
        evidence=columns.evidence[kept],
        confidence=columns.confidence[kept],
    )
    return _indexed(canon, entities, columns.claims, kin_table(kin, place), links, edges)


def _standing(columns: EdgeColumns, articles: Mapping[str, ArticleFacts]) -> Rows:
    """Return the rows whose article is not retracted."""
    retracted = np.zeros(len(columns.articles) + 1, dtype=bool)
    for place, article in enumerate(columns.articles):
        retracted[place] = article in articles and articles[article].retracted
    return np.flatnonzero(~retracted[columns.article])  # The last entry stands for no article.


def _canonical_links(
    columns: EdgeColumns, kept: Rows, canon: Canon, kin: Sequence[KinHop]
) -> tuple[Hops, Names]:
    """Return the edges' links in canonical terms, and the names that these point into.

    Opposites turn signs and map sides and aspects.
    """
    meanings = [canon.meaning(entity) for entity in columns.entities]
    ends = np.zeros(len(meanings), dtype=bool)
    ends[columns.subject[kept]] = True
    ends[columns.object[kept]] = True
    used = {meaning.id for meaning, there in zip(meanings, ends, strict=True) if there}
    entities = Names.of(used | {end for hop in kin for end in (hop.subject, hop.object)})
    place = {name: number for number, name in enumerate(entities)}
    to = np.array([place.get(meaning.id, -1) for meaning in meanings], dtype=np.int32)
    turn = np.array([meaning.sign for meaning in meanings], dtype=np.int8)
    opposite = np.array([meaning.opposite for meaning in meanings], dtype=bool)
    subject, target = columns.subject[kept], columns.object[kept]
    side, aspect = columns.side[kept], columns.aspect[kept]
    links = links_table(
        subject=to[subject],
        target=to[target],
        sign=columns.sign[kept] * turn[subject] * turn[target],
        side=np.where(turn[subject] < 0, _SIDE_OF_OPPOSITE[side], side),
        aspect=np.where(opposite[target], _ASPECT_OF_OPPOSITE[aspect], aspect),
    )
    return links, entities


def _groups(
    columns: EdgeColumns, kept: Rows, articles: Mapping[str, ArticleFacts]
) -> Ints:
    """Return each row's independent group; a claim without an article is a group by itself."""
    known = {name: articles[name].authors for name in columns.articles if name in articles}
    roots = independent_groups(known)
    names = [roots.get(article, article) for article in columns.articles]
    ranks = {name: rank for rank, name in enumerate(sorted(set(names)), start=len(columns.claims))}
    of_article = np.array([*(ranks[name] for name in names), NO_ARTICLE], dtype=np.int32)
    group = of_article[columns.article[kept]]
    return np.where(group == NO_ARTICLE, columns.claim[kept], group)


def _indexed(
    canon: Canon,
    entities: Names,
    claims: NDArray[np.uint8],
    kin: Hops,
    links: Hops,
    edges: IndexEdges,
) -> Index:
    """Sort the hops, put each edge to its hop, and make the tables of who leads where."""
    link_keys = sort_keys(links, len(entities))
    order = np.lexsort((edges.claim, -edges.reliability, link_keys))
    link_keys = link_keys[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = link_keys[1:] != link_keys[:-1]
    keys = np.concatenate((link_keys[first], sort_keys(kin, len(entities))))
    place = np.argsort(keys, kind="stable")
    hops = taken(joined(taken(links, order[first]), kin), place)
    new_place = np.empty(len(place), dtype=np.int32)
    new_place[place] = np.arange(len(place), dtype=np.int32)
    edges = replace(taken(edges, order), hop=new_place[np.cumsum(first) - 1])
    bounds = np.arange(len(entities) + 1)
    coming = np.argsort(hops.object, kind="stable").astype(np.int32)
    return Index(
        canon=canon,
        entities=entities,
        claims=claims,
        hops=hops,
        edges=edges,
        out=np.searchsorted(hops.subject, bounds).astype(np.int32),
        into=np.searchsorted(hops.object[coming], bounds).astype(np.int32),
        coming=coming,
        first_edge=np.searchsorted(edges.hop, np.arange(len(hops) + 1)).astype(np.int32),
    )
