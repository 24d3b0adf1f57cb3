"""Why a target is an answer, in lines."""

from collections.abc import Iterator

from app.cli.console import console
from app.model.why import Explained, Lacking, LinkWorth, Why


def print_why(found: Why) -> None:
    """Print each answer with what its figures come from, then what is missing for the others."""
    out = console()
    asked = found.query
    out.print(
        f"{found.target.name} ({found.target.id}): {asked.effect} {asked.outcome.name}?",
        style="bold",
        soft_wrap=True,
    )
    for answer in found.answers:
        out.print()
        for line in _answer(answer):
            out.print(line, soft_wrap=True)
    for missing in found.lacking:
        out.print()
        for line in _missing(missing):
            out.print(line, soft_wrap=True)


def _answer(answer: Explained) -> Iterator[str]:
    each = answer.intervention
    yield f"Yes, by {each.perturbation.type} ({each.perturbation.direction}): {each.tier}."
    yield f"  {each.paths[0].arithmetic}"
    for link in answer.links:
        yield from _link(link)
    if each.influence is not None:
        yield (
            f"  net influence {answer.net:.4g} of {answer.total:.4g} over all walks; "
            f"strength {answer.strength:.4g}"
        )
    if each.sign_chance is not None:
        word = "commits to its sign" if each.commits else "leaves its sign open"
        yield f"  {word}: chance {each.sign_chance:.2f} by the walks of two to four hops"


def _link(link: LinkWorth) -> Iterator[str]:
    yield (
        f"  {link.subject} {link.sign} {link.object}: belief {link.belief:.3g} = "
        f"{link.together:.3g} from independent papers x (1 - {link.weight:g} x "
        f"{link.opposite:.3g} against)"
    )
    for claim in link.claims:
        note = f", the same paper or an author of {claim.instead}: adds nothing"
        if claim.counts:
            note = "" if claim.share == 1 else f", counts in the share {claim.share:.3g}"
        yield f"    {claim.claim} {claim.reliability:.3g}{note}"


def _missing(missing: Lacking) -> Iterator[str]:
    yield f"No, not in the direction {missing.direction}: {missing.note}"
    if missing.path is not None:
        yield f"  nearest: {missing.path.arithmetic}"
