"""A graph like one read from the literature; nothing in it is real.

Few entities have most links, and what is much studied is so as a cause and as an effect.
"""

import numpy as np

from app.model.edge_columns import EPISTEMICS, STATUSES, EdgeColumns
from app.model.vocabulary import Epistemic, Status

SKEW = 0.75
"""The share of the n-th most linked entity falls with n to this power."""


def literature(entities: int, edges: int, seed: int = 1) -> EdgeColumns:
    """Return signed edges, one for each claim, of a fifth as many articles."""
    dice = np.random.default_rng(seed)
    share = np.arange(1, entities + 1) ** -SKEW
    reach = np.cumsum(share / share.sum())
    articles = max(edges // 5, 1)
    names = dice.permutation(entities).astype(np.int32)

    def ends() -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        drawn = np.minimum(np.searchsorted(reach, dice.random(edges)), entities - 1)
        return names[drawn]

    def codes(values: list[int], chances: list[float]) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        return dice.choice(values, edges, p=chances).astype(np.int8)

    ids = dice.integers(0, 256, (edges, 32), dtype=np.uint8)
    said = [EPISTEMICS.index(one) for one in (Epistemic.DEMONSTRATED, Epistemic.INTERPRETATION)]
    return EdgeColumns(
        subject=ends(),
        object=ends(),
        claim=np.arange(edges, dtype=np.int32),
        place=np.zeros(edges, dtype=np.int32),
        paper=dice.integers(0, articles, edges).astype(np.int32),
        sign=codes([1, -1], [0.65, 0.35]),
        side=codes([0, 1, 2], [0.4, 0.4, 0.2]),
        aspect=codes([0, 1, 2], [0.8, 0.1, 0.1]),
        status=np.full(edges, STATUSES.index(Status.ACCEPTED), dtype=np.int8),
        epistemic=codes(said, [0.8, 0.2]),
        evidence=np.zeros(edges, dtype=np.int8),
        confidence=np.ones(edges),
        conditioned=np.zeros(edges, dtype=np.bool_),
        entities=tuple(f"TEST:{number:09d}" for number in range(entities)),
        papers=tuple(f"ART:{number:09d}" for number in range(articles)),
        claims=np.sort(ids.view("S32"), axis=0).view(np.uint8),
    )
