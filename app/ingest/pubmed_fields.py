"""The fields of one ``PubmedArticle`` element, after NLM's PubMed DTD.

Each function takes an element and returns plain fields for the model; elements are walked once,
by tag, because a lookup by path for each field costs more than the parse itself.
"""

from datetime import date
from functools import lru_cache

from app.ingest.abstracts import label_of
from app.ingest.dates import full_date, numeric_date, partial_date
from app.ingest.identifiers import doi_curie, pmc_curie, pmid_curie, typed
from app.ingest.item import Unreadable
from app.ingest.pubmed_lists import (
    authors,
    chemicals,
    corrections,
    data_banks,
    grants,
    keywords,
    mesh,
    people,
    references,
    supplementary,
)
from app.ingest.pubmed_state import (
    Element,
    Fields,
    Handler,
    State,
    children,
    each,
    numbers,
    of_journal,
    plain,
    repeated,
    text,
    walk,
    within,
)
from app.model.article import HistoryDate, PartialDate


def citation_fields(article: Element) -> tuple[Fields, int, date | None]:
    """Return the fields of a ``Citation``, the PMID's version and the date of revision.

    Raises:
        Unreadable: the element lacks a citation or title, or holds an impossible value.

    """
    state = State()
    out = state.out
    walk(article, state, _RECORD)
    if "title" not in out:
        if "status" not in out:
            raise Unreadable("PubmedArticle has no MedlineCitation")
        title = out.get("vernacular_title")
        if title is None:
            raise Unreadable("the record has no title (ArticleTitle)")
        out["title"] = title
    out["identifiers"] = state.ids
    out["journal"] = state.journal
    return {**state.lists, **out}, state.version, state.revised


# --- identity and dates -------------------------------------------------------------------------


def _pmid(element: Element, state: State) -> None:
    state.ids.insert(0, pmid_curie(element.text or ""))
    version = element.get("Version", "1")
    if not (version.isascii() and version.isdigit() and int(version)):
        raise Unreadable(f"the PMID's version {version!r} is not a number")
    state.version = int(version)


def _whole_date(element: Element) -> date | None:
    parts = numbers(element)
    return full_date(parts.get("Year"), parts.get("Month"), parts.get("Day"))


def _completed(element: Element, state: State) -> None:
    state.out["completed"] = _whole_date(element)


def _revised(element: Element, state: State) -> None:
    state.revised = _whole_date(element)


def _numeric_date(element: Element) -> PartialDate | None:
    parts = numbers(element)
    return numeric_date(parts.get("Year"), parts.get("Month"), parts.get("Day"))


def _published(element: Element, state: State) -> None:
    parts = children(element)
    words = parts.get("MedlineDate") or " ".join(
        part for name in ("Year", "Season", "Month", "Day") if (part := parts.get(name))
    )
    state.out["published"] = partial_date(words)


def _article_date(element: Element, state: State) -> None:
    if element.get("DateType", "Electronic") == "Electronic":
        state.out["published_electronic"] = _numeric_date(element)


@lru_cache(maxsize=16384)
def _moment(
    status: str,
    year: str | None,
    month: str | None,
    day: str | None,
    hour: str | None,
    minute: str | None,
) -> HistoryDate | None:
    when = numeric_date(year, month, day)
    if when is None:
        return None
    time = f"{hour:0>2}:{minute or '':0>2}" if hour else None
    return HistoryDate(status=status, date=when, time=time)


def _history(element: Element, state: State) -> None:
    entries: list[tuple[str, dict[str, str | None]]] = []
    parts: dict[str, str | None] = {}
    for node in element.iterdescendants():
        if node.tag == "PubMedPubDate":
            parts = {}
            entries.append((node.get("PubStatus", ""), parts))
        else:
            parts[node.tag] = node.text
    for status, parts in entries:
        get = parts.get
        moment = _moment(status, get("Year"), get("Month"), get("Day"), get("Hour"), get("Minute"))
        if moment is not None:
            state.lists["history"].append(moment)


def _created(element: Element, state: State) -> None:
    when = _numeric_date(element)
    if when is not None:
        state.lists["history"].append({"status": "created", "date": when})


def _article_ids(element: Element, state: State) -> None:
    for entry in element:
        value = text(entry)
        if value is not None:
            curie = _curie(entry.get("IdType", "pubmed"), value)
            if curie is not None:
                state.ids.append(curie)
            else:
                state.lists["other_ids"].append(typed(entry.get("IdType", ""), value))


def _curie(kind: str, value: str) -> str | None:
    if kind == "pubmed":
        return pmid_curie(value)
    if kind == "doi":
        return doi_curie(value)
    return pmc_curie(value) if kind == "pmc" else None


def _elocation(element: Element, state: State) -> None:
    value, kind = text(element), element.get("EIdType", "")
    if value is not None:
        state.lists["elocation_ids"].append(typed(kind, value))
        curie = _curie(kind, value) if element.get("ValidYN", "Y") == "Y" else None
        if curie is not None:
            state.ids.append(curie)


def _other_id(element: Element, state: State) -> None:
    value = text(element)
    if value is not None:
        curie = pmc_curie(value) if value.upper().startswith("PMC") else None
        if curie is not None:
            state.ids.append(curie)
        else:
            state.lists["other_ids"].append(typed(element.get("Source", ""), value))


# --- the text -----------------------------------------------------------------------------------


def _parts(element: Element) -> list[Fields]:
    parts: list[Fields] = []
    for child in element:
        if child.tag == "AbstractText":
            body = text(child)
            if body is not None:
                label = label_of(child.get("Label"))
                parts.append({"text": body, "label": label, "category": child.get("NlmCategory")})
    return parts


def _abstract(element: Element, state: State) -> None:
    state.out["abstract"] = _parts(element)
    copyright_ = element.find("CopyrightInformation")
    if copyright_ is not None:
        state.out["copyright"] = text(copyright_)


def _other_abstract(element: Element, state: State) -> None:
    parts = _parts(element)
    if parts:
        state.lists["other_abstracts"].append(
            {"parts": parts, "language": element.get("Language"), "type": element.get("Type")},
        )


def _note(element: Element, state: State) -> None:
    value, owner = text(element), element.get("Owner")
    if value is not None:
        state.lists["notes"].append(f"{owner}: {value}" if owner else value)


def _issn(element: Element, state: State) -> None:
    kind = element.get("IssnType")
    state.journal["issn_electronic" if kind == "Electronic" else "issn"] = text(element)


def _issue(element: Element, state: State) -> None:
    state.out["cited_medium"] = element.get("CitedMedium")
    walk(element, state, _ISSUE)


def _pages(element: Element, state: State) -> None:
    parts = children(element)
    pages = parts.get("MedlinePgn")
    if pages is None and parts.get("StartPage"):
        pages = "-".join(p for p in (parts["StartPage"], parts.get("EndPage")) if p)
    state.out["pages"] = pages


def _article(element: Element, state: State) -> None:
    state.out["publication_model"] = element.get("PubModel")
    walk(element, state, _ARTICLE)


def _medline(element: Element, state: State) -> None:
    state.out["status"] = element.get("Status")
    state.out["owner"] = element.get("Owner")
    state.out["indexing_method"] = element.get("IndexingMethod")
    walk(element, state, _MEDLINE)


_ISSUE: dict[str, Handler] = {
    "Volume": plain("volume"),
    "Issue": plain("issue"),
    "PubDate": _published,
}
_JOURNAL: dict[str, Handler] = {
    "ISSN": _issn,
    "JournalIssue": _issue,
    "Title": of_journal("title"),
    "ISOAbbreviation": of_journal("iso_abbreviation"),
}
_JOURNAL_INFO: dict[str, Handler] = {
    "Country": of_journal("country"),
    "MedlineTA": of_journal("medline_ta"),
    "NlmUniqueID": of_journal("nlm_id"),
    "ISSNLinking": of_journal("issn_linking"),
}
_ARTICLE: dict[str, Handler] = {
    "Journal": within(_JOURNAL),
    "ArticleTitle": plain("title"),
    "Pagination": _pages,
    "ELocationID": _elocation,
    "Abstract": _abstract,
    "AuthorList": authors,
    "Language": repeated("languages"),
    "DataBankList": data_banks,
    "GrantList": grants,
    "PublicationTypeList": each("publication_types"),
    "VernacularTitle": plain("vernacular_title"),
    "ArticleDate": _article_date,
}
_MEDLINE: dict[str, Handler] = {
    "PMID": _pmid,
    "DateCreated": _created,
    "DateCompleted": _completed,
    "DateRevised": _revised,
    "Article": _article,
    "MedlineJournalInfo": within(_JOURNAL_INFO),
    "ChemicalList": chemicals,
    "SupplMeshList": supplementary,
    "CitationSubset": repeated("citation_subsets"),
    "CommentsCorrectionsList": corrections,
    "GeneSymbolList": each("gene_symbols"),
    "MeshHeadingList": mesh,
    "NumberOfReferences": plain("reference_count"),
    "PersonalNameSubjectList": people("personal_subjects"),
    "OtherID": _other_id,
    "OtherAbstract": _other_abstract,
    "KeywordList": keywords,
    "CoiStatement": plain("conflict_of_interest"),
    "SpaceFlightMission": _note,
    "InvestigatorList": people("investigators"),
    "GeneralNote": _note,
}
_PUBMED_DATA: dict[str, Handler] = {
    "History": _history,
    "PublicationStatus": plain("publication_status"),
    "ArticleIdList": _article_ids,
    "ReferenceList": references,
}
_RECORD: dict[str, Handler] = {"MedlineCitation": _medline, "PubmedData": within(_PUBMED_DATA)}
