"""How sure a claim is when several readings found it."""

from collections.abc import Iterable
from math import prod
from typing import Final

from app.model.claim import Extraction

AGREEMENT_CAP: Final = 0.99
"""The most that the agreement of readers can give: no two of them err independently."""


IMPORTED_BY_MACHINE: Final = 0.8
"""The confidence of an imported claim that no person made, where its resource tells none.

Together with the reliability of a status that is not told it gives 0.56, the share of right ones
among judged extractions of a text-mining system (``docs/quality.md``).
"""


def confidence_of(extractions: Iterable[Extraction]) -> float:
    """Return a claim's confidence from its readings, oldest first; 1 where none is recorded.

    Of each reader only the latest reading counts. One reader's confidence stands as it is. Where
    several found the claim it is 1 − ∏(1 − c), the chance that not all of them err, and not more
    than :data:`AGREEMENT_CAP`, or than the surest of them where that is more.
    """
    latest = {each.reader: each.confidence for each in extractions}
    if not latest:
        return 1.0
    surest = max(latest.values())
    agreed = 1.0 - prod(1.0 - each for each in latest.values())
    return max(surest, min(AGREEMENT_CAP, agreed)) if len(latest) > 1 else surest
