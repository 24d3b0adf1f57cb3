"""What a graph that is imported gives: entities, relations, claims, and what can't be mapped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from app.model.claim import Claim
from app.model.entity import Entity, EntityRelation
from app.model.vocabulary import Category


class Place(NamedTuple):
    """Where something stands in a source: its name and the line, from 1."""

    source: str
    line: int


class Node(NamedTuple):
    """What reading a statement needs of an entity at its ends."""

    id: str
    name: str
    category: Category


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that gives nothing: ``reason`` is what such things are counted by.

    ``bad`` tells a row that can't be read from one that says what the graph has no slot for.
    """

    place: Place
    reason: str
    detail: str = ""
    bad: bool = False


@dataclass(frozen=True, slots=True)
class ImportedEntity:
    """An entity, other ids that mean the same, and the prefix that it brings along, if any."""

    place: Place
    entity: Entity
    same_as: tuple[str, ...] = ()
    prefix: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedRelation:
    """A relation between two entities."""

    place: Place
    relation: EntityRelation
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedClaim:
    """A claim, whether its source asserts it by hand, and the rule that read it.

    ``marks`` are remarks on the reading that are counted: an older predicate, say.
    """

    place: Place
    claim: Claim
    manual: bool
    rule: str
    marks: tuple[str, ...] = ()


Imported = ImportedRelation | ImportedClaim | LeftOut
"""What a statement becomes."""


class Statement(Protocol):
    """A statement of a graph, which can be read once the entities that it names are known."""

    @property
    def entities(self) -> tuple[str, ...]:
        """The ids of the entities that the reading looks up."""
        ...

    def read(self, nodes: Mapping[str, Node], /) -> Imported:
        """Return what the statement becomes; unknown entities are missing in ``nodes``."""
        ...


class Graph(Protocol):
    """A graph that is imported, as a stream."""

    @property
    def name(self) -> str:
        """What it is called in decisions and revisions: the names of its files."""
        ...

    @property
    def reader(self) -> str:
        """What reads it: ``kgx``, ``bel`` or ``indra``."""
        ...

    @property
    def further_prefixes(self) -> tuple[str, ...]:
        """The prefixes that it brought and the prefix map lacks, as far as it was read."""
        ...

    def items(self) -> Iterator[ImportedEntity | Statement | LeftOut]:
        """Yield what it holds; an entity comes before the statements that name it.

        What can't be read is left out with its place; a file that can't be read at all is an
        :class:`~app.model.errors.BadInput`.
        """
        ...
