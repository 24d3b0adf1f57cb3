"""Signed edges by the million: what an index is built from, as columns of numbers.

A row is one edge of one claim. Entities, claims and papers stand in it as positions in tables
of their identifiers, which are sorted, so that the order of positions is the order of identifiers;
closed vocabularies stand as positions in the tuples below.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.model.vocabulary import Aspect, Epistemic, EvidenceType, Side, Sign, Status

SIGNS: Final[tuple[Sign, ...]] = (Sign.UNSIGNED, Sign.POSITIVE, Sign.NEGATIVE)
"""The signs by their number modulo three: 0 unsigned, 1 positive, -1 negative."""

SIDES: Final[tuple[Side | None, ...]] = (None, Side.LOSS, Side.GAIN)
ASPECTS: Final[tuple[Aspect | None, ...]] = (None, Aspect.INDUCTION, Aspect.MAINTENANCE)
STATUSES: Final[tuple[Status, ...]] = (
    Status.CANDIDATE,
    Status.ACCEPTED,
    Status.REJECTED,
    Status.DISPUTED,
    Status.SUPERSEDED,
)
EPISTEMICS: Final[tuple[Epistemic, ...]] = (
    Epistemic.DEMONSTRATED,
    Epistemic.SUMMARY,
    Epistemic.INTERPRETATION,
    Epistemic.BACKGROUND,
    Epistemic.HYPOTHESIS,
    Epistemic.UNSTATED,
)
EVIDENCES: Final[tuple[EvidenceType, ...]] = (
    EvidenceType.LOSS_OF_FUNCTION,
    EvidenceType.GAIN_OF_FUNCTION,
    EvidenceType.RESCUE,
    EvidenceType.OBSERVATIONAL,
    EvidenceType.SUMMARY,
    EvidenceType.NONE_IN_THIS_STUDY,
)
# Stores keep these positions: a new value goes to the end of its tuple.

NO_PAPER: Final = -1
"""In the place of a paper, for a claim of an import that names none."""

DIGEST: Final = 32
"""The bytes of a claim's id, which is written as twice as many hexadecimal digits."""


@dataclass(frozen=True, slots=True, eq=False)
class EdgeColumns:
    """Signed edges, a row each, sorted by claim id and then by the edge's place in its claim.

    All columns have one length. ``subject``, ``object`` are positions in ``entities``; ``claim``
    in ``claims``; ``paper`` in ``papers``, or ``NO_PAPER``; ``place`` is the edge's place
    among those of its claim. ``sign`` is -1, 0 or +1; ``side``, ``aspect``, ``status``,
    ``epistemic`` and ``evidence`` are positions in this module's tuples. ``confidence``, from 0
    to 1, is that of the claim's latest reading, exactly as stored. ``conditioned`` marks edges
    that hold under a condition only (the claim tells which).

    The tables hold what the rows name and nothing else: ``entities`` and ``papers`` sorted
    texts (:mod:`app.model.paper`), ``claims`` the sorted ids as bytes, one row of 32 each;
    :meth:`claim_ids` writes them.
    """

    subject: NDArray[np.int32]
    object: NDArray[np.int32]
    claim: NDArray[np.int32]
    place: NDArray[np.int32]
    paper: NDArray[np.int32]
    sign: NDArray[np.int8]
    side: NDArray[np.int8]
    aspect: NDArray[np.int8]
    status: NDArray[np.int8]
    epistemic: NDArray[np.int8]
    evidence: NDArray[np.int8]
    confidence: NDArray[np.float64]
    conditioned: NDArray[np.bool_]
    entities: tuple[str, ...]
    papers: tuple[str, ...]
    claims: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.subject)

    def claim_ids(self, positions: Iterable[int]) -> list[str]:
        """Return the ids of the claims at these positions of ``claims``."""
        return [self.claims[position].tobytes().hex() for position in positions]


@dataclass(frozen=True, slots=True, eq=False)
class EdgeChanges:
    """What became of the edges between two revisions.

    ``closed`` are edges as they stood at the earlier one and stand no more, ``opened`` those that
    stand at the later one and did not before; an edge whose claim's status, paper or confidence
    changed is in both. Claim and place name a row within each. Each has tables of its own.
    """

    opened: EdgeColumns
    closed: EdgeColumns
