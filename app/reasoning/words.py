"""Sign arithmetic in words."""

from collections.abc import Callable, Iterable, Mapping

from app.model.answer import ContextFailure
from app.model.edge import Condition
from app.model.matrix import ContextPart
from app.model.vocabulary import (
    Agreement,
    Aspect,
    Category,
    ContextType,
    Effect,
    PerturbationType,
    Presence,
    Side,
)
from app.reasoning.kinship import KinHop
from app.reasoning.lens import LinkEdge
from app.reasoning.search import Hop, Walk

MINUS = "−"

SUBSTANCES = frozenset({Category.CHEMICAL_ENTITY, Category.SMALL_MOLECULE})
"""What is given or withdrawn, not activated or inhibited."""

_SHOWN_BY = {
    Side.LOSS: "extrapolated: shown by loss of function",
    Side.GAIN: "extrapolated: shown by gain of function",
    None: "extrapolated: only the sign is stated",
}
_STAGE = {
    Aspect.INDUCTION: " before or with what brings it about",
    Aspect.MAINTENANCE: " once it is there",
    None: "",
}
_KIN_VERB = {1: "acts for", -1: "acts against"}


def mark(sign: int) -> str:
    """Return a sign as it is printed."""
    return "+" if sign > 0 else MINUS


def intervention_type(change: int, substance: bool) -> PerturbationType:
    """Return what is done to a target: substances are given or withdrawn, others changed."""
    if substance:
        return PerturbationType.TREATMENT if change > 0 else PerturbationType.WITHDRAWAL
    return PerturbationType.ACTIVATION if change > 0 else PerturbationType.INHIBITION


def hop_in_words(hop: Hop, labels: Mapping[str, str]) -> str:
    """Return one hop: ``NF-kappaB raises EMT maintenance (+)``."""
    subject = labels.get(hop.subject, hop.subject)
    target = labels.get(hop.object, hop.object)
    notes = [mark(hop.sign)]
    if isinstance(hop.via, LinkEdge):
        aspect = f" {hop.via.key.aspect}" if hop.via.key.aspect else ""
        verb = "raises" if hop.sign > 0 else "lowers"
        if not hop.matched:
            notes.append(_SHOWN_BY[hop.via.key.side])
        return f"{subject} {verb} {target}{aspect} ({', '.join(notes)})"
    return f"{_kin_in_words(hop.via, subject, target)} ({', '.join(notes + _kin_notes(hop))})"


def _kin_in_words(kin: KinHop, subject: str, target: str) -> str:
    if kin.outcome_side:
        return f"{subject} is a narrower {target}"
    return f"{subject} {_KIN_VERB[kin.sign]} {target}"


def _kin_notes(hop: Hop) -> list[str]:
    name = hop.via.name if isinstance(hop.via, KinHop) else ""
    return [f"by kinship: {name}"] + ([] if hop.matched else ["extrapolated"])


def intervention_in_words(
    change: int,
    substance: bool,
    walk: Walk,
    outcome: str,
    effect: Effect,
    labels: Mapping[str, str],
) -> str:
    """Return the whole arithmetic of an intervention, from what is done to the effect."""
    done = f"{intervention_type(change, substance)} ({mark(change)})"
    result = change * walk.sign
    fate = "rises" if result > 0 else "falls"
    hops = " × ".join(hop_in_words(hop, labels) for hop in walk.hops)
    return f"{done} × {hops} = {outcome} {fate} ({mark(result)}): {effect}"


def path_in_words(walk: Walk, labels: Mapping[str, str]) -> str:
    """Return the arithmetic of a path without an intervention."""
    first = labels.get(walk.hops[0].subject, walk.hops[0].subject)
    last = labels.get(walk.hops[-1].object, walk.hops[-1].object)
    hops = " × ".join(hop_in_words(hop, labels) for hop in walk.hops)
    verb = "raises" if walk.sign > 0 else "lowers"
    return f"{hops} = {first} {verb} {last} ({mark(walk.sign)})"


def failures_in_words(failures: Iterable[ContextFailure], name: Callable[[str], str]) -> str:
    """Return which hops do not answer the asked context, as it follows the arithmetic.

    ``; hop 1, organism: Homo sapiens asked, mouse found (mismatch)``.
    """
    return "".join(f"; hop {each.hop}, {_failure_in_words(each, name)}" for each in failures)


def _failure_in_words(failure: ContextFailure, name: Callable[[str], str]) -> str:
    asked = " or ".join(name(one).replace("_", " ") for one in failure.asked.split(", "))
    slot = failure.slot.replace("_", "-")
    if failure.found is None:
        return f"{slot}: {asked} asked, nothing stated"
    known = "mismatch" if failure.agreement is Agreement.MISMATCH else "not comparable"
    return f"{slot}: {asked} asked, {failure.found} found ({known})"


def conditions_in_words(
    conditions: Iterable[Condition], labels: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what a hop holds under: ``TGF-beta absent``, ``Ras-transformed``."""
    found = []
    for condition in conditions:
        name = condition.name
        if condition.state is not None or condition.direction is not None:
            name = labels.get(condition.entity or "", condition.name)
        if condition.name.startswith("own "):
            name = condition.name
        elif condition.state is not None:
            name = f"{name} {condition.state}"
        elif condition.direction is not None:
            name = f"{name} changed ({condition.direction})"
        found.append(name)
    return tuple(found)


def experiment_in_words(
    side: Side,
    target: str,
    aspect: Aspect | None,
    context: Iterable[ContextPart],
    outcome: str,
    *,
    substance: bool = False,
) -> str:
    """Return an experiment to make: ``lower X once it is there in T cells and look at Y``.

    A ``substance`` is given or withdrawn.
    """
    lost, gained = ("withdraw", "give") if substance else ("lower", "raise")
    done = lost if side is Side.LOSS else gained
    where = "".join(f" {_part_in_words(part)}" for part in context)
    return f"{done} {target}{_STAGE[aspect]}{where} and look at {outcome}"


def _part_in_words(part: ContextPart) -> str:
    if part.type is ContextType.SETTING:
        return part.name
    if part.type is ContextType.CO_STIMULUS:
        return f"without {part.name}" if part.state is Presence.ABSENT else f"with {part.name}"
    return f"in {part.name}"
