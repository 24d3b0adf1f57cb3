"""Identifiers in the one form that the graph uses for each."""

import re

from app.ingest.item import Unreadable

_ORCID = re.compile(r"(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])(?![\dXx])")
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMC = re.compile(r"(?:PMC:?\s*)?(\d{1,10})(?:\.\d+)?", re.IGNORECASE)
_PMID = re.compile(r"(?:PMID:?\s*)?([1-9]\d{0,8})", re.IGNORECASE)


def orcid(text: str) -> str | None:
    """Return the bare ORCID iD (``0000-0002-1825-0097``) that ``text`` holds in any form."""
    match = _ORCID.search(text)
    return "-".join(match.groups()).upper() if match else None


def doi_curie(text: str) -> str | None:
    """Return ``doi:10.…`` in lower case, or None when ``text`` is no DOI."""
    match = _DOI.fullmatch(text.strip())
    return f"doi:{match[1].lower()}" if match else None


def pmc_curie(text: str) -> str | None:
    """Return ``PMC:503772`` for ``PMC503772``, or None when ``text`` is no PMC id."""
    match = _PMC.fullmatch(text.strip())
    return f"PMC:{match[1]}" if match else None


def pmid_curie(text: str) -> str:
    """Return ``PMID:15314694`` for ``15314694``.

    Raises:
        Unreadable: the text is no PMID.

    """
    if text.isascii() and text.isdigit() and text[0] != "0" and len(text) < 10:
        return f"PMID:{text}"
    match = _PMID.fullmatch(text.strip())
    if not match or not text.isascii():
        raise Unreadable(f"{text.strip()[:40]!r} is not a PMID (digits, at most nine)")
    return f"PMID:{match[1]}"


def typed(kind: str, value: str) -> str:
    """Return an identifier of any type as ``kind:value``; a DOI in its own form."""
    if kind == "doi":
        return doi_curie(value) or f"doi:{value}"
    return f"{kind}:{value}"
