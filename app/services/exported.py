"""What an export reads: a snapshot in batches, each in a view of its own.

Between two batches nothing of the store is held, so that a reader who is slow, or goes away,
holds up neither a connection nor a thread. As a snapshot is never changed in place, all views of
it agree; only a purge between two batches takes away what is purged.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, TypeVar

from app.curation.confidence import confidence_of
from app.export.record import ClaimRecord, Exported
from app.graph.port import ClaimDocument, ClaimFilter, GraphStore, GraphView
from app.model.article import Article
from app.model.claim import ClaimView
from app.model.entity import Entity, EntityRelation
from app.model.history import Revision
from app.model.vocabulary import PredicateType
from app.reasoning.effects import null_result
from app.services import revisions
from app.services.claims import claim_views

CHUNK: Final = 64 * 1024
_CLAIMS: Final = 1000
_ENTITIES: Final = 2000
_ARTICLES: Final = 500
_KNOWN_ARTICLES: Final = 20_000
"""Of so many articles name and retraction are remembered; claims come in the order of their ids."""

Batch = TypeVar("Batch")
Item = TypeVar("Item")
Facts = dict[str, tuple[str, bool]]
"""Of articles, by their internal ids: the identifier that answers show, and retraction."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which claims are exported; ``whole`` where nothing but their standing restricts them."""

    which: ClaimFilter
    whole: bool = True


@dataclass(slots=True)
class Source:
    """A snapshot of a store, to be read in batches."""

    store: GraphStore
    revision: Revision
    selected: Selection
    exported: Exported = field(init=False)

    def __post_init__(self) -> None:
        """Begin the account of what is exported."""
        self.exported = Exported(revisions.snapshot_of(self.revision))

    def claims(self) -> Iterator[ClaimRecord]:
        """Yield the selected claims in the order of their ids."""
        facts: Facts = {}
        for batch in self._batches(lambda view, found: _records(view, found, facts)):
            yield from batch

    def claim_views(self) -> Iterator[ClaimView]:
        """Yield the selected claims as doors show them, in the order of their ids."""
        for batch in self._batches(lambda view, found: claim_views(view, [c.id for c in found])):
            yield from batch.values()

    def entities(self) -> Iterator[Entity]:
        """Yield all entities of the graph, or those that the selected claims name; by their ids."""
        if not self.selected.whole:
            yield from self._named()
            return
        after: str | None = None
        while True:
            with self.store.view(self.revision.number) as view:
                page = view.entity_page(None, after, _ENTITIES)
            yield from page.items
            after = page.next_after
            if after is None:
                return

    def relations(self) -> Iterator[EntityRelation]:
        """Yield the relations of the graph, or those that begin at an exported entity."""
        if self.selected.whole:
            with self.store.view(self.revision.number) as view:
                found = view.relations()
            yield from found
            return
        for batch in batched(self.entities(), _ENTITIES):
            within = [entity.id for entity in batch]
            with self.store.view(self.revision.number) as view:
                found = view.relations(within)
            yield from (each for each in found if each.subject in within)

    def articles(self) -> Iterator[Article]:
        """Yield all articles, or those of the selected claims, by their internal ids."""
        if not self.selected.whole:
            yield from self._articles_of_claims()
            return
        after: str | None = None
        while True:
            with self.store.view(self.revision.number) as view:
                page = view.article_page(after, _ARTICLES)
            yield from page.items
            after = page.next_after
            if after is None:
                return

    def _batches(
        self, read: Callable[[GraphView, Sequence[ClaimDocument]], Batch]
    ) -> Iterator[Batch]:
        """Yield what is read of each batch of claims, when its view is closed again."""
        after: str | None = None
        while True:
            with self.store.view(self.revision.number) as view:
                found = view.claim_documents(self.selected.which, after, _CLAIMS)
                batch = read(view, found)
            yield batch
            if len(found) < _CLAIMS:
                return
            after = found[-1].id

    def _named(self) -> Iterator[Entity]:
        ids = sorted({name for claim in self.claims() for name in _names(claim)})
        for batch in batched(ids, _ENTITIES):
            with self.store.view(self.revision.number) as view:
                found = view.entities(batch)
            yield from (found[each] for each in sorted(found))

    def _articles_of_claims(self) -> Iterator[Article]:
        batches = self._batches(lambda _, found: [each.article_id for each in found])
        ids = sorted({each for batch in batches for each in batch if each is not None})
        for batch in batched(ids, _ARTICLES):
            with self.store.view(self.revision.number) as view:
                found = view.articles(batch)
            yield from (found[each] for each in sorted(found))


def joined(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces together, in chunks that are worth a step of whoever sends or packs them."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield b"".join(held)
            held.clear()
            size = 0
    if held:
        yield b"".join(held)


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of a size; the last may be shorter."""
    going = iter(items)
    while batch := list(islice(going, size)):
        yield batch


def _names(claim: ClaimRecord) -> Iterator[str]:
    """Yield the ids of the entities that a claim names, in any slot, and those of its edges."""
    stack: list[object] = [claim.said]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            for name, value in part.items():
                if name == "groundings":
                    yield from (each["id"] for each in value)
                else:
                    stack.append(value)
        elif isinstance(part, list):
            stack.extend(part)
    for edge in claim.edges:
        yield edge.subject
        yield edge.object


def _records(
    view: GraphView, documents: Sequence[ClaimDocument], facts: Facts
) -> list[ClaimRecord]:
    ids = [each.id for each in documents]
    edges, links = view.edges_of(ids), view.links_of(ids)
    readings = view.extractions_of(ids)
    _learn(view, {each.article_id for each in documents if each.article_id}, facts)
    found = []
    for each in documents:
        article, retracted = facts.get(each.article_id or "", (None, False))
        quotes = each.state.get("quotes") or each.claim.get("quotes", ())
        found.append(
            ClaimRecord(
                id=each.id,
                status=each.state.get("status", "candidate"),
                article=article,
                retracted=retracted,
                revision=each.revision,
                confidence=confidence_of(readings[each.id]),
                said=each.claim,
                quotes=quotes,
                edges=edges[each.id],
                links=links[each.id],
                readings=readings[each.id],
                null_result=null_result(
                    PredicateType(each.claim["predicate"]["type"]),
                    negated=bool(each.claim.get("negated")),
                ),
            )
        )
    return found


def _learn(view: GraphView, articles: set[str], facts: Facts) -> None:
    missing = sorted(articles - facts.keys())
    if len(facts) + len(missing) > _KNOWN_ARTICLES:
        facts.clear()
        missing = sorted(articles)
    for article, found in view.article_facts(missing).items() if missing else ():
        facts[article] = (found.curie, found.retracted)
