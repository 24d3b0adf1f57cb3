"""Which pairs of entities are in dispute, and how many answers hang on each.

One pass over the index's columns finds the pairs that have links of both signs, or a link and a
null result. No claim is read here: :mod:`app.reasoning.conflicts` tells what they say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.reasoning.columns import Flags, Ints, Rows
from app.reasoning.conflicts import Pair
from app.reasoning.hops import CAUSAL
from app.reasoning.lens import Lens

if TYPE_CHECKING:
    from scipy import sparse

REACH = 3
"""The hops of the longest chain that counts as an answer: what a question has unless told."""

_ROWS_AT_ONCE = 128

_Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Disputes:
    """Pairs in dispute, those on which most answers hang first, then by their ends' names.

    ``subject`` and ``object`` are places of entities. The links of a pair are the signed hops
    from ``first`` up to ``end``. ``answers`` counts the pairs of a target and an outcome that
    signed links join, over this pair, in at most :data:`REACH` hops.
    """

    subject: Ints
    object: Ints
    first: Rows
    end: Rows
    answers: _Counts

    def __len__(self) -> int:
        return len(self.subject)

    def touching(self, entities: Iterable[int]) -> Rows:
        """Return the places of the disputes that have one of these entities at an end."""
        wanted = list(entities)
        return np.flatnonzero(np.isin(self.subject, wanted) | np.isin(self.object, wanted))


def disputes_of(lens: Lens, nulls: Iterable[Pair]) -> Disputes:
    """Find the disputes that a lens sees; ``nulls`` are the pairs with a usable null result."""
    hops, entities = lens.index.hops, lens.index.entities
    signed = (hops.role == CAUSAL) & (hops.sign != 0) & (lens.belief > 0)
    keys = hops.subject.astype(np.int64) * max(len(entities), 1) + hops.object
    rows = np.flatnonzero(signed)
    pairs, first = np.unique(keys[rows], return_index=True)
    pair_of_row = np.searchsorted(pairs, keys[rows])
    both = _any(pair_of_row, hops.sign[rows] > 0, len(pairs))
    both &= _any(pair_of_row, hops.sign[rows] < 0, len(pairs))
    places = ((entities.place(subject), entities.place(target)) for subject, target in nulls)
    tried = [s * len(entities) + o for s, o in places if s is not None and o is not None]
    disputed = np.flatnonzero(both | np.isin(pairs, np.array(tried, dtype=np.int64)))
    begin = rows[first[disputed]] if len(rows) else np.empty(0, dtype=np.intp)
    last = np.append(first, len(rows))[disputed + 1] - 1
    end = rows[last] + 1 if len(rows) else begin
    subject, target = hops.subject[begin], hops.object[begin]
    answers = _answers(subject, target, _steps(lens, rows))
    order = np.lexsort((target, subject, -answers))
    return Disputes(subject[order], target[order], begin[order], end[order], answers[order])


def claims_of(lens: Lens, disputes: Disputes, place: int) -> Mapping[str, Mapping[int, list[int]]]:
    """Return the claims that carry a dispute's links, most reliable first.

    Of each claim: by sign, the places of the hops that it carries.
    """
    index = lens.index
    hops = np.arange(disputes.first[place], disputes.end[place])
    edges = np.concatenate([lens.edges_of(hop) for hop in hops.tolist() if index.hops.sign[hop]])
    edges = edges[np.argsort(-index.edges.reliability_of(edges), kind="stable")]
    found: dict[str, dict[int, list[int]]] = {}
    for edge in edges.tolist():
        hop = int(index.edges.hop[edge])
        by_sign = found.setdefault(index.claim_id(int(index.edges.claim[edge])), {})
        by_sign.setdefault(int(index.hops.sign[hop]), []).append(hop)
    return found


def _any(group: Rows, flags: Flags, groups: int) -> Flags:
    there = np.zeros(groups, dtype=bool)
    there[group[flags]] = True
    return there


def _steps(lens: Lens, rows: Rows) -> "sparse.csr_array":
    """Return which entity a signed link leads to from which; each also leads to itself."""
    from scipy import sparse

    size = len(lens.index.entities)
    own = np.arange(size)
    subject = np.concatenate((lens.index.hops.subject[rows], own))
    target = np.concatenate((lens.index.hops.object[rows], own))
    there = np.ones(len(subject), dtype=bool)
    return sparse.csr_array((there, (subject, target)), shape=(size, size))


def _answers(subject: Ints, target: Ints, steps: "sparse.csr_array") -> _Counts:
    """Count, for each pair, targets and outcomes joined over it in at most three hops."""
    back = steps.T.tocsr()
    one_back, two_back = _within(subject, back)
    one_on, two_on = _within(target, steps)
    answers: _Counts = two_on + (one_back - 1) * one_on + (two_back - one_back)
    return answers


def _within(entities: Ints, steps: "sparse.csr_array") -> tuple[_Counts, _Counts]:
    """Count what lies within one hop, and within two, of each entity; itself included."""
    distinct, at = np.unique(entities, return_inverse=True)
    one = np.diff(steps.indptr)[distinct].astype(np.int64)
    two = np.zeros(len(distinct), dtype=np.int64)
    for start in range(0, len(distinct), _ROWS_AT_ONCE):
        part = distinct[start : start + _ROWS_AT_ONCE]
        two[start : start + len(part)] = np.diff((steps[part] @ steps).indptr)
    return one[at], two[at]
