"""A KGX pair as a graph that can be imported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.ingest.imported import (
    Imported,
    ImportedEntity,
    ImportedRelation,
    LeftOut,
    Node,
    Place,
    Statement,
)
from app.ingest.item import Unreadable
from app.ingest.kgx import edges, nodes
from app.ingest.kgx.edges import EdgeRow, edge_row, read_edge
from app.ingest.kgx.hierarchy import relation_of
from app.ingest.kgx.nodes import entity_of
from app.ingest.kgx.pair import Pair
from app.ingest.kgx.rows import Row, read_rows
from app.ingest.prefixes import ImportPrefixes
from app.model.errors import BadInput


@dataclass(frozen=True, slots=True)
class _Edge:
    """An edge that waits for the entities at its ends."""

    edge: EdgeRow
    graph: "KgxGraph"

    @property
    def entities(self) -> tuple[str, ...]:
        return (self.edge.subject, self.edge.object)

    def read(self, known: Mapping[str, Node]) -> Imported:
        return read_edge(
            self.edge, known, self.graph.prefixes, correlations=self.graph.correlations
        )


@dataclass(frozen=True, slots=True)
class _Same:
    """Another id of a node, which is an equivalent where the graph has an entity of it."""

    place: Place
    node: str
    other: str
    source: str

    @property
    def entities(self) -> tuple[str, ...]:
        return (self.node, self.other)

    def read(self, known: Mapping[str, Node]) -> ImportedRelation | LeftOut:
        if self.node not in known or self.other not in known:
            return LeftOut(self.place, "an equivalent id that is no node: kept as cross-reference")
        return relation_of(self.place, "same_as", known[self.node], known[self.other], self.source)


class KgxGraph:
    """The graph of a KGX pair.

    Args:
        pair: the files.
        correlations: whether a correlation is read as a weak sign without a side.
    """

    reader = "kgx"

    def __init__(self, pair: Pair, *, correlations: bool = False) -> None:
        self.pair = pair
        self.correlations = correlations
        self.prefixes = ImportPrefixes()
        self._equivalents = False

    @property
    def name(self) -> str:
        """The names of both files."""
        return self.pair.name

    @property
    def further_prefixes(self) -> tuple[str, ...]:
        """The prefixes that the nodes brought, as far as they were read."""
        return tuple(self.prefixes.further)

    def items(self) -> Iterator[ImportedEntity | Statement | LeftOut]:
        """Yield all nodes, then their equivalents, then the edges.

        Raises BadInput for a file that can't be read or lacks a column.
        """
        yield from self._nodes()
        if self._equivalents:
            yield from self._same()
        for row in _rows(self.pair.edges, edges.NEEDED):
            edge = row if isinstance(row, LeftOut) else edge_row(row, self.prefixes)
            yield edge if isinstance(edge, LeftOut) else _Edge(edge, self)

    def _nodes(self) -> Iterator[ImportedEntity | LeftOut]:
        for row in _rows(self.pair.nodes, nodes.NEEDED):
            item = row if isinstance(row, LeftOut) else entity_of(row, self.prefixes)
            if isinstance(item, ImportedEntity) and item.same_as:
                self._equivalents = True
            yield item

    def _same(self) -> Iterator[Statement]:
        """Go through the nodes again, as an equivalent may be a later node."""
        for row in _rows(self.pair.nodes, nodes.NEEDED):
            item = row if isinstance(row, LeftOut) else entity_of(row, self.prefixes)
            if isinstance(item, ImportedEntity):
                source = item.entity.source or self.name
                for other in item.same_as:
                    yield _Same(item.place, item.entity.id, other, source)


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[Row | LeftOut]:
    try:
        yield from read_rows(path, str(path), needed)
    except Unreadable as error:
        where = f"{path}, line {error.line}" if error.line is not None else str(path)
        raise BadInput(f"{where}: {error}") from error
    except OSError as error:
        raise BadInput(f"{path} can't be read: {error.strerror or error}") from error
