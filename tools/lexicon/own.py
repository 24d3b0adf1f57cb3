"""Our own lists: what curators write and no public table has, or has wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.grounding.tokens import key_of
from app.model.vocabulary import Category
from tools.lexicon.terms import Term

if TYPE_CHECKING:
    from tools.lexicon.gather import Gathered

OWN = "EviPath"


@dataclass(frozen=True, slots=True)
class OwnLists:
    """The rows of each list, as they stand in its file."""

    names: list[list[str]]
    concepts: list[list[str]]
    compounds: list[list[str]]
    cells: list[list[str]]
    against: frozenset[tuple[str, str]]

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
    )


def rows(file: Path) -> Iterator[list[str]]:
    """Yield the rows of a list without its header."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        yield line.split("\t")


def add(all_: "Gathered", lists: OwnLists) -> None:
    """Add the lists to what the tables gave; raises ValueError for a row that fits nothing."""
    for curie, names in lists.names:
        _term(all_, curie).add("o", names.split("|"))
    for curie, name, category, names in lists.concepts:
        term = all_.terms.setdefault(curie, Term(curie, name, Category(category), OWN))
        term.category = Category(category)
        term.add("o", [name, *names.split("|")])
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
        term.add("o", [name, *(each for each in synonyms.split("|") if each)])
        term.taxon = taxon


def _term(all_: "Gathered", curie: str) -> Term:
    if curie not in all_.terms:
        raise ValueError(f"names.tsv: {curie} is in no table")
    return all_.terms[curie]


def _index(all_: "Gathered", categories: tuple[Category, ...]) -> dict[str, str]:
    """Return ids by key of name, a preferred name before a synonym."""
    found: dict[str, str] = {}
    for kinds in ("n", "mof"):
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
