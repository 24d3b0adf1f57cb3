"""The small facts of a signed edge in one whole number, as both engines store them.

From the lowest bit on: sign 2 bits, side 2, aspect 2, conditioned 1, then status 4, epistemic 4,
evidence 4. The first seven are the edge's own content, the rest is copied from its claim.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.graph.port import WholeClaim
from app.graph.rows import extraction_json
from app.model.edge import Edge
from app.model.edge_columns import ASPECTS, EPISTEMICS, EVIDENCES, SIDES, SIGNS, STATUSES
from app.model.paper import paper_of
from app.model.vocabulary import Aspect, Epistemic, EvidenceType, Side, Sign, Status

Value = TypeVar("Value")

SIDE_AT: Final = 2
ASPECT_AT: Final = 4
CONDITIONED_AT: Final = 6
STATUS_AT: Final = 7
EPISTEMIC_AT: Final = 11
EVIDENCE_AT: Final = 15
CONTENT_MASK: Final = (1 << STATUS_AT) - 1
"""The bits that are the edge's own content."""


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """What an edge copies from its claim: all that an index needs to know of it."""

    paper: str | None
    status: Status
    epistemic: Epistemic
    evidence: EvidenceType
    confidence: float


def copied(whole: WholeClaim) -> ClaimFacts:
    """Return what the edges of a new claim copy from it."""
    readings = whole.extractions
    if len(readings) > 1:
        readings = (max(readings, key=lambda each: (extraction_json(each), each.confidence)),)
    return ClaimFacts(
        paper=paper_of(whole.article_id, whole.claim.publications),
        status=whole.state.status,
        epistemic=whole.claim.epistemic,
        evidence=whole.claim.evidence.type,
        confidence=readings[0].confidence if readings else 1.0,
    )


def _places(values: Sequence[Value]) -> Mapping[Value, int]:
    return {value: place for place, value in enumerate(values)}


_SIGN, _SIDE, _ASPECT = _places(SIGNS), _places(SIDES), _places(ASPECTS)
_STATUS, _EPISTEMIC, _EVIDENCE = _places(STATUSES), _places(EPISTEMICS), _places(EVIDENCES)


def content_codes(edge: Edge) -> int:
    """Return the bits of an edge's own content."""
    return (
        _SIGN[edge.sign]
        | _SIDE[edge.side] << SIDE_AT
        | _ASPECT[edge.aspect] << ASPECT_AT
        | bool(edge.condition) << CONDITIONED_AT
    )


def claim_codes(facts: ClaimFacts) -> int:
    """Return the bits that are copied from the claim."""
    return (
        _STATUS[facts.status] << STATUS_AT
        | _EPISTEMIC[facts.epistemic] << EPISTEMIC_AT
        | _EVIDENCE[facts.evidence] << EVIDENCE_AT
    )


def sign_of(codes: int) -> Sign:
    """Return the sign in a code."""
    return SIGNS[codes & 3]


def side_of(codes: int) -> Side | None:
    """Return the side in a code."""
    return SIDES[codes >> SIDE_AT & 3]


def aspect_of(codes: int) -> Aspect | None:
    """Return the aspect in a code."""
    return ASPECTS[codes >> ASPECT_AT & 3]


def status_of(codes: int) -> Status:
    """Return the claim's status in a code."""
    return STATUSES[codes >> STATUS_AT & 15]


def epistemic_of(codes: int) -> Epistemic:
    """Return in a code how strongly the claim is said."""
    return EPISTEMICS[codes >> EPISTEMIC_AT & 15]


def evidence_of(codes: int) -> EvidenceType:
    """Return in a code how the claim was shown."""
    return EVIDENCES[codes >> EVIDENCE_AT & 15]


def column(codes: NDArray[np.int64], at: int, bits: int) -> NDArray[np.int8]:
    """Return ``bits`` bits of every code, from bit ``at`` on."""
    return (codes >> at & ((1 << bits) - 1)).astype(np.int8)


def sign_column(codes: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return the signs of codes as -1, 0 or +1."""
    signs = column(codes, 0, 2)
    signs[signs == 2] = -1
    return signs
