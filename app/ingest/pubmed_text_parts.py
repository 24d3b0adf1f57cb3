"""The pieces of PubMed's page text: citation line, authors, corrections, identifiers."""

import re

from app.ingest.dates import partial_date
from app.ingest.identifiers import doi_curie, pmc_curie, pmid_curie, typed
from app.ingest.medline_people import short_name

Fields = dict[str, object]
Paragraph = list[tuple[int, str]]

_CITATION = re.compile(
    r"(?P<journal>[A-Za-z][^.;]{0,150})\. (?P<date>[12]\d{3}\b[^;:.]{0,40})"
    r"(?P<place>;(?P<volume>[^(:;.]*)(?:\((?P<issue>[^)]*)\))?(?::(?P<pages>[^;]+?))?)?\."
    r"(?:\s+(?P<rest>.+))?"
)
_REST = re.compile(r"(?P<kind>doi|pii|Epub|eCollection):?\s+(?P<value>.+?)(?:\.(?=\s|$)|$)\s*")
_INITIALS = r"(?:[A-Z][A-Z-]{0,5}|[A-Z]-?[A-Z])"
_AUTHOR = re.compile(
    rf"(?P<name>[^\W\d_][\w'’. -]*? {_INITIALS}(?: (?:Jr|Sr|2nd|3rd|[4-9]th|I{{1,3}}))?)"
    r"(?P<marks>(?:\(\d+\))*|\d*(?:,\d+)*)[#*]?"
)
_MARKED = re.compile(r"\(?(\d+)\)?\s*(.+)")
_CORRECTION = re.compile(
    r"(Comment (?:in|on)|Erratum (?:in|for)|Retraction (?:in|of)|Update (?:in|of)|"
    r"Republished (?:in|from)|Expression of concern (?:in|for)|Original report in|"
    r"Summary for patients in|Corrected and republished (?:in|from)|"
    r"Retracted and republished (?:in|from))\b:?\s+(.+)"
)
_IDENTIFIER = re.compile(r"(PMID|PMCID|DOI):\s*(\S+)\s*", re.IGNORECASE)
_FLAG = re.compile(r"\s*(\[[^\]]+\]|Free PMC article|Free article)\s*", re.IGNORECASE)


def citation_line(text: str, *, strict: bool) -> Fields | None:
    """Read ``J Clin Invest. 2004 Aug;114(4):569-81.`` with what may follow it, or return None.

    ``strict`` asks for a volume or pages: in running text only those tell it from a sentence.
    """
    match = _CITATION.fullmatch(" ".join(text.split()))
    if match is None or (strict and not (match["volume"] and match["place"])):
        return None
    fields: Fields = {
        "journal": {"medline_ta": match["journal"].strip()},
        "published": partial_date(match["date"]),
        "volume": (match["volume"] or "").strip() or None,
        "issue": match["issue"],
        "pages": match["pages"],
        "identifiers": [],
    }
    _after(match["rest"] or "", fields)
    return fields


def _after(rest: str, fields: Fields) -> None:
    ids: list[str] = []
    elocations: list[str] = []
    notes: list[str] = []
    while rest:
        match = _REST.match(rest)
        if match is None:
            words, _, rest = rest.partition(". ")
            notes.append(words.rstrip("."))
            continue
        rest = rest[match.end() :]
        kind, value = match["kind"], match["value"]
        curie = doi_curie(value) if kind == "doi" else None
        if curie is not None:
            ids.append(curie)
        if kind in ("doi", "pii"):
            elocations.append(typed(kind, value))
        elif kind == "Epub":
            fields["published_electronic"] = partial_date(value)
        else:
            notes.append(f"{kind} {value}")
    fields.update({"identifiers": ids, "elocation_ids": elocations, "notes": notes})


def is_authors(text: str) -> bool:
    """Tell whether a paragraph is a list of authors: ``Huber MA(1), Azoitei N, Wirth T.``"""
    return bool(text) and all(_AUTHOR.fullmatch(name) for name in _names(text))


def _names(text: str) -> list[str]:
    bare = re.sub(r"[;,]\s*et al\.?$", "", text.strip()).rstrip(".")
    return [name.strip() for name in re.split(r"[,;] +", bare)]


def authors_of(text: str) -> list[tuple[Fields, list[str]]]:
    """Return each author's fields with the marks of their affiliations."""
    found = []
    for name in _names(text):
        match = _AUTHOR.fullmatch(name)
        if match is not None:
            found.append((short_name(match["name"]), re.findall(r"\d+", match["marks"])))
    return found


def credit(names: str | None, places: list[str]) -> Fields:
    """Return authors and affiliations: each author's own where numbers tie them, else apart."""
    people = authors_of(names) if names else []
    marked = {
        match[1]: match[2] for place in places if (match := _MARKED.fullmatch(place)) is not None
    }
    tied = len(marked) == len(places) > 0 and any(marks for _, marks in people)
    if not tied or any(mark not in marked for _, marks in people for mark in marks):
        return {"authors": [author for author, _ in people], "affiliations": places}
    return {
        "authors": [
            {**author, "affiliations": [marked[mark] for mark in marks]} for author, marks in people
        ]
    }


def correction(text: str) -> Fields | None:
    """Read ``Comment in J Clin Invest. 2004 …``; None when the paragraph is no such link."""
    match = _CORRECTION.fullmatch(text)
    if match is None:
        return None
    words = match[1].split()
    kind = "".join(word if word == "and" else word.capitalize() for word in words)
    return {"type": kind, "source": match[2]}


def identifiers(paragraph: Paragraph) -> tuple[list[str], list[str]] | None:
    """Read lines of ``PMID: …``, ``PMCID: …`` and ``DOI: …`` with the flags after them, or None.

    Raises:
        Unreadable: a PMID is none.

    """
    curies: list[str] = []
    flags: list[str] = []
    for _, text in paragraph:
        rest = text
        while rest:
            match = _IDENTIFIER.match(rest)
            flag = None if match else _FLAG.match(rest)
            if match is not None:
                curie = _curie(match[1].upper(), match[2])
                if curie is None:
                    return None
                curies.append(curie)
                rest = rest[match.end() :]
            elif flag is not None and curies:
                flags.append(flag[1])
                rest = rest[flag.end() :]
            else:
                return None
    return curies, flags


def _curie(kind: str, value: str) -> str | None:
    if kind == "PMID":
        return pmid_curie(value)
    return pmc_curie(value) if kind == "PMCID" else doi_curie(value.rstrip("."))
