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
from app.model.edge_columns import (
    ASPECTS,
    DIGEST,
    NO_PAPER,
    SIDES,
    EdgeChanges,
    EdgeColumns,
)
from app.model.entity import EntityRelation
from app.model.vocabulary import Category
from app.reasoning.belief import reliabilities
from app.reasoning.canon import OPPOSITE_ASPECT, OPPOSITE_SIDE, Canon
from app.reasoning.columns import Bytes, Flags, Floats, Ints, Rows, joined, taken
from app.reasoning.hops import CAUSAL, Hops, kin_table, links_table, sort_keys
from app.reasoning.kinship import KinHop, kin_hops
from app.reasoning.names import Names
from app.reasoning.papers import Bylines, bylines, resolved

_SIDE_OF_OPPOSITE = np.array([SIDES.index(OPPOSITE_SIDE[side]) for side in SIDES], dtype=np.int8)
_ASPECT_OF_OPPOSITE = np.array(
    [ASPECTS.index(OPPOSITE_ASPECT[aspect]) for aspect in ASPECTS], dtype=np.int8
)


@dataclass(frozen=True, slots=True)
class IndexEdges:
    """The edges of the index, sorted by hop, within a hop the most reliable first.

    ``claim`` is a place in the index's claims, ``place`` the edge's in its claim, ``paper`` a
    place in the index's papers (:data:`NO_PAPER` where there is none). The rest are codes of
    :mod:`app.model.edge_columns`.
    """

    hop: Ints
    claim: Ints
    place: Ints
    paper: Ints
    status: Bytes
    epistemic: Bytes
    evidence: Bytes
    confidence: Floats

    @property
    def reliability(self) -> Floats:
        """How reliable the claim of each edge is by itself."""
        return reliabilities(self.status, self.epistemic, self.evidence, self.confidence)

    def reliability_of(self, rows: Rows) -> Floats:
        """Return the same for some rows."""
        return reliabilities(
            self.status[rows], self.epistemic[rows], self.evidence[rows], self.confidence[rows]
        )


@dataclass(frozen=True, slots=True)
class Index:
    """All that reasoning reads of one snapshot, but for the claims themselves.

    ``out`` and ``into`` delimit the hops from and to each entity: those from entity ``e`` are
    ``out[e]`` up to ``out[e + 1]``, those to it stand in ``coming`` from ``into[e]`` up to
    ``into[e + 1]``. ``first_edge`` delimits the edges of each hop in the same way. No edge
    of a ``retracted`` paper is here.
    """

    canon: Canon
    entities: Names
    papers: Names
    retracted: Flags
    bylines: Bylines
    claims: NDArray[np.uint8]
    hops: Hops
    edges: IndexEdges
    out: Ints
    into: Ints
    coming: Ints
    first_edge: Ints

    def claim_id(self, place: int) -> str:
        """Return the id of the claim at a place."""
        return bytes(self.claims[place]).hex()


_NO_INTS = np.empty(0, dtype=np.int32)
_NO_CODES = np.empty(0, dtype=np.int8)
_NOTHING = (
    IndexEdges(
        _NO_INTS, _NO_INTS, _NO_INTS, _NO_INTS, _NO_CODES, _NO_CODES, _NO_CODES,
        np.empty(0),
    ),
    _NO_INTS, _NO_INTS, _NO_INTS, _NO_INTS,
)  # fmt: skip
"""An index without edges has these in their place."""


def build_index(
    columns: EdgeColumns,
    relations: Iterable[EntityRelation],
    categories: Mapping[str, Category],
    articles: Mapping[str, ArticleFacts],
    aliases: Mapping[str, str] | None = None,
) -> Index:
    """Build the index of a snapshot; edges of retracted articles are left out.

    ``categories`` are those of the objects of ``relations``; ``articles`` has the facts of the
    articles that papers name, by internal id, and ``aliases`` the internal ids of publications.
    """
    relations = tuple(relations)
    canon = Canon(relations)
    kin = kin_hops(relations, categories, canon)
    entities = _entities_of(columns, canon, kin)
    places = {end: entities.at(end) for hop in kin for end in (hop.subject, hop.object)}
    named = resolved(columns.papers, aliases or {})
    gone = {name for name, fact in articles.items() if fact.retracted}
    retracted = np.array([not gone.isdisjoint(parts) for parts in named], dtype=bool)
    by = bylines(named, articles)
    base = Index(
        canon, entities, Names.of(columns.papers), retracted, by,
        columns.claims, kin_table(kin, places), *_NOTHING,
    )  # fmt: skip
    links, edges = _rows_of(columns, base, columns.paper, np.arange(len(columns.claims)))
    return _indexed(base, links, edges)


def changed(index: Index, changes: EdgeChanges) -> Index | None:
    """Return the index after changes of edges alone; None where it must be built anew.

    That is where an edge names an entity or a paper that the index does not know. What is
    returned equals what would be built, but for names that no edge bears any more.
    """
    opened, closed = changes.opened, changes.closed
    paper = _translated(opened.papers, index.papers)
    if paper is None or _translated(_meanings(opened, index.canon), index.entities) is None:
        return None
    claims, old_place = _with_claims(index.claims, opened.claims)
    new_place = _claim_places(claims, opened.claims)
    gone_place = _claim_places(claims, closed.claims)
    edges = replace(index.edges, claim=old_place[index.edges.claim])
    gone = _row_keys(gone_place[closed.claim], closed.place)
    stays = np.flatnonzero(~np.isin(_row_keys(edges.claim, edges.place), gone))
    causal = index.hops.role != CAUSAL
    base = replace(
        index,
        claims=claims,
        hops=taken(index.hops, np.flatnonzero(causal)),
    )
    links, more = _rows_of(opened, base, np.append(paper, NO_PAPER)[opened.paper], new_place)
    kept = taken(edges, stays)
    return _indexed(
        base, joined(taken(index.hops, kept.hop.astype(np.intp)), links), joined(kept, more)
    )


def _texts(claims: NDArray[np.uint8]) -> NDArray[np.bytes_]:
    return np.ascontiguousarray(claims).view(f"S{DIGEST}").reshape(-1)


def _claim_places(table: NDArray[np.uint8], claims: NDArray[np.uint8]) -> NDArray[np.intp]:
    return np.searchsorted(_texts(table), _texts(claims))


def _with_claims(
    table: NDArray[np.uint8], claims: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], Ints]:
    """Return a sorted table of claims with some more, and the new place of each old row."""
    places = _claim_places(table, claims)
    known = places < len(table)
    known[known] = _texts(table)[places[known]] == _texts(claims)[known]
    before = places[~known]
    old = np.arange(len(table))
    moved = old + np.searchsorted(before, old, side="right")
    return np.insert(table, before, claims[~known], axis=0), moved.astype(np.int32)


def _row_keys(claim: NDArray[np.integer], place: Ints) -> NDArray[np.int64]:
    return claim.astype(np.int64) << 32 | place


def _translated(names: Iterable[str], table: Names) -> Ints | None:
    """Return the place of each name; None where the table lacks one."""
    places = [table.place(name) for name in names]
    return None if None in places else np.array(places, dtype=np.int32)


def _meanings(columns: EdgeColumns, canon: Canon) -> list[str]:
    return [canon.canonical(entity) for entity in columns.entities]


def _entities_of(columns: EdgeColumns, canon: Canon, kin: Sequence[KinHop]) -> Names:
    ends = {end for hop in kin for end in (hop.subject, hop.object)}
    return Names.of(ends.union(_meanings(columns, canon)))


def _rows_of(
    columns: EdgeColumns, base: Index, paper: Ints, claim: NDArray[np.integer]
) -> tuple[Hops, IndexEdges]:
    """Return what columns say as rows of an index, but for edges of retracted papers.

    ``paper`` has the index's place for each row, ``claim`` for each claim of the columns.
    """
    kept = np.flatnonzero(~np.append(base.retracted, False)[paper])
    edges = IndexEdges(
        hop=np.zeros(len(kept), dtype=np.int32),
        claim=claim[columns.claim[kept]].astype(np.int32),
        place=columns.place[kept],
        paper=np.append(base.bylines.same, np.int32(NO_PAPER))[paper[kept]],
        status=columns.status[kept],
        epistemic=columns.epistemic[kept],
        evidence=columns.evidence[kept],
        confidence=columns.confidence[kept],
    )
    return _canonical_links(columns, kept, base.canon, base.entities), edges


def _canonical_links(columns: EdgeColumns, kept: Rows, canon: Canon, entities: Names) -> Hops:
    """Return the edges' links in canonical terms: opposites turn signs, map sides and aspects."""
    place = {name: number for number, name in enumerate(entities)}
    to = np.array([place[name] for name in _meanings(columns, canon)], dtype=np.int32)
    turn = np.ones(len(to), dtype=np.int8)
    opposite = np.zeros(len(to), dtype=bool)
    for row, entity in enumerate(columns.entities):
        if entity in canon.steps:
            meaning = canon.meaning(entity)
            turn[row], opposite[row] = meaning.sign, meaning.opposite
    subject, target = columns.subject[kept], columns.object[kept]
    side, aspect = columns.side[kept], columns.aspect[kept]
    return links_table(
        subject=to[subject],
        target=to[target],
        sign=columns.sign[kept] * turn[subject] * turn[target],
        side=np.where(turn[subject] < 0, _SIDE_OF_OPPOSITE[side], side),
        aspect=np.where(opposite[target], _ASPECT_OF_OPPOSITE[aspect], aspect),
    )


def _best_first(link_keys: NDArray[np.int64], edges: IndexEdges) -> Rows:
    """Return the order by link, within a link the most reliable edge first, then by claim."""
    order = np.argsort(link_keys, kind="stable")
    alike = np.diff(link_keys[order], prepend=-1, append=-1) == 0
    shared = np.flatnonzero(alike[1:] | alike[:-1])
    rows = order[shared]
    # Most links have one edge; only the others need the slow sort.
    within = (edges.claim[rows], -edges.reliability_of(rows), link_keys[rows])
    order[shared] = rows[np.lexsort(within)]
    return order


def _indexed(base: Index, links: Hops, edges: IndexEdges) -> Index:
    """Sort the hops, put each edge to its hop, and make the tables of who leads where.

    ``base`` has the hops of kinship; ``links`` and ``edges`` have a row for each edge.
    """
    entities, kin = base.entities, base.hops
    link_keys = sort_keys(links, len(entities))
    order = _best_first(link_keys, edges)
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
    return replace(
        base,
        hops=hops,
        edges=edges,
        out=np.searchsorted(hops.subject, bounds).astype(np.int32),
        into=np.searchsorted(hops.object[coming], bounds).astype(np.int32),
        coming=coming,
        first_edge=np.searchsorted(edges.hop, np.arange(len(hops) + 1)).astype(np.int32),
    )
