"""Dates as PubMed writes them, kept as partial as they are."""

import re
from datetime import date
from functools import lru_cache

from app.ingest.item import Unreadable
from app.model.article import PartialDate

PartialFields = dict[str, int | str | None]

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_YEAR = re.compile(r"\b([12]\d{3})\b", re.ASCII)
_EXACT = re.compile(r"([12]\d{3})(?: ([A-Za-z]{3,9}|\d{1,2})(?: (\d{1,2}))?)?", re.ASCII)


def month_of(word: str | None) -> int | None:
    """Return the month that a name (``Aug``, ``August``) or number (``08``) means, or None."""
    if not word:
        return None
    if word.isascii() and word.isdigit():
        number = int(word)
        return number if 1 <= number <= 12 else None
    return _MONTHS.get(word[:3].lower())


@lru_cache(maxsize=8192)
def partial_date(words: str) -> PartialDate | None:
    """Read a date in words, such as ``2006 Mar 1``, ``2004 Jul-Aug`` or ``1990 Spring``.

    Only what is exact becomes year, month and day; of a range or season the year does, and the
    words are kept as ``source``. Return None when the words are empty.
    """
    words = " ".join(words.split())
    if not words:
        return None
    exact = _EXACT.fullmatch(words)
    if exact:
        month = month_of(exact[2])
        if exact[2] is None or month is not None:
            return PartialDate.model_validate(parts_of(exact[1], month, exact[3]))
    year = _YEAR.search(words)
    return PartialDate(year=int(year[1]) if year else None, source=words)


def parts_of(year: str | None, month: int | None, day: str | None) -> PartialFields | None:
    """Return year, month and day as far as each is there and possible; None without a year."""
    if not (year and year.isascii() and year.isdigit() and 1000 <= int(year) <= 9999):
        return None
    fields: PartialFields = {"year": int(year)}
    if month is not None:
        fields["month"] = month
        if day and day.isascii() and day.isdigit() and 1 <= int(day) <= 31:
            fields["day"] = int(day)
    return fields


@lru_cache(maxsize=8192)
def numeric_date(year: str | None, month: str | None, day: str | None) -> PartialDate | None:
    """Return a date given in parts, as far as each is there; None without a year."""
    fields = parts_of(year, month_of(month), day)
    return PartialDate.model_validate(fields) if fields is not None else None


@lru_cache(maxsize=8192)
def full_date(year: str | None, month: str | None, day: str | None) -> date | None:
    """Return a whole date, or None where a part is missing.

    Raises:
        Unreadable: the parts are no day of the calendar.

    """
    if not (year and month and day):
        return None
    number = month_of(month)
    try:
        return date(int(year), number or 0, int(day))
    except ValueError:
        raise Unreadable(f"{year}-{month}-{day} is not a date") from None


def compact_date(text: str) -> date | None:
    """Read ``20040816``; None when empty.

    Raises:
        Unreadable: the text is no date of this form.

    """
    if not text:
        return None
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise Unreadable(f"{text!r} is not a date of the form YYYYMMDD")
    return full_date(text[:4], text[4:6], text[6:])
