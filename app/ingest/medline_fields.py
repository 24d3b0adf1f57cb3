"""The fields of one MEDLINE record, after NLM's list of MEDLINE field descriptions."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from app.ingest.abstracts import split_labelled
from app.ingest.dates import compact_date, full_date, month_of, partial_date, parts_of
from app.ingest.identifiers import doi_curie, pmc_curie, pmid_curie, typed
from app.ingest.item import Unreadable
from app.ingest.medline_people import PEOPLE_TAGS, People


class Tagged(NamedTuple):
    """One tag with its value, continuation lines joined, and the line where it stands."""

    tag: str
    value: str
    line: int


Fields = dict[str, object]

_SINGLE = {
    "TI": "title",
    "BTI": "book_title",
    "TT": "vernacular_title",
    "VI": "volume",
    "IP": "issue",
    "PG": "pages",
    "CI": "copyright",
    "COIS": "conflict_of_interest",
    "STAT": "status",
    "OWN": "owner",
    "PST": "publication_status",
    "PUBM": "publication_model",
    "RF": "reference_count",
}
_LISTS = {
    "LA": "languages",
    "PT": "publication_types",
    "SB": "citation_subsets",
    "GS": "gene_symbols",
    "SI": "data_banks",
    "GN": "notes",
    "SFM": "notes",
}
_JOURNAL = {"TA": "medline_ta", "JT": "title", "JID": "nlm_id", "PL": "country"}
_CORRECTIONS = {
    "CIN": "CommentIn",
    "CON": "CommentOn",
    "CRF": "CorrectedandRepublishedFrom",
    "CRI": "CorrectedandRepublishedIn",
    "DDIN": "DatasetDescribedIn",
    "DRIN": "DatasetUseReportedIn",
    "ECF": "ExpressionOfConcernFor",
    "ECI": "ExpressionOfConcernIn",
    "EFR": "ErratumFor",
    "EIN": "ErratumIn",
    "ORI": "OriginalReportIn",
    "PRIN": "PartialRetractionIn",
    "PROF": "PartialRetractionOf",
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "RPF": "RepublishedFrom",
    "RPI": "RepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "RRI": "RetractedandRepublishedIn",
    "SPIN": "SummaryForPatientsIn",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
}
_HISTORY = {"EDAT": "pubmed", "CRDT": "entrez", "MHDA": "medline", "PMCR": "pmc-release"}
_TYPED = re.compile(r"(.+?)\s*\[([A-Za-z]+)\]")
_MOMENT = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?: (\d{1,2}:\d{2})(?::\d{2})?)?(?: \[(.+)\])?")
_ISSN = re.compile(r"(\S+)(?: \((\w+)\))?")
_SUBSTANCE = re.compile(r"(EC [\d.-]+|\S+) \((.+)\)")
_CORRECTED = re.compile(r"(.*?)\.?\s*PMID:?\s*(\d+)(?:\s*\[(.*)\])?\.?")


def citation_fields(tagged: list[Tagged]) -> tuple[Fields, date | None]:
    """Return the fields of a ``Citation`` and the date of last revision.

    A tag without a field of its own is kept among the notes. ``SO`` is left out: it repeats the
    journal, date, volume, issue and pages.

    Raises:
        Unreadable: there is no title, or a value is impossible; knows its line.

    """
    record = _Record()
    for entry in tagged:
        try:
            record.take(entry)
        except Unreadable as error:
            raise Unreadable(f"{entry.tag}: {error}", entry.line) from None
    return record.fields(), record.revised


class _Record:
    """One record as it is gathered tag by tag."""

    def __init__(self) -> None:
        self.single: Fields = {}
        self.lists: dict[str, list[object]] = {}
        self.journal: Fields = {}
        self.people = People()
        self.ids: list[str] = []
        self.revised: date | None = None
        self.language: str | None = None

    def take(self, entry: Tagged) -> None:
        tag, value, _ = entry
        if not value or tag == "SO":
            return
        if tag in PEOPLE_TAGS:
            self.people.take(tag, value)
        elif tag in _SINGLE:
            self.single.setdefault(_SINGLE[tag], value)
        elif tag in _LISTS:
            self.add(_LISTS[tag], value)
        elif tag in _JOURNAL:
            self.journal.setdefault(_JOURNAL[tag], value)
        elif tag in _CORRECTIONS:
            self.add("corrections", _correction(_CORRECTIONS[tag], value))
        elif tag in _HISTORY:
            self.add("history", _moment(value, _HISTORY[tag]))
        elif tag in _SPECIAL:
            _SPECIAL[tag](self, value)
        else:
            self.add("notes", f"{tag}: {value}")

    def add(self, name: str, value: object) -> None:
        self.lists.setdefault(name, []).append(value)

    def fields(self) -> Fields:
        book = self.single.pop("book_title", None)
        title = self.single.get("title") or self.single.get("vernacular_title") or book
        if title is None:
            raise Unreadable("the record has no title (expected the tag TI)")
        if book is not None and book is not title:
            self.add("notes", f"BTI: {book}")
        owner = self.single.get("keyword_owner")
        for keyword in self.lists.get("keywords", []):
            if isinstance(keyword, dict):
                keyword["owner"] = owner
        self.single.pop("keyword_owner", None)
        return {
            **self.lists,
            **self.people.fields(),
            **self.single,
            "title": title,
            "journal": self.journal,
            "identifiers": self.ids,
        }


def _pmid(record: _Record, value: str) -> None:
    record.ids.insert(0, pmid_curie(value))


def _pmc(record: _Record, value: str) -> None:
    curie = pmc_curie(value)
    if curie is None:
        raise Unreadable(f"{value[:40]!r} is not a PMC id")
    record.ids.append(curie)


def _identifier(name: str) -> Callable[[_Record, str], None]:
    def take(record: _Record, value: str) -> None:
        match = _TYPED.fullmatch(value)
        kind, bare = (match[2], match[1]) if match else ("", value)
        curie = doi_curie(bare) if kind == "doi" else None
        if curie is not None:
            record.ids.append(curie)
        if curie is None or name == "elocation_ids":
            record.add(name, typed(kind, bare) if kind else bare)

    return take


def _issn(record: _Record, value: str) -> None:
    match = _ISSN.fullmatch(value)
    kinds = {"Electronic": "issn_electronic", "Linking": "issn_linking"}
    name = kinds.get(match[2] or "", "issn") if match else "issn"
    record.journal.setdefault(name, match[1] if match else value)


def _published(record: _Record, value: str) -> None:
    record.single["published"] = partial_date(value)


def _electronic(record: _Record, value: str) -> None:
    day = compact_date(value)
    if day is not None:
        record.single["published_electronic"] = {
            "year": day.year,
            "month": day.month,
            "day": day.day,
        }


def _completed(record: _Record, value: str) -> None:
    record.single["completed"] = compact_date(value)


def _revised(record: _Record, value: str) -> None:
    record.revised = compact_date(value)


def _created(record: _Record, value: str) -> None:
    day = compact_date(value)
    if day is not None:
        when = {"year": day.year, "month": day.month, "day": day.day}
        record.add("history", {"status": "created", "date": when})


def _dated(record: _Record, value: str) -> None:
    record.add("history", _moment(value, ""))


def _moment(value: str, status: str) -> Fields:
    match = _MOMENT.fullmatch(value)
    day = compact_date(value) if match is None else full_date(match[1], match[2], match[3])
    if match is not None:
        when = parts_of(match[1], month_of(match[2]), match[3])
        return {"status": match[5] or status, "date": when, "time": match[4]}
    when = {"year": day.year, "month": day.month, "day": day.day} if day else None
    return {"status": status, "date": when}


def _abstract(record: _Record, value: str) -> None:
    record.single.setdefault("abstract", split_labelled(value))


def _other_abstract(record: _Record, value: str) -> None:
    kind, _, body = value.partition(": ")
    kind, body = (kind, body) if body and kind in {"Publisher", "KIE", "NASA"} else ("", value)
    parts = split_labelled(body)
    record.add("other_abstracts", {"parts": parts, "type": kind or None, "language": None})


def _other_language(record: _Record, value: str) -> None:
    held = record.lists.get("other_abstracts", [])
    last = held[-1] if held else None
    if isinstance(last, dict):
        last["language"] = value


def _mesh(record: _Record, value: str) -> None:
    head, *qualifiers = value.split("/")
    record.add(
        "mesh_headings", {**_starred(head), "qualifiers": [_starred(part) for part in qualifiers]}
    )


def _starred(value: str) -> Fields:
    return {"name": value.lstrip("*"), "major": value.startswith("*")}


def _supplementary(record: _Record, value: str) -> None:
    record.add("supplementary_mesh", {"name": value})


def _chemical(record: _Record, value: str) -> None:
    match = _SUBSTANCE.fullmatch(value)
    number = match[1] if match and match[1] != "0" else None
    record.add("chemicals", {"name": match[2] if match else value, "registry_number": number})


def _keyword(record: _Record, value: str) -> None:
    record.add("keywords", _starred(value))


def _keyword_owner(record: _Record, value: str) -> None:
    record.single["keyword_owner"] = value


def _grant(record: _Record, value: str) -> None:
    parts: list[str | None] = [part.strip() or None for part in value.split("/")]
    country = parts.pop() if len(parts) > 1 else None
    agency = parts.pop()
    acronym = None
    if len(parts) > 1 and parts[-1] and re.fullmatch(r"[A-Z0-9]{2,3}", parts[-1]):
        acronym = parts.pop()
    number = "/".join(part or "" for part in parts) or None
    record.add("grants", {"id": number, "acronym": acronym, "agency": agency, "country": country})


def _other_id(record: _Record, value: str) -> None:
    record.add("other_ids", value.replace(" - ", ":", 1))


def _manuscript(record: _Record, value: str) -> None:
    record.add("other_ids", typed("mid", value))


def _correction(kind: str, value: str) -> Fields:
    match = _CORRECTED.fullmatch(value)
    if match is None:
        return {"type": kind, "source": value}
    return {"type": kind, "source": match[1] or None, "pmid": match[2], "note": match[3]}


_SPECIAL: dict[str, Callable[[_Record, str], None]] = {
    "PMID": _pmid,
    "PMC": _pmc,
    "LID": _identifier("elocation_ids"),
    "AID": _identifier("other_ids"),
    "MID": _manuscript,
    "OID": _other_id,
    "IS": _issn,
    "DP": _published,
    "DEP": _electronic,
    "DCOM": _completed,
    "LR": _revised,
    "DA": _created,
    "PHST": _dated,
    "AB": _abstract,
    "OAB": _other_abstract,
    "OABL": _other_language,
    "MH": _mesh,
    "NM": _supplementary,
    "RN": _chemical,
    "OT": _keyword,
    "OTO": _keyword_owner,
    "GR": _grant,
}
