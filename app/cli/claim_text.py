"""Claims and decisions as lines of text."""

from collections.abc import Iterator, Sequence

import typer

from app.model.claim import ClaimView
from app.model.decision import Decision
from app.model.text import Quote

_SIGN = {"+": "raises", "-": "lowers", "0": "bears on"}
_UNVERIFIED = {False: " (not found in the text)", None: " (no place in a text)", True: ""}


def print_claim(claim: ClaimView) -> None:
    """Print a claim: its id and status, what it says, its quotes, its edges and links."""
    for line in claim_lines(claim):
        typer.echo(line)


def claim_lines(claim: ClaimView) -> Iterator[str]:
    """Yield the lines that show a claim."""
    yield claim.id
    retracted = ", retracted" if claim.retracted else ""
    if claim.withdrawn:
        retracted = ", withdrawn from PubMed"
    article = claim.article or "no article"
    yield f"  {claim.status}, {claim.epistemic}, {claim.evidence.type}, {article}{retracted}"
    yield f"  {claim.statement}"
    yield from (f"  {_quote(quote)}" for quote in claim.quotes)
    for edge in claim.edges:
        aspect = f" ({edge.aspect})" if edge.aspect else ""
        yield f"  edge: {edge.subject} {_SIGN[edge.sign]} {edge.object}{aspect}, {edge.rule}"
    yield from (f"  {link.type} {link.claim}" for link in claim.links)
    if claim.superseded_by:
        yield f"  superseded by {', '.join(claim.superseded_by)}"


def decision_lines(decisions: Sequence[Decision]) -> Iterator[str]:
    """Yield a line for each decision on a claim, with the id that undoes it."""
    for each in decisions:
        time = f"{each.created_at:%Y-%m-%dT%H:%M:%SZ}"
        more = f" of {each.undoes}" if each.undoes else ""
        more += f" {each.link.type} {each.link.claim}" if each.link else ""
        more += f": {each.reason}" if each.reason else ""
        yield f"  {each.id}  {time}  {each.actor}  {each.type}{more}"


def _quote(quote: Quote) -> str:
    place = f" [{quote.start}:{quote.end}]" if quote.start is not None else ""
    return f"“{quote.text}”{place}{_UNVERIFIED[quote.verified]}"
