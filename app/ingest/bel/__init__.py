"""BEL: scripts and pybel's node-link JSON into entities and claims, through pybel."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.ingest.bel.names import NameReader, Names
from app.ingest.bel.scripts import is_bel, parsed
from app.ingest.bel.statements import BelEdge, Read, read_edge
from app.ingest.imported import Imported, ImportedEntity, LeftOut, Node, Place, Statement
from app.model.errors import BadInput

_TOGETHER: Final = 4000
"""Statements that wait for the entities of further files, so that files share transactions."""

__all__ = ["BelGraph", "Names", "bel_files", "is_bel"]


def bel_files(folder: Path) -> Iterator[Path]:
    """Yield the BEL files below a directory, in order."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (path for name in sorted(names) if is_bel(path := Path(root) / name))


@dataclass(frozen=True, slots=True)
class _Read:
    """A statement that was read already."""

    item: Read

    @property
    def entities(self) -> tuple[str, ...]:
        return ()

    def read(self, _: Mapping[str, Node]) -> Imported:
        return self.item


class BelGraph:
    """Files of BEL as one graph.

    Args:
        name: what it is called in decisions and revisions.
        files: the files, read one after the other.
        names: the look-up that finds the CURIEs of names.
    """

    reader = "bel"
    further_prefixes: tuple[str, ...] = ()

    def __init__(self, name: str, files: Sequence[Path], names: Names) -> None:
        self.name = name
        self.files = files
        self.names = NameReader(names)

    def items(self) -> Iterator[ImportedEntity | Statement | LeftOut]:
        """Yield, file by file, the entities and then the statements; a bad file is left out."""
        seen: set[str] = set()
        waiting: list[_Read] = []
        for path in self.files:
            try:
                graph, unread = parsed(path)
            except BadInput as error:
                if len(self.files) == 1:
                    raise
                reason = "a file that can't be read"
                yield LeftOut(Place(str(path), 1), reason, str(error), bad=True)
                continue
            yield from unread
            for edge in _edges(graph, path):
                item, entities = read_edge(edge, self.names)
                for entity in entities:
                    if entity.id not in seen:
                        seen.add(entity.id)
                        yield ImportedEntity(edge.place, entity)
                waiting.append(_Read(item))
            if len(waiting) >= _TOGETHER:
                yield from waiting
                waiting.clear()
        yield from waiting


def _edges(graph: Any, path: Path) -> Iterator[BelEdge]:
    document = str(graph.document.get("name") or path.stem)
    found = graph.edges(data=True)
    for subject, target, data in found:
        written = graph.edge_to_bel(subject, target, data)
        place = Place(str(path), int(data.get("line") or 1))
        edge = BelEdge(place, subject, target, data, written, f"BEL: {document}")
        if not edge.is_mirror:
            yield edge
