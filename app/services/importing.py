"""Whole graphs into the store: a batch a transaction, in bounded memory.

Importing what a source asserts by hand is a decision of the curator who imports it: each such
claim gets an accepting one that names file and source. All else comes in as candidates. What was
imported before stays as it is, so that a run that was cut off is completed by running it again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Final

from app.graph.port import GraphStore
from app.ingest.imported import (
    Graph,
    ImportedClaim,
    ImportedEntity,
    ImportedRelation,
    LeftOut,
    Node,
    Statement,
)
from app.model.account import JobError
from app.services.collecting import rare_collection
from app.services.import_batch import Batch, Outcome, ReadBatch, store_batch

BATCH: Final = 8000
"""Entities or statements a transaction."""

MAX_ERRORS: Final = 1000
"""Bad rows that a report lists; ``left_out`` counts all."""

NODES_HELD: Final = 100_000
"""Entities whose names are remembered from batch to batch."""


@dataclass(slots=True)
class ImportReport:
    """What became of a graph.

    ``counts`` has ``entities …``, ``relations …`` and ``claims …``, each with its fate;
    ``left_out`` and ``marks`` count by reason what was not mapped, and how rows were read;
    ``errors`` are the first bad rows; ``prefixes`` are those that the prefix map lacks.
    """

    name: str
    done: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    errors: list[JobError] = field(default_factory=list)
    prefixes: tuple[str, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is after a batch that is stored; ``errors`` are this batch's alone."""

    done: int
    counts: Counter[str]
    errors: tuple[JobError, ...]


def import_graph(
    store: GraphStore,
    graph: Graph,
    *,
    actor: str,
    progress: Callable[[ImportProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    batch: int = BATCH,
) -> ImportReport:
    """Import a graph, and say what became of it.

    ``actor`` is the importing curator. ``progress`` is called after each batch that is stored,
    ``should_stop`` asked before each. Raises BadInput where a file can't be read at all; what was
    stored before stands, and importing again completes it.
    """
    with rare_collection():
        return _import(store, graph, actor, progress, should_stop, batch)


def _import(
    store: GraphStore,
    graph: Graph,
    actor: str,
    progress: Callable[[ImportProgress], None],
    should_stop: Callable[[], bool],
    batch: int,
) -> ImportReport:
    report = ImportReport(graph.name)
    nodes = _Nodes(store)
    message = f"import {graph.name}"
    for part in _batches(graph.items(), batch):
        if should_stop():
            report.stopped = True
            return report
        read = ReadBatch(graph.name, graph.reader, actor, datetime.now(UTC), _read(part, nodes))
        made = store.write(actor, message, partial(store_batch, batch=read))
        errors = _add(report, part, read.batch, made)
        report.prefixes = graph.further_prefixes
        progress(ImportProgress(report.done, report.counts.copy(), tuple(errors)))
    return report


Items = list[ImportedEntity | Statement | LeftOut]


def _batches(items: Iterator[ImportedEntity | Statement | LeftOut], size: int) -> Iterator[Items]:
    """Yield runs of items; entities stand before statements in none but the end of their run."""
    chunk: Items = []
    entities = True
    for item in items:
        if not isinstance(item, LeftOut) and entities is not isinstance(item, ImportedEntity):
            if chunk:
                yield chunk
            chunk, entities = [], isinstance(item, ImportedEntity)
        chunk.append(item)
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _read(items: Items, nodes: "_Nodes") -> Batch:
    """Read the statements of a batch with the entities that the store has by now."""
    batch = Batch()
    waiting: list[Statement] = []
    for item in items:
        if isinstance(item, ImportedEntity):
            batch.entities.append(item)
        elif isinstance(item, LeftOut):
            batch.left_out.append(item)
        else:
            waiting.append(item)
    known = nodes.get([each for statement in waiting for each in statement.entities])
    for statement in waiting:
        read = statement.read(known)
        match read:
            case ImportedClaim():
                batch.claims.append(read)
            case ImportedRelation():
                batch.relations.append(read)
            case LeftOut():
                batch.left_out.append(read)
    return batch


class _Nodes:
    """The entities at the ends of statements, as the store holds them."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._held: dict[str, Node] = {}

    def get(self, ids: Sequence[str]) -> dict[str, Node]:
        """Return those of ``ids`` that are entities of the store."""
        if len(self._held) > NODES_HELD:
            self._held.clear()
        missing = sorted({each for each in ids if each not in self._held})
        if missing:
            with self._store.view() as view:
                for entity in view.entities(missing).values():
                    self._held[entity.id] = Node(entity.id, entity.name, entity.category)
        return self._held


def _add(report: ImportReport, items: Items, batch: Batch, made: Outcome) -> list[JobError]:
    report.done += len(items)
    report.counts += made.counts
    for left in (*batch.left_out, *made.left_out):
        report.left_out[left.reason] += 1
    for marked in (batch.entities, batch.relations, batch.claims):
        for each in marked:
            report.marks.update(each.marks)
    errors = [_error(left) for left in batch.left_out if left.bad]
    room = MAX_ERRORS - len(report.errors)
    report.errors += errors[: max(room, 0)]
    return errors


def _error(left: LeftOut) -> JobError:
    reason = f"{left.reason}: {left.detail}" if left.detail else left.reason
    return JobError(source=left.place.source, record=None, line=left.place.line, reason=reason)
