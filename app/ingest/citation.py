"""Recognising an article by its citation, where a source names no identifier."""

import re
import unicodedata

from app.model.article import Citation

_RANGE = re.compile(r"([A-Za-z]*)(\d+)([A-Za-z]*)\s*[-–]\s*([A-Za-z]*)(\d+)([A-Za-z]*)")
_TITLE_CHARS = 60
_NOT_ALNUM = re.compile(r"[\W_]+")


def normalise_pages(pages: str) -> str:
    """Return pages with every range written in full.

    ``569-81`` becomes ``569-581`` and ``S12-5`` becomes ``S12-S15``; what is no range, such as an
    article number, is kept.
    """
    text = " ".join(pages.split())
    return re.sub(r"\s*([,;])\s*", r"\1 ", _RANGE.sub(_in_full, text)).strip()


def _in_full(match: re.Match[str]) -> str:
    before, first, after, before_last, last, after_last = match.groups()
    if len(last) < len(first) and before_last in ("", before):
        last = first[: len(first) - len(last)] + last
    return f"{before}{first}{after}-{before_last or before}{last}{after_last}"


def first_page(pages: str) -> str:
    """Return the first page of ``pages``, in lower case."""
    return re.split(r"[-–,;\s]", pages.strip(), maxsplit=1)[0].lower()


def citation_key(citation: Citation) -> str | None:
    """Return the key by which sources of one article without an identifier agree, or None.

    It holds the journal's abbreviation, year, volume, first page and the start of the title, each
    without case, dots, accents and punctuation. The issue is left out, for sources often lack it
    where volume and page already say which. None when one of the parts is missing, as ahead of
    print: then nothing safe can be said.
    """
    journal = citation.journal.medline_ta or citation.journal.iso_abbreviation
    year = citation.published.year if citation.published else None
    if not (journal and year and citation.volume and citation.pages):
        return None
    parts = (
        _bare(journal),
        str(year),
        _bare(citation.volume),
        first_page(citation.pages),
        _bare(citation.title)[:_TITLE_CHARS],
    )
    return "|".join(parts) if all(parts) else None


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_ALNUM.sub("", plain)
