"""From the names that BEL gives to entities: through a look-up that is passed in."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Protocol

from app.model.entity import Entity
from app.model.errors import BadInput
from app.model.identifiers import normalise_curie
from app.model.vocabulary import Category

_NUMBER: Final = re.compile(r"[0-9]+")


class Names(Protocol):
    """A look-up of entities by name and by CURIE, such as the lexicon of grounding."""

    def named(self, name: str, prefixes: Sequence[str]) -> Entity | None:
        """Return the entity of one of these prefixes that the whole name means, or None."""
        ...

    def known(self, curie: str) -> Entity | None:
        """Return the entity with this CURIE, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Namespace:
    """How the names of a namespace are read: as ids of a prefix, or as names of some prefixes.

    ``organism`` is that of the genes which are read as their human counterparts.
    """

    name: str
    is_id: bool
    prefixes: tuple[str, ...]
    organism: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, and the organism whose gene was read as its human counterpart."""

    entity: Entity
    organism: str | None = None


class NameReader:
    """Finds entities, remembers what it found, and counts by namespace what it did not."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._held: dict[tuple[str, str], Found | None] = {}
        self.missing: Counter[str] = Counter()

    def find(self, namespace: str, text: str, category: Category) -> Found | None:
        """Return what a name of a namespace means; None where nothing is known of it.

        ``category`` is that of an entity of which only the id is known.
        """
        key = (namespace, text)
        if key not in self._held:
            self._held[key] = self._look_up(namespace, text, category)
        return self._held[key]

    def _look_up(self, namespace: str, text: str, category: Category) -> Found | None:
        space = namespaces().get(namespace)
        if space is None:
            return None
        entity = None if _NUMBER.fullmatch(text) else self._names.named(text, space.prefixes)
        if entity is None:
            entity = self._by_id(space, text, category)
        return None if entity is None else Found(entity, space.organism)

    def _by_id(self, space: Namespace, text: str, category: Category) -> Entity | None:
        """Read a text as an id: all ids of some namespaces, and whatever is a known one's id."""
        for prefix in space.prefixes:
            try:
                curie = normalise_curie(f"{prefix}:{text}")
            except BadInput:
                continue
            known = self._names.known(curie)
            if known is not None:
                return known
            if space.is_id and (prefix != "NCBITaxon" or _NUMBER.fullmatch(text)):
                return Entity(id=curie, name=curie, category=category, source="BEL")
        return None


@cache
def namespaces() -> dict[str, Namespace]:
    """Return how each namespace is read, by its keyword."""
    return {
        row["namespace"]: Namespace(
            row["namespace"],
            row["reading"] == "id",
            tuple(row["prefixes"].split()),
            row["organism"] or None,
        )
        for row in table("namespaces.tsv")
    }


def table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table beside this file."""
    text = resources.files("app.ingest.bel").joinpath(name).read_text("utf-8")
    columns, *rows = (line.split("\t") for line in text.splitlines())
    for row in rows:
        yield dict(zip(columns, row + [""] * (len(columns) - len(row)), strict=True))
