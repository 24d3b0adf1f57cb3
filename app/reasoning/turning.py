"""The table of hops turned round, so that the kernel searches what an entity leads to.

A turned hop leads from object to subject. It has the same sign; it is matched for the change at its
new subject that makes the change which the experiment made; and what may only end a path may only
begin one. Paths over the turned table are those over the index, read from their end.
"""

from dataclasses import dataclass, replace

import numpy as np

from app.reasoning.columns import Ints, taken
from app.reasoning.hops import BOTH, CAUSAL, KIN_AT_THE_END, KIN_AT_THE_START, Hops
from app.reasoning.index import Index


@dataclass(frozen=True, slots=True)
class Turned:
    """The turned table; ``places`` are its hops' places in the index's table, ``kin`` the places
    here of hops by kinship. The other columns are as those of :class:`~app.reasoning.index.Index`.
    """

    hops: Hops
    places: Ints
    kin: Ints
    out: Ints
    into: Ints
    coming: Ints


def turned(index: Index) -> Turned:
    """Return the index's table turned round."""
    hops = taken(index.hops, index.coming.astype(np.intp))
    matched = np.where(hops.matched_for == BOTH, BOTH, hops.matched_for * hops.sign)
    role = np.where(hops.role == KIN_AT_THE_END, KIN_AT_THE_START, hops.role)
    coming = np.empty(len(index.coming), dtype=np.int32)
    coming[index.coming] = np.arange(len(index.coming), dtype=np.int32)
    return Turned(
        hops=replace(
            hops,
            subject=hops.object,
            object=hops.subject,
            role=role.astype(np.int8),
            matched_for=matched.astype(np.int8),
        ),
        places=index.coming,
        kin=np.flatnonzero(role != CAUSAL).astype(np.int32),
        out=index.into,
        into=index.out,
        coming=coming,
    )
