"""The indexes of the snapshots that are asked about: built, brought up to date, kept.

The head's index is kept as a file, too, which every worker process maps. Where only claims changed
since the index at hand, it is brought up to date from the changes; else it is built anew. A running
question keeps the index that it began with.
"""

import hashlib
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from app import __version__
from app.graph.port import GraphStore, GraphView
from app.model.history import Revision
from app.model.paper import parts_of
from app.reasoning.index import Index, build_index, changed
from app.reasoning.lens import Lenses
from app.reasoning.memory import give_back
from app.reasoning.rules import RULE_VERSION
from app.services import index_file

INDEX_VERSION = 3
"""Raised whenever the arrays of an index, or how they come about, change."""

INDEXES_KEPT = 4
"""How many snapshots' indexes are kept in memory: the head and a few that were asked as of."""

FILED_FROM = 10_000
"""Edges from which an index is worth a file."""

MOST_CHANGES = 1000
"""How many changes are looked at; after more of them an index is built anew."""

_OF_CLAIMS = frozenset({"revision", "claim", "state", "decision", "link", "edge", "extraction"})
"""What may change without relations, entities or articles."""


class Indexes:
    """The indexes of one store; safe to share between threads.

    ``cache`` is the directory of their files; without it there are none.
    """

    def __init__(self, store: GraphStore, cache: Path | None = None) -> None:
        self._store = store
        name = hashlib.sha256(store.url.encode()).hexdigest()[:16]
        self._file = None if cache is None else cache / f"index-{name}"
        self._indexes: OrderedDict[str, Lenses] = OrderedDict()
        self._head: Revision | None = None
        self._lock = Lock()

    def of(self, view: GraphView, revision: Revision) -> Lenses:
        """Return the index of the snapshot that ``view`` shows."""
        head = self._store.head()
        with self._lock:
            if self._head is not None and head.number < self._head.number:
                # Another question saw a later head while this one waited: there is no way back.
                head = self._head
            if self._head is None or head.id != self._head.id:
                self._advance(view, head)
            index = self._indexes.get(revision.id)
            if index is None:
                index = self._indexes[revision.id] = Lenses(self._made(view, revision, head))
                while len(self._indexes) > INDEXES_KEPT:
                    self._indexes.popitem(last=False)
            self._indexes.move_to_end(revision.id)
            return index

    def _advance(self, view: GraphView, head: Revision) -> None:
        """Bring the index of the last head up to date, and forget the others.

        A purge takes claims out of the past, too; no index may still name them.
        """
        last = self._indexes.get(self._head.id) if self._head is not None else None
        since, self._head = self._head, head
        self._indexes.clear()
        if last is None or since is None or view.revision.id != head.id:
            return
        if not only_claims_changed(self._store, since.number, head.number):
            return
        changes = view.edge_changes(since.number)
        index = None if changes is None else changed(last.index, changes)
        if index is not None:
            self._indexes[head.id] = Lenses(index)

    def _made(self, view: GraphView, revision: Revision, head: Revision) -> Index:
        """Return the snapshot's index, mapped from the file where it is the head's."""
        if self._file is None or revision.id != head.id:
            return read_index(view)
        key = f"{revision.id} {__version__} {RULE_VERSION} {INDEX_VERSION}"
        index = index_file.read_index(self._file, key)
        if index is None:
            index = read_index(view)
            if len(index.hops) >= FILED_FROM:
                try:
                    index_file.write_index(self._file, key, index)
                except OSError:
                    return index  # A full or read-only disk costs memory, no answer.
                index = index_file.read_index(self._file, key) or index
                give_back()
        return index


def only_claims_changed(store: GraphStore, since: int, until: int) -> bool:
    """Tell whether entities, relations and articles stayed as they were between two revisions."""
    page = store.changes(since, until, None, MOST_CHANGES)
    return page.next_after is None and {change.kind for change in page.items} <= _OF_CLAIMS


def read_index(view: GraphView) -> Index:
    """Read a snapshot and build its index."""
    columns = view.edge_columns()
    relations = view.relations()
    wholes = view.entities(sorted({relation.object for relation in relations}))
    categories = {entity.id: entity.category for entity in wholes.values()}
    named = sorted({part for paper in columns.papers for part in parts_of(paper)})
    aliases = view.article_ids(named)
    facts = view.article_facts(sorted(set(aliases.values())))
    return build_index(columns, relations, categories, facts, aliases)
