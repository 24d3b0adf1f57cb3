"""From an engine's keys to the columns of an index: equal graphs give equal columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.graph import edge_codes
from app.model.edge_columns import DIGEST, NO_PAPER, EdgeColumns

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class KeyedEdges:
    """Edges as an engine reads them, under the keys that it gives to identifiers.

    ``paper`` is 0 where there is none; ``codes`` are those of ``edge_codes``.
    """

    subject: Keys
    object: Keys
    claim: Keys
    place: Keys
    paper: Keys
    codes: Keys
    confidence: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """Keys and the identifiers that they stand for, side by side, in any order."""

    keys: Keys
    ids: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class ClaimDictionary:
    """Keys of claims and their ids as one run of bytes, 32 each, in the same order."""

    keys: Keys
    digests: bytes


def columns_of(
    edges: KeyedEdges, entities: Dictionary, papers: Dictionary, claims: ClaimDictionary
) -> EdgeColumns:
    """Return the columns in the order of claim ids; keys that no edge names are left out."""
    claim_keys, digests = _sorted_claims(claims, _used(edges.claim))
    claim = _positions(edges.claim, claim_keys)
    order = np.argsort(claim.astype(np.int64) << 32 | edges.place, kind="stable")
    entity_keys, entity_ids = _sorted_ids(entities, _used(edges.subject, edges.object))
    paper_keys, paper_ids = _sorted_ids(papers, _used(edges.paper))
    paper = _positions(edges.paper[order], paper_keys)
    paper[edges.paper[order] == 0] = NO_PAPER
    codes = edges.codes[order]
    return EdgeColumns(
        subject=_positions(edges.subject[order], entity_keys),
        object=_positions(edges.object[order], entity_keys),
        claim=claim[order],
        place=edges.place[order].astype(np.int32),
        paper=paper,
        sign=edge_codes.sign_column(codes),
        side=edge_codes.column(codes, edge_codes.SIDE_AT, 2),
        aspect=edge_codes.column(codes, edge_codes.ASPECT_AT, 2),
        status=edge_codes.column(codes, edge_codes.STATUS_AT, 4),
        epistemic=edge_codes.column(codes, edge_codes.EPISTEMIC_AT, 4),
        evidence=edge_codes.column(codes, edge_codes.EVIDENCE_AT, 4),
        confidence=edges.confidence[order],
        conditioned=edge_codes.column(codes, edge_codes.CONDITIONED_AT, 1).astype(np.bool_),
        entities=entity_ids,
        papers=paper_ids,
        claims=digests,
    )


def _used(*columns: Keys) -> NDArray[np.bool_]:
    """Return, for each key from 0 on, whether a column names it."""
    size = max((int(column.max()) for column in columns if len(column)), default=0) + 1
    used = np.zeros(size, dtype=np.bool_)
    for column in columns:
        used[column] = True
    return used


def _kept(keys: Keys, used: NDArray[np.bool_]) -> NDArray[np.bool_]:
    within = keys < len(used)
    kept = np.zeros(len(keys), dtype=np.bool_)
    kept[within] = used[keys[within]]
    return kept


def _sorted_ids(table: Dictionary, used: NDArray[np.bool_]) -> tuple[Keys, tuple[str, ...]]:
    """Return the used keys in the order of their identifiers, and these."""
    kept = np.flatnonzero(_kept(table.keys, used))
    keys = table.keys.tolist()
    key_of = {table.ids[place]: keys[place] for place in kept.tolist()}
    ids = tuple(sorted(key_of))
    return np.array([key_of[identifier] for identifier in ids], dtype=np.int64), ids


def _sorted_claims(
    table: ClaimDictionary, used: NDArray[np.bool_]
) -> tuple[Keys, NDArray[np.uint8]]:
    """Return the used keys in the order of their ids, and these as rows of bytes."""
    kept = _kept(table.keys, used)
    digests = np.frombuffer(table.digests, dtype=np.uint8).reshape(-1, DIGEST)[kept]
    words = digests.view(">u8")
    # The first eight bytes all but always decide; the others settle the rest.
    order = np.argsort(words[:, 0].astype(np.uint64), kind="stable")
    first = words[order, 0]
    if np.any(first[1:] == first[:-1]):
        order = np.lexsort(tuple(words[:, place].astype(np.uint64) for place in (3, 2, 1, 0)))
    return table.keys[kept][order], digests[order]


def _positions(column: Keys, keys: Keys) -> NDArray[np.int32]:
    """Return where each key of a column stands among ``keys``."""
    size = max(int(column.max(initial=0)), int(keys.max(initial=0))) + 1
    places = np.zeros(size, dtype=np.int32)
    places[keys] = np.arange(len(keys), dtype=np.int32)
    return places[column]
