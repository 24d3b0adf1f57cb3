"""Every real record is read, and ten of them field by field."""

from hashlib import sha256
from pathlib import Path

import pytest

from app.ingest import files, read
from app.model.article import Record
from app.model.vocabulary import DocumentFormat
from tests.ingest.expected import Fields, medline_records, xml_records


def records_of(paths: list[Path]) -> list[Record]:
    found = []
    for source in files(paths):
        assert source.path is not None
        for item in read(source.path, name=source.name):
            assert item.error is None, str(item.error)
            assert item.record is not None
            assert item.line is not None
            found.append(item.record)
    return found


def pmids(records: list[Record]) -> set[str]:
    return {
        curie
        for record in records
        for curie in record.citation.identifiers
        if curie.startswith("PMID:")
    }


def test_all_xml_records_are_read(pubmed: Path) -> None:
    paths = [*pubmed.glob("*.xml.gz"), *pubmed.glob("*.xml"), *pubmed.glob("biopython/*.xml")]
    records = records_of(sorted(paths))
    assert len(records) == 328
    assert len(pmids(records)) == 328
    assert {record.format for record in records} == {DocumentFormat.PUBMED_XML}
    assert sum(len(record.citation.references) for record in records) == 3872
    assert sum(len(record.citation.authors) for record in records) == 1657
    assert sum(len(record.citation.mesh_headings) for record in records) == 1829
    assert sum(len(record.citation.other_abstracts) for record in records) == 60


def test_all_medline_records_are_read(pubmed: Path) -> None:
    records = records_of(sorted(pubmed.glob("biopython/*.txt")))
    assert len(pmids(records)) == len(records) == 6
    assert {record.format for record in records} == {DocumentFormat.MEDLINE}


def test_files_of_no_known_type_are_named(pubmed: Path) -> None:
    skipped = [source for source in files([pubmed]) if source.skipped is not None]
    assert [Path(source.name).suffix for source in skipped] == [".nxml"] * 8
    assert all(source.name in str(source.skipped) for source in skipped)


def fields_of(record: Record) -> Fields:
    """Return every field that is not empty, each part of the abstract by length and hash."""
    fields: Fields = record.citation.model_dump(mode="json", exclude_defaults=True)
    parts = [
        {
            **part.model_dump(exclude_defaults=True, exclude={"text"}),
            "length": len(part.text),
            "sha256": sha256(part.text.encode()).hexdigest(),
        }
        for part in record.citation.abstract
    ]
    return {**fields, "abstract": parts} if parts else fields


def check(path: Path, pmid: str, revised: str | None, expected: Fields) -> None:
    items = [item for item in read(path, name=path.name) if item.record]
    [record] = [
        item.record
        for item in items
        if item.record and f"PMID:{pmid}" in item.record.citation.identifiers
    ]
    assert fields_of(record) == expected
    assert str(record.revised) == str(revised)
    assert record.version == 1


@pytest.mark.parametrize("pmid", list(xml_records.RECORDS))
def test_xml_record_field_by_field(pubmed: Path, pmid: str) -> None:
    name, revised, expected = xml_records.RECORDS[pmid]
    check(pubmed / name, pmid, revised, expected)


@pytest.mark.parametrize("pmid", list(medline_records.RECORDS))
def test_medline_record_field_by_field(pubmed: Path, pmid: str) -> None:
    name, revised, expected = medline_records.RECORDS[pmid]
    check(pubmed / "biopython" / name, pmid, revised, expected)


def test_a_retraction_is_seen(pubmed: Path) -> None:
    records = records_of([pubmed / "pubmed21n1005.xml.gz"])
    assert [r.citation.identifiers[0] for r in records if r.citation.retracted] == ["PMID:31541003"]
