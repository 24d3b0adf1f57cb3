"""What every reader yields: one item a document, with its place."""

from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from app.model.article import Citation, Record
from app.model.errors import ParseError
from app.model.vocabulary import DocumentFormat


@dataclass(frozen=True, slots=True)
class Limits:
    """What a source may hold.

    ``record_bytes`` bounds one record as it stands in the source, ``text_chars`` the text of one
    article in code points, ``document_bytes`` a document that can only be read whole (a JSON
    array or object); a stream of records may be of any length.
    """

    record_bytes: int = 16 * 1024 * 1024
    text_chars: int = 2_000_000
    document_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Deletion:
    """That PubMed withdrew a record: its PMID, as a CURIE, and the version of it that it names.

    ``day`` is the last on which a record of the same document was revised, if any was: a record
    that was revised later was given again since.
    """

    pmid: str
    version: int = 1
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a source: its record, a deletion, or the error that says why there is none.

    ``number`` counts documents from 1 in the order of the source; ``line`` is the 1-based line
    where the document starts or the error stands. ``pmids`` are those that a document names which
    can't be read.
    """

    source: str
    number: int
    line: int | None
    record: Record | None = None
    error: ParseError | None = None
    pmids: tuple[str, ...] = ()
    deletion: Deletion | None = None


def read_as(place: "Place", record: Record) -> Item:
    """Return the item of a record that was read."""
    return Item(place.source, place.number, place.line, record=record)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands: source, number and line."""

    source: str
    number: int
    line: int | None = None

    def fault(self, reason: str, line: int | None = None, pmids: tuple[str, ...] = ()) -> Item:
        """Return the item of a document that can't be read, for ``reason``."""
        at = line if line is not None else self.line
        error = ParseError(reason, source=self.source, record=self.number, line=at)
        return Item(self.source, self.number, at, error=error, pmids=pmids)


class Unreadable(ValueError):
    """Why a record can't be read; ``line`` counts from 1 in the source, where it is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


def in_order(identifiers: object) -> object:
    """Return CURIEs without repeats, PMIDs first, then PMC, then the rest, each as they came."""
    if not isinstance(identifiers, list | tuple):
        return identifiers if identifiers is not None else ()
    unique = list(dict.fromkeys(identifiers))
    return sorted(unique, key=_rank) if len(unique) > 1 else unique


def _rank(curie: object) -> int:
    text = str(curie)
    return 0 if text.startswith("PMID:") else 1 if text.startswith("PMC:") else 2


def first_fault(error: ValidationError) -> str:
    """Return pydantic's first complaint as ``/pointer: what is wrong``."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    pointer = "".join(f"/{part}" for part in first["loc"])
    return f"{pointer or '/'}: {first['msg']}"


def record_of(
    kind: DocumentFormat,
    fields: dict[str, object],
    limits: Limits,
    *,
    version: object = 1,
    revised: object = None,
) -> Record:
    """Build a record from its citation's fields; raise :class:`Unreadable` if one is not valid."""
    fields["identifiers"] = in_order(fields.get("identifiers"))
    try:
        record = Record.model_validate(
            {"format": kind, "citation": fields, "version": version, "revised": revised}
        )
    except ValidationError as error:
        raise Unreadable(first_fault(error).removeprefix("/citation")) from None
    check_text(record.citation, limits)
    return record


def check_text(citation: Citation, limits: Limits) -> None:
    """Raise :class:`Unreadable` when the article's text is empty or too long."""
    if not citation.title.strip():
        raise Unreadable("the title is empty")
    length = len(citation.title)
    for part in citation.abstract:
        length += len(part.text)
    if length > limits.text_chars:
        raise Unreadable(
            f"the text has {length} characters, more than the {limits.text_chars} allowed"
        )
