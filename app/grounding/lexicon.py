"""The compiled lexicon: which forms there are, what they mean, and how the meanings relate.

The compiled sections are text, one record a line, each compressed by itself; ``tools/lexicon``
writes them. Forms are held in one dictionary; an entity is read from its line when it is asked
for, relations when the first of them is.
"""

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Final

import orjson

from app.model.entity import Entity, EntityRelation
from app.model.vocabulary import Category, RelationType, Sign

_MEANING = re.compile(r"(\d+)([A-Za-z])([CSW])")
_SEEDS: Final = ("entities", "relations")
_RULES: Final = ("contexts", "stop", "words")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a form may mean.

    ``entity`` is a number of the lexicon's own. ``kind`` tells where the name stands: ``o`` our
    list, ``f`` FamPlex, ``s`` gene symbol, ``n`` preferred name, ``m`` synonym, ``a`` alias,
    ``p`` previous symbol, ``r`` name in mouse or rat; in upper case it is a spelling derived from
    such a name. ``symbol`` tells that it is written like a symbol, ``capitals`` that only
    capitals will do (``EMT``).
    """

    entity: int
    kind: str
    symbol: bool
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What a compound acts on, and how: ``-`` for an inhibitor, ``+`` for an activator."""

    id: str
    sign: Sign


class Lexicon:
    """Every entity that can be grounded to, by the forms of its names and by its CURIE."""

    def __init__(
        self,
        sections: Mapping[str, bytes],
        seeds: Mapping[str, bytes],
        rules: Mapping[str, bytes],
    ) -> None:
        self._sections = sections
        self.version = _hash((*sections.values(), *seeds.values(), *rules.values()))
        keys = _text(sections["keys"]).split("\n")
        self.forms = dict(zip(keys, _text(sections["meanings"]).split("\n"), strict=True))
        self.heads: dict[str, int] = {}
        for line in _text(sections["heads"]).split("\n"):
            token, _, mask = line.partition("\t")
            self.heads[token] = int(mask)
        self._lines = _text(sections["entities"]).split("\n")
        self._read: dict[str, tuple[Meaning, ...]] = {}
        self._seeded = {
            each["id"]: Entity.model_validate(each)
            for each in orjson.loads(seeds["entities"])["entities"]
        }
        self._seed_relations = tuple(
            EntityRelation.model_validate(each)
            for each in orjson.loads(seeds["relations"])["relations"]
        )

    @classmethod
    def load(cls) -> "Lexicon":
        """Return the lexicon that is compiled into ``seeds``; read once."""
        return _loaded()

    def __len__(self) -> int:
        return len(self._lines)

    def meanings(self, key: str) -> tuple[Meaning, ...]:
        """Return what a form may mean, in no order; nothing where it is no form."""
        held = self._read.get(key)
        if held is None:
            line = self.forms.get(key)
            if line is None:
                return ()
            held = self._read[key] = tuple(
                Meaning(int(number), kind, style != "W", style == "C")
                for number, kind, style in _MEANING.findall(line)
            )
        return held

    def curie(self, number: int) -> str:
        """Return the CURIE of a numbered entity."""
        line = self._lines[number]
        return line[: line.index("\t")]

    def category(self, number: int) -> Category:
        """Return the category of a numbered entity."""
        return self.label(number)[1]

    def label(self, number: int) -> tuple[str, Category]:
        """Return the name and the category of a numbered entity."""
        curie, name, category, _ = self._lines[number].split("\t", 3)
        seeded = self._seeded.get(curie)
        return (seeded.name, seeded.category) if seeded else (name, Category(category))

    def entity(self, curie: str) -> Entity | None:
        """Return the entity with a CURIE, also a secondary one; None where it is unknown."""
        if (seeded := self._seeded.get(curie)) is not None:
            return seeded
        number = self._numbers.get(curie)
        if number is not None:
            return self._entity(self._lines[number])
        if (secondary := self._secondary.get(curie)) is None:
            return None
        primary, name = secondary
        held = self.entity(primary)
        category = held.category if held else Category.NAMED_THING
        return Entity(
            id=curie, name=name, category=category, source=_SOURCE[curie.partition(":")[0]]
        )

    def relations(self, curies: Iterable[str]) -> tuple[EntityRelation, ...]:
        """Return the relations that start at these entities, sorted by their keys.

        They lead to families, complexes and wider processes (with the role of the member), and
        from a secondary id to the primary one (``same_as``).
        """
        found: dict[tuple[str, str, str], EntityRelation] = {}
        for curie in curies:
            for relation in self._by_subject.get(curie, ()):
                found[relation.key] = relation
            for row in self._hierarchy.get(curie, ()):
                found.setdefault(row[:3], _relation(row))
            if (secondary := self._secondary.get(curie)) is not None:
                same = (curie, RelationType.SAME_AS.value, secondary[0])
                found.setdefault(same, _relation((*same, "", "EviPath: mapped by the sources")))
        return tuple(found[key] for key in sorted(found))

    def kinds_of(self, prefixes: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield (narrower, wider) for each *is_a* that starts at an entity with these prefixes."""
        wanted = set(prefixes)
        for curie, rows in self._hierarchy.items():
            if curie.partition(":")[0] in wanted:
                yield from ((curie, row[2]) for row in rows if row[1] == RelationType.IS_A.value)

    def targets(self, curie: str) -> tuple[Target, ...]:
        """Return what a compound acts on; nothing where our list doesn't say."""
        return self._targets.get(curie, ())

    def _entity(self, line: str) -> Entity:
        curie, name, category, source, taxon, abbreviation, synonyms, xrefs = line.split("\t")
        return Entity(
            id=curie,
            name=name,
            abbreviation=abbreviation or None,
            category=Category(category),
            synonyms=tuple(sorted(synonyms.split("|"))) if synonyms else (),
            xrefs=tuple(xrefs.split("|")) if xrefs else (),
            taxon=taxon or None,
            source=source,
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {line[: line.index("\t")]: number for number, line in enumerate(self._lines)}

    @cached_property
    def _secondary(self) -> dict[str, tuple[str, str]]:
        rows = (line.split("\t") for line in _lines(self._sections["secondary"]))
        return {curie: (primary, name) for curie, primary, name in rows}

    @cached_property
    def _hierarchy(self) -> dict[str, list[tuple[str, str, str, str, str]]]:
        found: dict[str, list[tuple[str, str, str, str, str]]] = defaultdict(list)
        for line in _lines(self._sections["relations"]):
            subject, kind, object_, role, source = line.split("\t")
            found[subject].append((subject, kind, object_, role, source))
        return dict(found)

    @cached_property
    def _by_subject(self) -> dict[str, list[EntityRelation]]:
        found: dict[str, list[EntityRelation]] = defaultdict(list)
        for relation in self._seed_relations:
            found[relation.subject].append(relation)
        return dict(found)

    @cached_property
    def _targets(self) -> dict[str, tuple[Target, ...]]:
        found: dict[str, list[Target]] = defaultdict(list)
        for line in _lines(self._sections["targets"]):
            curie, target, sign = line.split("\t")
            found[curie].append(Target(target, Sign(sign)))
        return {curie: tuple(targets) for curie, targets in found.items()}


_SOURCE: Final = {"MESH": "MeSH", "EFO": "EFO", "GO": "GO", "CHEBI": "ChEBI"}


@lru_cache(maxsize=1)
def _loaded() -> Lexicon:
    folder = resources.files("seeds") / "lexicon"
    compiled = folder / "compiled"
    sections = {
        name: (compiled / f"{name}.z").read_bytes()
        for name in (
            "entities", "secondary", "keys", "meanings", "heads", "relations", "targets"
        )
    }  # fmt: skip
    seeds = {name: (folder / f"{name}.json").read_bytes() for name in _SEEDS}
    rules = {name: (folder / "own" / f"{name}.tsv").read_bytes() for name in _RULES}
    return Lexicon(sections, seeds, rules)


def _text(section: bytes) -> str:
    return zlib.decompress(section).decode("utf-8")


def _lines(section: bytes) -> list[str]:
    return [line for line in _text(section).split("\n") if line]


def _hash(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _relation(row: tuple[str, str, str, str, str]) -> EntityRelation:
    subject, kind, object_, role, source = row
    return EntityRelation(
        subject=subject,
        type=RelationType(kind),
        object=object_,
        role=Sign(role) if role else None,
        source=source,
    )
