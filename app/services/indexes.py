"""The indexes of the snapshots that are asked about, in memory."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from app.graph.port import GraphStore, GraphView
from app.model.history import Revision
from app.reasoning.index import Index, build_index
from app.reasoning.lens import Lenses

INDEXES_KEPT = 4
"""How many snapshots' indexes are kept in memory: the head and a few that were asked as of."""


class Indexes:
    """The indexes of one store; safe to share between threads."""

    def __init__(self, store: GraphStore, cache: Path | None) -> None:
        self._store = store
        self._cache = cache
        self._indexes: OrderedDict[str, Lenses] = OrderedDict()
        self._head = ""
        self._lock = Lock()

    def of(self, view: GraphView, revision: Revision) -> Lenses:
        """Return the index of the snapshot that ``view`` shows."""
        head = self._store.head().id
        with self._lock:
            if head != self._head:
                # A purge takes claims out of the past, too; no index may still name them.
                self._indexes.clear()
                self._head = head
            index = self._indexes.get(revision.id)
            if index is None:
                index = Lenses(read_index(view))
                self._indexes[revision.id] = index
                while len(self._indexes) > INDEXES_KEPT:
                    self._indexes.popitem(last=False)
            self._indexes.move_to_end(revision.id)
            return index


def read_index(view: GraphView) -> Index:
    """Read a snapshot and build its index."""
    columns = view.edge_columns()
    relations = view.relations()
    wholes = view.entities(sorted({relation.object for relation in relations}))
    categories = {entity.id: entity.category for entity in wholes.values()}
    return build_index(columns, relations, categories, view.article_facts(columns.articles))
