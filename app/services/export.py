"""Exports: a snapshot of the graph, whole or filtered, as a stream in an order of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.graph.port import GraphStore
from app.model.errors import BadInput, FieldError
from app.model.history import Revision
from app.model.vocabulary import Epistemic, Status
from app.services import export_forms as forms
from app.services.claims import ClaimQuery, claim_filter
from app.services.export_archives import Files, archive, crate, kgx_jsonl, kgx_tsv
from app.services.exported import Selection, Source, joined

_ALL: Final[tuple[Status, ...]] = ()
_STANDING: Final = (Status.CANDIDATE, Status.ACCEPTED, Status.DISPUTED)
_ACCEPTED: Final = (Status.ACCEPTED,)
_NO_FINDING: Final = (Status.REJECTED, Status.SUPERSEDED)
_FINDINGS: Final = (
    Epistemic.DEMONSTRATED,
    Epistemic.SUMMARY,
    Epistemic.INTERPRETATION,
    Epistemic.UNSTATED,
)
"""What a claim must be to be an edge in a path: no hypothesis, and nothing that is only cited."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is made, its media type, and what of the graph it gets unasked.

    ``pieces`` makes one file, ``files`` several, which travel as a ZIP archive. ``findings`` marks
    formats whose readers take each edge for a finding: hypotheses, rejected and superseded claims
    never come in, and what a text only cites comes in when it is asked for.
    """

    about: str
    media_type: str
    ending: str
    pieces: Callable[[Source], Iterable[bytes]] | None = None
    files: Callable[[Source], Files] | None = None
    statuses: tuple[Status, ...] = _ACCEPTED
    findings: bool = False


def export(
    store: GraphStore, name: str, revision: Revision, query: ClaimQuery | None = None
) -> "Export":
    """Return a snapshot in a format of :data:`FORMATS`; the same snapshot gives the same bytes.

    ``query`` says which claims, and so which entities and articles; None is the whole graph.

    Raises:
        BadInput: another format, or claims that the format must not hold; names what is known.
        NotFound, Ambiguous: a name of the query means nothing, or several.
    """
    form = FORMATS.get(name)
    if form is None:
        known = ", ".join(FORMATS)
        raise BadInput(
            f"{name!r} is no export format; known: {known}.",
            [FieldError("/path/format", f"one of {known}")],
        )
    asked = query or ClaimQuery()
    _refuse(name, form, asked)
    return Export(form, Source(store, revision, _selection(store, revision, form, asked)))


@dataclass(slots=True)
class Export:
    """An export that can begin: its format, its chunks of bytes, and what it leaves out."""

    form: Format
    source: Source

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes in chunks; once."""
        if self.form.files is not None:
            return archive(self.form.files(self.source))
        return joined(self.form.pieces(self.source) if self.form.pieces else ())

    def files(self) -> Files | None:
        """Return the files of a format that has several, to be read one after the other; once."""
        return self.form.files(self.source) if self.form.files else None

    @property
    def left_out(self) -> dict[str, int]:
        """How many claims the format had no place for, by reason; whole when all is read."""
        return dict(sorted(self.source.exported.left_out.items()))

    @property
    def file_name(self) -> str:
        """A name that says which snapshot it is."""
        snapshot = self.source.exported.snapshot
        return f"evipath-r{snapshot.revision}-{snapshot.id[:12]}.{self.form.ending}"


def _refuse(name: str, form: Format, asked: ClaimQuery) -> None:
    if not form.findings:
        return
    why = f"{name} has no way to mark them, and whoever reads it takes each edge for a finding"
    instead = "ask for them as jsonl or csv"
    barred = [status for status in asked.status if status in _NO_FINDING]
    if barred:
        rule = f"{' and '.join(barred)} claims are no findings: {instead}"
        raise BadInput(f"{why}; {instead}.", [FieldError("/query/status", rule)])
    if Epistemic.HYPOTHESIS in asked.epistemic:
        rule = f"hypotheses are no findings: {instead}"
        raise BadInput(f"{why}; {instead}.", [FieldError("/query/epistemic", rule)])


def _selection(store: GraphStore, revision: Revision, form: Format, asked: ClaimQuery) -> Selection:
    with store.view(revision.number) as view:
        which = claim_filter(view, asked)
    if not which.status:
        which = replace(which, status=form.statuses)
    if form.findings and not which.epistemic:
        which = replace(which, epistemic=_FINDINGS)
    return Selection(which, whole=asked == ClaimQuery())


_ZIP: Final = "application/zip"

FORMATS: Final = {
    "jsonl": Format(
        "JSON Lines: articles, entities, relations and claims, with all that they hold",
        "application/x-ndjson", "jsonl", forms.jsonl_lines, statuses=_ALL,
    ),
    "csv": Format(
        "a table of claims, a row for each", "text/csv", "csv", forms.claim_csv, statuses=_STANDING
    ),
    "kgx": Format(
        "KGX tables of nodes and edges, zipped", _ZIP, "kgx.zip", files=kgx_tsv, statuses=_STANDING
    ),
    "kgx-jsonl": Format(
        "KGX JSON Lines of nodes and edges, zipped", _ZIP, "kgx-jsonl.zip", files=kgx_jsonl,
        statuses=_STANDING,
    ),
    "bel": Format("a BEL script", "text/plain", "bel", forms.bel_lines, findings=True),
    "bel-json": Format(
        "BEL as pybel's node-link JSON", "application/json", "bel.json", forms.bel_links,
        findings=True,
    ),
    "cx2": Format(
        "CX2, for Cytoscape and NDEx", "application/json", "cx2", forms.cx2_pieces, findings=True
    ),
    "graphml": Format(
        "GraphML", "application/graphml+xml", "graphml", forms.graphml_elements, findings=True
    ),
    "sif": Format(
        "SIF: subject, raises or lowers, object", "text/plain", "sif", forms.sif_lines,
        findings=True,
    ),
    "nquads": Format(
        "RDF as N-Quads, each claim a nanopublication", "application/n-quads", "nq", forms.n_quads
    ),
    "turtle": Format(
        "RDF as Turtle, without the graphs of the nanopublications", "text/turtle", "ttl",
        forms.turtle,
    ),
    "jsonld": Format(
        "RDF as JSON-LD, each claim a nanopublication", "application/ld+json", "jsonld",
        forms.json_ld,
    ),
    "ro-crate": Format(
        "an RO-Crate: JSON Lines, table, KGX and N-Quads with their description, zipped",
        _ZIP, "crate.zip", files=crate, statuses=_STANDING,
    ),
}  # fmt: skip
"""The formats by the names that doors take."""
