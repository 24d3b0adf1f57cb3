"""Articles as citations: CSL-JSON, RIS and BibTeX."""

import re
from collections.abc import Callable, Iterable, Sequence

from app.model.article import Article, Author

JsonObject = dict[str, object]

_PAGES = re.compile(r"^\s*([A-Za-z]*\d+)\s*[-–]\s*([A-Za-z]*\d+)\s*$")


def csl(article: Article) -> JsonObject:
    """Return an article as an item of CSL-JSON; what its record does not hold is left out."""
    citation = article.citation
    names = _identifiers(article)
    item: JsonObject = {
        "id": article.curie,
        "type": "article-journal",
        "title": citation.title,
        "author": [_csl_name(author) for author in citation.authors],
        "container-title": citation.journal.title or citation.journal.medline_ta,
        "container-title-short": citation.journal.iso_abbreviation,
        "volume": citation.volume,
        "issue": citation.issue,
        "page": _page_range(citation.pages),
        "issued": _csl_date(article),
        "ISSN": citation.journal.issn or citation.journal.issn_electronic,
        "DOI": names.get("doi"),
        "PMID": names.get("PMID"),
        "PMCID": f"PMC{names['PMC']}" if "PMC" in names else None,
    }
    return {name: value for name, value in item.items() if value not in (None, [], {})}


def ris(articles: Sequence[Article]) -> str:
    """Return articles as RIS, each record with its identifiers."""
    import rispy

    return str(rispy.dumps([_ris(article) for article in articles]))


def bibtex(articles: Sequence[Article]) -> str:
    """Return articles as BibTeX; every value is written so that LaTeX prints it as it is."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry, Field
    from pylatexenc.latexencode import (  # type: ignore[import-untyped]
        unicode_to_latex,
    )

    def encoded(text: str) -> str:
        return str(unicode_to_latex(text, unknown_char_policy="keep", unknown_char_warning=False))

    entries: list[Block] = [
        Entry(
            "article",
            re.sub(r"[^A-Za-z0-9]+", "", article.curie),
            [
                Field("author", _bibtex_authors(article.citation.authors, encoded)),
                *(Field(name, encoded(value)) for name, value in _bibtex_fields(article)),
            ],
        )
        for article in articles
    ]
    return write_string(Library(entries))


def _identifiers(article: Article) -> dict[str, str]:
    found: dict[str, str] = {}
    for identifier in article.citation.identifiers:
        prefix, _, local = identifier.partition(":")
        found.setdefault(prefix, local)
    return found


def _csl_name(author: Author) -> JsonObject:
    if author.collective:
        return {"literal": author.collective}
    named = {
        "family": author.last_name,
        "given": author.fore_name or author.initials,
        "suffix": author.suffix,
    }
    return {part: value for part, value in named.items() if value}


def _csl_date(article: Article) -> JsonObject | None:
    date = article.citation.published
    if date is None:
        return None
    if date.year is None:
        return {"literal": date.source} if date.source else None
    parts = [part for part in (date.year, date.month, date.day) if part is not None]
    return {"date-parts": [parts]}


def _page_range(pages: str | None) -> str | None:
    """Return a page range with its last page written out: ``569-81`` is ``569-581``."""
    match = _PAGES.match(pages or "")
    if match is None:
        return pages
    first, last = match.groups()
    if last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}"


def _ris(article: Article) -> JsonObject:
    citation = article.citation
    names = _identifiers(article)
    pages = (_page_range(citation.pages) or "").split("-")
    date = citation.published
    record: JsonObject = {
        "type_of_reference": "JOUR",
        "title": citation.title,
        "authors": [_ris_name(author) for author in citation.authors],
        "year": f"{date.year}" if date and date.year else None,
        "date": _ris_date(article),
        "journal_name": citation.journal.title or citation.journal.medline_ta,
        "alternate_title1": citation.journal.iso_abbreviation,
        "volume": citation.volume,
        "number": citation.issue,
        "start_page": pages[0] or None,
        "end_page": pages[1] if len(pages) > 1 else None,
        "issn": citation.journal.issn or citation.journal.issn_electronic,
        "doi": names.get("doi"),
        "accession_number": article.curie,
        "name_of_database": "PubMed" if "PMID" in names else None,
        "urls": _urls(names),
    }
    return {name: value for name, value in record.items() if value}


def _ris_name(author: Author) -> str:
    if author.collective:
        return author.collective
    given = author.fore_name or author.initials
    return ", ".join(part for part in (author.last_name, given, author.suffix) if part)


def _ris_date(article: Article) -> str | None:
    date = article.citation.published
    if date is None or date.year is None:
        return None
    month = f"{date.month:02d}" if date.month else ""
    day = f"{date.day:02d}" if date.day else ""
    return f"{date.year}/{month}/{day}/"


def _urls(names: dict[str, str]) -> list[str]:
    urls = []
    if "PMID" in names:
        urls.append(f"https://pubmed.ncbi.nlm.nih.gov/{names['PMID']}/")
    if "doi" in names:
        urls.append(f"https://doi.org/{names['doi']}")
    return urls


def _bibtex_authors(authors: Iterable[Author], encoded: Callable[[str], str]) -> str:
    # A group's name stands in braces, so that BibTeX takes it for one name.
    return " and ".join(
        f"{{{encoded(author.collective)}}}" if author.collective else encoded(_ris_name(author))
        for author in authors
    )


def _bibtex_fields(article: Article) -> list[tuple[str, str]]:
    citation = article.citation
    names = _identifiers(article)
    date = citation.published
    fields = {
        "title": citation.title,
        "journal": citation.journal.title or citation.journal.medline_ta,
        "year": f"{date.year}" if date and date.year else None,
        "month": f"{date.month}" if date and date.month else None,
        "volume": citation.volume,
        "number": citation.issue,
        "pages": (_page_range(citation.pages) or "").replace("-", "--"),
        "issn": citation.journal.issn or citation.journal.issn_electronic,
        "doi": names.get("doi"),
        "pmid": names.get("PMID"),
        "pmcid": f"PMC{names['PMC']}" if "PMC" in names else None,
    }
    return [(name, value) for name, value in fields.items() if value]
