"""Exports that are several files: KGX, and all formats together as an RO-Crate."""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from app.export import kgx, ro_crate
from app.export.ro_crate import Part
from app.services import export_forms as forms
from app.services.exported import CHUNK, Source, joined

Files = Iterator[tuple[str, Iterator[bytes]]]
"""The files of an export: name and pieces of each, to be read one after the other."""


def kgx_tsv(source: Source) -> Files:
    """Return the files of KGX in tab-separated tables."""
    return _kgx(source, "tsv")


def kgx_jsonl(source: Source) -> Files:
    """Return the files of KGX in JSON Lines."""
    return _kgx(source, "jsonl")


def _kgx(source: Source, ending: str) -> Files:
    """Return nodes, edges, and every standing claim that is no edge, with the reason."""
    form = kgx.FORMS[ending]
    known: set[str] = set()

    def nodes() -> Iterator[bytes]:
        yield form.head(kgx.NODE_COLUMNS)
        for entity in source.entities():
            known.add(entity.id)
            yield form.row(kgx.NODE_COLUMNS, kgx.node(entity))

    with tempfile.TemporaryFile() as omitted:

        def edges() -> Iterator[bytes]:
            yield form.head(kgx.EDGE_COLUMNS)
            omitted.write(form.head(kgx.OMITTED_COLUMNS))
            for claim in source.claim_views():
                edge = kgx.edge(claim, known)
                if isinstance(edge, kgx.Omitted):
                    source.exported.left_out[edge.kind] += 1
                    told = {"id": edge.id, "reason": edge.reason}
                    omitted.write(form.row(kgx.OMITTED_COLUMNS, told))
                else:
                    yield form.row(kgx.EDGE_COLUMNS, edge)
            omitted.seek(0)

        yield f"nodes.{ending}", nodes()
        yield f"edges.{ending}", edges()
        yield f"omitted.{ending}", iter(lambda: omitted.read(CHUNK), b"")


def crate(source: Source) -> Files:
    """Return the files of an RO-Crate; its description comes last, when sizes are known."""
    parts: list[Part] = []

    def told(name: str, about: str, media_type: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        for piece in joined(pieces):
            digest.update(piece)
            size += len(piece)
            yield piece
        parts.append(Part(name, about, media_type, size, digest.hexdigest()))

    yield "graph.jsonl", told("graph.jsonl", *_JSONL, forms.jsonl_lines(source))
    yield "claims.csv", told("claims.csv", *_CSV, forms.claim_csv(source))
    for name, pieces in kgx_tsv(source):
        about = _KGX[name]
        yield f"kgx/{name}", told(f"kgx/{name}", about, "text/tab-separated-values", pieces)
    yield "claims.nq", told("claims.nq", *_QUADS, forms.n_quads(source))
    yield (
        ro_crate.NAME,
        iter([ro_crate.metadata(source.exported.snapshot, parts, _selected(source))]),
    )


_JSONL: Final = ("Articles, entities, relations and claims, whole.", "application/x-ndjson")
_CSV: Final = ("The claims as a table.", "text/csv")
_QUADS: Final = ("The claims as nanopublications.", "application/n-quads")
_KGX: Final = {
    "nodes.tsv": "The entities as nodes of KGX.",
    "edges.tsv": "The claims as edges of KGX.",
    "omitted.tsv": "The claims that KGX has no edge for, and why.",
}


def _selected(source: Source) -> str:
    statuses = ", ".join(source.selected.which.status) or "all"
    some = "the whole of it" if source.selected.whole else "a selection"
    return f"{some}, claims of the status {statuses}"


def archive(files: Files) -> Iterator[bytes]:
    """Stream files as one ZIP archive; the same contents give the same bytes."""
    out = _Outlet()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, pieces in files:
            with packed.open(zip_entry(name), "w", force_zip64=True) as entry:
                for piece in joined(pieces):
                    entry.write(piece)
                    if out.waiting > CHUNK:
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
