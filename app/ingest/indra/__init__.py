"""INDRA's statements in JSON into entities and claims: one claim an evidence."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.ingest.bel.names import Names
from app.ingest.imported import Imported, ImportedEntity, LeftOut, Node, Place, Statement
from app.ingest.indra.agents import Agents
from app.ingest.indra.files import is_indra, statements_of
from app.ingest.indra.statements import read_statement
from app.model.errors import BadInput

__all__ = ["IndraGraph", "indra_files", "is_indra"]


def indra_files(folder: Path) -> Iterator[Path]:
    """Yield the files of INDRA statements below a directory, in order."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (path for name in sorted(names) if is_indra(path := Path(root) / name))


@dataclass(frozen=True, slots=True)
class _Read:
    """A statement that was read already."""

    item: Imported

    @property
    def entities(self) -> tuple[str, ...]:
        return ()

    def read(self, _: Mapping[str, Node]) -> Imported:
        return self.item


class IndraGraph:
    """Files of INDRA statements as one graph.

    Args:
        name: what it is called in decisions and revisions.
        files: the files, read one after the other.
        names: the look-up of entities by their CURIEs.
    """

    reader = "indra"
    further_prefixes: tuple[str, ...] = ()

    def __init__(self, name: str, files: Sequence[Path], names: Names) -> None:
        self.name = name
        self.files = files
        self.agents = Agents(names)

    def items(self) -> Iterator[ImportedEntity | Statement | LeftOut]:
        """Yield each statement's entities before its claims; a bad file is left out."""
        seen: set[str] = set()
        for path in self.files:
            try:
                yield from self._of(path, seen)
            except BadInput as error:
                if len(self.files) == 1:
                    raise
                reason = "a file that can't be read"
                yield LeftOut(Place(str(path), 1), reason, str(error), bad=True)

    def _of(self, path: Path, seen: set[str]) -> Iterator[ImportedEntity | Statement | LeftOut]:
        waiting: list[_Read] = []
        for item in statements_of(path):
            if isinstance(item, LeftOut):
                yield item
                continue
            read, entities = read_statement(item, self.agents)
            for entity in entities:
                if entity.id not in seen:
                    seen.add(entity.id)
                    yield ImportedEntity(item.place, entity)
            waiting += [_Read(each) for each in read]
            if len(waiting) >= _TOGETHER:
                yield from waiting
                waiting.clear()
        yield from waiting


_TOGETHER = 4000
