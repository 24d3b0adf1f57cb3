"""Contrasts and requirements as tables."""

from collections.abc import Iterable

from rich.text import Text

from app.cli.answers import cited, shown_of, snapshot_text
from app.cli.console import console, frame
from app.cli.deciding import part_text
from app.model.answer import AnswerEvidence
from app.model.contrast import Contrast, ContrastCell, Place, Requirement, Requirements


def print_contrast(found: Contrast) -> None:
    """Print a row for each intervention with what was found on both sides."""
    out = console()
    here, there = found.query.here, found.query.there
    out.print(f"Here: {_place(here)}", style="bold", soft_wrap=True)
    out.print(f"There: {_place(there)}", style="bold", soft_wrap=True)
    out.print()
    if found.rows:
        table = frame(lines=True)
        for name in ("intervention", "contrast"):
            table.add_column(name, overflow="fold", max_width=26)
        table.add_column("here", ratio=1, overflow="fold")
        table.add_column("there", ratio=1, overflow="fold")
        for row in found.rows:
            what = f"{row.perturbation.type} of {row.target.name}"
            there_text = _cell(row.there)
            if row.words:
                there_text.append(f"\nto try: {row.words}")
            table.add_row(what, row.kind.replace("_", " "), _cell(row.here), there_text)
        out.print(table)
    else:
        out.print("Nothing was shown to have this effect here.")
    out.print()
    out.print(shown_of(len(found.rows), found.total, "interventions"), soft_wrap=True)
    out.print(snapshot_text(found.snapshot), soft_wrap=True)


def print_requirements(found: Requirements) -> None:
    """Print what is needed, and below what claims state of the outcome alone."""
    out = console()
    asked = found.query
    out.print(
        f"What {asked.cause.name} needs for its effect on {asked.outcome.name}",
        style="bold", soft_wrap=True,
    )  # fmt: skip
    out.print()
    _print_needs(found.requirements, "No claim tells what it needs.")
    out.print(shown_of(len(found.requirements), found.total, "requirements"), soft_wrap=True)
    if found.of_outcome:
        out.print("\nNeeds of the outcome, stated without this cause", style="bold")
        _print_needs(found.of_outcome, "")
        shown = shown_of(len(found.of_outcome), found.of_outcome_total, "requirements")
        out.print(shown, soft_wrap=True)
    for one in found.beside:
        out.print(Text("denies the totality alone: ").append_text(cited(one)), soft_wrap=True)
    out.print(snapshot_text(found.snapshot), soft_wrap=True)


def _print_needs(needs: Iterable[Requirement], none: str) -> None:
    out = console()
    table = frame(lines=True)
    table.add_column("need", overflow="fold", max_width=26)
    table.add_column("result", no_wrap=True)
    table.add_column("shown by", ratio=1, overflow="fold")
    for need in needs:
        table.add_row(need.name, "partial" if need.partial else need.result, _told(need))
    out.print(table if table.row_count else none)


def _told(need: Requirement) -> Text:
    text = Text()
    for cell in need.cells:
        parts = ", ".join(map(part_text, cell.context)) or "no context stated"
        sources = ", ".join(one.replace("_", " ") for one in cell.sources)
        opposite = ", the other way" if cell.opposite else ""
        text.append(f"{cell.aspect or 'any stage'}, {parts}: {cell.result}{opposite} ({sources}) ")
        text.append_text(_first(cell.claims)).append("\n")
    if need.words:
        text.append(f"to try: {need.words}")
    text.rstrip()
    return text


def _cell(cell: ContrastCell) -> Text:
    text = Text(f"{cell.result}{', the opposite' if cell.opposite else ''}", style="bold")
    if cell.total:
        text.append(f" ({cell.total}) ", style="not bold")
        text.append_text(_first((*cell.claims, *cell.against)))
    if cell.unplaced:
        text.append(f"\n{cell.unplaced} that do not say where", style="not bold")
    return text


def _first(claims: Iterable[AnswerEvidence]) -> Text:
    first = next(iter(claims), None)
    return Text() if first is None else cited(first)


def _place(place: Place) -> str:
    context = ", ".join(f"{one.type}:{one.id}" for one in place.context) or "any context"
    return f"{place.effect} {place.outcome.name} ({place.outcome.id}), {context}"
