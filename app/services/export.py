"""Exports: a snapshot of the graph as a stream, in bounded memory and in an order of its own."""

import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeVar

from app.export import jsonl, kgx
from app.graph.port import ClaimFilter, GraphStore, GraphView, Page
from app.model.article import Article
from app.model.claim import ClaimView
from app.model.entity import Entity
from app.model.errors import BadInput, FieldError
from app.model.history import Revision
from app.model.vocabulary import Status
from app.services import revisions
from app.services.claims import claim_views

Item = TypeVar("Item")

FORMATS = {"jsonl": "application/x-ndjson", "kgx": "application/zip"}
"""The formats by name, with their media types."""

EXPORTED = (Status.CANDIDATE, Status.ACCEPTED, Status.DISPUTED)
"""The claims that KGX gets: those that stand. JSON Lines get all."""

_PAGE = 500
_CHUNK = 64 * 1024


def export(store: GraphStore, name: str, revision: Revision) -> Iterator[bytes]:
    """Stream a snapshot in a format of :data:`FORMATS`; the same snapshot gives the same bytes.

    Raises :class:`~app.model.errors.BadInput` for another format, before anything is read.
    """
    match name:
        case "jsonl":
            return _jsonl(store, revision)
        case "kgx":
            return kgx_archive(store, revision)
        case _:
            known = ", ".join(FORMATS)
            raise BadInput(
                f"{name!r} is no export format; known: {known}.",
                [FieldError("/path/format", f"one of {known}")],
            )


def kgx_tables(store: GraphStore, revision: Revision) -> Iterator[tuple[str, Iterator[str]]]:
    """Return the files of a KGX export: name and lines of each, to be read one after the other.

    ``omitted.tsv`` names every standing claim that is no edge, and why.
    """
    yield "nodes.tsv", kgx.table(kgx.NODE_COLUMNS, _rows(store, revision, _node_rows))
    yield "edges.tsv", kgx.table(kgx.EDGE_COLUMNS, _rows(store, revision, _edge_rows))
    yield "omitted.tsv", kgx.table(kgx.OMITTED_COLUMNS, _rows(store, revision, _omitted_rows))


def kgx_archive(store: GraphStore, revision: Revision) -> Iterator[bytes]:
    """Stream the files of a KGX export as one ZIP archive."""
    out = _Outlet()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in kgx_tables(store, revision):
            with archive.open(zip_entry(name), "w", force_zip64=True) as entry:
                for line in lines:
                    entry.write(line.encode())
                    if out.waiting > _CHUNK:
                        yield out.take()
    yield out.take()


class _Outlet(io.RawIOBase):
    """A file that can only be written to; what was written is taken away piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]
        self._held += piece
        return len(piece)

    @property
    def waiting(self) -> int:
        """How many bytes wait to be taken."""
        return len(self._held)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken = bytes(self._held)
        self._held.clear()
        return taken


def zip_entry(name: str) -> zipfile.ZipInfo:
    """Return an archive's entry of a fixed time, so that the same contents give the same bytes."""
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _jsonl(store: GraphStore, revision: Revision) -> Iterator[bytes]:
    with store.view(revision.number) as view:
        yield from chain(
            [jsonl.line("snapshot", revisions.snapshot_of(revision))],
            jsonl.lines("article", _articles(view)),
            jsonl.lines("entity", _entities(view)),
            jsonl.lines("relation", view.relations()),
            jsonl.lines("claim", _claims(view, ())),
        )


def _rows(
    store: GraphStore,
    revision: Revision,
    read: Callable[[GraphView], Iterator[dict[str, str]]],
) -> Iterator[dict[str, str]]:
    with store.view(revision.number) as view:
        yield from read(view)


def _node_rows(view: GraphView) -> Iterator[dict[str, str]]:
    return (kgx.node(entity) for entity in _entities(view))


def _edge_rows(view: GraphView) -> Iterator[dict[str, str]]:
    return (edge for edge in _edges(view) if not isinstance(edge, kgx.Omitted))


def _omitted_rows(view: GraphView) -> Iterator[dict[str, str]]:
    omitted = (edge for edge in _edges(view) if isinstance(edge, kgx.Omitted))
    return ({"id": one.id, "reason": one.reason} for one in omitted)


def _edges(view: GraphView) -> Iterator[dict[str, str] | kgx.Omitted]:
    for claim in _claims(view, EXPORTED):
        ends = [top.id for top in (claim.agent.top, claim.outcome.top) if top is not None]
        yield kgx.edge(claim, view.entities(ends))


def _claims(view: GraphView, statuses: tuple[Status, ...]) -> Iterator[ClaimView]:
    which = ClaimFilter(status=statuses)
    for page in _pages(lambda after: view.claim_page(which, after, _PAGE)):
        yield from claim_views(view, [claim.id for claim in page.items]).values()


def _articles(view: GraphView) -> Iterator[Article]:
    for page in _pages(lambda after: view.article_page(after, _PAGE)):
        yield from page.items


def _entities(view: GraphView) -> Iterator[Entity]:
    for page in _pages(lambda after: view.entity_page(None, after, _PAGE)):
        yield from page.items


def _pages(read: Callable[[str | None], Page[Item]]) -> Iterator[Page[Item]]:
    after: str | None = None
    while True:
        page = read(after)
        yield page
        if page.next_after is None:
            return
        after = page.next_after
