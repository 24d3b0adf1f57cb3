"""SIF: a line for each signed edge, ``subject relation object``, parted by tabs.

The format has room for nothing else. So it gets only what can be read without a mark: edges with
a sign, of claims that say something is so, from articles that stand.
"""

from collections.abc import Container, Iterable, Iterator

from app.export.arrows import arrows
from app.export.record import ClaimRecord, Exported


def lines(
    claims: Iterable[ClaimRecord], known: Container[str], exported: Exported
) -> Iterator[str]:
    """Yield a line for each edge; what is left out is counted in ``exported``."""
    for claim in claims:
        reason = _unfit(claim)
        if reason is not None:
            exported.left_out[reason] += 1
            continue
        for arrow in arrows(claim, known, exported):
            if arrow.sign:
                yield f"{arrow.subject}\t{arrow.relation}\t{arrow.object}\n"
            else:
                exported.left_out["an edge without a sign"] += 1


def _unfit(claim: ClaimRecord) -> str | None:
    if claim.denied:
        return "denied: a null result or a negated claim"
    return "from a retracted article" if claim.retracted else None
