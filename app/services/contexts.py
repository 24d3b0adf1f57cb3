"""What is known to compare contexts: own tables, the lexicon's cell lines and diseases, the store.

Species, tissues and cells lie within one another as ``seeds/context`` says. A cell line lies
within its tissue and comes from its species as the lexicon's own list says. Diseases lie within
one another by MONDO's *is_a*: all of the lexicon's, and what the graph holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from threading import Lock

from app.graph.port import GraphStore, GraphView
from app.grounding import Lexicon
from app.grounding.tokens import key_of
from app.model.answer import AskedContext
from app.model.history import Revision
from app.model.vocabulary import Category, ContextType, RelationType
from app.reasoning.hierarchy import NOTHING_KNOWN, Hierarchy
from app.services.indexes import only_claims_changed

PLACED = ("species", "tissues", "cells")
"""The tables that say what lies within what."""

_COMPARED = frozenset({ContextType.ORGANISM, ContextType.CELL, ContextType.DISEASE})
_DISEASES = ("MONDO", "MESH")
_DISEASE = "disease"


@dataclass(frozen=True, slots=True)
class _Tables:
    """What is known whatever the graph holds; see :class:`~app.reasoning.hierarchy.Hierarchy`."""

    wider: frozenset[tuple[str, str]]
    axes: dict[str, str]
    organisms: dict[str, str]
    names: dict[str, str]


class Contexts:
    """The hierarchies of one store; safe to share between threads.

    The last one is kept until relations change.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._held: tuple[Revision, Hierarchy] | None = None
        self._lock = Lock()

    def known(self, view: GraphView, asked: Sequence[AskedContext]) -> Hierarchy:
        """Return what is known to compare with ``asked``, by the snapshot that ``view`` shows.

        Nothing is read where neither organism, cell nor disease is asked for.
        """
        if not _COMPARED & {each.type for each in asked}:
            return NOTHING_KNOWN
        with self._lock:
            if self._held is not None and self._still(self._held[0], view.revision):
                hierarchy = self._held[1]
            else:
                hierarchy = read_hierarchy(view)
            self._held = view.revision, hierarchy
            return hierarchy

    def _still(self, held: Revision, shown: Revision) -> bool:
        if held.id == shown.id:
            return True
        first, last = sorted((held.number, shown.number))
        return only_claims_changed(self._store, first, last)


def read_hierarchy(view: GraphView) -> Hierarchy:
    """Read what a snapshot holds and put it to the tables."""
    tables = _tables()
    wider, axes = set(tables.wider), dict(tables.axes)
    for relation in view.relations(None, [RelationType.IS_A, RelationType.SAME_AS]):
        pair = (relation.subject, relation.object)
        wider.add(pair)
        if relation.type is RelationType.SAME_AS:
            wider.add(pair[::-1])
        elif relation.subject.startswith("MONDO:"):
            axes |= dict.fromkeys(pair, _DISEASE)
    return Hierarchy(wider, axes=axes, organisms=tables.organisms, names=tables.names)


def table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in ``seeds/context``, each by its columns."""
    return _rows("context", name)


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    wider: set[tuple[str, str]] = set()
    axes: dict[str, str] = {}
    for row in (row for name in PLACED for row in table(name)):
        wider |= {(row["id"], wide) for wide in _several(row["is_a"]) + _several(row["part_of"])}
        for same in _several(row["same"]):
            wider |= {(row["id"], same), (same, row["id"])}
        if row["axis"]:
            axes[row["id"]] = row["axis"]
    organisms = {row["id"]: row["taxon"] for row in table("cell_organisms")}
    for line, tissue, taxon in _cell_lines():
        organisms[line] = taxon
        if tissue:
            wider.add((line, tissue))
    for pair in Lexicon.load().kinds_of(_DISEASES):
        wider.add(pair)
        axes |= dict.fromkeys(pair, _DISEASE)
    names = {row["id"]: row["name"] for row in table("species")}
    return _Tables(frozenset(wider), axes, organisms, names)


def _cell_lines() -> Iterator[tuple[str, str, str]]:
    """Yield (cell line, tissue or nothing, species) from the lexicon's own list."""
    lexicon = Lexicon.load()
    tissues = {row["tissue"]: row["id"] for row in table("cell_line_tissues")}
    for row in _rows("lexicon", "own", "cell_lines"):
        meanings = lexicon.meanings(key_of(row["name"]))
        lines = {
            lexicon.curie(each.entity)
            for each in meanings
            if lexicon.category(each.entity) is Category.CELL_LINE
        }
        for line in sorted(lines):
            yield line, tissues[row["tissue"]], row["taxon"]


def _several(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _rows(*place: str) -> Iterator[dict[str, str]]:
    *folders, name = place
    file = resources.files("seeds").joinpath(*folders, f"{name}.tsv")
    header, *body = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return (dict(zip(header, cells, strict=True)) for cells in body)
