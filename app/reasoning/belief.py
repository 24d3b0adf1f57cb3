"""How surely an edge holds: one stated table, and how claims add up.

Reliability of one claim = epistemic status x evidence x reading. Papers are independent of each
other unless they share an author; claims of one group of papers are not, so that of each group
only the most reliable claim counts, and groups combine as 1 - prod(1 - reliability). Edges of the
opposite sign between the same ends take away.
"""

from collections.abc import Iterable, Mapping
from math import prod

from app.model.edge import StoredEdge
from app.model.vocabulary import Epistemic, EvidenceType, Status

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
CANDIDATE_FACTOR = 0.8
"""What a claim that no curator has judged is worth, beside its reader's confidence."""

COUNTER_WEIGHT = 0.5
"""How much of an edge's belief the surest opposite edge takes away."""

EXTRAPOLATION_FACTOR = 0.5
"""What each extrapolated hop leaves of a path's belief."""

KINSHIP_BELIEF = 0.8
"""The belief of a hop by membership."""

HUB_WEIGHT = 1.0
"""The weight of a hub in the order of answers; it is no part of belief."""


def reliability(edge: StoredEdge) -> float:
    """Return the reliability of the claim that carries ``edge``, in (0, 1]."""
    value = EPISTEMIC_RELIABILITY[edge.epistemic] * EVIDENCE_FACTOR[edge.evidence]
    if edge.status is Status.CANDIDATE:
        value *= CANDIDATE_FACTOR * max(edge.confidence, 0.01)
    return value


def combine(by_group: Mapping[str, float]) -> float:
    """Return the belief that independent groups of papers give together, in (0, 1].

    Groups are taken in the order of their names, so that the same evidence gives the same bits.
    """
    return 1.0 - prod(1.0 - by_group[group] for group in sorted(by_group))


def against(belief: float, opposite: float) -> float:
    """Return what the surest opposite edge leaves of ``belief``."""
    return belief * (1.0 - COUNTER_WEIGHT * opposite)


def independent_groups(authors: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return for each article the smallest article id of its group.

    Articles that share an author, directly or through others, are one group. An article without
    authors is a group of its own.
    """
    parent = {article: article for article in authors}

    def root(article: str) -> str:
        while parent[article] != article:
            parent[article] = parent[parent[article]]
            article = parent[article]
        return article

    first_by_author: dict[str, str] = {}
    for article in sorted(authors):
        for author in authors[article]:
            other = root(first_by_author.setdefault(author, article))
            here = root(article)
            if other != here:
                parent[max(other, here)] = min(other, here)
    return {article: root(article) for article in authors}
