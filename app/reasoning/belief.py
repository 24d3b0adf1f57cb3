"""How surely an edge holds: one stated table, and how claims add up.

Reliability of one claim = epistemic status x evidence x reading. Papers are independent of each
other unless they share an author. Of each paper the most reliable claim speaks; of all papers of a
link those count that are the strongest set of which no two share an author, and combine as
1 - prod(1 - reliability). So a further paper never lowers a belief. Edges of the opposite sign
between the same ends take away.
"""

import numpy as np

from app.model.claim import ClaimView
from app.model.edge_columns import EPISTEMICS, EVIDENCES, STATUSES
from app.model.vocabulary import Epistemic, EvidenceType, Status
from app.reasoning.columns import Bytes, Floats, Ints

EPISTEMIC_RELIABILITY: dict[Epistemic, float] = {
    Epistemic.DEMONSTRATED: 0.9,
    Epistemic.UNSTATED: 0.7,
    Epistemic.SUMMARY: 0.6,
    Epistemic.INTERPRETATION: 0.5,
    Epistemic.BACKGROUND: 0.4,
    Epistemic.HYPOTHESIS: 0.2,
}
EVIDENCE_FACTOR: dict[EvidenceType, float] = {
    EvidenceType.LOSS_OF_FUNCTION: 1.0,
    EvidenceType.GAIN_OF_FUNCTION: 1.0,
    EvidenceType.RESCUE: 1.0,
    EvidenceType.OBSERVATIONAL: 0.7,
    EvidenceType.SUMMARY: 1.0,
    EvidenceType.NONE_IN_THIS_STUDY: 1.0,
}
LEAST_CONFIDENCE = 0.01
"""What a reader's confidence counts at least: no edge has a belief of 0."""

COUNTER_WEIGHT = 0.5
"""How much of an edge's belief the surest opposite edge takes away."""

EXTRAPOLATION_FACTOR = 0.5
"""What each extrapolated hop leaves of a path's belief."""

KINSHIP_BELIEF = 0.8
"""The belief of a hop by membership."""


def reliabilities(status: Bytes, epistemic: Bytes, evidence: Bytes, confidence: Floats) -> Floats:
    """Return how reliable the claim of each edge is by itself, in (0, 1].

    Arguments are columns of codes as :mod:`app.model.edge_columns` has them.
    """
    said = np.array([EPISTEMIC_RELIABILITY[one] for one in EPISTEMICS])[epistemic]
    value: Floats = said * np.array([EVIDENCE_FACTOR[one] for one in EVIDENCES])[evidence]
    candidate = status == STATUSES.index(Status.CANDIDATE)
    value[candidate] *= np.maximum(confidence[candidate], LEAST_CONFIDENCE)
    return value


def reported_reliability(claim: ClaimView) -> float:
    """Return how reliable one claim is by itself, in (0, 1], as :func:`reliabilities` has it."""
    value = EPISTEMIC_RELIABILITY[claim.epistemic] * EVIDENCE_FACTOR[claim.evidence.type]
    if claim.status is Status.CANDIDATE:
        value *= max(claim.confidence, LEAST_CONFIDENCE)
    return value


def combined(link: Ints, share: Floats, reliability: Floats, links: int) -> Floats:
    """Return the belief that the edges of each link give together, in [0, 1).

    Rows are edges, sorted by ``link``, within a link the most reliable first; ``share`` says in
    which share, 0 to 1, each counts (:func:`app.reasoning.papers.shares`). A link without any edge
    has belief 0. Edges count in their order, so that the same evidence gives the same bits.
    """
    counting = np.flatnonzero(share > 0)
    starts = np.searchsorted(link[counting], np.arange(links + 1))
    remaining = np.ones(links)
    counts = np.diff(starts)
    for turn in range(int(counts.max(initial=0))):
        having = np.flatnonzero(counts > turn)
        row = counting[starts[having] + turn]
        remaining[having] *= (1.0 - reliability[row]) ** share[row]
    return 1.0 - remaining


def against(belief: Floats, opposite: Floats) -> Floats:
    """Return what the surest opposite link leaves of each belief."""
    return belief * (1.0 - COUNTER_WEIGHT * opposite)


def opposed(pair: Ints, sign: Bytes, strength: Floats) -> Floats:
    """Return for each link the surest link of the opposite sign between the same ends; 0 if none.

    Links are sorted by ``pair``, the number of their two ends.
    """
    surest = np.zeros((int(pair.max(initial=-1)) + 1, 3))
    np.maximum.at(surest, (pair, sign.astype(np.int64) + 1), strength)
    opposite: Floats = surest[pair, 1 - sign.astype(np.int64)]
    return np.where(sign == 0, 0.0, opposite)
