"""A bundle in the forms that people take it away in."""

import io
import zipfile
from enum import StrEnum
from typing import Final

from app.export.table import answer_table
from app.services.bundle import Bundle
from app.services.export_archives import zip_entry


class BundleForm(StrEnum):
    """The whole as JSON; its table; its citations; or all of them as files of one archive."""

    JSON = "json"
    CSV = "csv"
    RIS = "ris"
    BIBTEX = "bibtex"
    ZIP = "zip"


MEDIA_TYPES: Final = {
    BundleForm.JSON: "application/json",
    BundleForm.CSV: "text/csv",
    BundleForm.RIS: "application/x-research-info-systems",
    BundleForm.BIBTEX: "application/x-bibtex",
    BundleForm.ZIP: "application/zip",
}

ENDINGS: Final = {BundleForm.BIBTEX: "bib"}
"""The endings of files that are not called as their form."""


def rendered(bundle: Bundle, form: BundleForm) -> bytes:
    """Return a bundle in a form; the same bundle gives the same bytes."""
    match form:
        case BundleForm.JSON:
            return bundle.model_dump_json().encode()
        case BundleForm.CSV:
            # With the mark by which spreadsheets know UTF-8.
            return answer_table(bundle.answer).encode("utf-8-sig")
        case BundleForm.RIS:
            return bundle.citations.ris.encode()
        case BundleForm.BIBTEX:
            return bundle.citations.bibtex.encode()
        case BundleForm.ZIP:
            return _archive(bundle)


def _archive(bundle: Bundle) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zip_entry("README.txt"), _read_me(bundle))
        archive.writestr(zip_entry("bundle.json"), rendered(bundle, BundleForm.JSON))
        archive.writestr(zip_entry("answer.csv"), rendered(bundle, BundleForm.CSV))
        archive.writestr(zip_entry("citations.ris"), rendered(bundle, BundleForm.RIS))
        archive.writestr(zip_entry("citations.bib"), rendered(bundle, BundleForm.BIBTEX))
    return out.getvalue()


def _read_me(bundle: Bundle) -> str:
    query, snapshot = bundle.answer.query, bundle.answer.snapshot
    shown, total = len(bundle.answer.interventions), bundle.answer.total
    return "\n".join(
        (
            "An answer of EviPath with all it rests on.",
            "",
            f"Question: which interventions have the effect {query.effect} on "
            f"{query.outcome.name} ({query.outcome.id})?",
            f"Snapshot: {snapshot.id}, revision {snapshot.revision} of "
            f"{snapshot.created_at:%Y-%m-%d}, computed by EviPath {snapshot.version}",
            f"Interventions: {shown} of {total}",
            f"Quotes: {bundle.quotes_verified} stand verbatim in their articles, "
            f"{bundle.quotes_failed} do not",
            "",
            "bundle.json    question, snapshot, claims, quotes, citations",
            "answer.csv     a row for each quote; a cell that a spreadsheet would compute bears an",
            "               apostrophe",
            "citations.ris, citations.bib    the articles, for reference managers",
            "",
        )
    )
