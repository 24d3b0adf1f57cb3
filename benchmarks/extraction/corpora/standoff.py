"""Read BioNLP standoff files: text-bound annotations, events, equivalences and modifications."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.extraction.units import Pair

_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Bound:
    """A typed span: an entity or the trigger of an event."""

    type: str
    span: Pair


@dataclass(frozen=True, slots=True)
class Event:
    """An event: type, the id of its trigger, and its arguments as (role, id)."""

    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]

    def filled(self, role: str) -> list[str]:
        """Return the ids that fill a role; ``Theme2`` is a second ``Theme``."""
        return [target for name, target in self.arguments if name == role]


@dataclass(slots=True)
class Standoff:
    """One annotated text."""

    text: str
    bound: dict[str, Bound] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    negated: set[str] = field(default_factory=set)
    speculated: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)


def parse(text_file: Path) -> Standoff:
    """Return a text with its ``.a1`` entities and ``.a2`` events.

    A span in pieces is taken from its first to its last character.
    """
    found = Standoff(text_file.read_text("utf-8"))
    for suffix in (".a1", ".a2"):
        for line in text_file.with_suffix(suffix).read_text("utf-8").splitlines():
            _take(found, line)
        if suffix == ".a1":
            found.entities = set(found.bound)
    return found


def _take(found: Standoff, line: str) -> None:
    key, _, rest = line.partition("\t")
    if key.startswith("T"):
        type_, *numbers = re.split(r"[ ;]", rest.partition("\t")[0])
        places = [int(number) for number in numbers]
        found.bound[key] = Bound(type_, (min(places), max(places)))
    elif key.startswith("E"):
        head, *tail = [part.split(":") for part in rest.split()]
        arguments = tuple((_NUMBER.sub("", role), target) for role, target in tail)
        found.events[key] = Event(head[0], head[1], arguments)
    elif key.startswith("M"):
        kind, target = rest.split()
        (found.negated if kind == "Negation" else found.speculated).add(target)
