"""Compounds and constructs as a table."""

from rich.text import Text

from app.cli.answers import cited, exclusion_text, question_text, shown_of, snapshot_text
from app.cli.console import console, frame
from app.model.means import Means, MeansAnswer, Selectivity

_NAMED = 8
"""How many of the things that a means acts on are named."""


def print_means(answer: MeansAnswer) -> None:
    """Print the question, a row for each means, the targets without one, and the snapshot."""
    out = console()
    out.print(question_text(answer.query), style="bold", soft_wrap=True)
    out.print()
    if answer.means:
        table = frame(lines=True)
        table.add_column("#", justify="right")
        table.add_column("means", min_width=14, max_width=26, overflow="fold")
        table.add_column("tier", no_wrap=True)
        table.add_column("belief", no_wrap=True, justify="right")
        table.add_column("how, and what else it acts on", ratio=1, overflow="fold")
        for rank, each in enumerate(answer.means, start=1):
            tier = each.tier if each.matched else f"{each.tier}\nextrapolated"
            table.add_row(str(rank), _what(each), tier, f"{each.belief:.2f}", _how(each))
        out.print(table)
    else:
        out.print("No compound or construct is known to have this effect.")
    out.print()
    out.print(shown_of(len(answer.means), answer.total, "means"), soft_wrap=True)
    if answer.without_means:
        names = ", ".join(
            f"{one.perturbation.type} of {one.target.name}" for one in answer.without_means
        )
        out.print(f"No means is known for {names}.", soft_wrap=True)
    if answer.note:
        out.print(answer.note, soft_wrap=True)
    out.print(snapshot_text(answer.snapshot), soft_wrap=True)


def _what(each: Means) -> Text:
    text = Text(each.name)
    return text.append(f"\n{each.means.id if each.means else 'as the text says'}", style="dim")


def _how(each: Means) -> Text:
    text = Text(each.intervention.paths[0].arithmetic if each.intervention.paths else "")
    evidence = each.shown or each.intervention.evidence
    if evidence:
        text.append("\n").append_text(cited(evidence[0]))
    for one in each.through[:1]:
        if one.named and not each.shown and one.evidence:
            text.append(f"\nnamed for {one.target.name}: ").append_text(cited(one.evidence[0]))
    text.append(f"\n{_acts_on(each)}", style="bold")
    for exclusion in each.exclusions:
        text.append("\n").append_text(exclusion_text(exclusion))
    return text


def _acts_on(each: Means) -> str:
    if each.selectivity is Selectivity.NOT_KNOWN:
        return "on which genes and proteins it acts is not known"
    names = ", ".join(one.target.name for one in each.acts_on[:_NAMED])
    more = each.acts_on_total - min(_NAMED, len(each.acts_on))
    rest = f" and {more} more" if more else ""
    if each.selectivity is Selectivity.ONE_KNOWN:
        return f"known to act on {names}; on what else is not known"
    return f"known to act on {each.acts_on_total}: {names}{rest}"
