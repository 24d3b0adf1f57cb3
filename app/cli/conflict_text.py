"""Conflicts as lines of text."""

from collections.abc import Iterator

import typer

from app.model.conflict import ClaimConflict, Conflict, ConflictClaim

_SAYS = {"+": "raises", "-": "lowers", "0": "no effect"}
_NOUN = {"contradicts": "contradiction", "scope": "difference of scope"}


def print_conflict(conflict: Conflict) -> None:
    """Print a conflict: its pair, how much hangs on it, and each claim against another."""
    for line in conflict_lines(conflict):
        typer.echo(line)


def conflict_lines(conflict: Conflict) -> Iterator[str]:
    """Yield the lines that show a conflict."""
    subject, target = conflict.subject, conflict.object
    yield f"{subject.name} ({subject.id}) and {target.name} ({target.id})"
    counts = f"{conflict.raising} raise, {conflict.lowering} lower"
    if conflict.null_results:
        counts += f", {conflict.null_results} without effect"
    yield f"  {_NOUN[conflict.kind]}; answers that hang on it: {conflict.answers}; claims: {counts}"
    claims = {(each.claim, each.sign == "0"): each for each in conflict.claims}
    for each in conflict.conflicts:
        yield f"  {_relation(each)}"
        yield from _claim(claims[each.claim, each.kind == "null_result"])
        yield from _claim(claims[each.against, False])
    if conflict.total > len(conflict.conflicts):
        yield f"  and {conflict.total - len(conflict.conflicts)} more"


def _relation(each: ClaimConflict) -> str:
    relation = each.relation.replace("_", " ")
    scope = f" ({', '.join(each.scope)})" if each.scope else ""
    return f"{each.kind.replace('_', ' ')}, {relation}{scope}{', judged' if each.judged else ''}:"


def _claim(claim: ConflictClaim) -> Iterator[str]:
    shown = ", ".join((_SAYS[claim.sign], *claim.sides, *claim.aspects))
    article = claim.pmid or "no article"
    yield f"    {claim.claim}  {shown}; {claim.status}, {claim.epistemic}, {article}"
    yield f"      {f'“{claim.quote}”' if claim.quote else claim.statement}"
