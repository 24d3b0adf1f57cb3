"""Documents into the store: one article from all its sources, whatever the order."""

import itertools
from datetime import date
from pathlib import Path

import pytest

from app.graph.port import GraphStore
from app.graph.sqlite import open_sqlite
from app.ingest import Item, files, read
from app.model.article import AbstractPart, Citation, Record
from app.model.errors import Unavailable
from app.model.vocabulary import DocumentFormat, Status
from app.services.articles import article
from app.services.claims import claim_view
from app.services.ingest import Fate, IngestReport, ingest
from app.services.seeds import load_seeds, read_seeds
from tests.support.seeded import seed_claim

SEED = Path(__file__).resolve().parents[1] / "data" / "seed"
SOURCES = ("page.txt", "article.xml", "article.nbib", "article.json")


def put(store: GraphStore, name: str, **options: str) -> IngestReport:
    return ingest(store, read(SEED / name, name=name, **options), actor="ann")  # type: ignore[arg-type]


def record(
    title: str = "A title",
    abstract: str | None = "An abstract.",
    ids: tuple[str, ...] = (),
    kind: DocumentFormat = DocumentFormat.PUBMED_XML,
    version: int = 1,
    revised: date | None = None,
    **fields: object,
) -> Record:
    parts = (AbstractPart(text=abstract),) if abstract else ()
    citation = Citation.model_validate(
        {"title": title, "abstract": parts, "identifiers": ids, **fields}
    )
    return Record(format=kind, citation=citation, version=version, revised=revised)


def put_records(store: GraphStore, *records: Record) -> IngestReport:
    items = [Item("test", number, None, record=each) for number, each in enumerate(records, 1)]
    return ingest(store, items, actor="ann")


def fates(report: IngestReport) -> dict[str, int]:
    return {fate.value: count for fate, count in report.counts.items() if count}


@pytest.mark.parametrize("order", list(itertools.permutations(SOURCES)), ids="-".join)
def test_all_sources_of_the_seed_are_one_article(tmp_path: Path, order: tuple[str, ...]) -> None:
    store = open_sqlite(f"sqlite:///{tmp_path / 'graph.db'}")
    reports = [put(store, name) for name in order]
    assert fates(reports[0]) == {"created": 1}
    assert all(fates(report) == {"updated": 1} for report in reports[1:])
    load_seeds(store)
    with store.view() as view:
        assert view.counts().articles == 1
        assert view.counts().claims == {Status.ACCEPTED: 18}
        found = article(view, "PMID:15314694")
    assert set(found.citation.identifiers) == {
        "PMID:15314694",
        "PMC:503772",
        "doi:10.1172/jci21358",
    }
    assert found.text_sha256 == read_seeds().claims[0].text_sha256
    for name in order:
        assert fates(put(store, name)) == {"unchanged": 1}
    store.close()


def test_the_fold_does_not_depend_on_the_order(tmp_path: Path) -> None:
    citations = []
    for number, order in enumerate(itertools.permutations(SOURCES)):
        store = open_sqlite(f"sqlite:///{tmp_path / f'{number}.db'}")
        for name in order:
            put(store, name)
        with store.view() as view:
            citations.append(article(view, "15314694").citation)
        store.close()
    first = citations[0].model_copy(update={"identifiers": ()})
    for citation in citations:
        assert citation.model_copy(update={"identifiers": ()}) == first


def test_the_page_goes_to_the_seeded_article_and_claims_keep_their_ids(
    seeded: GraphStore,
) -> None:
    assert fates(put(seeded, "page.txt")) == {"updated": 1}
    with seeded.view() as view:
        assert view.counts().articles == 1
        assert claim_view(view, seed_claim("C5").id).article == "PMID:15314694"


def test_a_pmid_that_is_given_names_the_page(store: GraphStore) -> None:
    put(store, "page.txt", pmid="15314694")
    with store.view() as view:
        assert article(view, "PMID:15314694").curie == "PMID:15314694"


def test_an_id_that_comes_later_changes_no_internal_id(store: GraphStore) -> None:
    put(store, "page.txt")
    with store.view() as view:
        (before,) = view.article_page(None, 10).items
    assert before.curie == before.id
    put(store, "article.xml")
    with store.view() as view:
        (after,) = view.article_page(None, 10).items
    assert (after.id, after.curie) == (before.id, "PMID:15314694")


def test_a_newer_version_supersedes_whatever_the_order(tmp_path: Path) -> None:
    old = record("Old", ids=("PMID:1",), revised=date(2020, 1, 1))
    new = record("New", ids=("PMID:1",), revised=date(2021, 1, 1))
    newest = record("Newest", ids=("PMID:1",), version=2, revised=date(2019, 1, 1))
    for number, order in enumerate(itertools.permutations((old, new, newest))):
        store = open_sqlite(f"sqlite:///{tmp_path / f'{number}.db'}")
        put_records(store, *order)
        with store.view() as view:
            assert article(view, "PMID:1").citation.title == "Newest"
        store.close()


def test_an_older_record_changes_nothing_and_is_counted(store: GraphStore) -> None:
    put_records(store, record("New", ids=("PMID:1",), revised=date(2021, 1, 1)))
    rows = list(store.dump())
    report = put_records(store, record("Old", ids=("PMID:1",), revised=date(2020, 1, 1)))
    assert fates(report) == {"outdated": 1}
    assert list(store.dump()) == rows


def test_quotes_move_with_the_text_or_are_flagged(seeded: GraphStore) -> None:
    citation = read_seeds().articles[0].record.citation
    body = citation.abstract[0].text

    def revise(text: str, version: int) -> None:
        parts = (AbstractPart(text=text),)
        new = citation.model_copy(update={"abstract": parts})
        put_records(seeded, Record(format=DocumentFormat.PUBMED_XML, citation=new, version=version))

    revise("Corrected. " + body, 2)
    with seeded.view() as view:
        moved = claim_view(view, seed_claim("C5").id)
        text = article(view, "15314694").text
    quote = moved.quotes[0]
    assert quote.verified is True
    assert quote.span is not None
    assert quote.span.matches(text)
    assert quote.start == 903 + len("Corrected. ")

    revise(body.replace("caused a reversal of EMT", "reversed EMT"), 3)
    with seeded.view() as view:
        flagged = claim_view(view, seed_claim("C5").id)
        kept = claim_view(view, seed_claim("C8").id)
    assert flagged.quotes[0].verified is False
    assert flagged.status is Status.ACCEPTED
    assert kept.quotes[0].verified is True

    revise(body, 4)
    with seeded.view() as view:
        assert claim_view(view, seed_claim("C5").id).quotes == seed_claim("C5").quotes


def test_contradicting_identifiers_name_both_and_the_rest_goes_in(store: GraphStore) -> None:
    put_records(
        store,
        record("One", ids=("PMID:1", "doi:10.1000/1")),
        record("Two", abstract="Another.", ids=("PMID:2",)),
    )
    report = put_records(
        store,
        record("Both", ids=("PMID:1", "PMID:2")),
        record("Other", ids=("PMID:3", "doi:10.1000/1")),
        record("Three", abstract="A third.", ids=("PMID:4",)),
    )
    assert fates(report) == {"failed": 2, "created": 1}
    both, other = report.errors
    assert (both.record, other.record) == (1, 2)
    assert "PMID:1 is ART:" in both.reason
    assert "PMID:2 is ART:" in both.reason
    assert "the record is PMID:3" in other.reason
    assert "which is PMID:1" in other.reason
    with store.view() as view:
        assert article(view, "PMID:1").citation.title == "One"
        assert view.article_ids(["PMID:3"]) == {}


def test_the_same_text_under_contradicting_ids_is_two_articles(store: GraphStore) -> None:
    report = put_records(store, record(ids=("PMID:1",)), record(ids=("PMID:2",)))
    assert fates(report) == {"created": 2}


def test_titles_alone_make_no_match(store: GraphStore) -> None:
    report = put_records(
        store,
        record("Editorial", abstract=None, ids=("PMID:1",)),
        record("Editorial", abstract=None, kind=DocumentFormat.PUBMED_TEXT),
    )
    assert fates(report) == {"created": 2}


def test_the_very_same_record_without_identifier_is_the_same_article(store: GraphStore) -> None:
    bare = record("Editorial", abstract=None)
    assert fates(put_records(store, bare)) == {"created": 1}
    assert fates(put_records(store, bare)) == {"unchanged": 1}
    assert store.head().number == 1


def test_a_citation_matches_where_the_abstract_differs(store: GraphStore) -> None:
    where = {
        "journal": {"medline_ta": "J Test"},
        "volume": "1",
        "pages": "5-9",
        "published": {"year": 2000},
    }
    report = put_records(
        store,
        record("A study", ids=("PMID:1",), **where),
        record("A study.", "Shortened.", kind=DocumentFormat.PUBMED_TEXT, **where),
    )
    assert fates(report) == {"created": 1, "updated": 1}


def test_bad_documents_are_reported_with_their_place(store: GraphStore, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    broken = "<PubmedArticleSet><PubmedArticle><MedlineCitation>"
    (folder / "broken.xml").write_text(broken)
    (folder / "empty.nbib").write_text("")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    items = itertools.chain.from_iterable(
        read(source.path, name=source.name) for source in files([folder]) if source.path
    )
    report = ingest(store, items, actor="ann")
    assert fates(report) == {"failed": 3}
    assert {Path(error.source).name for error in report.errors} == {
        "broken.xml",
        "empty.nbib",
        "binary.txt",
    }
    assert store.head().number == 0


def test_progress_and_stopping(store: GraphStore) -> None:
    seen: list[int] = []
    items = [
        Item("test", number, None, record=record(f"Title {number}", ids=(f"PMID:{number}",)))
        for number in range(1, 8)
    ]
    report = ingest(
        store,
        items,
        actor="ann",
        batch=3,
        progress=lambda step: seen.append(step.done),
        should_stop=lambda: len(seen) == 2,
    )
    assert seen == [3, 6]
    assert report.stopped
    assert report.counts[Fate.CREATED] == 6
    assert store.head().number == 2
    again = ingest(store, items, actor="ann", batch=3)
    assert fates(again) == {"unchanged": 6, "created": 1}


def test_a_fault_in_a_batch_leaves_nothing_of_it(store: GraphStore) -> None:
    def faulty() -> object:
        for number in range(1, 5):
            yield Item("test", number, None, record=record(f"T{number}", ids=(f"PMID:{number}",)))
        raise Unavailable("source", "gone")

    with pytest.raises(Unavailable):
        ingest(store, faulty(), actor="ann", batch=3)  # type: ignore[arg-type]
    with store.view() as view:
        assert view.counts().articles == 3


def test_real_records_go_in_and_again_change_nothing(store: GraphStore, shared_dir: Path) -> None:
    folder = shared_dir / "data" / "pubmed"
    sources = [source for source in files([folder]) if source.path and not source.skipped]

    def items() -> itertools.chain[Item]:
        return itertools.chain.from_iterable(read(s.path, name=s.name) for s in sources if s.path)

    first = ingest(store, items(), actor="ann")
    assert first.counts[Fate.CREATED] > 300
    head = store.head().number
    again = ingest(store, items(), actor="ann")
    assert again.counts[Fate.CREATED] == again.counts[Fate.UPDATED] == 0
    assert store.head().number == head
    with store.view() as view:
        assert view.counts().articles == first.counts[Fate.CREATED]
