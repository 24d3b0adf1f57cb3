"""Open routes and what closes them, as tables."""

from rich.text import Text

from app.cli.answers import cited, snapshot_text
from app.cli.console import console, frame, table
from app.model.bypass import Bypass, OpenRoute, SecondTarget


def print_bypass(found: Bypass) -> None:
    """Print the open routes, the second targets, what was simulated, and the snapshot."""
    out = console()
    asked = found.query
    closed = ", ".join(each.name for each in found.closed)
    out.print(
        f"What {found.perturbation.type} of {found.target.name} leaves open: "
        f"{asked.effect} {asked.outcome.name}",
        style="bold", soft_wrap=True,
    )  # fmt: skip
    out.print(f"Taken for closed: {closed}", soft_wrap=True)
    if found.routes:
        _print_routes(found)
        rows = [_second(one) for one in found.seconds]
        out.print(table(("second target", "closes", "share", "against", "simulated"), rows))
    if found.simulation is not None:
        ran = found.simulation
        best = "no pair does more" if ran.best is None else f"the best pair is with {ran.best.name}"
        out.print(
            f"Simulated in {ran.asked} of {ran.networks} networks of {ran.entities} entities: "
            f"{ran.effect:.2f} by itself, {best}. It is a model and no finding.",
            soft_wrap=True,
        )
    if found.note:
        out.print(found.note, soft_wrap=True)
    out.print(snapshot_text(found.snapshot), soft_wrap=True)


def _print_routes(found: Bypass) -> None:
    routes = frame(lines=True)
    routes.add_column("#", justify="right")
    routes.add_column("tier", no_wrap=True)
    routes.add_column("belief", no_wrap=True, justify="right")
    routes.add_column("arithmetic and best quote", ratio=1, overflow="fold")
    for number, route in enumerate(found.routes, start=1):
        path = route.path
        tier = str(path.tier) if path.matched else f"{path.tier}\nextrapolated"
        routes.add_row(str(number), tier, f"{path.belief:.2f}", _why(route))
    out = console()
    out.print(routes)
    more = "; weaker ones are open besides" if found.more else ""
    count = len(found.routes)
    out.print(f"{count} open route{'s' * (count != 1)}{more}", soft_wrap=True)


def _why(route: OpenRoute) -> Text:
    text = Text(route.path.arithmetic)
    for one in route.evidence[:1]:
        text.append("\n").append_text(cited(one))
    return text


def _second(one: SecondTarget) -> tuple[str, ...]:
    pair = one.simulated
    figure = "" if pair is None else f"{pair.together:.2f} ({pair.gain:+.2f})"
    numbers = ", ".join(map(str, one.routes))
    return (f"{one.perturbation.type} of {one.target.name}", f"{one.closes}: {numbers}",
            f"{one.share:.2f}", str(one.against or ""), figure)  # fmt: skip
