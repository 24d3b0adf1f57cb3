"""An article: its citation metadata and the text that claims quote.

Field names and their meaning follow the PubMed DTD; a source's record becomes a
:class:`Record`, and all records of one article fold into one :class:`Article`.
"""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from app.model.base import Frozen
from app.model.text import one_space, sha256_of
from app.model.vocabulary import DocumentFormat


class PartialDate(Frozen):
    """A date as precise as its source: a year, a year and month, or a day.

    ``source`` keeps the source's own words where they say more or other (``2004 Jul-Aug``,
    ``Winter 1998``).
    """

    year: int | None = Field(default=None, ge=1000, le=9999)
    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    source: str | None = None

    @model_validator(mode="after")
    def _no_gap(self) -> Self:
        if (self.month is not None and self.year is None) or (
            self.day is not None and self.month is None
        ):
            raise ValueError("a date with a month needs its year, one with a day needs its month")
        return self

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] if self.year is not None else []
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) or (self.source or "")


class Author(Frozen):
    """A person or a group (``collective``) that wrote the article, in the order of the source.

    ``affiliation_ids`` are the identifiers of the institutions in ``affiliations``, as
    ``GRID:grid.6582.9``.
    """

    last_name: str | None = None
    fore_name: str | None = None
    initials: str | None = None
    suffix: str | None = None
    collective: str | None = None
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()
    affiliation_ids: tuple[str, ...] = ()
    equal_contribution: bool = False

    @property
    def name(self) -> str:
        """The author as PubMed cites: ``Huber MA``, or the group's name."""
        if self.collective:
            return self.collective
        return " ".join(part for part in (self.last_name, self.initials, self.suffix) if part)


class Journal(Frozen):
    """Where the article appeared."""

    title: str | None = None
    iso_abbreviation: str | None = None
    medline_ta: str | None = None
    nlm_id: str | None = None
    issn: str | None = None
    issn_electronic: str | None = None
    issn_linking: str | None = None
    country: str | None = None


class AbstractPart(Frozen):
    """One paragraph of an abstract; a structured abstract has a label for each."""

    text: str = Field(min_length=1)
    label: str | None = None
    category: str | None = None


class OtherAbstract(Frozen):
    """An abstract in another language or of another kind (for patients, for instance)."""

    parts: tuple[AbstractPart, ...]
    language: str | None = None
    type: str | None = None


class MeshHeading(Frozen):
    """A MeSH descriptor with its qualifiers; ``type`` is the DTD's, such as ``Geographic``."""

    id: str | None = None
    name: str
    type: str | None = None
    major: bool = False
    qualifiers: tuple["MeshQualifier", ...] = ()


class MeshQualifier(Frozen):
    """A qualifier of a MeSH heading."""

    id: str | None = None
    name: str
    major: bool = False


class Chemical(Frozen):
    """A substance of a record's chemical list; ``registry_number`` is CAS, UNII or EC, or null."""

    id: str | None = None
    name: str
    registry_number: str | None = None


class Keyword(Frozen):
    """A keyword; ``owner`` tells who gave it (``NOTNLM``: the author)."""

    name: str
    major: bool = False
    owner: str | None = None


class Grant(Frozen):
    """A grant that paid for the work."""

    id: str | None = None
    acronym: str | None = None
    agency: str | None = None
    country: str | None = None


class Correction(Frozen):
    """A link to a notice or to the article a notice is about (``RetractionIn``, ``ErratumFor``)."""

    type: str
    source: str | None = None
    pmid: str | None = None
    note: str | None = None


class Reference(Frozen):
    """A cited work as the source prints it, with the identifiers it names."""

    section: str | None = None
    citation: str | None = None
    ids: tuple[str, ...] = ()


class HistoryDate(Frozen):
    """A date in the life of the record (``received``, ``accepted``, ``pubmed``, ``entrez``).

    ``time`` is the source's hour and minute, ``06:00``, where it has them.
    """

    status: str
    date: PartialDate
    time: str | None = None


RETRACTED_TYPES = frozenset({"Retracted Publication"})
RETRACTION_LINKS = frozenset({"RetractionIn"})


class Citation(Frozen):
    """All that a record says of an article.

    A field that the source does not hold is null or empty. ``identifiers`` are CURIEs:
    ``PMID:15314694``, ``PMC:503772`` (digits only) and ``doi:10.1172/…`` (in lower case);
    ``elocation_ids`` and ``other_ids`` bear their type the same way (``pii:…``, ``KIE:31840``),
    ``data_banks`` as ``ClinicalTrials.gov/NCT01973101``. ``withdrawn`` says that PubMed deleted
    the record since.
    """

    identifiers: tuple[str, ...] = ()
    title: str = Field(min_length=1)
    vernacular_title: str | None = None
    abstract: tuple[AbstractPart, ...] = ()
    other_abstracts: tuple[OtherAbstract, ...] = ()
    copyright: str | None = None
    languages: tuple[str, ...] = ()
    journal: Journal = Journal()
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    elocation_ids: tuple[str, ...] = ()
    published: PartialDate | None = None
    published_electronic: PartialDate | None = None
    authors: tuple[Author, ...] = ()
    authors_complete: bool | None = None
    investigators: tuple[Author, ...] = ()
    affiliations: tuple[str, ...] = ()
    publication_types: tuple[str, ...] = ()
    mesh_headings: tuple[MeshHeading, ...] = ()
    supplementary_mesh: tuple[MeshHeading, ...] = ()
    chemicals: tuple[Chemical, ...] = ()
    gene_symbols: tuple[str, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    personal_subjects: tuple[Author, ...] = ()
    grants: tuple[Grant, ...] = ()
    data_banks: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    references: tuple[Reference, ...] = ()
    citation_subsets: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reference_count: int | None = Field(default=None, ge=0)
    conflict_of_interest: str | None = None
    status: str | None = None
    owner: str | None = None
    indexing_method: str | None = None
    publication_model: str | None = None
    publication_status: str | None = None
    cited_medium: str | None = None
    completed: date | None = None
    history: tuple[HistoryDate, ...] = ()
    flags: tuple[str, ...] = ()
    withdrawn: bool = False

    @property
    def retracted(self) -> bool:
        """Whether the record says that the article was retracted."""
        return bool(RETRACTED_TYPES & set(self.publication_types)) or any(
            link.type in RETRACTION_LINKS for link in self.corrections
        )


class Record(Frozen):
    """One source record: what it says, and which version of itself it is.

    ``version`` is PubMed's version of the citation and ``revised`` its last revision; both order
    records of one format, whatever the order in which they come.
    """

    format: DocumentFormat
    citation: Citation
    version: int = Field(default=1, ge=1)
    revised: date | None = None

    @property
    def rank(self) -> tuple[int, date, bool, str]:
        """The order among records of the same format; the last part breaks a tie the same way.

        A record that was withdrawn follows upon itself, so that reading it again is no return.
        """
        return (
            self.version,
            self.revised or date.min,
            self.citation.withdrawn,
            sha256_of(self.citation.model_dump_json()),
        )


def withdrawn(record: Record, pmid: str, version: int, day: date | None) -> Record | None:
    """Return a record as it is once PubMed deleted this version of this PMID, by ``day``.

    None where that changes nothing: it is of another PMID, of a later version or day, or marked
    already.
    """
    citation = record.citation
    if pmid not in citation.identifiers or record.version > version or citation.withdrawn:
        return None
    if day is not None and record.revised is not None and record.revised > day:
        return None
    gone = citation.model_copy(update={"withdrawn": True})
    return record.model_copy(update={"citation": gone})


class Article(Frozen):
    """One article: its permanent internal id, the fold of its records, and its text.

    ``id`` has no meaning and never changes; ``citation.identifiers`` are its aliases.
    """

    id: str
    citation: Citation
    records: tuple[DocumentFormat, ...]
    revised: date | None = None
    version: int = 1
    text: str
    text_sha256: str

    @property
    def curie(self) -> str:
        """The identifier that answers show: PMID before PMC before doi before the internal id."""
        for prefix in ("PMID:", "PMC:", "doi:"):
            for alias in self.citation.identifiers:
                if alias.startswith(prefix):
                    return alias
        return self.id


class ArticleFacts(Frozen):
    """What reasoning needs of an article: whether it counts, and author names for independence.

    ``retracted`` articles do not count; nor do those whose record PubMed withdrew, which are
    ``withdrawn`` and *retracted* here.
    """

    id: str
    curie: str
    retracted: bool
    authors: tuple[str, ...]
    year: int | None
    withdrawn: bool = False


FORMAT_RANK: dict[DocumentFormat, int] = {
    DocumentFormat.PUBMED_XML: 4,
    DocumentFormat.MEDLINE: 3,
    DocumentFormat.JSON: 2,
    DocumentFormat.PUBMED_TEXT: 1,
}


def text_of(citation: Citation) -> str:
    """Return the article's one text: title, newline, abstract.

    White-space runs are one space; each labelled part stands on a line of its own as
    ``LABEL: …``; unlabelled parts do, too. Without an abstract the text is the title alone.
    """
    lines = [one_space(citation.title)]
    for part in citation.abstract:
        body = one_space(part.text)
        lines.append(f"{one_space(part.label)}: {body}" if part.label else body)
    return "\n".join(lines)


def fold(article_id: str, records: tuple[Record, ...]) -> Article:
    """Fold the records of one article into the article.

    Of each format only the latest record counts. Across formats, the latest record wins field by
    field and the others fill what it lacks, so that the result does not depend on the order of
    ingest. Identifiers are united.
    """
    latest: dict[DocumentFormat, Record] = {}
    for record in records:
        known = latest.get(record.format)
        if known is None or record.rank > known.rank:
            latest[record.format] = record
    ranked = sorted(
        latest.values(),
        key=lambda r: (r.version, r.revised or date.min, FORMAT_RANK[r.format]),
        reverse=True,
    )
    merged: dict[str, object] = {}
    journal = Journal()
    identifiers: dict[str, None] = {}
    for record in ranked:
        journal = _fill(journal, record.citation.journal)
        identifiers |= dict.fromkeys(record.citation.identifiers)
        for name in _FILLED_FIELDS:
            if merged.get(name) in (None, ()):
                merged[name] = getattr(record.citation, name)
    citation = Citation.model_validate(
        {**merged, "journal": journal, "identifiers": tuple(identifiers)}
    )
    text = text_of(citation)
    return Article(
        id=article_id,
        citation=citation,
        records=tuple(record.format for record in ranked),
        revised=ranked[0].revised,
        version=ranked[0].version,
        text=text,
        text_sha256=sha256_of(text),
    )


_FILLED_FIELDS = tuple(
    name for name in Citation.model_fields if name not in ("journal", "identifiers")
)


def _fill(held: Journal, other: Journal) -> Journal:
    blanks = {
        name: getattr(other, name) for name in Journal.model_fields if getattr(held, name) is None
    }
    return held.model_copy(update=blanks)
