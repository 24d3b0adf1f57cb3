"""Our own lists: what curators write and no public table has, or has wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.grounding.tokens import key_of
from app.model.entity import Entity
from app.model.vocabulary import Category, RelationType
from app.services.seeds import read_seeds
from tools.lexicon.terms import Term

if TYPE_CHECKING:
    from tools.lexicon.gather import Gathered

OWN = "EviPath"
SOURCES = {"GO": "GO", "MESH": "MeSH", "CL": "CL", "NCBITaxon": "NCBITaxon"}
PATHWAY_ENDINGS = (
    "pathway", "signaling", "signaling pathway", "signaling cascade", "cascade", "axis",
    "signal transduction", "signal transduction pathway", "pathway signaling", "signal",
    "signaling axis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnLists:
    """The rows of each list, as they stand in its file."""

    names: list[list[str]]
    concepts: list[list[str]]
    compounds: list[list[str]]
    cells: list[list[str]]
    against: frozenset[tuple[str, str]]
    seeds: tuple[Entity, ...]
    same: tuple[str, ...]

    def role(self, member: str, family: str) -> str:
        """Return the sign with which a member acts for its family."""
        return "-" if (member, family) in self.against else "+"


def read(folder: Path) -> OwnLists:
    """Read the lists of a folder."""
    against = frozenset((row[0], row[1]) for row in rows(folder / "roles.tsv"))
    return OwnLists(
        names=list(rows(folder / "names.tsv")),
        concepts=list(rows(folder / "concepts.tsv")),
        compounds=list(rows(folder / "compounds.tsv")),
        cells=list(rows(folder / "cell_lines.tsv")),
        against=against,
        seeds=read_seeds().entities,
        same=tuple(
            each.subject for each in read_seeds().relations if each.type is RelationType.SAME_AS
        ),
    )


def rows(file: Path) -> Iterator[list[str]]:
    """Yield the rows of a list without its header."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        yield line.split("\t")


def add(all_: "Gathered", lists: OwnLists) -> None:
    """Add the lists to what the tables gave; raises ValueError for a row that fits nothing."""
    for curie, _, names in lists.names:
        _term(all_, curie).add("o", names.split("|"))
    for curie, name, category, names in lists.concepts:
        source = SOURCES.get(curie.partition(":")[0], OWN)
        term = all_.terms.setdefault(curie, Term(curie, name, Category(category), source))
        term.category = Category(category)
        term.add("o", [name, *spelled_out(names.split("|"))])
    index = _index(all_, (Category.SMALL_MOLECULE, Category.CHEMICAL_ENTITY))
    for curie, name, synonyms, targets in lists.compounds:
        term = _own(all_, index, curie, name, Category.SMALL_MOLECULE)
        term.add("o", [name, *(each for each in synonyms.split("|") if each)])
        for each in targets.split("|") if targets else ():
            sign, _, target = each.partition(" ")
            if sign not in "+-" or target not in all_.terms:
                raise ValueError(f"compounds.tsv: {name} acts on no known {each!r}")
            all_.targets.setdefault(term.id, []).append((target, sign))
    index = _index(all_, (Category.CELL_LINE,))
    for curie, name, synonyms, taxon, tissue in lists.cells:
        del tissue
        term = _own(all_, index, curie, name, Category.CELL_LINE)
        all_names = [name, *(each for each in synonyms.split("|") if each)]
        term.add("o", [*all_names, *(each.removesuffix(" cells") for each in all_names)])
        term.taxon = taxon


def spelled_out(names: Iterable[str]) -> Iterator[str]:
    """Yield names, with one for each ending where a name ends with ``*`` (``NF-kappaB *``)."""
    for name in names:
        if name.endswith(" *"):
            yield from (f"{name[:-2]} {ending}" for ending in PATHWAY_ENDINGS)
        else:
            yield name


def add_seeds(all_: "Gathered", entities: Iterable[Entity], same: Iterable[str]) -> None:
    """Add what a fresh graph starts with, but for those ids that are the same as another."""
    secondary = set(same)
    for entity in entities:
        if entity.id in secondary:
            continue
        source = entity.source or OWN
        term = all_.terms.setdefault(
            entity.id, Term(entity.id, entity.name, entity.category, source)
        )
        term.name, term.category, term.abbreviation = (
            entity.name, entity.category, entity.abbreviation
        )  # fmt: skip
        term.add("o", [entity.name, *entity.synonyms])


def _term(all_: "Gathered", curie: str) -> Term:
    if curie not in all_.terms:
        raise ValueError(f"names.tsv: {curie} is in no table")
    return all_.terms[curie]


def _index(all_: "Gathered", categories: tuple[Category, ...]) -> dict[str, str]:
    """Return ids by key of name, a preferred name before a synonym."""
    found: dict[str, str] = {}
    for kinds in ("fn", "mo"):
        for term in all_.terms.values():
            if term.category in categories:
                for name, kind in term.names.items():
                    if kind in kinds:
                        found.setdefault(key_of(name), term.id)
    return found


def _own(
    all_: "Gathered", index: dict[str, str], curie: str, name: str, category: Category
) -> Term:
    known = curie or index.get(key_of(name))
    if known:
        return all_.terms.setdefault(known, Term(known, name, category, OWN))
    made = f"EVIPATH:{key_of(name).replace(' ', '-')}"
    return all_.terms.setdefault(made, Term(made, name, category, OWN))
