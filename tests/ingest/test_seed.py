"""The seed in five spellings is one article: one text, one hash, one key."""

from pathlib import Path

import pytest

from app.ingest import citation_key, read
from app.model.article import Record, fold, text_of
from app.model.text import sha256_of

TEXT_SHA256 = "2d69e1645b04"
SOURCES = ("page.txt", "export.txt", "article.xml", "article.nbib", "article.json")
IDENTIFIERS = ("PMID:15314694", "PMC:503772", "doi:10.1172/jci21358")
AUTHORS = [
    "Huber MA",
    "Azoitei N",
    "Baumann B",
    "Grünert S",
    "Sommer A",
    "Pehamberger H",
    "Kraut N",
    "Beug H",
    "Wirth T",
]


def only(path: Path) -> Record:
    [item] = read(path, name=path.name)
    assert item.error is None, str(item.error)
    assert item.record is not None
    return item.record


@pytest.mark.parametrize("name", SOURCES)
def test_one_text_and_one_key(seed: Path, name: str) -> None:
    citation = only(seed / name).citation
    text = text_of(citation)
    assert text == text_of(only(seed / "page.txt").citation)
    assert text.count("\n") == 1
    assert text[903:981] == (
        "inhibition of NF-kappaB activity in mesenchymal cells caused a reversal of EMT"
    )
    assert citation_key(citation) == citation_key(only(seed / "article.xml").citation)
    assert (citation.volume, citation.issue, citation.pages) == ("114", "4", "569-81")
    assert str(citation.published) == "2004-08"


@pytest.mark.parametrize("name", SOURCES[1:])
def test_what_the_others_hold(seed: Path, name: str) -> None:
    citation = only(seed / name).citation
    assert citation.identifiers == IDENTIFIERS
    assert [author.name for author in citation.authors] == AUTHORS


def test_what_the_page_holds(seed: Path) -> None:
    citation = only(seed / "page.txt").citation
    assert citation.identifiers == ()
    assert citation.journal.medline_ta == "J Clin Invest"
    assert citation.affiliations == (
        "Department of Physiological Chemistry, Ulm University, Albert-Einstein-Allee 11, "
        "D-89081 Ulm, Germany.",
    )
    assert citation.status == "MEDLINE"
    assert citation.flags == ("Indexed for MEDLINE", "Free PMC Article")


def test_a_pmid_may_be_given(seed: Path) -> None:
    [item] = read(seed / "page.txt", name="page.txt", pmid="15314694")
    assert item.record is not None
    assert item.record.citation.identifiers == ("PMID:15314694",)


@pytest.mark.parametrize(("pmid", "says"), [("1", "PMID:15314694"), ("x", "not a PMID")])
def test_a_wrong_pmid_is_refused(seed: Path, pmid: str, says: str) -> None:
    [item] = read(seed / "article.xml", name="article.xml", pmid=pmid)
    assert item.record is None
    assert says in str(item.error)


def test_all_fold_into_one(seed: Path) -> None:
    records = tuple(only(seed / name) for name in SOURCES)
    article = fold("a", records)
    assert article.text_sha256.startswith(TEXT_SHA256)
    assert article.text_sha256 == sha256_of(article.text)
    assert article.citation.flags
    assert fold("a", records[::-1]) == article
