"""A BEL script: the definitions, then for each statement its citation, evidence and annotations."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.export.bel import ANNOTATIONS, Statement
from app.export.bel_terms import quoted
from app.export.record import Exported

_CITATION: Final = {"pubmed": "PubMed", "pmc": "PubMed Central", "doi": "DOI", "other": "Other"}


def head(namespaces: Iterable[str], exported: Exported) -> Iterator[str]:
    """Yield the document's properties and what it defines."""
    snapshot = exported.snapshot
    told = {
        "Name": f"EviPath, revision {snapshot.revision}",
        "Version": f"{snapshot.created_at:%Y%m%d}",
        "Description": f"Snapshot {snapshot.id} of {snapshot.created_at:%Y-%m-%dT%H:%M:%SZ}, "
        f"written by EviPath {snapshot.version}",
        "Authors": "EviPath",
        "ContactInfo": "the service that this was exported from",
    }
    for name, value in told.items():
        yield f"SET DOCUMENT {name} = {quoted(value)}\n"
    for name in namespaces:
        yield f'DEFINE NAMESPACE {name} AS PATTERN ".*"\n'
    for name in ANNOTATIONS:
        yield f'DEFINE ANNOTATION {name} AS PATTERN ".*"\n'


def lines(statements: Iterable[Statement]) -> Iterator[str]:
    """Yield each statement with all that it needs; nothing carries over to the next."""
    for each in statements:
        kind, reference = each.citation
        told = [
            "\nUNSET ALL",
            f"SET Citation = {{{quoted(_CITATION[kind])}, {quoted(reference)}}}",
            f"SET Evidence = {quoted(each.evidence)}",
            *(f"SET {name} = {_values(values)}" for name, values in each.annotations),
            f"{each.subject.bel()} {each.relation} {each.object.bel()}\n",
        ]
        yield "\n".join(told)


def _values(values: list[str]) -> str:
    if len(values) == 1:
        return quoted(values[0])
    return f"{{{', '.join(map(quoted, values))}}}"
